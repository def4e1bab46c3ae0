"""Ways of selling: what a few answers about a business propose for its stages, fields, targets and first weeks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from desktop_crm.domain.deals import Stage
from desktop_crm.domain.errors import N_, InvalidInput, N_count
from desktop_crm.domain.values import fold

MOST_DAYS = 3650
"""The longest that a sale may take, or a customer go without contact, in days."""
MONTHS = 3
"""For so many months, the present one included, a target is proposed."""
WEEKS = 4
"""For so many weeks a weekly task is proposed: tasks do not come again by themselves."""
PARTS = {
    "stages": N_("Stages"), "fields": N_("Own fields"), "target": N_("Monthly target"),
    "contact": N_("Keeping in touch"), "plan": N_("Plan"),
}
"""What is proposed, each part to be taken or left."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of selling, its names as message ids.

    `stages` are a name, a probability in per cent and the share of a usual sale's time that it takes; `days` is how
    long such a sale usually takes, `ready` the set of own fields that suits, `tasks` what to begin with.
    """

    title: str
    stages: tuple[tuple[str, int, int], ...]
    days: int
    ready: str
    tasks: tuple[str, ...]


WAYS = {
    "retail": Way(
        N_("Goods over the counter"), ((N_("Asked"), 20, 1), (N_("Offered"), 50, 2), (N_("Set aside"), 80, 2)),
        5, "retail", (N_("Write down the regular customers with their phone numbers"),
                      N_("Write down who waits for goods that are not in stock"))),
    "b2b": Way(
        N_("To companies"), ((N_("New"), 10, 1), (N_("Qualified"), 25, 2), (N_("Proposal"), 50, 2),
                             (N_("Negotiation"), 75, 2), (N_("Ready to close"), 90, 1)),
        56, "services", (N_("Write down who decides at each of the ten largest customers"),
                         N_("Enter each quotation that is still open as a deal"))),
    "services": Way(
        N_("Services and appointments"), ((N_("Enquiry"), 15, 1), (N_("Appointment made"), 40, 2),
                                          (N_("Price told"), 60, 2), (N_("Agreed"), 90, 2)),
        14, "services", (N_("Enter the appointments that are already agreed as tasks"),
                         N_("Write down which contracts end in the next three months"))),
    "workshop": Way(
        N_("Workshop jobs and repairs"), ((N_("Brought in"), 30, 1), (N_("Checked"), 50, 1), (N_("Price told"), 65, 2),
                                          (N_("In work"), 90, 3), (N_("Ready to collect"), 95, 1)),
        10, "workshop", (N_("Enter each job that is in the workshop now as a deal"),
                         N_("Write down which vehicles and machines are due for service"))),
}
"""The ways of selling, by key."""
FIRST_TASKS = (N_("Bring in the customer list"), N_("Enter the products with their prices"))
LAST_TASKS = (N_("Name a second place for the backups"), N_("Look at the report of the first week"))
"""What every business begins with, and what it ends its first week with."""
CONTACT_TASK = N_count("Call who has not been contacted for {n} day", "Call who has not been contacted for {n} days")
OWED_TASK = N_("Remind who owes")
"""What is proposed for each of the first weeks."""
SEGMENT = N_count("No contact for {n} day", "No contact for {n} days")
"""The name of a live segment."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How a business sells: its way, how long a sale usually takes (days; None: as usual for the way), whether
    customers pay later, what is to be sold a month (minor units), and after how many days without contact it is too
    long (0: never).
    """

    sells: str
    days: int | None = None
    credit: bool = False
    target: int | None = None
    contact: int = 0

    @property
    def way(self) -> Way:
        """The way of selling."""
        return WAYS[self.sells]

    @property
    def cycle(self) -> int:
        """How many days a sale usually takes."""
        return self.way.days if self.days is None else self.days


def checked(answers: Answers) -> Answers:
    """The answers if they can be; InvalidInput for a way that is not known and for numbers out of range."""
    if answers.sells not in WAYS:
        raise InvalidInput(N_("There is no way of selling “{name}”. There are: {names}."), "sells",
                           name=answers.sells, names=", ".join(WAYS))
    for at, days in (("days", answers.days or 0), ("contact", answers.contact)):
        if not 0 <= days <= MOST_DAYS:
            raise InvalidInput(N_("“{value}” is not a number of days from 1 to {most}."), at, value=days,
                               most=MOST_DAYS)
    if answers.target is not None and not 0 < answers.target < 2**62:
        raise InvalidInput(N_("A target must be above zero. Nothing was saved."), "target")
    return answers


def limits(way: Way, days: int) -> tuple[int, ...]:
    """The day limit of each stage: its share of the days that a sale takes, half up, and a day at least."""
    whole = sum(share for _, _, share in way.stages)
    return tuple(max(1, (2 * days * share + whole) // (2 * whole)) for _, _, share in way.stages)


@dataclass(frozen=True, slots=True)
class WantedStage:
    """A stage as the way of selling has it, in the file's language."""

    name: str
    probability: int
    day_limit: int


