"""Conditions of domain/conditions as SQL on a row of `customers`; what was asked for is bound, never written into it.

Every test is true or false, never unknown: what a customer does not have passes "empty" and the tests that say "not".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from desktop_crm.domain.condition_fields import ASKED, Type
from desktop_crm.domain.conditions import Condition, Group, Value, span
from desktop_crm.domain.values import digits, fold
from desktop_crm.storage import accounts, rfm
from desktop_crm.storage.account_status import lapse_days
from desktop_crm.storage.conditions import Where

_NOBODY, _EVERYBODY = "0", "1"
_CHAIN = 100
_LETTERS = "\u00c0-\u058f\u1e00-\u1fff\ufb00-\ufb06\uff01-\uff5e"
"""The letters and marks beside A to Z that fold() turns into others: Latin, Greek, Cyrillic, Armenian, full-width."""
_CURRENCY = "(SELECT value FROM settings WHERE key = 'currency')"
_OWN = re.compile(r"own:(\d{1,9})")
_DEALS = "FROM deals d WHERE d.customer_id = customers.id AND d.status = "
_WON = _DEALS + "'won' AND coalesce(d.amount, 0) >= 0"
_RECEIVED = ("coalesce((SELECT sum(p.amount) FROM payments p WHERE p.customer_id = customers.id "
             f"AND p.received_on {{when}} AND p.currency = {_CURRENCY}), 0)")
_HELD = "(SELECT max(a.on_date) FROM activities a WHERE a.customer_id = customers.id AND a.state = 'held')"
_PURCHASE = f"(SELECT max(+d.closed_on) {_WON})"  # the plus: the newest of all sales would be looked for, one by one
LAST = f"max(coalesce({_HELD}, ''), coalesce({_PURCHASE}, ''))"
"""The day of a customer's last held contact or purchase, '' for none."""
_EXPRESSIONS = {
    "name": "customers.name_fold",
    "parent": "(SELECT p.name FROM customers p WHERE p.id = customers.parent_id)",
    "last_contact": _HELD,
    "last_purchase": _PURCHASE,
    "next_step": "(SELECT min(t.due_on) FROM tasks t WHERE t.customer_id = customers.id AND t.done_on IS NULL)",
    "has_next_step": "EXISTS (SELECT 1 FROM tasks t WHERE t.customer_id = customers.id AND t.done_on IS NULL)",
    "paid": _RECEIVED.format(when="IS NOT NULL"),
    "paid_year": _RECEIVED.format(when="> {year}"),
    "owed": accounts.OWED_BY.format(customer="customers.id", currency=_CURRENCY),
    "overdue": "EXISTS (SELECT 1 FROM payments p WHERE p.customer_id = customers.id AND +p.due_on < {today} "
               "AND +p.received_on IS NULL AND p.amount > 0 AND coalesce(p.state, '') <> 'bounced')",
    "open_deals": f"(SELECT count(*) {_DEALS}'open')",
    "won_deals": f"(SELECT count(*) {_WON})",
    "has_phone": "EXISTS (SELECT 1 FROM channels h WHERE h.customer_id = customers.id AND +h.kind = 'phone')",
    "has_email": "EXISTS (SELECT 1 FROM channels h WHERE h.customer_id = customers.id AND +h.kind = 'email')",
    "contacts": "(SELECT count(*) FROM contacts n WHERE n.customer_id = customers.id)",
    "activity": f"(SELECT CASE WHEN day > {{half_lapse}} THEN 'active' WHEN day > {{lapse}} THEN 'quiet' "
                f"WHEN day > '' THEN 'dormant' ELSE 'none' END FROM (SELECT {LAST} AS day))",
    "buyer_stage": "(SELECT CASE WHEN count(*) = 0 THEN 'never' WHEN coalesce(max(d.closed_on), '') <= {lapse} "
                   f"THEN 'lapsed' WHEN count(*) = 1 THEN 'first' ELSE 'repeat' END {_WON})",
    "revenue_year": f"(SELECT coalesce(sum(d.amount), 0) {_DEALS}'won' AND +d.closed_on > {{year}} "
                    f"AND +d.closed_on <= {{today}} AND d.currency = {_CURRENCY})",
    **{key: f"rfm({{rfm}}, customers.id, '{part}')" for key, part in (
        ("rfm", "segment"), ("rfm_r", "r"), ("rfm_f", "f"), ("rfm_m", "m"), ("recency", "days"),
        ("frequency", "orders"), ("monetary", "amount"))},
    **{key: f"customers.{key}_id" for key in ("source", "seller", "campaign", "external")},
}
"""What each field is, where it is no column of the same name; `{year}`, `{today}` … are places of bound values."""


