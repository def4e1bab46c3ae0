"""Customers and contacts out of the file, and cards into it, from the command line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop_crm.domain.export_profiles import Profile
from desktop_crm.readers.vcards import read
from desktop_crm.services import export_profiles
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run, table

CARD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=99=B3;=E7=BE=8E=E7=8E=B2
TEL;CELL;PREF:0912-345-678
TEL;WORK:02-2771 0094
EMAIL;INTERNET:m@x.tw
EMAIL;INTERNET:ling@y.tw
ORG:Xiaoming
END:VCARD
"""


def test_cards_in_and_every_address_in_the_list(run: Run, shop: str) -> None:
    result = run("import", shop, table("a.vcf", CARD), "--json").json
    assert (result["read"], result["created"], result["also_created"]) == (1, 1, {"customers": 1})
    [contact] = run("list", shop, "contacts", "--json").json
    assert contact["emails"] == ["m@x.tw", "ling@y.tw"]
    assert contact["phones"] == ["0912-345-678", "02-2771 0094"]
    assert "陳美玲" in run("list", shop, "contacts").out
    assert run("import", shop, "a.vcf", "--json").json["skipped"] == 1
    assert run("undo", shop).code == 0
    assert run("list", shop, "customers", "--json").json == []


def test_cards_as_customers(run: Run, shop: str) -> None:
    assert run("import", shop, table("a.vcf", CARD), "--as", "customers", "--json").json["created"] == 1
    assert [row["name"] for row in run("list", shop, "customers", "--json").json] == ["陳美玲", "Xiaoming"]


def test_a_table_wants_its_kind(run: Run, shop: str) -> None:
    assert run("import", shop, table("a.csv", "Name\nAli\n")).code == 2


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_cards_out(run: Run, shop: str, version: str) -> None:
    run("import", shop, table("a.vcf", CARD))
    assert run("export", shop, "contacts", "--out", "b.vcf", "--version", version, "--json").json == {
        "file": "b.vcf", "written": 1}
    assert f"VERSION:{version}" in Path("b.vcf").read_text(encoding="utf-8")
    assert [card.name for card in read(Path("b.vcf"))[0].whole.values()] == ["陳美玲"]


@pytest.mark.parametrize("suffix", [".vcf", ".csv", ".xlsx", ".html", ".pdf"])
def test_every_kind_of_file_also_of_nobody(run: Run, shop: str, suffix: str) -> None:
    assert run("export", shop, "customers", "--out", f"a{suffix}").code == 0
    assert Path(f"a{suffix}").exists()


def test_what_is_wrong_is_told(run: Run, shop: str) -> None:
    assert ".vcf" in run("export", shop, "customers", "--out", "a.doc").refused
    assert "Nobody" in run("export", shop, "customers", "--out", "a.vcf", "--segment", "Nobody").refused
    assert "--version" in run("export", shop, "customers", "--out", "a.csv", "--version", "3.0").refused


def test_the_other_lists_out_and_in_again(run: Run, shop: str) -> None:
    run("import", shop, table("a.csv", "Name,Customer,Amount,Currency,Stage\n-Tiles,陳怡君,-12.50,SGD,Proposal\n"),
        "--as", "deals")
    assert run("export", shop, "deals", "--out", "b.xlsx", "--json").json == {
        "file": "b.xlsx", "written": 1, "without_lines": 0}
    assert run("export", shop, "deals", "--out", "b.csv").out == "Written: b.csv (1 deals)\n"
    result = run("import", shop, "b.csv", "--as", "deals", "--json").json
    assert (result["skipped"], result["problems"]) == (1, [])
    assert run("export", shop, "tasks", "--out", "t.csv", "--json").json == {"file": "t.csv", "written": 0}


def test_the_other_lists_refuse_what_they_cannot_be(run: Run, shop: str) -> None:
    for suffix in (".vcf", ".html", ".pdf"):
        assert ".csv, .xlsx" in run("export", shop, "tasks", "--out", f"a{suffix}").refused
        assert not Path(f"a{suffix}").exists()
    assert "segment" in run("export", shop, "deals", "--out", "a.csv", "--segment", "VIP").refused
    assert "nowhere" in run("export", shop, "deals", "--out", "nowhere/a.csv").refused
    assert run("export", shop, "receipts", "--out", "a.csv").code == 2


