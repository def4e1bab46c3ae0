"""Scoring leads by rules that the user sees and edits: each point has its rule, and the heat follows from the sum.

Only leads are scored. Whatever saves or logs something of a lead calls `follow` within its act, or `scored.follow`,
which loads none of this where there are no rules. Rules that look at the calendar are brought up to date by `rescore`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import HEATS, CustomerFilter
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.scoring import FIELDS, SUGGESTED, LeadScore, Score, ScoreRule, for_scoring, heat_of
from desktop_crm.domain.values import fold
from desktop_crm.services import segments
from desktop_crm.services.book import Book
from desktop_crm.storage import records, scoring, settings
from desktop_crm.storage.unit_of_work import Connection, Work


def all_rules(book: Book) -> list[ScoreRule]:
    """The rules in their order."""
    with book.read() as connection:
        return _rules(connection)


def _rules(connection: Connection) -> list[ScoreRule]:
    return [ScoreRule(row["id"], row["name"], row["filter"], row["points"], row["position"])
            for row in scoring.rules(connection)]


def add(book: Book, values: Mapping[str, object]) -> int:
    """Add a rule (name, filter as it is stored, points) at the end, and score all leads; returns its id."""
    clean = _clean(values, new=True)
    with book.work(N_("Add score rule {name}"), name=clean["name"]) as work:
        new = _append(work.connection, clean)
        bring(book, work.connection)
    return new


def edit(book: Book, rule: int, values: Mapping[str, object]) -> Changes:
    """Change a rule, and score all leads."""
    clean = _clean(values)
    with book.read() as connection:
        name = records.title(connection, "score_rules", rule)
    with book.work(N_("Edit score rule {name}"), name=name) as work:
        if records.save(work.connection, "score_rules", rule, clean).keys() & {"filter", "points"}:
            bring(book, work.connection)
    return work.done


def check(values: Mapping[str, object]) -> None:
    """Raise InvalidInput for what a rule cannot say, before anything is scored."""
    _clean(values)


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete rules, and score all leads; without any rule nobody has a score."""
    with book.work(N_("Delete {count} score rules"), count=len(ids)) as work:
        records.remove(work.connection, "score_rules", ids)
        bring(book, work.connection)
    return work.done


def order(book: Book, ids: Sequence[int]) -> Changes:
    """Put the rules into this order, in which a score is explained."""
    with book.work(N_("Order the score rules")) as work:
        records.order(work.connection, "score_rules", ids)
    return work.done


def suggest(book: Book) -> Changes:
    """Add the rules to begin with, in the file's language, and score all leads; those of a name in use are left out.

    A rule about a source that the file does not have is left out too.
    """
    with book.read() as connection:
        known = {fold(rule.name) for rule in _rules(connection)}
        sources = {code: row_id for row_id, _, code in settings.choices(connection, "source") if code}
    with book.work(N_("Add the usual score rules")) as work:
        for title, points, wanted in SUGGESTED:
            name, asked = book.language.say(title), _by_source(wanted, sources)
            if asked is not None and fold(name) not in known:
                _append(work.connection, {"name": name, "filter": segments.stored(asked), "points": points})
        bring(book, work.connection)
    return work.done


def _by_source(wanted: CustomerFilter | str, sources: Mapping[str, int]) -> CustomerFilter | None:
    """The filter of a usual rule; for the code of a source, who came by it (None: the file has no such source)."""
    if isinstance(wanted, CustomerFilter):
        return wanted
    return CustomerFilter(sources=(sources[wanted],)) if wanted in sources else None


def _append(connection: Connection, values: Mapping[str, Any]) -> int:
    last = max((row["position"] for row in scoring.rules(connection)), default=0)
    return records.add(connection, "score_rules", {**values, "position": last + 1})


def _clean(values: Mapping[str, object], new: bool = False) -> dict[str, Any]:
    clean = fields.checked(FIELDS, values, new=new)
    if "filter" in clean and not for_scoring(segments.read(str(clean["filter"]))):
        raise InvalidInput(N_("A score rule cannot ask for the heat: the heat follows from the score. Nothing was "
                              "saved."), "filter")
    return dict(clean)


# Thresholds


