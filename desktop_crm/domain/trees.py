"""Accounts that belong to each other: a tree of customers with each one's own figures and those of all below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sums:
    """Deals that are open, and sums in minor units of the business's currency: open, won, paid."""

    deals: int = 0
    open: int = 0
    won: int = 0
    paid: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.deals + other.deals, self.open + other.open, self.won + other.won, self.paid + other.paid)


@dataclass(frozen=True, slots=True)
class Member:
    """One customer of a tree as the file has it."""

    id: int
    name: str
    kind: str
    parent_id: int | None
    own: Sums = Sums()


@dataclass(frozen=True, slots=True)
class Branch:
    """One customer in its place: `depth` steps below the root, with its own sums and those of its whole branch."""

    id: int
    name: str
    kind: str
    depth: int
    own: Sums
    whole: Sums
    children: int


def grown(members: Sequence[Member], root: int) -> tuple[Branch, ...]:
    """The tree below `root` in the order of reading, children in the order of `members`; a loop is walked once."""
    known = {member.id: member for member in members}
    below: dict[int | None, list[int]] = {}
    for member in members:
        below.setdefault(member.parent_id if member.id != root else None, []).append(member.id)
    order, depths = _walk(root, below)
    whole = _summed(order, known, depths)
    return tuple(Branch(key, known[key].name, known[key].kind, depths[key], known[key].own, whole[key],
                        sum(child in depths for child in below.get(key, ()))) for key in order)


def _walk(root: int, below: Mapping[int | None, Sequence[int]]) -> tuple[list[int], dict[int, int]]:
    """The ids in the order of reading and the depth of each, without recursion: chains may be long."""
    order: list[int] = []
    depths: dict[int, int] = {}
    todo = [(root, 0)]
    while todo:
        key, depth = todo.pop()
        if key in depths:
            continue
        depths[key] = depth
        order.append(key)
        todo += [(child, depth + 1) for child in reversed(below.get(key, ()))]
    return order, depths


def _summed(order: Sequence[int], known: Mapping[int, Member], depths: Mapping[int, int]) -> dict[int, Sums]:
    """Each one's own sums and all below it: children stand behind their parents, so backwards is upwards."""
    whole = {key: known[key].own for key in order}
    for key in reversed(order):
        parent = known[key].parent_id
        if parent in depths and depths[key] > 0 and parent is not None:
            whole[parent] += whole[key]
    return whole
