"""Editing like a sheet: typed cells and pasted blocks, told before, done in one act, undone in one."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.customers import STATES
from desktop_crm.domain.errors import N_, Cancelled, Conflict, CrmError, InvalidInput, NotFound
from desktop_crm.i18n import language
from desktop_crm.services import channels, custom_fields, customers, sellers, sheet
from desktop_crm.services.book import Book
from desktop_crm.services.sheet_cells import Cells
from tests.books import dump, new_book, undo_all

KEYS = ("name", "state", "heat", "seller", "phone", "email", "tags", "created_on", "city", "credit_limit", "starred")


def cells(book: Book, code: str = "en") -> Cells:
    return Cells(book, language(code))


def shop(book: Book) -> tuple[int, int]:
    """Two customers and the seller Mei Ling."""
    ling = sellers.add(book, {"name": "Mei Ling"})
    aminah = customers.add(book, {"name": "Aminah Runcit", "state": "customer", "heat": "hot", "seller_id": ling,
                                  "credit_limit": 150_050, "created_on": date(2024, 2, 29)},
                           phones=["012-345 6789", "013-111 2222"], emails=["aminah@runcit.my"], tags=["VIP", "Kedai"])
    return aminah, customers.add(book, {"name": "小明科技有限公司", "kind": "company"})


def paste(book: Book, ids: list[int], keys: tuple[str, ...], *rows: tuple[str, ...], code: str = "en") -> sheet.Plan:
    return sheet.plan(book, cells(book, code), ids, keys, rows)


def said(book: Book, record: int, *keys: str) -> list[str]:
    return sheet.texts(book, cells(book), [record], keys)[0]


def why(plan: sheet.Plan) -> list[str]:
    return [language("en").error(cell.why) for cell in plan.refused if cell.why]


def test_cells_are_texts_as_one_would_type_them(book: Book) -> None:
    aminah, ming = shop(book)
    assert said(book, aminah, *KEYS) == [
        "Aminah Runcit", "Customer", "Hot", "Mei Ling", "012-345 6789", "aminah@runcit.my", "Kedai, VIP",
        "29/02/2024", "", "1,500.50", "No"]
    assert said(book, ming, "name", "state", "heat", "phone", "tags") == ["小明科技有限公司", "Lead", "", "", ""]


def test_a_block_is_told_cell_by_cell_and_done_in_one_act(book: Book) -> None:
    aminah, ming = shop(book)
    before = dump(book)
    made = paste(book, [aminah, ming], ("name", "state", "heat", "phone", "tags", "created_on", "credit_limit"),
                 ("Aminah Runcit", "inactive", "", "011-222 3333", "VIP; Baru", "1/3/2026", "RM 2,000"),
                 ("Ming", "lead", "Warm", "", "", "last year", "lots"))
    assert [(cell.record, cell.column.key, cell.old, cell.new) for cell in made.changes] == [
        (aminah, "state", "Customer", "Inactive"), (aminah, "heat", "Hot", ""),
        (aminah, "phone", "012-345 6789", "011-222 3333"), (aminah, "tags", "Kedai, VIP", "Baru, VIP"),
        (aminah, "created_on", "29/02/2024", "01/03/2026"), (aminah, "credit_limit", "1,500.50", "2,000.00"),
        (ming, "name", "小明科技有限公司", "Ming"), (ming, "heat", "", "Warm")]
    assert why(made) == ["“last year” is not a date. Write one like 21/11/2026.",
                         "“lots” is not an amount. Write one like 1,234.50."]
    assert (made.customers, made.new, made.same) == (2, 0, 4)
    assert dump(book) == before  # a plan is only told

    done = sheet.apply(book, made)
    assert done is not None and done.changes.message == "Edit {count} customers"
    card = customers.card(book, aminah)
    assert [(way.kind, way.value) for way in card.channels] == [
        ("phone", "011-222 3333"), ("phone", "013-111 2222"), ("email", "aminah@runcit.my")]
    assert (card.tags, card.values["credit_limit"]) == (("Baru", "VIP"), 200_000)
    assert customers.rows(book, [ming])[0].heat == "warm"
    book.undo()
    assert dump(book) == before


def test_changes_of_state_are_logged_as_everywhere(book: Book) -> None:
    aminah, _ = shop(book)
    sheet.apply(book, paste(book, [aminah], ("state",), ("Lead",)))
    with book.read() as connection:
        moves = connection.exec_driver_sql("SELECT before, after FROM state_moves WHERE customer_id = ? AND field = "
                                           "'state' ORDER BY id", (aminah,)).all()
    assert [tuple(move) for move in moves] == [(None, "customer"), ("customer", "lead")]


def test_rows_below_the_last_are_new_customers_if_they_have_a_name(book: Book) -> None:
    aminah, _ = shop(book)
    before = dump(book)
    made = paste(book, [aminah], ("name", "phone", "tags"), ("Aminah Runcit", "012-345 6789", "Kedai, VIP"),
                 ("Faridah", "013-999 8888", "Baru"), ("", "014-111 1111", ""), ("", "", ""))
    assert (made.customers, made.new, why(made)) == (0, 1, ["A new customer needs a name."])
    assert sheet.apply(book, made.without_new()) is None
    done = sheet.apply(book, made)
    assert done is not None and done.changes.message == "Add {name}"
    assert said(book, done.added[0], "name", "state", "phone", "tags") == ["Faridah", "Lead", "013-999 8888", "Baru"]
    book.undo()
    assert dump(book) == before


def test_values_are_read_in_the_users_language_by_word_or_code(book: Book) -> None:
    aminah, ming = shop(book)
    word = language("ms").say(STATES["inactive"])
    made = paste(book, [aminah, ming], ("state", "created_on"), (word, "esok"), ("customer", "5 Mac 2026"), code="ms")
    assert [(cell.record, cell.after) for cell in made.changes] == [
        (aminah, "inactive"), (aminah, date(2026, 11, 22)), (ming, "customer"), (ming, date(2026, 3, 5))]


@pytest.mark.parametrize(("key", "typed", "sentence"), [
    ("name", "", "Name is needed. Nothing was saved."),
    ("state", "", "State is needed. Nothing was saved."),
    ("state", "won", "“won” is not a choice for State. Nothing was saved."),
    ("seller", "Nobody", "“Nobody” is not a seller of this file."),
    ("source", "The moon", "“The moon” is not a known source."),
    ("parent", "Nobody", "“Nobody” is not one customer of this file."),
    ("phone", "at home", "“at home” is not a phone number. Nothing was saved."),
    ("email", "aminah", "“aminah” is not an e-mail address. Nothing was saved."),
    ("employees", "many", "“many” is not a number. Write one like 1.5."),
    ("employees", "1.5", "“1.5” is not a whole number."),
    ("starred", "perhaps", "“perhaps” is neither yes nor no."),
    ("paid", "100", "It is counted from their payments."),
    ("wherever", "x", "The program fills it in by itself."),
])
def test_what_a_cell_cannot_be_is_told_and_changes_nothing(book: Book, key: str, typed: str, sentence: str) -> None:
    aminah, _ = shop(book)
    before = dump(book)
    with pytest.raises(CrmError) as told:
        sheet.set_cell(book, cells(book), aminah, key, typed, None)
    assert language("en").error(told.value) == sentence
    assert dump(book) == before


def test_a_computed_cell_that_says_the_same_is_no_complaint(book: Book) -> None:
    aminah, _ = shop(book)
    made = sheet.plan(book, cells(book), [aminah], ("paid", "city"), [["8,200.00", "Klang", "beyond"]],
                      {(aminah, "paid"): "8,200.00"})
    assert (len(made.changes), made.refused, made.same, made.outside) == (1, (), 1, 1)


def test_a_cell_that_was_changed_elsewhere_is_a_conflict(book: Book) -> None:
    aminah, _ = shop(book)
    seen = sheet.held(book, cells(book), [aminah], ["city", "phone"])[aminah]
    made = paste(book, [aminah], ("city", "phone"), ("Klang", "011-222 3333"))
    customers.edit(book, aminah, {"city": "Ipoh"})
    with pytest.raises(Conflict, match="Aminah"):
        sheet.set_cell(book, cells(book), aminah, "city", "Klang", seen["city"])
    with pytest.raises(Conflict, match="Aminah"):
        sheet.apply(book, made)
    customers.delete(book, [aminah])
    with pytest.raises(NotFound):
        sheet.apply(book, made)
    assert why(paste(book, [aminah], ("city",), ("Klang",))) == ["There is no such customer in the file."]


def test_the_preferred_number_is_the_cell_and_keeps_its_label(book: Book) -> None:
    aminah, _ = shop(book)
    second = customers.card(book, aminah).channels[1]
    channels.edit(book, second.id, "phone", second.value, "Home")
    channels.prefer(book, second.id)
    done = sheet.set_cell(book, cells(book), aminah, "phone", "013-555 0000",
                          sheet.held(book, cells(book), [aminah], ["phone"])[aminah]["phone"])
    assert done is not None and done.changes.message == "Edit {name}"
    changed = customers.card(book, aminah).channels[1]
    assert (changed.value, changed.label, changed.preferred, changed.normal) == (
        "013-555 0000", "Home", True, "+60135550000")
    sheet.apply(book, paste(book, [aminah], ("phone",), ("",)))
    assert said(book, aminah, "phone") == ["012-345 6789"]  # the next one is the first now


def test_customers_who_would_belong_to_themselves_are_refused_as_a_whole(book: Book) -> None:
    aminah, ming = shop(book)
    before = dump(book)
    made = paste(book, [aminah, ming], ("parent", "city"), ("小明科技有限公司", "Klang"), ("Aminah Runcit", "Taipei"))
    assert not made.refused
    with pytest.raises(InvalidInput, match="cannot belong to itself"):
        sheet.apply(book, made)
    assert dump(book) == before


def test_a_long_paste_is_stopped_and_nothing_of_it_is_kept(book: Book) -> None:
    aminah, ming = shop(book)
    before, told = dump(book), []

    def step(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            raise Cancelled(N_("Stopped."))

    with pytest.raises(Cancelled):
        sheet.apply(book, paste(book, [aminah, ming], ("city",), ("Klang",), ("Taipei",)), step)
    assert (told, dump(book) == before) == ([(0, 2), (1, 2)], True)


def test_own_fields_are_cells_too(book: Book) -> None:
    aminah, ming = shop(book)
    size = custom_fields.add(book, "customers", "Size", "number")
    kind = custom_fields.add(book, "customers", "Route", "choice", ["North", "South"])
    keys = (f"own:{size}", f"own:{kind}")
    made = paste(book, [aminah, ming], keys, ("12", "north"), ("big", "West"))
    assert why(made) == ["“big” is not a number. Write one like 1.5.",
                         "“West” is not a choice for Route. Nothing was saved."]
    sheet.apply(book, made)
    assert said(book, aminah, *keys) == ["12", "North"]
    assert (cells(book).options(cells(book).column(keys[1])), cells(book).named("size").key) == (
        ["North", "South"], keys[0])


def test_columns_are_found_by_what_people_call_them(book: Book) -> None:
    known = cells(book, "ms")
    assert [known.named(said).key for said in ("seller_id", "Seller", "created", "E-mail", known.title(known.column(
        "city")))] == ["seller", "seller", "created_on", "email", "city"]
    with pytest.raises(InvalidInput, match="Colour"):
        known.named("Colour")


def test_what_may_be_chosen_is_offered(book: Book) -> None:
    shop(book)
    known = cells(book)
    assert known.options(known.column("heat")) == ["Cold", "Warm", "Hot"]
    assert (known.options(known.column("seller")), known.options(known.column("tags"))) == (
        ["Mei Ling"], ["Kedai", "VIP"])
    assert "Walk-in" in known.options(known.column("source"))
    assert (known.options(known.column("starred")), known.options(known.column("city"))) == (["Yes", "No"], [])


# --- any block ------------------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(["", "Hot", "lead", "VIP, Baru", "Mei Ling", "012-345 6789", "a@b.my", "1/3/2026", "yes", "1,200",
                     "2026-02-30", "Kedai\nBaru", "小明"]), st.text(string.printable, max_size=8))
BLOCK_KEYS = st.lists(st.sampled_from([*KEYS, "paid", "birthday", "call_from", "notes"]), min_size=1, max_size=5,
                 unique=True)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = new_book(Path(tmp_path_factory.mktemp("sheet")) / "shop.crm")
    shop(made)
    customers.add(made, {"name": " Shop  9 ", "kind": "person", "birthday": "--05-12", "notes": "one\ntwo"})
    yield made
    made.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=BLOCK_KEYS, data=st.data())
def test_any_block_is_undone_to_an_equal_file(kept: Book, keys: list[str], data: st.DataObject) -> None:
    block = data.draw(st.lists(st.lists(TEXTS, min_size=len(keys), max_size=len(keys) + 1), min_size=1, max_size=5))
    before, ids = dump(kept), customers.list_ids(kept)
    made = sheet.plan(kept, cells(kept), ids, keys, block)
    done = sheet.apply(kept, made)
    if done is not None:
        after = sheet.texts(kept, cells(kept), [*ids, *done.added], keys)
        assert not sheet.plan(kept, cells(kept), [*ids, *done.added], keys, after).changes  # copied, pasted: nothing
        kept.undo()
    assert dump(kept) == before


def test_a_file_copied_and_pasted_back_is_the_same(kept: Book) -> None:
    ids = customers.list_ids(kept)
    keys = [*KEYS, "birthday", "notes", "kind", "region", "verified_on"]
    for code in ("en", "ms", "zh_TW", "ne", "ta", "fil"):
        known = cells(kept, code)
        made = sheet.plan(kept, known, ids, keys, sheet.texts(kept, known, ids, keys))
        assert (made.changes, made.refused, made.same) == ((), (), len(ids) * len(keys))


def test_all_of_it_is_undone(book: Book) -> None:
    start = dump(book)
    aminah, _ = shop(book)
    sheet.set_cell(book, cells(book), aminah, "tags", "", ("Kedai", "VIP"))
    sheet.set_cell(book, cells(book), aminah, "name", "Aminah", "Aminah Runcit")
    undo_all(book)
    assert dump(book) == start
