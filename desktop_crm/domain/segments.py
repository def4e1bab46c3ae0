"""The segments that every file has: live filters of the customers, by key."""

from __future__ import annotations

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_

LAPSE_DAYS = 180
"""Who has bought, and not for so many days, has lapsed (DEFINITIONS.md, indicator 9); a business may say otherwise."""


def _buyers(stage: str) -> CustomerFilter:
    """Who is not inactive and in a stage of domain/account_status as a buyer."""
    return CustomerFilter(conditions=Group(True, (Condition("buyer_stage", "one_of", (stage,)),
                                                  Condition("state", "none_of", ("inactive",)))))


PRESETS: dict[str, tuple[str, CustomerFilter]] = {
    "all": (N_("All customers"), CustomerFilter()),
    "leads": (N_("Leads"), CustomerFilter(states=("lead",))),
    "customers": (N_("Customers"), CustomerFilter(states=("customer",))),
    "hot": (N_("Hot"), CustomerFilter(heats=("hot",))),
    "starred": (N_("Starred"), CustomerFilter(starred=True)),
    "owes": (N_("Owes money"), CustomerFilter(owes=True)),
    "no_next_step": (N_("No next step"), CustomerFilter(no_next_step=True)),
    "hot_no_next_step": (N_("Hot, no next step"), CustomerFilter(heats=("hot",), no_next_step=True)),
    "untouched": (N_("Untouched 30 days"), CustomerFilter(untouched_days=30)),
    "low_regulars": (N_("Small regulars"), CustomerFilter(low_regulars=True)),
    "first": (N_("First purchase"), _buyers("first")),
    "repeat": (N_("Repeat buyers"), _buyers("repeat")),
    "lapsed": (N_("Lapsed"), _buyers("lapsed")),
    "never_bought": (N_("Never bought"), CustomerFilter(never_bought=True)),
    "inactive": (N_("Inactive"), CustomerFilter(states=("inactive",))),
}
"""Key → title (a message id) and filter, in the order in which they are shown."""
