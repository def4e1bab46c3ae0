"""Assignment rules: who gets a lead and why, as one act; noon of 21 November 2026 in Kuala Lumpur."""

from __future__ import annotations

import pytest

from desktop_crm.domain.assignment import Proposal, Rule, pick, plan
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput, NothingToUndo
from desktop_crm.i18n import language
from desktop_crm.services import assignment, business, customers, deals, sellers
from desktop_crm.services.book import Book
from tests.books import dump

_JOHOR = CustomerFilter(regions=("Johor",))


def lead(book: Book, name: str, **more: object) -> int:
    return customers.add(book, {"name": name, **more})


def seller_of(book: Book, customer: int) -> object:
    return customers.card(book, customer).values["seller_id"]


def two(book: Book) -> tuple[int, int]:
    return sellers.add(book, {"name": "Aminah"}), sellers.add(book, {"name": "Ben"})


def test_the_least_busy_is_picked_then_the_first_and_who_is_full_is_passed_over() -> None:
    anybody, ben, few = Rule(1, "x"), Rule(2, "x", seller_id=8), Rule(3, "x", most=2)
    assert pick(anybody, [7, 8, 9], {7: 3, 8: 1, 9: 1}) == 8
    assert pick(ben, [7, 8, 9], {8: 90}) == 8 and pick(ben, [7, 9], {}) is None
    assert pick(few, [7, 8], {7: 2, 8: 1}) == 8 and pick(few, [7, 8], {7: 2, 8: 2}) is None


def test_what_one_gets_counts_for_the_next_and_the_next_rule_takes_over_from_full_ones() -> None:
    rules = [(Rule(1, "Johor", seller_id=7, most=3), {1, 2}), (Rule(2, "Rest"), {1, 2, 3})]
    names = {7: "Aminah", 8: "Ben"}
    found = plan([(1, "a"), (2, "b"), (3, "c"), (4, "d")], rules, names, {7: 2})
    assert found == [Proposal(1, "a", 7, "Aminah", "Johor", 2, 3), Proposal(2, "b", 8, "Ben", "Rest", 0),
                     Proposal(3, "c", 8, "Ben", "Rest", 1), Proposal(4, "d")]


def test_rules_are_kept_in_their_order_and_one_act_each(book: Book) -> None:
    aminah, _ = two(book)
    first = assignment.add(book, {"name": "Johor", "filter": _JOHOR, "seller_id": aminah, "most": 20})
    second = assignment.add(book, {"name": "Rest", "filter": CustomerFilter(), "seller_id": None})
    assert assignment.rules(book) == [Rule(first, "Johor", _JOHOR, aminah, 20, 1, "Aminah"),
                                      Rule(second, "Rest", CustomerFilter(), None, None, 2, None)]
    assignment.order(book, [second, first])
    assert [rule.id for rule in assignment.rules(book)] == [second, first]
    assignment.edit(book, first, {"most": None, "name": "South"})
    assert [(rule.name, rule.most) for rule in assignment.rules(book)] == [("Rest", None), ("South", None)]
    assignment.delete(book, [second])
    assert [rule.name for rule in assignment.rules(book)] == ["South"]
    for _ in range(3):
        book.undo()
    assert [(rule.name, rule.most) for rule in assignment.rules(book)] == [("Johor", 20), ("Rest", None)]
    for wrong in ({"name": ""}, {"name": "x", "most": 0}):
        with pytest.raises(InvalidInput):
            assignment.add(book, wrong)


