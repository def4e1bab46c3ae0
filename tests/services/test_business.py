"""The lists that forms offer: added to, renamed, hidden, ordered, each as one act."""

from __future__ import annotations

import pytest

from desktop_crm.domain.customers import SOURCES
from desktop_crm.domain.deals import LOST_REASONS
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.i18n import language
from desktop_crm.services import business, history
from desktop_crm.services.book import Book
from tests.books import dump, redo_all, undo_all


def names(book: Book, kind: str = "sources") -> list[str]:
    return [item.name for item in business.choices(book, kind)]


def test_a_new_file_has_the_seeded_lists(book: Book) -> None:
    assert [(item.code, item.name, item.active) for item in business.all_choices(book, "lost_reasons")] == [
        (code, name, True) for code, name in LOST_REASONS.items()]
    assert [item.code for item in business.all_choices(book, "sources")] == list(SOURCES)


def test_a_word_is_added_at_the_end(book: Book) -> None:
    new = business.add_choice(book, "sources", "  WhatsApp ")
    assert (business.choices(book, "sources")[-1].id, names(book)[-1]) == (new, "WhatsApp")
    assert "WhatsApp" not in names(book, "lost_reasons")
    assert history.acts(book, language("en"))[-1].label == "Add source WhatsApp"


@pytest.mark.parametrize("name", ["Referral", "rÉferral ", "", "   ", "x" * 201])
def test_an_empty_a_long_and_a_known_word_are_refused(book: Book, name: str) -> None:
    before = dump(book)
    with pytest.raises(InvalidInput) as refused:
        business.add_choice(book, "sources", name)
    assert refused.value.at == "name"
    assert dump(book) == before


def test_a_renamed_word_keeps_its_code_and_its_records_follow(book: Book) -> None:
    mistake = business.all_choices(book, "lost_reasons")[-1]
    business.rename_choice(book, "lost_reasons", mistake.id, "Typed by error")
    after = business.all_choices(book, "lost_reasons")[-1]
    assert (after.id, after.name, after.code) == (mistake.id, "Typed by error", "mistake")
    label = history.acts(book, language("en"))[-1].label
    assert label == "Rename “Entered by mistake” to “Typed by error”"


def test_a_word_may_change_its_case_but_not_become_another(book: Book) -> None:
    first = business.all_choices(book, "sources")[0]
    business.rename_choice(book, "sources", first.id, "WALK-IN")
    assert names(book)[0] == "WALK-IN"
    with pytest.raises(InvalidInput):
        business.rename_choice(book, "sources", first.id, "referral")
    business.rename_choice(book, "sources", first.id, "Price")  # a word of the other list


def test_a_hidden_word_is_not_offered_and_adding_it_shows_it_again(book: Book) -> None:
    first = business.all_choices(book, "sources")[0]
    business.hide_choice(book, first.id)
    assert first.name not in names(book)
    assert not business.all_choices(book, "sources")[0].active
    assert business.add_choice(book, "sources", first.name.upper()) == first.id
    assert names(book)[0] == first.name
    business.hide_choice(book, first.id)
    business.hide_choice(book, first.id, hidden=False)
    assert names(book)[0] == first.name


def test_words_are_put_in_order(book: Book) -> None:
    ids = [item.id for item in business.choices(book, "sources")]
    business.order_choices(book, "sources", ids[::-1])
    assert [item.id for item in business.choices(book, "sources")] == ids[::-1]


def test_every_act_is_undone_and_redone(book: Book) -> None:
    start = dump(book)
    ids = [item.id for item in business.choices(book, "lost_reasons")]
    business.add_choice(book, "lost_reasons", "Weather")
    business.rename_choice(book, "lost_reasons", ids[0], "Too dear")
    business.hide_choice(book, ids[1])
    business.order_choices(book, "lost_reasons", [ids[2], *ids[:2], *ids[3:]])
    end = dump(book)
    assert undo_all(book) == 4 and dump(book) == start
    assert redo_all(book) == 4 and dump(book) == end
