"""The key is SQLCipher's own, files tell what they are, and keys are forgotten with their last holder."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm.domain.errors import FileLost, FileRefused, PasswordNeeded
from desktop_crm.services import encrypting
from desktop_crm.services.book import open_book
from desktop_crm.storage import database, encryption
from tests.books import new_file


def _encrypted(path: Path) -> Path:
    new_file(path)
    encrypting.change(path, "correct horse")
    return path


def test_a_plain_sqlcipher_opens_it_by_the_password(tmp_path: Path, home: Path) -> None:
    path = _encrypted(tmp_path / "shop.crm")
    with closing(driver.connect(str(path))) as raw:
        raw.execute("PRAGMA key = 'correct horse'")
        assert raw.execute("SELECT value FROM settings WHERE key = 'name'").fetchone() == ("shop",)


@pytest.mark.usefixtures("home", "quick_keys")
def test_a_key_is_known_while_somebody_holds_it() -> None:
    key = encryption.derived("correct horse", b"s" * 16)
    assert encryption.known(key.salt) is None and "secret" not in repr(key)
    with encryption.held(key), encryption.held(None):
        encryption.hold(key)
        assert encryption.known(key.salt) == key and encryption.known(b"t" * 16) is None
    assert encryption.known(key.salt) == key
    encryption.drop(key)
    assert encryption.known(key.salt) is None


@pytest.mark.usefixtures("home", "quick_keys")
def test_what_an_encrypted_file_looks_like(tmp_path: Path) -> None:
    path = _encrypted(tmp_path / "shop.crm")
    whole = path.read_bytes()
    assert encryption.salt_of(path) == whole[:16]
    for content in (b"", whole[:2000], whole[:-1], bytes(8192), b"Name,Phone\n" * 4096,
                    b"PK\x03\x04" + os.urandom(500)):
        path.write_bytes(content)
        assert encryption.salt_of(path) is None
        with pytest.raises(FileLost):
            open_book(path, reading=True)
    new_file(path)
    plain = path.read_bytes()
    path.write_bytes(b"\x00" * 16 + plain[16:])  # a plain file whose beginning was overwritten is not encrypted
    with pytest.raises(FileLost, match="damaged"):
        open_book(path, reading=True)


@pytest.mark.usefixtures("home", "quick_keys")
def test_a_file_without_its_key_is_left_alone(tmp_path: Path) -> None:
    path = _encrypted(tmp_path / "shop.crm")
    path.with_name(".shop.crm.lock").unlink()
    whole = path.read_bytes()
    for reading in (True, False):
        with pytest.raises(PasswordNeeded, match="opens with its password only"):
            open_book(path, reading=reading)
    with pytest.raises(PasswordNeeded, match="not the password"):
        encrypting.unlock(path, "incorrect horse")
    assert [item.name for item in tmp_path.iterdir() if item.name != "home"] == ["shop.crm"]
    assert path.read_bytes() == whole


@pytest.mark.usefixtures("home", "quick_keys")
def test_another_program_a_newer_version_and_a_short_file_are_told_apart(tmp_path: Path) -> None:
    path = _encrypted(tmp_path / "shop.crm")
    key = encrypting.unlock(path, "correct horse")
    assert key is not None
    whole = path.read_bytes()
    for pragma, words in (("user_version = 99", "newer Desktop CRM .*99"), ("application_id = 7", "another program")):
        with closing(driver.connect(str(path))) as raw:
            encryption.unlock(raw, key.pragma)
            raw.execute(f"PRAGMA {pragma}")
        with pytest.raises(FileRefused, match=words):
            open_book(path, key=key)
        path.write_bytes(whole)
    path.write_bytes(whole[:-5 * 4096])
    with pytest.raises(FileLost, match="cut short"):
        open_book(path, key=key)


@pytest.mark.usefixtures("home", "quick_keys")
def test_a_damaged_page_is_found_by_the_check(tmp_path: Path) -> None:
    path = _encrypted(tmp_path / "shop.crm")
    key = encrypting.unlock(path, "correct horse")
    whole = bytearray(path.read_bytes())
    whole[40 * 4096 + 100] ^= 1
    path.write_bytes(whole)
    with encryption.held(key), closing(encryption.at_rest(path)) as raw:
        assert database.check(raw)


@pytest.mark.usefixtures("home", "quick_keys")
def test_a_log_that_a_killed_program_left_is_read(tmp_path: Path) -> None:
    path = _encrypted(tmp_path / "shop.crm")
    key = encrypting.unlock(path, "correct horse")
    assert key is not None
    raw = database.connect(path, key=key.pragma)
    raw.execute("PRAGMA user_version = 99")  # it stands in the log alone
    saved = {item: item.read_bytes() for item in tmp_path.iterdir() if item.name.startswith("shop")}
    raw.close()
    for item, content in saved.items():
        item.write_bytes(content)
    with pytest.raises(FileRefused, match=r"newer Desktop CRM .*99"):
        open_book(path, key=key)
