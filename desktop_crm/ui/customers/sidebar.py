"""The left of the Customers tab: segments, sellers and tags, each with its count."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.segments import PRESETS
from desktop_crm.ui import icons, theme
from desktop_crm.ui.customers.facets import Facets
from desktop_crm.ui.customers.popups import ask_line
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.segments import Segment, SegmentGroup, SegmentList
from desktop_crm.ui.words import N_, tr


class Sidebar(SegmentList):
    """Emits `chosen(key)`; a saved segment can be renamed (F2) and deleted (Delete).

    `exports(key, title, menu)` asks for the menu to be filled with what a choice can be exported to.
    """

    exports = Signal(str, str, QMenu)
    renamed = Signal(int, str)
    deleted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(N_("Segments")))
        self.setViewportMargins(0, theme.px(8), 0, theme.px(8))
        self._names: dict[int, str] = {}
        self.show_facets(Facets({}))

    def show_facets(self, facets: Facets) -> None:
        """Show the choices of `facets`; the chosen one stays."""
        self._names = {segment.id: segment.name for segment, _ in facets.segments}
        built_in = [Segment(key, tr(title), facets.counts.get(key)) for key, (title, _) in PRESETS.items()]
        saved = [Segment(f"segment:{segment.id}", segment.name, tr(N_("unreadable")) if segment.damaged else count)
                 for segment, count in facets.segments]
        sellers = [Segment(f"seller:{seller.id}", seller.name, seller.count) for seller in facets.sellers]
        if sellers:
            sellers.append(Segment("seller:0", tr(N_("No seller")), facets.unsold))
        tags = [Segment(f"tag:{tag.id}", tag.name, tag.count) for tag in facets.tags]
        groups = [SegmentGroup(tr(N_("Segments")), (*built_in, *saved))]
        groups += [SegmentGroup(tr(title), tuple(choices))
                   for title, choices in ((N_("Sellers"), sellers), (N_("Tags"), tags)) if choices]
        place = self.verticalScrollBar().value()
        self.set_groups(groups)
        self.verticalScrollBar().setValue(place)

    def show_key(self, key: str) -> None:
        """Mark the choice `key`, none if it is ""; nothing is emitted."""
        if key:
            self.choose(key, announce=False)
        else:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()

    def rename(self) -> QMenu | None:
        """Ask for another name of the chosen segment; None if it is no saved one."""
        segment = self._saved()
        if segment is None:
            return None
        at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        return ask_line(self, at, tr(N_("Name of the segment")), lambda name: self.renamed.emit(segment, name),
                        self._names[segment])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        segment = self._saved()
        if segment is not None and event.key() == Qt.Key.Key_F2:
            self.rename()
        elif segment is not None and event.key() == Qt.Key.Key_Delete:
            self.deleted.emit(segment)
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        segment, key = self._saved(), self.current_key()
        if not key:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if segment is not None:
            menu.addAction(icons.icon("edit", "dim"), tr(N_("Rename"))).triggered.connect(lambda: self.rename())
            menu.addAction(icons.icon("trash", "dim"), tr(N_("Delete"))).triggered.connect(
                lambda: self.deleted.emit(segment))
        exports = menu.addMenu(icons.icon("upload", "dim"), tr(N_("Export")))
        self.exports.emit(key, str(self.currentIndex().data() or ""), exports)
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        below = self.visualRect(self.currentIndex()).center()
        menu.popup(self.viewport().mapToGlobal(below) if keyboard else QPoint(event.globalPos()))

    def _saved(self) -> int | None:
        kind, _, number = self.current_key().partition(":")
        return int(number) if kind == "segment" and int(number) in self._names else None
