"""Encrypted files: the key that a password makes, who holds one, and opening files at rest, encrypted or not.

A key belongs to the salt in a file's first 16 bytes. A backup of a file has its salt, so whoever has the file open can
read its backups too. Keys are in memory only, while a store or a piece of work holds them.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop_crm import paths
from desktop_crm.domain.errors import N_, FileLost, FileRefused, PasswordNeeded

ROUNDS = 256_000
"""Of PBKDF2-HMAC-SHA512, SQLCipher's own: a tenth to a third of a second, spent once and not by each connection."""
PAGE = 4096
_SALT, _SECRET = 16, 32
_MAGIC = b"SQLite format 3\x00"
_EVEN = 450.0
"""Chi square of a page's bytes up to which they look random: 255 is what to expect, 450 a chance of one in 10^12."""
_NEEDED = N_("{path} is encrypted: it opens with its password only. Nothing was changed.")
_turn = threading.Lock()
_held: Counter[Key] = Counter()


@dataclass(frozen=True, slots=True)
class Key:
    """What opens one file and the backups of it, made from a password and the file's salt."""

    salt: bytes
    secret: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """As SQLCipher takes it, its own derivation skipped: key and salt, 96 hexadecimal digits."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


def derived(password: str, salt: bytes = b"") -> Key:
    """The key that SQLCipher 4 makes of a password and a salt (default: a new one); slow on purpose."""
    from hashlib import pbkdf2_hmac  # OpenSSL takes five milliseconds to load: not for plain files

    salt = salt or os.urandom(_SALT)
    return Key(salt, pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS, _SECRET))


# --- who holds a key ------------------------------------------------------------------------------------------------

def hold(key: Key | None) -> None:
    """Keep a key in memory until `drop`, so that its files can be read; None, no key, is kept easily."""
    if key is not None:
        with _turn:
            _held[key] += 1


def drop(key: Key | None) -> None:
    """Give a key back; it is forgotten with its last holder."""
    if key is not None:
        with _turn:
            _held[key] -= 1
            if _held[key] <= 0:
                del _held[key]


@contextmanager
def held(key: Key | None) -> Iterator[None]:
    """Keep a key for a piece of work."""
    hold(key)
    try:
        yield
    finally:
        drop(key)


def known(salt: bytes) -> Key | None:
    """The key for a salt, if somebody holds it."""
    with _turn:
        return next((key for key in _held if key.salt == salt), None)


# --- files at rest --------------------------------------------------------------------------------------------------

def salt_of(path: Path) -> bytes | None:
    """The salt of a closed encrypted file; None for any other, as well as one can tell.

    An encrypted file is whole pages of bytes that look random: a plain one that is damaged, and other programs' files,
    hardly ever are.
    """
    with path.open("rb") as file:
        page = file.read(PAGE)
        size = file.seek(0, os.SEEK_END)
    if len(page) < PAGE or size % PAGE or page.startswith(_MAGIC):
        return None
    mean = PAGE / 256
    even = sum((count - mean) ** 2 for count in Counter(page).values()) + (256 - len(set(page))) * mean ** 2
    return page[:_SALT] if even / mean <= _EVEN else None


def look(path: Path, key: Key | None = None) -> tuple[Key, int, int] | None:
    """What a file that is not plain says once it is unlocked: its key, application and version; None if not encrypted.

    Raises PasswordNeeded if `key` (default: the one that somebody holds) does not open it, or there is none. Nothing is
    put beside it.
    """
    salt = salt_of(path)
    if salt is None:
        return None
    key = key or known(salt)
    if key is None:
        raise PasswordNeeded(_NEEDED, path=str(path))
    log = paths.real(path).with_name(path.name + "-wal")
    logged = log.exists() and log.stat().st_size > 0  # then the file alone may be half of what it is
    try:
        raw = _connected(path, "?mode=ro" if logged else "?immutable=1", key)
        try:
            return key, _figure(raw, "application_id"), _figure(raw, "user_version")
        finally:
            raw.close()
    except driver.DatabaseError as error:
        if "not a database" in str(error):
            raise PasswordNeeded(N_("That is not the password of {path}. If you are sure that it is, the file is "
                                    "damaged: restore a backup."), path=str(path)) from error
        if "malformed" in str(error):
            raise FileLost(N_("{path} is cut short: part of it is missing. It was left as it is; restore a backup."),
                           path=str(path)) from error
        raise FileRefused(N_("{path} cannot be read: {reason}. Nothing was changed."), path=str(path),
                          reason=str(error)) from error


def _figure(raw: Any, name: str) -> int:
    return int(raw.execute(f"PRAGMA {name}").fetchone()[0])


def at_rest(path: Path, *, writing: bool = False) -> Any:
    """A raw connection to a closed file, encrypted or not; for reading only nothing is put beside it.

    Raises PasswordNeeded if it is encrypted and nobody holds its key.
    """
    with path.open("rb") as file:
        start = file.read(_SALT)
    key = None
    if len(start) == _SALT and start != _MAGIC:
        key = known(start)
        if key is None and salt_of(path) is not None:
            raise PasswordNeeded(_NEEDED, path=str(path))
    return _connected(path, "" if writing else "?immutable=1", key)


def beside(raw: Any, path: Path) -> Any:
    """A raw connection to a new file at `path`, encrypted as the open file `raw` is, or plain as that is."""
    return keyed(path, key_of(raw))


def key_of(raw: Any) -> Key | None:
    """The key of an open connection; None if its file is not encrypted."""
    salt = raw.execute("PRAGMA cipher_salt").fetchone()
    return known(bytes.fromhex(salt[0])) if salt else None


def keyed(path: Path, key: Key | None) -> Any:
    """A raw connection to a new file at `path`, encrypted by a key, or plain without one."""
    return _connected(path, "?mode=rwc", key)


def _connected(path: Path, query: str, key: Key | None) -> Any:
    made = driver.connect(path.resolve().as_uri() + query, uri=True, isolation_level=None)
    if key is not None:
        unlock(made, key.pragma)
    return made


def unlock(raw: Any, key: str) -> None:
    """Give a new connection its key, before anything else is asked of it."""
    raw.execute("PRAGMA cipher_log_level = NONE")  # a wrong password is told by us, once
    raw.execute("PRAGMA key = '" + key.replace("'", "''") + "'")
