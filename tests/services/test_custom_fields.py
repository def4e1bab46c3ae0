"""Fields of the business's own: made, filled, changed, taken away, undone, and told by the history."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput, NothingToUndo
from desktop_crm.i18n import language
from desktop_crm.services import assignment, contacts, custom_fields, customers, deals, history, search, segments
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import dump, new_book, undo_all

EN = language("en")


def field_of(book: Book, field: int) -> CustomField:
    return next(item for item in custom_fields.every(book) if item.id == field)


def test_a_value_is_kept_found_and_undone(book: Book) -> None:
    customer = customers.add(book, {"name": "Ali"})
    size = custom_fields.add(book, "customers", "Shoe size", "number")
    before = dump(book)
    custom_fields.set_values(book, "customers", customer, {size: Decimal("41.5")})
    assert custom_fields.values(book, "customers", customer) == {size: 41.5}
    assert [hit.id for hit in search.find(book, "41.5")] == [customer]
    book.undo()
    assert dump(book) == before
    assert search.find(book, "41.5") == []


def test_the_same_again_is_no_act(book: Book) -> None:
    customer = customers.add(book, {"name": "Ali"})
    size = custom_fields.add(book, "customers", "Shoe size", "number")
    custom_fields.set_values(book, "customers", customer, {size: 41})
    assert custom_fields.set_values(book, "customers", customer, {size: 41.0}).count == 0
    assert custom_fields.set_many(book, "customers", [customer], {size: 41}).count == 0


def test_what_the_types_let_in(book: Book) -> None:
    made = {name: field_of(book, custom_fields.add(book, "customers", name, name, ("Small", "Large")))
            for name in ("text", "number", "money", "date", "choice", "yes_no", "link")}
    said = {
        ("text", "  Extra  wide "): "Extra  wide", ("number", "1,250.5"): 1250.5, ("number", "41"): 41,
        ("number", "-2"): -2, ("money", "RM 1,200.50"): 120050, ("date", "2026-03-01"): "2026-03-01",
        ("date", "1 Mar 2026"): "2026-03-01", ("date", "tomorrow"): "2026-11-22",
        ("choice", "LARGE"): "Large", ("yes_no", "ya"): True, ("yes_no", "no"): False, ("text", ""): None,
        ("link", "shop.example/a?b=1"): "https://shop.example/a?b=1", ("link", "http://a.example"): "http://a.example",
        ("link", "shop.example:8080/x"): "https://shop.example:8080/x",
    }
    for (name, typed), value in said.items():
        found = custom_fields.understood(book, EN, made[name], typed)
        assert (found, type(found)) == (value, type(value)), (name, typed)


@pytest.mark.parametrize(("of_type", "typed"), [
    ("number", "many"), ("number", "1e5"), ("money", "cheap"), ("date", "soon"), ("date", "2026-02-30"),
    ("choice", "Medium"), ("yes_no", "perhaps"), ("link", "javascript:alert(1)"), ("link", "two words"),
    ("text", "x" * 1001), ("number", "9" * 16),
])
def test_what_the_types_refuse(book: Book, of_type: str, typed: str) -> None:
    field = field_of(book, custom_fields.add(book, "deals", "Field", of_type, ("Small", "Large")))
    with pytest.raises(InvalidInput):
        custom_fields.understood(book, EN, field, typed)


def test_values_are_shown_as_people_read_them(book: Book) -> None:
    fields = {name: CustomField(1, "customers", name, name) for name in ("number", "money", "date", "yes_no", "text")}
    shown = {
        ("number", 2019): "2019", ("number", 125000): "125,000", ("number", 0.0375): "0.0375",
        ("money", 120050): "RM 1,200.50", ("date", "2026-03-01"): "1 Mar 2026", ("yes_no", False): "No",
        ("text", "<b>"): "<b>", ("text", None): "",
    }
    for (name, value), text in shown.items():
        assert custom_fields.shown(EN, "MYR", fields[name], value) == text


def test_names_and_choices_are_checked(book: Book) -> None:
    custom_fields.add(book, "customers", "Shoe size", "number")
    custom_fields.add(book, "deals", "Shoe size", "number")
    for kind, name, of_type, choices in (("customers", "SHOE  size", "text", ()), ("customers", " ", "text", ()),
                                         ("customers", "Colour", "choice", (" ",)), ("tasks", "Colour", "text", ()),
                                         ("customers", "Colour", "colour", ()), ("customers", "x" * 61, "text", ())):
        with pytest.raises(InvalidInput):
            custom_fields.add(book, kind, name, of_type, choices)
    colour = custom_fields.add(book, "customers", "Colour", "choice", ("Red", " red", "Blue", ""))
    assert field_of(book, colour).choices == ("Red", "Blue")
    with pytest.raises(InvalidInput):
        custom_fields.edit(book, colour, name="shoe size")


def test_a_choice_that_is_offered_no_longer_is_kept(book: Book) -> None:
    colour = custom_fields.add(book, "customers", "Colour", "choice", ("Red", "Blue"))
    customer = customers.add(book, {"name": "Ali"}, own={colour: "red"})
    custom_fields.edit(book, colour, choices=("Blue", "Green"))
    customers.edit(book, customer, {"city": "Ipoh"}, own={colour: "Red"})
    assert custom_fields.values(book, "customers", customer) == {colour: "Red"}
    with pytest.raises(InvalidInput):
        custom_fields.set_values(book, "customers", customers.add(book, {"name": "Siti"}), {colour: "Red"})


def test_a_renamed_choice_is_written_where_the_old_one_stands(book: Book) -> None:
    size = custom_fields.add(book, "customers", "Size", "choice", ("S", "L"))
    other = custom_fields.add(book, "customers", "Likes", "choice", ("L", "M"))
    ali, siti = (customers.add(book, {"name": name}, own={size: "L", other: "L"}) for name in ("Ali", "Siti"))
    likes = Group(True, (Condition(f"own:{other}", "one_of", ("L",)),))
    wanted = CustomerFilter(conditions=Group(False, (Condition(f"own:{size}", "one_of", ("L", "S")), likes)))
    key = segments.save(book, "Large", wanted)
    assignment.add(book, {"name": "All", "filter": wanted, "seller_id": None})
    with book.work("Damage") as work:
        damaged = records.add(work.connection, "segments", {"kind": "customers", "name": "x", "filter": "{"})
    custom_fields.edit(book, size, choices=("S", "Large"))
    assert custom_fields.having(book, size, "L") == 2 and custom_fields.values(book, "customers", ali)[size] == "L"
    before = dump(book)
    custom_fields.rename_choice(book, size, "L", "Large")
    assert custom_fields.having(book, size, "L") == 0
    assert custom_fields.values(book, "customers", siti) == {size: "Large", other: "L"}
    assert {hit.id for hit in search.find(book, "large")} >= {ali, siti}
    asked = Group(False, (Condition(f"own:{size}", "one_of", ("Large", "S")), likes))
    assert [one.filter.conditions for one in segments.saved(book) if one.id == key] == [asked]
    assert assignment.rules(book)[0].filter.conditions == asked
    assert [one.damaged for one in segments.saved(book) if one.id == damaged] == [True]
    with pytest.raises(InvalidInput, match="“M” is not a choice for Size"):
        custom_fields.rename_choice(book, size, "M", "XL")
    book.undo()
    assert dump(book) == before


def test_a_choice_is_renamed_where_it_is_offered_and_two_become_one(book: Book) -> None:
    size = custom_fields.add(book, "customers", "Size", "choice", ("S", "L", "XL"))
    ali, siti = (customers.add(book, {"name": word}, own={size: word}) for word in ("L", "XL"))
    before = dump(book)
    custom_fields.rename_choice(book, size, "L", "Large")
    assert field_of(book, size).choices == ("S", "Large", "XL")
    custom_fields.rename_choice(book, size, "XL", "Large")
    assert field_of(book, size).choices == ("S", "Large")
    assert custom_fields.values(book, "customers", ali) == custom_fields.values(book, "customers", siti)
    book.undo()
    book.undo()
    assert dump(book) == before


def test_a_choice_that_is_only_spelled_otherwise_follows_at_once(book: Book) -> None:
    size = custom_fields.add(book, "deals", "Size", "choice", ("small", "large"))
    deal = deals.add(book, {"name": "Tiles"}, own={size: "large"})
    before = dump(book)
    custom_fields.edit(book, size, choices=("small", "Large"))
    assert custom_fields.values(book, "deals", deal) == {size: "Large"}
    book.undo()
    assert dump(book) == before


def test_fields_stand_in_the_order_given(book: Book) -> None:
    first, second = (custom_fields.add(book, "deals", name) for name in "AB")
    custom_fields.order(book, "deals", [second, first])
    assert [field.name for field in custom_fields.listed(book, "deals")] == ["B", "A"]
    book.undo()
    assert [field.name for field in custom_fields.listed(book, "deals")] == ["A", "B"]


def test_a_deleted_field_takes_its_values_along_and_brings_them_back(book: Book) -> None:
    size = custom_fields.add(book, "customers", "Shoe size", "number")
    ids = [customers.add(book, {"name": name}, own={size: 40}) for name in ("Ali", "Siti")]
    customers.add(book, {"name": "Without"})
    before = dump(book)
    assert custom_fields.held(book, "customers") == {size: 2}
    assert custom_fields.delete(book, [size]).count == 3
    assert custom_fields.values_of(book, "customers", ids) == {}
    assert search.find(book, "40") == []
    book.undo()
    assert dump(book) == before


def test_the_history_tells_them_under_their_name_even_when_they_are_gone(book: Book) -> None:
    customer = customers.add(book, {"name": "Ali"})
    size = custom_fields.add(book, "customers", "Size", "number")
    gift = custom_fields.add(book, "customers", "Gift sent", "yes_no")
    custom_fields.set_values(book, "customers", customer, {size: 41})
    customers.edit(book, customer, {"city": "Ipoh"}, own={size: 42, gift: True})
    custom_fields.edit(book, size, name="Shoe size")
    custom_fields.delete(book, [size])
    told = [change.sentence for change in history.changes(book, EN, "customers", customer)]
    assert told == ["Shoe size: 42 → —", "City: — → Ipoh", "Shoe size: 41 → 42", "Gift sent: — → Yes",
                    "Shoe size: — → 41", "Created"]


def test_contacts_and_deals_have_them_too(book: Book) -> None:
    diet = custom_fields.add(book, "contacts", "Diet")
    plate = custom_fields.add(book, "deals", "Plate")
    contact = contacts.add(book, {"name": "Mei"}, own={diet: "Vegetarian"})
    deal = deals.add(book, {"name": "Repair"}, own={plate: "WXY 1234"})
    contacts.edit(book, contact, {"role": "Owner"}, own={diet: "Halal"})
    deals.edit(book, deal, {"notes": "soon"}, own={plate: "ABC 1"})
    assert custom_fields.values(book, "contacts", contact) == {diet: "Halal"}
    assert [(hit.kind, hit.id) for hit in search.find(book, "abc 1")] == [("deals", deal)]
    custom_fields.set_many(book, "deals", [deal], {plate: None})
    assert next(change.sentence for change in history.changes(book, EN, "deals", deal)) == "Plate: ABC 1 → —"


@pytest.mark.parametrize(("trade", "count"), [("retail", 13), ("services", 14), ("workshop", 15)])
def test_a_ready_set_is_one_act_in_the_files_language(tmp_path: Path, trade: str, count: int) -> None:
    book = new_book(tmp_path / "kedai.crm", words="ms")
    before = dump(book)
    assert custom_fields.add_ready(book, trade).count == count
    assert custom_fields.add_ready(book, trade).count == 0
    made = custom_fields.every(book)
    assert all(field.choices for field in made if field.type == "choice")
    assert {field.kind for field in made} == {"customers", "contacts", "deals"}
    book.undo()
    assert dump(book) == before
    book.close()


def test_a_ready_set_leaves_what_is_there(book: Book) -> None:
    mine = custom_fields.add(book, "deals", "FAULT", "choice", ("Engine", "Brakes"))
    custom_fields.add_ready(book, "workshop")
    assert [field for field in custom_fields.listed(book, "deals") if field.name in ("FAULT", "Fault")] == [
        CustomField(mine, "deals", "FAULT", "choice", ("Engine", "Brakes"))]
    with pytest.raises(InvalidInput):
        custom_fields.add_ready(book, "bakery")


_ACTS = ["set", "many", "delete", "rename", "order", "choices", "undo", "redo"]
_STEPS = st.lists(st.tuples(st.sampled_from(_ACTS), st.integers(0, 5), st.sampled_from(["Red", "Blue", None])),
                  max_size=12)


@settings(max_examples=10, deadline=None)
@given(steps=_STEPS)
def test_any_sequence_is_undone_to_an_equal_file(tmp_path_factory: pytest.TempPathFactory,
                                                 steps: list[tuple[str, int, str | None]]) -> None:
    book = new_book(Path(tmp_path_factory.mktemp("own")) / "shop.crm")
    start = dump(book)
    ids = [customers.add(book, {"name": name}) for name in ("Ali", "陳")]
    for name in ("Colour", "Trim"):
        custom_fields.add(book, "customers", name, "choice", ("Red", "Blue"))
    made = dump(book)
    for step, number, value in steps:
        apply(book, ids, step, number, value)
    undo_all(book)
    assert dump(book) == start
    if "undo" not in {step for step, _, _ in steps}:
        for _ in range(4):
            book.redo()
        assert dump(book) == made
    book.close()


def apply(book: Book, ids: list[int], step: str, number: int, value: str | None) -> None:
    """Do a step; one that is refused leaves everything as it was."""
    fields, before = custom_fields.listed(book, "customers"), dump(book)
    try:
        if step in ("undo", "redo"):
            getattr(book, step)()
        elif not fields:
            custom_fields.add(book, "customers", "Again", "choice", ("Red", "Blue"))
        elif step == "order":
            custom_fields.order(book, "customers", [field.id for field in reversed(fields)])
        elif step == "set":
            custom_fields.set_values(book, "customers", ids[number % 2], {fields[number % len(fields)].id: value})
        elif step == "many":
            custom_fields.set_many(book, "customers", ids, {fields[number % len(fields)].id: value})
        else:
            field = fields[number % len(fields)].id
            {"delete": lambda: custom_fields.delete(book, [field]),
             "rename": lambda: custom_fields.edit(book, field, name=f"Name {number}"),
             "choices": lambda: custom_fields.edit(book, field, choices=("Red", f"C{number}"))}[step]()
    except (InvalidInput, NothingToUndo):
        assert dump(book) == before
