"""Mailboxes in one file: the ways that programs write them, what is broken in them, and that none is read whole."""

from __future__ import annotations

import mailbox
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.domain.errors import Cancelled
from desktop_crm.readers import mailboxes
from desktop_crm.readers.raw import Unreadable

GMAIL = b"From 1849@xxx Thu Nov 20 10:00:00 +0000 2026"


def cut(folder: Path, data: bytes) -> list[bytes | None]:
    path = folder / "form.mbox"
    path.write_bytes(data)
    return list(mailboxes.letters(path))


@pytest.mark.parametrize("begin", [
    GMAIL, b"From - Fri Nov 20 10:00:00 2026", b"From siti@x.my Fri Nov 20 10:00:00 2026", b"From - ", b"From ",
    b"From ???@??? Fri Nov 20 10:00:00 2026", b'From "a b"@x.my Fri Nov 20 10:00 2026', b"From MAILER_DAEMON"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_every_program_begins_an_email_its_own_way(tmp_path: Path, begin: bytes, end: bytes) -> None:
    one = end.join([begin, b"From: a@x.my", b"Subject: A", b"", b"Hello", b">From Ali, a fence", b">>From", b""])
    two = end.join([begin, b"From: b@x.my", b"", b"From here on it is text", b"12:30", b""])
    first, second = cut(tmp_path, b"\xef\xbb\xbf" + one + end + two)
    assert first is not None and first.split(end)[:2] == [b"From: a@x.my", b"Subject: A"]
    assert b"From Ali, a fence" in first.split(end) and b">>From" in first.split(end)
    assert second == two.removeprefix(begin + end)


def test_what_only_looks_like_a_beginning_is_text(tmp_path: Path) -> None:
    text = (b"From Monday on\nwe are closed\n\nFrom Monday on\nwe are closed\n\nFrom 10:00 to 12:00\nat home\n"
            b"From x Fri Nov 20 10:00:00 2026\nno header\n")
    assert cut(tmp_path, GMAIL + b"\nFrom: a@x.my\n\n" + text) == [b"From: a@x.my\n\n" + text]


def test_no_empty_line_and_no_headers(tmp_path: Path) -> None:
    found = cut(tmp_path, GMAIL + b"\nFrom: a@x.my\n\nA\n" + GMAIL + b"\nFrom: b@x.my\n\nB\n\n" + GMAIL
                + b"\nwords alone\n")
    assert found == [b"From: a@x.my\n\nA\n", b"From: b@x.my\n\nB\n\n", b"words alone\n"]


def test_what_was_deleted_and_is_only_not_yet_taken_out(tmp_path: Path) -> None:
    kept, read, gone = (b"From - \nX-Mozilla-Status: " + state + b"\nFrom: a@x.my\n\nA\n\n"
                        for state in (b"0011", b"0008", b"000b"))
    assert cut(tmp_path, kept + read + gone + kept) == [kept.removeprefix(b"From - \n")] * 2


@pytest.mark.parametrize("data", [
    b"Subject: A\n\nno mailbox", b"\n\n", b"PK\x03\x04zip", b"\xff\xfeF\x00r\x00o\x00m\x00"])
def test_what_is_no_mailbox(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"form\.mbox"):
        cut(tmp_path, data)


def test_one_that_is_too_large_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailboxes, "MOST_OF_ONE", 200_000)
    small = GMAIL + b"\nFrom: a@x.my\n\nA\n\n"
    assert cut(tmp_path, small + GMAIL + b"\nFrom: b@x.my\n\n" + b"x" * 300_000 + b"\n\n" + small) == [
        b"From: a@x.my\n\nA\n\n", None, b"From: a@x.my\n\nA\n\n"]
    monkeypatch.setattr(mailboxes, "MAX_BYTES", 1000)
    with pytest.raises(Unreadable, match="at once"):
        cut(tmp_path, small * 100)


def test_a_mark_in_the_middle_of_a_long_line_is_text(tmp_path: Path) -> None:
    """A line is read in pieces of 64 KiB, of which only the first begins it."""
    text = b"From: a@x.my\n\n" + b"x" * 2**16 + b">From Ali\n"
    assert cut(tmp_path, GMAIL + b"\n" + text) == [text]


def test_never_more_than_one_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "form.mbox"
    one = GMAIL + b"\nFrom: a@x.my\n\n" + b"x" * 1000 + b"\n" + (b"a" * 76 + b"\n") * 2000 + b"\n"
    with path.open("wb") as file:
        for _ in range(20):  # 3 MB
            file.write(one)
    tracemalloc.start()
    assert sum(len(letter or b"") for letter in mailboxes.letters(path)) > 3_000_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_200_000


def test_it_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "form.mbox"
    path.write_bytes(GMAIL + b"\nFrom: a@x.my\n\nA\n")
    with pytest.raises(Cancelled):
        list(mailboxes.letters(path, lambda: True))


TEXTS = st.lists(st.sampled_from(["From Ali", ">From Ali", "Hello", "", "From: x", "From", ">>From me"]), max_size=8)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_what_the_standard_library_writes_is_read_as_it_was(
        tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("mail") / "form.mbox"
    box = mailbox.mbox(path)
    for text in texts:
        message = EmailMessage()
        message["From"], message["Subject"] = "a@x.my", "A"
        message.set_content("\n".join(text) + "\n")
        box.add(message)
    box.close()
    # its writer quotes "From " alone, so that a ">From " of the text reads as one that it has quoted
    wanted = [[line[1:] if line.startswith((">From ", ">>From ")) else line for line in text] for text in texts]
    found = [(letter or b"").decode().partition("\n\n")[2].rstrip("\n").split("\n")
             for letter in mailboxes.letters(path)]
    assert found == ["\n".join(text).rstrip("\n").split("\n") for text in wanted]
