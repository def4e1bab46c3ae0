"""Names in the order of the user's language, everywhere: the orders are those of CLDR."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm import i18n
from desktop_crm.domain.deals import DealFilter
from desktop_crm.services import customers, deals, products, sellers
from desktop_crm.services.book import Book
from desktop_crm.ui import lookup, ordering, words
from desktop_crm.ui.deals import loading
from desktop_crm.ui.ordering import NameKeys
from desktop_crm.ui.reports.cells import sorted_rows
from tests.books import new_book

CHINESE = ["丁記", "王記", "李記", "林記", "陳記", "黃記"]  # 2, 4, 7, 8, 11 and 12 strokes
TAMIL = ["அருண்", "கமலா", "பாலா", "வாணி", "ழகரம்", "றம்பம்"]  # the alphabet has ழ, ள, ற, ன behind வ
FILIPINO = ["Nora", "Nza", "Ñora", "Oscar 9", "Oscar 10"]  # ñ is a letter of its own behind n
ENGLISH = ["alpha", "Beta", "Zulu"]
ALL = [("zh_TW", CHINESE), ("ta", TAMIL), ("fil", FILIPINO), ("en", ENGLISH)]


@pytest.fixture
def book(tmp_path: Path, qapp: object) -> Book:
    return new_book(tmp_path / "shop.crm")


@pytest.mark.parametrize(("code", "names"), ALL)
def test_choices_lists_and_tables_stand_as_the_language_has_them(book: Book, code: str, names: list[str]) -> None:
    words.set_language(i18n.language(code))
    for name in reversed(names):
        seller = sellers.add(book, {"name": name})
        products.add(book, {"name": name})
        deals.add(book, {"name": name, "customer_id": customers.add(book, {"name": name}), "seller_id": seller})
    assert [one.name for one in ordering.choices(book, "sellers")] == names
    assert [one.name for one in ordering.by_name(products.all_products(book))] == names
    assert [offer.name for offer in lookup.goods(book)("")] == names
    for column in ("name", "customer", "seller"):
        for descending in (False, True):
            shown = loading._list(book, DealFilter(), column, descending, NameKeys())
            assert [row.name for row in deals.rows(book, shown.ids)] == names[::-1 if descending else 1], column
    assert [names[place] for place in sorted_rows([(name,) for name in names], 0, True)] == names[::-1]
    book.close()


def test_what_has_no_name_stands_last_and_a_new_name_is_looked_at_again(book: Book) -> None:
    words.set_language(i18n.language("zh_TW"))
    late = customers.add(book, {"name": "黃記"})
    ids = [deals.add(book, {"name": "a"}), deals.add(book, {"name": "b", "customer_id": late}),
           deals.add(book, {"name": "c", "customer_id": customers.add(book, {"name": "丁記"})})]
    names = NameKeys()
    assert loading._list(book, DealFilter(), "customer", False, names).ids == [ids[2], ids[1], ids[0]]
    assert loading._list(book, DealFilter(), "customer", True, names).ids == [ids[1], ids[2], ids[0]]
    customers.edit(book, late, {"sort_name": "一"})
    assert loading._list(book, DealFilter(), "customer", False, names).ids == [ids[1], ids[2], ids[0]]
    book.close()


def test_sources_keep_the_order_that_the_business_gave_them(book: Book) -> None:
    from desktop_crm.services import business

    assert ordering.choices(book, "sources") == business.choices(book, "sources")
    book.close()
