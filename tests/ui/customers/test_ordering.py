"""The list by name in the user's language. The orders are those of CLDR: strokes for Taiwan, the Tamil alphabet, ñ."""

from __future__ import annotations

import pytest

from desktop_crm import i18n
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui import words
from desktop_crm.ui.customers.ordering import NameOrder

CHINESE = ["丁記", "王記", "李記", "林記", "陳記", "黃記"]  # 2, 4, 7, 8, 11 and 12 strokes
TAMIL = ["அருண்", "கமலா", "பாலா", "வாணி", "ழகரம்", "றம்பம்"]  # the alphabet has ழ, ள, ற, ன behind வ
FILIPINO = ["Nora", "Nza", "Ñora", "Oscar 9", "Oscar 10"]  # ñ is a letter of its own behind n


def listed(book: Book, order: NameOrder, *, descending: bool = False, search: str = "") -> list[str]:
    ids = order.ids(CustomerFilter(search=search), "name", descending, 2)
    names = {row.id: row.name for row in customers.rows(book, ids)}
    return [names[one] for one in ids]


@pytest.mark.parametrize(("code", "names"), [("zh_TW", CHINESE), ("ta", TAMIL), ("fil", FILIPINO)])
def test_names_stand_as_the_language_has_them(bare: Book, code: str, names: list[str]) -> None:
    for name in reversed(names):
        customers.add(bare, {"name": name})
    words.set_language(i18n.language(code))
    order = NameOrder(bare)
    assert listed(bare, order) == names
    assert listed(bare, order, descending=True) == names[::-1]
    customers.edit(bare, customers.list_ids(bare, sort="id")[0], {"sort_name": names[0] + names[0]})
    assert listed(bare, order) == [names[0], names[-1], *names[1:-1]]


def test_equal_names_keep_their_order_both_ways(bare: Book) -> None:
    first, second = customers.add(bare, {"name": "陳記"}), customers.add(bare, {"name": "陳記"})
    words.set_language(i18n.language("zh_TW"))
    order = NameOrder(bare)
    assert order.ids(CustomerFilter(), "name", False) == order.ids(CustomerFilter(), "name", True) == [first, second]


def test_other_columns_and_languages_are_sorted_by_the_file(bare: Book) -> None:
    for name in ("黃記", "丁記"):
        customers.add(bare, {"name": name})
    order = NameOrder(bare)
    assert listed(bare, order) == ["丁記", "黃記"]
    words.set_language(i18n.language("zh_TW"))
    assert order.ids(CustomerFilter(), "id", True, 1) == [2]
