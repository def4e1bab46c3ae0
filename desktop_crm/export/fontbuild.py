"""Build step: static regular and bold fonts in resources/fonts, made from the installed font packages.

Run as `python -m desktop_crm.export.fontbuild`. The files are made, never committed; what is newer
than its source is kept, so that a second run takes no time. The Chinese TrueType font comes from
the system's package (Debian: fonts-droid-fallback) where there is one.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from desktop_crm import paths

WEIGHTS = {"Regular": 400, "Bold": 700}
"""The static styles that are made of each family, with their weight on the `wght` axis."""

CHINESE = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
"""The Chinese TrueType font, where Debian's fonts-droid-fallback puts it."""

CHINESE_LICENCE = Path("/usr/share/doc/fonts-droid-fallback/copyright")
"""The licence that must travel with it (Apache-2.0)."""


def build(folder: Path) -> list[Path]:
    """Make what is missing or older than its source in `folder`; return the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for family, source in paths.font_packages().items():
        for style, weight in WEIGHTS.items():
            target = folder / f"{family}-{style}.ttf"
            if _stale(target, source):
                _instantiate(source, weight, target)
                written.append(target)
        written += _copied(source.parent.parent / "LICENSE", folder / f"{family}-LICENSE.txt")
    written += _copied(CHINESE, folder / CHINESE.name)
    written += _copied(CHINESE_LICENCE, folder / f"{CHINESE.stem}-LICENSE.txt")
    return written


def _stale(target: Path, source: Path) -> bool:
    return not target.is_file() or target.stat().st_mtime < source.stat().st_mtime


def _copied(source: Path, target: Path) -> list[Path]:
    if not source.is_file() or not _stale(target, source):
        return []
    shutil.copyfile(source, target)
    return [target]


def _instantiate(source: Path, weight: int, target: Path) -> None:
    """Pin every axis of the variable font and save the result whole or not at all."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(source)
    place = {axis.axisTag: float(weight) if axis.axisTag == "wght" else axis.defaultValue
             for axis in font["fvar"].axes}
    static = instantiateVariableFont(font, place, inplace=True, updateFontNames=True)
    part = target.with_suffix(".part")
    static.save(part)
    part.replace(target)


def main() -> int:
    """Build into the program's own resources and say what was made."""
    written = build(paths.resources() / "fonts")
    for path in written:
        sys.stdout.write(f"{path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
