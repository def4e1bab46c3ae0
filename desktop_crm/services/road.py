"""What was noted on the road comes in: each line on its card, with its next step, all of them as one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from desktop_crm.domain import channels, fields
from desktop_crm.domain.activities import FIELDS, KINDS
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.road import MOST_LETTERS, Choice, Noted, RoadNote
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language
from desktop_crm.readers.encoding import plain_text
from desktop_crm.readers.kinds import check, closed, too_large
from desktop_crm.services import customers, intake, quick_log, scored, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import customers as storage
from desktop_crm.storage import records
from desktop_crm.storage.unit_of_work import Work

MOST_BYTES = MOST_LETTERS * 4
_TITLE = 200


def text_of(path: Path) -> str:
    """The text of a file that a phone has sent, whatever its encoding; Unreadable for what is none, or too much."""
    check(path, MOST_BYTES)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise closed(path, error) from error
    return plain_text(data, path)


def text_in(file: BinaryIO) -> str:
    """The text that a stream (standard input) holds; raises as `text_of` does."""
    data, name = file.read(MOST_BYTES + 1), Path("-")
    if len(data) > MOST_BYTES:
        raise too_large(name)
    return plain_text(data, name)


def said(note: RoadNote, words: Language) -> str:
    """What will be logged, in a line: "Visit, 20 min: wants samples"; "" if nothing has happened yet."""
    if not note.said:
        return ""
    minutes = f", {words.say(N_('{n} min'), n=words.number(note.minutes))}" if note.minutes is not None else ""
    return f"{words.say(KINDS[note.kind])}{minutes}: {note.said}"


def step_said(note: RoadNote, words: Language) -> str:
    """What comes next and when, in a line; "" if nothing does."""
    if note.step is None:
        return ""
    at = f", {note.step['due_time']}" if note.step["due_time"] else ""
    return f"{words.day(note.step['due_on'], 'short')}{at}: {note.step['name']}"


def take(book: Book, words: Language, notes: Sequence[tuple[RoadNote, Choice]], on: date | None = None) -> Noted:
    """Do with each note what is chosen, as one act; they happened on the day `on` (today if None).

    InvalidInput for a new lead of nobody; NotFound where a customer is gone. Nothing is saved then.
    """
    doing = [(note, choice) for note, choice in notes if choice.what != "leave"]
    left = len(notes) - len(doing)
    if not doing:
        return Noted(left=left)
    taking = _Taking(book, words, on)
    with book.work(N_("{count} notes from the road"), count=len(doing)) as work:
        for note, choice in doing:
            taking.take(work, note, choice)
        if taking.owners:
            scored.follow(book, work, sorted(taking.owners))
    return Noted(taking.logged, taking.steps, tuple(taking.leads.values()), tuple(taking.kept), left,
                 work.done.work_id)


class _Taking:
    """Notes as they are written down, within one act."""

    def __init__(self, book: Book, words: Language, on: date | None) -> None:
        self._book, self._words, self._on = book, words, on or book.today()
        self._source = intake.default_source(book)
        self.logged = self.steps = 0
        self.leads: dict[str, int] = {}
        self.kept: list[str] = []
        self.owners: set[int] = set()

    def take(self, work: Work, note: RoadNote, choice: Choice) -> None:
        """Write one note down."""
        if choice.what == "task":
            self._keep(work, note)
        elif choice.what == "lead":
            self._log(work, note, self._lead(work, note), None)
        elif choice.candidate is not None:
            self._log(work, note, choice.candidate.customer, choice.candidate.contact)

    def _keep(self, work: Work, note: RoadNote) -> None:
        """A task of today that says the line, so that it is not forgotten."""
        values = quick_log.task_values(self._book, self._words, note.text)
        tasks.insert(self._book, work, {
            **values, "name": (values["name"] or note.text)[:_TITLE], "kind": values["kind"] or "note",
            "due_on": values["due_on"] or self._book.today(),
            "notes": self._words.say(N_("Noted on the road: {text}"), text=note.text)})
        self.kept.append(note.text)

    def _lead(self, work: Work, note: RoadNote) -> int:
        """The new lead of a note: one for all lines that name the same person."""
        name = note.who or note.phone
        if not name:
            raise InvalidInput(N_("Line {number} names nobody: “{text}”. Nothing was saved."), "who",
                               number=note.number, text=note.text[:_TITLE])
        key = fold(name)
        if key not in self.leads:
            new = customers.insert(self._book, work, {"name": name[:_TITLE], "kind": "person",
                                                      "source_id": self._source})
            if note.phone:
                way = channels.channel("phone", note.phone, self._book.business.country)
                storage.set_channels(work.connection, "customer_id", new, [way])
            self.leads[key] = new
        return self.leads[key]

    def _log(self, work: Work, note: RoadNote, customer: int | None, contact: int | None) -> None:
        """What happened as an activity, and what comes next as a task."""
        row: dict[str, Any] = records.get(work.connection, "customers", customer) if customer is not None else {}
        today = self._on == self._book.today()
        whose = {"customer_id": customer, "contact_id": contact, "seller_id": self._book.seller or row.get("seller_id")}
        if note.said:
            records.add(work.connection, "activities", dict(fields.checked(FIELDS, {
                "name": note.said, "kind": note.kind, "minutes": note.minutes, "state": "held", "on_date": self._on,
                "at": self._book.now() if today else None, **whose}, new=True)))
        self.logged += 1
        if note.step is not None:
            tasks.insert(self._book, work, {**note.step, **whose})
            self.steps += 1
        if customer is not None:
            self.owners.add(customer)
