"""Wrong tries at a file's secrets, kept from one start to the next: a small file of this computer without secrets."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from desktop_crm import paths
from desktop_crm.domain.access import Tries

_log = logging.getLogger(__name__)


def _place() -> Path:
    return paths.data() / "tries.json"


def read(file: Path) -> Tries:
    """The wrong tries in a row at a business file; none where nothing is known."""
    entry = _known().get(str(file.resolve()))
    if isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, (int, float)) for part in entry):
        return Tries(int(entry[0]), float(entry[1]))
    return Tries()


def write(file: Path, tries: Tries) -> None:
    """Remember them; FileRefused where the user's data folder cannot be written."""
    known = _known()
    known.pop(str(file.resolve()), None)
    if tries.wrong:
        known[str(file.resolve())] = [tries.wrong, tries.until]
    if known or _place().exists():
        paths.whole(_place(), lambda part: part.write_text(json.dumps(known), encoding="utf-8"))


def _known() -> dict[str, Any]:
    try:
        found = json.loads(_place().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        _log.warning("the wrong tries could not be read; counting from none")
        return {}
    return found if isinstance(found, dict) else {}
