"""How buyers are counted: when one has lapsed, and over which time and by what they are ranked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.rfm import BASES
from desktop_crm.services import rfm
from desktop_crm.ui import forms
from desktop_crm.ui.forms import FieldSpec, TextField
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.form_section import FormSection
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.words import N_, tr


class BuyersSection(FormSection):
    """The form of the lapse length and of RFM."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Buyers and RFM")),
                         tr(N_("Who has lapsed, and how buyers are ranked: how lately (R), how often (F) and for how "
                               "much (M) they bought, each from 1 to 5.")), _fields(), parent)

    @override
    def _values(self) -> dict[str, Any]:
        return dict(rfm.chosen(self.desk.book))

    @override
    def _act(self, values: dict[str, Any]) -> bool:
        typed = {key: str(value) for key, value in values.items()}
        return self.form.save(lambda: self.desk.acts.do(lambda: rfm.choose(self.desk.book, typed), tr(N_("Saved"))))


def _fields() -> list[FieldSpec]:
    """What can be chosen; the cut-offs count where fifths say nothing."""
    def cuts(key: str, title: str, hint: str) -> FieldSpec:
        return FieldSpec(key, title, TextField, required=True, hint=hint)

    return [
        FieldSpec("lapse_days", tr(N_("Lapsed after days without a purchase")), TextField, required=True,
                  hint=tr(N_("Active is who bought or was spoken to within half of them, quiet within all of them."))),
        FieldSpec("rfm_months", tr(N_("Months that RFM looks back")), TextField, required=True),
        replace(forms.choice("rfm_base", tr(N_("RFM counts")), [(key, tr(title)) for key, title in BASES.items()],
                             required=True), beside=True),
        cuts("rfm_recency", tr(N_("R: days since the last purchase, at most")),
             tr(N_("For 5, 4, 3 and 2 points. These three lines count under 50 buyers, and where many are alike; "
                   "otherwise each score is a fifth of the buyers."))),
        cuts("rfm_frequency", tr(N_("F: orders, at least")), ""),
        replace(cuts("rfm_monetary", tr(N_("M: times the median sum, at least")), ""), beside=True),
    ]
