"""Notes from the road: whom a line names, what happened, what comes next; taken as one act, nothing lost."""

from __future__ import annotations

import io
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.domain.road import MOST_LINES, Candidate, Choice, RoadNote, usual
from desktop_crm.i18n import language
from desktop_crm.readers import Unreadable
from desktop_crm.services import (
    activities,
    contacts,
    customers,
    intake,
    road,
    road_lines,
    scoring,
    segments,
    sellers,
    tasks,
)
from desktop_crm.services.book import Book
from tests.books import NOON, TODAY, dump

EN = language("en")


@pytest.fixture
def town(shop: Book) -> Book:
    """Aminah with a phone, two Alis, 陳怡君, and Raj who works for Kedai Murni."""
    customers.add(shop, {"name": "Aminah Runcit Enterprise"}, phones=["012-345 6789"])
    for name in ("Ali Trading", "Ali Baba", "陳怡君"):
        customers.add(shop, {"name": name})
    murni = customers.add(shop, {"name": "Kedai Murni"})
    contacts.add(shop, {"name": "Raj Kumar", "customer_id": murni})
    return shop


def read(book: Book, text: str) -> RoadNote:
    note, = road_lines.read(book, EN, text)
    return note


@pytest.mark.parametrize(("line", "who", "said", "step"), [
    ("Aminah: called, wants 3 boxes, Friday 10", "Aminah Runcit Enterprise", "Call: wants 3 boxes",
     "27/11/2026, 10:00: Follow-up: wants 3 boxes"),
    ("0123456789 visited, paid 200", "Aminah Runcit Enterprise", "Visit: paid 200", ""),
    ("- +60 12-345 6789: met 20 min, next step call monday", "Aminah Runcit Enterprise",
     "Meeting, 20 min: next step call monday", "23/11/2026: Call"),
    ("Ali baba visited, ok, call tomorrow 3pm", "Ali Baba", "Visit: ok", "22/11/2026, 15:00: Call"),
    ("called Raj Kumar about the fence", "Kedai Murni", "Call: called Raj Kumar about the fence", ""),
    ("Raj: met at the fair; visit Monday", "Raj Kumar · Kedai Murni", "Meeting: met at the fair", "23/11/2026: Visit"),
    ("[20/11/26, 10:03 am] Kedai Murni: agreed", "Kedai Murni", "Note: agreed", ""),
    ("陳怡君：要樣品，明天", "陳怡君", "Note: 要樣品", "22/11/2026: Follow-up: 要樣品"),
    ("Kedai Murni: was closed Friday", "Kedai Murni", "Note: was closed Friday", ""),
    ("Aminah", "Aminah Runcit Enterprise", "Note: Aminah", ""),
    ("Aminah: call tomorrow", "Aminah Runcit Enterprise", "", "22/11/2026: Call"),
    ("Aminah: call back tomorrow 3pm about the fence", "Aminah Runcit Enterprise", "",
     "22/11/2026, 15:00: Call back about the fence"),
    ("Aminah: call: tomorrow", "Aminah Runcit Enterprise", "", "22/11/2026: Call"),
    ("Aminah: call today 3pm", "Aminah Runcit Enterprise", "", "21/11/2026, 15:00: Call"),  # it is noon
    ("Aminah: visit today 10am", "Aminah Runcit Enterprise", "Visit: visit today 10am", ""),
    ("1. Kedai Murni agreed", "Kedai Murni", "Note: agreed", ""),
    ("Aminah: wants tiles, 12/11/2026", "Aminah Runcit Enterprise", "Note: wants tiles, 12/11/2026", ""),
    ("Aminah: wants tiles, yesterday", "Aminah Runcit Enterprise", "Note: wants tiles, yesterday", ""),
    ("Aminah: visit today", "Aminah Runcit Enterprise", "Visit: visit today", ""),
    ("Aminah: visited Friday", "Aminah Runcit Enterprise", "Visit: visited Friday", ""),
    ("Aminah: Friday 10", "Aminah Runcit Enterprise", "", "27/11/2026, 10:00: Follow-up"),
    ("Aminah: next step call monday", "Aminah Runcit Enterprise", "", "23/11/2026: Call"),
    ("Aminah: met, Friday 10", "Aminah Runcit Enterprise", "Meeting: met", "27/11/2026, 10:00: Follow-up: met"),
    ("Aminah: visit at the fair; call Monday", "Aminah Runcit Enterprise", "Visit: visit at the fair",
     "23/11/2026: Call"),
    ("陳怡君：明天拜訪", "陳怡君", "", "22/11/2026: 拜訪"),
])
def test_a_line_is_understood(town: Book, line: str, who: str, said: str, step: str) -> None:
    note = read(town, line)
    assert note.sure and note.candidates[0].shown == who
    assert (road.said(note, EN), road.step_said(note, EN)) == (said, step)
    assert usual(note) == Choice("log", note.candidates[0])


