"""In a language that runs from right to left the window mirrors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from desktop_crm import i18n, settings
from desktop_crm.services import sample
from desktop_crm.ui import words
from desktop_crm.ui.main_window import MainWindow
from tests.books import new_book
from tests.languages.pseudo import pseudo

WIDTH = 1366


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    book = new_book(tmp_path_factory.mktemp("rtl") / "shop.crm")
    sample.fill(book)
    words.set_language(pseudo("ar_EG"))
    made = MainWindow(settings.Settings())
    made.resize(WIDTH, 768)
    made.show()
    made.show_book(book)
    yield made
    made.take_book()
    book.close()
    made.jobs.close()
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    words.set_language(i18n.language("en"))


def shown(window: MainWindow, tab: str) -> QWidget:
    window.show_tab(tab)
    for _ in range(3):
        QApplication.processEvents()
        window.jobs.wait_all()
    QApplication.processEvents()
    return window.page(tab)


def left(part: QWidget) -> int:
    """The left edge of a widget in the window."""
    return part.mapTo(part.window(), QPoint(0, 0)).x()


def test_the_tabs_begin_at_the_right_and_the_menu_stands_at_the_left(window: MainWindow) -> None:
    places = [left(button) for button in window.top.tabs.values()]
    assert places == sorted(places, reverse=True) and places[0] > WIDTH // 2
    assert left(window.top.new) < left(window.top.search) < places[-1]


def test_the_sidebar_is_at_the_right_of_the_list_and_the_card_at_its_left(window: MainWindow) -> None:
    from desktop_crm.ui.customers.page import CustomersPage

    page = shown(window, "customers")
    assert isinstance(page, CustomersPage)
    assert left(page.card) < left(page.table) < left(page.sidebar)


def test_the_first_column_of_a_table_is_at_the_right(window: MainWindow) -> None:
    for table in shown(window, "customers").findChildren(QTableView):
        if table.isVisible() and table.model().columnCount() > 1:
            header = table.horizontalHeader()
            assert header.sectionViewportPosition(0) > header.sectionViewportPosition(1)


def test_the_stages_go_from_right_to_left(window: MainWindow) -> None:
    from desktop_crm.ui.deals.heads import StageHead

    heads = [head for head in shown(window, "deals").findChildren(StageHead) if head.isVisible()]
    places = [left(head) for head in heads]
    assert len(places) == 5 and places == sorted(places, reverse=True)


def test_every_part_runs_in_the_window_s_direction(window: MainWindow) -> None:
    for tab in ("customers", "deals", "tasks", "reports"):
        page = shown(window, tab)
        wrong = [part for part in (page, *page.findChildren(QWidget))
                 if part.isVisible() and part.layoutDirection() != Qt.LayoutDirection.RightToLeft]
        assert wrong == []
