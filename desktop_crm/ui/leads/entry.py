"""A new request by hand: five fields, Enter saves; whom it looks like stands above, and never blocks."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain import channels
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.intake import Incoming
from desktop_crm.services import campaigns, intake
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, ordering
from desktop_crm.ui.customers.form_pane import Edit, FormPane, Values
from desktop_crm.ui.customers.lookalike import Lookalike
from desktop_crm.ui.leads.section import Desk
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, tr


class RequestPane(FormPane):
    """The form of a new request. Its source is the one used last, its campaign the running one of that source.

    `looks` tells whom it looks like; its `opened` and `merge_wanted` (to log it on their card) are for the owner.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk, book = desk, desk.book
        source = intake.default_source(book)
        super().__init__(Edit("request", tr(N_("New request")), _specs(book), {
            "source_id": source, "campaign_id": campaigns.running(book, source)}, self._save_new), parent)
        self.looks = Lookalike(self, book, desk.jobs, desk.messages)
        self.looks.merge_button.set_text(tr(N_("Log it on their card")))
        self.put_above(self.looks)
        picked: Choice = self.form.editor("source_id")
        picked.currentIndexChanged.connect(lambda _: self.form.editor("campaign_id").set_value(
            campaigns.running(book, picked.value())))  # type: ignore[arg-type]  # ids are whole numbers

    @override
    def typed(self) -> Values:
        """What the fields say, phones and e-mails apart, as the look for the same customer wants them."""
        found = super().typed()
        phones, emails = _reach(str(found.get("reach") or ""))
        return {**found, "phones": [("", value) for value in phones], "emails": [("", value) for value in emails]}

    def incoming(self, values: Values) -> Incoming:
        """What the form's values say."""
        phones, emails = _reach(values["reach"])
        return Incoming(values["name"], True, "", phones, emails, (), values["text"])

    def _save_new(self, values: Values) -> int:
        try:
            return self._desk.acts.do(lambda: intake.add(
                self._desk.book, self.incoming(values), source=values["source_id"], campaign=values["campaign_id"]),
                tr(N_("The request is in the inbox.")))
        except InvalidInput as error:
            at = "reach" if error.at in ("phones", "emails", "others") else error.at
            raise InvalidInput(error.message, at, **error.values) from error


def _specs(book: Book) -> list[forms.FieldSpec]:
    def options(kind: str) -> list[tuple[Any, str]]:
        return [(None, "—"), *((one.id, one.name) for one in ordering.choices(book, kind))]

    return [
        forms.text("name", tr(N_("Name"))),
        forms.text("reach", tr(N_("Phone or e-mail")), placeholder="012-345 6789, siti@kedai.my"),
        forms.text("text", tr(N_("What they want"))),
        forms.choice("source_id", tr(N_("Source")), options("sources")),
        forms.choice("campaign_id", tr(N_("Campaign")), options("campaigns")),
    ]


def _reach(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The phones and e-mails in a line, separated by commas or semicolons; what has an @ is an e-mail."""
    parts = [part.strip() for part in re.split(r"[,;]", typed) if part.strip()]
    emails = tuple(part for part in parts if "@" in part or channels.guessed(part) == "email")
    return tuple(part for part in parts if part not in emails), emails
