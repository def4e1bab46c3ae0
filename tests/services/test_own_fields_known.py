"""Own fields where records become one, where all that is held is told, and where a person is erased."""

from __future__ import annotations

import json

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import contacts, custom_fields, customers, deals, erasing, merging, persons
from desktop_crm.services.book import Book
from tests.books import dump


@pytest.fixture
def fields(book: Book) -> dict[str, int]:
    return {name: custom_fields.add(book, "customers", name, of_type, choices) for name, of_type, choices in (
        ("Size", "number", ()), ("Gift sent", "yes_no", ()), ("Ends on", "date", ()), ("Deposit", "money", ()))}


def test_a_merge_keeps_every_field_of_both_and_is_undone(book: Book, fields: dict[str, int]) -> None:
    size, gift, ends, deposit = fields.values()
    keep = customers.add(book, {"name": "Ali"}, own={size: 41, gift: False})
    other = customers.add(book, {"name": "Ali bin Abu"}, own={size: 42, gift: True, ends: "2027-01-02"})
    third = customers.add(book, {"name": "Ali B."}, own={deposit: 500})
    before = dump(book)
    plan = merging.preview(book, keep, [other, third])
    shown = {line.field.title: (line.chosen, line.result, line.differs) for line in plan.lines
             if line.field.key.startswith("own:")}
    assert shown["Size"] == (keep, 41, True) and shown["Gift sent"] == (keep, "no", True)
    assert shown["Ends on"][:2] == (other, plan.lines[-2].result) and shown["Deposit"] == (third, 500, False)
    merging.merge(book, keep, [other, third], {f"own:{size}": other})
    assert custom_fields.values(book, "customers", keep) == {size: 42, gift: False, ends: "2027-01-02", deposit: 500}
    book.undo()
    assert dump(book) == before
    merging.merge(book, keep, [other], {f"own:{deposit}": keep, f"own:{ends}": keep})
    assert custom_fields.values(book, "customers", keep) == {size: 41, gift: False}
    with pytest.raises(InvalidInput):
        merging.merge(book, keep, [third], {f"own:{size}": other})


def test_all_that_is_held_tells_them_by_name(book: Book, fields: dict[str, int]) -> None:
    diet = custom_fields.add(book, "contacts", "Diet")
    customer = customers.add(book, {"name": "Ali"}, own={fields["Size"]: 41.5, fields["Gift sent"]: True})
    contacts.add(book, {"name": "Mei", "customer_id": customer}, own={diet: "Halal"})
    found = persons.held(book, customer)
    data = persons.data(book, found, {})
    assert data["records"]["customers"][0]["own"] == {"Size": 41.5, "Gift sent": True}
    assert data["records"]["contacts"][0]["own"] == {"Diet": "Halal"}
    assert "custom" not in data["records"]["customers"][0]
    lines = [row for table in persons.report(book, found).tables for row in table.rows]
    assert {tuple(row[1:3]) for row in lines} >= {("Size", "41.5"), ("Gift sent", "Yes"), ("Diet", "Halal")}
    assert json.loads(json.dumps(data)) == data


def test_an_erased_person_leaves_nothing_in_them(book: Book) -> None:
    note, plate = custom_fields.add(book, "customers", "Remark"), custom_fields.add(book, "deals", "Plate")
    one = customers.add(book, {"name": "Zarina Qbxformer"}, own={note: "Qbxfirst"})
    other = customers.add(book, {"name": "Ravi"}, own={note: "Sent by Zarina Qbxformer, pays late"})
    deals.add(book, {"name": "Car", "customer_id": one, "amount": 100}, own={plate: "Qbxplate"})
    custom_fields.set_values(book, "customers", one, {note: "Qbxsecond"})
    erasing.erase(book, one)
    with book.read() as connection:
        journal = connection.exec_driver_sql("SELECT before, after FROM journal").all()
    assert "qbx" not in f"{dump(book)} {journal}".casefold()
    assert "pays late" in str(custom_fields.values(book, "customers", other)[note])
