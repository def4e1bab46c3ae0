"""The setup interview: what it proposes for a file, and its acceptance as one undo step."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.selling import Answers, NewTarget
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.domain.values import Period
from desktop_crm.services import custom_fields, deals, evening, history, segments, selling, tasks
from desktop_crm.services.book import Book
from tests.books import dump, new_book

WORKSHOP = Answers("workshop", days=12, credit=True, target=2_500_000, contact=45)


def stages(book: Book) -> list[tuple[str, int, int | None]]:
    return [(item.name, item.probability, item.day_limit) for item in deals.all_pipelines(book)[0].stages]


def due(book: Book) -> list[tuple[str, date | None]]:
    ids = tasks.list_ids(book, TaskFilter(open_only=True))
    return [(row.name, row.due_on) for row in tasks.rows(book, ids)]


def test_all_of_it_is_one_undo_step(book: Book) -> None:
    before = dump(book)
    done = selling.accept(book, WORKSHOP)
    assert stages(book) == [("Brought in", 30, 2), ("Checked", 50, 2), ("Price told", 65, 3), ("In work", 90, 5),
                            ("Ready to collect", 95, 2), ("Won", 100, None), ("Lost", 0, None)]
    assert len(custom_fields.every(book)) == 15  # the ready set of a workshop
    assert [(row.period.start, row.amount) for row in evening.targets(book)] == [
        (date(2026, 11, 1), 2_500_000), (date(2026, 12, 1), 2_500_000), (date(2027, 1, 1), 2_500_000)]
    assert [(one.name, one.filter) for one in segments.saved(book)] == [
        ("No contact for 45 days", CustomerFilter(untouched_days=45))]
    assert book.business.idle_days == 45
    assert len(due(book)) == 6 + 4 + 4
    assert history.next_acts(book, book.language)[0] == "Set up how you sell"
    assert selling.remembered(book) == WORKSHOP
    after = dump(book)
    book.undo()
    assert done.count and dump(book) == before and selling.remembered(book) is None
    assert book.business.idle_days == 0
    book.redo()
    assert dump(book) == after


def test_the_plan_is_for_working_days(book: Book) -> None:
    """Today is Saturday 21 November 2026; Sundays are off, and Christmas would be."""
    plan = selling.propose(book, WORKSHOP).tasks
    first = sorted({task.due_on for task in plan})[:2]
    assert first == [date(2026, 11, 21), date(2026, 11, 23)]
    assert all(task.due_on.weekday() != 6 for task in plan)
    assert [task.due_on for task in plan if task.name.startswith("Call who")] == [
        date(2026, 11, 28), date(2026, 12, 5), date(2026, 12, 12), date(2026, 12, 19)]
    assert [task.due_on for task in plan if task.name == "Remind who owes"] == [
        date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 17)]


def test_what_is_there_already_is_not_proposed_again(book: Book) -> None:
    selling.accept(book, WORKSHOP)
    again = selling.propose(book, WORKSHOP)
    assert again.parts == ()
    acts = len(history.acts(book, book.language, 10))
    assert not selling.accept(book, WORKSHOP).count
    assert len(history.acts(book, book.language, 10)) == acts, "an act that changes nothing leaves no trace"


def test_a_new_file_sells_to_companies_already(book: Book) -> None:
    found = selling.propose(book, Answers("b2b"))
    assert (found.stages, found.targets, found.segment, found.idle) == ((), (), "", False)
    assert found.parts == ("fields", "plan")


def test_a_stage_with_deals_stays_as_it_is(book: Book) -> None:
    deal = deals.add(book, {"name": "Bike", "stage_id": 4})
    passed = deals.add(book, {"name": "Car", "stage_id": 2})
    deals.move(book, [passed], 4)
    selling.accept(book, Answers("retail", days=5), ["stages"])
    assert stages(book)[:5] == [("Asked", 20, 1), ("Qualified", 25, 14), ("Offered", 50, 2), ("Negotiation", 75, 14),
                                ("Set aside", 80, 2)]
    assert [row.stage for row in deals.rows(book, [deal, passed])] == ["Negotiation", "Negotiation"]
    assert not custom_fields.every(book) and not due(book)


def test_the_counter_s_pipeline_is_left_alone(book: Book) -> None:
    from desktop_crm.services import pipelines

    pipelines.order_pipelines(book, [2, 1])
    assert selling.propose(book, Answers("retail")).pipeline_name == "Sales"


def test_a_target_that_stands_is_shown_before_it_is_replaced(book: Book) -> None:
    evening.set_target(book, Period.month(date(2026, 12, 1)), 90_000)
    evening.set_target(book, Period.month(date(2026, 11, 1)), 50_000)
    assert selling.propose(book, Answers("retail", target=50_000)).targets == (
        NewTarget(date(2026, 12, 1), 50_000, 90_000), NewTarget(date(2027, 1, 1), 50_000, None))


def test_the_names_are_in_the_file_s_language(tmp_path: Path) -> None:
    book = new_book(tmp_path / "kedai.crm", words="ms")
    try:
        say = book.language.say
        found = selling.propose(book, Answers("retail"))
        assert [item.name for item in found.stages if item.step != "remove"] == [
            say("Asked"), say("Offered"), say("Set aside")]
        assert say("Member card number") in [field.name for field in found.fields]
        assert selling.propose(book, Answers("b2b")).stages == ()  # the Malay names are those of a new Malay file
    finally:
        book.close()


def test_days_without_contact_that_a_segment_has_already(book: Book) -> None:
    assert selling.propose(book, Answers("b2b", contact=30)).segment == ""  # every file has “Untouched 30 days”
    found = selling.propose(book, Answers("b2b", contact=60))
    assert (found.segment, found.idle) == ("No contact for 60 days", True)


def test_days_without_contact_are_watched_also_where_their_segment_is_there(book: Book) -> None:
    selling.accept(book, Answers("b2b", contact=30), ["contact"])
    assert book.business.idle_days == 30 and segments.saved(book) == []


def test_what_cannot_be_changes_nothing(book: Book) -> None:
    before = dump(book)
    with pytest.raises(InvalidInput, match="There are: retail, b2b, services, workshop"):
        selling.accept(book, Answers("bakery"))
    with pytest.raises(InvalidInput, match="There are: stages, fields"):
        selling.accept(book, Answers("retail"), ["paint"])
    assert dump(book) == before


def test_the_first_week_avoids_days_off(book: Book) -> None:
    from desktop_crm.domain.hours import DaysOff
    from desktop_crm.services import hours

    today = book.today()
    hours.set_hours(book, off=[DaysOff(today, today + timedelta(days=9), "moving house")])
    assert min(task.due_on for task in selling.propose(book, Answers("retail")).tasks) == today + timedelta(days=10)
