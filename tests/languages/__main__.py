"""Brings each language's words up to date with the program: `python -m tests.languages`, or `make translations`."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.languages.extraction import ROOT, collect

LOCALE = ROOT / "resources" / "locale"


def update(path: Path, template: Catalog) -> list[str]:
    """Add the new messages to a language's file and take out those that are gone; returns the untranslated ones."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parents[1].name)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    text = io.BytesIO()
    write_po(text, catalog, width=120, sort_output=True, include_lineno=False)
    path.write_bytes(text.getvalue())
    return [str(message.id) for message in catalog if message.id and not _whole(message.string)]


def _whole(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> None:
    template = collect()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/desktop_crm.po")):
        missing = update(path, template)
        print(f"{path.relative_to(ROOT)}: {len(template)} messages, {len(missing)} to translate")
        print(*(f"  {message}" for message in missing), sep="\n")


if __name__ == "__main__":
    main()
