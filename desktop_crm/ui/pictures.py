"""Pictures of the window without a screen: every tab, the board, the card, the wizard and the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui import theme
from desktop_crm.ui.main_window import MainWindow

WIDTH, HEIGHT = 1366, 768


def make(book: Book, folder: Path, application: QApplication) -> list[Path]:
    """Write the pictures of an open file into `folder`, light and dark; returns them in their order."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(folder),
                          reason=error.strerror or "") from error
    made: list[Path] = []
    for scheme in ("light", "dark"):
        theme.apply(application, "dark" if scheme == "dark" else "light")
        window = MainWindow(Settings())
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.show_book(book)
        for name, arrange in _scenes(window):
            arrange()
            _settle(window)
            path = folder / (f"{name}.png" if scheme == "light" else f"{name}-dark.png")
            if not window.grab().save(str(path)):
                raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(path),
                                  reason="")
            made.append(path)
        window.take_book()
        window.jobs.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return made


def _scenes(window: MainWindow) -> list[tuple[str, Callable[[], Any]]]:
    """What is shown for each picture."""
    return [
        ("customers", lambda: _first(window, "customers")),
        ("deals", lambda: window.show_tab("deals")),
        ("deal", lambda: _first(window, "deals")),
        ("tasks", lambda: window.show_tab("tasks")),
        ("reports", lambda: window.show_tab("reports")),
        ("palette", lambda: _searched(window)),
        ("sale", lambda: _left(window, lambda: window.show_counter("sale"))),
        ("account", lambda: _account(window)),
        ("import", lambda: window.show_import()),
        ("settings", lambda: window.show_settings()),
        ("backups", lambda: window.show_backups()),
        ("help", lambda: window.show_help()),
    ]


def _first(window: MainWindow, tab: str) -> None:
    """A tab with the card of a record that has much to show: the customer or open deal with the largest sum."""
    from desktop_crm.domain.deals import DealFilter
    from desktop_crm.services import customers, deals

    window.show_tab(tab)
    book = window.book
    if book is None:
        return
    ids = (customers.list_ids(book, sort="paid", descending=True, limit=1) if tab == "customers"
           else deals.list_ids(book, DealFilter(statuses=("open",)), "amount", True, 1))
    if ids:
        _settle(window)
        window.page(tab).open(ids[0])


def _account(window: MainWindow) -> None:
    """The account of the customer who owes most."""
    from desktop_crm.services import accounts

    window.show_tab("customers")
    owing = accounts.debtors(window.book) if window.book is not None else []
    if owing:
        page: Any = window.page("customers")
        page.open(owing[0].customer_id)
        _settle(window)
        page.card.sections.show_section("account")


def _searched(window: MainWindow) -> None:
    window.show_tab("customers")
    window.top.search.setText("a")
    window.finder.begin()


def _left(window: MainWindow, then: Callable[[], object]) -> None:
    """Close the palette first."""
    window.finder.leave()
    then()


def _settle(window: MainWindow) -> None:
    """Let all work that the screen waits for come to its end."""
    for _ in range(6):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
        window.jobs.wait_all()
    QCoreApplication.processEvents()
