from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import customers, segments, tasks
from desktop_crm.services.book import Book, open_book

from .conftest import Shown

ALL = ["Aminah Runcit Enterprise", "Faridah binti Ismail", "Shop 9", "Shop 10", "小明科技有限公司"]


def cells(shown: Shown, name: str) -> list[str]:
    row = shown.names().index(name)
    return [shown.page.model.index(row, column).data() for column in range(6)]


def test_nothing_is_loaded_before_the_start(show: Any, book: Book) -> None:
    shown = show(book, started=False)
    shown.settle()
    assert shown.page.model.rowCount() == 0
    assert shown.page.card.customer is None


def test_the_list_stands_in_human_order_with_its_words(shown: Shown) -> None:
    assert shown.names() == ALL
    assert cells(shown, ALL[0]) == [ALL[0], "Customer", "Hot", "2 days", "Overdue: Send the quotation", "8,200.00"]
    assert cells(shown, ALL[1]) == [ALL[1], "Lead", "Cold", "—", "no next step", "—"]
    assert cells(shown, "Shop 10")[4] == "none"


def test_the_first_customer_is_chosen_and_the_arrows_move_the_card(shown: Shown) -> None:
    assert shown.page.card.head.name.value() == ALL[0]
    shown.page.table.setFocus()
    shown.keys(Qt.Key.Key_Down)
    assert shown.page.card.head.name.value() == ALL[1]
    shown.keys(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is shown.page.card.sections.view
    shown.keys(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is shown.page.table


def test_the_next_and_the_previous_customer_come_from_anywhere_on_the_page(shown: Shown) -> None:
    acts = {act.key: act.run for act in shown.page.acts()}
    shown.page.card.setFocus()
    for key, name in (("next", ALL[1]), ("next", ALL[2]), ("previous", ALL[1]), ("previous", ALL[0]),
                      ("previous", ALL[0])):
        acts[f"customers.{key}"]()
        shown.settle()
        assert shown.page.card.head.name.value() == name
    for _ in range(len(ALL) + 1):
        acts["customers.next"]()
    shown.settle()
    assert shown.page.card.head.name.value() == ALL[-1]


def test_a_click_on_a_header_sorts_and_again_turns_it(shown: Shown) -> None:
    shown.page.model.sort(shown.page.model.column_of("paid"), Qt.SortOrder.DescendingOrder)
    shown.settle()
    assert shown.names()[0] == ALL[0]
    shown.page.model.sort(0, Qt.SortOrder.DescendingOrder)
    shown.settle()
    assert shown.names() == ALL[::-1]


def test_segments_narrow_the_list_and_tell_their_counts(shown: Shown) -> None:
    assert shown.page.facets.counts == {"all": 5, "leads": 1, "customers": 3, "hot": 1, "no_next_step": 3,
                                        "starred": 0, "owes": 0, "hot_no_next_step": 0, "low_regulars": 0,
                                        "first": 0, "repeat": 0,
                                        "lapsed": 0, "never_bought": 4, "untouched": 0, "inactive": 1}
    shown.page.sidebar.choose("leads")
    shown.settle()
    assert shown.names() == ["Faridah binti Ismail"]
    assert shown.page.bar.chips["states"].label() == "State: Lead"
    shown.page.bar.clear()
    shown.settle()
    assert shown.names() == ALL
    assert shown.page.sidebar.current_key() == "all"


def test_typing_in_the_filter_narrows_and_escape_takes_it_back(shown: Shown) -> None:
    shown.act("customers.filter")
    shown.type("aminah")
    shown.settle()
    assert shown.names() == [ALL[0]]
    shown.keys(Qt.Key.Key_Escape)
    shown.settle()
    assert shown.names() == ALL


def test_no_hits_say_so_and_offer_the_way_back(shown: Shown) -> None:
    shown.page.bar.field.setFocus()
    shown.type("<b>zzz")
    shown.settle()
    assert shown.names() == []
    assert "Nothing matches “<b>zzz”" in shown.page.empty.accessibleName()
    assert shown.page.empty.isVisible()
    shown.page.empty.acted.emit()
    shown.settle()
    assert shown.names() == ALL


def test_an_empty_file_says_what_to_do(show: Any, bare: Book) -> None:
    shown = show(bare)
    assert "No customers yet" in shown.page.empty.accessibleName()
    shown.page.empty.acted.emit()
    assert shown.page.card.pane is not None
    assert shown.page.card.pane.edit.kind == "new"


def test_a_filter_is_saved_renamed_and_deleted_as_a_segment(shown: Shown, book: Book) -> None:
    shown.page.bar.show_filter(CustomerFilter(heats=("hot",), states=("customer",)))
    shown.page.bar.changed.emit(shown.page.wanted)
    shown.page.bar.ask_name()
    shown.type("Hot ones")
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    segment = segments.saved(book)[0]
    assert (segment.name, segment.filter.heats) == ("Hot ones", ("hot",))
    assert shown.page.sidebar.current_key() == f"segment:{segment.id}"
    shown.page.sidebar.renamed.emit(segment.id, "Call first")
    shown.settle()
    assert segments.saved(book)[0].name == "Call first"
    QTest.keyClick(shown.page.sidebar, Qt.Key.Key_Delete)
    shown.settle()
    assert segments.saved(book) == []
    book.undo()
    shown.settle()
    assert [item.name for item, _ in shown.page.facets.segments] == ["Call first"]


def test_several_customers_change_in_one_act_and_back(shown: Shown, book: Book) -> None:
    shown.page.table.selectAll()
    assert shown.page.top.current is shown.page.bulk
    shown.page.acts_on_many.edited.emit("heat", "warm")
    shown.settle()
    assert customers.count(book, CustomerFilter(heats=("warm",))) == 5
    assert len(shown.page.table.selected_ids()) == 5
    shown.page.acts_on_many.tagged.emit("Fair 2026")
    shown.page.acts_on_many.task_typed.emit("Invite to the fair")
    shown.settle()
    assert tasks.count(book, tasks.TaskFilter(search="invite")) == 5
    for _ in range(3):
        book.undo()
    shown.settle()
    assert customers.count(book, CustomerFilter(heats=("warm",))) == 0
    assert cells(shown, ALL[0])[2] == "Hot"


def test_delete_selects_the_next_and_the_message_takes_it_back(shown: Shown, book: Book) -> None:
    shown.select("Faridah binti Ismail")
    shown.page.table.setFocus()
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert "Faridah" not in " ".join(shown.names())
    assert shown.page.card.head.name.value() == "Shop 9"
    assert shown.bar.text() == "Deleted “Faridah binti Ismail”"
    shown.bar._action.click()
    shown.settle()
    assert shown.names() == ALL


def test_the_undo_of_a_message_never_takes_back_another_act(shown: Shown, book: Book) -> None:
    shown.select("Faridah binti Ismail")
    shown.page.table.setFocus()
    shown.keys(Qt.Key.Key_Delete)
    customers.add(book, {"name": "Later"})
    shown.settle()
    shown.bar._action.click()
    shown.settle()
    assert "Later" in shown.names()
    assert "Something else was done since" in shown.bar.text()


def test_open_clears_a_filter_that_hides_the_customer(shown: Shown) -> None:
    faridah = shown.page.model.id_at(1)
    assert faridah is not None
    shown.page.show_rows(CustomerFilter(states=("inactive",)), "Daily report")
    shown.settle()
    assert shown.names() == ["Shop 10"]
    assert shown.page.bar.chips["title"].label() == "Daily report ×"
    shown.page.open(faridah)
    shown.settle()
    assert shown.names() == ALL
    assert shown.page.table.selected_ids() == [faridah]
    assert shown.page.card.customer == faridah


def test_open_before_the_start_shows_the_customer(show: Any, book: Book) -> None:
    shown = show(book, started=False)
    shown.page.open(3)
    shown.settle()
    assert shown.page.card.customer == 3


def test_rows_are_copied_as_tsv(shown: Shown) -> None:
    shown.select(ALL[0])
    shown.page.table.setFocus()
    shown.keys(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[:3] == [ALL[0], "Customer", "Hot"]


def test_columns_sizes_and_order_are_remembered(show: Any, book: Book) -> None:
    first, second = show(book), show(book, started=False)
    first.page.table.setColumnHidden(first.page.model.column_of("seller"), False)
    first.page.model.sort(first.page.model.column_of("region"))
    state = first.page.save_state()
    second.page.restore_state(state)
    assert not second.page.table.isColumnHidden(second.page.model.column_of("seller"))
    assert second.page.model.sort_state() == ("region", False)
    second.page.restore_state({"table": 7, "sizes": ["x"]})


def test_a_file_for_reading_is_shown_and_not_changed(show: Any, book: Book) -> None:
    reading = open_book(book.path, reading=True)
    shown = show(reading)
    assert shown.names() == ALL
    shown.page.table.selectAll()
    assert shown.page.top.current is shown.page.bar
    shown.page.new()
    assert shown.page.card.pane is None
    assert "reading only" in shown.bar.text()
    assert not shown.page.card.log.isVisible()
    reading.close()


def test_hostile_names_stand_as_they_are(shown: Shown, book: Book) -> None:
    for name in ("<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "Robert'); DROP TABLE customers;--", "& Sons",
                 "\u202eevil", "a\tb\nc"):
        made = customers.add(book, {"name": name})
        shown.settle()
        shown.page.open(made)
        shown.settle()
        assert shown.page.card.head.name.value() == customers.rows(book, [made])[0].name
        shown.window.grab()


def test_every_act_has_its_own_key(shown: Shown) -> None:
    acts = shown.page.acts()
    keys = [act.keys for act in acts if act.keys]
    assert len(set(keys)) == len(keys)
    assert len({act.key for act in acts}) == len(acts)


def test_the_acts_on_several_are_a_step_back_from_the_list(shown: Shown, book: Book) -> None:
    shown.page.table.setFocus()
    shown.page.table.selectAll()
    QTest.keyClick(shown.page.table, Qt.Key.Key_Backtab)
    there = shown.page.window().focusWidget()
    assert there is not None and shown.page.bulk.isAncestorOf(there)
    QTest.keyClick(there, Qt.Key.Key_Tab)
    assert shown.page.window().focusWidget() is shown.page.table
