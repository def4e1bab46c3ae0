"""Conditions as people write them in one line: `region is "Johor" and (paid >= 500 or tags has VIP)`.

    line      = part {"or" part}          part = one {"and" one}          one = "(" line ")" | ["not"] field | test
    test      = field test-words [value {"," value}]                      value = word | "several words"

Only the shape is read here; what a field, a test or a value means is for services/conditions to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from desktop_crm.domain.errors import N_, InvalidInput

EXAMPLE = 'region is "Johor" and (paid >= 500 or tags has VIP)'
MOST = 200
"""The most conditions that a line may have."""
MOST_VALUES = 2000
"""The most values that one of them may list."""

_TOKEN = re.compile(r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*'|“[^”]*”)|(?P<sign>>=|<=|!=|<>|==|[=<>(),])|"""
                    r"""(?P<word>[^\s=<>!(),"“”]+))""")
_DEEPEST = 10
_SHOWN = 40
_TESTS = (
    ("is not one of", "none_of"), ("is none of", "none_of"), ("none of", "none_of"), ("not in", "none_of"),
    ("is one of", "one_of"), ("one of", "one_of"), ("in the last", "last_days"), ("in the next", "next_days"),
    ("in", "one_of"), ("is not empty", "filled"), ("is filled", "filled"), ("filled", "filled"),
    ("is empty", "empty"), ("empty", "empty"), ("has not", "has_not"), ("contains", "has"), ("has", "has"),
    ("starts with", "starts"), ("begins with", "starts"), ("starts", "starts"), ("is at least", "at_least"),
    ("at least", "at_least"), (">=", "at_least"), ("is at most", "at_most"), ("at most", "at_most"), ("<=", "at_most"),
    (">", "more"), ("<", "less"), ("is between", "between"), ("between", "between"), ("is before", "before"),
    ("before", "before"), ("is from", "from"), ("from", "from"), ("since", "from"), ("older than", "days_ago"),
    ("last", "last_days"), ("next", "next_days"), ("is this month", "this_month"), ("this month", "this_month"),
    ("is on", "on"), ("on", "on"), ("is not", "is_not"), ("!=", "is_not"), ("<>", "is_not"), ("is", "is"),
    ("=", "is"), ("==", "is"),
)
"""Test words → test, the longer before those that they begin with."""

_BARE = frozenset({"filled", "empty", "this_month"})
_LISTS = frozenset({"one_of", "none_of"})
_DAYS = frozenset({"last_days", "next_days", "days_ago"})


@dataclass(frozen=True, slots=True)
class Said:
    """One test as written: the field's name, the test, its values, and where in the line it begins."""

    field: str
    test: str
    values: tuple[str, ...] = ()
    at: int = 0


@dataclass(frozen=True, slots=True)
class Both:
    """Parts of which all or any must hold."""

    all: bool
    parts: tuple[Said | Both, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    quoted: bool
    start: int


def parse(line: str) -> Both:
    """Read a line of conditions; InvalidInput, telling from where on, for what cannot be read."""
    reader = _Reader(line)
    found = reader.line(0)
    reader.end()
    return found if isinstance(found, Both) else Both(True, (found,))


class _Reader:
    def __init__(self, line: str) -> None:
        self._text, self._place, self._count = line, 0, 0
        self._tokens: list[_Token] = []
        start = 0
        while line[start:].strip():
            found = _TOKEN.match(line, start)
            if found is None:
                raise self._stopped(start + len(line[start:]) - len(line[start:].lstrip()))
            quoted = found["quoted"]
            text = quoted[1:-1] if quoted else found["sign"] or found["word"]
            self._tokens.append(_Token(text, bool(quoted), found.end() - len(found.group().lstrip())))
            start = found.end()

    def line(self, depth: int) -> Said | Both:
        """Parts with "or" between."""
        return self._joined("or", lambda: self._joined("and", lambda: self._one(depth)))

    def end(self) -> None:
        """Nothing may follow."""
        if self._place < len(self._tokens):
            raise self._here()

    def _joined(self, word: str, part: Callable[[], Said | Both]) -> Said | Both:
        parts = [part()]
        while self._takes(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Both(word == "and", tuple(parts))

    def _one(self, depth: int) -> Said | Both:
        if self._takes("("):
            if depth >= _DEEPEST:
                raise InvalidInput(N_("Brackets stand in each other at most {most} deep. Use fewer of them."),
                                   "where", most=_DEEPEST)
            found = self.line(depth + 1)
            if not self._takes(")"):
                raise self._here()
            return found
        return self._said()

    def _said(self) -> Said:
        self._count += 1
        start = self._tokens[self._place].start if self._place < len(self._tokens) else len(self._text)
        if self._count > MOST:
            raise self._here()
        if self._takes("not"):
            return Said(self._word(), "no", at=start)
        field = self._word()
        test = self._test()
        if test is None:
            return Said(field, "yes", at=start)
        return Said(field, test, self._values(test), start)

    def _test(self) -> str | None:
        for words, test in _TESTS:
            if self._takes(words):
                return test
        return None

    def _values(self, test: str) -> tuple[str, ...]:
        if test in _BARE:
            return ()
        if test == "between":
            first = self._word()
            if not self._takes("and"):
                raise self._here()
            return first, self._word()
        if test in _LISTS:
            return self._list()
        value = self._word()
        if test in _DAYS and not self._takes("days"):
            self._takes("day")
        return (value,)

    def _list(self) -> tuple[str, ...]:
        """Values with commas between, in brackets or without."""
        brackets = self._takes("(")
        values = [self._word()]
        while self._takes(","):
            if len(values) >= MOST_VALUES:
                raise self._here()
            values.append(self._word())
        if brackets and not self._takes(")"):
            raise self._here()
        return tuple(values)

    def _takes(self, words: str) -> bool:
        """Whether these words come next, none of them in quotes; they are then behind us."""
        wanted = words.split()
        coming = self._tokens[self._place:self._place + len(wanted)]
        if [token.text.lower() for token in coming] != wanted or any(token.quoted for token in coming):
            return False
        self._place += len(wanted)
        return True

    def _word(self) -> str:
        """The next word, or words in quotes: a field or a value."""
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        if token is None or (not token.quoted and (token.text.lower() in ("and", "or") or token.text in "<>=!=(),==")):
            raise self._here()
        self._place += 1
        return token.text

    def _here(self) -> InvalidInput:
        known = self._place < len(self._tokens)
        return self._stopped(self._tokens[self._place].start if known else len(self._text))

    def _stopped(self, start: int) -> InvalidInput:
        rest = self._text[start:start + _SHOWN].strip()
        if not rest:
            return InvalidInput(N_("The condition ends too soon. Write it like: {example}"), "where", example=EXAMPLE)
        return InvalidInput(N_("The condition is not understood from “{rest}” on. Write it like: {example} (several "
                               "words in quotes)"), "where", rest=rest, example=EXAMPLE)
