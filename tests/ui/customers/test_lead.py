"""What stands on the card of a lead: the score and its reasons, heat by hand, ticks, and the conversion."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import checklists, customers, deals, scoring, segments
from desktop_crm.services.book import Book
from desktop_crm.ui.customers.lead_strip import LeadStrip
from tests.ui.customers.conftest import Shown

LEAD = "Faridah binti Ismail"


def strip(shown: Shown) -> LeadStrip:
    return shown.page.card.lead


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def pick(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def rules(book: Book) -> None:
    person = CustomerFilter(states=("lead",))
    for name, wanted, points in (("A lead", person, 30), ("No next step", CustomerFilter(no_next_step=True), -5),
                                 ("Starred", CustomerFilter(starred=True), 15)):
        scoring.add(book, {"name": name, "filter": segments.stored(wanted), "points": points})


def test_the_strip_is_the_leads_alone(shown: Shown) -> None:
    shown.select("Aminah Runcit Enterprise")
    shown.settle()
    assert not strip(shown).isVisible()
    shown.select(LEAD)
    shown.settle()
    assert strip(shown).isVisible() and strip(shown).score.label() == "No score"
    assert texts(strip(shown).score_menu) == ["There are no score rules yet.", "Score rules…"]
    assert not any(chip.isVisible() for chip in strip(shown).lists.values()) and strip(shown).convert.isVisible()


def test_each_point_is_explained_and_leads_to_its_rule(shown: Shown) -> None:
    rules(shown.page.book)
    shown.select(LEAD)
    shown.settle()
    assert strip(shown).score.label() == "Score 25"
    assert texts(strip(shown).score_menu) == ["+30   A lead", "-5   No next step", "Score rules…"]
    pick(strip(shown).score_menu, "-5   No next step")
    assert ("settings:scoring/2",) in shown.wishes


def test_heat_is_set_by_hand_and_given_back(shown: Shown) -> None:
    book = shown.page.book
    rules(book)
    lead = shown.select(LEAD)
    shown.settle()
    assert strip(shown).heat.label() == "Heat by hand"  # it was entered cold
    pick(strip(shown).heat_menu, "By the score: Warm")
    shown.settle()
    assert strip(shown).heat.label() == "Heat by score" and customers.card(book, lead).values["heat"] == "warm"
    pick(strip(shown).heat_menu, "Hot")
    shown.settle()
    assert strip(shown).heat.label() == "Heat by hand" and customers.card(book, lead).values["heat"] == "hot"
    book.undo()
    shown.settle()
    assert strip(shown).heat.label() == "Heat by score"


def test_an_old_score_says_so_and_is_brought_up_to_date(shown: Shown) -> None:
    book = shown.page.book
    rules(book)
    lead = shown.select(LEAD)
    with book.work("As of an older day") as work:
        work.connection.exec_driver_sql("UPDATE customers SET score = 99 WHERE id = ?", (lead,))
    shown.settle()
    assert strip(shown).score.label() == "Score 25"
    pick(strip(shown).score_menu, "The list still says 99: bring it up to date")
    shown.settle()
    assert customers.card(book, lead).values["score"] == 25
    assert "The list still says 99: bring it up to date" not in texts(strip(shown).score_menu)


def test_ticks_show_their_day_and_a_complete_list_offers_more(shown: Shown) -> None:
    book = shown.page.book
    for name in ("Budget", "Need"):
        checklists.add(book, "sales", name)
    lead = shown.select(LEAD)
    shown.settle()
    chip, menu = strip(shown).lists["sales"], strip(shown).list_menus["sales"]
    assert chip.label() == "Sales 0/2" and not strip(shown).qualify.isVisible()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    first, second = menu.actions()[:2]
    menu.setActiveAction(first)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    shown.settle()
    assert menu.isVisible() and first.text() == "Budget   21 Nov 2026" and chip.label() == "Sales 1/2"
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(second).center())
    shown.settle()
    assert menu.isVisible() and chip.label() == "Sales 2/2"
    menu.close()
    assert customers.card(book, lead).values["lead_state"] == "new" and strip(shown).qualify.isVisible()
    QTest.mouseClick(strip(shown).qualify, Qt.MouseButton.LeftButton)
    shown.settle()
    assert customers.card(book, lead).values["lead_state"] == "qualified" and not strip(shown).qualify.isVisible()
    first.trigger()
    shown.settle()
    assert chip.label() == "Sales 1/2"


def test_a_lead_becomes_a_company_with_a_contact_and_a_deal(shown: Shown) -> None:
    book = shown.page.book
    lead = shown.select(LEAD)
    shown.settle()
    QTest.mouseClick(strip(shown).convert, Qt.MouseButton.LeftButton)
    pane = shown.page.card.pane
    assert pane is not None
    form = pane.form
    assert form.editor("contact").value() == LEAD
    form.editor("amount").setText("1200")
    form.submit()
    assert shown.page.card.pane is pane  # an amount wants the name of a deal
    form.editor("company").setText("Faridah Tiles Sdn Bhd")
    form.editor("deal").setText("Showroom floor")
    form.submit()
    shown.settle()
    card = customers.card(book, lead)
    assert (card.values["name"], card.values["state"], card.contacts[0].name) == (
        "Faridah Tiles Sdn Bhd", "customer", LEAD)
    assert "Showroom floor" in [row.name for row in deals.rows(book, deals.list_ids(book))]
    assert shown.bar.text() == "“Faridah Tiles Sdn Bhd” is a customer now." and not strip(shown).isVisible()
    shown.bar._action.click()
    shown.settle()
    assert customers.card(book, lead).values["state"] == "lead"


def test_who_is_no_lead_is_told(shown: Shown) -> None:
    shown.select("Shop 9")
    shown.settle()
    shown.page.card.leads.convert()
    assert shown.page.card.pane is None and shown.bar.text() == "“Shop 9” is no lead."


def test_the_scores_of_all_leads_are_brought_up_to_date(shown: Shown) -> None:
    rules(shown.page.book)
    shown.page.list_acts.rescore()
    shown.settle()
    assert shown.bar.text() == "All scores were up to date."
