"""The paper of a hand-over: from whom to whom, the sums, and all that the next seller needs of each customer."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.customers import CHANNELS, Channel
from desktop_crm.domain.documents import Party
from desktop_crm.domain.errors import N_
from desktop_crm.domain.handover import GivenCustomer, GivenDeal, GivenTask, HandOver
from desktop_crm.export.address_words import birthday
from desktop_crm.export.documents_parts import (
    NOTE,
    TEXT,
    Figure,
    band,
    letterhead,
    paragraph,
    parties,
    signatures,
    together,
)
from desktop_crm.export.documents_sheet import LEADING, Sheet
from desktop_crm.export.documents_table import Column, Lines
from desktop_crm.export.pdf import boxes
from desktop_crm.i18n import Language

_NAME, _TOGETHER = 11.5, 250.0
_MOST_TEXT = 1_500  # letters of one note: the whole of a very long one stands in the file


def handover(paper: HandOver, language: Language) -> Sheet:
    """Set the paper on A4 sheets, its customers one below the other, each kept together where it fits on a page."""
    say = language.say
    title = say(N_("Hand-over"))
    sheet = Sheet(paper, language, title, paper.to)
    letterhead(sheet, paper.seller, title, "", "")
    parties(sheet, say(N_("Handed over to")), Party(paper.to), (
        (say(N_("Date")), sheet.day(paper.on_date)),
        (say(N_("From whom")), language.listed(paper.givers) or say(N_("the pool")))))
    band(sheet, [Figure(say(N_("Customers")), language.number(len(paper.customers))),
                 Figure(say(N_("Open tasks")), language.number(len(paper.tasks))),
                 Figure(say(N_("Owed")), sheet.money(paper.owed)),
                 Figure(say(N_("Open deals ({n})"), n=language.number(len(paper.deals))), _amounts(paper, language),
                        large=True)])
    paragraph(sheet, say(N_("Note")), paper.note)
    for number, one in enumerate(paper.customers, 1):
        _customer(sheet, one, number, len(paper.givers) > 1)
    signatures(sheet, [(", ".join(paper.givers), say(N_("Handed over: signature, date"))),
                       (paper.to, say(N_("Taken over: signature, date")))])
    if sheet.type.missing:  # letters that no font has are named at the end
        sheet.flow(boxes(sheet), NOTE, "dim")
    return sheet


def _amounts(paper: HandOver, language: Language) -> str:
    """The sums of the deals by currency; the business's own alone where there is no other."""
    found = {currency: amount for currency, amount in paper.amounts.items() if amount} or {paper.currency: 0}
    return "  +  ".join(language.money(amount, currency) for currency, amount in found.items())


def _customer(sheet: Sheet, one: GivenCustomer, number: int, several: bool) -> None:
    """One customer under a rule: who and how to reach them, what to know, what is open, what was said last."""
    sheet.need(min(_height(one), _TOGETHER))
    sheet.rule(sheet.top, "accent", 0.8)
    sheet.top += 6
    former = one.former if several else ""
    if former:
        sheet.text(sheet.right, sheet.top + 2, sheet.inner * 0.34, former, NOTE, colour="dim", align="end", most=2)
    width = sheet.inner * (0.64 if former else 1.0)
    sheet.top = sheet.text(sheet.left, sheet.top, width, f"{sheet.language.number(number)}.  {one.name}", _NAME,
                           bold=True, most=4) + 2
    _reach(sheet, one)
    _known(sheet, one)
    if one.deals:
        _deals(sheet, one.deals)
    if one.tasks:
        _tasks(sheet, one.tasks)
    _last(sheet, one)
    sheet.top += 10


def _height(one: GivenCustomer) -> float:
    """About how high a customer stands, in points: enough to say whether the rest of a page will do."""
    lines = 6 + len(one.people) + 1.6 * (len(one.deals) + len(one.tasks)) + 2 * len(one.notes)
    return lines * TEXT * LEADING