Step = Literal["keep", "change", "rename", "add", "remove"]


@dataclass(frozen=True, slots=True)
class StageStep:
    """What happens to one stage: `before` is the stage as it is (None: it is added), the rest what it becomes."""

    step: Step
    before: Stage | None
    name: str
    probability: int
    day_limit: int | None


def stage_steps(present: Sequence[Stage], used: Collection[int], wanted: Sequence[WantedStage]) -> list[StageStep]:
    """How the open stages of a pipeline become the wanted ones, in their new order; what is taken away comes last.

    A stage through which a deal has gone (`used`) keeps its name and stays; the others are renamed or taken away. One
    that has a wanted name already gets its probability and day limit.
    """
    named = {fold(stage.name): stage for stage in reversed(present)}
    same = {fold(item.name): named[fold(item.name)] for item in wanted if fold(item.name) in named}
    taken = {stage.id for stage in same.values()}
    free = [stage for stage in present if stage.id not in taken and stage.id not in used]
    steps = []
    for item in wanted:
        before = same.pop(fold(item.name), None) or (free.pop(0) if free else None)
        steps.append(_step(before, item))
    stays = [StageStep("keep", stage, stage.name, stage.probability, stage.day_limit) for stage in present
             if stage.id in used and stage.id not in taken]
    steps = sorted([*steps, *stays], key=lambda item: item.probability)
    return steps + [StageStep("remove", stage, stage.name, stage.probability, stage.day_limit) for stage in free]


def _step(before: Stage | None, item: WantedStage) -> StageStep:
    if before is None:
        return StageStep("add", None, item.name, item.probability, item.day_limit)
    if fold(before.name) != fold(item.name):
        return StageStep("rename", before, item.name, item.probability, item.day_limit)
    same = (before.probability, before.day_limit) == (item.probability, item.day_limit)
    return StageStep("keep" if same else "change", before, before.name, item.probability, item.day_limit)


@dataclass(frozen=True, slots=True)
class NewField:
    """A field of one's own that is proposed, in the file's language."""

    kind: str
    name: str
    type: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewTarget:
    """What the shop is to win in the month that begins on `first`, and what was set for it before; minor units."""

    first: date
    amount: int
    before: int | None


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task that is proposed."""

    name: str
    due_on: date
    kind: str = "follow_up"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the answers propose; parts that would change nothing are empty.

    `pipeline` is the one whose stages are meant, `segment` the name of a new live segment of those without contact
    ("": none), `idle` whether the days are set after which a lead may go back to the pool.
    """

    answers: Answers
    pipeline: int
    pipeline_name: str
    currency: str
    stages: tuple[StageStep, ...] = ()
    fields: tuple[NewField, ...] = ()
    targets: tuple[NewTarget, ...] = ()
    segment: str = ""
    idle: bool = False
    tasks: tuple[NewTask, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys of PARTS in which anything would change."""
        has: Mapping[str, bool] = {
            "stages": bool(self.stages), "fields": bool(self.fields), "target": bool(self.targets),
            "contact": bool(self.segment or self.idle), "plan": bool(self.tasks)}
        return tuple(key for key in PARTS if has[key])

    @property
    def mixed(self) -> bool:
        """Whether stages of another way of selling stay among the new ones, because deals have passed them."""
        asked = len(self.answers.way.stages)
        return sum(item.step != "remove" for item in self.stages) > asked

    def only(self, parts: Collection[str]) -> Proposal:
        """The same without what is in none of these parts (keys of PARTS)."""
        found = self if "stages" in parts else replace(self, stages=())
        found = found if "fields" in parts else replace(found, fields=())
        found = found if "target" in parts else replace(found, targets=())
        found = found if "contact" in parts else replace(found, segment="", idle=False)
        return found if "plan" in parts else replace(found, tasks=())
