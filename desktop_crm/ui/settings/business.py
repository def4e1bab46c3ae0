"""The business itself: what stands on its documents, and how its money and days are read."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm import i18n
from desktop_crm.domain.changes import Changes
from desktop_crm.services import business
from desktop_crm.ui import forms, theme
from desktop_crm.ui.settings import places
from desktop_crm.ui.settings.search_choice import SearchChoice
from desktop_crm.ui.settings.section import Desk, Section, SettingsForm
from desktop_crm.ui.widgets.labels import Dim, Hairline
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

_WIDTH = 720


class BusinessSection(Section):
    """The form of the business; Enter saves it, also what was typed before the section is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Business")), parent)
        self.form = SettingsForm(_fields(self._values()))
        self.form.setMaximumWidth(theme.px(_WIDTH))
        self.form.setEnabled(not desk.book.reading)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._cancel)
        about = Dim(tr(N_("What stands on your documents, and how money and days are counted.")), wrap=True)
        body = QWidget()
        body.setLayout(column(about, row(self.form, None), None, gap=16, margins=(16, 16, 16, 16)))
        body.layout().itemAt(1).layout().setStretch(0, 100)  # type: ignore[union-attr]
        self.setLayout(column(self.head(None), Hairline(), Scroll(body), gap=0))

    def start(self) -> None:
        """Show the business as it is."""
        self.form.begin(self._values())

    def reload(self, changes: Changes) -> None:
        """Show the business again if its settings were changed, unless something is being typed."""
        if changes.touches("settings") and not self.form.dirty():
            self.start()

    def leave(self) -> bool:
        """Save what was typed; False if it was refused."""
        if self.form.dirty():
            self.form.submit()
        return not self.form.dirty()

    def focus(self) -> None:
        """Put the cursor into the first field."""
        self.form.focus_first()

    def _values(self) -> dict[str, Any]:
        return asdict(self.desk.book.business)

    def _save(self, values: dict[str, Any]) -> None:
        before = self.desk.book.business
        changed = {key: str(value or "") for key, value in self.form.changed(values).items()}
        if not self.form.save(lambda: self.desk.acts.do(
                lambda: business.set_business(self.desk.book, changed), self._told(changed, before.currency))):
            return
        self.form.begin(self._values())

    def _told(self, changed: dict[str, str], currency: str) -> str:
        if "currency" not in changed:
            return tr(N_("Saved"))
        return tr(N_("Saved. New amounts are in {new}; amounts entered before stay in {old}."),
                  new=changed["currency"], old=currency)

    def _cancel(self) -> None:
        """Take back what was typed; with nothing typed, go back."""
        if self.form.dirty():
            self.start()
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()


def _fields(now: dict[str, Any]) -> list[forms.FieldSpec]:
    """What stands on documents, then what money and days depend on."""
    return [
        forms.text("name", tr(N_("Name")), required=True),
        forms.long_text("address", tr(N_("Address")), lines=3),
        forms.text("phone", tr(N_("Phone"))),
        replace(forms.choice("language", tr(N_("Language of documents")), _languages(now["language"]), required=True),
                beside=True),
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
    ]


def _languages(kept: str) -> list[tuple[object, str]]:
    known: dict[str, str] = dict(i18n.LANGUAGES)
    known.setdefault(kept, kept)
    return list(known.items())


def _hours(kept: str) -> tuple[tuple[object, str], ...]:
    """The full hours before noon, and the one of the file if it is another."""
    hours = sorted({*(f"{hour:02}:00" for hour in range(12)), kept})
    return tuple((hour, current().clock(time.fromisoformat(hour))) for hour in hours)