@pytest.mark.parametrize(("line", "who", "candidates"), [
    ("Ali: wants samples", "Ali", {"Ali Baba", "Ali Trading"}),
    ("Ali Bab: wants samples", "Ali Bab", {"Ali Baba"}),  # a part of a word is no whole name
    ("Aly: visited", "Aly", set()),  # too short to be nearly anybody's
    ("Amniah runcit: visited", "Amniah runcit", {"Aminah Runcit Enterprise"}),
    ("Ravi 012-345 6789: visited", "Ravi", {"Aminah Runcit Enterprise"}),  # the number says one, the name another
    ("Ravi visited the stall, 016-999 8888", "Ravi", set()),
    ("buy milk tomorrow", "", set()),
    ("https://x.my hello", "", set()),
])
def test_who_is_not_sure_is_kept(town: Book, line: str, who: str, candidates: set[str]) -> None:
    note = read(town, line)
    assert (note.sure, note.who, {one.shown for one in note.candidates}) == (False, who, candidates)
    assert usual(note) == Choice("task")


def test_a_number_of_two_is_nobody_s_for_sure_until_a_name_says_whose(town: Book) -> None:
    customers.add(town, {"name": "Aminah's brother"}, phones=["012-345 6789"])
    note = read(town, "012-345 6789: visited")
    assert not note.sure and {one.shown for one in note.candidates} == {"Aminah Runcit Enterprise", "Aminah's brother"}
    note = read(town, "Aminah's brother 012-345 6789: visited")
    assert note.sure and note.candidates[0].shown == "Aminah's brother"


def test_all_lines_are_one_act(town: Book) -> None:
    before = dump(town)
    text = ("Aminah: called 5 min, wants 3 boxes, Friday 10\n\nRaj: agreed\nRavi: visited, 016-999 8888\n"
            "Ravi: wants a fence, monday\nbuy milk tomorrow\nforget this\n")
    notes = road_lines.read(town, EN, text)
    assert [note.number for note in notes] == [1, 3, 4, 5, 6, 7]
    chosen = [(note, usual(note)) for note in notes]
    chosen[2:] = [(notes[2], Choice("lead")), (notes[3], Choice("lead")), chosen[4], (notes[5], Choice("leave"))]
    done = road.take(town, EN, chosen)
    ravi, = done.leads
    assert (done.logged, done.steps, done.kept, done.left) == (4, 2, ("buy milk tomorrow",), 1)
    rows = activities.rows(town, activities.list_ids(town))
    assert [(row.customer, row.kind, row.minutes, row.name) for row in rows] == [
        ("Aminah Runcit Enterprise", "call", 5, "wants 3 boxes"), ("Kedai Murni", "note", None, "agreed"),
        ("Ravi", "visit", None, "visited (016-999 8888)"), ("Ravi", "note", None, "wants a fence")]
    assert {row.at for row in rows} == {NOON} and {row.state for row in rows} == {"held"}
    assert customers.card(town, ravi).values["state"] == "lead"
    assert [way.value for way in customers.card(town, ravi).channels] == ["016-999 8888"]
    due = {row.name: (row.customer, row.due_on, row.due_time) for row in tasks.rows(town, tasks.list_ids(town))}
    assert due == {"Follow-up: wants 3 boxes": ("Aminah Runcit Enterprise", date(2026, 11, 27), "10:00"),
                   "Follow-up: wants a fence": ("Ravi", date(2026, 11, 23), None),
                   "Buy milk": (None, date(2026, 11, 22), None)}
    undone = town.undo()
    assert undone.message == "{count} notes from the road" and dump(town) == before


def test_what_is_only_announced_is_no_activity(town: Book) -> None:
    note = read(town, "Aminah: call tomorrow")
    done = road.take(town, EN, [(note, usual(note))])
    assert (done.logged, done.steps, activities.list_ids(town)) == (1, 1, [])
    row, = tasks.rows(town, tasks.list_ids(town))
    assert (row.name, row.kind, row.customer, row.due_on) == (
        "Call", "call", "Aminah Runcit Enterprise", date(2026, 11, 22))


