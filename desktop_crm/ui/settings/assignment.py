"""The rules that give new leads to sellers: by territory, source or any segment, and by load."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.assignment import Rule
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.values import fold
from desktop_crm.services import assignment, business, segments
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, ordering
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.filter_choice import filter_field, filter_name
from desktop_crm.ui.settings.ordered import OrderedSection
from desktop_crm.ui.settings.records import Noun, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.words import N_, current, tr

_WORDS = Words(
    title=N_("Assignment rules"), new=N_("New rule"), find=N_("Find a rule"), empty=N_("No assignment rules yet"),
    hint=N_("Say who gets new leads of a region, a source or a segment (Ctrl+N). A new lead without a seller is then "
            "given at once; those in the pool when you ask for it."),
    deleted=N_("Deleted {count} rules"), choose=N_("Choose a rule to change it, or press Ctrl+N for a new one."),
)


class AssignmentSection(OrderedSection[Rule]):
    """The rules in their order: the first that fits, and whose seller may take more, decides."""

    @override
    def reload(self, changes: Changes) -> None:
        """Load the rules again if they, the sellers or what they ask for changed."""
        if changes.touches("sellers"):
            self.form.editor("seller_id").set_options(_sellers(self.desk.book))
        if changes.touches("sellers", "segments"):
            self.start()
        else:
            super().reload(changes)


def section(desk: Desk, parent: QWidget | None = None) -> AssignmentSection:
    """The section of the assignment rules."""
    book = desk.book
    return AssignmentSection(desk, Noun(
        "assignment_rules", "person", _WORDS, lambda typed: _matching(book, typed), _columns(book),
        {"position": lambda row: row.position, "name": lambda row: row.name, "seller": lambda row: row.seller or "",
         "most": lambda row: row.most},
        lambda _: _fields(book), _values, lambda _, values: assignment.add(book, _read(values)),
        lambda _, rule, values: assignment.edit(book, rule, _read(values)), assignment.delete), assignment.order,
        parent)


def _matching(book: Book, typed: str) -> list[Rule]:
    """The rules whose name or seller has every word that was typed."""
    words = fold(typed).split()
    return [rule for rule in assignment.rules(book) if all(
        word in fold(f"{rule.name} {rule.seller or ''}") for word in words)]


def _columns(book: Book) -> list[ColumnSpec[Rule]]:
    return [
        ColumnSpec("position", "#", lambda rule: current().number(rule.position), align="end", width=44),
        ColumnSpec("name", tr(N_("Name")), lambda rule: rule.name, bold=True, width=150, least=100, stretch=True,
                   tooltip=lambda rule: rule.name),
        ColumnSpec("filter", tr(N_("Leads")), lambda rule: _filter(book, rule), width=170, least=100, stretch=True,
                   sortable=False, tooltip=lambda rule: _filter(book, rule)),
        ColumnSpec("seller", tr(N_("Seller")), lambda rule: rule.seller or tr(N_("The least busy")), width=150,
                   least=90),
        ColumnSpec("most", tr(N_("At most")), lambda rule: "—" if rule.most is None else current().number(rule.most),
                   align="end", width=80),
    ]


def _filter(book: Book, rule: Rule) -> str:
    return filter_name(book, segments.stored(rule.filter))


def _fields(book: Book) -> list[forms.FieldSpec]:
    return [
        forms.text("name", tr(N_("Name")), required=True),
        filter_field(book, "filter", tr(N_("Which leads")), more=_territories),
        forms.choice("seller_id", tr(N_("Seller")), _sellers(book)),
        forms.text("most", tr(N_("At most so many open leads")),
                   hint=tr(N_("Who has as many is passed over. Empty: no bound."))),
    ]


def _territories(book: Book) -> list[CustomerFilter]:
    """Each region and each source by itself: nobody need save a segment for them first."""
    regions = [CustomerFilter(regions=(region,)) for region, _ in business.values_of(book, "region")]
    return [*regions, *(CustomerFilter(sources=(source.id,)) for source in business.choices(book, "sources"))]


def _sellers(book: Book) -> tuple[tuple[object, str], ...]:
    return ((None, tr(N_("The one with the fewest open leads"))),
            *((seller.id, seller.name) for seller in ordering.choices(book, "sellers")))


def _values(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"name": "", "filter": segments.stored(CustomerFilter()), "seller_id": None, "most": ""}
    return {"name": rule.name, "filter": segments.stored(rule.filter), "seller_id": rule.seller_id,
            "most": "" if rule.most is None else str(rule.most)}


def _read(values: dict[str, Any]) -> dict[str, Any]:
    """What the form says: its filter as one, its number as one where it is."""
    said = dict(values)
    if "filter" in said:
        said["filter"] = segments.read(said["filter"])
    if str(said.get("most", "")).isdecimal():
        said["most"] = int(said["most"])
    return said
