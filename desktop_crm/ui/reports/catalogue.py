"""The catalogue at the left: every report under the heading of its group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_crm.reports.catalogue import CatalogueEntry
from desktop_crm.ui import theme
from desktop_crm.ui.widgets.segments import Segment, SegmentGroup, SegmentList
from desktop_crm.ui.words import N_, tr


class Catalogue(SegmentList):
    """Emits `chosen(name)`."""

    def __init__(self, entries: Sequence[CatalogueEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(N_("Catalogue of reports")))
        self.setViewportMargins(0, theme.px(8), 0, theme.px(8))
        groups: dict[str, list[Segment]] = {}
        for entry in entries:
            groups.setdefault(entry.group, []).append(Segment(entry.name, entry.title))
        self.set_groups([SegmentGroup(title, tuple(segments)) for title, segments in groups.items()])