def sql_of(key: str) -> str:
    """A field as SQL on a row of `customers`, with its places open (`filled_in`)."""
    return _EXPRESSIONS.get(key, f"customers.{key}")


def clause(connection: Connection, found: Where, group: Group, today: date) -> str:
    """The group as one condition in brackets, for this connection; its values are bound in `found`."""
    parts = [clause(connection, found, part, today) if isinstance(part, Group)
             else _condition(connection, found, part, today) for part in group.parts]
    return _joined(parts, " AND " if group.all else " OR ") if parts else _EVERYBODY


def _joined(parts: Sequence[str], sign: str) -> str:
    """Many parts by halves: SQLite reads no chain of a thousand."""
    if len(parts) <= _CHAIN:
        return f"({sign.join(parts)})"
    half = len(parts) // 2
    return f"({_joined(parts[:half], sign)}{sign}{_joined(parts[half:], sign)})"


def _condition(connection: Connection, found: Where, asked: Condition, today: date) -> str:
    if asked.field == "tags":
        return _tags(found, asked)
    if asked.field in ("phone", "email"):
        return _channels(found, asked)
    own = _OWN.fullmatch(asked.field)
    known = ASKED.get(asked.field)
    if own is None and known is None:
        return _EVERYBODY if asked.test in ("empty", "no", *_OPPOSITES) else _NOBODY
    if own is not None:
        expression = f"json_extract(customers.custom, '$.\"{int(own[1])}\"')"
    else:
        expression = filled_in(connection, found, sql_of(asked.field), today)
    if known is not None and known.type is Type.BIRTHDAY and asked.test not in ("empty", "filled"):
        return _birthday(found, expression, asked, today)
    opposite = _OPPOSITES.get(asked.test)
    if opposite is not None:
        return f"NOT coalesce({_test(found, expression, opposite, _said(asked), today)}, 0)"
    return f"coalesce({_test(found, expression, asked.test, _said(asked), today)}, 0)"


_OPPOSITES = {"has_not": "has", "is_not": "is", "none_of": "one_of"}


