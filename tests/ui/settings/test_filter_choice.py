"""The field that says which customers a rule is about."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.segments import PRESETS
from desktop_crm.services import business, segments
from desktop_crm.services.book import Book
from desktop_crm.ui.forms import FormPanel
from desktop_crm.ui.settings.filter_choice import FilterChoice, filter_field, filter_name

LEADS = segments.stored(CustomerFilter(states=("lead",)))


def test_every_segment_is_offered_by_name_and_gives_its_filter(book: Book, qtbot: QtBot) -> None:
    segments.save(book, "Tiles in Penang", CustomerFilter(regions=("Penang",)))
    field = FilterChoice(book)
    qtbot.addWidget(field)
    texts = [field.itemText(number) for number in range(field.count())]
    assert texts == [*(title for title, _ in PRESETS.values()), "Tiles in Penang"]
    field.setCurrentIndex(texts.index("Leads"))
    assert field.value() == LEADS
    field.setCurrentIndex(texts.index("Tiles in Penang"))
    assert segments.read(str(field.value())) == CustomerFilter(regions=("Penang",))


def test_a_filter_that_is_no_segments_is_offered_by_what_it_asks_for(book: Book, qtbot: QtBot) -> None:
    referral = next(item.id for item in business.choices(book, "sources") if item.name == "Referral")
    own = segments.stored(CustomerFilter(sources=(referral, 0), starred=True, untouched_days=9))
    field = FilterChoice(book)
    qtbot.addWidget(field)
    field.set_value(own)
    assert field.currentText() == "Source: Referral, None · Starred · Untouched 9 days" and field.value() == own
    field.set_value(LEADS)
    assert field.currentText() == "Leads" and field.count() == len(PRESETS)


def test_a_segment_saved_meanwhile_is_offered_and_some_may_be_left_out(book: Book, qtbot: QtBot) -> None:
    field = FilterChoice(book, lambda wanted: not wanted.heats)
    qtbot.addWidget(field)
    segments.save(book, "Johor", CustomerFilter(regions=("Johor",)))
    field.set_value(LEADS)
    texts = [field.itemText(number) for number in range(field.count())]
    assert "Johor" in texts and "Hot" not in texts and "Hot, no next step" not in texts


def test_a_form_asks_for_it(book: Book, qtbot: QtBot) -> None:
    form = FormPanel([filter_field(book, "filter", "Which")])
    qtbot.addWidget(form)
    form.set_values({"filter": LEADS})
    assert form.values() == {"filter": LEADS}
    form.set_values({"filter": None})
    assert form.values() is None


def test_conditions_are_told_in_words(book: Book) -> None:
    asked = CustomerFilter(starred=True, conditions=Group(True, (Condition("region", "is", "Johor"),)))
    assert filter_name(book, segments.stored(asked)) == "Starred · Region: Johor"


def test_a_long_description_is_cut(book: Book) -> None:
    said = filter_name(book, segments.stored(CustomerFilter(regions=tuple(f"Region {n}" for n in range(30)))))
    assert len(said) == 60 and said.endswith("…")
    assert filter_name(book, segments.stored(CustomerFilter(parent_id=3))) == "A filter of its own"
