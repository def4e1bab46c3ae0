"""Everything held about one person as a folder: data.json, report.pdf and the attached files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from desktop_crm import paths
from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.export import files
from desktop_crm.reports.report import Report

ATTACHMENTS = "attachments"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 100


def named(wanted: Iterable[tuple[int, str]]) -> dict[int, str]:
    """A name in the folder for each attached file, by its id: safe anywhere, and no two alike."""
    made: dict[int, str] = {}
    for key, name in wanted:
        plain = Path(" ".join(_UNSAFE.sub(" ", name).split()).strip(" .") or "file")
        stem, suffix = plain.stem[:_LONGEST], plain.suffix[:20]
        taken, number = {other.casefold() for other in made.values()}, 1
        while (place := f"{ATTACHMENTS}/{stem}{f' {number}' if number > 1 else ''}{suffix}").casefold() in taken:
            number += 1
        made[key] = place
    return made


def write(folder: Path, data: Mapping[str, Any], report: Report, attached: Mapping[str, Path]) -> list[Path]:
    """Write the folder, made if need be, and return its files; `attached` are the sources by their names in it.

    What is there under the same names is replaced, each file whole or not at all. Raises FileRefused where it cannot
    be written.
    """
    try:
        (folder / ATTACHMENTS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(folder),
                          reason=error.strerror or "") from error
    made = [folder / "data.json", folder / "report.pdf"]
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    paths.whole(made[0], lambda part: part.write_text(text, encoding="utf-8", newline="\n"))
    files.write(report, made[1])
    for name, source in attached.items():
        made.append(folder / name)
        paths.whole(made[-1], lambda part, source=source: shutil.copyfile(source, part))  # type: ignore[misc]
    return made
