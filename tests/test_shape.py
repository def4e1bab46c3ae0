"""The proportions of the code: no giants, no drawers for odds and ends, every module told in a sentence."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.sources import ROOT, texts, trees

FILE_LINES, FUNCTION_LINES = 500, 60
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def functions() -> dict[str, list[Function]]:
    """The functions of each of the program's modules."""
    return {path: [node for node in ast.walk(tree) if isinstance(node, Function)] for path, tree in trees().items()}


def length(function: Function) -> int:
    """Lines from `def` to the last of the body."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def unfinished(function: Function) -> bool:
    """Whether the body is nothing but `pass` or `…`; a docstring alone says that it is empty on purpose."""
    marks = [ast.unparse(mark) for mark in function.decorator_list]
    bare = not ast.get_docstring(function) and all(
        isinstance(part, ast.Pass) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
        for part in function.body
    )
    return bare and not any(mark.endswith(("overload", "abstractmethod")) for mark in marks)


@cache
def signatures(path: str) -> set[int]:
    """The lines of the functions of a module that a Protocol only describes."""
    if "Protocol" not in texts()[path]:
        return set()
    protocols = [
        node
        for node in ast.walk(trees()[path])
        if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases)
    ]
    return {member.lineno for protocol in protocols for member in protocol.body}


def test_no_file_is_a_giant() -> None:
    lines = {path: len(text.splitlines()) for path, text in texts().items()}
    assert {path: count for path, count in lines.items() if count > FILE_LINES} == {}


def test_no_function_is_a_giant() -> None:
    lines = {f"{path}:{node.name}": length(node) for path, nodes in functions().items() for node in nodes}
    assert {name: count for name, count in lines.items() if count > FUNCTION_LINES} == {}


def test_no_function_is_unfinished() -> None:
    empty = [
        f"{path}:{node.name}"
        for path, nodes in functions().items()
        for node in nodes
        if unfinished(node) and node.lineno not in signatures(path)
    ]
    assert empty == []


def test_every_module_says_what_it_is() -> None:
    assert [path for path, tree in trees().items() if not ast.get_docstring(tree)] == []


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "misc", "helpers", "common"}
    tests = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")]
    assert [path for path in (*texts(), *tests) if Path(path).stem in drawers] == []
