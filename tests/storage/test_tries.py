"""Wrong tries that outlive the program: kept by file, forgotten with the right one, never in the way if unreadable."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm import paths
from desktop_crm.domain.access import Tries
from desktop_crm.storage import tries

pytestmark = pytest.mark.usefixtures("home")


def test_each_file_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "one.crm", tmp_path / "two.crm"
    assert tries.read(one) == Tries()
    tries.write(one, Tries(6, 1000.5))
    tries.write(two, Tries(1))
    monkeypatch.chdir(tmp_path)
    assert (tries.read(Path("one.crm")), tries.read(two)) == (Tries(6, 1000.5), Tries(1)), "by the real path"
    tries.write(one, Tries())
    assert (tries.read(one), tries.read(two)) == (Tries(), Tries(1))


def test_no_wrong_try_leaves_no_file(tmp_path: Path) -> None:
    tries.write(tmp_path / "one.crm", Tries())
    assert list(paths.data().iterdir()) == []


@pytest.mark.parametrize("text", ["", "[1, 2]", "nonsense", '{"/x": 5}', b"\xff"])
def test_an_unreadable_one_counts_from_none(tmp_path: Path, text: str | bytes) -> None:
    place = paths.data() / "tries.json"
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert tries.read(tmp_path / "one.crm") == Tries()
    tries.write(tmp_path / "one.crm", Tries(2))
    assert tries.read(tmp_path / "one.crm") == Tries(2)


def test_values_of_another_kind_are_none(tmp_path: Path) -> None:
    file = (tmp_path / "one.crm").resolve()
    (paths.data() / "tries.json").write_text(f'{{"{file}": ["many", null]}}', encoding="utf-8")
    assert tries.read(file) == Tries()
