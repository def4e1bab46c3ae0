"""Looking through all customers for duplicates: only those are compared who share a key, never all with all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from desktop_crm.domain.duplicates import THRESHOLD, Group, Identity, Likeness, compare, grouped, keys

Step = Callable[[int, int], None]
"""Hears how many of how many units are done; it may raise to stop the work."""

_CROWD, _NEAR = 40, 12
_EVERY = 500


def find(people: Sequence[Identity], threshold: float = THRESHOLD, distinct: Collection[tuple[int, int]] = (),
         step: Step | None = None) -> list[Group]:
    """The groups of customers that may be one, surest first; pairs in `distinct` (smaller id first) are left out."""
    blocks = _blocks(people)
    total = len(blocks)
    by_id = {one.id: one for one in people}
    found: dict[tuple[int, int], Likeness] = {}
    seen: set[int] = set()
    while blocks:
        if step is not None and len(blocks) % _EVERY == 0:
            step(total - len(blocks), total)
        for first, second in _pairs(people, blocks.pop()):
            mark = first << 32 | second
            if mark not in seen:
                seen.add(mark)
                pair = people[first].id, people[second].id
                pair = (min(pair), max(pair))
                alike = compare(people[first], people[second], threshold)
                if alike.confidence >= threshold and pair not in distinct:
                    found[pair] = alike
    return grouped(found, lambda first, second: compare(by_id[first], by_id[second]), distinct)


def _blocks(people: Sequence[Identity]) -> list[list[int]]:
    """The places of those who share a key, key by key."""
    shared: dict[int, int | list[int]] = {}  # most keys have one owner, who needs no list
    for place, one in enumerate(people):
        for key in keys(one):
            mark = hash(key)
            before = shared.get(mark)
            if before is None:
                shared[mark] = place
            elif isinstance(before, list):
                before.append(place)
            else:
                shared[mark] = [before, place]
    return [places for places in shared.values() if isinstance(places, list)]


def _pairs(people: Sequence[Identity], places: list[int]) -> Iterator[tuple[int, int]]:
    """Whom to compare in a block; a crowd (a switchboard's number, a common name) is sorted, and neighbours compared.

    In a crowd a duplicate has the same name or almost, so that it stands near in the order of the names; one that has
    something else in common is found by that.
    """
    if len(places) <= _CROWD:
        for number, first in enumerate(places):
            for second in places[number + 1:]:
                yield first, second
        return
    for order in (_by_name, _by_last_name):
        line = sorted(places, key=lambda place: order(people[place]))
        for number, first in enumerate(line):
            for second in line[number + 1:number + _NEAR]:
                yield min(first, second), max(first, second)


def _by_name(one: Identity) -> tuple[str, tuple[str, ...]]:
    return (min((name.key for name in one.names), default=""), one.phones)


def _by_last_name(one: Identity) -> tuple[str, tuple[str, ...]]:
    """The other way round, for those whose first word has the slip."""
    return (min((name.key[::-1] for name in one.names), default=""), one.emails)