@pytest.mark.parametrize("data", [
    b"\xff\xfe" + random.Random(7).randbytes(3000), random.Random(7).randbytes(3000), b"%PDF-1.7\nAli: called\n",
    b"PK\x03\x04" + b"Ali: called\n" * 50, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    b"<!doctype html><p>Ali: called</p>", b"BEGIN:VCARD\r\nFN:Ali\r\nEND:VCARD\r\n",
], ids=["utf-16", "random", "pdf", "zip", "png", "page", "card"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    rubbish = tmp_path / "rubbish.txt"
    rubbish.write_bytes(data)
    for read_it in (lambda: road.text_of(rubbish), lambda: road.text_in(io.BytesIO(data))):
        with pytest.raises(Unreadable, match="is no plain text"):
            read_it()


def test_of_another_day(town: Book) -> None:
    note = read(town, "Aminah: called")
    road.take(town, EN, [(note, usual(note))], date(2026, 11, 19))
    row, = activities.rows(town, activities.list_ids(town))
    assert (row.on_date, row.at) == (date(2026, 11, 19), None)


def test_what_is_refused_saves_nothing(town: Book, tmp_path: Path) -> None:
    before = dump(town)
    aminah, milk = read(town, "Aminah: called"), read(town, "buy milk")
    with pytest.raises(InvalidInput, match="names nobody"):
        road.take(town, EN, [(aminah, usual(aminah)), (milk, Choice("lead"))])
    with pytest.raises(NotFound):
        road.take(town, EN, [(aminah, usual(aminah)), (milk, Choice("log", Candidate(999, "gone")))])
    assert road.take(town, EN, [(aminah, Choice("leave"))]).left == 1
    for text in ("", " \n\n", "a\n" * (MOST_LINES + 1)):
        with pytest.raises(InvalidInput):
            road_lines.read(town, EN, text)
    (tmp_path / "a.txt").write_bytes("陳怡君：好".encode("big5"))
    assert road.text_of(tmp_path / "a.txt") == "陳怡君：好"
    with pytest.raises(Unreadable):
        road.text_of(tmp_path / "gone.txt")
    assert dump(town) == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda text: text.strip()))
def test_any_line_is_understood_and_loses_nothing(town: Book, text: str) -> None:
    for note in road_lines.read(town, EN, text):
        assert (note.said or note.step) and note.text in text


def test_a_kept_line_says_itself(town: Book) -> None:
    note = read(town, "Ali: wants samples")
    road.take(town, EN, [(note, usual(note))])
    key, = tasks.list_ids(town)
    row = tasks.get(town, key)
    assert (row["name"], row["notes"], row["due_on"]) == ("Ali: wants samples", "Noted on the road: Ali: wants samples",
                                                           TODAY)


def test_whose_seller_a_note_is_and_what_the_score_says_then(town: Book) -> None:
    mei, raj = sellers.add(town, {"name": "Mei"}), sellers.add(town, {"name": "Raj"})
    customers.edit(town, 1, {"seller_id": mei})
    spoken = segments.stored(CustomerFilter(conditions=Group(True, (Condition("last_contact", "on", str(TODAY)),))))
    scoring.add(town, {"name": "Spoken to", "filter": spoken, "points": 30})
    assert customers.card(town, 1).values["score"] == 0
    note = read(town, "Aminah: called, Friday 10")
    road.take(town, EN, [(note, usual(note))])
    assert customers.card(town, 1).values["score"] == 30
    town.seller = raj
    road.take(town, EN, [(note, usual(note))])
    assert [row.seller for row in activities.rows(town, sorted(activities.list_ids(town)))] == ["Mei", "Raj"]
    assert [tasks.get(town, key)["seller_id"] for key in sorted(tasks.list_ids(town))] == [mei, raj]


def test_new_leads_come_from_where_the_last_one_did_each_person_once(town: Book) -> None:
    lines = [read(town, line) for line in ("Ravi: wants a fence", "RAVI: and a gate", "Devi: visited")]
    done = road.take(town, EN, [(note, Choice("lead")) for note in lines])
    assert len(done.leads) == 2
    assert {customers.card(town, lead).values["source_id"] for lead in done.leads} == {intake.default_source(town)}
    assert intake.default_source(town) is not None
