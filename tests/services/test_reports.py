"""Asking for reports: words, days and periods as the book has them."""

from __future__ import annotations

from datetime import date

from desktop_crm.domain.values import Period
from desktop_crm.services import business, customers, deals, reports
from desktop_crm.services.book import Book
from tests.books import TODAY
from tests.reports.shop import cells, values


def stage(book: Book, kind: str) -> int:
    found = deals.all_pipelines(book)[0].first(kind)
    assert found is not None
    return found.id


def test_a_day_of_work_stands_in_the_evening_report(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    deal = deals.add(book, {"name": "Tiles", "customer_id": customer, "amount": 250_000})
    lost = deals.add(book, {"name": "Paint", "amount": 100})
    deals.move(book, [deal], stage(book, "won"))
    deals.move(book, [lost], stage(book, "lost"))
    found = values(reports.build(book, "daily"))
    assert (found["won_amount"], found["won"], found["lost"], found["opened"]) == (250_000, 1, 1, 2)
    assert found["leads"] == 1          # won the same day, and so a customer by now
    assert found["moved"] == 2          # being created is no move


def test_undo_takes_it_out_again(book: Book) -> None:
    before = reports.build(book, "daily")
    deals.move(book, [deals.add(book, {"name": "Tiles", "amount": 5})], stage(book, "won"))
    assert reports.build(book, "daily") != before
    book.undo()
    book.undo()
    assert reports.build(book, "daily") == before


def test_the_period_and_the_day_may_be_given(book: Book) -> None:
    deals.add(book, {"name": "Tiles", "created_on": date(2026, 3, 1)})
    march = Period.month(date(2026, 3, 1))
    report = reports.build(book, "sales", march)
    assert (report.start, report.end, report.subtitle) == (march.start, march.end, "March 2026")
    assert cells(report, "deals") == {None: (1,)}
    assert reports.build(book, "daily", today=date(2026, 3, 1)).start == date(2026, 3, 1)
    assert reports.build(book, "daily", Period.day(TODAY), today=date(2026, 3, 1)).start == TODAY
    assert reports.build(book, "sales", Period()).start is None


def test_a_document_may_speak_another_language_than_the_file(book: Book) -> None:
    assert reports.build(book, "sales").language == "en"
    assert reports.build(book, "sales", language="ms").language == "ms"
    assert [entry.name for entry in reports.catalogue("ms")] == [entry.name for entry in reports.catalogue()]


def test_periods_in_words(book: Book) -> None:
    days = {Period(date(2026, 3, 2), date(2026, 3, 5)): "2 Mar 2026 to 4 Mar 2026",
            Period(date(2026, 3, 2), None): "From 2 Mar 2026", Period(None, date(2026, 3, 5)): "Up to 4 Mar 2026",
            Period.day(date(2026, 3, 2)): "Monday, 2 March 2026"}
    assert {period: reports.build(book, "sales", period).subtitle for period in days} == days


def test_a_day_stands_in_the_years_of_the_country_as_well(book: Book) -> None:
    for country, subtitle in (("NP", "BS 2083/08/05 · Saturday, 21 November 2026"),
                              ("TW", "ROC 115/11/21 · Saturday, 21 November 2026"),
                              ("MY", "Saturday, 21 November 2026")):
        business.set_business(book, {"country": country})
        assert reports.build(book, "daily").subtitle == subtitle
