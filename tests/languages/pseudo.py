"""A language that marks what it translates: ⟦Çúštöməŕš⟧. A text without the marks never met a translator."""

from __future__ import annotations

import gettext
import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from desktop_crm import i18n
from desktop_crm.i18n import Language

_ACCENTS = str.maketrans("aceilnorstuyzACEILNORSTUYZ", "áçéíłñóŕšţúýžÁÇÉÍŁÑÓŔŠŢÚÝŽ")
_PARTS = re.compile(r"\{[^}]*\}|[^{]+")


class Pseudo(gettext.NullTranslations):
    """Marks every message, with accents on its letters; the `{places}` stay."""

    def gettext(self, message: str) -> str:
        return f"⟦{''.join(part if part[0] == '{' else part.translate(_ACCENTS) for part in _PARTS.findall(message))}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


def pseudo(code: str = "en_MY") -> Language:
    """The pseudo-language with the numbers, the days and the direction of the locale `code`."""
    return Language(code.split("_")[0], code, Pseudo())


@contextmanager
def speaking_pseudo() -> Iterator[None]:
    """Every language is the pseudo-language meanwhile: the window's, the file's, the command line's."""
    with pytest.MonkeyPatch.context() as patch:
        # i18n's own words, not the gettext module's: other libraries ask that too, and keep what they are told
        patch.setattr(i18n, "_words", lambda code: Pseudo())
        i18n.language.cache_clear()
        yield
    i18n.language.cache_clear()


def unmarked(text: str) -> str:
    """What of a text stands outside the marks; a text that was cut off ends where it was cut."""
    depth, rest = 0, []
    for letter in text:
        if letter == "⟧" and depth:
            depth -= 1
        elif letter == "⟦":
            depth += 1
        elif not depth:
            rest.append(letter)
    return "".join(rest)


def escaped(texts: Iterable[str], known: Iterable[str]) -> set[str]:
    """The texts that hold words outside the marks, other than the words of `known` texts."""
    names = {word for text in known for word in words(text)}
    return {text for text in texts if any(_foreign(word, names) for word in words(unmarked(_plain(text))))}


def _foreign(word: str, names: set[str]) -> bool:
    """Whether a word is none of the names; one that was cut off need only begin or end as they do."""
    bare = word.strip("…")
    if bare == word:
        return word not in names
    return not any(name.startswith(bare) or name.endswith(bare) for name in names)


def _plain(text: str) -> str:
    """A tooltip's text without what tells Qt that it is no mark-up."""
    return html.unescape(text.removeprefix("<qt>").removesuffix("</qt>")) if text.startswith("<qt>") else text


def words(text: str) -> list[str]:
    """The words of a text, folded: two letters or more, and … where one was cut off."""
    return [word.casefold() for word in re.findall(r"…?[^\W\d_]{2,}…?", text)]