def set_thresholds(book: Book, warm: int, hot: int) -> Changes:
    """Say from how many points a lead is warm and hot, and let the heat follow; InvalidInput if hot is not above."""
    values = check_thresholds(warm, hot)
    with book.work(N_("Change from how many points a lead is warm or hot")) as work:
        for key, value in values.items():
            settings.put(work.connection, key, value)
        _write(book, work.connection, warm, hot)
    return work.done


def check_thresholds(warm: int, hot: int) -> dict[str, str]:
    """The thresholds as settings; InvalidInput if hot is not above warm."""
    if hot <= warm:
        raise InvalidInput(N_("Hot has to begin above warm. Nothing was saved."), "hot_points")
    from desktop_crm.domain import business as rules

    return {key: rules.checked(key, str(value)) for key, value in (("warm_points", warm), ("hot_points", hot))}


# Scores


def score(book: Book, customer: int) -> Score | None:
    """A lead's points today with the rules that give them; None for who is no lead."""
    with book.read() as connection:
        found = records.get_many(connection, "customers", [customer]).get(customer)
        if found is None or found["state"] != "lead":
            return None
        rules = _rules(connection)
        parts = tuple(rule for rule in rules if scoring.passing(
            connection, segments.read(rule.filter), book.today(), [customer]))
    total = sum(rule.points for rule in parts)
    business = book.business
    return Score(total, parts, found["score"], found["heat"], heat_of(total, business.warm_from, business.hot_from),
                 found["heat_scored"], bool(rules))


def scores(book: Book) -> list[LeadScore]:
    """Every lead with its points today, the most first."""
    with book.read() as connection:
        given = [(segments.read(rule.filter), rule.points) for rule in _rules(connection)]
        points = scoring.totals(connection, given, book.today(), None)
        found = [LeadScore(lead, name, points.get(lead, 0), stored, heat)
                 for lead, name, stored, heat in scoring.leads(connection)]
    return sorted(found, key=lambda lead: (-lead.total, lead.id))


def rescore(book: Book, ids: Sequence[int] | None = None) -> Changes:
    """Bring score and heat of all leads up to date as one act, or of some; nothing if all are."""
    with book.work(N_("Bring the scores up to date")) as work:
        bring(book, work.connection, ids)
    return work.done


def follow(book: Book, work: Work, ids: Sequence[int] | None) -> None:
    """Score customers who were saved or logged on, within that act (None: all); who is no lead is passed over."""
    if scoring.any_rules(work.connection):
        bring(book, work.connection, ids)


def bring(book: Book, connection: Connection, ids: Sequence[int] | None = None) -> None:
    """Bring score and heat of leads up to date as a part of another act, of all or of some."""
    _write(book, connection, book.business.warm_from, book.business.hot_from, ids)


def set_heat(book: Book, ids: Sequence[int], heat: str | None) -> Changes:
    """Give leads a heat by hand, which scoring leaves alone; None lets it follow from the score again."""
    if heat is not None and heat not in HEATS:
        raise InvalidInput(N_("“{value}” is not a heat. Nothing was saved."), "heat", value=heat)
    with book.read() as connection:
        names = list(records.names(connection, "customers", ids).values())
        if heat is None:  # who follows already is left alone: there would be a step to undo that changed nothing
            rows = records.get_many(connection, "customers", ids)
            ids = [customer for customer in ids if customer in rows and not rows[customer]["heat_scored"]]
    one = N_("Set the heat of {name}") if heat else N_("Heat of {name} by the score again")
    many = N_("Set the heat of {count} leads") if heat else N_("Heat of {count} leads by the score again")
    with book.work(one if len(names) == 1 else many, name=names[0] if names else "", count=len(ids)) as work:
        for customer in ids:
            records.save(work.connection, "customers", customer, {"heat": heat, "heat_scored": False})
        follow(book, work, ids)
    return work.done


def _write(book: Book, connection: Connection, warm: int, hot: int, ids: Sequence[int] | None = None) -> None:
    given = [(segments.read(rule.filter), rule.points) for rule in _rules(connection)]
    scoring.write(connection, given, lambda points: heat_of(points, warm, hot), book.today(), ids)
