"""Whatever there is one more of — a report, a field, an act, a message, a command — has all that belongs to it."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from desktop_crm import cli, paths
from desktop_crm.cli import parts
from desktop_crm.export.plain import as_json
from desktop_crm.i18n import LANGUAGES, language
from desktop_crm.reports import catalogue
from desktop_crm.services import listing, reports, sample, starting
from desktop_crm.services.book import Book, open_book
from desktop_crm.services.history import FIELDS
from desktop_crm.storage.tables import metadata
from desktop_crm.ui.acts import Act
from tests.books import NOON, new_book
from tests.sources import ROOT, trees

CUTS = [(entry.name, cut) for entry in catalogue.ENTRIES for cut in ("", *(key for key, _ in entry.cuts))]


@pytest.fixture(scope="module", params=["empty", "sample"])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("complete") / "shop.crm"
    book = starting.create(path)
    if request.param == "sample":
        sample.fill(book)
    book.close()
    again = open_book(path, reading=True, clock=lambda: NOON)
    yield again
    again.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = new_book(tmp_path_factory.mktemp("filled") / "shop.crm")
    sample.fill(book)
    yield book
    book.close()


@pytest.mark.parametrize(("name", "cut"), CUTS)
@pytest.mark.parametrize("words", LANGUAGES)
def test_every_report_builds_by_every_cut(shop: Book, name: str, cut: str, words: str) -> None:
    report = reports.build(shop, name, cut=cut, language=words)
    assert report.name == name and report.title and report.tables
    for table in report.tables:
        assert table.title and all(column.title for column in table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(figure.title and figure.formula for figure in report.figures)
    assert as_json(report)["rows"] is not None


def test_every_report_has_its_words() -> None:
    for entry in catalogue.ENTRIES:
        assert entry.title and entry.group and entry.description
        assert len({title for _, title in entry.cuts}) == len(entry.cuts)


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_a_column_with_a_title(kind: str) -> None:
    columns = metadata.tables[kind].columns
    assert [item.key for item in FIELDS[kind] if item.key not in columns or not item.title] == []
    assert len({item.title for item in FIELDS[kind]}) == len(FIELDS[kind])
    assert [item.key for item in FIELDS[kind] if item.link and item.link not in
            (*metadata.tables, "sources", "lost_reasons")] == []


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_listed(filled: Book, kind: str) -> None:
    row = listing.rows(filled, kind, limit=1)[0]
    assert [item.key for item in FIELDS[kind] if item.key.removesuffix("_id") not in row and item.key not in row] == []


@cache
def all_calls() -> dict[str, list[tuple[str, ast.Call]]]:
    """Every call in the program, by what is called."""
    found: dict[str, list[tuple[str, ast.Call]]] = defaultdict(list)
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found[getattr(node.func, "id", getattr(node.func, "attr", ""))].append((path, node))
    return found


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Every call of `name` in the program."""
    return all_calls().get(name, [])


def test_every_icon_that_an_act_names_exists() -> None:
    known = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    position = list(Act.__dataclass_fields__).index("icon")
    named = set()
    for _, call in calls("Act"):
        given = [*call.args[position:position + 1], *(word.value for word in call.keywords if word.arg == "icon")]
        named |= {node.value for part in given for node in ast.walk(part) if isinstance(node, ast.Constant)}
    texts = {name for name in named if isinstance(name, str) and name}
    assert len(texts) > 5 and texts - known == set()


def messages() -> list[tuple[str, str]]:
    """Every marked message with the file it is in."""
    return [(path, call.args[0].value) for path, call in calls("N_")
            if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)]


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_every_message_is_a_literal_whose_places_have_names() -> None:
    found = messages()
    assert len(found) > 200 and len(found) == len(calls("N_"))
    for path, message in found:
        assert all(name.isidentifier() for name in places(message)), (path, message)
        message.format(**dict.fromkeys(places(message), "x"))


def test_every_error_is_given_all_values_that_its_message_has_places_for() -> None:
    errors = {node.name for node in ast.walk(trees()["desktop_crm/domain/errors.py"]) if isinstance(node, ast.ClassDef)}
    checked = 0
    for name in errors:
        for path, call in calls(name):
            first = call.args[0] if call.args else None
            marked = isinstance(first, ast.Call) and isinstance(first.args[0], ast.Constant)
            given = {word.arg for word in call.keywords}
            if not marked or None in given:
                continue
            assert isinstance(first, ast.Call) and isinstance(first.args[0], ast.Constant)
            assert places(str(first.args[0].value)) == given - {"at"}, f"{path}:{call.lineno}"
            checked += 1
    assert checked > 50


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_translation_has_the_same_places(code: str) -> None:
    words = language(code)
    for path, message in messages():
        assert places(words.say(message)) == places(message), (path, message)


def test_every_command_is_in_the_readme_and_the_readme_knows_no_other() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## Command line.*?```\n(.*?)```", text, re.DOTALL)
    assert block is not None
    assert set(re.findall(r"(?:desktop-crm|\|) ([a-z]+)", block.group(1))) - set(parts.IMPORTABLE) == set(cli.COMMANDS)


def undocumented(path: str, tree: ast.Module) -> list[str]:
    found = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        members = node.body if isinstance(node, ast.ClassDef) else []
        for item in (node, *members):
            if isinstance(item, ast.FunctionDef | ast.ClassDef) and not item.name.startswith("_") \
                    and not ast.get_docstring(item) and not any("override" in ast.unparse(mark) or
                                                                 "overload" in ast.unparse(mark)
                                                                 for mark in item.decorator_list):
                found.append(f"{path}:{item.name}")
    return found


def test_every_public_name_is_documented() -> None:
    assert [name for path, tree in trees().items() for name in undocumented(path, tree)] == []
