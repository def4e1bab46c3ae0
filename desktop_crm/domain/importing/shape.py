"""What is known of one table that one program writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One export of one program: `kind` is what its rows are; of `marks` at least `least` headings are there.

    Each word of `needs` is a heading that must be there, or several of which one must ("a|b"); `never` ones must not.
    `columns` says what headings become; of several that become the same, the one that stands first here.
    """

    code: str
    title: str
    kind: str
    needs: str
    marks: str = ""
    least: int = 0
    never: str = ""
    columns: str = ""
