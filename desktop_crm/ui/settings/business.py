"""The business itself: what stands on its documents, and how its money and days are read."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import time
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm import i18n
from desktop_crm.services import business
from desktop_crm.ui import forms
from desktop_crm.ui.qt import override
from desktop_crm.ui.reminders import offsets
from desktop_crm.ui.settings import places
from desktop_crm.ui.settings.form_section import FormSection
from desktop_crm.ui.settings.search_choice import SearchChoice
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_ANSWERS = (5, 10, 15, 30, 60, 120, 240, 1440)
"""Minutes that are offered for answering a new request."""
_IDLE = (7, 14, 30, 60, 90, 180)
"""Days that are offered for leads that nobody touches."""
_IDLE_LONG = N_count("after {n} day without a touch", "after {n} days without a touch")
_HOURS_LONG = N_count("{n} hour", "{n} hours")


class BusinessSection(FormSection):
    """The form of the business."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Business")),
                         tr(N_("What stands on your documents, and how money and days are counted.")),
                         _fields(asdict(desk.book.business)), parent)

    @override
    def _values(self) -> dict[str, Any]:
        return asdict(self.desk.book.business)

    @override
    def _act(self, values: dict[str, Any]) -> bool:
        before = self.desk.book.business
        changed = {key: str(value or "") for key, value in self.form.changed(values).items()}
        return self.form.save(lambda: self.desk.acts.do(
            lambda: business.set_business(self.desk.book, changed), _told(changed, before.currency)))


def _told(changed: dict[str, str], currency: str) -> str:
    if "currency" not in changed:
        return tr(N_("Saved"))
    return tr(N_("Saved. New amounts are in {new}; amounts entered before stay in {old}."),
              new=changed["currency"], old=currency)


def _fields(now: dict[str, Any]) -> list[forms.FieldSpec]:
    """What stands on documents, then what money and days depend on."""
    return [
        forms.text("name", tr(N_("Name")), required=True),
        forms.long_text("address", tr(N_("Address")), lines=3),
        forms.text("phone", tr(N_("Phone"))),
        replace(forms.text("email", tr(N_("E-mail"))), beside=True),
        forms.choice("language", tr(N_("Language of documents")), _languages(now["language"]), required=True),
        forms.FieldSpec("country", tr(N_("Country")), lambda: SearchChoice(
            places.countries(now["country"]),
            N_("“{value}” is no country that is known here. Choose one from the list.")), True),
        forms.FieldSpec("timezone", tr(N_("Time zone")), lambda: SearchChoice(
            places.zones(now["timezone"]),
            N_("“{value}” is no time zone that is known here. Type your city, and choose.")), True, beside=True),
        forms.FieldSpec("currency", tr(N_("Currency")), lambda: SearchChoice(
            places.currencies(now["currency"]),
            N_("“{value}” is no currency that is known here. Choose one from the list.")), True,
            tr(N_("Of new amounts. Amounts already in the file keep their currency."))),
        forms.FieldSpec("cutoff", tr(N_("A business day begins at")), lambda: Choice(_hours(now["cutoff"])), True,
                        tr(N_("What is done before this hour counts for the day before.")), beside=True),
        forms.FieldSpec("closing_time", tr(N_("The day is closed at")),
                        lambda: Choice(_closings(now["closing_time"])), False,
                        tr(N_("The evening report is then made by itself, while the window is open."))),
        forms.FieldSpec("remind_minutes", tr(N_("A task with a time rings")),
                        lambda: Choice(_reminders(now["remind_minutes"])), False,
                        tr(N_("Of new tasks; each can be set otherwise."))),
        forms.FieldSpec("answer_minutes", tr(N_("New requests want an answer within")),
                        lambda: Choice(_answers(now["answer_minutes"])), False,
                        tr(N_("They stand on top of the tasks until somebody has called.")), beside=True),
        forms.FieldSpec("pool_days", tr(N_("A lead may go back to the pool")),
                        lambda: Choice(_pool(now["pool_days"])), False,
                        tr(N_("Offered in the leads' panel; nothing goes back by itself."))),
    ]


def _languages(kept: str) -> list[tuple[object, str]]:
    known: dict[str, str] = dict(i18n.LANGUAGES)
    known.setdefault(kept, kept)
    return list(known.items())


def _reminders(kept: str) -> tuple[tuple[object, str], ...]:
    """No reminder, the usual offsets, and the one of the file if it is another; as the settings hold them."""
    found = offsets.offered(int(kept) if kept else None)
    return tuple(("" if minutes is None else str(minutes), offsets.said(minutes)) for minutes in found)


def _answers(kept: str) -> tuple[tuple[object, str], ...]:
    """Times to answer in, and the one of the file if it is another; 0 is for requests that are not watched."""
    found = sorted({*_ANSWERS, int(kept or 0)} - {0})
    return (("0", tr(N_("not watched"))), *((str(minutes), _length(minutes)) for minutes in found))


def _pool(kept: str) -> tuple[tuple[object, str], ...]:
    """Never, the usual days without a touch, and those of the file if they are others; as the settings hold them."""
    found = sorted({*_IDLE, int(kept or 0)} - {0})
    return (("", tr(N_("never"))), *((str(days), tr_count(*_IDLE_LONG, days)) for days in found))


def _length(minutes: int) -> str:
    if minutes % 60:
        return tr(N_("{n} min"), n=current().number(minutes))
    return tr_count(*_HOURS_LONG, minutes // 60)


def _hours(kept: str) -> tuple[tuple[object, str], ...]:
    """The full hours before noon, and the one of the file if it is another."""
    hours = sorted({*(f"{hour:02}:00" for hour in range(12)), kept})
    return tuple((hour, current().clock(time.fromisoformat(hour))) for hour in hours)


def _closings(kept: str) -> tuple[tuple[object, str], ...]:
    """No closing hour, the half hours, and the one of the file if it is another."""
    halves = {f"{hour:02}:{minute}" for hour in range(24) for minute in ("00", "30")}
    hours = sorted(halves | ({kept} if kept else set()))
    return (("", tr(N_("Never by itself"))), *((hour, current().clock(time.fromisoformat(hour))) for hour in hours))
