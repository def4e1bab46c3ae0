"""Pictures of the window without a screen: every tab, card and panel, what rings, the lock, the evening's picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication

from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui import theme
from desktop_crm.ui.main_window import MainWindow
from desktop_crm.ui.words import current

WIDTH, HEIGHT = 1366, 768
SCHEMES: tuple[theme.Scheme, ...] = ("light", "dark")


def make(book: Book, folder: Path, application: QApplication) -> list[Path]:
    """Write the pictures of an open file into `folder`, light and dark; returns them in their order."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(folder),
                          reason=error.strerror or "") from error
    made: list[Path] = []
    for scheme in SCHEMES:
        theme.apply(application, scheme)
        window = MainWindow(Settings())
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.show_book(book)
        for name, arrange in _scenes(window):
            arrange()
            _settle(window)
            made.append(_kept(window.grab(), folder / (f"{name}.png" if scheme == "light" else f"{name}-dark.png")))
        window.access.lock.cover.hide()
        window.take_book()
        window.jobs.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [*made, _kept(_evening(book), folder / "evening.png")]


def _kept(picture: QPixmap | QImage, path: Path) -> Path:
    """The picture in its file; FileRefused if that cannot be written."""
    if not picture.save(str(path)):
        raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(path), reason="")
    return path


def _evening(book: Book) -> QImage:
    """The day as it goes to the phone when it is closed; that is light in either scheme."""
    from desktop_crm.ui import evening_forms, evening_picture

    return evening_picture.picture(evening_forms.prepare(book))


