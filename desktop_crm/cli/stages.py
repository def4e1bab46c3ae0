"""Pipelines and their stages on the command line: listed, added, changed, put in order and deleted."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_number, as_text, print_json, print_table, reading
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.deals import Pipeline, Stage
    from desktop_crm.services.book import Book

    Act = Callable[[Book, argparse.Namespace], object]


def _limit(typed: str) -> int | None:
    """A number of days, or "-" for none."""
    return None if typed == "-" else as_number(typed)


def _arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    _of_pipeline(command)
    acts = command.add_subparsers(metavar="add|edit|delete|order|pipelines", title="acts",
                                  description="without one the stages are listed")
    add = _act(acts, "add", _add, "add an open stage after the others")
    add.add_argument("name", metavar="NAME", type=as_text)
    _numbers(add)
    edit = _act(acts, "edit", _edit, "change a stage's name, probability or day limit")
    edit.add_argument("stage", metavar="STAGE", type=as_text, help="its name or number")
    edit.add_argument("--name", type=as_text, help="the new name; also of the stages that win and lose")
    _numbers(edit)
    _act(acts, "delete", _delete, "delete a stage that no deal has passed").add_argument(
        "stage", metavar="STAGE", type=as_text, help="its name or number")
    _act(acts, "order", _order, "put stages first in this order, the others after them").add_argument(
        "stages", metavar="STAGE", type=as_text, nargs="+", help="names or numbers")
    _pipeline_acts(acts.add_parser("pipelines", help="add, rename, delete or order pipelines"))


def _pipeline_acts(command: argparse.ArgumentParser) -> None:
    acts = command.add_subparsers(metavar="add|rename|delete|order", required=True)
    add = _act(acts, "add", _add_pipeline, "add a pipeline with the stages of another", of_pipeline=False)
    add.add_argument("name", metavar="NAME", type=as_text)
    add.add_argument("--like", metavar="PIPELINE", type=as_text, default="", help="whose stages (default: the first)")
    rename = _act(acts, "rename", _rename_pipeline, "give a pipeline another name", of_pipeline=False)
    rename.add_argument("which", metavar="PIPELINE", type=as_text)
    rename.add_argument("name", metavar="NAME", type=as_text)
    _act(acts, "delete", _delete_pipeline, "delete a pipeline that no deal has used", of_pipeline=False).add_argument(
        "which", metavar="PIPELINE", type=as_text)
    _act(acts, "order", _order_pipelines, "put pipelines first in this order", of_pipeline=False).add_argument(
        "pipelines", metavar="PIPELINE", type=as_text, nargs="+")


def _act(acts: Any, name: str, act: Act, about: str, *, of_pipeline: bool = True) -> argparse.ArgumentParser:
    """One act; what may stand before its name may stand after it too."""
    command: argparse.ArgumentParser = acts.add_parser(name, help=about, description=about)
    command.set_defaults(act=act)
    command.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    if of_pipeline:
        _of_pipeline(command, argparse.SUPPRESS)
    return command


def _of_pipeline(command: argparse.ArgumentParser, default: str = "") -> None:
    command.add_argument("--pipeline", metavar="NAME", type=as_text, default=default,
                         help="of this pipeline, by name or number (new stages: the first)")


def _numbers(command: argparse.ArgumentParser) -> None:
    command.add_argument("--probability", metavar="N", type=as_number, default=argparse.SUPPRESS,
                         help="of winning from there, in per cent")
    command.add_argument("--days", metavar="N", type=_limit, default=argparse.SUPPRESS,
                         help="after so many days a deal is marked; - for none")


def _stages(given: argparse.Namespace, words: Language) -> int:
    """List the stages of the pipelines, or add, change, order and delete them."""
    from desktop_crm.services.book import open_book

    act: Act | None = getattr(given, "act", None)
    if act is None:
        rows = reading(given, lambda book: _rows(book, given.pipeline))
    else:
        with closing(open_book(given.file)) as book:
            act(book, given)
            rows = _rows(book, "")
    if given.json:
        print_json(rows)
    else:
        from desktop_crm.domain.deals import STATUSES

        titles = (N_("Number"), N_("Pipeline"), N_("Stage"), N_("Kind"), N_("Probability"), N_("Day limit"),
                  N_("Open deals"))
        print_table([words.say(title) for title in titles], [
            [row["id"], row["pipeline"], row["name"], words.say(STATUSES[row["kind"]]), row["probability"],
             row["day_limit"], row["deals"]] for row in rows])
    return 0


def _rows(book: Book, pipeline: str) -> list[dict[str, Any]]:
    """The stages in their order as plain values, `deals` the open ones that stand there."""
    from desktop_crm.services import deals, pipelines

    standing = pipelines.standing(book)
    shown = [_pipeline(book, pipeline)] if pipeline else deals.all_pipelines(book)
    return [{"id": stage.id, "pipeline_id": item.id, "pipeline": item.name, "name": stage.name, "kind": stage.kind,
             "probability": stage.probability, "day_limit": stage.day_limit, "deals": standing.get(stage.id, 0)}
            for item in shown for stage in item.stages]


# --- acts -----------------------------------------------------------------------------------------------------------

def _add(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import pipelines

    pipelines.add_stage(book, _pipeline(book, given.pipeline).id,
                        {"name": given.name, "probability": 0, **_numbers_of(given)})


def _edit(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import pipelines

    stage = _stage(book, given.stage, given.pipeline)
    values = {**_numbers_of(given), **({} if given.name is None else {"name": given.name})}
    if not values:
        raise InvalidInput(N_("Say what to change: --name, --probability or --days. Nothing was changed."), "stage")
    if stage.kind != "open" and values.keys() - {"name"}:
        raise InvalidInput(N_("“{name}” closes deals: only its name can be changed. Nothing was changed."), "stage",
                           name=stage.name)
    pipelines.edit_stage(book, stage.id, values)


def _delete(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import pipelines

    pipelines.delete_stage(book, _stage(book, given.stage, given.pipeline).id)


def _order(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import deals, pipelines

    first = _stage(book, given.stages[0], given.pipeline)
    home = next(item for item in deals.all_pipelines(book) if item.id == first.pipeline_id)
    chosen = [_stage(book, typed, str(home.id)) for typed in given.stages]
    if any(stage.kind != "open" for stage in chosen):
        raise InvalidInput(N_("The stages that win and lose stand last by themselves. Nothing was changed."), "stage")
    pipelines.order_stages(book, _first([stage.id for stage in chosen], [stage.id for stage in home.stages]))


def _add_pipeline(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import pipelines

    pipelines.add_pipeline(book, given.name, _pipeline(book, given.like).id)


def _rename_pipeline(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import pipelines

    pipelines.rename_pipeline(book, _pipeline(book, given.which).id, given.name)


def _delete_pipeline(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import pipelines

    pipelines.delete_pipeline(book, _pipeline(book, given.which).id)


def _order_pipelines(book: Book, given: argparse.Namespace) -> None:
    from desktop_crm.services import deals, pipelines

    chosen = [_pipeline(book, typed).id for typed in given.pipelines]
    pipelines.order_pipelines(book, _first(chosen, [item.id for item in deals.all_pipelines(book)]))


# --- which one is meant ---------------------------------------------------------------------------------------------

def _first(chosen: Sequence[int], every: Sequence[int]) -> list[int]:
    """The chosen ones in their order, each once, and the others after them."""
    return [*dict.fromkeys((*chosen, *every))]


def _numbers_of(given: argparse.Namespace) -> dict[str, object]:
    return {key: getattr(given, name) for key, name in (("probability", "probability"), ("day_limit", "days"))
            if hasattr(given, name)}


def _pipeline(book: Book, typed: str) -> Pipeline:
    """The pipeline of this name or number, the first for ""; InvalidInput, naming all, for another."""
    from desktop_crm.domain.values import fold
    from desktop_crm.services import deals

    every = deals.all_pipelines(book)
    found = every[:1] if not typed else [item for item in every if fold(item.name) == fold(typed)]
    found = found or [item for item in every if str(item.id) == typed]
    if not found:
        raise InvalidInput(N_("There is no pipeline “{name}”. There are: {names}."), "pipeline", name=typed,
                           names=", ".join(item.name for item in every))
    return found[0]


def _stage(book: Book, typed: str, pipeline: str) -> Stage:
    """The stage of this name or number, in one pipeline or in all; InvalidInput if it is not just one."""
    from desktop_crm.domain.values import fold
    from desktop_crm.services import deals

    homes = [_pipeline(book, pipeline)] if pipeline else deals.all_pipelines(book)
    every = [stage for item in homes for stage in item.stages]
    found = [stage for stage in every if fold(stage.name) == fold(typed)]
    found = found or [stage for stage in every if str(stage.id) == typed]
    if not found:
        raise InvalidInput(N_("There is no stage “{name}”. There are: {names}."), "stage", name=typed,
                           names=", ".join(stage.name for stage in every))
    if len(found) > 1:
        raise InvalidInput(N_("Several pipelines have a stage “{name}”. Say which with --pipeline, or its number."),
                           "stage", name=typed)
    return found[0]


COMMANDS: dict[str, Command] = {"stages": (_arguments, _stages)}
"""This module's commands: what each one takes, and what runs it."""
