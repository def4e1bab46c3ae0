"""How a customer stands, as chips under the figures of the card; each opens what it follows from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.account_status import ACTIVITY, STAGES, AccountStatus
from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import LEAD_STATES, CustomerFilter
from desktop_crm.domain.rfm import SEGMENTS, Ranking
from desktop_crm.services import account_status, rfm
from desktop_crm.services.book import Book
from desktop_crm.services.customers import Card
from desktop_crm.ui import icons
from desktop_crm.ui.customers.columns import trend
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.widgets.buttons import literal
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import tip
from desktop_crm.ui.widgets.layout import FlowLayout, column
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_ICONS = {"active": ("check", "good"), "quiet": ("clock", "warn"), "dormant": ("warning", "bad"),
          "none": ("minus", "dim")}
_PURCHASES = N_count("{n} purchase in all", "{n} purchases in all")


class StandingStrip(QWidget):
    """Activity, buyer stage, revenue and RFM of one customer.

    `rows_wanted(filter)` asks for everybody alike, `settings_wanted(section, record)` for how it is counted.
    """

    rows_wanted = Signal(object)
    settings_wanted = Signal(str, int)

    def __init__(self, book: Book, jobs: Jobs, failed: Callable[[Exception], None],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._failed, self._ranking = book, failed, Latest(jobs)
        self.customer = 0
        flow = FlowLayout(gap=6)
        self.chips = {key: Chip("", toggles=False) for key in ("activity", "stage", "revenue", "rfm")}
        self.menus = {key: QMenu(self) for key in self.chips}
        for key, chip in self.chips.items():
            chip.set_menu(self.menus[key])
            flow.addWidget(chip)
        self.setLayout(column(flow, margins=(16, 10, 16, 0)))

    def show_card(self, card: Card) -> None:
        """Show another customer: at once, but for the RFM of a buyer, which takes a look at all of them."""
        found = account_status.status(self._book, card.id)
        self._show_activity(found)
        self._show_stage(found, card)
        self._show_revenue(found)
        chip = self.chips["rfm"]
        chip.setVisible(bool(found.facts.purchases))
        if card.id != self.customer:
            chip.set_label(tr(N_("RFM")))
            self.menus["rfm"].clear()
        self.customer = card.id
        self._ranking.drop()
        if found.facts.purchases:
            customer = card.id
            self._ranking.run(lambda _: rfm.ranking(self._book), lambda ranking: self._show_rfm(customer, ranking),
                              self._failed, label="")

    # The parts

    def _show_activity(self, found: AccountStatus) -> None:
        facts, days = found.facts, current().number
        said = []
        if facts.last_contact:
            said.append(tr(N_("Last contact: {day}"), day=current().day(facts.last_contact, "full")))
        if facts.last_purchase:
            said.append(tr(N_("Last purchase: {day}"), day=current().day(facts.last_purchase, "full")))
        rule = tr(N_("Active: within {half} days. Quiet: within {days}. Dormant: longer ago."),
                  half=days(found.lapse // 2), days=days(found.lapse))
        self.chips["activity"].setIcon(icons.icon(*_ICONS[found.activity]))
        self._fill("activity", tr(ACTIVITY[found.activity]), [*said, rule],
                   Condition("activity", "one_of", (found.activity,)))

    def _show_stage(self, found: AccountStatus, card: Card) -> None:
        lead = card.values["state"] == "lead" and found.stage == "never"
        state = str(card.values["lead_state"] or "")
        label = tr(LEAD_STATES[state]) if lead and state in LEAD_STATES else tr(STAGES[found.stage])
        said = [tr_count(*_PURCHASES, found.facts.purchases)] if found.facts.purchases else [tr(STAGES["never"])]
        rule = tr(N_("Lapsed: no purchase for {days} days."), days=current().number(found.lapse))
        alike = Condition("lead_state", "one_of", (state,)) if lead and state in LEAD_STATES else Condition(
            "buyer_stage", "one_of", (found.stage,))
        self._fill("stage", label, [*said, rule], alike)

    def _show_revenue(self, found: AccountStatus) -> None:
        facts, share = found.facts, found.growth
        money = {key: current().money(amount, self._book.currency, short=True)
                 for key, amount in (("now", facts.revenue), ("before", facts.before))}
        self.chips["revenue"].setVisible(bool(facts.revenue or facts.before))
        self._fill("revenue", money["now"] if share is None else f"{money['now']}  {trend(share)}", [
            tr(N_("Bought in the last 12 months: {money}"), money=money["now"]),
            tr(N_("In the 12 months before: {money}"), money=money["before"]),
            tr(N_("Won deals, returns taken off."))])

    def _show_rfm(self, customer: int, ranking: Ranking) -> None:
        one = ranking.get(customer)
        self.chips["rfm"].setVisible(one is not None)
        if one is None or customer != self.customer:
            return
        said = rfm.why(current(), one, self._book.currency)
        group = tr(SEGMENTS[one.segment])
        self._fill("rfm", f"{group} {one.code}".strip(), [*said, rfm.scored_by(current(), ranking)],
                   Condition("rfm", "one_of", (one.segment,)))
        self.chips["rfm"].setToolTip(tip(" · ".join(said)))

    def _fill(self, key: str, label: str, said: list[str], alike: Condition | None = None) -> None:
        """Say in a chip what is so, and in its menu what it follows from and who else is like this."""
        chip, menu = self.chips[key], self.menus[key]
        chip.set_label(label)
        chip.setToolTip(tip(" · ".join(said)))
        menu.clear()
        for text in said:
            menu.addAction(literal(text)).setEnabled(False)
        menu.addSeparator()
        if alike is not None:
            wanted = CustomerFilter(conditions=Group(True, (alike,)))
            menu.addAction(icons.icon("filter", "dim"), tr(N_("Show all who are alike"))).triggered.connect(
                lambda: self.rows_wanted.emit(wanted))
        menu.addAction(icons.icon("settings", "dim"), tr(N_("How this is counted…"))).triggered.connect(
            lambda: self.settings_wanted.emit("buyers", 0))
