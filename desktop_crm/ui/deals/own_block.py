"""The business's own fields on a deal's card, each changed where it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.domain.custom_fields import CustomField, Value
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import custom_fields
from desktop_crm.services.book import Book
from desktop_crm.ui.inline import InlineText
from desktop_crm.ui.own_fields import CHOSEN, follow, options
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.labels import Hairline, set_property
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

Labelled = Callable[[str, QWidget], QWidget]


class OwnBlock(QWidget):
    """One line a field; hidden where the business has no own fields of deals. `save` changes values of a deal by
    field id and tells what was refused; `labelled` puts a name before a value.
    """

    def __init__(self, book: Book, save: Callable[[int, dict[int, object]], bool], labelled: Labelled,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._save_values, self._labelled = book, save, labelled
        self._deal = 0
        self._fields: list[CustomField] | None = None
        self.editors: dict[int, InlineText | Choice] = {}
        self._links: dict[int, IconButton] = {}
        self._lines: QVBoxLayout = column(gap=2)
        self.setLayout(column(self._lines, Hairline(), gap=12))

    def show_deal(self, deal: int) -> None:
        """Show the values of a deal; what is being typed stays."""
        fields = custom_fields.listed(self._book, "deals")
        self._deal = deal
        if fields != self._fields:
            self._fields = fields
            self._build(fields)
        values = custom_fields.values(self._book, "deals", deal) if fields else {}
        for field in fields:
            self._show_value(field, values.get(field.id))
        self.setVisible(bool(fields))

    def _build(self, fields: list[CustomField]) -> None:
        empty(self._lines)
        self.editors, self._links = {}, {}
        for field in fields:
            editor = self._editor(field)
            self.editors[field.id] = editor
            value: QWidget = editor
            if field.type == "link":
                value = QWidget()
                link = self._links[field.id] = IconButton("link", tr(N_("Open the page")), small=True, token="dim")
                link.clicked.connect(lambda _=False, field=field: self._follow(field))
                line = row(editor, link, gap=4)
                line.setStretch(0, 1)
                value.setLayout(line)
            self._lines.addWidget(self._labelled(field.name, value))

    def _editor(self, field: CustomField) -> InlineText | Choice:
        if field.type in CHOSEN:
            choice = Choice(options(field))
            choice.setAccessibleName(field.name)
            set_property(choice, "look", "flat")
            choice.setEnabled(not self._book.reading)
            choice.picked.connect(lambda value: self._save(field, value))
            return choice
        text = InlineText(name=field.name)
        text.setEnabled(not self._book.reading)
        text.committed.connect(lambda typed: self._typed(field, text, typed))
        return text

    def _show_value(self, field: CustomField, value: Value | None) -> None:
        editor = self.editors[field.id]
        if isinstance(editor, Choice):
            editor.set_options(options(field, value))
            editor.set_value(value)
        elif not editor.editing():
            editor.set_value(custom_fields.shown(current(), self._book.currency, field, value)
                             if field.type != "date" else
                             custom_fields.typed(current(), self._book.currency, field, value))
        if field.id in self._links:
            self._links[field.id].setVisible(value is not None)

    def _typed(self, field: CustomField, editor: InlineText, typed: str) -> None:
        try:
            value = custom_fields.understood(self._book, current(), field, typed)
        except CrmError as error:
            editor.refuse(current().error(error))
            return
        self._save(field, value)

    def _save(self, field: CustomField, value: object) -> None:
        self._save_values(self._deal, {field.id: value})
        self.show_deal(self._deal)

    def _follow(self, field: CustomField) -> None:
        editor = self.editors[field.id]
        if isinstance(editor, InlineText) and editor.value():
            follow(editor.value())
