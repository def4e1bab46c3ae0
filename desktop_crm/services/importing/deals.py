"""What is particular to deals: stages, the stage log with the file's own days, product lines, names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from desktop_crm.domain.business import Business
from desktop_crm.domain.errors import N_
from desktop_crm.domain.importing import words
from desktop_crm.domain.values import squash
from desktop_crm.services.importing.additions import Additions
from desktop_crm.services.importing.draft import Draft, Wrong
from desktop_crm.services.importing.linking import Links
from desktop_crm.services.importing.stages import Stages
from desktop_crm.services.importing.told_deals import Line, Move, Told
from desktop_crm.storage import importing
from desktop_crm.storage.unit_of_work import Connection


class Deals:
    """The deals of an import. `derived` marks the rows whose name the file does not say."""

    def __init__(self, connection: Connection, made: Draft, links: Links, business: Business) -> None:
        self.made = made
        self.stages = Stages(connection)
        self.additions: list[Additions] = []
        self.replaced: list[int] = []
        self.winners: dict[int, str | None] = {}
        self.lines: list[Line] = []
        self._moves: list[Move] = []
        self._told = Told(made, links, self.stages, business.currency)
        self.derived = [name is None for name in made.column("name")]
        self._name(links)
        self._amounts()
        self._said = self._stages(links)

    def _name(self, links: Links) -> None:
        """A deal without a name has its product's, else its id in the file, else its customer's name."""
        made = self.made
        names, products = made.column("name"), made.column("product_id")
        customers, externals = made.column("customer_id"), made.column("external_id")
        for row, name in enumerate(names):
            if name is None and row not in made.bad:
                names[row] = (products[row] and links.of("products").names[products[row]]) or externals[row] or (
                    customers[row] and links.of("customers").names[customers[row]]) or None
                if names[row] is None:
                    made.lacks(row, "name")
        made.values["name"] = names

    def _amounts(self) -> None:
        """Without an amount it is quantity × price; without a price it is amount ÷ quantity, half a unit up."""
        made = self.made
        amounts, prices, quantities = made.column("amount"), made.column("price"), made.column("quantity")
        for row, (amount, price, quantity) in enumerate(zip(amounts, prices, quantities, strict=True)):
            if self._told.says_lines(row):
                continue
            if amount is None and price is not None:
                amounts[row] = _rounded(Decimal(price) * (1000 if quantity is None else quantity) / 1000)
            elif price is None and amount is not None:
                prices[row] = amount if quantity is None else (
                    _rounded(Decimal(amount) * 1000 / quantity) if quantity else None)
        if any(amount is not None for amount in amounts):
            made.values |= {"amount": amounts, "price": prices}

    def _stages(self, links: Links) -> list[int | None]:
        """The stage that each row says, by its stage or its status; None where it says neither."""
        made = self.made
        pipelines = self._pipelines(links)
        texts, statuses = made.column("stage"), made.column("status")
        known = words.statuses()
        found: list[int | None] = []
        for row, (text, status) in enumerate(zip(texts, statuses, strict=True)):
            stage = None if text is None or row in made.bad else self.stages.resolve(text, pipelines[row])
            code = None if status is None else known.get(squash(status))
            if status is not None and code is None:
                made.wrong(row, "status", Wrong(N_("“{value}” is none of the known words; {fate}."), value=status))
            if code is not None and row not in made.bad and (stage is None or (
                    code != "open" and self.stages.kind(stage) != code)):
                stage = self.stages.first(code, pipelines[row]) or stage
            found.append(stage)
        return found

    def _pipelines(self, links: Links) -> list[int]:
        """The pipeline of each row; one that there is not is told once, for other programs say theirs in every row."""
        found = []
        told: set[str] = set()
        for row, text in enumerate(self.made.column("pipeline")):
            pipeline = None if text is None else links.of("pipelines").find(text)
            if text is not None and pipeline is None and text not in told:
                told.add(text)
                self.made.wrong(row, "pipeline", Wrong(N_("There is no pipeline “{value}”; {fate}."), value=text))
            found.append(pipeline or self.stages.usual)
        return found

    def returns(self, links: Links, ids: Sequence[int]) -> None:
        """The sale that each return is of, a row of this very file too; one that there is not is told."""
        made = self.made
        if "return_of" not in made.values:
            return
        own = {external: deal for external, deal in zip(made.column("external_id"), ids, strict=True)
               if external and deal}
        found: list[int | None] = [None] * len(made)
        for row, text in enumerate(made.values["return_of"]):
            if text is None or not ids[row]:
                continue
            sale = own.get(text) or links.identified("deals", text)
            if sale is None or sale == ids[row]:
                made.wrong(row, "return_of", Wrong(N_("There is no “{value}” in the file; {fate}."), value=text))
            else:
                found[row] = sale
        made.values["return_of_id"] = found

    def settle(self, connection: Connection, ids: Sequence[int], targets: Sequence[int | None],
               columns: dict[str, list[Any]], changes: dict[int, dict[str, Any]]) -> None:
        """Add stages, closing days, lines and stage log to the new deals and to the changes of older ones."""
        new = [row for row, row_id in enumerate(ids) if row_id and targets[row] is None]
        settled = [self._new(row, ids[row]) for row in new]
        keys = ("stage_id", "pipeline_id", "status", "closed_on", "expected_on", "stage_on")
        columns |= {key: [deal[place] for deal in settled] for place, key in enumerate(keys)}
        matched = {target: row for row, target in enumerate(targets) if target is not None}
        for found, *before in importing.rows(
                connection, "deals", ("stage_id", "closed_on", "expected_on", "amount", "seller_id", "customer_id"),
                list(matched)):
            changed = self._changed(matched[found], found, before)
            if changed:
                changes[found] = changes.get(found, {}) | changed
        self._lines_of_matched(connection, matched)
        self._collect()

    def _new(self, row: int, deal: int) -> tuple[Any, ...]:
        """Stage, pipeline, status and days of a new deal; its stage log has the file's days, unknown ones empty."""
        made, stages = self.made, self.stages
        created, closed = made.column("created")[row], made.column("closed")[row]
        expected, seller = made.column("expected")[row], made.column("seller_id")[row]
        amount = made.column("amount")[row]
        stage = self._said[row] or self._unsaid(closed)
        kind = stages.kind(stage)
        pipeline = stages.pipeline(stage)
        first = stage if kind == "open" else stages.first("open", pipeline) or stage
        moves = self._told.moves(row, deal, pipeline) or [Move(deal, None, first, created, amount, seller)]
        if (last := moves[-1].to_stage_id) != stage:  # a log ends where the deal stands: the row may say another stage
            moves.append(Move(deal, last, stage, None if kind == "open" else closed, amount, seller))
        self._moves += moves
        self.lines += self._lines_of_new(row, deal)
        entered = moves[-1].on_date
        if kind == "open":
            return stage, pipeline, kind, None, expected or closed, entered
        self._won(kind, made.column("customer_id")[row], closed)
        return stage, pipeline, kind, closed, expected, entered

    def _lines_of_new(self, row: int, deal: int) -> list[Line]:
        """The lines that a new deal's row says, else its product as the one line."""
        told = self._told.lines(row, deal)
        product, quantity = self.made.column("product_id")[row], self.made.column("quantity")[row]
        if told is not None or product is None:
            return told or []
        return [Line(deal, product, None, 1000 if quantity is None else quantity, self.made.column("price")[row],
                     None, 0)]

    def _unsaid(self, closed: str | None) -> int:
        """The stage of a deal that says neither stage nor status: won if it has a closing day, else the first."""
        sold = closed is not None and not {"stage", "status"} & self.made.mapping.mapped
        return self.stages.first("won" if sold else "open", self.stages.usual) or self.stages.any

    def _won(self, kind: str, customer: int | None, day: str | None) -> None:
        if kind == "won" and customer is not None:
            self.winners.setdefault(customer, day)

    def _changed(self, row: int, deal: int, before: Sequence[Any]) -> dict[str, Any]:
        """How stage and days of an older deal change; a move is logged on the file's closing day, or on none."""
        made, stages = self.made, self.stages
        old_stage, old_closed, old_expected, amount, seller, customer = before
        stage = self._said[row] or old_stage
        kind, closed = stages.kind(stage), made.column("closed")[row]
        expected = made.column("expected")[row] or (closed if kind == "open" else None) or old_expected
        closed_on = None if kind == "open" else closed or old_closed
        after = {"closed_on": (old_closed, closed_on), "expected_on": (old_expected, expected)}
        changed = {key: new for key, (old, new) in after.items() if new != old}
        if stage != old_stage:
            changed |= {"stage_id": stage, "pipeline_id": stages.pipeline(stage), "status": kind, "stage_on": closed_on}
            self._moves.append(Move(deal, old_stage, stage, closed_on, amount, seller))
            self._won(kind, customer, closed_on)
        elif "closed_on" in changed:
            changed["stage_on"] = closed_on
        return changed

    def _lines_of_matched(self, connection: Connection, matched: dict[int, int]) -> None:
        """An older deal gets the lines that its row says, or the row's product as its one line, unless it has them."""
        if not {"product_id", "lines"} & self.made.values.keys():
            return
        present: dict[int, list[Line]] = {}
        for found in importing.rows(connection, "deal_lines", Line._fields[1:], list(matched), by="deal_id"):
            present.setdefault(found[0], []).append(Line(*found))
        for deal, row in matched.items():
            before = sorted(present.get(deal, ()), key=lambda line: line.position)
            after = self._lines_of_row(row, deal, before)
            if [line._replace(position=0) for line in after] != [line._replace(position=0) for line in before]:
                self.replaced.append(deal)
                self.lines += after

    def _lines_of_row(self, row: int, deal: int, before: Sequence[Line]) -> Sequence[Line]:
        """The lines of an older deal once its row is taken."""
        if "lines" not in self.made.mapping.kept and (told := self._told.lines(row, deal)) is not None:
            return told
        product = self.made.column("product_id")[row]
        if product is None or self._told.says_lines(row) or (
                len(before) > 1 and any(line.product_id == product for line in before)):
            return before
        same = bool(before) and before[0].product_id == product
        old = before[0] if same else Line(deal, product, None, 1000, None, None, 0)
        quantity, price = self.made.column("quantity")[row], self.made.column("price")[row]
        return [old._replace(quantity=old.quantity if quantity is None else quantity,
                             price=old.price if price is None else price)]

    def _collect(self) -> None:
        for table, keys, rows in (("deal_lines", Line._fields, self.lines),
                                  ("stage_moves", Move._fields, self._moves)):
            self.additions.append(Additions(table, [row.deal_id for row in rows], {
                key: [row[place] for row in rows] for place, key in enumerate(keys)}))


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
