"""The small parts: times, phrases, letters, lines, the filter's keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.ui.customers.facets import Facets, filter_of, key_of
from desktop_crm.ui.line_model import PAGE, Line, LinesModel
from desktop_crm.ui.line_view import LinesView, laid_out
from desktop_crm.ui.when import ago, short
from desktop_crm.ui.widgets.avatar import initial

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("day", "said"), [
    (None, "—"), (date(2026, 11, 21), "Today"), (date(2026, 11, 20), "Yesterday"), (date(2026, 11, 19), "2 days"),
    (date(2026, 11, 8), "13 days"), (date(2026, 11, 7), "2 weeks"), (date(2026, 10, 31), "3 weeks"),
    (date(2026, 9, 22), "1 month"), (date(2026, 4, 15), "7 months"), (date(2024, 11, 1), "2 years"),
    (date(2026, 12, 1), "1 Dec"),
])
def test_ago(day: date | None, said: str) -> None:
    assert ago(day, TODAY) == said


def test_short_days_drop_the_year_that_is_meant() -> None:
    assert [short(day, TODAY) for day in (date(2026, 11, 22), date(2026, 11, 18), date(2025, 11, 18))] == [
        "Tomorrow", "18 Nov", "18 Nov 2025"]


@pytest.mark.parametrize(("name", "letter"), [
    ("aminah", "A"), ("小明科技", "小"), ("கிருஷ்ணன்", "கி"), ("श्रेष्ठ", "श्रे"), ("“Best” Shop", "B"), ("", ""),
    ("🏪 Kedai", "K"), ("🇲🇾", "🇲🇾"),
])
def test_the_first_letter_is_a_whole_one(name: str, letter: str) -> None:
    assert initial(name)[:1] == letter[:1]
    assert initial(name) in (letter, "श्") if letter.startswith("श") else initial(name) == letter


@pytest.mark.parametrize("wanted", [
    CustomerFilter(), CustomerFilter(states=("lead",)), CustomerFilter(sellers=(3,)), CustomerFilter(sellers=(0,)),
    CustomerFilter(tags=(7,)), CustomerFilter(untouched_days=30),
])
def test_a_key_of_the_sidebar_and_its_filter_are_one(wanted: CustomerFilter) -> None:
    assert filter_of(key_of(wanted, Facets({})), Facets({})) == wanted


def test_a_filter_of_its_own_has_no_key() -> None:
    assert key_of(CustomerFilter(states=("lead",), heats=("hot",)), Facets({})) == ""


def many(count: int) -> list[Line]:
    return [Line("activity", number, "Call", f"note {number}") for number in range(1, count + 1)]


@pytest.mark.parametrize(("title", "shown"), [
    ("عرض.docx", "عرض.docx\u200f · 2 kB"), ("Offer عرض", "Offer عرض\u200e · 2 kB"), ("offer.pdf", "offer.pdf · 2 kB"),
])
def test_a_size_stands_after_a_name_that_turns(title: str, shown: str) -> None:
    line = Line("document", 1, title, "2 kB", mark=" · ")
    assert line.words == shown and laid_out(line, 300).text() == shown


def test_the_lines_grow_while_they_are_scrolled(qtmodeltester: ModelTester) -> None:
    asked: list[int] = []

    def source(limit: int) -> list[Line]:
        asked.append(limit)
        return many(130)[:limit]

    model = LinesModel()
    model.set_source(source)
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (PAGE, True)
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (130, False)
    assert asked == [PAGE, 2 * PAGE, 3 * PAGE]
    model.set_source(source, keep=True)
    assert model.rowCount() == 130
    qtmodeltester.check(model)


def test_long_words_wrap_to_four_rows_and_no_more(qapp: object) -> None:
    line = Line("activity", 1, "Call", "agreed on everything " * 40)
    layout = laid_out(line, 300)
    assert layout.lineCount() == 4
    assert layout.text().endswith("…")
    assert laid_out(Line("activity", 1, "Call", "short"), 300).text() == "Call — short"


def test_a_view_paints_every_kind_of_line(qtbot: object) -> None:
    view = LinesView("Lines")
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    view.resize(400, 400)
    lines = [Line("heading", title="Payments"), Line("task", 1, text="Call 🏪 Ali", checked=True),
             Line("payment", 2, "RM 5.00", action="Receive", meta="Overdue", meta_tone="bad"),
             Line("contact", 3, "محمد علي", "مدير", meta="012"), Line("deal", 4, "小明", end="RM 1.00")]
    view.lines.set_source(lambda limit: lines[:limit])
    view.show()
    assert not view.grab().isNull()
    assert not view.lines.flags(view.lines.index(0)) & view.lines.flags(view.lines.index(1))
