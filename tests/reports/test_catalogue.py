"""The catalogue and the errors of asking for what is not in it."""

from __future__ import annotations

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.reports.catalogue import ENTRIES
from desktop_crm.services import reports
from desktop_crm.services.book import Book


def test_every_report_of_the_catalogue_is_made_by_every_cut(shop: Book) -> None:
    for entry in reports.catalogue():
        for cut in ("", *(key for key, _ in entry.cuts)):
            report = reports.build(shop, entry.name, cut=cut)
            assert (report.name, report.title) == (entry.name, entry.title)
            for table in report.tables:
                assert {len(row) for row in table.rows} <= {len(table.columns)}
                assert table.totals is None or len(table.totals) == len(table.columns)
                assert len(table.filters) in (0, len(table.rows))
                assert len(table.ids) in (0, len(table.rows))


def test_each_report_is_titled_grouped_and_described() -> None:
    names = [entry.name for entry in ENTRIES]
    assert names[0] == "daily"
    assert {"daily", "pipeline", "owed", "sales", "deals", "tasks", "customers"} == set(names)
    assert all(entry.title and entry.group and entry.description for entry in ENTRIES)


def test_an_unknown_report_names_the_known_ones(shop: Book) -> None:
    with pytest.raises(InvalidInput, match="daily, sales, pipeline"):
        reports.build(shop, "weekly")


def test_an_unknown_cut_names_the_known_ones(shop: Book) -> None:
    with pytest.raises(InvalidInput, match="seller, team, region, product"):
        reports.build(shop, "sales", cut="moon")
    with pytest.raises(InvalidInput, match="not divided by anything"):
        reports.build(shop, "pipeline", cut="seller")