def _scenes(window: MainWindow) -> list[tuple[str, Callable[[], Any]]]:
    """What is shown for each picture."""
    return [
        ("customers", lambda: _first(window, "customers")),
        ("about", lambda: _about(window)),
        ("sheet", lambda: _sheet(window)),
        ("deals", lambda: _out_of_the_sheet(window)),
        ("deal", lambda: _first(window, "deals")),
        ("tasks", lambda: window.show_tab("tasks")),
        ("reports", lambda: window.show_tab("reports")),
        ("palette", lambda: _searched(window)),
        ("sale", lambda: _left(window, lambda: _sale(window))),
        ("return", lambda: _return(window)),
        ("account", lambda: _account(window)),
        ("receive", lambda: _receive(window)),
        ("conditions", lambda: _conditions(window)),
        ("owes", lambda: _owes(window)),
        ("reminders", lambda: _ring(window)),
        ("import", lambda: _quiet(window)),
        ("quotation", lambda: _quotation(window)),
        ("settings", lambda: window.panels.settings()),
        ("setup", lambda: window.panels.setup()),
        ("papers", lambda: window.panels.settings("papers")),
        ("privacy", lambda: window.panels.settings("privacy")),
        ("privacy-notice", lambda: window.panels.notice()),
        ("own-fields", lambda: window.panels.settings("own_fields")),
        ("backups", lambda: window.panels.backups()),
        ("duplicates", lambda: window.panels.duplicates()),
        ("health", lambda: window.panels.health()),
        ("leads", lambda: window.panels.leads()),
        ("lead-pool", lambda: window.panels.leads("pool")),
        ("road", lambda: _road(window)),
        ("hand-over", lambda: _hand_over(window)),
        ("campaigns", lambda: window.panels.settings("campaigns")),
        ("buyers", lambda: window.panels.settings("buyers")),
        ("past", lambda: _past(window)),
        ("erase", lambda: _erase(window)),
        ("owner", lambda: window.panels.settings("owner")),
        ("encryption", lambda: window.panels.settings("encryption")),
        ("password", lambda: _password(window)),
        ("help", lambda: window.panels.help()),
        ("lock", lambda: window.access.lock.cover.begin(False)),
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


def _password(window: MainWindow) -> None:
    """What asks for the password of the file, were it encrypted."""
    if window.book is not None:
        window.ask_password(window.book.path, lambda _: None, lambda _: None)


def _hand_over(window: MainWindow) -> None:
    """Three customers that are handed over."""
    from desktop_crm.services import customers

    if window.book is not None:
        window.panels.hand_over(customers.list_ids(window.book, limit=3))


def _road(window: MainWindow) -> None:
    """Notes of two customers, of somebody new, and one of nobody."""
    from desktop_crm.services import customers

    if window.book is None:
        return
    names = [row.name for row in customers.rows(window.book, customers.list_ids(window.book, limit=2))]
    window.panels.leads("road")
    panel: Any = window.panels.open["leads"]
    panel.section("road").text.set_value("\n".join((
        *(f"{name}: {said}" for name, said in zip(names, ("called 5 min, wants 3 boxes, Friday 10",
                                                           "visited, next step call monday"), strict=False)),
        "Ravi Kumar: met at the fair, wants samples, 016-999 8888", "buy envelopes tomorrow")))
    panel.section("road").read()
    window.jobs.wait_all()


def _past(window: MainWindow) -> None:
    """A day that the file knows: a week ago if it is that old."""
    from datetime import timedelta

    from desktop_crm.services import past

    window.panels.past()
    panel: Any = window.panels.open.get("past")
    book = window.book
    if book is not None and past.begins(book) <= book.today():
        panel.show_day(max(past.begins(book), book.today() - timedelta(7)))
        window.jobs.wait_all()
        panel.wait()


def _about(window: MainWindow) -> None:
    """What is known of the customer whose card is open."""
    page: Any = window.page("customers")
    if page.card.customer is not None:
        page.card.sections.show_section("about")


def _debtors(window: MainWindow) -> list[int]:
    """Who owes, the largest sum first."""
    from desktop_crm.services import accounts

    return [debtor.customer_id for debtor in accounts.debtors(window.book)] if window.book is not None else []


def _sale(window: MainWindow) -> None:
    """A sale on its way: to who owes most, an amount typed."""
    window.panels.counter("sale", "".join(str(customer) for customer in _debtors(window)[:1]))
    panel: Any = window.stack.currentWidget()
    panel.total.setText(current().money(12850, window.book.currency, symbol=False) if window.book is not None else "")


def _return(window: MainWindow) -> None:
    """The return of the sale that was made last."""
    from desktop_crm.domain.deals import DealFilter
    from desktop_crm.services import deals

    book = window.book
    won = deals.list_ids(book, DealFilter(statuses=("won",)), "closed_on", True, 1) if book is not None else []
    for deal in won:
        window.panels.counter("return", str(deal))


def _quotation(window: MainWindow) -> None:
    """The quotation of the largest open deal, before it is printed; nothing is written for it."""
    from desktop_crm.domain.deals import DealFilter
    from desktop_crm.services import deals

    book = window.book
    found = deals.list_ids(book, DealFilter(statuses=("open",)), "amount", True, 1) if book is not None else []
    for deal in found:
        window.panels.counter("quotation", str(deal))


def _account(window: MainWindow) -> None:
    """The account of the customer who owes most."""
    window.show_tab("customers")
    page: Any = window.page("customers")
    for customer in _debtors(window)[:1]:
        page.open(customer)
        _settle(window)
        page.card.sections.show_section("account")


def _receive(window: MainWindow) -> None:
    """Money that comes in from them."""
    page: Any = window.page("customers")
    if _debtors(window):
        page.card.receive()


def _erase(window: MainWindow) -> None:
    """What erasing the customer who paid most would take and leave."""
    from desktop_crm.services import customers

    book = window.book
    for customer in customers.list_ids(book, sort="paid", descending=True, limit=1) if book is not None else []:
        window.panels.person("erase", customer)


def _conditions(window: MainWindow) -> None:
    """Conditions with and/or, as they are made."""
    from desktop_crm.domain.conditions import Condition, Group
    from desktop_crm.domain.customers import CustomerFilter

    window.show_rows(CustomerFilter(conditions=Group(True, (
        Condition("state", "one_of", ("customer", "lead")), Condition("paid_year", "at_least", 50_000),
        Group(False, (Condition("tags", "filled"), Condition("last_contact", "last_days", 60)))))), "")
    page: Any = window.page("customers")
    page.bar.open_conditions()


def _owes(window: MainWindow) -> None:
    """The list of who owes."""
    from desktop_crm.domain.customers import CustomerFilter

    page: Any = window.page("customers")
    page.bar.close_conditions()
    if page.card.pane is not None:
        page.card.pane.left.emit()
    window.show_rows(CustomerFilter(owes=True), "")


def _ring(window: MainWindow) -> None:
    """The Tasks tab at the instant of the day's next rings, with all that has come by then."""
    from desktop_crm.services import reminders

    window.show_tab("tasks")
    book = window.book
    if book is None:
        return
    now = reminders.next_ring(book, book.now()) or book.now()
    while (later := reminders.next_ring(book, now)) and book.business.local(later).date() == book.business.local(
            now).date():
        now = later
    window.reminders.panel.show_rows(reminders.due(book, now), book.business, now, fold=False)


def _quiet(window: MainWindow) -> None:
    """The import, and nothing that rings over it."""
    window.reminders.panel.hide()
    window.panels.bring_in()


def _searched(window: MainWindow) -> None:
    window.show_tab("customers")
    window.top.search.setText("a")
    window.finder.begin()


def _sheet(window: MainWindow) -> None:
    """The list of customers as a sheet, with a cell that is typed in."""
    page: Any = window.page("customers")
    page.sheet.toggle()
    page.sheet.cursor.go(3, page.model.column_of("heat"))
    page.sheet.edit()


def _out_of_the_sheet(window: MainWindow) -> None:
    """The deals, and the list of customers as it always is."""
    page: Any = window.page("customers")
    page.sheet.leave()
    window.show_tab("deals")


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
