"""A restore told before it is done: "412 customers, 88 deals; you lose 3 changes since 18:00"."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from pathlib import Path

from desktop_crm.domain.backups import REASONS, Backup, Preview
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.i18n import Language
from desktop_crm.services import safety

_RECORDS = {
    "customers": N_count("{n} customer", "{n} customers"), "deals": N_count("{n} deal", "{n} deals"),
    "tasks": N_count("{n} task", "{n} tasks"), "activities": N_count("{n} activity", "{n} activities"),
    "payments": N_count("{n} payment", "{n} payments"),
}
_LOST = N_count("you lose {n} change since {when}", "you lose {n} changes since {when}")
_GAINED = N_count("you get back {n} change", "you get back {n} changes")


def sentence(words: Language, preview: Preview, now: datetime, zone: tzinfo) -> str:
    """What the backup holds, what restoring it loses and what it brings back; times on the clock of `zone`."""
    counts = preview.backup.counts
    holds = words.listed(words.count(*_RECORDS[kind], counts.get(kind, 0)) for kind in ("customers", "deals"))
    return words.ended(words.joined([holds, *_change(words, preview, now, zone)], ";"))


def _change(words: Language, preview: Preview, now: datetime, zone: tzinfo) -> list[str]:
    if not preview.readable:
        return [words.say(N_("what was done after {when} is lost"),
                          when=moment(words, preview.backup.instant, now, zone))]
    parts = []
    if preview.lost and preview.since is not None:
        parts.append(words.count(*_LOST, preview.lost, when=moment(words, preview.since, now, zone)))
    if preview.gained:
        parts.append(words.count(*_GAINED, preview.gained))
    for sign, text in ((1, N_("more than now: {records}")), (-1, N_("fewer than now: {records}"))):
        records = [words.count(*_RECORDS[kind], abs(number)) for kind, number in preview.differences
                   if number * sign > 0]
        if records:
            parts.append(words.say(text, records=words.listed(records)))
    return parts or [words.say(N_("nothing is lost: nothing was changed since"))]


def offer(words: Language, path: Path, second: Path | None = None) -> tuple[Path, str] | None:
    """The newest whole backup of a file that cannot be opened, and what it holds in words; None if there is none."""
    item = safety.offered(path, second)
    if item is None:
        return None
    now = datetime.now().astimezone()
    zone = now.tzinfo or UTC
    text = words.say(N_("There is a verified backup of {when}: {holds}"), when=moment(words, item.instant, now, zone),
                     holds=sentence(words, safety.preview_of(path, Path(item.path)), now, zone))
    return Path(item.path), text


def moment(words: Language, at: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant as people say it: the time alone today, the day with the time before."""
    local = at.astimezone(zone)
    clock = words.clock(local)
    if local.date() == now.astimezone(zone).date():
        return clock
    return words.say(N_("{day}, {time}"), day=words.day(local.date()), time=clock)


def size(words: Language, item: Backup) -> str:
    """How large a backup is, in megabytes."""
    from decimal import Decimal

    return words.say(N_("{size} MB"), size=words.number(Decimal(item.bytes) / 2**20, 1))


def state(words: Language, item: Backup) -> str:
    """Whether a backup was verified."""
    if item.problem:
        return words.say(N_("damaged"))
    return words.say(N_("verified") if item.verified else N_("not yet verified"))


def why(words: Language, item: Backup) -> str:
    """Why a backup was taken."""
    return words.say(REASONS.get(item.why, item.why))
