"""A lead becomes a customer with contact and deal: everything stays with the right one, and undo brings all back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.services import (
    activities,
    business,
    campaigns,
    checklists,
    consents,
    contacts,
    conversion,
    custom_fields,
    customers,
    deals,
    safety,
    scoring,
    segments,
    tasks,
)
from desktop_crm.services.book import Book
from desktop_crm.services.conversion import Plan
from desktop_crm.storage import records
from tests.books import TODAY, dump, new_book, searched


def source(book: Book, name: str = "Referral") -> int:
    return next(item.id for item in business.choices(book, "sources") if item.name == name)


def lead(book: Book, name: str = "Nur Aisyah", kind: str = "person", **values: Any) -> int:
    """A lead with something of everything that hangs on one."""
    new = customers.add(book, {"name": name, "kind": kind, "source_id": source(book), **values},
                        phones=["012-345 6789"], emails=["aisyah@maju.my"], tags=["VIP"])
    tasks.add(book, {"name": "Call back", "customer_id": new, "due_on": date(2026, 11, 25)})
    activities.log(book, {"name": "Asked for tiles", "kind": "call", "customer_id": new})
    consents.add(book, new, {"purpose": "marketing", "basis": "consent"})
    return new


def rows(book: Book, table: str, **equal: Any) -> list[dict[str, Any]]:
    with book.read() as connection:
        return records.find(connection, table, **equal)


def states(book: Book, customer: int) -> list[tuple[str, Any, Any]]:
    return [(row["field"], row["before"], row["after"]) for row in rows(book, "state_moves", customer_id=customer)]


def test_a_person_becomes_the_contact_of_their_company(book: Book) -> None:
    new = lead(book, birthday="1990-03-04", sort_name="Aisyah", seller_id=None)
    before, index = dump(book), searched(book)
    done = conversion.convert(book, new, Plan("Maju Sdn Bhd", role="Buyer", deal="Tiles", amount=250_000))
    card = customers.card(book, new)
    assert done.customer == new and (card.values["name"], card.values["kind"]) == ("Maju Sdn Bhd", "company")
    assert (card.values["state"], card.values["lead_state"]) == ("customer", "converted")
    assert card.channels == () and card.values["birthday"] is None and card.tags == ("VIP",)
    (person,) = card.contacts
    assert (person.id, person.name, person.role, person.birthday) == (done.contact, "Nur Aisyah", "Buyer", "1990-03-04")
    assert [way.value for way in person.channels] == ["012-345 6789", "aisyah@maju.my"]
    for table in ("tasks", "activities"):
        assert [row["contact_id"] for row in rows(book, table, customer_id=new)] == [person.id]
    assert len(consents.of(book, new)) == 1
    (deal,) = deals.rows(book, deals.list_ids(book))
    assert (deal.id, deal.name, deal.amount, deal.stage) == (done.deal, "Tiles", 250_000, "New")
    assert rows(book, "deals")[0]["source_id"] == source(book) and rows(book, "deals")[0]["customer_id"] == new
    assert states(book, new) == [("state", None, "lead"), ("state", "lead", "customer"),
                                 ("lead_state", "new", "converted")]
    assert customers.list_ids(book, CustomerFilter(once_lead=True)) == [new]
    assert contacts.list_ids(book, "6789") == [person.id] and safety.check(book) == []
    after = dump(book)
    book.undo()
    assert dump(book) == before and searched(book) == index
    book.redo()
    assert dump(book) == after


def test_a_person_may_stay_a_person(book: Book) -> None:
    new = lead(book)
    done = conversion.convert(book, new, Plan(contact="Nur Aisyah"))
    card = customers.card(book, new)
    assert (done.contact, done.deal) == (None, None) and len(card.channels) == 2
    assert (card.values["name"], card.values["kind"], card.values["state"]) == ("Nur Aisyah", "person", "customer")


def test_a_company_gets_a_contact_and_keeps_its_own_ways(book: Book) -> None:
    new = lead(book, "Kedai Maju", "company")
    done = conversion.convert(book, new, Plan(contact="Tan Wei Ming", role="Owner", deal="Tiles", stage_id=2))
    card = customers.card(book, new)
    assert [(one.id, one.name, one.role, one.channels) for one in card.contacts] == [
        (done.contact, "Tan Wei Ming", "Owner", ())]
    assert len(card.channels) == 2 and rows(book, "tasks")[0]["contact_id"] is None
    assert rows(book, "deals")[0]["stage_id"] == 2


def test_a_lead_goes_into_a_customer_who_is_there(book: Book) -> None:
    shop = customers.add(book, {"name": "Maju Sdn Bhd", "state": "customer", "region": "Penang"},
                         phones=["04-111 2222"])
    new = lead(book, region="Johor", city="Ipoh", notes="Wants tiles")
    checklists.suggest(book, "sales")
    checklists.tick(book, new, checklists.items(book, "sales")[0].id)
    before = dump(book)
    done = conversion.convert(book, new, Plan(into=shop, deal="Tiles", amount=100))
    card = customers.card(book, shop)
    assert done.customer == shop and customers.list_ids(book) == [shop]
    assert (card.values["name"], card.values["region"], card.values["city"], card.values["notes"]) == (
        "Maju Sdn Bhd", "Penang", "Ipoh", "Wants tiles")
    assert [way.value for way in card.channels] == ["04-111 2222"]
    assert [(one.name, len(one.channels)) for one in card.contacts] == [("Nur Aisyah", 2)]
    assert ("lead_state", "new", "converted") in states(book, shop) and card.tags == ("VIP",)
    assert rows(book, "deals")[0]["customer_id"] == shop and rows(book, "tasks")[0]["customer_id"] == shop
    assert checklists.standing(book, shop)["sales"].done == 1
    book.undo_work(done.changes.work_id)
    assert dump(book) == before


def test_a_lead_that_goes_into_another_lead_makes_it_a_customer(book: Book) -> None:
    other, new = lead(book, "Nur Aisyah binti Ali"), lead(book)
    done = conversion.convert(book, new, Plan(into=other))
    card = customers.card(book, other)
    assert done.contact is None and (card.values["state"], card.values["lead_state"]) == ("customer", "converted")
    assert len(card.channels) == 2  # the same phone and e-mail, each once


def test_the_deals_source_is_the_campaigns_where_the_lead_has_none(book: Book) -> None:
    with book.work("Campaign") as work:
        campaign = records.add(work.connection, "campaigns", {"name": "Fair", "source_id": source(book, "Exhibition"),
                                                              "currency": "MYR"})
    new = lead(book, source_id=None, campaign_id=campaign)
    conversion.convert(book, new, Plan(deal="Tiles"))
    assert rows(book, "deals")[0]["source_id"] == source(book, "Exhibition")
    assert customers.card(book, new).values["campaign_id"] == campaign


def test_the_score_of_who_is_no_lead_any_more_stays_as_it_was(book: Book) -> None:
    scoring.add(book, {"name": "Starred", "filter": segments.stored(CustomerFilter(starred=True)), "points": 50})
    new = lead(book, starred=True)
    conversion.convert(book, new, Plan())
    values = customers.card(book, new).values
    assert (values["score"], values["heat"], scoring.score(book, new)) == (50, "hot", None)


@pytest.mark.parametrize(("plan", "at"), [
    (Plan("Maju", into=1), "company"), (Plan(amount=100), "deal"), (Plan(stage_id=1), "deal"),
    (Plan(into=2), "into"), (Plan(deal="Tiles", stage_id=999), "stage_id")])
def test_a_plan_that_contradicts_is_refused_and_nothing_is_changed(book: Book, plan: Plan, at: str) -> None:
    customers.add(book, {"name": "Maju", "state": "customer"})
    new = lead(book)
    before = dump(book)
    with pytest.raises(InvalidInput) as refused:
        conversion.convert(book, new, plan)
    assert refused.value.at == at and dump(book) == before


def test_who_is_no_lead_is_not_converted(book: Book) -> None:
    shop, company = customers.add(book, {"name": "Maju", "state": "customer"}), lead(book, "Kedai", "company")
    for who, plan, failure in ((shop, Plan(), InvalidInput), (company, Plan("Other"), InvalidInput),
                               (999, Plan(), NotFound), (company, Plan(into=999), NotFound)):
        with pytest.raises(failure):
            conversion.convert(book, who, plan)


PLANS = st.builds(
    lambda company, into, contact, role, deal, amount: (company, into, contact, role, deal, amount if deal else None),
    st.sampled_from(["", "Maju Sdn Bhd", "光明建材"]), st.sampled_from([None, 0, 1, 2]),
    st.sampled_from(["", "Nur", "Devi"]), st.sampled_from(["", "Owner"]), st.sampled_from(["", "Tiles"]),
    st.one_of(st.none(), st.integers(0, 10**9)))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(["person", "company", "household"]), min_size=3, max_size=3),
       plans=st.lists(PLANS, min_size=1, max_size=4))
def test_whatever_is_converted_is_undone_to_an_equal_file(
        tmp_path_factory: pytest.TempPathFactory, kinds: list[str], plans: list[tuple[Any, ...]]) -> None:
    book = new_book(tmp_path_factory.mktemp("random") / "shop.crm")
    ids = [lead(book, f"Lead {number}", kind, birthday=None if number else "--05-12")
           for number, kind in enumerate(kinds)]
    before, index, done = dump(book), searched(book), []
    for number, (company, into, contact, role, deal, amount) in enumerate(plans):
        plan = Plan(company, None if into is None or company else ids[into], contact, role, deal, amount)
        now = dump(book)
        try:
            done.append(conversion.convert(book, ids[number % 3], plan))
        except (InvalidInput, NotFound):
            assert dump(book) == now
    after = dump(book)
    assert safety.check(book) == []
    assert len(after["channels"]) <= len(before["channels"])
    for table in ("tasks", "activities", "consents"):
        assert len(after[table]) == len(before[table])
    for _ in done:
        book.undo()
    assert dump(book) == before and searched(book) == index
    for _ in done:
        book.redo()
    assert dump(book) == after
    book.close()


def test_the_day_of_the_conversion_is_logged(book: Book) -> None:
    new = lead(book)
    conversion.convert(book, new, Plan())
    assert {row["on_date"] for row in rows(book, "state_moves", customer_id=new)} == {TODAY}


def other(book: Book) -> int:
    """A customer who has an address, a number and an own field of another value than the lead's."""
    size = custom_fields.add(book, "customers", "Size")
    return customers.add(book, {"name": "Maju Sdn Bhd", "state": "customer", "address": "1 Jalan A", "city": "Ipoh",
                                "registration": "111", "notes": "old"}, own={size: "big"})