def filled_in(connection: Connection, found: Where, expression: str, today: date) -> str:
    """An expression with the days, and the ranking of the buyers, that it needs bound."""
    lapse = lapse_days(connection) if "lapse}" in expression else 0
    for place, ago in (("{year}", 365), ("{today}", 0), ("{half_lapse}", lapse // 2), ("{lapse}", lapse)):
        if place in expression:
            expression = expression.replace(place, found.bound((today - timedelta(days=ago)).isoformat()))
    if "{rfm}" in expression:
        ranking, token = rfm.token(connection, today, found.among)
        found.held.append(ranking)
        expression = expression.replace("{rfm}", found.bound(token))
    return expression


def _said(asked: Condition) -> Value:
    """The value as the column has it: names are kept folded."""
    return fold(asked.value) if isinstance(asked.value, str) and asked.field == "name" else asked.value


_SMALL = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


def lower(text: str) -> str:
    """A text with the letters A to Z small, as SQLite's lower() writes it."""
    return text.translate(_SMALL)


def _test(found: Where, expression: str, test: str, value: Value, today: date) -> str:
    """One test of an expression, unknown where that is; of a value that does not fit the test, nobody passes it."""
    if test in _BARE:
        return _BARE[test].format(expression)
    if test == "one_of":
        return f"{expression} IN {found.bound_list(value)}" if isinstance(value, tuple) else _NOBODY
    days = span(test, value, today)
    if days is not None:
        return _between(found, expression, days.start and days.start.isoformat(),
                        days.end and (days.end - timedelta(days=1)).isoformat())
    if isinstance(value, tuple):
        numbers = test == "between" and len(value) == 2 and all(isinstance(part, (int, float)) for part in value)
        return _between(found, expression, *value) if numbers else _NOBODY
    if isinstance(value, str):
        return _text(found, expression, test, value)
    if isinstance(value, (int, float)) and test in _SIGNS:
        return f"{expression} {_SIGNS[test]} {found.bound(value)}"
    return _NOBODY


_BARE = {"empty": "coalesce({0}, '') = ''", "filled": "coalesce({0}, '') <> ''",
         "yes": "{0}", "no": "NOT coalesce({0}, 0)"}
_SIGNS = {"at_least": ">=", "at_most": "<=", "is": "="}


def _between(found: Where, expression: str, first: object, last: object) -> str:
    """Between two values, both included, either of them open (None); the expression is worked out once."""
    if first is None or last is None:
        return f"{expression} {'<=' if first is None else '>='} {found.bound(last if first is None else first)}"
    return f"{expression} BETWEEN {found.bound(first)} AND {found.bound(last)}"


def _text(found: Where, expression: str, test: str, value: str) -> str:
    """A test of a text, whatever the case and the marks of its letters.

    SQLite's lower() knows A to Z alone; it is many times quicker, so other letters that have a case or marks are looked
    for first, and only where there are any the texts are compared folded.
    """
    place = {"has": "instr({0}, {1}) > 0", "starts": "instr({0}, {1}) = 1", "is": "{0} = {1}"}.get(test)
    if place is None:
        return _NOBODY
    plain = fold(value) if re.search(f"[{_LETTERS}]", value) else lower(value)
    quick = place.format(f"lower({expression})", found.bound(plain))
    if not fold(value):
        return quick
    folded = place.format(f"folded({expression})", found.bound(fold(value)))
    return f"CASE WHEN {expression} GLOB '*[{_LETTERS}]*' THEN {folded} ELSE {quick} END"


def _tags(found: Where, asked: Condition) -> str:
    marks = "SELECT {0} FROM customer_tags g WHERE g."
    if asked.test in ("empty", "filled"):
        there = f"EXISTS ({marks.format(1)}customer_id = customers.id)"
        return there if asked.test == "filled" else f"NOT {there}"
    if not isinstance(asked.value, tuple) or asked.test not in ("one_of", "none_of"):
        return _NOBODY
    sign = "IN" if asked.test == "one_of" else "NOT IN"
    return f"customers.id {sign} ({marks.format('g.customer_id')}tag_id IN {found.bound_list(asked.value)})"


def _channels(found: Where, asked: Condition) -> str:
    """Tests of the e-mails or phones: of which any may pass, of the tests that say "not" none may."""
    any_of = f"EXISTS (SELECT 1 FROM channels h WHERE h.customer_id = customers.id AND +h.kind = '{asked.field}'"
    if asked.test in ("empty", "filled"):
        return f"NOT {any_of})" if asked.test == "empty" else f"{any_of})"
    test = _OPPOSITES.get(asked.test, asked.test)
    if not isinstance(asked.value, str):
        return _NOBODY
    ways = [_text(found, "h.value", test, asked.value), _text(found, "h.normal", test, asked.value)]
    number = digits(asked.value)
    if asked.field == "phone" and number:
        ways.append(_digits(found, test, number[::-1]))
    return f"{'NOT ' if asked.test in _OPPOSITES else ''}{any_of} AND ({' OR '.join(ways)}))"


def _digits(found: Where, test: str, backwards: str) -> str:
    """A test of the bare digits of a phone number, which are kept from the last to the first."""
    place = found.bound(backwards)
    return {"has": f"instr(h.digits_back, {place}) > 0", "is": f"h.digits_back = {place}",
            "starts": f"substr(h.digits_back, -length({place})) = {place}"}.get(test, _NOBODY)


def _birthday(found: Where, expression: str, asked: Condition, today: date) -> str:
    """A day of the year, whatever the year; one of 29 February is kept on the 28th in other years."""
    days = span(asked.test, asked.value, today)
    if days is None or days.start is None or days.end is None:
        return _NOBODY
    if (days.end - days.start).days > 365:
        return f"{expression} IS NOT NULL"
    first, last = f"{days.start:%m-%d}", f"{days.end - timedelta(days=1):%m-%d}"
    leap = (days.end - timedelta(days=1)).year
    last = "02-29" if last == "02-28" and not _leap(leap) else last
    born = f"substr({expression}, -5)"
    ends = f"{born} >= {found.bound(first)} {'AND' if first <= last else 'OR'} {born} <= {found.bound(last)}"
    return f"({expression} IS NOT NULL AND ({ends}))"


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
