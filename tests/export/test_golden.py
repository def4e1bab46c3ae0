from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.export.fonts import fontset

from .golden import REFERENCE, WRITERS
from .samples import DAILY


@pytest.mark.skipif(fontset().home("小") is None, reason="no Chinese TrueType font here (fonts-droid-fallback)")
@pytest.mark.parametrize("name", WRITERS)
def test_output_is_the_kept_one(name: str, tmp_path: Path) -> None:
    kept = (REFERENCE / name).read_bytes().decode("utf-8")
    assert WRITERS[name](DAILY, tmp_path) == kept
