"""The command edit: one customer's fields, or a table's, shown before, in one undo step."""

from __future__ import annotations

from tests.cli.conftest import Run, table


def two(run: Run, shop: str) -> None:
    name = table("people.csv", "Name,Phone,City\nSeri Maju,012-345 6789,Ipoh\nAminah binti Ismail,,\n")
    assert run("import", shop, name, "--as", "customers").code == 0


def listed(run: Run, shop: str) -> list[tuple[object, ...]]:
    return [(row["id"], row["name"], row["city"], row["phones"])
            for row in run("list", shop, "customers", "--json").json]


def test_fields_of_one_customer_are_changed_in_one_act(run: Run, shop: str) -> None:
    two(run, shop)
    before = run("list", shop, "customers", "--json").json
    said = run("edit", shop, "customers", 1, "city=Klang", "Phone=", "state=Inactive", "--json").json
    assert said == {"changed": 3, "customers": 1, "problems": [], "differences": [
        {"id": 1, "name": "Seri Maju", "field": "city", "before": "Ipoh", "after": "Klang"},
        {"id": 1, "name": "Seri Maju", "field": "phone", "before": "012-345 6789", "after": ""},
        {"id": 1, "name": "Seri Maju", "field": "state", "before": "Customer", "after": "Inactive"}]}
    assert listed(run, shop)[0] == (1, "Seri Maju", "Klang", [])
    assert run("edit", shop, "customers", 1, "city=Klang").out.startswith("Nothing changes")
    assert run("undo", shop, "--json").json["label"] == "Edit Seri Maju"
    assert run("list", shop, "customers", "--json").json == before


def test_what_cannot_be_is_refused_as_a_whole(run: Run, shop: str) -> None:
    two(run, shop)
    before = run("list", shop, "customers", "--json").json
    assert "is not a choice for State" in run("edit", shop, "customers", 1, "city=Klang", "state=gone").refused
    assert "There is no such customer" in run("edit", shop, "customers", 9, "city=Klang").refused
    assert "“Colour” is not a field" in run("edit", shop, "customers", 1, "Colour=red").refused
    assert "“city” is not field=value" in run("edit", shop, "customers", 1, "city").refused
    assert "Say an ID and field=value" in run("edit", shop, "customers").refused
    assert "Say an ID and field=value" in run("edit", shop, "customers", 1).refused
    assert "Say an ID and field=value" in run("edit", shop, "customers", 1, "city=x", "--from", "a.csv").refused
    assert run("edit", shop, "deals", 1, "name=x").code == 2
    assert run("list", shop, "customers", "--json").json == before


def test_a_table_changes_what_it_names_and_tells_what_cannot_be(run: Run, shop: str) -> None:
    two(run, shop)
    before = run("list", shop, "customers", "--json").json
    name = table("fixed.csv", "ID,Name,City,E-mail\n2,,Penang,aminah@x.my\n1,Seri Maju Sdn Bhd,,wrong\n"
                              "7,Nobody,,\nx,,,\n")
    plan = run("edit", shop, "customers", "--from", name, "--dry-run", "--json").json
    assert [(one["id"], one["field"], one["after"]) for one in plan["differences"]] == [
        (2, "city", "Penang"), (2, "email", "aminah@x.my"), (1, "name", "Seri Maju Sdn Bhd")]
    assert [(one["row"], one["id"], one["message"]) for one in plan["problems"]] == [
        (3, 1, "“wrong” is not an e-mail address. Nothing was saved."),
        (4, 7, "There is no such customer in the file."), (5, 0, "There is no such customer in the file.")]
    assert run("list", shop, "customers", "--json").json == before

    said = run("edit", shop, "customers", "--from", name)
    assert said.code == 0 and "2 Aminah binti Ismail, City: — → Penang" in said.out and "Row 4, Name" in said.err
    assert listed(run, shop) == [(1, "Seri Maju Sdn Bhd", "Ipoh", ["012-345 6789"]),
                                 (2, "Aminah binti Ismail", "Penang", [])]
    emptied = table("empty.csv", "id,City\n1,\n")
    assert run("edit", shop, "customers", "--from", emptied, "--json").json["changed"] == 0
    assert run("edit", shop, "customers", "--from", emptied, "--empty", "--json").json["changed"] == 1
    run("undo", shop)
    assert run("undo", shop, "--json").json["label"] == "Edit 2 customers"
    assert run("list", shop, "customers", "--json").json == before


def test_a_table_needs_numbers_and_known_headings(run: Run, shop: str) -> None:
    two(run, shop)
    assert "no column “id”" in run("edit", shop, "customers", "--from", table("a.csv", "Name,City\nA,B\n")).refused
    assert "“Paid” is not a field" in run("edit", shop, "customers", "--from", table("b.csv", "id,Paid\n1,5\n")).refused
    only = table("c.csv", "id,State\n1,gone\n")
    assert run("edit", shop, "customers", "--from", only).code == 1
