"""Every door by which data can leave the window, found in its source: guarded by the owner's PIN, or free.

A door is what puts something on the clipboard, drags it out, asks where a file or folder goes, prints, or writes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop_crm

ROOT = Path(desktop_crm.__file__).parent
ON_CLIPBOARD = {"setText", "setMimeData", "setImage", "setPixmap"}
DOORS = {"choose_folder", "QPrintDialog", "QDrag", "print_sheets", "print_report", "write", "whole", "write_text",
         "write_bytes", "copyfile", "copy2", "copytree", "save_copy", "back_up", "keep_second",
         "choose_second"}
ASKS = ("guarded(", "let_out(")
"""What a guard calls."""
WORDS = re.compile(rf"\b(?:{'|'.join((*DOORS, 'clipboard', 'guarded', '_?let_out'))})\(|AcceptSave")
"""What the source of a module with a door or a guard has in it."""

GUARDED = {
    "ui/backups/panel BackupsPanel.choose_place": "",
    "ui/backups/panel BackupsPanel.take": "ui/backups/panel BackupsPanel.choose_place",
    "ui/customers/bulk _copy": "ui/customers/bulk copy_addresses",
    "ui/customers/sheet_blocks SheetBlocks.copy.put": "ui/customers/sheet_blocks SheetBlocks.copy",
    "ui/row_table RowTable.copy": "",
    "ui/row_table RowTable.copy.put": "ui/row_table RowTable.copy",
    "ui/exporting Exporting._choose": "ui/exporting Exporting.ask",
    "ui/exporting Exporting.write.work": "ui/exporting Exporting.ask",
    "ui/persons/desk Desk.ask": "",
    "ui/persons/desk Desk.write.work": "ui/persons/desk Desk.ask",
    "ui/reports/exporting choose": "ui/reports/page ReportsPage.export",
    "ui/reports/exporting export.work": "ui/reports/page ReportsPage.export",
    "ui/reports/printing print_report": "ui/reports/preview PrintPreview._let_out",
    "ui/reports/printing send": "ui/reports/preview PrintPreview._let_out",
    "ui/sheets/printing choose": "ui/sheets/preview SheetPreview.choose_printer",
    "ui/sales/paper_panel PaperPanel._send": "ui/sales/paper_panel PaperPanel._let_out",
    "ui/sales/paper_panel PaperPanel.ask": "ui/sales/paper_panel PaperPanel._give_file",
    "ui/sales/paper_panel PaperPanel._write.work": "ui/sales/paper_panel PaperPanel._give_file",
    "ui/evening Evening._draw": "ui/evening Evening.close_day",
    "ui/evening Evening._written": "ui/evening Evening.close_day",
    "ui/evening Evening._copy": "ui/evening Evening.close_day",
    "ui/evening_forms write": "ui/evening Evening.close_day",
}
"""Each guarded door, with the function that asks before one comes to it ("": itself)."""

FREE = {
    "ui/customers/about_acts AboutActs._copy": "one line of a card",
    "ui/customers/about_acts AboutActs._write": "a message to one person",
    "ui/customers/account_acts AccountActs.remind": "a reminder to one customer",
    "ui/customers/card CustomerCard._line_menu": "one line of a card",
    "ui/customers/ways_bar WaysBar._others": "a message to one person",
    "ui/customers/ways_bar WaysBar.reach": "one number",
    "ui/deals/columns StageList.startDrag": "numbers of deals, which mean nothing elsewhere",
    "ui/deals/editor _Grip.mouseMoveEvent": "the number of a stage",
    "ui/documents/acts DocumentActs.ask_where": "one document",
    "ui/documents/acts DocumentActs.copy.done": "one document",
    "ui/documents/acts DocumentActs.save": "one document",
    "ui/evening Evening.choose_folder": "where the day's report goes; what goes there is asked when it is made",
    "ui/importing/cells PlainTable.copy": "a table that comes from outside",
    "ui/leads/taking Taking._take_text.work": "a text from the clipboard, on its way in",
    "ui/leads/watch Watch._ask": "the folder whose files come in",
    "ui/safekeeping Safekeeping.back_up": "into the program's own ring",
    "ui/safekeeping Safekeeping.last_one": "into the second place, for which the owner was asked",
    "ui/safekeeping Safekeeping._level.level": "into the second place, for which the owner was asked",
    "ui/dialogs new_file": "a new file has nothing of another one in it",
    "ui/compiled _write": "the program's own cache",
    "app evening": "the command line, which asks by itself",
    "app pictures": "the command line, which asks by itself",
}
"""Each free door, with its reason."""


def functions(path: Path, text: str) -> Iterator[tuple[str, ast.AST, ast.AST]]:
    """Every node of a module below a function, with the qualified name of that function, and the function."""
    def walk(node: ast.AST, names: tuple[str, ...], inside: ast.AST) -> Iterator[tuple[str, ast.AST, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                yield from walk(child, (*names, child.name), child)
            else:
                yield ".".join(names), child, inside
                yield from walk(child, names, inside)

    tree = ast.parse(text)
    module = path.relative_to(ROOT).with_suffix("").as_posix()
    return ((f"{module} {name}", node, inside) for name, node, inside in walk(tree, (), tree))


def called(node: ast.AST) -> str:
    """The name that a call calls by; "" for anything else."""
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(
        function, ast.Name) else ""


def is_door(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "AcceptSave":
        return True
    if called(node) in ON_CLIPBOARD:
        function = node.func if isinstance(node, ast.Call) else None
        return isinstance(function, ast.Attribute) and called(function.value) == "clipboard"
    return called(node) in DOORS


@pytest.fixture(scope="module")
def source() -> dict[str, tuple[bool, str]]:
    """Every function of the window: whether it is a door, and its text."""
    found: dict[str, tuple[bool, str]] = {}
    for path in [*sorted((ROOT / "ui").rglob("*.py")), ROOT / "app.py"]:
        text = path.read_text(encoding="utf-8")
        if not WORDS.search(text):
            continue
        lines = text.splitlines()
        for name, node, inside in functions(path, text):
            door, body = found.get(name, (False, ""))
            if not body and isinstance(inside, ast.FunctionDef):
                body = "\n".join(lines[inside.lineno - 1:inside.end_lineno])
            found[name] = door or is_door(node), body
    return found


def test_every_door_is_guarded_or_free_with_a_reason(source: dict[str, tuple[bool, str]]) -> None:
    doors = {name for name, (door, _) in source.items() if door}
    assert doors - set(GUARDED) - set(FREE) == set(), "who asks for the owner's PIN before this, or why is it free?"
    assert (set(GUARDED) | set(FREE)) - doors == set(), "no door any more"
    assert not set(GUARDED) & set(FREE)


@pytest.mark.parametrize("door", GUARDED)
def test_what_comes_before_a_guarded_door_asks(door: str, source: dict[str, tuple[bool, str]]) -> None:
    guard = GUARDED[door] or door
    assert any(ask in source[guard][1] for ask in ASKS), f"{guard} does not ask for the owner's PIN"


def test_a_door_that_is_new_is_found() -> None:
    for text in ("QGuiApplication.clipboard().setText(all_phones)", "Path(name).write_text(all_phones)",
                 "dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)", "lists.write(found, path)"):
        assert any(map(is_door, ast.walk(ast.parse(text)))), text
    assert not any(map(is_door, ast.walk(ast.parse("label.setText(name); clipboard().text()"))))
