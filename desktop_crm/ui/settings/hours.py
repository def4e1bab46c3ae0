"""When the business works: its hours by weekday, its days off, and what public holidays mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain import public_holidays
from desktop_crm.domain.hours import DaysOff, Span, read_spans, write_spans
from desktop_crm.services import hours
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.forms import FieldSpec, LongTextField, TextField
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.form_section import FormSection
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

_OFF_LINES = 5


class SpansField(TextField):
    """The hours of a day as people write them: "9-18", "09:00–12:30, 14:30–18:00"; empty is closed."""

    def value(self) -> Any:
        """The spans in minutes of the day; InvalidInput if the text says no hours."""
        return read_spans(self.text())

    def set_value(self, value: Any) -> None:
        """Show spans."""
        super().set_value(write_spans(value or ()))


class DaysOffField(LongTextField):
    """Days off, one to a line: "24/12/2026", "2026-12-24 – 2026-12-31 Year end"."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("2026-12-24 – 2026-12-31 Year end")), _OFF_LINES, parent)
        self._book = book

    def value(self) -> Any:
        """The days off; InvalidInput for a line that names none."""
        return hours.read_days_off(self._book, current(), self.toPlainText())

    def set_value(self, value: tuple[DaysOff, ...] | Any) -> None:
        """Show days off."""
        super().set_value(hours.write_days_off(value or ()))


class HoursSection(FormSection):
    """The form of the working hours."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Working hours")),
                         tr(N_("When you work: a free time for a task is looked for within these hours.")),
                         _fields(desk.book), parent)

    @override
    def start(self) -> None:
        country = self.desk.book.business.country
        regions: list[tuple[object, str]] = [("", tr(N_("The whole country"))), *public_holidays.regions(country)]
        self.form.editor("region").set_options(tuple(regions))
        super().start()

    @override
    def _values(self) -> dict[str, Any]:
        plan = hours.hours(self.desk.book)
        days = {_key(weekday): spans for weekday, spans in enumerate(plan.week)}
        return {**days, "region": plan.region, "holidays_off": plan.holidays_off, "days_off": plan.off}

    @override
    def _act(self, values: dict[str, Any]) -> bool:
        changed = self.form.changed(values)
        week: tuple[tuple[Span, ...], ...] | None = tuple(values[_key(weekday)] for weekday in range(7))
        if not any(_key(weekday) in changed for weekday in range(7)):
            week = None
        return self.form.save(lambda: self.desk.acts.do(
            lambda: hours.set_hours(self.desk.book, week=week, off=changed.get("days_off"),
                                    region=changed.get("region"), holidays_off=changed.get("holidays_off")),
            tr(N_("Saved"))))


def _key(weekday: int) -> str:
    return f"day{weekday}"


def _fields(book: Book) -> list[FieldSpec]:
    """A line for each weekday, two in a row, then what closes the business besides."""
    names = current().locale.days["stand-alone"]["wide"]
    days = [FieldSpec(_key(weekday), str(names[weekday]).capitalize(), lambda: SpansField(tr(N_("closed"))),
                      beside=weekday % 2 == 1) for weekday in range(7)]
    return [
        *days,
        replace(forms.tick("holidays_off", tr(N_("Public holidays")), tr(N_("Closed on public holidays"))),
                beside=True),
        FieldSpec("region", tr(N_("State or region")), Choice,
                  hint=tr(N_("Whose public holidays count. Its usual week is taken until you set your own."))),
        FieldSpec("days_off", tr(N_("Days off")), lambda: DaysOffField(book),
                  hint=tr(N_("One to a line: a day, or the first and the last one, and why."))),
    ]
