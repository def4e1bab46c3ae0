"""What stands on the business's papers: its numbers and logo, receipts, quotations and their taxes."""

from __future__ import annotations

from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm.domain import taxes
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.taxes import PERCENT, Tax
from desktop_crm.domain.values import plain_digits
from desktop_crm.services import business
from desktop_crm.ui import forms
from desktop_crm.ui.forms import FieldSpec, LongTextField, RowsField, TextField
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.form_section import FormSection
from desktop_crm.ui.settings.logo_field import LogoField
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.words import N_, current, tr

USUAL_TAXES = {"MY": ("SST",), "SG": ("GST",), "TW": ("營業稅",), "PH": ("VAT",), "NP": ("VAT",),
               "IN": ("CGST", "SGST", "IGST")}
"""What the taxes of a country are called on papers there."""


class TaxesField(QWidget):
    """Any number of taxes, each its name and its rate in percent; the value is the setting of the file."""

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsField(names, tr(N_("Add a tax")), current().rate(0.08, 0))
        self.setFocusProxy(self.rows)
        self.setLayout(column(self.rows, gap=0))

    def value(self) -> str:
        """The taxes; a row without a rate is none. InvalidInput for what is no rate."""
        return taxes.stored(Tax(name, _rate(typed)) for name, typed in self.rows.value())

    def set_value(self, value: str | None) -> None:
        """Show the taxes of a setting."""
        say = current()
        self.rows.set_value([(tax.name, f"{say.number(Decimal(tax.rate) / PERCENT)} %")
                             for tax in taxes.read(value or "")])

    def set_invalid(self, why: str) -> None:
        """Mark the rows as refused with the sentence `why`; "" takes the mark away."""
        self.rows.set_invalid(why)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.rows.setFocus(reason)


class DaysField(TextField):
    """A number of days in the digits of any script."""

    def value(self) -> str:
        """The number in ASCII digits, as it was typed."""
        return plain_digits(super().value())


class PapersSection(FormSection):
    """The form of the papers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Papers")),
                         tr(N_("What stands on your receipts, quotations and statements. Your name, address and phone "
                               "are under Business.")), _fields(desk), parent)

    @override
    def _values(self) -> dict[str, Any]:
        own = self.desk.book.business
        return {**asdict(own), "tax_included": own.taxes_included}

    @override
    def _act(self, values: dict[str, Any]) -> bool:
        said = {key: str(int(value)) if isinstance(value, bool) else value
                for key, value in self.form.changed(values).items()}
        return self.form.save(lambda: self.desk.acts.do(
            lambda: business.set_business(self.desk.book, said), tr(N_("Saved"))))


def _rate(typed: str) -> int:
    """A rate as people type it ("8", "8.5 %") in thousandths of a percent."""
    try:
        rate = current().read_quantity(typed.strip().strip("%٪％").strip())
    except InvalidInput:
        rate = None
    if rate is None:
        raise InvalidInput(N_("“{value}” is not a rate. Write one like {example}."), "tax_lines", value=typed,
                           example=current().rate(0.08, 0))
    return rate


def _fields(desk: Desk) -> list[FieldSpec]:
    """Who gives the papers, then receipts, then quotations."""
    return [
        FieldSpec("logo", tr(N_("Logo")), lambda: LogoField(desk.jobs, desk.acts.tell),
                  hint=tr(N_("PNG or JPEG. It is kept in this file, at most 600 × 300 pixels large."))),
        forms.text("registration", tr(N_("Registration number"))),
        replace(forms.text("tax_number", tr(N_("Tax number"))), beside=True),
        forms.text("receipt_series", tr(N_("Series of receipts")), placeholder="A",
                   hint=tr(N_("Stands before the number: A-000001. A new series begins at 1."))),
        FieldSpec("quotation_days", tr(N_("Quotations hold for so many days")),
                  lambda: DaysField(), beside=True,
                  hint=tr(N_("Where the deal has no expected day. Empty: not said."))),
        forms.long_text("receipt_note", tr(N_("Note under receipts")), lines=2),
        FieldSpec("tax_lines", tr(N_("Taxes on quotations")),
                  lambda: TaxesField(USUAL_TAXES.get(desk.book.business.country, ("VAT", "GST"))),
                  hint=tr(N_("Name and rate. Without a rate, no tax is named."))),
        replace(forms.tick("tax_included", tr(N_("Prices")), tr(N_("My prices hold these taxes already"))),
                beside=True),
        FieldSpec("quotation_terms", tr(N_("Terms of quotations")), lambda: LongTextField(lines=3)),
    ]
