"""Where things live: the user's data, settings, logs and backups, and the program's own resources."""

from __future__ import annotations

import errno
import importlib.util
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import appdirs

from desktop_crm.domain.errors import N_, FileRefused

_NAME = "Desktop CRM"


def _home(kind: str, default: str) -> Path:
    """The folder `kind`, made on first use; DESKTOP_CRM_HOME moves them all (tests, USB sticks)."""
    root = os.environ.get("DESKTOP_CRM_HOME")
    folder = Path(root) / kind if root else Path(default)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data() -> Path:
    """The folder for the business files that the user did not put elsewhere."""
    return _home("data", appdirs.user_data_dir(_NAME, appauthor=False, roaming=False))


def config() -> Path:
    """The folder of the settings file."""
    return _home("config", appdirs.user_config_dir(_NAME, appauthor=False))


def logs() -> Path:
    """The folder of the log files; they hold no customer data."""
    return _home("logs", appdirs.user_log_dir(_NAME, appauthor=False))


def cache() -> Path:
    """The folder of what can be made again at any time."""
    return _home("cache", appdirs.user_cache_dir(_NAME, appauthor=False))


def backups() -> Path:
    """The folder of the verified backups."""
    folder = data() / "backups"
    folder.mkdir(exist_ok=True)
    return folder


def real(path: Path) -> Path:
    """The file that a name stands for: what a link leads to, and any other name as it was given.

    A file's lock, its log and its documents lie beside the file itself, so that it has them once, whatever link it is
    opened by. Raises FileRefused for a link that leads to itself.
    """
    if not path.is_symlink():
        return path
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:  # until Python 3.13 a circle is the latter
        raise FileRefused(N_("{path} cannot be read: {reason}. Nothing was changed."), path=str(path),
                          reason=os.strerror(errno.ELOOP)) from error


def check_place(path: Path) -> None:
    """OSError where a file put at `path` would take a folder, a device or a pipe away."""
    if path.exists() and not path.is_file():
        number = errno.EISDIR if path.is_dir() else errno.EINVAL
        raise OSError(number, os.strerror(number))


def whole(path: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write a file beside `path`, then put it in its place: it appears whole or not at all.

    A link stays one: what it leads to is written anew. Raises FileRefused where the file cannot be written.
    """
    place = real(path)
    part = place.with_name(f".{uuid4().hex}{path.suffix.lower()}.part")
    try:
        check_place(place)
        fill(part)
        part.replace(place)
    except OSError as error:
        raise FileRefused(N_("“{file}” could not be written in {folder}: {reason}. Nothing was changed. "
                             "Close it in other programs, or choose another folder."),
                          file=path.name, folder=str(path.parent.absolute()),
                          reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # where no file could be made there is none to remove
            part.unlink()


def resources() -> Path:
    """The program's own read-only files: beside the package in a checkout, inside it once installed."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(frozen) / "desktop_crm" if frozen else Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


_FONTS = {
    "NotoSans": "fontpkg_noto_sans",
    "NotoSansTamil": "fontpkg_noto_sans_tamil",
    "NotoSansDevanagari": "fontpkg_noto_sans_devanagari",
    "NotoSansArabic": "fontpkg_noto_sans_arabic",
}


def font_packages() -> dict[str, Path]:
    """The variable font file that each installed font package holds, by the family's file name."""
    found = {}
    for family, package in _FONTS.items():
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for path in Path(folder, "files").glob(f"{family}[[]*.ttf"):
                found[family] = path
    return found


def fonts() -> tuple[Path, ...]:
    """The font files that come with the program, Latin first, each family's regular before its bold.

    Static files made at build time stand for a family where they are; else its package's variable
    file does (regular by default). Chinese is last, and absent unless the build found its package.
    """
    folder, found = resources() / "fonts", []
    made = {family: [path for style in ("Regular", "Bold") if (path := folder / f"{family}-{style}.ttf").is_file()]
            for family in _FONTS}
    packaged = {} if all(made.values()) else font_packages()
    for family, static in made.items():
        found += static or [packaged[name] for name in (family,) if name in packaged]
    chinese = folder / "DroidSansFallbackFull.ttf"
    return (*found, chinese) if chinese.is_file() else tuple(found)
