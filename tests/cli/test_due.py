"""desktop-crm due: what rings now and who waits, as JSON and in words; the file is only read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_crm.services import customers, tasks
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run


def fill(shop: str) -> None:
    """Two tasks that are due now and in an hour, one new lead of 20 minutes ago."""
    now = datetime.now(UTC)
    book = open_book(Path(shop), clock=lambda: now - timedelta(minutes=20))
    local = book.business.local(now).replace(second=0, microsecond=0)
    aminah = customers.add(book, {"name": "Aminah"})
    for name, due in (("Call", local), ("Later", local + timedelta(hours=1))):
        tasks.add(book, {"name": name, "due_on": due.date(), "due_time": due.strftime("%H:%M"), "customer_id": aminah,
                         "remind_minutes": 0})
    book.close()


def test_what_rings_and_who_waits(run: Run, shop: str) -> None:
    fill(shop)
    before = Path(shop).read_bytes()
    found = run("due", shop, "--json").json
    reminder, = found["reminders"]
    assert (reminder["id"], reminder["name"], reminder["customer"]) == (1, "Call", "Aminah")
    assert reminder["late_minutes"] in (0, 1) and reminder["due"].endswith("+08:00")
    request, = found["requests"]
    assert (request["customer"], request["source"]) == ("Aminah", None)
    assert request["minutes"] in (20, 21) and request["left"] == 15 - request["minutes"]
    said = run("due", shop)
    assert said.code == 0 and "Call" in said.out and "Requests that wait for an answer" in said.out
    assert Path(shop).read_bytes() == before


def test_nothing_waits(run: Run, shop: str) -> None:
    found = run("due", shop, "--json").json
    assert (found["reminders"], found["requests"]) == ([], [])
    assert run("due", shop).out == "Nothing rings, and no request waits for an answer.\n"
    assert "gone.crm" in run("due", "gone.crm").refused
