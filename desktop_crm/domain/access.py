"""PINs and passwords: what one may be, how it is kept (salted scrypt), and how long wrong ones make one wait.

A PIN keeps colleagues from working under another's name by mistake; a few digits stop nobody who can copy the file.
"""

from __future__ import annotations

import base64
import binascii
import os
import unicodedata
from dataclasses import dataclass

from desktop_crm.domain.errors import N_, InvalidInput

COST = 15
"""Log2 of scrypt's N: with r = 8 and p = 1, 32 MB and about a tenth of a second for each try."""
_BLOCK, _LANES, _SALT, _KEY = 8, 1, 16, 32
_MOST = 64 * 2**20
"""Bytes that a stored hash may ask for; one that asks for more was not written by this program."""
FREE_TRIES = 5
_LONGEST = 300


def pin(typed: str) -> str:
    """A PIN as it is kept: 4 to 8 digits of any script as ASCII; InvalidInput for anything else."""
    digits = plain(typed)
    if not 4 <= len(digits) <= 8 or not digits.isascii() or not digits.isdecimal():
        raise InvalidInput(N_("A PIN has 4 to 8 digits. Nothing was saved."), "pin")
    return digits


def password(typed: str) -> str:
    """A password as it is kept: 6 to 200 characters, the same for however they were typed; InvalidInput if not."""
    if not 6 <= len(plain(typed)) <= 200:
        raise InvalidInput(N_("A password has at least 6 characters. Nothing was saved."), "password")
    return plain(typed)


def file_password(typed: str) -> str:
    """A password to encrypt a file by, as it is used: 8 to 200 characters, for it may be tried without end.

    InvalidInput for any other.
    """
    if not 8 <= len(plain(typed)) <= 200:
        raise InvalidInput(N_("The password of a file has at least 8 characters. Nothing was changed."), "password")
    return plain(typed)


def plain(typed: str) -> str:
    """The same characters however a keyboard makes them: composed, full-width as half, digits as ASCII."""
    text = unicodedata.normalize("NFKC", typed.encode("utf-8", "replace").decode()).strip()
    return "".join(str(unicodedata.decimal(character, character)) for character in text)


def hashed(secret: str, cost: int = COST) -> str:
    """A secret as the file keeps it: "scrypt$log2 N$r$p$salt$key", salt and key in base64; never twice the same."""
    salt = os.urandom(_SALT)
    key = _key(secret, salt, cost, _BLOCK, _LANES)
    return "$".join(("scrypt", str(cost), str(_BLOCK), str(_LANES),
                     *(base64.b64encode(part).decode() for part in (salt, key))))


def matches(secret: str, stored: str) -> bool:
    """Whether a secret is the stored one, told in constant time; nothing matches a text that `hashed` did not make."""
    try:
        name, *figures, salt, key = stored.split("$")
        cost, block, lanes = (int(figure) for figure in figures)
        wanted = base64.b64decode(key, validate=True)
        if name != "scrypt" or len(wanted) != _KEY or cost > 20 or block > 32 or lanes > 16:
            return False
        made = _key(secret, base64.b64decode(salt, validate=True), cost, block, lanes)
    except (ValueError, OverflowError, binascii.Error):
        return False
    from hmac import compare_digest

    return compare_digest(made, wanted)


def _key(secret: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    from hashlib import scrypt  # OpenSSL takes five milliseconds to load: not before the shell is on the screen

    return scrypt(plain(secret).encode(), salt=salt, n=2**cost, r=block, p=lanes, maxmem=_MOST, dklen=_KEY)


@dataclass(slots=True)
class Tries:
    """Wrong tries in a row; the clock's seconds come from outside. After five of them each costs a longer wait."""

    wrong: int = 0
    until: float = 0.0

    def missed(self, now: float) -> None:
        """Count a wrong try made at `now` (seconds of any clock that goes on)."""
        self.wrong += 1
        if self.wrong >= FREE_TRIES:
            self.until = now + min(_LONGEST, 5 * 2 ** (self.wrong - FREE_TRIES))

    def wait(self, now: float) -> int:
        """Whole seconds until the next try, 0 if it may be now; a clock that was set back makes nobody wait long."""
        return min(_LONGEST, max(0, -int(-(self.until - now) // 1)))

    def clear(self) -> None:
        """Forget the wrong tries: the right one came."""
        self.wrong, self.until = 0, 0.0
