"""The binding's own modules, compiled once: it carries their sources and would compile them anew at every start.

A tenth of the time until the window stands goes there. What was compiled is kept in the cache folder under the very
source that it came from, with a checksum over all; anything else than a whole file of this Python is passed over and
written again, and where nothing can be written each start compiles as before.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType
from typing import Any

from desktop_crm import paths

_Key = tuple[str, int, int]  # the module's file name, the length of its source and its CRC-32
_SUM = 4


@contextmanager
def kept() -> Iterator[None]:
    """Let modules that are compiled from text meanwhile come out of the cache, and into it."""
    file = _file()
    codes = _read(file) if file is not None else {}
    known, compiling = len(codes), builtins.compile

    def compiled(source: Any, filename: Any, mode: str, *rest: Any, **named: Any) -> Any:
        if mode != "exec" or rest or named or not isinstance(source, (str, bytes)) or not isinstance(filename, str):
            return compiling(source, filename, mode, *rest, **named)
        text = source.encode() if isinstance(source, str) else source
        key = (filename, len(text), zlib.crc32(text))
        if key not in codes:
            codes[key] = compiling(source, filename, mode)
        return codes[key]

    builtins.compile = compiled
    try:
        yield
    finally:
        builtins.compile = compiling
    if file is not None and len(codes) > known:
        _write(file, codes)


def _file() -> Path | None:
    """Where the codes of this Python are kept; None where there is no place to write."""
    try:
        return paths.cache() / f"binding.{sys.implementation.cache_tag}"
    except OSError:
        return None


def _read(file: Path) -> dict[_Key, CodeType]:
    """The codes of a whole file; none of one that is absent, cut off or damaged."""
    try:
        stored = file.read_bytes()
    except OSError:
        return {}
    if len(stored) <= _SUM or zlib.crc32(stored[_SUM:]) != int.from_bytes(stored[:_SUM], "big"):
        return {}
    try:
        codes: dict[_Key, CodeType] = marshal.loads(stored[_SUM:])
    except (EOFError, ValueError, TypeError):  # another Python's marshal under the same tag
        return {}
    return codes


def _write(file: Path, codes: dict[_Key, CodeType]) -> None:
    stored = marshal.dumps(codes)
    part = file.with_suffix(f"{file.suffix}.{os.getpid()}")
    with suppress(OSError):  # a full or read-only disk: the next start compiles again
        part.write_bytes(zlib.crc32(stored).to_bytes(_SUM, "big") + stored)
        part.replace(file)
