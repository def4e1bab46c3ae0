"""How a customer stands, on the card and in the list: what is said, what it follows from, and who else is like that."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from desktop_crm.services import activities, deals, rfm
from desktop_crm.ui.customers.standing import StandingStrip
from tests.books import bought
from tests.ui.customers.conftest import TODAY, Shown

AMINAH, LEAD, SHOP = "Aminah Runcit Enterprise", "Faridah binti Ismail", "Shop 9"


def strip(shown: Shown) -> StandingStrip:
    return shown.page.card.standing


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def said(shown: Shown) -> dict[str, str]:
    return {key: chip.label().replace("\xa0", " ") for key, chip in strip(shown).chips.items() if chip.isVisible()}


def test_the_card_says_how_a_buyer_stands_and_why(shown: Shown) -> None:
    bought(shown.page.book, 1, (3, 430_000), (20, 70_000), (400, 400_000))
    shown.settle()
    shown.select(AMINAH)
    shown.settle()
    assert said(shown) == {"activity": "In touch", "stage": "Repeat buyer", "revenue": "RM 5,000  +25 %",
                           "rfm": "Promising 523"}
    menus = {key: texts(menu) for key, menu in strip(shown).menus.items()}
    more = ["Show all who are alike", "How this is counted…"]
    assert menus["activity"] == [
        "Last contact: Thursday, 19 November 2026", "Last purchase: Wednesday, 18 November 2026",
        "Active: within 90 days. Quiet: within 180. Dormant: longer ago.", *more]
    assert menus["stage"] == ["3 purchases in all", "Lapsed: no purchase for 180 days.", *more]
    assert menus["revenue"] == ["Bought in the last 12 months: RM 5,000", "In the 12 months before: RM 4,000",
                                "Won deals, returns taken off.", more[1]]
    assert menus["rfm"] == ["bought 3 days ago: 5", "2 purchases: 2", "RM 5,000: 3", "Of the last 12 months. "
                            "The scores follow from fixed limits: there are few buyers.", *more]
    assert "bought 3 days ago: 5 · 2 purchases: 2" in strip(shown).chips["rfm"].toolTip()


def test_a_lead_has_its_state_and_no_rfm_and_another_customer_takes_its_place(shown: Shown) -> None:
    bought(shown.page.book, 5, (300, 100_000))
    shown.settle()
    shown.select(LEAD)
    shown.settle()
    assert said(shown) == {"activity": "No contact yet", "stage": "New"}
    shown.select(SHOP)
    shown.settle()
    assert said(shown) == {"activity": "Dormant", "stage": "Lapsed", "revenue": "RM 1,000", "rfm": "Lost buyers 113"}
    activities.log(shown.page.book, {"kind": "call", "name": "spoke", "customer_id": 5, "on_date": TODAY})
    shown.settle()
    assert said(shown)["activity"] == "In touch"
    rfm.choose(shown.page.book, {"lapse_days": "400"})
    shown.settle()
    assert said(shown)["stage"] == "First purchase"
    shown.page.book.undo()
    shown.settle()
    assert said(shown)["stage"] == "Lapsed"


def test_who_else_is_alike_is_listed_and_the_settings_are_one_step_away(shown: Shown) -> None:
    bought(shown.page.book, 1, (3, 430_000))
    bought(shown.page.book, 5, (4, 430_000))
    shown.settle()
    shown.select(AMINAH)
    shown.settle()
    strip(shown).menus["rfm"].actions()[-1].trigger()
    assert ("settings:buyers/0",) in shown.wishes
    strip(shown).menus["rfm"].actions()[-2].trigger()
    shown.settle()
    assert shown.names() == [AMINAH, SHOP]
    shown.page.bar.clear()
    shown.settle()
    shown.page.sidebar.choose("first")
    shown.settle()
    assert shown.names() == [AMINAH, SHOP] and shown.page.facets.counts["first"] == 2


def cells(shown: Shown, name: str, *keys: str) -> list[str]:
    model = shown.page.model
    row = shown.names().index(name)
    return [str(model.index(row, model.column_of(key)).data()) for key in keys]


def test_the_columns_say_it_too_and_sort_by_it(shown: Shown) -> None:
    book, model = shown.page.book, shown.page.model
    bought(book, 1, (3, 430_000), (20, 70_000), (400, 400_000))
    bought(book, 5, (300, 100_000))
    shown.settle()
    keys = ("activity", "buyer_stage", "revenue", "rfm", "rfm_group")
    for key in keys:
        shown.page.table.show_column(key)
    assert cells(shown, AMINAH, "rfm") == ["—"]  # who asks first is told when all are ranked
    shown.settle()
    assert cells(shown, AMINAH, *keys) == ["In touch", "Repeat buyer", "5,000.00", "523", "Promising"]
    assert cells(shown, SHOP, *keys) == ["Dormant", "Lapsed", "1,000.00", "111", "Lost buyers"]
    assert cells(shown, LEAD, *keys) == ["No contact yet", "Never bought", "—", "—", "—"]
    deal = deals.add(book, {"name": "Big", "customer_id": 5, "amount": 900_000})
    won = next(stage.id for one in deals.all_pipelines(book) for stage in one.stages if stage.kind == "won")
    deals.move(book, [deal], won)
    shown.settle()
    assert cells(shown, SHOP, "activity") == ["In touch"] and cells(shown, SHOP, "rfm")
    shown.settle()
    assert cells(shown, SHOP, *keys) == ["In touch", "Repeat buyer", "10,000.00", "523", "Promising"]
    model.sort(model.column_of("revenue"))
    shown.settle()
    assert shown.names()[:2] == [AMINAH, SHOP]
