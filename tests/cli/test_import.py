"""`import`: what it says in JSON, its exit codes, maps, matches and dry runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, table

CUSTOMERS = "name,phone,email\nAminah,012-345 6789,a@b.my\n小明科技有限公司,,\n"


def names(run: Run, kind: str = "customers") -> list[str]:
    return [row["name"] for row in run("list", "shop.crm", kind, "--json").json]


def test_the_json_has_just_these_keys(run: Run, shop: str) -> None:
    said = run("import", shop, table("c.csv", CUSTOMERS), "--as", "customers", "--json")
    assert said.code == 0
    assert said.json == {"read": 2, "created": 2, "updated": 0, "skipped": 0, "also_created": {}, "problems": []}
    assert names(run) == ["Aminah", "小明科技有限公司"]


def test_also_created_counts_what_the_rows_needed_besides(run: Run, shop: str) -> None:
    said = run("import", shop, table("d.csv", "deal,stage,seller,amount\nTiles,Sent,Mei,10\nPaint,Signed,Mei,20\n"),
               "--as", "deals", "--map", "deal=name", "--json").json
    assert (said["created"], said["also_created"]) == (2, {"sellers": 1, "stages": 2})


def test_contacts_bring_their_companies(run: Run, shop: str) -> None:
    said = run("import", shop, table("p.csv", "name,company,email,phone\nSiti,Maju,s@m.my,012-3456789\nLim,,,\n"),
               "--as", "contacts", "--json").json
    assert (said["created"], said["also_created"]) == (2, {"customers": 1})
    found = run("list", shop, "contacts", "--json").json
    assert [(row["name"], row["customer"], row["emails"], row["phones"]) for row in found] == [
        ("Siti", "Maju", ["s@m.my"], ["012-3456789"]), ("Lim", None, [], [])]


def test_a_second_import_updates_and_a_third_changes_nothing(run: Run, shop: str) -> None:
    run("import", shop, table("c.csv", "id,name,city\nC1,Aminah,Ipoh\nC2,Ali,\n"), "--as", "customers")
    again = table("c2.csv", "id,name,city\nC1,Aminah,Melaka\nC2,Ali,\nC3,Siti,Ipoh\n")
    said = run("import", shop, again, "--as", "customers", "--json").json
    assert [said[key] for key in ("read", "created", "updated", "skipped")] == [3, 1, 1, 1]
    acts = run("history", shop, "--json").json
    said = run("import", shop, again, "--as", "customers", "--json").json
    assert [said[key] for key in ("read", "created", "updated", "skipped")] == [3, 0, 0, 3]
    assert run("history", shop, "--json").json == acts  # an import that changes nothing is no undo step


def test_it_is_one_undo_step(run: Run, shop: str) -> None:
    run("import", shop, table("c.csv", CUSTOMERS), "--as", "customers")
    undone = run("undo", shop, "--json").json
    assert (undone["label"], undone["changes"] > 0) == ("Import c.csv", True)
    assert names(run) == []
    assert run("redo", shop, "--json").json["label"] == "Import c.csv"
    assert names(run) == ["Aminah", "小明科技有限公司"]


def test_a_problem_in_a_row_is_told_with_the_files_line_and_stops_no_other(run: Run, shop: str) -> None:
    file = table("d.csv", "name,amount\nTiles,10.00\nPaint,ten\n,30\n")
    said = run("import", shop, file, "--as", "deals", "--json")
    assert said.code == 0
    problems = said.json["problems"]
    assert [problem["row"] for problem in problems] == [3, 4]
    assert all(sorted(problem) == ["column", "message", "row"] for problem in problems)
    assert problems[0]["column"] == "amount" and "ten" in problems[0]["message"]
    plain = run("import", shop, file, "--as", "deals")
    assert plain.code == 0 and "Row 3, amount" in plain.err


@pytest.mark.parametrize(("text", "why"), [
    ("", "empty"), ("name\n", "no rows"), ("name\n\n\n", "no rows"), ("\x00\x01\x02" * 500, "not a table"),
])
def test_where_no_row_can_be_read_it_is_refused(run: Run, shop: str, text: str, why: str) -> None:
    assert why in run("import", shop, table("c.csv", text), "--as", "customers", "--json").refused
    assert names(run) == []


def test_a_source_that_is_none(run: Run, shop: str) -> None:
    Path("folder").mkdir()
    assert "no file" in run("import", shop, "none.csv", "--as", "customers").refused
    assert "folder" in run("import", shop, "folder", "--as", "customers").refused
    assert run("import", shop, "x" * 300 + ".csv", "--as", "customers").refused


def test_map_takes_and_leaves_out_columns(run: Run, shop: str) -> None:
    file = table("c.csv", "a=b,where,city\nAli,Ipoh,Melaka\n")
    said = run("import", shop, file, "--as", "customers", "--map", "a=b=name", "--map", "where=region", "--map",
               "city=", "--json").json
    assert said["created"] == 1
    row = run("list", shop, "customers", "--json").json[0]
    assert (row["name"], row["region"], row["city"]) == ("Ali", "Ipoh", None)


def test_a_text_file_has_no_sheets(run: Run, shop: str) -> None:
    said = run("import", shop, table("c.csv", CUSTOMERS), "--as", "customers", "--sheet", "March").refused
    assert "“c.csv” is a text file and has no sheets; leave out --sheet." in said
    assert names(run) == []


def test_two_columns_for_one_field_are_refused_by_name(run: Run, shop: str) -> None:
    file = table("c.csv", "who,alias,mail,post\nAli,Al,a@b.my,b@b.my\n")
    said = run("import", shop, file, "--as", "customers", "--map", "who=name", "--map", "alias=name").refused
    assert "“who” and “alias” would both become “Name”" in said and names(run) == []
    said = run("import", shop, file, "--as", "customers", "--map", "alias=name", "--map", "mail=email", "--map",
               "post=email", "--json").json
    assert said["created"] == 1, "a proposed column gives way, and several e-mails are several e-mails"
    assert run("list", shop, "customers", "--json").json[0]["emails"] == ["a@b.my", "b@b.my"]


@pytest.mark.parametrize(("flags", "why"), [
    (("--map", "Nope=name"), "no column"), (("--map", "name=nope"), "no field"), (("--map", "name"), "Column=field"),
    (("--map", "name="), "No column was found"), (("--match", "nope"), "cannot be matched"),
    (("--encoding", "klingon"), "no text encoding"),
])
def test_a_wrong_wish_is_told_in_a_sentence(run: Run, shop: str, flags: tuple[str, str], why: str) -> None:
    assert why in run("import", shop, table("c.csv", CUSTOMERS), "--as", "customers", *flags).refused
    assert names(run) == []


def test_match_finds_records_by_another_field(run: Run, shop: str) -> None:
    run("import", shop, table("c.csv", CUSTOMERS), "--as", "customers")
    said = run("import", shop, table("n.csv", "name,email\nAminah Runcit,A@B.my\n"), "--as", "customers", "--match",
               "emails", "--json").json
    assert (said["created"], said["updated"]) == (0, 1)
    assert names(run)[0] == "Aminah Runcit"


def test_a_dry_run_shows_and_changes_nothing(run: Run, shop: str) -> None:
    before = Path(shop).read_bytes()
    said = run("import", shop, table("c.csv", CUSTOMERS), "--as", "customers", "--dry-run", "--json").json
    assert sorted(said) == ["also_created", "created", "preview", "problems", "read", "skipped", "updated"]
    assert (said["created"], len(said["preview"]), said["preview"][0]["row"]) == (2, 2, 2)
    assert said["preview"][0]["name"] == "Aminah"
    assert Path(shop).read_bytes() == before


def test_names_stay_as_in_the_cell_and_ids_ascend_in_the_files_order(run: Run, shop: str) -> None:
    written = ["NULL", "N/A", "-", "True", "TRUE", "0", "=1+1", "O'Brien; DROP TABLE", "<b>x</b>", "007", "1e5"]
    run("import", shop, table("c.csv", "name\n" + "".join(f"  {name} \n" for name in written)), "--as", "customers")
    assert names(run) == written


def test_a_deal_with_one_product_has_one_line(run: Run, shop: str) -> None:
    run("import", shop, table("p.csv", "name,price\nGTX Pro,100\n"), "--as", "products")
    run("import", shop, table("d.csv", "name,product,amount\nBig,GTXPro,1234.50\n"), "--as", "deals")
    deal = run("list", shop, "deals", "--json").json[0]
    assert deal["amount"] == "1234.50"
    assert [(line["product"], line["quantity"], line["price"]) for line in deal["lines"]] == [
        ("GTX Pro", "1", "1234.50")]


def test_wrong_usage(run: Run, shop: str) -> None:
    file = table("c.csv", CUSTOMERS)
    assert run("import", shop, file).code == 2
    assert run("import", shop, file, "--as", "dragons").code == 2
    assert run("import", shop, "--as", "customers").code == 2


LIST = "ID,Name,Phone,City,Status\nC1,Aminah,012-345 6789,Ipoh,Kawan\nC2,Ali,013-222 3333,Melaka,Hot lead\n"


def test_rows_words_and_changes_of_a_list(run: Run, shop: str) -> None:
    said = run("import", shop, table("l.csv", LIST), "--as", "customers", "--rows", "2", "--json").json
    assert (said["read"], said["created"], said["parked"]) == (1, 1, 1)
    assert names(run) == ["Ali"]
    said = run("import", shop, table("l.csv", LIST), "--as", "customers", "--value", "Status: Kawan=customer", "--json")
    assert (said.json["created"], said.json["skipped"], said.json["problems"]) == (1, 1, [])
    newer = table("n.csv", "ID,Name,Phone,City\nC1,Aminah,012-999 8888,\nC2,Ali bin Abu,013-222 3333,Johor\n")
    shown = run("import", shop, newer, "--as", "customers", "--replace", "--empty", "--keep", "name", "--dry-run",
                "--json").json["differences"]
    assert [(item["name"], item["field"], item["before"], item["after"]) for item in shown] == [
        ("Aminah", "city", "Ipoh", ""), ("Aminah", "phones", "012-345 6789", "012-999 8888"),
        ("Ali", "city", "Melaka", "Johor")]
    plain = run("import", shop, newer, "--as", "customers", "--dry-run").out
    assert "Row 3, Ali, City: Melaka → Johor" in plain
    assert "counted from 1" in run("import", shop, newer, "--as", "customers", "--rows", "x").refused
    assert "Column: word=meaning" in run("import", shop, newer, "--as", "customers", "--value", "x").refused


def test_company_person_and_deal_in_one_row(run: Run, shop: str) -> None:
    file = table("p.csv", "Person - Name,Person - Phone,Organization - Name,Deal - Title,Deal - Value\n"
                          "Siti,012-345 6789,Maju,Tiles,1200\nLim,,Maju,,\n")
    said = run("import", shop, file, "--as", "contacts", "--json").json
    assert (said["created"], said["also_created"]) == (2, {"customers": 1, "deals": 1})
    assert said["shape"].startswith("pipedrive")
    assert [(row["name"], row["customer"]) for row in run("list", shop, "contacts", "--json").json] == [
        ("Siti", "Maju"), ("Lim", "Maju")]
    assert run("undo", shop).code == 0
    assert names(run) == []
