"""What is in attached files: kept once under its hash, whole, and told when it is gone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop_crm.domain.errors import FileRefused, NotFound
from desktop_crm.services import attachments, customers
from desktop_crm.storage import attachments as storage
from tests.books import dump, new_book

PICTURE = b"\xff\xd8\xff\xe0 a picture \x00\x01"


def test_bytes_lie_under_their_hash_beside_the_file(tmp_path: Path) -> None:
    business = tmp_path / "shop.crm"
    sha256 = storage.put(business, PICTURE)
    assert sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert storage.get(business, sha256) == tmp_path / "shop.files" / sha256
    assert storage.get(business, sha256).read_bytes() == PICTURE
    assert [path.name for path in storage.folder(business).iterdir()] == [sha256], "no half file stays"


def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    business = tmp_path / "shop.crm"
    path = storage.get(business, storage.put(business, PICTURE))
    before = path.stat().st_mtime_ns, path.stat().st_ino
    storage.put(business, PICTURE)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_a_changed_file_is_told_and_made_whole_again(tmp_path: Path) -> None:
    business = tmp_path / "shop.crm"
    sha256 = storage.put(business, PICTURE)
    storage.place(business, sha256).write_bytes(b"something else")
    with pytest.raises(NotFound):
        storage.get(business, sha256)
    assert storage.get(business, storage.put(business, PICTURE)).read_bytes() == PICTURE


def test_where_nothing_can_be_kept_the_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "shop.files").write_text("a file in the folder's place")
    with pytest.raises(FileRefused):
        storage.put(tmp_path / "shop.crm", PICTURE)


def test_attached_as_one_act_and_taken_back(tmp_path: Path) -> None:
    book = new_book(tmp_path / "shop.crm")
    try:
        ali = customers.add(book, {"name": "Ali"})
        before = dump(book)
        attachments.add(book, "customers", ali, "ali.jpg", PICTURE, "image/jpeg", "photo")
        [photo] = attachments.of(book, "customers", [ali])[ali]
        assert (photo.kind, photo.name, photo.media_type) == ("photo", "ali.jpg", "image/jpeg")
        assert photo.size == len(PICTURE)
        assert attachments.path(book, photo).read_bytes() == PICTURE
        book.undo()
        assert dump(book) == before
    finally:
        book.close()
