"""The score rules: how many points a lead gets for what, and from how many points it is warm or hot."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.domain.scoring import ScoreRule, for_scoring
from desktop_crm.domain.values import fold
from desktop_crm.services import business, scoring, segments
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, theme
from desktop_crm.ui.forms import FieldSpec, TextField
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.settings.filter_choice import filter_field, filter_name
from desktop_crm.ui.settings.ordered import OrderedSection
from desktop_crm.ui.settings.records import Noun, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr

_WORDS = Words(
    title=N_("Score rules"), new=N_("New rule"), find=N_("Find a rule"), empty=N_("No score rules yet"),
    hint=N_("Say how many points a lead gets for what (Ctrl+N), or begin with the usual rules, above. A lead's card "
            "shows its score and each point's reason."),
    deleted=N_("Deleted {count} rules"), choose=N_("Choose a rule to change it, or press Ctrl+N for a new one."),
)
T = TypeVar("T")

_TOUCHES = ("segments", "choices")


class PointsField(TextField):
    """A whole number, below zero too; empty is None."""

    def value(self) -> int | None:  # type: ignore[override]  # a number where the common field has a text
        """The number; InvalidInput if the text is none."""
        text = self.text().strip().replace("−", "-").removeprefix("+")
        if text and not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 9):
            raise InvalidInput(N_("“{value}” is not a whole number."), value=text)
        return int(text) if text else None

    def set_value(self, value: int | None) -> None:  # type: ignore[override]
        """Show `value`, None as empty."""
        self.setText("" if value is None else str(value))


class ScoreSection(OrderedSection[ScoreRule]):
    """The rules in the order in which a score is explained; above them the thresholds and the usual rules."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _noun(desk.book), scoring.order, parent)
        self.warm, self.hot = PointsField(), PointsField()
        self.at_work = ElidedLabel("", tone="dim")
        self._waiting: deque[Callable[[], object]] = deque()  # acts that score all leads, one after the other
        self._sent: tuple[int, int] | None = None  # thresholds that are on their way
        self._left = False
        self.usual = Chip(tr(N_("Usual rules")), icon="list", toggles=False)
        self.refresh = Chip(tr(N_("Bring the scores up to date")), icon="refresh", toggles=False)
        self._why = Label("", 12, tone="bad", wrap=True)
        self._why.hide()
        line = row(gap=8)
        for field, title in ((self.warm, N_("Warm from")), (self.hot, N_("Hot from"))):
            field.setFixedWidth(theme.px(64))
            field.setAccessibleName(tr(title))
            field.editingFinished.connect(self._save_thresholds)
            field.setEnabled(not desk.book.reading)
            line.addWidget(Dim(tr(title)))
            line.addWidget(field)
        line.addWidget(Dim(tr(N_("points"))))
        line.addWidget(self.at_work, 1)
        for chip, act in ((self.usual, self.add_usual), (self.refresh, self.rescore)):
            line.addWidget(chip)
            chip.setEnabled(not desk.book.reading)
            chip.clicked.connect(lambda _=False, act=act: act())
        whole = self.layout()
        if isinstance(whole, QBoxLayout):  # below the head and its line
            whole.insertWidget(2, Hairline())
            whole.insertLayout(2, column(line, self._why, gap=4, margins=(16, 8, 16, 8)))
        self._show_thresholds()

    def reload(self, changes: Changes) -> None:
        """Load the rules again if they, their segments or the thresholds were changed."""
        if changes.touches("settings"):
            self._show_thresholds()
        if changes.touches(*_TOUCHES):
            self.start()
        else:
            super().reload(changes)

    def leave(self) -> bool:
        """Save what was typed, thresholds too; False if it was refused."""
        return self._save_thresholds() and super().leave()

    def stop(self) -> None:
        """Wait for nothing more; what is being scored comes to its end beside the window."""
        super().stop()
        self._left = True

    def new(self) -> None:
        """Show an empty form, unless the rule before is still being saved."""
        if not self._waiting:
            super().new()

    def move_chosen(self, step: int) -> None:
        """Move the chosen rule one place, unless the leads are being scored."""
        if not self._waiting:
            super().move_chosen(step)

    def add_usual(self) -> None:
        """Add the rules to begin with; says so if all are there."""
        def done(changes: Changes) -> None:
            if not changes.count:
                self.desk.acts.note(tr(N_("All usual rules are there already.")))

        self._beside(lambda: scoring.suggest(self.desk.book), tr(N_("Added the usual rules")), done)

    def rescore(self) -> None:
        """Bring all scores up to date."""
        def done(changes: Changes) -> None:
            if not changes.count:
                self.desk.acts.note(tr(N_("All scores were up to date.")))

        self._beside(lambda: scoring.rescore(self.desk.book), tr(N_("The scores are up to date.")), done)

    # Every change of a rule scores all leads, which takes seconds in a large file: beside the window, as one act

    def _put(self, values: dict[str, Any], act: Callable[[], T], text: str, then: Callable[[T], None]) -> bool:
        record = self._record
        if not self.form.save(lambda: scoring.check(values)):
            return False
        self.form.setEnabled(False)

        def done(result: T) -> None:
            if not self._left:
                self.form.setEnabled(True)
                then(result)
                self._load()

        def failed(error: Exception) -> None:
            if not self._left:
                self.form.setEnabled(True)
                if self._record is record:
                    self.form.reopen()

        self._beside(act, text, done, failed)
        return True

    def _drop(self, act: Callable[[], Changes], text: str) -> bool:
        self._beside(act, text, lambda _: None, lambda _: None if self._left else self._load())
        return True

    def _beside(self, act: Callable[[], T], text: str, done: Callable[[T], None],
                failed: Callable[[Exception], None] = lambda _: None) -> None:
        """Run `act` once those before it have come to their end; what went wrong is told."""
        def finished(result: T) -> None:
            done(result)
            self._go_on()

        def refused(error: Exception) -> None:
            self.desk.acts.tell(error)
            failed(error)
            self._go_on()

        self._waiting.append(lambda: self.desk.acts.beside(
            self.desk.jobs, act, text, finished, refused, label=tr(N_("Scoring all leads…"))))
        if len(self._waiting) == 1:
            self.at_work.setText(tr(N_("Scoring all leads…")))
            self._waiting[0]()

    def _go_on(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._waiting[0]()
        elif not self._left:
            self.at_work.setText("")

    def _show_thresholds(self) -> None:
        now = self.desk.book.business
        self.warm.set_value(now.warm_from)
        self.hot.set_value(now.hot_from)
        self._refuse(None)

    def _save_thresholds(self) -> bool:
        now = self.desk.book.business
        try:
            warm, hot = self.warm.value(), self.hot.value()
            if warm is None or hot is None:
                raise InvalidInput(N_("Please fill in “{field}”."), field=tr(
                    N_("Warm from") if warm is None else N_("Hot from")))
            if (warm, hot) != (self._sent or (now.warm_from, now.hot_from)):
                scoring.check_thresholds(warm, hot)
                self._send_thresholds(warm, hot)
        except CrmError as error:
            self._refuse(error)
            return False
        self._refuse(None)
        return True

    def _send_thresholds(self, warm: int, hot: int) -> None:
        self._sent = (warm, hot)

        def ended(_: object) -> None:
            if self._sent == (warm, hot):
                self._sent = None

        self._beside(lambda: scoring.set_thresholds(self.desk.book, warm, hot), tr(N_("Saved: the heat follows.")),
                     ended, ended)

    def _refuse(self, error: CrmError | None) -> None:
        said = current().error(error) if error else ""
        self._why.setText(said)
        self._why.setVisible(bool(said))
        for field in (self.warm, self.hot):
            field.set_invalid(said)


def _noun(book: Book) -> Noun[ScoreRule]:
    return Noun(
        "score_rules", "health", _WORDS, lambda typed: _matching(book, typed), _columns(book),
        {"position": lambda rule: rule.position, "name": lambda rule: rule.name, "points": lambda rule: rule.points},
        lambda _: _fields(book), _values, scoring.add, scoring.edit, scoring.delete)


def _matching(book: Book, typed: str) -> list[ScoreRule]:
    """The rules whose name or filter's name has every word that was typed."""
    words = fold(typed).split()
    return [rule for rule in scoring.all_rules(book) if not words or all(
        word in fold(f"{rule.name} {filter_name(book, rule.filter)}") for word in words)]


def _columns(book: Book) -> list[ColumnSpec[ScoreRule]]:
    return [
        ColumnSpec("position", "#", lambda rule: current().number(rule.position), align="end", kind="dim", width=44),
        ColumnSpec("name", tr(N_("Name")), lambda rule: rule.name, bold=True, width=180, least=110, stretch=True,
                   tooltip=lambda rule: rule.name),
        ColumnSpec("filter", tr(N_("Which leads")), lambda rule: filter_name(book, rule.filter), width=180, least=110,
                   stretch=True, sortable=False, tooltip=lambda rule: filter_name(book, rule.filter)),
        ColumnSpec("points", tr(N_("Points")), lambda rule: said_points(rule.points), align="end", kind="money",
                   width=80),
    ]


def said_points(points: int) -> str:
    """Points with their sign: +25, −10."""
    return f"+{current().number(points)}" if points > 0 else current().number(points)


def _fields(book: Book) -> list[FieldSpec]:
    return [
        forms.text("name", tr(N_("Name")), required=True),
        filter_field(book, "filter", tr(N_("Which leads")), allowed=for_scoring, more=_sources),
        FieldSpec("points", tr(N_("Points")), PointsField, True, tr(N_("Below zero takes points away."))),
    ]


def _sources(book: Book) -> list[CustomerFilter]:
    """Each source by itself: nobody need save a segment for it first."""
    return [CustomerFilter(sources=(source.id,)) for source in business.choices(book, "sources")]


def _values(rule: ScoreRule | None) -> dict[str, Any]:
    if rule is None:
        return {"name": "", "filter": segments.stored(CustomerFilter()), "points": None}
    return {"name": rule.name, "filter": rule.filter, "points": rule.points}
