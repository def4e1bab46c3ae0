"""Columns and own fields: lists go out and come back whole, headings find their fields, a column makes a new one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.importing import Mapping
from desktop_crm.export import lists
from desktop_crm.i18n import language
from desktop_crm.readers import read_table
from desktop_crm.services import contacts, custom_fields, customers, importing, outgoing
from desktop_crm.services.book import Book
from tests.books import dump, new_book

_FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Shoe size", "number", ()), ("Deposit", "money", ()), ("Contract ends on", "date", ()),
    ("Level", "choice", ("Silver", "Gold")), ("Gift sent", "yes_no", ()), ("Folder", "link", ()),
    ("Mileage (km)", "number", ()), ("City", "text", ()), ("வண்டி எண்", "text", ()))
_VALUES: dict[str, tuple[Any, ...]] = {
    "Ali": (41.5, 120050, "2027-03-01", "Gold", False, "https://a.example/x?y=1", 125000, "N/A", "007"),
    "陳怡君": (-3, -50, "1999-12-31", "Silver", True, None, 0.0375, "=1+1", "மயில்"),
    "Empty": (None,) * 9,
}


def with_fields(book: Book, kind: str = "customers") -> list[int]:
    return [custom_fields.add(book, kind, *item) for item in _FIELDS]


def own_of(book: Book, kind: str) -> dict[str, list[object]]:
    fields = [field.id for field in custom_fields.listed(book, kind)]
    ids = customers.list_ids(book) if kind == "customers" else contacts.list_ids(book)
    with book.read() as connection:
        names = dict(connection.exec_driver_sql(f"SELECT id, name FROM {kind}").all())
    found = custom_fields.values_of(book, kind, ids)
    return {names[one]: [found.get(one, {}).get(field) for field in fields] for one in ids}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", ["customers", "contacts"])
def test_a_list_goes_out_and_comes_back_whole(book: Book, tmp_path: Path, suffix: str, kind: str) -> None:
    fields = with_fields(book, kind)
    add = customers.add if kind == "customers" else contacts.add
    for name, values in _VALUES.items():
        add(book, {"name": name}, own=dict(zip(fields, values, strict=True)))
    path = tmp_path / f"list{suffix}"
    lists.write(outgoing.Outgoing(book, kind, outgoing.ids(book, kind)), path)
    other = new_book(tmp_path / "other.crm", words="ms")
    custom_fields.add(other, "deals", "Something else")  # so that the ids are others
    with_fields(other, kind)
    result = importing.run(other, path, kind)
    assert result.problems == () and result.created == 3
    assert own_of(other, kind) == own_of(book, kind) == {name: list(values) for name, values in _VALUES.items()}
    assert importing.run(other, path, kind).changes is None
    other.close()


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_heading_finds_the_field_and_an_update_says_what_changes(book: Book, tmp_path: Path) -> None:
    size, due, *_ = with_fields(book)
    old = customers.add(book, {"name": "Ali"}, own={size: 40, due: 5000})
    before = dump(book)
    source = table(tmp_path, "Name,SHOE SIZE,Level,Deposit (RM)\nAli,41,gold,\nSiti,forty,Bronze,1 200\n")
    dry = importing.run(book, source, "customers", dry_run=True)
    assert [(item.title, item.before, item.after) for item in dry.differences] == [
        ("Shoe size", "40", "41"), ("Level", "", "Gold")]
    assert dump(book) == before
    done = importing.run(book, source, "customers")
    assert [(item.row, item.column) for item in done.problems] == [(3, "SHOE SIZE"), (3, "Level")]
    assert own_of(book, "customers") == {"Ali": [41, 5000, None, "Gold", *[None] * 5],
                                         "Siti": [None, 120000, *[None] * 7]}
    assert custom_fields.values(book, "customers", old)[due] == 5000
    book.undo()
    assert dump(book) == before


def test_a_column_that_fits_nothing_becomes_a_new_field(book: Book, tmp_path: Path) -> None:
    source = table(tmp_path, "Name,Zodiac,Favourite  dish\nAli,Tiger,\nSiti,,Laksa\n")
    overrides = [("Zodiac", "own:new"), ("Favourite  dish", "own:new")]
    dry = importing.run(book, source, "customers", overrides=overrides, dry_run=True)
    assert dry.preview is not None
    assert [row.values.get("own:new") for row in dry.preview] == ["Tiger", "Laksa"]
    done = importing.run(book, source, "customers", overrides=overrides)
    assert done.also_created == {"own_fields": 2}
    assert [(field.name, field.type) for field in custom_fields.listed(book, "customers")] == [
        ("Zodiac", "text"), ("Favourite dish", "text")]
    assert own_of(book, "customers") == {"Ali": ["Tiger", None], "Siti": [None, "Laksa"]}
    again = importing.run(book, source, "customers", overrides=overrides)
    assert again.changes is None and again.also_created == {}
    book.undo()
    assert custom_fields.listed(book, "customers") == []


def test_own_fields_of_the_contact_beside_its_company(book: Book, tmp_path: Path) -> None:
    diet = custom_fields.add(book, "contacts", "Diet")
    source = table(tmp_path, "Company,Contact name,Food\nMaju,Mei,Halal\n")
    done = importing.run(book, source, "customers", overrides=[
        ("Company", "name"), ("Contact name", "contacts.name"), ("Food", f"contacts.own:{diet}")])
    assert done.problems == ()
    assert own_of(book, "contacts") == {"Mei": ["Halal"]}


def test_own_fields_are_kept_or_emptied_as_is_wished(book: Book, tmp_path: Path) -> None:
    size, *_ = with_fields(book)
    customers.add(book, {"name": "Ali"}, own={size: 40})
    source = table(tmp_path, "Name,Shoe size\nAli,\n")
    assert importing.run(book, source, "customers").changes is None
    importing.run(book, source, "customers", wishes=importing.Wishes(empties=True))
    assert own_of(book, "customers")["Ali"][0] is None
    book.undo()
    importing.run(book, table(tmp_path, "Name,Shoe size\nAli,43\n"), "customers",
                  wishes=importing.Wishes(keep=["shoe size"]))
    assert own_of(book, "customers")["Ali"][0] == 40


def test_a_field_that_is_not_there_is_refused(book: Book, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="own:new"):
        importing.run(book, table(tmp_path, "Name,X\nAli,1\n"), "customers", overrides=[("X", "own:77")])


def test_the_wizard_is_offered_them(book: Book, tmp_path: Path) -> None:
    with_fields(book)
    found: Mapping = importing.proposed(read_table(table(tmp_path, "Name,City\nAli,Ipoh\n")), "customers", book)
    assert [item.title for item in found.own if not item.noun][:2] == ["Shoe size", "Deposit"]
    assert found.of("city") and language("en").say(found.own[-1].title) == "A new own field"


_NASTY = ("id", "Name", "own:1", 'say "hi"', "two\nlines", "x" * 60, "Phone", "E-mail", "First Name", "Tags", "=cmd",
          "Unit, comma", "City", "Account Name", "Notes", "#", "名前", "Company", "E-mail 2", "custom", "Postcode", "%")


@pytest.mark.parametrize("turn", range(3))
def test_names_of_every_kind_come_back_with_every_type(book: Book, tmp_path: Path, turn: int) -> None:
    values = {"text": "t", "money": 1234, "number": 1.5}
    types = [list(values)[(place + turn) % 3] for place in range(len(_NASTY))]
    for made in (book, other := new_book(tmp_path / "other.crm")):
        for name, kind in zip(_NASTY, types, strict=True):
            custom_fields.add(made, "customers", name, kind)
    known = [field.id for field in custom_fields.listed(book, "customers")]
    customers.add(book, {"name": "Ali", "city": "Johor"}, phones=["012-345 6789"],
                  own={key: values[kind] for key, kind in zip(known, types, strict=True)})
    path = tmp_path / "list.csv"
    lists.write(outgoing.Outgoing(book, "customers", outgoing.ids(book, "customers")), path)
    assert importing.run(other, path, "customers").problems == ()
    assert own_of(other, "customers") == own_of(book, "customers") == {"Ali": [values[kind] for kind in types]}
    assert customers.rows(other, [1])[0].city == "Johor"
    other.close()
