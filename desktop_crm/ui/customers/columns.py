"""The columns of the customers list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_crm.domain.account_status import ACTIVITY, STAGES, growth
from desktop_crm.domain.customers import HEATS, KINDS, STATES, CustomerRow
from desktop_crm.domain.rfm import SEGMENTS
from desktop_crm.services import rfm
from desktop_crm.services.book import Book
from desktop_crm.ui import own_fields
from desktop_crm.ui.customers.ranks import Ranks
from desktop_crm.ui.delegates import widest_badge, widest_text
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.when import ago, short
from desktop_crm.ui.words import N_, current, tr

STATE_TONES = {"lead": "accent", "customer": "good", "inactive": "neutral"}
HEAT_TONES = {"hot": "bad", "warm": "warn", "cold": "neutral"}
ACTIVITY_TONES = {"active": "good", "quiet": "warn", "dormant": "bad", "none": "neutral"}
STAGE_TONES = {"first": "accent", "repeat": "good", "lapsed": "bad", "never": "neutral"}
Column = ColumnSpec[CustomerRow]


def columns(book: Book, ranks: Ranks) -> tuple[Column, ...]:
    """The columns in the window's language, money in the business's currency."""
    return (*_shown(book), *_hidden(), *_standing(book), *_ranked(book, ranks), *own_fields.columns(book, "customers"))


def _shown(book: Book) -> tuple[Column, ...]:
    def steps(row: CustomerRow) -> str:
        return _next_step(row, book.today())

    return (
        ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=180, least=122, stretch=True,
               note=lambda row: ("★", "warn") if row.starred else ("", "")),
        ColumnSpec("state", tr(N_("State")), lambda row: tr(STATES.get(row.state, row.state)), kind="badge",
               tone=lambda row: STATE_TONES.get(row.state, "neutral"),
                   width=widest_badge(STATES.values(), 90)),
        ColumnSpec("heat", tr(N_("Heat")), lambda row: tr(HEATS[row.heat]) if row.heat in HEATS else "—", kind="badge",
               tone=lambda row: HEAT_TONES.get(row.heat or "", "neutral"),
                   width=widest_badge(HEATS.values(), 68)),
        ColumnSpec("last_contact", tr(N_("Last contact")), lambda row: ago(row.last_contact, book.today()), kind="dim",
               tooltip=lambda row: current().day(row.last_contact, "full") if row.last_contact else "", width=95,
               least=84),
        ColumnSpec("next_step", tr(N_("Next step")), steps, kind="dim", width=180, least=80, stretch=True,
               tone=lambda row: _step_tone(row, book.today()), tooltip=lambda row: _step_tip(row, book.today())),
        ColumnSpec("paid", tr(N_("Paid, 12 mo ({currency})"), currency=current().symbol(book.currency)),
               lambda row: current().money(row.paid, book.currency, symbol=False) if row.paid else "—",
               align="end", kind="money", width=124, least=104,
               tooltip=lambda _: tr(N_("Payments received in the last 12 months"))),
        ColumnSpec("owes", tr(N_("Owes ({currency})"), currency=current().symbol(book.currency)),
                   lambda row: current().money(row.owed, book.currency, symbol=False) if row.owed else "—",
                   align="end", kind="money", width=104, hidden=True, tone=lambda row: "warn" if row.owed > 0 else "",
                   tooltip=lambda _: tr(N_("Sales on account less payments and returns"))),
    )


def _hidden() -> tuple[Column, ...]:
    return (
        ColumnSpec("score", tr(N_("Score")), lambda row: "—" if row.score is None else current().number(row.score),
                   align="end", kind="money", width=70, hidden=True,
                   tooltip=lambda row: "" if row.score is None else tr(N_("Points of a lead by the score rules"))),
        _plain("seller", N_("Seller"), lambda row: row.seller or "—"),
        _plain("region", N_("Region"), lambda row: row.region or "—"),
        _plain("industry", N_("Industry"), lambda row: row.industry or "—"),
        _plain("city", N_("City"), lambda row: row.city or "—"),
        _plain("phone", N_("Phone"), lambda row: row.phone or "—", sortable=False),
        _plain("email", N_("E-mail"), lambda row: row.email or "—", sortable=False),
        _plain("tags", N_("Tags"), lambda row: ", ".join(row.tags) or "—", sortable=False),
        ColumnSpec("open_deals", tr(N_("Open deals")), lambda row: current().number(row.open_deals), align="end",
               kind="money", width=90, hidden=True),
        _plain("kind", N_("Kind"), lambda row: tr(KINDS.get(row.kind, row.kind))),
        _plain("created_on", N_("Created on"), lambda row: current().day(row.created_on)),
    )


def _standing(book: Book) -> tuple[Column, ...]:
    """How customers stand, which nobody writes down."""
    def money(row: CustomerRow) -> str:
        return current().money(row.revenue, book.currency, symbol=False) if row.revenue else "—"

    return (
        ColumnSpec("activity", tr(N_("How active")), lambda row: tr(ACTIVITY[row.activity]), kind="badge",
                   tone=lambda row: ACTIVITY_TONES[row.activity], hidden=True,
                   width=widest_badge(ACTIVITY.values(), 90, 190), least=widest_badge(ACTIVITY.values(), 90)),
        ColumnSpec("buyer_stage", tr(N_("Buyer stage")), lambda row: tr(STAGES[row.buyer_stage]), kind="badge",
                   tone=lambda row: STAGE_TONES[row.buyer_stage], hidden=True,
                   width=widest_badge(STAGES.values(), 110, 190), least=widest_badge(STAGES.values(), 110, 170)),
        ColumnSpec("revenue", tr(N_("Revenue, 12 mo ({currency})"), currency=current().symbol(book.currency)), money,
                   align="end", kind="money", width=152, least=104, hidden=True, note=_trend,
                   tooltip=lambda row: tr(N_("In the 12 months before: {money}"),
                                          money=current().money(row.revenue_before, book.currency))),
    )


def _trend(row: CustomerRow) -> tuple[str, str]:
    """By how much revenue grew or fell, and its tone."""
    share = growth(row.revenue, row.revenue_before)
    return ("", "") if share is None else (trend(share), "good" if share >= 0 else "bad")


def trend(share: float) -> str:
    """A growth as people write it: "+10 %"."""
    return ("+" if share > 0 else "") + current().rate(share, 0)


def _ranked(book: Book, ranks: Ranks) -> tuple[Column, ...]:
    def tooltip(row: CustomerRow) -> str:
        found = ranks.of(row.id)
        return "" if found is None else " · ".join(rfm.why(current(), found, book.currency))

    def group(row: CustomerRow) -> str:
        found = ranks.of(row.id)
        return "—" if found is None else tr(SEGMENTS[found.segment])

    def code(row: CustomerRow) -> str:
        found = ranks.of(row.id)
        return found.code or "—" if found is not None else "—"

    return (ColumnSpec("rfm", tr(N_("RFM")), code, align="end", kind="money", width=64, hidden=True, tooltip=tooltip),
            ColumnSpec("rfm_group", tr(N_("RFM group")), group, kind="dim", hidden=True, tooltip=tooltip,
                       width=widest_text(SEGMENTS.values(), 130), least=130))


def _plain(key: str, title: str, text: Callable[[CustomerRow], str], sortable: bool = True) -> Column:
    return ColumnSpec(key, tr(title), text, kind="dim", width=120, sortable=sortable, hidden=True)


def _overdue(row: CustomerRow, today: date) -> bool:
    return row.next_step_on is not None and row.next_step_on < today


def _next_step(row: CustomerRow, today: date) -> str:
    if row.next_step is None:
        return tr(N_("none")) if row.state == "inactive" else tr(N_("no next step"))
    return tr(N_("Overdue: {task}"), task=row.next_step) if _overdue(row, today) else row.next_step


def _step_tone(row: CustomerRow, today: date) -> str:
    missing = row.next_step is None and row.state != "inactive"
    return "bad" if missing or _overdue(row, today) else ""


def _step_tip(row: CustomerRow, today: date) -> str:
    if row.next_step is None or row.next_step_on is None:
        return row.next_step or ""
    return f"{row.next_step} · {short(row.next_step_on, today)}"
