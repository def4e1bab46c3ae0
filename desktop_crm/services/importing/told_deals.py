"""What one cell says of a deal's lines and of its stage log (domain/deal_texts), as rows of the file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from desktop_crm.domain.deal_texts import SaidLine, SaidMove
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import to_minor
from desktop_crm.services.importing.draft import Draft, Wrong
from desktop_crm.services.importing.linking import Links
from desktop_crm.services.importing.stages import Stages


class Line(NamedTuple):
    """A deal's line as the file keeps it: quantity in thousandths, price and cost in minor units."""

    deal_id: int
    product_id: int | None
    name: str | None
    quantity: int
    price: int | None
    cost: int | None
    position: int


class Move(NamedTuple):
    """A move of the stage log as the file keeps it."""

    deal_id: int
    from_stage_id: int | None
    to_stage_id: int
    on_date: str | None
    amount: int | None
    seller_id: int | None
    at: str | None = None


class Told:
    """Resolves what cells say, row by row; what does not fit is noted in the draft and taken for unsaid."""

    def __init__(self, made: Draft, links: Links, stages: Stages, currency: str) -> None:
        self._made, self._links, self._stages, self._currency = made, links, stages, currency
        self._lines: list[tuple[SaidLine, ...] | None] = made.column("lines")
        self._moves: list[tuple[SaidMove, ...] | None] = made.column("stage_log")

    def says_lines(self, row: int) -> bool:
        """Whether a row says all lines of its deal."""
        return self._lines[row] is not None

    def lines(self, row: int, deal: int) -> list[Line] | None:
        """The lines that a row says, None where it says none or an amount does not fit."""
        said = self._lines[row]
        try:
            return None if said is None else [Line(
                deal, None if line.free else self._found("products", line.name, line.ref),
                (line.name or None) if line.free else None, line.quantity, self._minor(row, line.price),
                self._minor(row, line.cost), position) for position, line in enumerate(said)]
        except InvalidInput:
            self._refuse(row, "lines", said or ())
            return None

    def moves(self, row: int, deal: int, pipeline: int) -> list[Move] | None:
        """The stage log that a row says, None where it says none or an amount does not fit."""
        said = self._moves[row]
        try:
            return None if said is None else [Move(
                deal, self._stage(move.before, move.before_pipeline, pipeline) if move.before else None,
                self._stage(move.stage, move.pipeline, pipeline), move.day, self._minor(row, move.amount),
                self._found("sellers", move.seller, move.seller_ref), move.at) for move in said]
        except InvalidInput:
            self._refuse(row, "stage_log", said or ())
            return None

    def _stage(self, name: str, named: str, pipeline: int) -> int:
        """The stage of a move, in the pipeline that it names if there is one, else in the deal's own."""
        return self._stages.resolve(name, (self._links.of("pipelines").find(named) if named else None) or pipeline)

    def _found(self, kind: str, name: str, ref: str) -> int | None:
        """The record by what tells it apart, else by its name."""
        found = self._links.identified(kind, ref) if ref else None
        return found or (self._links.of(kind).resolve(name) if name else None)

    def _minor(self, row: int, amount: Decimal | None) -> int | None:
        currency = self._made.column("currency")[row] or self._currency
        return None if amount is None else to_minor(amount, currency)

    def _refuse(self, row: int, key: str, said: Sequence[Any]) -> None:
        self._made.wrong(row, key, Wrong(N_("“{value}” does not fit; {fate}."), value=", ".join(
            item[0] for item in said)[:60]))
