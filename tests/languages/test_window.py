"""The whole window in a pseudo-language: a text without its marks never met a translator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu

from desktop_crm import i18n, settings
from desktop_crm.app import Session
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.reports.catalogue import ENTRIES, find
from desktop_crm.services import customers, deals, reports, sample, tasks
from desktop_crm.services.book import open_book
from desktop_crm.ui import words
from desktop_crm.ui.importing.panel import DONE, ImportPanel
from desktop_crm.ui.settings import places
from desktop_crm.ui.settings.panel import SettingsPanel
from desktop_crm.ui.settings.papers import USUAL_TAXES
from tests.books import NOON, new_book
from tests.languages.closing import leave
from tests.languages.collecting import offered, painted, texts
from tests.languages.pseudo import escaped, speaking_pseudo

KEYS = ("Ctrl Alt Shift Meta Del Esc Escape Enter Return Space Tab Home End Left Right Up Down Insert PgUp PgDown "
        "Backspace")
OWN = "Desktop CRM CSV PDF Excel JSON XLSX HTML"


@pytest.fixture(scope="module")
def session(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("pseudo")
    with pytest.MonkeyPatch.context() as patch, speaking_pseudo():
        patch.setenv("DESKTOP_CRM_HOME", str(folder / "home"))
        book = new_book(folder / "7.crm")
        sample.fill(book)
        book.close()
        made = Session(qapp, settings.Settings(language="en", scheme="light"))
        made._show(lambda: open_book(folder / "7.crm", clock=lambda: NOON), folder / "7.crm")
        made.window.resize(1366, 768)
        made.window.show()
        yield made
        leave(made)


@pytest.fixture(scope="module")
def known(session: Session) -> set[str]:
    """What is nobody's to translate: people's names, days and months as Babel writes them, keys, languages."""
    book = session.window.book
    assert book is not None
    with book.read() as connection:
        names = {str(value) for table, columns in (
            ("customers", "name, city, region, country"), ("contacts", "name"), ("sellers", "name, region"),
            ("channels", "value"), ("tags", "name"), ("settings", "value"))
            for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table}") for value in row if value}
    locale = words.current().locale
    calendar = {name for forms in (locale.days, locale.months) for widths in forms.values()
                for names_ in widths.values() for name in names_.values()}
    named = {text for options in (places.countries(), places.zones(), places.currencies()) for _, text in options}
    taxes = {name for names_ in USUAL_TAXES.values() for name in names_}  # as their country calls them
    return names | calendar | named | taxes | set(i18n.LANGUAGES.values()) | {KEYS, OWN, str(book.path), "MYR", "RM"}


def rest(session: Session) -> None:
    for _ in range(3):
        QApplication.processEvents()
        session.window.jobs.wait_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def shown(session: Session) -> set[str]:
    """Every text of the window as it stands now."""
    rest(session)
    with painted() as found:
        session.window.grab()
    return texts(session.window) | found


@pytest.mark.parametrize("tab", ["customers", "deals", "tasks", "reports"])
def test_a_tab(session: Session, known: set[str], tab: str) -> None:
    session.window.show_tab(tab)
    assert escaped(shown(session), known) == set()


def test_every_act_of_the_palette(session: Session, known: set[str]) -> None:
    assert escaped((action.text() for action in session.window.actions_.all()), known) == set()


DIALOGS = {"open", "new_file", "sample", "quit", "export_pdf", "export_xlsx", "export_csv", "customers.held",
           "customers.export", "customers.attach", "deal_attach", "task_attach"}
"""The acts that open one of the system's own dialogs, or leave."""


@pytest.mark.parametrize("tab", ["customers", "deals", "tasks", "reports"])
def test_what_each_act_of_a_tab_opens(session: Session, known: set[str], tab: str) -> None:
    window = session.window
    window.show_tab(tab)
    for act in window.page(tab).acts():
        if act.key in DIALOGS or ":" in act.key:
            continue
        window.show_tab(tab)
        if window.stack.currentWidget() is window.page(tab):
            open_first(session, tab)
        window.actions_.run(act.key)
        assert escaped(shown(session) | popped(), known) == set(), act.key
        escape(session)


def test_the_menu_of_each_list(session: Session, known: set[str]) -> None:
    window = session.window
    for tab in ("customers", "deals", "tasks"):
        window.show_tab(tab)
        open_first(session, tab)
        for view in window.page(tab).findChildren(QAbstractItemView):
            if view.isVisible():
                place = view.visualRect(view.model().index(0, 0)).center()
                QApplication.postEvent(view.viewport(), QContextMenuEvent(
                    QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)))
                assert escaped(shown(session) | popped(), known) == set(), (tab, view)
                escape(session)


