"""Leads and sellers on the command line: the pool, assignment by the rules, and handing customers over."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import (
    Command,
    add_file,
    as_number,
    as_text,
    let_out,
    print_json,
    print_table,
    reading,
    seller_named,
    tell,
)
from desktop_crm.domain import leaving
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.assignment import Proposal
    from desktop_crm.domain.pool import PoolRow
    from desktop_crm.services.book import Book
    from desktop_crm.services.handover import Given


# --- the pool -------------------------------------------------------------------------------------------------------

def _pool_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("act", metavar="release", nargs="?", choices=["release"], help="give the idle ones back")
    command.add_argument("--days", type=as_number, metavar="N",
                         help="idle are those untouched for N days (default: as the business's settings say)")


def _pool(given: argparse.Namespace, words: Language) -> int:
    """Print the leads that nobody has and those that lie idle; with release, give the idle ones back to the pool."""
    if given.act:
        return _release(given, words)
    waiting, idle = reading(given, lambda book: (_leads(book, None), _leads(book, given.days or 0)))
    if given.json:
        print_json({"waiting": [_lead(row) for row in waiting], "idle": [_lead(row) for row in idle]})
        return 0
    for title, rows, who, nobody in (
            (N_("Lead pool"), waiting, N_("Had it last"), N_("The pool is empty.")),
            (N_("Idle leads"), idle, N_("Seller"), N_("No lead lies idle."))):
        tell(words.say(title))
        if rows:
            print_table([words.say(text) for text in (N_("Number"), N_("Name"), N_("Region"), N_("Source"), who,
                                                      N_("Last touched"))],
                        [[row.id, row.name, row.region, row.source, row.seller or row.former,
                          row.touched_on.isoformat() if row.touched_on else None] for row in rows])
        else:
            tell(words.say(nobody))
    return 0


def _leads(book: Book, days: int | None) -> list[PoolRow]:
    """The leads in the pool, or those that are idle for so many days (0: as the settings say)."""
    from desktop_crm.services import pool

    return pool.rows(book, pool.waiting(book) if days is None else pool.idle(book, days or None))


def _lead(row: PoolRow) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "lead_state": row.lead_state, "heat": row.heat, "source": row.source,
            "region": row.region, "seller": row.seller, "former": row.former,
            "touched_on": row.touched_on.isoformat() if row.touched_on else None}


def _release(given: argparse.Namespace, words: Language) -> int:
    from desktop_crm.services import pool
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        if not (given.days or book.business.idle_days):
            raise InvalidInput(N_("Say with --days after how many days a lead is idle. Nothing was changed."), "days")
        ids = pool.idle(book, given.days or None)
        if ids:
            pool.release(book, ids)
    if given.json:
        print_json({"released": ids})
    else:
        tell(words.count(N_("{n} lead is back in the pool."), N_("{n} leads are back in the pool."), len(ids)))
    return 0


# --- assignment -----------------------------------------------------------------------------------------------------

def _assign_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("ids", metavar="ID", type=as_number, nargs="*", help="these leads of the pool (default: all)")
    command.add_argument("--dry-run", action="store_true", help="say who would get whom, and change nothing")


def _assign(given: argparse.Namespace, words: Language) -> int:
    """Give the leads of the pool to the sellers that the assignment rules mean, in one undo step."""
    from desktop_crm.services import assignment, pool
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file, reading=given.dry_run)) as book:
        ids = given.ids or pool.waiting(book)
        found = assignment.preview(book, ids)
        if given.ids and not found:
            raise InvalidInput(N_("Somebody has it already. Nothing was changed."), "ids")
        if not given.dry_run and any(one.seller_id is not None for one in found):
            assignment.assign(book, ids)
    if given.json:
        print_json([_proposal(one) for one in found])
    elif found:
        print_table([words.say(title) for title in (N_("Number"), N_("Name"), N_("Seller"), N_("Why"))],
                    [[one.id, one.name, one.seller, assignment.said(one, words)] for one in found])
    else:
        tell(words.say(N_("The pool is empty.")))
    return 0


def _proposal(one: Proposal) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "seller": one.seller or None, "rule": one.rule or None,
            "open_leads": one.load, "most": one.most}


# --- handing over ---------------------------------------------------------------------------------------------------

def _handover_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--from", dest="giver", type=as_text, required=True, metavar="SELLER", help="whose they are")
    command.add_argument("--to", type=as_text, required=True, metavar="SELLER", help="who gets them")
    command.add_argument("--ids", type=_as_ids, metavar="1,2", help="these customers (default: all of that seller)")
    command.add_argument("--note", type=as_text, default="", help="a note for the next seller, on the paper")
    command.add_argument("--pdf", type=Path, metavar="PATH.pdf", help="write the paper of the hand-over")
    command.add_argument("--dry-run", action="store_true", help="say what would go along, and change nothing")


def _as_ids(typed: str) -> tuple[int, ...]:
    return tuple(as_number(part.strip()) for part in typed.split(","))


def _handover(given: argparse.Namespace, words: Language) -> int:
    """Give a seller's customers with their open deals and tasks to another, in one undo step, with a paper."""
    from desktop_crm.services import handover
    from desktop_crm.services.book import open_book

    if given.pdf is not None and given.pdf.suffix.casefold() != ".pdf":
        raise InvalidInput(N_("“{value}” is no PDF file's name. Write one like hand-over.pdf."), "pdf",
                           value=given.pdf.name)
    with closing(open_book(given.file, reading=given.dry_run)) as book:
        giver = seller_named(book, given.giver)
        ids = given.ids or tuple(handover.customers_of(book, giver))
        plan = handover.Plan(ids, seller_named(book, given.to), note=given.note, only=giver)
        moves = handover.moves(book, plan)
        if not given.dry_run:
            _write(book, handover.hand_over(book, plan), given.pdf)
            let_out(given, leaving.HANDED, count=len(moves.customers))
    if given.json:
        print_json({"customers": list(moves.customers), "deals": list(moves.deals), "tasks": list(moves.tasks),
                    "pdf": str(given.pdf) if given.pdf and not given.dry_run else None})
        return 0
    parts = (words.count(N_("{n} customer"), N_("{n} customers"), len(moves.customers)),
             words.count(N_("{n} open deal"), N_("{n} open deals"), len(moves.deals)),
             words.count(N_("{n} open task"), N_("{n} open tasks"), len(moves.tasks)))
    tell(words.say(N_("Would go along: {what}") if given.dry_run else N_("Handed over: {what}"),
                   what=words.listed(parts)))
    return 0


def _write(book: Book, done: Given, path: Path | None) -> None:
    """Write the paper of what was handed over, if one is wanted; where it cannot be written nothing is handed over."""
    if path is not None:
        from desktop_crm.export import documents
        from desktop_crm.services import handover

        try:
            documents.write(path, *handover.paper(book, done))
        except CrmError:
            book.undo_work(done.changes.work_id)
            raise


COMMANDS: dict[str, Command] = {"pool": (_pool_arguments, _pool), "assign": (_assign_arguments, _assign),
                                "handover": (_handover_arguments, _handover)}
"""This module's commands: what each one takes, and what runs it."""
