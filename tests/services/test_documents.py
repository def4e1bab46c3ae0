"""Papers made out of the book: every figure by hand, and nothing that the export would refuse."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.domain import documents as papers
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.domain.sales import GiveBack, Sale
from desktop_crm.domain.values import Period
from desktop_crm.services import accounts, business, customers, deals, documents, receipts, sales
from desktop_crm.services.book import Book
from tests.books import TODAY, new_book

LOGO = (b"\x89PNG\r\n\x1a\n" + b"x" * 90)
RICE, SUGAR = DealLine(None, "Rice", 2000, 2590), DealLine(None, "Sugar", 1500, 285)  # 51.80 and 4.275 → 4.28


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    business.set_business(made, {"name": "Kedai Bukit", "address": "1 Jalan Bukit\n40000 Shah Alam",
                                 "registration": "202401000123", "tax_number": "C1234567890", "receipt_note": "Thanks"})
    customers.add(made, {"name": "Ming", "invoice_title": "小明科技有限公司", "tax_number": "12345675", "country": "TW",
                         "language": "zh_TW", "address": "1 Road", "postcode": "110", "city": "Taipei"},
                  phones=["02-2771 0094"], emails=["a@ming.tw"])
    yield made
    made.close()


def receipt_of(book: Book, taking: str | None) -> papers.Receipt:
    assert taking is not None
    given = receipts.issue(book, taking)
    paper, _ = documents.receipt(book, given.id)
    papers.check(paper)
    return paper


def test_a_receipt_has_the_sales_lines_and_what_is_owed_after_it(book: Book) -> None:
    sold = sales.sell(book, Sale(customer_id=1, lines=(RICE, SUGAR), paid=2000))
    paper = receipt_of(book, sold.taking)
    assert (paper.number, paper.on_date, paper.paid, paper.balance_after) == ("000001", TODAY, 2000, 3608)
    assert [(line.text, line.quantity, line.price, line.amount) for line in paper.lines] == [
        ("Rice", 2000, 2590, 5180), ("Sugar", 1500, 285, 428)]
    assert (paper.sums.total, paper.paid_before, paper.method, paper.notes) == (5608, 0, "Cash", "Thanks")
    assert paper.seller.numbers[0][1] == "202401000123" and paper.seller.numbers[1] == ("TIN", "C1234567890")
    assert paper.buyer == papers.Party("Ming", "小明科技有限公司", ("1 Road", "110 Taipei"), "02-2771 0094",
                                       "a@ming.tw", (("統一編號", "12345675"),))


def test_the_second_payment_of_a_sale_knows_the_first(book: Book) -> None:
    sales.sell(book, Sale(customer_id=1, total=10000, paid=3000, on=date(2026, 11, 1)))
    paper = receipt_of(book, accounts.receive(book, 1, 5000).taking)
    assert (paper.paid_before, paper.paid, paper.balance_after, paper.sums.total) == (3000, 5000, 2000, 10000)


def test_money_for_several_sales_names_them(book: Book) -> None:
    for note in ("Tiles", "Grout"):
        sales.sell(book, Sale(customer_id=1, total=1000, paid=0, note=note))
    paper = receipt_of(book, accounts.receive(book, 1, 1500).taking)
    assert (paper.lines, paper.for_what, paper.sums.total) == ((), "Tiles、Grout", 1500)  # the customer reads Chinese


def test_a_walk_ins_receipt_has_no_buyer_and_no_balance(book: Book) -> None:
    paper = receipt_of(book, sales.sell(book, Sale(total=1250)).taking)
    assert (paper.buyer, paper.balance_after, paper.for_what) == (None, None, "")


def test_a_refunds_receipt_is_below_zero(book: Book) -> None:
    sold = sales.sell(book, Sale(customer_id=1, lines=(SUGAR,)))
    back = sales.give_back(book, GiveBack(deal_id=sold.deal_id, lines=(SUGAR,)))
    paper = receipt_of(book, back.taking)
    assert (paper.paid, paper.refund, paper.lines[0].amount) == (-428, True, -428)


def test_a_voided_receipt_says_so(book: Book) -> None:
    sold = sales.sell(book, Sale(total=1250, receipt=True))
    book.undo()
    paper, _ = documents.receipt(book, documents.receipt_numbered(book, "1").id)
    assert (paper.voided, paper.number, sold.receipt) == (True, "000001", 1)
    with pytest.raises(NotFound):
        documents.receipt_numbered(book, "2")


def test_a_quotation_turns_a_lower_amount_into_a_discount_and_a_higher_one_into_a_surcharge(book: Book) -> None:
    deal = deals.add(book, {"name": "Kitchen", "customer_id": 1, "expected_on": date(2026, 12, 24)}, [RICE, SUGAR])
    whole, words = documents.quotation(book, deal)
    assert (words.code, whole.sums.total, whole.sums.discount, whole.valid_until) == (
        "zh_TW", 5608, 0, date(2026, 12, 24))
    deals.edit(book, deal, {"amount": 5000})
    less, _ = documents.quotation(book, deal, date(2026, 12, 1))
    assert (less.sums.subtotal, less.sums.discount, less.sums.total, less.valid_until) == (
        5608, 608, 5000, date(2026, 12, 1))
    deals.edit(book, deal, {"amount": 6000})
    more, _ = documents.quotation(book, deal)
    assert (len(more.lines), more.lines[2].amount, more.sums.total, more.sums.discount) == (3, 392, 6000, 0)
    for paper in (whole, less, more):
        papers.check(paper)


def test_a_deal_of_an_amount_alone_is_one_line_and_of_nothing_no_offer(book: Book) -> None:
    paper, _ = documents.quotation(book, deals.add(book, {"name": "Roof", "amount": 90000}))
    assert [(line.text, line.amount) for line in paper.lines] == [("Roof", 90000)]
    with pytest.raises(InvalidInput):
        documents.quotation(book, deals.add(book, {"name": "Idea"}))


def test_a_line_without_a_price_has_the_rest_of_the_amount(book: Book) -> None:
    deal = deals.add(book, {"name": "Kitchen", "amount": 9000}, [RICE, DealLine(None, "Fitting")])
    paper, _ = documents.quotation(book, deal)
    assert [line.amount for line in paper.lines] == [5180, 3820] and paper.sums.discount == 0
    papers.check(paper)


def test_a_statement_runs_from_the_opening_to_the_closing_balance(book: Book) -> None:
    sales.sell(book, Sale(customer_id=1, total=10000, paid=0, on=date(2026, 8, 10), note="Tiles"))
    accounts.receive(book, 1, 4000, on=date(2026, 9, 1))
    sold = sales.sell(book, Sale(customer_id=1, total=5000, paid=1000, on=date(2026, 10, 5), note="Grout"))
    sales.give_back(book, GiveBack(deal_id=sold.deal_id, amount=500, refund=0, on=date(2026, 10, 6)))
    accounts.receive(book, 1, 300, "cheque")
    whole, _ = documents.statement(book, 1)
    papers.check(whole)
    assert [(row.charge, row.payment, row.balance) for row in whole.rows] == [
        (10000, 0, 10000), (0, 4000, 6000), (5000, 0, 11000), (0, 1000, 10000), (-500, 0, 9500)]
    assert (whole.opening, whole.closing, whole.on_the_way, whole.ages) == (0, 9500, 300, (0, 0, 4000, 0, 5500))
    part, _ = documents.statement(book, 1, Period(date(2026, 9, 1), date(2026, 10, 6)))
    papers.check(part)
    assert (part.opening, len(part.rows), part.closing, part.ages, part.on_the_way) == (10000, 3, 10000, None, 0)


def test_a_statement_of_nothing_is_empty(book: Book) -> None:
    paper, _ = documents.statement(book, 1)
    papers.check(paper)
    assert (paper.rows, paper.opening, paper.closing) == ((), 0, 0)


def offered(book: Book, **settings: str) -> papers.Quotation:
    """A quotation of the kitchen for 50.00 instead of 56.08, with these settings."""
    business.set_business(book, settings)
    deal = deals.add(book, {"name": "Kitchen", "customer_id": 1, "amount": 5000}, [RICE, SUGAR])
    paper, _ = documents.quotation(book, deal)
    papers.check(paper)
    return paper


def test_taxes_are_added_on_top_of_the_sum_less_the_discount(book: Book) -> None:
    paper = offered(book, tax_lines='[["SST", 8000], ["Levy", 250]]', tax_included="0")
    # 56.08 − 6.08 = 50.00; 8 % is 4.00, 0.25 % is 0.125 → 0.13; 54.13 in all
    assert (paper.sums.subtotal, paper.sums.discount, paper.sums.total) == (5608, 608, 5413)
    assert [(tax.name, tax.amount, tax.included) for tax in paper.sums.taxes] == [
        ("SST", 400, False), ("Levy", 13, False)]


def test_taxes_that_the_prices_hold_leave_the_total_as_it_is(book: Book) -> None:
    paper = offered(book, tax_lines='[["SST", 8000]]', tax_included="1")
    assert (paper.sums.total, paper.sums.discount) == (5000, 608)
    assert [(tax.amount, tax.included) for tax in paper.sums.taxes] == [(370, True)]  # 50.00 × 8 ÷ 108 = 3.7037


@pytest.mark.parametrize(("expected", "days", "until"), [
    (date(2026, 12, 24), "14", date(2026, 12, 24)), (None, "14", date(2026, 12, 5)), (TODAY, "14", TODAY),
    (date(2026, 11, 20), "14", date(2026, 12, 5)),  # the expected day is over: an offer of today cannot end before it
    (None, "", None), (date(2026, 11, 20), "", None)])
def test_an_offer_holds_until_the_expected_day_or_for_the_days_that_offers_hold(
    book: Book, expected: date | None, days: str, until: date | None
) -> None:
    business.set_business(book, {"quotation_days": days})
    paper, _ = documents.quotation(book, deals.add(book, {"name": "Roof", "amount": 100, "expected_on": expected}))
    assert paper.valid_until == until


def test_every_paper_has_the_logo_and_an_offer_the_terms(book: Book) -> None:
    business.set_business(book, {"logo": base64.b64encode(LOGO).decode(), "quotation_terms": "50 % deposit"})
    sold = sales.sell(book, Sale(customer_id=1, total=1250))
    offer, _ = documents.quotation(book, sold.deal_id)
    account, _ = documents.statement(book, 1)
    assert (receipt_of(book, sold.taking).logo, offer.logo, account.logo) == (LOGO,) * 3
    assert offer.terms == "50 % deposit"


@pytest.mark.parametrize("at_once", [True, False])
def test_a_receipt_of_cash_says_the_change_and_the_account_does_not(book: Book, at_once: bool) -> None:
    sold = sales.sell(book, Sale(customer_id=1, total=4120, paid=5000, receipt=at_once))
    assert sold.taking is not None and sold.change == 880
    given = receipts.issue(book, sold.taking, sold.change)
    paper, _ = documents.receipt(book, given.id)
    papers.check(paper)
    assert (paper.paid, paper.change, paper.balance_after) == (4120, 880, 0)  # 50.00 − 41.20 = 8.80
    assert accounts.balance(book, 1).owed == 0 and given.content["change"] == 880


def test_what_was_paid_exactly_has_no_change(book: Book) -> None:
    assert receipt_of(book, sales.sell(book, Sale(total=4120, paid=4120, receipt=True)).taking).change == 0
    assert receipt_of(book, sales.sell(book, Sale(total=4120, method="card", receipt=True)).taking).change == 0
