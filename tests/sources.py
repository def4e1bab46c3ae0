"""The program's own source, read and parsed once for all tests of a process."""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def texts() -> dict[str, str]:
    """The program's modules: path below the top folder → text."""
    paths = sorted((ROOT / "desktop_crm").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@cache
def trees() -> dict[str, ast.Module]:
    """The program's modules: path below the top folder → syntax tree, which nobody changes."""
    looked = gc.isenabled()
    gc.disable()  # millions of nodes, none of them garbage: to look through them costs more than to parse
    made = {path: ast.parse(text) for path, text in texts().items()}
    gc.freeze()
    if looked:
        gc.enable()
    return made
