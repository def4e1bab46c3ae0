"""The privacy notice before it is printed: in which language, for whom, and what is lacking for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm import i18n
from desktop_crm.domain.changes import Changes
from desktop_crm.services import privacy
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.sales.paper_panel import PaperPanel
from desktop_crm.ui.sales.papers import Paper
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

_MADE_OF = ("settings", "customers", "contacts", "channels", "addresses", "consents", "deals", "payments", "receipts",
            "activities", "tasks", "attachments", "custom_fields", "choices", "sellers")


class NoticePanel(QWidget):
    """Shows the notice for everybody or for one person; `settings_wanted()` to set what is lacking."""

    closed = Signal()
    settings_wanted = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, settings: Settings,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._person, self._kind, self._name = 0, "customers", ""
        self.paper = PaperPanel(jobs, messages, settings)
        self.language = Choice(tuple(i18n.LANGUAGES.items()))
        self.language.setAccessibleName(tr(N_("Language")))
        self.advice = Dim(tr(N_("Made from this file and its settings. Read it before you give it to anyone: it is no "
                                "legal advice.")), 12, wrap=True)
        self.lacking = Label("", 12, wrap=True, tone="warn")
        self.set_up = Button(tr(N_("Settings…")), "settings")
        self._lay_out()
        self.language.picked.connect(lambda _: self._lay_paper())
        self.set_up.clicked.connect(self.settings_wanted)
        self.paper.closed.connect(self.closed)
        self.setFocusProxy(self.paper)

    def _lay_out(self) -> None:
        strip = Panel()
        said = column(self.advice, self.lacking, gap=4)
        line = row(margins=(16, 8, 16, 8), gap=12)
        line.addLayout(said, 1)
        for widget in (Dim(tr(N_("Language")), 12), self.language, self.set_up):
            line.addWidget(widget)
        strip.setLayout(line)
        whole = column(strip, Hairline(), self.paper, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def show_notice(self, person: int = 0, kind: str = "customers") -> None:
        """Show the notice for a customer or a contact, or with 0 for everybody, in the language that they have.

        NotFound if they are gone.
        """
        words, party = privacy.addressee(self._book, person, kind)
        self._person, self._kind = person, kind
        self._name = party.name if party else ""
        self.language.set_value(words.code)
        self._lay_paper()

    def _lay_paper(self) -> None:
        book, person, kind, code = self._book, self._person, self._kind, str(self.language.value() or "")
        title = tr(N_("Privacy notice {name}"), name=self._name) if self._name else tr(N_("Privacy notice"))
        self.paper.show_paper(Paper(title, lambda: privacy.notice(book, code, person, kind)))
        missing = [tr(text) for text in privacy.lacking(book)]
        self.lacking.setText(tr(N_("Not on it, for it is not set: {things}."), things=current().listed(missing)))
        self.lacking.setVisible(bool(missing))
        self.set_up.setVisible(not book.reading)

    def reload(self, changes: Changes) -> None:
        """Show it as it is now."""
        if changes.touches(*_MADE_OF):
            self._lay_paper()