def test_a_new_lead_goes_to_its_seller_in_the_same_act(book: Book) -> None:
    aminah, ben = two(book)
    assignment.add(book, {"name": "Johor", "filter": _JOHOR, "seller_id": aminah})
    source = business.choices(book, "sources")[1].id
    assignment.add(book, {"name": "Referral", "filter": CustomerFilter(sources=(source,)), "seller_id": None})
    tag = CustomerFilter(tags=(1,))
    customers.add(book, {"name": "first", "state": "customer"}, tags=["vip"])
    assignment.add(book, {"name": "VIP", "filter": tag, "seller_id": ben})
    before = dump(book)
    assert seller_of(book, lead(book, "Kedai Lim", region="Johor")) == aminah
    book.undo()
    assert dump(book) == before
    assert seller_of(book, lead(book, "Lim", source_id=source)) == aminah  # both have none: the first
    assert seller_of(book, lead(book, "Siti", source_id=source)) == ben  # Aminah has one now
    assert seller_of(book, lead(book, "Raju")) is None
    assert seller_of(book, lead(book, "Own", region="Johor", seller_id=ben)) == ben
    assert seller_of(book, lead(book, "Buyer", region="Johor", state="customer")) is None
    assert seller_of(book, customers.add(book, {"name": "tagged"}, tags=["vip"])) == ben
    deal = deals.add(book, {"name": "Sofa"}, new_customer="Nobody")
    customer = deals.card(book, deal).row.customer_id
    assert customer is not None and seller_of(book, customer) is None


def test_who_says_the_rule_the_seller_and_why(book: Book) -> None:
    aminah, _ = two(book)
    for number in range(12):
        lead(book, f"lead {number}", seller_id=aminah)
    wanted, other = lead(book, "Kedai Lim", region="Johor"), lead(book, "Ong")
    assignment.add(book, {"name": "Johor", "filter": _JOHOR, "seller_id": aminah, "most": 20})
    words = language("en")
    assert assignment.said(assignment.who(book, wanted), words) == "Johor → Aminah; has 12 of 20 open leads"
    assert assignment.said(assignment.who(book, other), words) == "No rule fits; it stays in the pool"
    rule = assignment.rules(book)[0].id
    assignment.edit(book, rule, {"most": 12})
    assert assignment.said(assignment.who(book, wanted), words) == "Johor: nobody may take more; it stays in the pool"
    assignment.edit(book, rule, {"most": None})
    assert assignment.said(assignment.who(book, wanted), words) == "Johor → Aminah; has 12 open leads"
    sellers.edit(book, aminah, {"active": False})
    assert assignment.who(book, wanted).seller_id is None


def test_assigning_is_as_previewed_one_act_and_undone(book: Book) -> None:
    aminah, ben = two(book)
    pool = [lead(book, f"Kedai {number}", region="Johor" if number < 2 else "Perak") for number in range(4)]
    given = lead(book, "has one", seller_id=ben)
    recycled = lead(book, "again", region="Johor", lead_state="recycled")
    assignment.add(book, {"name": "Johor", "filter": _JOHOR, "seller_id": aminah})
    found = assignment.preview(book, [*pool, given, recycled])
    assert [(item.name, item.seller) for item in found] == [
        ("Kedai 0", "Aminah"), ("Kedai 1", "Aminah"), ("Kedai 2", ""), ("Kedai 3", ""), ("again", "Aminah")]
    before = dump(book)
    changes = assignment.assign(book, [*pool, given, recycled])
    assert [seller_of(book, one) for one in (*pool, given, recycled)] == [aminah, aminah, None, None, ben, aminah]
    assert customers.card(book, recycled).values["lead_state"] == "new"
    assert changes.message == "Assign {count} leads" and changes.params["count"] == 3
    book.undo()
    assert dump(book) == before
    with pytest.raises(InvalidInput):
        assignment.assign(book, pool[2:])
    assert dump(book) == before
    with pytest.raises(NothingToUndo):
        book.redo() and book.redo()


def test_a_seller_that_is_deleted_takes_the_rule_along_and_undo_brings_it_back(book: Book) -> None:
    aminah, _ = two(book)
    assignment.add(book, {"name": "Johor", "filter": _JOHOR, "seller_id": aminah})
    before = dump(book)
    sellers.delete(book, [aminah])
    assert assignment.rules(book) == []
    book.undo()
    assert dump(book) == before