def test_a_list_leaves_in_the_columns_of_a_profile(run: Run, shop: str) -> None:
    with closing(open_book(Path(shop))) as book:
        export_profiles.add(book, Profile("For the office", "customers", (("city", "Kota"), ("name", "Nama")), "tab"))
    run("import", shop, table("a.csv", "Name,City,Email\nTan,Ipoh,a@tan.my\n"), "--as", "customers")
    found = run("profiles", shop, "--json").json
    assert found[0] == {"profile": "For the office", "kind": "customers", "own": True, "title": "For the office",
                        "columns": ["Kota", "Nama"]}
    assert {item["profile"] for item in found[1:]} == {"google", "outlook", "hubspot", "salesforce", "zoho", "odoo",
                                                       "ledger"}
    assert "payments  ledger  Ledger of money received\n" in run("profiles", shop).out
    assert "customers  For the office\n" in run("profiles", shop, "--kind", "customers").out
    assert run("export", shop, "customers", "--profile", "for the office", "--out", "b.csv").code == 0
    assert Path("b.csv").read_text(encoding="utf-8-sig") == "Kota\tNama\nIpoh\tTan\n"
    assert run("export", shop, "customers", "--profile", "zoho", "--out", "z.csv", "--json").json == {
        "file": "z.csv", "written": 1, "without_ways": 1}
    assert "1 e-mail or phone" in run("export", shop, "customers", "--profile", "zoho", "--out", "z.csv").out
    assert run("import", shop, "z.csv", "--as", "customers", "--json").json["skipped"] == 1


def test_a_profile_that_there_is_not_lists_those_that_there_are(run: Run, shop: str) -> None:
    assert "hubspot" in run("export", shop, "deals", "--profile", "Nobody", "--out", "a.csv").refused
    assert not Path("a.csv").exists()
    assert ".csv, .xlsx" in run("export", shop, "customers", "--profile", "google", "--out", "a.vcf").refused


def test_a_calendar_of_tasks(run: Run, shop: str) -> None:
    rows = ("Task,Due on,At,Customer,Done on\nCall,2026-11-23,10:00,Aminah,\nSort,,,Raj,\n"
            "Visit,2026-11-24,,Raj,2026-11-24\n")
    run("import", shop, table("t.csv", rows), "--as", "tasks")
    assert run("export", shop, "tasks", "--out", "a.ics", "--json").json == {
        "file": "a.ics", "written": 1, "undated": 1}
    assert "1 task without a day" in run("export", shop, "tasks", "--out", "a.ics", "--done").out
    assert Path("a.ics").read_bytes().count(b"BEGIN:VEVENT") == 2
    run("import", shop, table("c.csv", "Name,Birthday\nMei,1985-05-12\n"), "--as", "customers")
    assert run("export", shop, "tasks", "--out", "b.ics", "--birthdays", "--json").json["written"] == 2
    assert b"RRULE:FREQ=YEARLY" in Path("b.ics").read_bytes()
    assert ".vcf" in run("export", shop, "customers", "--out", "c.ics").refused
    assert "--birthdays" in run("export", shop, "tasks", "--out", "c.csv", "--birthdays").refused
    assert not Path("c.ics").exists()


def test_a_calendar_of_the_tasks_of_a_segment(run: Run, shop: str) -> None:
    rows = "Task,Due on,Customer\nCall,2026-11-23,Aminah\nSort,2026-11-23,\n"
    run("import", shop, table("t.csv", rows), "--as", "tasks")
    names = [row["name"] for row in run("segments", shop, "--json").json]
    never = next(name for name in names if "never" in name.lower())
    assert run("export", shop, "tasks", "--out", "a.ics", "--segment", never, "--json").json["written"] == 1
    assert run("export", shop, "tasks", "--out", "a.csv", "--segment", never, "--json").json["written"] == 1
    assert "Nobody" in run("export", shop, "tasks", "--out", "b.ics", "--segment", "Nobody").refused
