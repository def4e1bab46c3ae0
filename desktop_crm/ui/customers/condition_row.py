"""One row of the filter's builder: field, test, value; a value that cannot be read is told under it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop_crm.domain.condition_fields import TESTS, Asked, Given, Type
from desktop_crm.domain.conditions import Condition
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.services import quick_add
from desktop_crm.services.conditions import Vocabulary, offered
from desktop_crm.ui import theme
from desktop_crm.ui.customers.popups import fill_choices
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import Dim, Label, tip
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.widgets.pickers import Choice, DateField
from desktop_crm.ui.words import current, tr

_FIELD, _TEST, _VALUE, _DAYS = 130, 110, 90, 64


class Picks(Chip):
    """Some of a few choices, ticked in a menu: `picked()` after each tick."""

    picked = Signal()

    def __init__(self, known: Vocabulary, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__("", toggles=False, parent=parent)
        self._known, self._asked, self._options = known, asked, known.options(asked)
        self._values: tuple[str | int, ...] = ()
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.set_menu(menu)
        self.set_values(())

    def values(self) -> tuple[str | int, ...]:
        """What is ticked, in the order of the choices; what is no longer offered first."""
        return self._values

    def set_values(self, values: tuple[str | int, ...]) -> None:
        """Tick these; nothing is emitted."""
        self._values = values
        said = current().joined(self._known.option(self._asked, value) for value in values)
        self.set_label(said if len(said) <= 28 else said[:27] + "…" if said else "")
        self.setToolTip(tip(said))
        if not values:
            self.set_label(tr(N_("Choose…")))

    def turn(self, value: object) -> None:
        """Tick a choice, or take its tick away."""
        kept = {*self._values} ^ {value}
        gone = tuple(old for old in self._values if old in kept and old not in dict(self._options))
        self.set_values((*gone, *(option for option, _ in self._options if option in kept)))
        self.picked.emit()

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        gone = ((value, self._known.option(self._asked, value)) for value in self._values
                if value not in dict(self._options))
        fill_choices(menu, (*self._options, *gone), self.turn, self._values)


class ConditionRow(QWidget):
    """A condition while it is made: `changed()` when it says another one, `removed()`, `resized()`."""

    changed = Signal()
    removed = Signal()
    resized = Signal()

    def __init__(self, known: Vocabulary, part: Condition | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._part = part
        self.field = Choice(tuple(offered(known)))
        self.test = Choice()
        self.editors: list[Field | Picks] = []
        self._values = row(gap=6)
        self._why = Label("", 12, tone="bad", wrap=True)
        self._why.hide()
        self._remove = IconButton("close", tr(N_("Take this condition away")), small=True, token="dim")
        self._remove.clicked.connect(self.removed)
        self.field.setAccessibleName(tr(N_("Field")))
        self.test.setAccessibleName(tr(N_("Test")))
        for part_of, width in ((self.field, _FIELD), (self.test, _TEST)):
            part_of.setMinimumWidth(theme.px(width))
            part_of.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = row(self.field, self.test, gap=6)
        line.addLayout(self._values)
        line.addWidget(self._remove)
        for place, share in enumerate((3, 3, 4)):
            line.setStretch(place, share)
        self.setLayout(column(line, self._why, gap=2))
        self.field.picked.connect(lambda _: self._choose_field())
        self.test.picked.connect(lambda _: self._choose_test())
        self._show(part)

    def part(self) -> Condition | None:
        """The condition, None while it says none."""
        return self._part

    def chain(self) -> list[QWidget]:
        """What takes the keyboard, in the order of Tab."""
        return [self.field, self.test, *self.editors, self._remove]

    def asked(self) -> Asked:
        """The field that is chosen."""
        return self._known.fields[str(self.field.value())]

    def _show(self, part: Condition | None) -> None:
        self.field.set_value(part.field if part else offered(self._known)[0][0])
        self._offer_tests()
        if part is not None:
            self.test.set_value(part.test)
        self._make_editors()
        if part is not None:
            self._fill(part)

    def _offer_tests(self) -> None:
        tests = TESTS[self.asked().type]
        self.test.set_options(tuple((key, tr(test.title)) for key, test in tests.items()))
        if self.test.value() is None:
            self.test.set_value(next(iter(tests)))

    def _given(self) -> Given:
        return TESTS[self.asked().type][str(self.test.value())].given

    def _choose_field(self) -> None:
        self._offer_tests()
        self._choose_test()

    def _choose_test(self) -> None:
        before = [editor.text() for editor in self.editors if type(editor) is Field]
        self._make_editors()
        for editor, text in zip(self.editors, before, strict=False):
            if type(editor) is Field:
                editor.setText(text)
        self._read(final=False)

    def _make_editors(self) -> None:
        """Place what the test is given: nothing, one value or two, choices, a number of days."""
        empty(self._values)
        self.editors = []
        given, asked = self._given(), self.asked()
        if given is Given.SOME:
            self.editors = [self._picks(asked)]
        elif given is not Given.NOTHING:
            make = self._day_field if asked.type is Type.DATE and given is not Given.DAYS else self._text_field
            self.editors = [make() for _ in range(2 if given is Given.TWO else 1)]
        for number, editor in enumerate(self.editors):
            editor.setAccessibleName(tr(N_("Value")))
            if number:
                self._values.addWidget(Dim("–"))
            self._values.addWidget(editor, 0 if given in (Given.SOME, Given.DAYS) else 1)
            editor.show()  # now, not with the next event: what is not in sight takes no keyboard
        if given is Given.DAYS:
            self.editors[0].setFixedWidth(theme.px(_DAYS))
            self._values.addWidget(Dim(tr(N_("days"))))
        if given in (Given.SOME, Given.DAYS, Given.NOTHING):
            self._values.addStretch(1)
        self.resized.emit()

    def _picks(self, asked: Asked) -> Picks:
        picks = Picks(self._known, asked)
        picks.picked.connect(lambda: self._read(final=True))
        return picks

    def _text_field(self) -> Field:
        field = Field()
        field.setMinimumWidth(theme.px(_VALUE))
        field.textEdited.connect(lambda _: self._read(final=False))
        field.editingFinished.connect(lambda: self._read(final=True))
        return field

    def _day_field(self) -> DateField:
        words, book = current(), self._known.book
        field = DateField(lambda text: quick_add.read_day(book, words, text), words.day)
        field.setMinimumWidth(theme.px(_VALUE))
        field.changed.connect(lambda _: self._read(final=True))
        field.editingFinished.connect(lambda: self._read(final=True))
        return field

    def _fill(self, part: Condition) -> None:
        values = part.value if isinstance(part.value, tuple) else (part.value,)
        for editor in self.editors:
            if isinstance(editor, Picks):
                editor.set_values(tuple(value for value in values if isinstance(value, (str, int))))
        for editor, value in zip(self.editors, values, strict=False):
            if isinstance(editor, DateField):
                editor.set_value(_day(value))
            elif isinstance(editor, Field):
                editor.setText(str(value) if self._given() is Given.DAYS else self._known.written(self.asked(), value))

    def _read(self, final: bool) -> None:
        """Take what the row says; while someone types, what cannot be read yet leaves the condition as it was."""
        try:
            part, why = self._said(), ""
        except CrmError as error:
            untouched = all(not isinstance(editor, Picks) and not editor.text().strip() for editor in self.editors)
            part, why = None, "" if untouched else current().error(error)
            if why and not final:
                return
        self._tell(why)
        if part != self._part:
            self._part = part
            self.changed.emit()

    def _said(self) -> Condition:
        asked, test = self.asked(), str(self.test.value())
        first = self.editors[0] if self.editors else None
        if isinstance(first, Picks):
            if not first.values():
                raise InvalidInput(N_("Say what to look for."), asked.key)
            return Condition(asked.key, test, first.values())
        return self._known.condition(asked, test, [_text(editor) for editor in self.editors])

    def _tell(self, why: str) -> None:
        for editor in self.editors:
            if isinstance(editor, Field):
                editor.set_invalid(why)
        if self._why.text() != why or self._why.isHidden() == bool(why):
            self._why.setText(why)
            self._why.setVisible(bool(why))
            self.resized.emit()


def _text(editor: Field | Picks) -> str:
    """What stands in a field; a day as ISO, so that it is read as the very day that the field shows."""
    if not isinstance(editor, DateField):
        return editor.text()
    day = editor.value()
    return day.isoformat() if day else ""


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