def test_what_an_existing_customer_has_otherwise_is_written_down(book: Book) -> None:
    kept = other(book)
    new = lead(book, "Maju Enterprise", "company", address="2 Jalan B", city="Ipoh", registration="222",
               campaign_id=campaigns.add(book, {"name": "Fair"}), notes="new")
    custom_fields.set_values(book, "customers", new, {1: "small"})
    before = dump(book)
    conversion.convert(book, new, Plan(into=kept))
    values = customers.card(book, kept).values
    assert (values["address"], values["registration"], values["notes"]) == (
        "1 Jalan A", "111", "old\nnew\nName: Maju Enterprise\nAddress: 2 Jalan B\nRegistration number: 222\n"
        "Size: small")
    assert customers.card(book, kept).names["campaign"] == "Fair"
    book.undo()
    assert dump(book) == before


def test_what_a_person_has_otherwise_stands_at_the_contact(book: Book) -> None:
    kept = other(book)
    new = lead(book, address="2 Jalan B", sort_name="Aisyah, Nur", call_name="Kak Aisyah")
    done = conversion.convert(book, new, Plan(into=kept))
    contact, = rows(book, "contacts", id=done.contact)
    assert contact["notes"] == "Sort name: Aisyah, Nur\nCall name: Kak Aisyah\nAddress: 2 Jalan B"
    assert customers.card(book, kept).values["call_name"] is None  # a company is not called Kak Aisyah
    assert customers.card(book, kept).values["notes"] == "old"
