"""One of very many values: typed, with what fits offered below, or picked from the whole list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QLineEdit, QListView, QWidget

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.values import fold
from desktop_crm.ui import fonts
from desktop_crm.ui.settings.places import Options
from desktop_crm.ui.widgets.labels import set_property
from desktop_crm.ui.widgets.pickers import Choice


class SearchChoice(Choice):
    """A choice that is searched by typing any part of its words; `refusal` is said about a text that is none."""

    def __init__(self, options: Options, refusal: str, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self._refusal = refusal
        line = QLineEdit()
        line.setTextMargins(-2, 0, 0, 0)  # Qt insets it by two pixels more than the text of a common choice
        self.setLineEdit(line)  # which makes the box editable
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.set_options(tuple(options))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        offers = QListView()
        offers.setFrameShape(QFrame.Shape.NoFrame)
        set_property(offers, "look", "offers")
        fonts.dress(offers)
        for view in (offers, self.view()):
            if isinstance(view, QListView):
                view.setUniformItemSizes(True)  # else Qt measures all texts anew at each parent that the box comes into
        completer.setPopup(offers)

    def value(self) -> object:
        """The value whose text, code or unmistakable part was typed; None for nothing, InvalidInput for no value."""
        typed = fold(self.currentText())
        if not typed:
            return None
        texts = [fold(self.itemText(number)) for number in range(self.count())]
        exact = [value for value, text in zip(self._values, texts, strict=True)
                 if typed in (text, fold(str(value)))]
        partly = [value for value, text in zip(self._values, texts, strict=True) if typed in text]
        for found in (exact, partly):
            if len(found) == 1:
                return found[0]
        raise InvalidInput(self._refusal, "", value=self.currentText().strip())

    def set_value(self, value: object) -> None:
        """Choose `value`; nothing is emitted. An unknown value chooses none."""
        super().set_value(value)
        line = self.lineEdit()
        if line is not None:  # there is none yet while the box is made
            line.setCursorPosition(0)
