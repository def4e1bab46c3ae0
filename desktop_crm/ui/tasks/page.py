"""The Tasks tab: a line to write in, the list by day, the day by hour, and the form of one task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.domain.sellers import SellerRow
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.services import sellers, tasks
from desktop_crm.services.book import Book
from desktop_crm.services.quick_add import QuickTask
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.models import PagedModel
from desktop_crm.ui.ordering import by_name
from desktop_crm.ui.page import Act, Page
from desktop_crm.ui.qt import override
from desktop_crm.ui.tasks import lines
from desktop_crm.ui.tasks.day import DayPanel
from desktop_crm.ui.tasks.doing import Doing
from desktop_crm.ui.tasks.form import TaskForm
from desktop_crm.ui.tasks.header import BulkBar, TasksHeader, next_week, pick_day
from desktop_crm.ui.tasks.menu import task_menu
from desktop_crm.ui.tasks.quick import QuickAdd
from desktop_crm.ui.tasks.requests import RequestsStrip
from desktop_crm.ui.tasks.table import TaskTable
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Hairline
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, tr

if TYPE_CHECKING:
    from desktop_crm.ui.tasks.exporting import Exporting

_MINUTE_MS = 60_000
_SIDE = 400
_SHOWN = ("tasks", "customers", "deals", "sellers", "settings")

Groups = dict[str, list[int]]


class TasksPage(Page):
    """What is to be done, by whom and when."""

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(book, jobs, messages, parent)
        self._latest = Latest(jobs)
        self._doing = Doing(book, jobs, messages)
        self._started = False
        self._today = book.today()
        self._sellers: list[SellerRow] = []
        self._wanted: int | None = None  # the task to be selected as soon as the list shows it
        self.header, self.bulk = TasksHeader(), BulkBar()
        self.quick = QuickAdd(book, jobs, messages)
        self.requests = RequestsStrip(book, jobs, messages)
        self.table = TaskTable()
        self.model: PagedModel[lines.Line] = PagedModel(lines.columns(), lambda ids: lines.fetch(book, ids), self)
        self.table.set_lines(self.model)
        self.empty = EmptyState("tasks", " ")
        self.table.set_empty(self.empty)
        self.day, self.form = DayPanel(book, jobs, messages), TaskForm(book, jobs, messages)
        self._minutes = QTimer(self, interval=_MINUTE_MS)
        self._lay_out()
        self._wire()

    # What the window asks

    def acts(self) -> list[Act]:
        """What can be done on this page."""
        return [
            Act("task_filter", N_("Filter tasks"), self.header.search.setFocus, "Ctrl+F", "search"),
            Act("task_edit", N_("Edit the task"), self._edit, "F2", "edit"),
            Act("task_done", N_("Tick tasks off as done"), lambda: self._toggle(self._ids()), "Ctrl+D", "check"),
            Act("task_today", N_("Reschedule tasks to today"), lambda: self._move(self._today), "Ctrl+T", "calendar"),
            Act("task_tomorrow", N_("Reschedule tasks to tomorrow"),
                lambda: self._move(self._today + timedelta(days=1)), "Ctrl+M", "calendar"),
            Act("task_next_week", N_("Reschedule tasks to next week"), lambda: self._move(next_week(self._today)),
                "Ctrl+Shift+M", "calendar"),
            Act("task_pick", N_("Reschedule tasks to a date…"), self._pick, "Ctrl+J", "calendar"),
            Act("task_attach", N_("Attach files to the task"), self._attach, "", "file"),
            Act("task_delete", N_("Delete tasks"), lambda: self._delete(self._ids()), "", "trash"),
            Act("request_call", N_("Log the first call to the newest request"), self._call_first, "Ctrl+L", "phone"),
            Act("task_export", N_("Export the list, or what is selected…"), self._export, "Ctrl+Shift+E", "upload"),
            Act("task_day_before", N_("Show the day before"), lambda: self.day.step(-1), "Alt+Left", "chevron-left"),
            Act("task_day_after", N_("Show the day after"), lambda: self.day.step(1), "Alt+Right", "chevron-right"),
            Act("task_day_today", N_("Show today"), lambda: self.day.show_day(self._today), "Alt+Home", "calendar"),
        ]

    @cached_property
    def exporting(self) -> Exporting:
        """What writes tasks to files."""
        from desktop_crm.ui.tasks.exporting import Exporting

        return Exporting(self)

    def start(self) -> None:
        """Load the list and the day."""
        self._sellers = by_name(sellers.all_sellers(self.book))
        self.header.set_sellers(self._sellers)
        self._load()
        self.requests.reload()
        self.day.reload()
        self._started = True
        self._minutes.start()

    def reload(self, changes: Changes) -> None:
        """Load the list and the day again, if the changes touch them."""
        if changes.touches("customers", "activities", "settings"):
            self.requests.reload()
        if changes.touches("attachments"):
            self.form.documents.reload()
        if not changes.touches(*_SHOWN):
            return
        if changes.touches("sellers"):
            self._sellers = by_name(sellers.all_sellers(self.book))
            self.header.set_sellers(self._sellers)
        self.minute()
        self._load()
        self.day.reload()
        self._refresh_form()

    def new(self) -> None:
        """Begin a new task: the line to write in."""
        self.quick.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.quick.line.selectAll()

    def open(self, record: int) -> None:
        """Show one task in the list and in the form."""
        if not self.table.select(record):
            self._wanted = record
            self.header.clear()
        self._open(record)

    def show_rows(self, wanted: object, title: str) -> None:
        """List the tasks of a filter, under a title that tells where it comes from."""
        if isinstance(wanted, TaskFilter):
            self.header.give(wanted, title)

    def save_state(self) -> dict[str, Any]:
        """The view, its filters, and the sizes of the two sides."""
        return {"header": self.header.save(), "sizes": self._splitter.sizes()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up what `save_state` gave."""
        if isinstance(state.get("header"), dict):
            self.header.restore(state["header"])
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self._splitter.setSizes(sizes)

    def minute(self) -> None:
        """A minute has passed: move the present line; at the day's end everything is one day older."""
        if self.book.today() != self._today:
            stays = self.day.day != self._today
            self._today = self.book.today()
            self._load()
            self.requests.reload()
            self.day.show_day(self.day.day if stays else self._today)
        self.day.tick()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._started:
            self.minute()
            self._minutes.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._minutes.stop()  # who is not seen needs no present minute, and may be on the way out
        super().hideEvent(event)

    # Parts

    def _lay_out(self) -> None:
        self._heads = QStackedWidget()
        self._heads.setFixedHeight(theme.px(48))
        self._heads.addWidget(self.header)
        self._heads.addWidget(self.bulk)
        left = Panel()
        written = QWidget()
        written.setLayout(column(self.quick, Hairline(), gap=0))
        if self.book.reading:
            written.hide()  # never "show" before it has a parent: that would be a window of its own
        left.setLayout(column(self._heads, Hairline(), written, self.requests, self.table, gap=0))
        self._side = QStackedWidget()
        self._side.addWidget(self.day)
        self._side.addWidget(self.form)
        self._side.setMinimumWidth(theme.px(300))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._side)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([theme.px(1366 - _SIDE), theme.px(_SIDE)])
        self.setLayout(column(self._splitter, gap=0))
        self.setFocusProxy(self.table)

    def _wire(self) -> None:
        self.header.changed.connect(self._load)
        self.requests.called.connect(self._doing.call)
        self.requests.wanted.connect(lambda customer: self.record_wanted.emit("customers", customer))
        self.requests.all_wanted.connect(lambda ids: self.rows_wanted.emit(
            CustomerFilter(ids=tuple(ids)), tr(N_("Requests that wait for an answer"))))
        self.quick.added.connect(self._add)
        self.quick.left.connect(self._to_list)
        self.table.opened.connect(self._open)
        self.table.selected.connect(self._selected)
        self.table.toggle_requested.connect(self._toggle)
        self.model.check_requested.connect(lambda task, _: self._toggle([task]))
        self.table.delete_requested.connect(self._delete)
        self.table.record_wanted.connect(self.record_wanted)
        self.table.context_menu_requested.connect(self._menu)
        self.empty.acted.connect(self._act_on_empty)
        self.bulk.done.connect(lambda: self._toggle(self._ids()))
        self.bulk.moved.connect(self._move)
        self.bulk.assigned.connect(self._assign)
        self.bulk.deleted.connect(lambda: self._delete(self._ids()))
        self.bulk.left.connect(self._deselect)
        self.day.chosen.connect(self._choose)
        self.day.left.connect(self._to_list)
        self.form.left.connect(self._close_form)
        self.form.saved.connect(self._save)
        self._minutes.timeout.connect(self.minute)

    # The list

    def _load(self) -> None:
        """Ask for the list as the header wishes it; the newest wish wins."""
        wanted, all_done, flat = self.header.wanted(), self.header.all_done, self.header.given is not None
        self.requests.allow(not flat and not all_done and not self.book.reading)

        def work(_: object) -> Groups | list[int]:
            return tasks.list_ids(self.book, wanted) if flat else tasks.groups(self.book, wanted, all_done)

        self._latest.run(work, self._show, self.messages.tell, label=tr(N_("Loading tasks")))

    def _show(self, found: Groups | list[int]) -> None:
        place = self.table.verticalScrollBar().value()
        self._say_empty()
        if isinstance(found, dict):
            self.model.set_groups(lines.row_groups(found, self._today, self.header.all_done))
            late, today = len(found["overdue"]), len(found["today"])
            self.header.set_counts(late + today, late, len(found["done"]))
        else:
            self.model.set_ids(found)
            self.header.set_total(len(found))
        self.table.verticalScrollBar().setValue(place)
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted = None
        self._show_bulk()

    def _say_empty(self) -> None:
        """What the list says if it has nothing to show."""
        if self.header.narrowed():
            typed = self.header.search.text().strip()
            sentence = tr(N_("No task matches “{text}”"), text=typed) if typed else tr(N_("No task passes this filter"))
            self.empty.show_state("filter", sentence, "", tr(N_("Clear the filter")),
                                  action_icon="close")
        elif self.book.reading:
            self.empty.show_state("tasks", tr(N_("Nothing to do")))
        else:
            self.empty.show_state("tasks", tr(N_("Nothing to do")),
                                  tr(N_("Write a task in the line above, as you would say it: what, whom, when.")),
                                  tr(N_("New task")))

    def _act_on_empty(self) -> None:
        if self.header.narrowed():
            self.header.clear()
            self._to_list()
        else:
            self.new()

    def _selected(self, ids: list[int]) -> None:
        self._show_bulk()
        self.day.mark(ids)
        if len(ids) != 1:
            return
        if self._side.currentWidget() is self.form and not self.form.dirty():
            self._fill_form(ids[0])
        found = tasks.rows(self.book, ids)
        due = found[0].due_on if found else None
        if due is not None and due >= self._today and due != self.day.day:
            self.day.show_day(due)

    def _show_bulk(self) -> None:
        count = len(self.table.selected_ids())
        if count > 1:
            self.bulk.show_count(count, self._today, self._sellers)
        self._heads.setCurrentWidget(self.bulk if count > 1 and not self.book.reading else self.header)

    def _ids(self) -> list[int]:
        return self.table.selected_ids()

    def _to_list(self) -> None:
        self.table.setFocus()
        if not self._ids() and (first := next(iter(self.model.ids_between(0, 1)), None)) is not None:
            self.table.select(first)

    def _deselect(self) -> None:
        current = self.table.current_id()
        self.table.clearSelection()
        if current is not None:
            self.table.select(current)
        self.table.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.table.hasFocus() or not self._step_back():
            super().keyPressEvent(event)

    def _step_back(self) -> bool:
        """Escape in the list: from several to one, from the form to the day, from a filter to all; False from all."""
        if len(self._ids()) > 1:
            self._deselect()
        elif self._side.currentWidget() is self.form:
            self._close_form()
        elif self.header.given is not None:
            self.header.drop_given()
        else:
            return False
        return True

    def _menu(self, ids: list[int], at: QPoint) -> None:
        menu = task_menu(self, tasks.rows(self.book, ids), self._today, self._sellers, self.book.reading)
        menu.toggled.connect(lambda: self._toggle(ids))
        menu.edited.connect(self._edit)
        menu.attached.connect(self._attach)
        menu.moved.connect(self._move)
        menu.pick_wanted.connect(self._pick)
        menu.assigned.connect(self._assign)
        menu.record_wanted.connect(self.record_wanted)
        menu.deleted.connect(lambda: self._delete(ids))
        self.exporting.fill(menu.exports, lambda: ids)
        menu.popup(at)

    def _export(self) -> None:
        self.exporting.menu(self.table, self._ids(), self.model.ids)

    # The acts

    def _add(self, task: QuickTask) -> None:
        new = self._doing.add(task)
        if new is not None:
            self.quick.clear()
            self._wanted = new
            if self.header.narrowed():
                self.header.clear()

    def _call_first(self) -> None:
        customer = self.requests.first()
        if customer is not None:
            self._doing.call(customer)

    def _toggle(self, ids: Sequence[int]) -> None:
        self._then_next(ids, lambda: self._doing.toggle(ids))

    def _delete(self, ids: Sequence[int]) -> None:
        self._then_next(ids, lambda: self._doing.delete(ids))

    def _then_next(self, ids: Sequence[int], act: Callable[[], bool]) -> None:
        """Do it, and go on with the task that comes after in the list."""
        following = self.table.after(ids) if set(ids) & set(self._ids()) else None
        if act() and following is not None:
            self._wanted = following

    def _move(self, day: date | None) -> None:
        self._doing.move(self._ids(), day)

    def _pick(self) -> None:
        if self._ids():
            at = self.table.viewport().mapToGlobal(self.table.visualRect(self.table.currentIndex()).bottomLeft())
            pick_day(self.table, at + QPoint(theme.px(44), 0), self._today, self._move)

    def _assign(self, seller: int | None) -> None:
        names = {one.id: one.name for one in self._sellers}
        self._doing.assign(self._ids(), seller, names.get(seller or 0, tr(N_("Nobody"))))

    # The day and the form

    def _choose(self, task: int) -> None:
        """A click in the day: the list goes there, or the form shows what the list does not."""
        if not self.table.select(task):
            self._open(task)

    def _edit(self) -> None:
        current = self.table.current_id()
        if current is not None:
            self._open(current)

    def _open(self, task: int) -> None:
        if self._fill_form(task):
            self._side.setCurrentWidget(self.form)
            self.form.edit()

    def _attach(self) -> None:
        """Ask for files to attach to the chosen task, beside its form."""
        self._edit()
        if self._side.currentWidget() is self.form:
            self.form.documents.acts.ask()

    def _fill_form(self, task: int) -> bool:
        values = self.attempt(lambda: tasks.get(self.book, task))
        if values is not None:
            self.form.show_task(values)
        return values is not None

    def _refresh_form(self) -> None:
        """After a change from elsewhere: the form shows it too, and closes if its task is gone."""
        if self._side.currentWidget() is not self.form or self.form.task is None:
            return
        try:
            values = tasks.get(self.book, self.form.task)
        except NotFound:
            self._side.setCurrentWidget(self.day)
            return
        if not self.form.dirty():
            self.form.show_task(values)

    def _close_form(self) -> None:
        self._side.setCurrentWidget(self.day)
        self._to_list()

    def _save(self, values: dict[str, Any]) -> None:
        if self.form.task is None:
            return
        try:
            if values:
                tasks.edit(self.book, self.form.task, values)
        except CrmError as error:
            self.form.refuse(error)
            return
        self._wanted = self.form.task
        self._close_form()
