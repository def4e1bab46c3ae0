"""Rules of DEFINITIONS.md written out word by word, for tests to compare the program's own with."""

from __future__ import annotations


def rfm_group(r: int, f: int, m: int, once: bool) -> str:
    """The group of three RFM scores, the first that matches; `once` is whether there was one order alone."""
    if r >= 4 and f >= 4 and m >= 4:
        return "champions"
    if r >= 3 and f >= 3:
        return "loyal"
    if r >= 4 and once:
        return "new"
    if r >= 3:
        return "promising"
    if r == 1 and f >= 4 and m >= 4:
        return "cannot_lose"
    if f >= 3:
        return "at_risk"
    return {(2, 2): "attention", (2, 1): "hibernating"}.get((r, f), "lost")
