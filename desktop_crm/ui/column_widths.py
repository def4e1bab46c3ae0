"""How wide the columns of a list are: as they were wished, narrower where the window has no room for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView

from desktop_crm.ui import theme
from desktop_crm.ui.models import ColumnSpec


def shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths of columns in pixels that fit into `room`, all giving way alike; none below its `least`, so they may not.

    `least` is as large as the wanted width where a column does not give way.
    """
    spare = [max(0, want - low) for want, low in zip(wanted, least, strict=True)]
    over, given = min(max(0, sum(wanted) - room), sum(spare)), 0
    widths = []
    for place, want in enumerate(wanted):
        upto = over * sum(spare[:place + 1]) // max(1, sum(spare))
        widths.append(want - (upto - given))
        given = upto
    return widths


class ColumnWidths(QObject):
    """Keeps what a header's columns were wished to be, in pixels; a width that was chosen by hand gives way to none."""

    def __init__(self, header: QHeaderView) -> None:
        super().__init__(header)
        self._header = header
        self._specs: Sequence[ColumnSpec[Any]] = ()
        self._wanted: dict[int, int] = {}
        self._by_hand: set[int] = set()
        self._headings: dict[int, int] = {}
        self._arranging = False
        header.sectionResized.connect(self._resized)

    def begin(self, specs: Sequence[ColumnSpec[Any]], widths: Sequence[int]) -> None:
        """Wish for these widths, in pixels; those columns that `specs` hide are hidden."""
        self._specs, self._wanted = specs, dict(enumerate(widths))
        self._by_hand.clear()
        self._headings.clear()
        with self._quietly():
            for number, spec in enumerate(specs):
                self._header.resizeSection(number, self._wanted[number])
                self._header.setSectionHidden(number, spec.hidden)

    def wanted(self, number: int) -> int:
        """The width that a column would have with room for all."""
        return self._header.sectionSize(number) if number == self._main() else self._wanted[number]

    def want(self, number: int, width: int) -> None:
        """Wish for another width; one that is not the column's own was once chosen by hand."""
        wide = max(self._header.minimumSectionSize(), width)
        if wide != self._wanted[number]:
            self._wanted[number] = wide
            self._by_hand.add(number)

    def show_column(self, number: int, on: bool) -> None:
        """Show or hide a column."""
        with self._quietly():
            self._header.setSectionHidden(number, not on)

    def fit(self, room: int) -> None:
        """Give the columns their widths in `room` pixels; what is left goes to headings, then to those that stretch."""
        shown, main = self._shown(), self._main()
        own = [theme.px(self._specs[number].width) if number == main else self._wanted[number] for number in shown]
        widths = shared(own, [self._least(number, width) for number, width in zip(shown, own, strict=True)], room)
        stretched = [number for number in shown if number == main or self._stretches(number)]
        spare = max(0, room - sum(widths))
        for place, number in enumerate(shown):
            if number not in stretched and number not in self._by_hand:
                more = min(spare, max(0, self._heading(number) - widths[place]))
                widths[place], spare = widths[place] + more, spare - more
        with self._quietly():
            for number, width in zip(shown, widths, strict=True):
                more = spare // len(stretched) if number in stretched else 0
                self._header.resizeSection(number, width + more + (spare % len(stretched) if number == main else 0))

    def _heading(self, number: int) -> int:
        """The width in which a column's heading can be read whole."""
        if number not in self._headings:
            self._headings[number] = self._header.sectionSizeHint(number)
        return self._headings[number]

    def _shown(self) -> list[int]:
        return [number for number in range(len(self._specs)) if not self._header.isSectionHidden(number)]

    def _main(self) -> int:
        """The first column that stretches, else the last; what others leave is always its own."""
        shown = self._shown()
        return next((number for number in shown if self._specs[number].stretch), shown[-1] if shown else -1)

    def _stretches(self, number: int) -> bool:
        return self._specs[number].stretch and number not in self._by_hand

    def _least(self, number: int, own: int) -> int:
        least = self._specs[number].least
        fixed = not least or (number in self._by_hand and number != self._main())
        return own if fixed else min(own, theme.px(least))

    def _resized(self, number: int, _: int, width: int) -> None:
        if width and not self._arranging:
            self._wanted[number] = width
            self._by_hand.add(number)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What is resized meanwhile is no wish of the user's."""
        self._arranging = True
        try:
            yield
        finally:
            self._arranging = False
