"""The score of the file's data: how complete it is, what would raise it most, what counts how much, and its days.

Beside it stands how steadily the open deals move on.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.data_health import WANTED, Gain, Health, Score
from desktop_crm.reports.charts import Bar, over_time
from desktop_crm.reports.report import Chart, ValueType
from desktop_crm.ui import theme
from desktop_crm.ui.charts import ChartView
from desktop_crm.ui.health.pace import AdherenceCard
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import ProgressBar
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_GAINS = 3
_JUDGED = N_count("of what is wanted of {n} customer, by importance",
                  "of what is wanted of {n} customers, by importance")
WIDTH = 320
"""How wide the cards are, in design pixels."""
_TITLES = {item.key: item.title for item in WANTED}


class ScoreCards(QWidget):
    """The cards beside the findings; `wanted(kind)` asks for the customers that lack a field."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = Label("", 24, strong=True)
        self.bar = ProgressBar()
        self.judged = Dim("", 12, wrap=True)
        self.pace = AdherenceCard()
        self.pace.wanted.connect(lambda: self.wanted.emit("deal_slow"))
        self.gains = [Button("", kind="link") for _ in range(_GAINS)]
        self.chart = ChartView()
        self.first, self.last = Dim("", 11), Dim("", 11)
        self.weights = Dim(" · ".join(f"{item.weight} {tr(item.title)}" for item in WANTED), 12, wrap=True)
        self._keys: list[str] = []
        self._whole, self._history, self._raise = Card(), Card(), Card()
        for number, button in enumerate(self.gains):
            button.clicked.connect(lambda _=False, number=number: self.wanted.emit(f"missing_{self._keys[number]}"))
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (Dim(tr(N_("Completeness")), 12), self.value, self.bar, self.judged):
            self._whole.body.addWidget(part)
        self._raise.body.addWidget(Label(tr(N_("What would raise it most")), strong=True, wrap=True))
        for button in self.gains:
            self._raise.body.addLayout(row(button, None))
        self._history.body.addWidget(Label(tr(N_("Day by day")), strong=True, wrap=True))
        self._history.body.addWidget(self.chart)
        self._history.body.addLayout(row(self.first, None, self.last))
        points = Card()
        points.body.addWidget(Label(tr(N_("What counts how much")), strong=True, wrap=True))
        points.body.addWidget(self.weights)
        points.body.addWidget(Dim(tr(N_("A contact person and an industry are wanted of companies only. Inactive "
                                        "customers do not count.")), 12, wrap=True))
        self.setFixedWidth(theme.px(WIDTH))
        self.setLayout(column(self._whole, self.pace, self._raise, self._history, points, None, gap=12,
                              margins=(16, 16, 16, 16)))

    def show_health(self, found: Health, scores: Sequence[Score]) -> None:
        """Show the score of an examination and of the days before."""
        self.value.setText(current().rate(found.share) if found.share is not None else "—")
        self.bar.set_share(found.share or 0.0, self.value.text())
        self.judged.setText(tr_count(*_JUDGED, found.customers))
        self._whole.setVisible(found.customers > 0)
        self.pace.show_adherence(found.adherence)
        self._show_gains(found.gains[:_GAINS])
        self._history.setVisible(len(scores) > 1)
        self.chart.set_chart(_chart(scores) if len(scores) > 1 else None)
        for label, score in zip((self.first, self.last), (scores[0], scores[-1]) if scores else (), strict=False):
            label.setText(current().skeleton(score.on_date, "MMMd"))

    def _show_gains(self, gains: Sequence[Gain]) -> None:
        self._keys = [gain.key for gain in gains]
        self._raise.setVisible(bool(gains))
        for button, gain in zip(self.gains, gains, strict=False):
            button.set_text(f"+{current().rate(gain.thousandths / 1000)} · {tr(_TITLES[gain.key])}")
            button.setToolTip(tr_count(N_("{n} customer lacks it"), N_("{n} customers lack it"), gain.count))
        for number, button in enumerate(self.gains):
            button.setVisible(number < len(gains))


def _chart(scores: Sequence[Score]) -> Chart:
    """A bar a day, the last one in the accent."""
    words = current()
    bars = [Bar("", score.completeness / 1000, words.rate(score.completeness / 1000), words.day(score.on_date),
                score is scores[-1]) for score in scores]
    return over_time(tr(N_("Completeness, day by day")), bars, (tr(N_("Date")), tr(N_("Completeness"))), ValueType.RATE)
