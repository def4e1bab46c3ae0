"""The setup interview: a few answers about how a business sells, what they propose, and its acceptance as one act."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, timedelta

from desktop_crm.domain import selling as rules
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import Pipeline
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.ready_fields import SETS
from desktop_crm.domain.segments import PRESETS
from desktop_crm.domain.selling import Answers, NewField, NewTarget, NewTask, Proposal, StageStep, WantedStage
from desktop_crm.domain.values import Period, fold
from desktop_crm.services import custom_fields, hours, sales, segments, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import custom_fields as own_fields
from desktop_crm.storage import evening, pipelines, records, selling, settings
from desktop_crm.storage.unit_of_work import Connection, Work

_KEY = "selling"
_CLOSED = 60  # days in a row that a business may be closed; after so many its next day counts as a working one


def remembered(book: Book) -> Answers | None:
    """The answers that were accepted last; None if there were none."""
    with book.read() as connection:
        kept = json.loads(settings.settings(connection).get(_KEY, "{}"))
    known = {key: kept[key] for key in Answers.__dataclass_fields__ if key in kept}
    return Answers(**known) if known.get("sells") in rules.WAYS else None


def propose(book: Book, answers: Answers) -> Proposal:
    """What the answers propose for the file as it is; nothing is changed.

    Raises InvalidInput for a way of selling that is not known, and for numbers out of range.
    """
    rules.checked(answers)
    with book.read() as connection:
        home = _home(book, connection)
        return Proposal(answers, home.id, home.name, book.currency, _stages(book, connection, home, answers),
                        _fields(book, connection, answers), _targets(book, connection, answers),
                        _segment(book, answers), _idles(book, answers), _tasks(book, connection, answers))


def accept(book: Book, answers: Answers, parts: Collection[str] = tuple(rules.PARTS)) -> Changes:
    """Do what the answers propose, in these parts (keys of PARTS), as one act; the answers are remembered with it.

    Raises as `propose` does, and InvalidInput for a part that there is not.
    """
    unknown = [part for part in parts if part not in rules.PARTS]
    if unknown:
        raise InvalidInput(N_("“{name}” is no part of the setup. There are: {names}."), "parts", name=unknown[0],
                           names=", ".join(rules.PARTS))
    found = propose(book, answers).only(parts)
    with book.work(N_("Set up how you sell")) as work:
        settings.put(work.connection, _KEY, json.dumps(asdict(answers)))
        _set_stages(work, found)
        for field in found.fields:
            custom_fields.make(work, field.kind, field.name, field.type, field.choices)
        for target in found.targets:
            evening.set_target(work.connection, Period.month(target.first), None, target.amount, book.currency)
        _watch_contact(work, found)
        for task in found.tasks:
            tasks.insert(book, work, {"name": task.name, "kind": task.kind, "due_on": task.due_on})
    return work.done


# --- what is proposed -----------------------------------------------------------------------------------------------

def _home(book: Book, connection: Connection) -> Pipeline:
    """The pipeline that new deals go along: the first, but not that of the counter."""
    every = pipelines.pipelines(connection)
    return next((item for item in every if item.name not in sales.quick_names(book)), every[0])


def _stages(book: Book, connection: Connection, home: Pipeline, answers: Answers) -> tuple[StageStep, ...]:
    """How the pipeline's open stages become those of the way of selling; nothing where they are so already."""
    days = rules.limits(answers.way, answers.cycle)
    wanted = [WantedStage(book.language.say(name), probability, limit)
              for (name, probability, _), limit in zip(answers.way.stages, days, strict=True)]
    found = rules.stage_steps(home.open_stages, pipelines.used_stages(connection), wanted)
    same = [item.before for item in found] == list(home.open_stages) and all(item.step == "keep" for item in found)
    return () if same else tuple(found)


def _fields(book: Book, connection: Connection, answers: Answers) -> tuple[NewField, ...]:
    """The fields of the ready set that the file does not have."""
    say = book.language.say
    known = {(field.kind, fold(field.name)) for field in own_fields.listed(connection)}
    return tuple(NewField(item.kind, say(item.name), item.type, tuple(say(word) for word in item.choices))
                 for item in SETS[answers.way.ready].fields if (item.kind, fold(say(item.name))) not in known)


def _targets(book: Book, connection: Connection, answers: Answers) -> tuple[NewTarget, ...]:
    """The shop's target of each of the next months that has another, or none."""
    if answers.target is None:
        return ()
    present = {row.period: row.amount for row in evening.targets(connection, book.currency) if row.seller_id is None}
    months = [Period.month(book.today())]
    while len(months) < rules.MONTHS:
        months.append(Period.month(months[-1].end or book.today()))
    return tuple(NewTarget(month.start, answers.target, present.get(month)) for month in months
                 if month.start is not None and present.get(month) != answers.target)


def _segment(book: Book, answers: Answers) -> str:
    """The name of the segment of those without contact, unless the file has one."""
    if not answers.contact:
        return ""
    wanted = CustomerFilter(untouched_days=answers.contact)
    known = [*(ready for _, ready in PRESETS.values()), *(segment.filter for segment in segments.saved(book))]
    return "" if wanted in known else book.language.count(*rules.SEGMENT, answers.contact)


def _idles(book: Book, answers: Answers) -> bool:
    return bool(answers.contact) and book.business.idle_days != answers.contact


def _tasks(book: Book, connection: Connection, answers: Answers) -> tuple[NewTask, ...]:
    """What is to be done in the first days, one a working day, and each week; what waits already is left out."""
    say, today = book.language.say, book.today()
    plan = hours.hours(book)

    def working(day: date) -> date:
        after = (day + timedelta(days=ahead) for ahead in range(_CLOSED))
        return next((one for one in after if plan.week[one.weekday()] and not plan.closed(one)), day)

    found, day = [], today
    for name in (*rules.FIRST_TASKS, *answers.way.tasks, *rules.LAST_TASKS):
        found.append(NewTask(say(name), working(day)))
        day = found[-1].due_on + timedelta(days=1)
    weeks = [timedelta(weeks=week) for week in range(1, rules.WEEKS + 1)]
    if answers.contact:
        name = book.language.count(*rules.CONTACT_TASK, answers.contact)
        found += [NewTask(name, working(today + week), "call") for week in weeks]
    if answers.credit:
        found += [NewTask(say(rules.OWED_TASK), working(today + week - timedelta(days=2)), "message")
                  for week in weeks]
    known = selling.open_tasks(connection, {task.name for task in found})
    return tuple(sorted((task for task in found if task.name not in known), key=lambda task: task.due_on))


# --- what is accepted -----------------------------------------------------------------------------------------------

def _set_stages(work: Work, found: Proposal) -> None:
    for position, item in enumerate(found.stages, 1):
        values = {"name": item.name, "probability": item.probability, "day_limit": item.day_limit,
                  "position": position}
        if item.before is None:
            records.add(work.connection, "stages", {"pipeline_id": found.pipeline, "kind": "open", **values})
        elif item.step == "remove":
            records.remove(work.connection, "stages", [item.before.id])
        else:
            records.save(work.connection, "stages", item.before.id, values)


def _watch_contact(work: Work, found: Proposal) -> None:
    if found.idle:
        settings.put(work.connection, "pool_days", str(found.answers.contact))
    if found.segment:
        wanted = CustomerFilter(untouched_days=found.answers.contact)
        records.add(work.connection, "segments", {"kind": "customers", "name": found.segment,
                                                  "filter": segments.stored(wanted)})
