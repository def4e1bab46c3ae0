"""Build step: each language's words compiled, with the mends of its glossary.

Run as `python -m desktop_crm.catalogues`. `resources/locale/CODE/glossary.csv` lists the words of the trade. Who would
say one differently writes it into the column "Write instead": every sentence that has the word then says the new one,
and the translations themselves stay as they are.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desktop_crm import paths

_PARTS = re.compile(r"\s*[,，、;:：]\s*")


def build(locale: Path) -> list[Path]:
    """Compile the languages of a locale folder whose words or glossary are newer; returns the files written."""
    written = []
    for words in sorted(locale.glob("*/LC_MESSAGES/desktop_crm.po")):
        glossary, compiled = words.parents[1] / "glossary.csv", words.with_suffix(".mo")
        newest = max(path.stat().st_mtime for path in (words, glossary) if path.exists())
        if not compiled.exists() or compiled.stat().st_mtime < newest:
            with words.open("rb") as file:
                catalog = read_po(file, locale=words.parents[1].name)
            mend(catalog, mends(glossary))
            with compiled.open("wb") as file:
                write_mo(file, catalog)
            written.append(compiled)
    return written


def mends(glossary: Path) -> dict[str, str]:
    """What is to be written instead of which word; none if nobody has mended anything.

    A row with several words ("won, lost") takes as many instead, in the same order.
    """
    if not glossary.exists():
        return {}
    found: dict[str, str] = {}
    with glossary.open(newline="", encoding="utf-8-sig") as file:  # a spreadsheet saves it with a mark
        for row in csv.DictReader(file):
            words, instead = row["Word"].strip(), (row["Write instead"] or "").strip()
            parts, others = _PARTS.split(words), _PARTS.split(instead)
            if instead:
                found |= dict(zip(parts, others, strict=True)) if len(parts) == len(others) else {words: instead}
    return {word: instead for word, instead in found.items() if word and instead}


def mend(catalog: Catalog, wanted: Mapping[str, str]) -> None:
    """Say other words throughout a catalogue, longest first; what stands in {places} is left alone."""
    for message in catalog:
        if message.id and isinstance(message.string, tuple | list):
            message.string = tuple(_mended(str(form), wanted) for form in message.string)
        elif message.id:
            message.string = _mended(str(message.string or ""), wanted)


def _mended(text: str, wanted: Mapping[str, str]) -> str:
    for word, instead in sorted(wanted.items(), key=lambda pair: -len(pair[0])):
        # Latin words are whole ones; other scripts join endings to theirs, or write none apart.
        sought = rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() else re.escape(word)
        text = re.sub(rf"\{{\w*\}}|{sought}", lambda place, instead=instead: _in_case(place[0], instead),  # type: ignore[misc]
                      text, flags=re.IGNORECASE)
    return text


def _in_case(before: str, instead: str) -> str:
    if before.startswith("{"):
        return before
    return instead[:1].upper() + instead[1:] if before[:1].isupper() else instead


if __name__ == "__main__":
    for made in build(paths.resources() / "locale"):
        print(made, file=sys.stderr)  # noqa: T201 (a build step says what it made)
