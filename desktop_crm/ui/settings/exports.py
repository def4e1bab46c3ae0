"""Export profiles of the business's own: which columns a list leaves with, and how they are written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.export_profiles import DATES, DECIMALS, DELIMITERS, Profile
from desktop_crm.domain.importing import TITLES
from desktop_crm.domain.values import fold
from desktop_crm.services import export_profiles, outgoing_lists
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.export_columns import ExportColumns
from desktop_crm.ui.settings.records import Noun, RecordsSection, Values, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.words import N_, current, tr

_WORDS = Words(
    title=N_("Export profiles"), new=N_("New profile"), find=N_("Find a profile"), empty=N_("No profiles of your own"),
    hint=N_("Add one (Ctrl+N) for a program or a person who wants other columns than we write: which, in which order, "
            "under which headings. Those of well-known programs are in the export menu already."),
    deleted=N_("Deleted {count} profiles"), choose=N_("Choose a profile to change it, or press Ctrl+N for a new one."),
)


class ExportsSection(RecordsSection[Profile]):
    """The profiles, and beside them the columns of the chosen one; the columns follow the list that it is for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        book = desk.book
        super().__init__(desk, Noun(
            "settings", "upload", _WORDS, lambda typed: _matching(book, typed), _columns(),
            {"name": lambda line: line.name, "kind": lambda line: tr(TITLES[line.kind]),
             "columns": lambda line: len(line.columns)},
            lambda _: _fields(), _values, _add, _edit, export_profiles.delete), parent)
        self.form.editor("kind").picked.connect(lambda _: self._offer())
        self._offer()

    @override
    def _show_form(self, found: Profile | None) -> None:
        self._offered(_values(found)["kind"])
        super()._show_form(found)

    def _offer(self) -> None:
        self._offered(str(self.form.editor("kind").value() or "customers"))

    def _offered(self, kind: str) -> None:
        editor: ExportColumns = self.form.editor("columns")
        editor.set_offered(outgoing_lists.offered(self.desk.book, kind))


def _matching(book: Book, typed: str) -> list[Profile]:
    """The profiles whose name or list has every word that was typed."""
    return [item for item in export_profiles.own(book)
            if all(word in fold(f"{item.name} {tr(TITLES[item.kind])}") for word in fold(typed).split())]


def _columns() -> list[ColumnSpec[Profile]]:
    return [
        ColumnSpec("name", tr(N_("Name")), lambda line: line.name, bold=True, width=150, least=110, stretch=True,
                   tooltip=lambda line: line.name),
        ColumnSpec("kind", tr(N_("List")), lambda line: tr(TITLES[line.kind]), width=110),
        ColumnSpec("columns", tr(N_("Columns")), _count, align="end", width=110),
    ]


def _count(line: Profile) -> str:
    return current().number(len(line.columns)) if line.columns else tr(N_("All"))


def _fields() -> list[FieldSpec]:
    return [
        forms.text("name", tr(N_("Name")), required=True),
        forms.choice("kind", tr(N_("List")), [(key, tr(TITLES[key])) for key in export_profiles.KINDS], required=True),
        FieldSpec("columns", tr(N_("Columns")), ExportColumns),
        forms.choice("delimiter", tr(N_("Between the cells (CSV)")), _options(DELIMITERS), required=True),
        forms.choice("decimal", tr(N_("In numbers (CSV)")), _options(DECIMALS), required=True),
        forms.choice("dates", tr(N_("Days (CSV)")), _options(DATES), required=True),
    ]


def _options(titles: dict[str, str]) -> list[tuple[object, str]]:
    return [(key, tr(title)) for key, title in titles.items()]


def _values(line: Profile | None) -> dict[str, Any]:
    line = line or Profile("", "customers")
    return {"name": line.name, "kind": line.kind, "columns": line.columns, "delimiter": line.delimiter,
            "decimal": line.decimal, "dates": line.dates}


def _add(book: Book, values: Values) -> int:
    return export_profiles.add(book, Profile(**values))


def _edit(book: Book, profile: int, values: Values) -> Any:
    before = next(item for item in export_profiles.own(book) if item.id == profile)
    return export_profiles.edit(book, replace(before, **values))
