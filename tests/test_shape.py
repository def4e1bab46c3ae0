"""The proportions of the code: no giants, no drawers for odds and ends, every module told in a sentence."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE_LINES, FUNCTION_LINES = 500, 60
Function = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """The program's own modules: path below the top folder → text."""
    paths = sorted((ROOT / "desktop_crm").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@cache
def functions(text: str) -> list[Function]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, Function)]


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


def signatures(text: str) -> set[int]:
    """The lines of the functions that a Protocol only describes."""
    if "Protocol" not in text:
        return set()
    protocols = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases)
    ]
    return {member.lineno for protocol in protocols for member in protocol.body}


def test_no_file_is_a_giant(sources: dict[str, str]) -> None:
    lines = {path: len(text.splitlines()) for path, text in sources.items()}
    assert {path: count for path, count in lines.items() if count > FILE_LINES} == {}


def test_no_function_is_a_giant(sources: dict[str, str]) -> None:
    lines = {f"{path}:{node.name}": length(node) for path in sources for node in functions(sources[path])}
    assert {name: count for name, count in lines.items() if count > FUNCTION_LINES} == {}


def test_no_function_is_unfinished(sources: dict[str, str]) -> None:
    empty = [
        f"{path}:{node.name}"
        for path, text in sources.items()
        for node in functions(text)
        if unfinished(node) and node.lineno not in signatures(text)
    ]
    assert empty == []


def test_every_module_says_what_it_is(sources: dict[str, str]) -> None:
    assert [path for path, text in sources.items() if not ast.get_docstring(ast.parse(text))] == []


def test_no_file_is_a_drawer_for_odds_and_ends(sources: dict[str, str]) -> None:
    drawers = {"utils", "util", "misc", "helpers", "common"}
    tests = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")]
    assert [path for path in (*sources, *tests) if Path(path).stem in drawers] == []
