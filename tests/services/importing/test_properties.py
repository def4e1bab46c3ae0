"""Whatever a table holds: its undo gives the file back, its second import changes nothing, every row is counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.errors import CrmError
from desktop_crm.services import importing
from desktop_crm.services.book import Book
from tests.books import dump, new_book, undo_all
from tests.services.importing.tables import cells

COLUMNS = {
    "customers": ("id", "name", "company", "seller", "phone", "email", "tags", "created", "status",
                  "employees", "country"),
    "deals": ("id", "name", "customer", "seller", "product", "stage", "status", "created",
              "close date", "amount", "qty"),
    "payments": ("name", "customer", "amount", "date"), "contacts": ("name", "company", "phone", "email", "created"),
}
CELLS = st.one_of(
    st.sampled_from(["", "Ali", "ali", "A.li", "NULL", "-", "7", "1,5", "1.234,50", "2026-01-02", "03/04/2026",
                     "Won", "Lost", "Maju", "True", "x@y.my", "012-345 6789", "abc", "(5)", "hot", "New", "Malaysia"]),
    st.text(max_size=8), st.none(), st.integers(-5, 60000), st.booleans(), st.floats(-10, 50000),
    st.dates(), st.datetimes())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = new_book(tmp_path_factory.mktemp("properties") / "shop.crm")
    yield made
    made.close()


@pytest.mark.parametrize("kind", COLUMNS)
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_table(shop: Book, kind: str, data: st.DataObject) -> None:
    columns = COLUMNS[kind]
    rows = data.draw(st.lists(st.tuples(*[CELLS] * len(columns)), min_size=1, max_size=6))
    more = data.draw(st.lists(st.tuples(*[CELLS] * len(columns)), min_size=1, max_size=4))
    overrides = list(zip(columns, ("external_id" if name == "id" else name for name in columns), strict=True))
    undo_all(shop)  # of an example that failed
    states = [dump(shop)]
    for table in (cells(columns, *rows), cells(columns, *more, *rows)):
        try:
            result = importing.run(shop, table, kind, overrides=overrides)
        except CrmError:
            assert dump(shop) == states[-1]
            continue
        assert result.read == len(table.rows) == result.created + result.updated + result.skipped
        if result.changes is not None:
            states.append(dump(shop))
        again = importing.run(shop, table, kind, overrides=overrides)
        assert (again.created, again.also_created) == (0, {})
        if again.changes is not None:
            states.append(dump(shop))
    for state in states[-2::-1]:
        shop.undo()
        assert dump(shop) == state


TOGETHER = ("Person - Name", "Person - Phone", "Organization - Name", "Organization - Website", "Organization - Tags",
            "Deal - Title", "Deal - Value", "Deal - Stage", "Organization - Status")


@pytest.mark.parametrize("kind", ["contacts", "customers", "deals"])
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_sheet_of_several_kinds_with_updates(shop: Book, kind: str, data: st.DataObject) -> None:
    names = st.sampled_from(["Ali", "Siti", "Maju", "", "Lim, Ah Kow"])
    row = st.tuples(names, CELLS, names, CELLS, CELLS, CELLS, CELLS, CELLS, CELLS)
    undo_all(shop)
    states = [dump(shop)]
    for _ in range(3):
        table = cells(TOGETHER, *data.draw(st.lists(row, min_size=1, max_size=5)))
        chosen = data.draw(st.sets(st.integers(0, len(table.rows) - 1), min_size=1))
        wishes = importing.Wishes(empties=data.draw(st.booleans()), replaces=data.draw(st.booleans()),
                                  values=["Organization - Status: Ali=hot"])
        try:
            shown = importing.run(shop, table, kind, wishes=wishes, rows=chosen, dry_run=True)
            result = importing.run(shop, table, kind, wishes=wishes, rows=chosen)
        except CrmError:
            assert dump(shop) == states[-1]
            continue
        assert (shown.created, shown.updated, shown.also_created) == (
            result.created, result.updated, result.also_created)
        assert result.read == len(chosen) == result.created + result.updated + result.skipped
        if result.changes is not None:
            states.append(dump(shop))
    for state in states[-2::-1]:
        shop.undo()
        assert dump(shop) == state
