"""F7 opens the lead to work on now and says why, again the next one; what is done with one takes it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from desktop_crm.app import Session
from desktop_crm.services import activities, customers, tasks
from desktop_crm.services.book import Book
from tests.journeys.conftest import Keys


def test_the_leads_that_wait_are_gone_through_by_one_key(session: Session, opened: Book, press: Keys,
                                                         rest: Callable[[], None]) -> None:
    book, window = opened, session.window
    press("F7")
    assert window.message_bar.text() == "There are no leads."
    today = book.today()
    ago = {"created_on": today - timedelta(days=40)}
    silent = customers.add(book, {"name": "Silent", **ago})
    late = customers.add(book, {"name": "Late", **ago})
    tasks.add(book, {"name": "Send prices", "customer_id": late, "due_on": today - timedelta(days=2)})
    asked = customers.add(book, {"name": "Asked"})
    customers.add(book, {"name": "Buyer", "state": "customer", **ago})
    rest()
    card = window.page("customers").card
    press("Ctrl+3", "F7")
    assert card.customer == asked and window.stack.currentWidget() is window.page("customers")
    assert window.message_bar.text().startswith("Asked: Unanswered request, answer within ")
    press("F7")
    assert (card.customer, window.message_bar.text()) == (
        late, "Late: Next step is overdue by 2 days: Send prices")
    press("F7")
    assert (card.customer, window.message_bar.text()) == (silent, "Silent: waiting for 40 days")
    press("F7")
    assert window.message_bar.text() == "That was the last lead that waits." and card.customer == silent
    activities.log(book, {"name": "Called", "kind": "call", "customer_id": asked})
    press("F7")
    assert card.customer == late