def _reach(sheet: Sheet, one: GivenCustomer) -> None:
    for text in together(sheet, [*_ways(sheet, one.ways), one.place], sheet.inner):
        _line(sheet, text)
    for person in one.people:
        who = f"{person.name} ({person.role})" if person.role else person.name
        _line(sheet, "  ·  ".join([who, *_ways(sheet, person.ways)]))


def _ways(sheet: Sheet, ways: Sequence[Channel]) -> list[str]:
    """Each way with its kind where it is no phone or e-mail, and with its label."""
    made = []
    for way in ways:
        kind = "" if way.kind in ("phone", "email") else sheet.say(CHANNELS.get(way.kind, way.kind))
        said = " · ".join(filter(None, (kind, way.label)))
        made.append(f"{way.value} ({said})" if said else way.value)
    return made


def _known(sheet: Sheet, one: GivenCustomer) -> None:
    """The pinned note, then preferences, birthday, what is owed and the last contact."""
    say = sheet.say
    if one.pinned:
        _line(sheet, one.pinned, bold=True)
    owed = say(N_("Owes")) if one.owed >= 0 else say(N_("In their favour"))
    facts = [(say(N_("Preferences")), " ".join(one.preferences.split())),
             (say(N_("Birthday")), birthday(one.birthday, sheet.language) if one.birthday else ""),
             (owed, sheet.money(abs(one.owed)) if one.owed else ""),
             (say(N_("Last contact")), sheet.language.day(one.last_contact) if one.last_contact else say(N_("never")))]
    for text in together(sheet, [f"{label}: {value}" for label, value in facts if value], sheet.inner):
        _line(sheet, text, "dim")
    sheet.top += 3


def _deals(sheet: Sheet, deals: Sequence[GivenDeal]) -> None:
    say, day = sheet.say, sheet.language.day
    expected = [Column(say(N_("Expected on")), [day(deal.expected_on) if deal.expected_on else "" for deal in deals],
                       ends=False)] if any(deal.expected_on for deal in deals) else []
    Lines(sheet, [
        Column(say(N_("Deal still open")), [_kept(sheet, deal.name, deal.keeper) for deal in deals], ends=False,
               text=True),
        Column(say(N_("Stage")), [deal.stage for deal in deals], ends=False), *expected,
        Column(say(N_("Amount")), ["—" if deal.amount is None else sheet.language.money(deal.amount, deal.currency)
                                   for deal in deals])]).draw()


def _tasks(sheet: Sheet, tasks: Sequence[GivenTask]) -> None:
    say = sheet.say
    Lines(sheet, [
        Column(say(N_("Task still open")), [_kept(sheet, task.name, task.keeper) for task in tasks], ends=False,
               text=True),
        Column(say(N_("Due on")), [_due(sheet, task) for task in tasks])]).draw()


def _due(sheet: Sheet, task: GivenTask) -> str:
    if task.due_on is None:
        return "—"
    day = sheet.language.day(task.due_on)
    return f"{day} {task.due_time}" if task.due_time else day


def _kept(sheet: Sheet, name: str, keeper: str) -> str:
    """What does not go along says with whom it stays."""
    return sheet.say(N_("{name} (stays with {seller})"), name=name, seller=keeper) if keeper else name


def _last(sheet: Sheet, one: GivenCustomer) -> None:
    """The last notes, each with its day and kind."""
    for note in one.notes:
        day = sheet.language.day(note.on_date) if note.on_date else ""
        head = ", ".join(filter(None, (day, sheet.say(KINDS.get(note.kind, note.kind)))))
        text = " ".join(note.text.split())
        _line(sheet, f"{head}: {text[:_MOST_TEXT]}{'…' if len(text) > _MOST_TEXT else ''}")


def _line(sheet: Sheet, text: str, colour: str = "text", bold: bool = False) -> None:
    """A text of any length from the cursor down, over as many pages as it takes."""
    for piece in sheet.type.wrap(text, sheet.inner, TEXT, bold, most=1 + len(text)):
        sheet.need(TEXT * LEADING)
        sheet.top = sheet.set(sheet.left, sheet.top, [piece], TEXT, colour)