def test_the_palette_while_it_is_looked_into(session: Session, known: set[str]) -> None:
    for typed in ("", "a", "012", "ñothing at all", ">"):
        session.window.top.search.setText(typed)
        session.window.finder.begin()
        found = shown(session) - {typed}
        assert escaped(found, known) == set(), typed
        session.window.finder.leave()


def test_each_part_of_the_settings(session: Session, known: set[str]) -> None:
    session.window.panels.settings()
    panel = session.window.panels.open["settings"]
    assert isinstance(panel, SettingsPanel)
    for key in ("business", "papers", "sellers", "products", "lists", "own_fields", "campaigns", "assignment",
                "scoring", "checklists", "access"):
        panel.show_section(key)
        if key in ("sellers", "products", "own_fields", "campaigns", "assignment", "scoring", "checklists"):
            panel.section(key).new()
        assert escaped(shown(session), known) == set(), key
    session.window.panels.close("settings")


@pytest.mark.parametrize("key", ["health", "duplicates", "leads", "past"])
def test_each_panel_of_clean_data(session: Session, known: set[str], key: str) -> None:
    getattr(session.window.panels, key)()
    assert escaped(shown(session), known) == set()
    session.window.panels.close(key)


def test_help(session: Session, known: set[str]) -> None:
    session.window.panels.help()
    assert escaped(shown(session), known) == set()
    session.window.panels.close("help")


def test_each_step_of_an_import(session: Session, known: set[str], tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,E-mail,Since,Qqq\nZzz Bhd,nowhere,31/02/2026,x\nYyy Bhd,yyy@example.com,01/02/2026,y\n",
                    encoding="utf-8")
    cells = known | {file.read_text(encoding="utf-8"), file.name, *ENCODINGS}
    session.window.panels.bring_in()
    panel = session.window.panels.open["import"]
    assert isinstance(panel, ImportPanel)
    assert escaped(shown(session), cells) == set(), "choose"
    panel.take(file)
    for step in ("kind", "columns", "check", "done"):
        assert escaped(shown(session), cells) == set(), step
        if step != "done":
            panel.go_on()
    assert panel.step == DONE
    session.window.panels.close("import")


def test_what_the_window_says_of_the_file(session: Session, known: set[str]) -> None:
    for key in ("backup", "check", "undo", "redo"):
        session.window.actions_.run(key)
        folder = str(session.window.book.path.parent) if session.window.book else ""
        assert escaped(shown(session), known | {folder, "home backups"}) == set(), key


def test_the_start_page(session: Session, known: set[str]) -> None:
    assert escaped(texts(session.window.start_page), known) == set()


@pytest.mark.parametrize("name", [entry.name for entry in ENTRIES])
def test_each_report_by_each_cut(session: Session, known: set[str], name: str) -> None:
    book = session.window.book
    assert book is not None
    for cut in ("", *(key for key, _ in find(name).cuts)):
        report = reports.build(book, name, cut=cut)
        assert escaped(said(report), known | TONES) == set(), (name, cut)


def said(part: object) -> Iterator[str]:
    """The texts of a report, without the codes that programs read."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for item in part:
            yield from said(item)
    elif is_dataclass(part) and type(part).__module__.startswith("desktop_crm.reports"):
        for item in fields(part):
            if item.name not in CODES:
                yield from said(getattr(part, item.name))


CODES = {"name", "key", "kind", "ids", "type", "filter", "filters", "tone", "currency", "fill", "stroke", "anchor"}
TONES = {"good", "warn", "bad"}
ENCODINGS = ("UTF-8 UTF-16", "GB Shift JIS EUC-KR")


def open_first(session: Session, tab: str) -> None:
    """Show a record's card: acts need one that is chosen."""
    book = session.window.book
    assert book is not None
    rest(session)
    if tab == "customers":
        session.window.page(tab).open(customers.list_ids(book, sort="paid", descending=True, limit=1)[0])
    elif tab == "deals":
        session.window.page(tab).open(deals.list_ids(book, DealFilter(statuses=("open",)), "amount", True, 1)[0])
    elif tab == "tasks":
        session.window.page(tab).open(tasks.list_ids(book, TaskFilter(open_only=True))[0])
    rest(session)


def popped() -> set[str]:
    """The texts of what is open over the window."""
    over = QApplication.activePopupWidget()
    found: set[str] = set()
    while over is not None:
        found |= texts(over) | (set(offered(over)) if isinstance(over, QMenu) else set())
        over.close()
        QApplication.processEvents()
        over = QApplication.activePopupWidget()
    return found


def escape(session: Session) -> None:
    """Leave what was opened."""
    for _ in range(3):
        QTest.keyClick(session.window.focusWidget() or session.window, Qt.Key.Key_Escape)
    rest(session)
