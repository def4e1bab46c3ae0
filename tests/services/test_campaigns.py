"""Campaigns: their figures by hand, refusals, and the field on customers in history, import, export and merging."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_crm import i18n
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import (
    campaigns,
    conversion,
    customers,
    deals,
    history,
    importing,
    listing,
    merging,
    outgoing_lists,
)
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import dump, undo_all


def _won(book: Book, customer: int, amount: int, currency: str = "") -> None:
    deal = deals.add(book, {"name": "Deal", "customer_id": customer, "amount": amount})
    if currency:
        with book.work("Another currency") as work:
            records.save(work.connection, "deals", deal, {"currency": currency})
    stage = next(one for one in deals.all_pipelines(book)[0].stages if one.kind == "won")
    deals.move(book, [deal], stage.id)


def test_the_figures_of_a_campaign(shop: Book) -> None:
    """Cost 1000.00; 3 leads, one converted with 2500.00, one of the others bought for 500.00 JPY and 0 else.

    Cost per lead 1000.00 / 3 = 333.33; return (2500 − 1000) / 1000 = 1.5.
    """
    fair = campaigns.add(shop, {"name": "Fair", "cost": 100_000, "from_on": date(2026, 11, 1)})
    a, _, c = (customers.add(shop, {"name": name, "campaign_id": fair}) for name in "abc")
    customers.add(shop, {"name": "came as a customer", "state": "customer", "campaign_id": fair})
    customers.add(shop, {"name": "another"})
    _won(shop, a, 250_000)
    _won(shop, c, 500, "JPY")
    customers.edit(shop, c, {"state": "inactive"})
    row, = campaigns.all_campaigns(shop)
    assert (row.leads, row.converted, row.won, row.others) == (3, 2, 250_000, (("JPY", 500),))
    assert (row.cost_per_lead, row.return_) == (33_333, 1.5)


def test_nothing_to_divide_by_is_no_figure(shop: Book) -> None:
    for name, cost in (("unknown", None), ("nothing", 0), ("alone", 5000)):
        campaigns.add(shop, {"name": name, "cost": cost})
    found = {row.name: (row.leads, row.cost_per_lead, row.return_) for row in campaigns.all_campaigns(shop)}
    assert found == {"unknown": (0, None, None), "nothing": (0, None, None), "alone": (0, None, -1.0)}
    nothing = next(row.id for row in campaigns.all_campaigns(shop) if row.name == "nothing")
    customers.add(shop, {"name": "a", "campaign_id": nothing})
    row = next(row for row in campaigns.all_campaigns(shop) if row.id == nothing)
    assert (row.cost_per_lead, row.return_) == (0, None)


def test_what_is_refused(shop: Book) -> None:
    fair = campaigns.add(shop, {"name": "Fair", "from_on": date(2026, 11, 5)})
    before = dump(shop)
    for values, at in (({"name": "fAir"}, "name"), ({"name": ""}, "name"), ({"name": "x", "cost": -1}, "cost"),
                       ({"name": "x", "from_on": date(2026, 2, 2), "until_on": date(2026, 2, 1)}, "until_on")):
        with pytest.raises(InvalidInput) as refused:
            campaigns.add(shop, values)
        assert refused.value.at == at
    with pytest.raises(InvalidInput):
        campaigns.edit(shop, fair, {"until_on": date(2026, 11, 4)})
    assert dump(shop) == before
    campaigns.edit(shop, fair, {"name": "Fair", "until_on": date(2026, 11, 5)})


def test_the_running_one_of_a_source(shop: Book) -> None:
    one, other = (row[0] for row in _sources(shop)[:2])
    campaigns.add(shop, {"name": "over", "source_id": one, "until_on": date(2026, 11, 20)})
    campaigns.add(shop, {"name": "to come", "source_id": one, "from_on": date(2026, 11, 22)})
    older = campaigns.add(shop, {"name": "older", "source_id": one, "from_on": date(2026, 1, 1)})
    assert campaigns.running(shop, one) == older
    newer = campaigns.add(shop, {"name": "newer", "source_id": one, "from_on": date(2026, 11, 21),
                                 "until_on": date(2026, 11, 21)})
    assert campaigns.running(shop, one) == newer
    assert campaigns.running(shop, other) is None and campaigns.running(shop, None) is None


def _sources(book: Book) -> list[tuple[int, str]]:
    from desktop_crm.services import business

    return [(one.id, one.name) for one in business.choices(book, "sources")]


def test_the_campaign_of_a_customer_goes_everywhere(shop: Book, tmp_path: Path) -> None:
    fair = campaigns.add(shop, {"name": "Fair 2026"})
    a, b = customers.add(shop, {"name": "Aminah"}), customers.add(shop, {"name": "Aminah B"})
    customers.edit(shop, a, {"campaign_id": fair})
    assert "Campaign: — → Fair 2026" in [change.sentence for change in history.changes(
        shop, i18n.language("en"), "customers", a)]
    assert customers.card(shop, a).names["campaign"] == "Fair 2026"
    assert listing.rows(shop, "customers")[0]["campaign"] == "Fair 2026"
    table = outgoing_lists.table(shop, "customers", [a, b]).tables[0]
    column = [one.title for one in table.columns].index("Campaign")
    assert [row[column] for row in table.rows] == ["Fair 2026", None]
    merging.merge(shop, b, [a])
    assert customers.card(shop, b).values["campaign_id"] == fair
    sheet = tmp_path / "leads.csv"
    sheet.write_text("Name,State,Campaign\nMing,Lead,fair 2026\nSiti,Lead,Leaflets\n", "utf-8")
    done = importing.run(shop, sheet, "customers")
    assert (done.created, done.also_created) == (2, {"campaigns": 1})
    found = {row.name: row.leads for row in campaigns.all_campaigns(shop)}
    assert found == {"Fair 2026": 2, "Leaflets": 1}


def test_deleting_one_keeps_who_came_by_it(shop: Book) -> None:
    empty = dump(shop)
    fair = campaigns.add(shop, {"name": "Fair"})
    lead = customers.add(shop, {"name": "a", "campaign_id": fair})
    before = dump(shop)
    campaigns.delete(shop, [fair])
    assert customers.card(shop, lead).values["campaign_id"] is None
    shop.undo()
    assert dump(shop) == before
    assert undo_all(shop) == 2 and dump(shop) == empty


def test_a_lead_that_becomes_one_with_a_customer_stays_in_its_campaigns_count(shop: Book) -> None:
    fair = campaigns.add(shop, {"name": "Fair", "from_on": date(2026, 11, 1)})
    known = customers.add(shop, {"name": "Maju", "state": "customer"})
    deals.add(shop, {"name": "old", "customer_id": known, "amount": 7_000, "stage_id": 6,
                     "closed_on": date(2026, 3, 1)})
    merged, converted = (customers.add(shop, {"name": name, "campaign_id": fair}) for name in ("Maju 2", "Maju 3"))
    other = customers.add(shop, {"name": "Sama", "state": "customer"})
    before = dump(shop)
    merging.merge(shop, known, [merged])
    conversion.convert(shop, converted, conversion.Plan(into=other, deal="Tiles", amount=1_000))
    row, = campaigns.all_campaigns(shop)
    assert (row.leads, row.converted) == (2, 2)
    assert row.won == 0, "what was won before the campaign it did not bring"
    assert customers.card(shop, known).names["campaign"] == "Fair"
    shop.undo()
    shop.undo()
    assert dump(shop) == before


def test_a_campaign_that_the_kept_one_does_not_stand_for_is_told_in_the_notes(shop: Book) -> None:
    fair, mail = (campaigns.add(shop, {"name": name}) for name in ("Fair", "Mail"))
    known = customers.add(shop, {"name": "Maju", "state": "customer", "campaign_id": mail, "notes": "old"})
    one, two, three = (customers.add(shop, {"name": name, "campaign_id": fair}) for name in "abc")
    shown = {line.field.key: line.result for line in merging.preview(shop, known, [one, two]).lines}
    assert shown["notes"] == "old\nCampaign: Fair"
    merging.merge(shop, known, [one, two])
    conversion.convert(shop, three, conversion.Plan(into=known))
    values = customers.card(shop, known).values
    assert (values["campaign_id"], values["notes"].count("Campaign: Fair")) == (mail, 1)
