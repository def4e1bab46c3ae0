"""Privacy: how long people are kept without any contact, and what the owner adds to the privacy notice."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.services import business
from desktop_crm.ui.forms import FieldSpec, LongTextField
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.form_section import FormSection
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, N_count, tr, tr_count

_YEARS = (1, 2, 3, 5, 7, 10)
"""Years that are offered for people who are kept without any contact."""
_LONG = N_count("for {n} year", "for {n} years")


class PrivacySection(FormSection):
    """The form of what is promised about people's data; `act_wanted("notice")` for the notice itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.notice = Button(tr(N_("Privacy notice…")), "eye")
        super().__init__(desk, tr(N_("Privacy")), tr(N_(
            "The privacy notice is made from this file: what it holds, what for, and how long. Your name, address, "
            "phone and e-mail are under Business, your registration number under Papers.")), _fields(desk), parent,
            self.notice)
        self.notice.clicked.connect(self._show_notice)

    @override
    def _values(self) -> dict[str, Any]:
        return asdict(self.desk.book.business)

    @override
    def _act(self, values: dict[str, Any]) -> bool:
        changed = {key: str(value or "") for key, value in self.form.changed(values).items()}
        return self.form.save(lambda: self.desk.acts.do(
            lambda: business.set_business(self.desk.book, changed), tr(N_("Saved"))))

    def _show_notice(self) -> None:
        if self.leave():
            self.act_wanted.emit("notice")


def _fields(desk: Desk) -> list[FieldSpec]:
    kept = desk.book.business.keep_years
    return [
        FieldSpec("keep_years", tr(N_("Keep people without any contact")), lambda: Choice(_offered(kept)), False,
                  tr(N_("Longer than that, they are listed under Data health, to be kept for a reason or erased. "
                        "Nothing is erased by itself."))),
        FieldSpec("privacy_note", tr(N_("In your own words, on the privacy notice")), lambda: LongTextField(lines=5)),
    ]


def _offered(kept: str) -> tuple[tuple[object, str], ...]:
    """No limit, the usual years, and those of the file if they are others; as the settings hold them."""
    found = sorted({*_YEARS, int(kept or 0)} - {0})
    return (("", tr(N_("no limit"))), *((str(years), tr_count(*_LONG, years)) for years in found))
