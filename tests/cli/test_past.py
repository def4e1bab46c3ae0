"""`list --on`: rows as they stood at the end of a day, also beside an open window."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_crm.services import customers, segments
from desktop_crm.services.book import open_book
from desktop_crm.storage import unit_of_work
from tests.cli.conftest import Run

DAYS = [f"2026-03-{day:02}T10:00:00.000000Z" for day in (1, 10, 20)]


@pytest.fixture
def shop(run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file of three days in March 2026: made, two customers added, one renamed and one deleted."""
    at = iter([DAYS[0]] * 2 + [DAYS[1]] * 3 + [DAYS[2]] * 3)
    monkeypatch.setattr(unit_of_work, "_now", lambda: next(at))
    run("new", "shop.crm")
    now = datetime(2026, 3, 20, 10, tzinfo=UTC)
    with closing(open_book(Path("shop.crm"), clock=lambda: now)) as book:
        with book.work("Nothing") as work:
            work.connection.exec_driver_sql("UPDATE settings SET value = 'Kedai' WHERE key = 'name'")
        customers.add(book, {"name": "Aminah", "region": "Johor"}, phones=["012-345 6789"])
        customers.add(book, {"name": "Ravi", "region": "Perak"})
        segments.save(book, "South", customers.CustomerFilter(regions=("Johor",)))
        customers.edit(book, 1, {"name": "Aminah Enterprise", "region": "Perak"})
        customers.delete(book, [2])
    return "shop.crm"


def test_lists_as_on_a_day(run: Run, shop: str) -> None:
    def names(*more: str) -> list[str]:
        return [row["name"] for row in run("list", shop, "customers", "--json", *more).json]

    assert names() == ["Aminah Enterprise"]
    assert names("--on", "2026-03-09") == []
    assert names("--on", "2026-03-10") == names("--on", "2026-03-19") == ["Aminah", "Ravi"]
    assert names("--on", "2026-03-20") == ["Aminah Enterprise"]
    assert names("--on", "2026-03-19", "--segment", "South") == ["Aminah"], "today's segment, the customers of that day"
    assert names("--on", "2026-03-19", "--where", 'region is "Perak"') == ["Ravi"]
    assert names("--on", "2026-03-19", "--search", "6789") == ["Aminah"]
    assert run("list", shop, "deals", "--on", "2026-03-19", "--json").json == []
    assert "Ravi" in run("list", shop, "customers", "--on", "2026-03-19").out


def test_it_reads_beside_an_open_window(run: Run, shop: str) -> None:
    with closing(open_book(Path(shop))):
        assert len(run("list", shop, "customers", "--on", "2026-03-10", "--json").json) == 2


@pytest.mark.parametrize(("day", "code", "said"), [
    ("2026-02-28", 1, "begins on 1 March 2026"), ("2200-01-01", 1, "still to come"), ("March", 2, "not a date")])
def test_days_that_cannot_be_listed(run: Run, shop: str, day: str, code: int, said: str) -> None:
    done = run("list", shop, "customers", "--on", day)
    assert done.code == code and said in done.err
