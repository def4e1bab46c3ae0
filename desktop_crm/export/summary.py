"""A report as a short plain text, ready to paste into WhatsApp, LINE or Viber."""

from __future__ import annotations

import unicodedata

from desktop_crm import i18n
from desktop_crm.export.cells import sound
from desktop_crm.export.digest import Block, Line, digest
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Report

_ISOLATE, _END = "\u2068", "\u2069"


def summary(report: Report) -> str:
    """The report as text: a heading, a line a figure, then the blocks with a bullet a line."""
    told, words = digest(report), i18n.language(report.language)
    parts = ["\n".join(part for part in (told.business, told.title, told.day) if part),
             "\n".join(_line(line, words) for line in told.figures),
             *(_block(block, words) for block in told.blocks)]
    return "\n\n".join(parts) + "\n"



def _block(block: Block, words: Language) -> str:
    lines = [block.title, *(f"• {_line(line, words)}" for line in block.lines)]
    if block.total is not None:
        lines.append(_line(block.total, words))
    if block.note:
        lines.append(block.note)
    return "\n".join(lines)


def _line(line: Line, words: Language) -> str:
    """What: how much (remark)."""
    said = f"{_kept(line.label, words)}: {_kept(line.value, words)}" if line.value else _kept(line.label, words)
    return f"{said} ({_kept(line.note, words)})" if line.note else said


def _kept(text: str, words: Language) -> str:
    """A part that runs the other way is isolated, so that the numbers and marks around it stay in their places."""
    text = sound(text)
    other = any((unicodedata.bidirectional(letter) in ("R", "AL")) != words.right_to_left for letter in text
                if unicodedata.bidirectional(letter) in ("L", "R", "AL"))
    return f"{_ISOLATE}{text}{_END}" if other else text
