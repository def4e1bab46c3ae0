"""Collects the program's messages: what `N_` marks, and the pairs that `count` and `tr_count` choose between."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Catalog

from tests.sources import texts, trees

SINGLE = {"N_", "tr", "say"}
PAIRS = {"N_count", "count", "tr_count"}

Message = str | tuple[str, str]


def collect() -> Catalog:
    """Every message of the program as a catalogue without translations; each names the files that say it."""
    found = Catalog(project="Desktop CRM", charset="utf-8")
    for path in texts():
        for message in said(path):
            found.add(message, locations=[(path, 0)])
    return found


@cache
def said(path: str) -> tuple[Message, ...]:
    """The messages of one of the program's modules."""
    return tuple(messages(trees()[path]))


def messages(tree: ast.AST) -> Iterator[Message]:
    """The messages that a syntax tree marks; of a pair, neither half stands alone."""
    halves: set[int] = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):  # outer calls come first
        if id(call) in halves:
            continue
        if _name(call) in PAIRS and len(call.args) > 1:
            one, many = _literal(call.args[0]), _literal(call.args[1])
            if one is not None and many is not None:
                halves.update(id(half) for half in call.args[:2])
                yield one, many
        elif _name(call) in SINGLE and call.args:
            single = _literal(call.args[0]) if isinstance(call.args[0], ast.Constant) else None
            if single:
                yield single


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _literal(node: ast.expr) -> str | None:
    """The text that a node stands for, marked or bare; None for what is computed."""
    if isinstance(node, ast.Call) and _name(node) == "N_" and node.args:
        return _literal(node.args[0])
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
