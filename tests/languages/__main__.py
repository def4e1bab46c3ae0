"""Brings each language's words up to date with the program: `python -m tests.languages`, or `make translations`."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.languages.extraction import collect
from tests.sources import ROOT

LOCALE = ROOT / "resources" / "locale"
_UNSTEADY = tuple(f'"{field}' for field in (
    "POT-Creation", "PO-Revision", "Report-Msgid", "Last-Translator", "Language-Team", "Generated"))


def update(path: Path, template: Catalog) -> list[str]:
    """Add the new messages to a language's file and take out those that are gone; returns the untranslated ones."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parents[1].name)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    path.write_text(written(catalog), encoding="utf-8")
    return [str(message.id) for message in catalog if message.id and not whole(message.string)]


def written(catalog: Catalog) -> str:
    """The catalogue as a file's text, in the order of its messages and without what changes at each run."""
    text = io.BytesIO()
    write_po(text, catalog, width=120, sort_output=True, include_lineno=False)
    lines = text.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_UNSTEADY))


def whole(string: object) -> bool:
    """Whether a message is translated, in all of its plural forms."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> None:
    template = collect()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/desktop_crm.po")):
        missing = update(path, template)
        print(f"{path.relative_to(ROOT)}: {len(template)} messages, {len(missing)} to translate")
        print(*(f"  {message}" for message in missing), sep="\n")


if __name__ == "__main__":
    main()
