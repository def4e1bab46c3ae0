"""Closed copies without a person: what cannot be rewritten says why, in the language of who reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_crm.domain.backups import Backup
from desktop_crm.domain.erasures import Erasure
from desktop_crm.domain.errors import CrmError, FileRefused
from desktop_crm.i18n import language
from desktop_crm.services import customers, safety
from desktop_crm.storage import backup, rewriting
from tests.books import new_book

SOMEBODY = Erasure("uid", "customers", 1, "Erased customer 1", "", "2026-11-21")
NOT_OURS = ("{path} is not a Desktop CRM file, or it is damaged. It was left as it is; open another file or restore a "
            "backup.")


def _refused(place: Path, erasure: Erasure = SOMEBODY) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        rewriting.rewrite(place, erasure)
    return caught.value


@pytest.mark.parametrize("code", ["en", "ms", "zh_TW"])
def test_the_reason_is_told_in_the_same_language(tmp_path: Path, code: str) -> None:
    place = tmp_path / "copy.crm"
    place.write_bytes(b"no business file at all\n" * 100)
    words, error = language(code), _refused(place)
    why = words.say(NOT_OURS, path=place)  # ends with a full stop: the whole has one there
    told = words.error(error)
    assert words.say("{path} could not be rewritten without the person: {reason}. It is as it was; delete it, or mend "
                     "what is wrong and open the file again.", path=place, reason=why[:-1]) == told
    assert code != "en" or str(error) == told


def test_a_changed_copy_is_not_rewritten(tmp_path: Path) -> None:
    book = new_book(tmp_path / "shop.crm")
    number = customers.add(book, {"name": "Aminah"})
    with book.read() as connection:
        uid = connection.exec_driver_sql("SELECT uid FROM customers WHERE id = ?", (number,)).scalar_one()
    place = Path(safety.back_up(book, tmp_path / "copy.crm").path)
    book.close()
    noted = backup.read_manifest(backup.manifest(place))
    assert isinstance(noted, Backup)
    backup.note(place, replace(noted, sha256="0" * 64))
    before = place.read_bytes()
    error = _refused(place, replace(SOMEBODY, uid=uid))
    assert isinstance(error.values["reason"], CrmError) and "its check sum differs. It is as it was" in str(error)
    assert place.read_bytes() == before and sorted(path.name for path in tmp_path.glob("copy*")) == [
        "copy.crm", "copy.crm.json"]
