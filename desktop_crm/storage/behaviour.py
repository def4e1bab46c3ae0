"""Customers by what they do: spoken to, bought, paid, owing, born this month; conditions on a row of `customers`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.storage.conditions import Where

_CURRENCY = "(SELECT value FROM settings WHERE key = 'currency')"
# By expressions on state and day only the customer's own deals are looked at: the planner would scan all won ones.
_BOUGHT = ("EXISTS (SELECT 1 FROM deals b WHERE b.customer_id = customers.id AND coalesce(b.status, '') = 'won' "
           "AND coalesce(b.amount, 0) >= 0{since})")
_SINCE = " AND coalesce(b.closed_on, '') > :{day}"
_ACTIVE = "customers.state <> 'inactive' AND "
_HELD = ("EXISTS (SELECT 1 FROM activities h WHERE h.customer_id = customers.id AND h.state = 'held' "
         "AND h.on_date >= :{day})")
_PAID = (f"coalesce((SELECT sum(y.amount) FROM payments y WHERE y.customer_id = customers.id "
         f"AND y.received_on IS NOT NULL AND y.currency = {_CURRENCY}), 0)")
_YEARS_SALES = (f"FROM deals w WHERE w.status = 'won' AND w.closed_on > :year AND w.amount >= 0 "
                f"AND w.currency = {_CURRENCY} AND w.customer_id IS NOT NULL")
_REGULAR = 3


def narrow(found: Where, wanted: CustomerFilter, today: date) -> None:
    """Add the conditions on behaviour that a filter asks for."""
    for key, condition in _CONDITIONS.items():
        if getattr(wanted, key) not in (False, 0, None) or (key.startswith("paid") and getattr(wanted, key) == 0):
            condition(found, wanted, today)


def _last_contact(found: Where, wanted: CustomerFilter, _: date) -> None:
    period = wanted.last_contact
    if period is not None and period.start is not None:
        found.add(_HELD.format(day="spoken"), spoken=period.start.isoformat())
    if period is not None and period.end is not None:
        found.add("NOT " + _HELD.format(day="silent"), silent=period.end.isoformat())


def _bought(found: Where, wanted: CustomerFilter, today: date) -> None:
    found.add("customers.id IN (SELECT b.customer_id FROM deals b WHERE b.status = 'won' AND b.closed_on > :bought "
              "AND (b.amount >= 0 OR b.amount IS NULL))",
              bought=(today - timedelta(days=wanted.bought_days)).isoformat())


def _lapsed(found: Where, wanted: CustomerFilter, today: date) -> None:
    lately = _BOUGHT.format(since=_SINCE.format(day="lapsed"))
    found.add(f"{_ACTIVE}{_BOUGHT.format(since='')} AND NOT {lately}",
              lapsed=(today - timedelta(days=wanted.lapsed_days)).isoformat())


def _never_bought(found: Where, _: CustomerFilter, __: date) -> None:
    found.add(f"{_ACTIVE}NOT {_BOUGHT.format(since='')}")


def _low_regulars(found: Where, _: CustomerFilter, today: date) -> None:
    found.add(f"{_ACTIVE}customers.id IN (SELECT w.customer_id {_YEARS_SALES} GROUP BY w.customer_id "
              f"HAVING count(*) >= {_REGULAR} AND avg(w.amount) < (SELECT avg(w.amount) {_YEARS_SALES}))",
              year=(today - timedelta(days=365)).isoformat())


def _paid_from(found: Where, wanted: CustomerFilter, _: date) -> None:
    found.add(f"{_PAID} >= :paid_from", paid_from=wanted.paid_from)


def _paid_to(found: Where, wanted: CustomerFilter, _: date) -> None:
    found.add(f"{_PAID} <= :paid_to", paid_to=wanted.paid_to)


def _open_deals(found: Where, _: CustomerFilter, __: date) -> None:
    found.add("EXISTS (SELECT 1 FROM deals o WHERE o.customer_id = customers.id AND o.status = 'open')")


def _overdue(found: Where, _: CustomerFilter, today: date) -> None:
    found.add("customers.id IN (SELECT l.customer_id FROM payments l WHERE l.due_on < :due AND l.received_on IS NULL "
              "AND l.amount > 0 AND coalesce(l.state, '') <> 'bounced')", due=today.isoformat())


def _birthday(found: Where, _: CustomerFilter, today: date) -> None:
    found.add("customers.birthday LIKE :born", born=f"%-{today:%m}-__")


_CONDITIONS: dict[str, Callable[[Where, CustomerFilter, date], None]] = {
    "last_contact": _last_contact, "bought_days": _bought, "lapsed_days": _lapsed, "never_bought": _never_bought,
    "low_regulars": _low_regulars, "paid_from": _paid_from, "paid_to": _paid_to, "open_deals": _open_deals,
    "overdue": _overdue, "birthday_month": _birthday,
}
