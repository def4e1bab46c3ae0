"""An act: something that the user can do, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the user can do: stable key, title (a message id), what runs it, its keys and icon.

    `keys` is a portable key sequence ("Ctrl+L") or "". Every act stands in the palette; a page's keys
    work while its page is shown.
    """

    key: str
    title: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = ""
