"""Handing customers over: what is proposed and why, what goes along, the paper's sums; noon of 21 November 2026."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.domain.handover import HandOver
from desktop_crm.i18n import language
from desktop_crm.services import activities, business, contacts, customers, deals, handover, sales, sellers, tasks
from desktop_crm.services.book import Book
from desktop_crm.services.handover import Moves, Plan
from tests.books import NOON, TODAY, Clock, dump


def seller(book: Book, name: str, **more: object) -> int:
    return sellers.add(book, {"name": name, **more})


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


def deal(book: Book, name: str, customer: int, **more: object) -> int:
    return deals.add(book, {"name": name, "customer_id": customer, **more})


def test_proposed_is_who_is_late_the_worst_first_with_the_least_busy_other(shop: Book, clock: Clock) -> None:
    book = shop
    aminah, ben, chong = (seller(book, name) for name in ("Aminah", "Ben", "Chong"))
    seller(book, "gone", active=False)
    lim = customers.add(book, {"name": "Kedai Lim", "seller_id": aminah})
    ong = customers.add(book, {"name": "Ong", "seller_id": aminah})
    fine = customers.add(book, {"name": "fine", "seller_id": aminah})
    siti = customers.add(book, {"name": "Siti"})
    nobody = customers.add(book, {"name": "nobody"})
    for name, customer, days in (("Sofa", lim, 12), ("in time", fine, 7)):  # 7 days are the limit
        clock.now = NOON - timedelta(days=days)
        deals.add(book, {"name": name, "customer_id": customer, "seller_id": aminah})
    clock.now = NOON
    for name, days in (("Call", 9), ("Write", 3)):
        tasks.add(book, {"name": name, "customer_id": ong, "due_on": ago(days), "seller_id": aminah})
    tasks.add(book, {"name": "today", "customer_id": fine, "due_on": TODAY, "seller_id": aminah})
    tasks.add(book, {"name": "late", "customer_id": siti, "due_on": ago(1), "seller_id": ben})
    tasks.add(book, {"name": "late", "customer_id": nobody, "due_on": ago(8)})
    customers.add(book, {"name": "x", "seller_id": ben})  # one open lead: Chong has none
    found = handover.suggestions(book)
    assert [(row.name, row.seller, row.to, row.load) for row in found] == [
        ("Ong", "Aminah", "Chong", 0), ("Kedai Lim", "Aminah", "Chong", 0), ("Siti", "Ben", "Chong", 0)]
    words = language("en")
    assert handover.reasons(found[0], words) == ["2 tasks overdue since 12 Nov 2026"]
    assert handover.reasons(found[1], words) == ["Sofa: 12 days in “New”, 7 are the limit"]
    assert handover.proposed(found[0], words) == "Chong: 0 open"
    for other in (ben, chong):
        sellers.edit(book, other, {"active": False})
    assert handover.proposed(handover.suggestions(book)[0], words) == "Nobody else sells"


def test_a_task_of_a_deal_is_its_customers(book: Book) -> None:
    aminah, ben = seller(book, "Aminah"), seller(book, "Ben")
    lim = customers.add(book, {"name": "Kedai Lim", "seller_id": aminah})
    tasks.add(book, {"name": "Offer", "deal_id": deal(book, "Sofa", lim, seller_id=aminah), "seller_id": ben,
                     "due_on": ago(4)})
    assert [(row.name, row.seller, row.overdue, row.days(TODAY)) for row in handover.suggestions(book)] == [
        ("Kedai Lim", "Aminah", 1, 4)]
    assert handover.customers_of(book, ben) == [lim]


def test_customers_go_with_their_open_deals_and_tasks_as_one_act(book: Book) -> None:
    aminah, ben = seller(book, "Aminah"), seller(book, "Ben")
    lim = customers.add(book, {"name": "Kedai Lim", "seller_id": aminah})
    other = customers.add(book, {"name": "other", "seller_id": aminah})
    sofa, mine = deal(book, "Sofa", lim, seller_id=aminah), deal(book, "Bed", lim, seller_id=ben)
    won = deal(book, "won", lim, seller_id=aminah)
    deals.move(book, [won], next(stage.id for stage in deals.all_pipelines(book)[0].stages if stage.kind == "won"))
    deal(book, "not this", other, seller_id=aminah)
    call = tasks.add(book, {"name": "Call", "customer_id": lim, "seller_id": aminah})
    of_deal = tasks.add(book, {"name": "Offer", "deal_id": sofa, "seller_id": aminah})
    done = tasks.add(book, {"name": "done", "customer_id": lim, "seller_id": aminah, "done_on": TODAY})
    plan = Plan((lim,), ben)
    assert handover.moves(book, plan) == Moves((lim,), (sofa,), (call, of_deal))
    assert handover.moves(book, Plan((lim,), ben, deals=False, tasks=False)) == Moves((lim,), (), ())
    before = dump(book)
    given = handover.hand_over(book, plan)
    assert (given.former, given.moves) == ({lim: "Aminah"}, Moves((lim,), (sofa,), (call, of_deal)))
    assert (given.changes.message, given.changes.params["seller"]) == ("Hand over {name} to {seller}", "Ben")
    assert {deals.card(book, key).row.seller for key in (sofa, mine)} == {"Ben"}
    assert deals.card(book, won).row.seller == "Aminah" and tasks.get(book, done)["seller_id"] == aminah
    assert [tasks.get(book, key)["seller_id"] for key in (call, of_deal)] == [ben, ben]
    values = customers.card(book, lim).values
    assert (values["seller_id"], values["lead_state"]) == (ben, "converted")
    with pytest.raises(InvalidInput):
        handover.hand_over(book, plan)  # it is all his already
    book.undo()
    assert dump(book) == before


def test_only_what_is_one_sellers_moves_where_that_is_asked(book: Book) -> None:
    aminah, ben, chong = (seller(book, name) for name in ("Aminah", "Ben", "Chong"))
    hers, his = (customers.add(book, {"name": name, "seller_id": one}) for name, one in (("a", aminah), ("b", ben)))
    customers.add(book, {"name": "c", "seller_id": chong})
    on_his, of_his = deal(book, "x", his, seller_id=aminah), deal(book, "y", his, seller_id=ben)
    assert handover.customers_of(book, aminah) == [hers, his]
    found = handover.moves(book, Plan((hers, his), chong, only=aminah))
    assert found == Moves((hers,), (on_his,), ()) and of_his not in found.deals


def test_to_nobody_who_is_gone_or_sells_no_more(book: Book) -> None:
    lim = customers.add(book, {"name": "Lim"})
    with pytest.raises(NotFound):
        handover.hand_over(book, Plan((lim,), 99))
    with pytest.raises(InvalidInput):
        handover.hand_over(book, Plan((lim,), seller(book, "gone", active=False)))


def filled(book: Book) -> HandOver:
    """Two customers of two sellers: MYR 1,500.00 + 250.50 and USD 300.00 go to Ben, RM 80.00 stays with Chong."""
    aminah, ben, chong = (seller(book, name) for name in ("Aminah", "Ben", "Chong"))
    lim = customers.add(book, {"name": "Kedai Lim", "seller_id": aminah, "pinned_note": "Ask for Mrs Lim",
                               "preferences": "Tea, no sugar", "birthday": "1970-12-24", "city": "Muar",
                               "postcode": "84000", "address": "1 Jalan Ali"}, phones=["012-345 6789"])
    contacts.add(book, {"name": "Mrs Lim", "role": "Owner", "customer_id": lim}, emails=["lim@example.my"])
    ong = customers.add(book, {"name": "Ong", "state": "customer"})
    deal(book, "Sofa", lim, seller_id=aminah, amount=150_000)
    deal(book, "Table", lim, seller_id=aminah, amount=25_050)
    deal(book, "unknown", lim, seller_id=aminah)
    business.set_business(book, {"currency": "USD"})
    deal(book, "Boat", ong, amount=30_000)
    business.set_business(book, {"currency": "MYR"})
    tasks.add(book, {"name": "Call", "customer_id": lim, "due_on": ago(2)})
    tasks.add(book, {"name": "Send offer", "customer_id": ong})
    for day in range(5):
        activities.log(book, {"name": f"said {day}", "customer_id": lim, "kind": "call", "on_date": ago(day)})
    for customer, total in ((lim, 12_345), (ong, 1_000)):
        sales.sell(book, sales.Sale(total=total, customer_id=customer, paid=0))
    given = handover.hand_over(book, Plan((ong, lim), ben, note="Be kind."))
    deal(book, "kept", ong, seller_id=chong, amount=8_000)
    return handover.paper(book, given)[0]


def test_the_paper_says_everything_and_its_sums_are_right(book: Book) -> None:
    paper = filled(book)
    assert [one.name for one in paper.customers] == ["Kedai Lim", "Ong"]
    assert (paper.givers, paper.to, paper.note, paper.on_date) == (("Aminah",), "Ben", "Be kind.", TODAY)
    lim, ong = paper.customers
    assert (lim.former, ong.former) == ("Aminah", "")
    assert [(deal.name, deal.stage, deal.amount, deal.keeper) for deal in lim.deals] == [
        ("Sofa", "New", 150_000, ""), ("Table", "New", 25_050, ""), ("unknown", "New", None, "")]
    assert [(deal.name, deal.keeper) for deal in ong.deals] == [("Boat", ""), ("kept", "Chong")]
    assert [(task.name, task.due_on) for task in paper.tasks] == [("Call", ago(2)), ("Send offer", None)]
    assert [note.text for note in lim.notes] == ["said 0", "said 1", "said 2"] and lim.last_contact == TODAY
    assert (lim.pinned, lim.preferences, lim.birthday) == ("Ask for Mrs Lim", "Tea, no sugar", "1970-12-24")
    assert lim.place == "1 Jalan Ali, 84000 Muar" and lim.ways[0].value == "012-345 6789"
    assert [(one.name, one.role, one.ways[0].value) for one in lim.people] == [("Mrs Lim", "Owner", "lim@example.my")]
    # by hand: 1,500.00 + 250.50; 123.45 + 10.00 on account
    assert paper.amounts == {"MYR": 175_050, "USD": 30_000} and paper.owed == 13_345
    assert (lim.owed, ong.owed) == (12_345, 1_000) and len(paper.deals) == 4
