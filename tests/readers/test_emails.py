"""E-mails as files: who wrote, when, what; the ways that mail programs encode them, and what attacks a parser."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.readers import emails
from desktop_crm.readers.raw import Unreadable

PATH = Path("mail.eml")
PLAIN = b"""From: =?utf-8?B?6Zmz5oCh5ZCb?= <CHEN@yijun.tw>
Subject: =?utf-8?Q?Pejabat_=E2=80=93_20_kerusi?=
Date: Sun, 22 Nov 2026 10:00:00 +0800
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

I need =E2=80=9C20=E2=80=9D chairs.

On Fri, 20 Nov 2026 at 09:00, Shop <shop@x.my> wrote:
> buy now
"""


def parsed(data: bytes | str) -> emails.Email:
    return emails.parse(data.encode() if isinstance(data, str) else data, PATH)


def test_a_letter_of_a_mail_program() -> None:
    mail = parsed(PLAIN)
    assert (mail.sender, mail.address, mail.subject) == ("陳怡君", "chen@yijun.tw", "Pejabat – 20 kerusi")
    assert mail.sent_at == datetime(2026, 11, 22, 2, tzinfo=UTC)
    assert mail.text == "I need “20” chairs."


def test_a_page_with_an_attachment() -> None:
    mail = parsed("""From: "Raj, Kumar" <raj@x.my>
Subject: Quote
Content-Type: multipart/mixed; boundary=a

--a
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/html; charset=utf-8

<html><head><title>x</title><style>p {}</style></head><body><p>Please &amp; thanks</p><!-- <p>no</p> -->a<br>b</body>
--b--
--a
Content-Type: application/pdf; name=plan.pdf
Content-Disposition: attachment; filename="plan.pdf"

xx
--a--
""")
    assert (mail.sender, mail.text, mail.attached) == (
        "Raj, Kumar", "Please & thanks\na\nb", (("plan.pdf", b"xx"),))
    assert mail.sent_at is None


@pytest.mark.parametrize(("headers", "who"), [
    ("From: Site <no-reply@form.com>\nReply-To: Siti <siti@x.my>", ("Siti", "siti@x.my")),
    ("From: Ali <ali@x.my>\nReply-To: other@x.my", ("Ali", "ali@x.my")),
    ("From: ali@x.my", ("", "ali@x.my")), ("From: <ali@x.my>", ("", "ali@x.my")),
    ("From: nobody", ("", "")), ("From: ali@x.my (Ali)", ("", "ali@x.my")),
    ("From: =?utf-8?b?broken", ("", "")), ("From: \"A <b>\" <ali@x.my>", ("A <b>", "ali@x.my")),
])
def test_who_asks(headers: str, who: tuple[str, str]) -> None:
    mail = parsed(f"{headers}\nSubject: x\n\nhi")
    assert (mail.sender, mail.address) == who


@pytest.mark.parametrize(("charset", "body", "text"), [
    ("no-such", "你好".encode(), "你好"), ("us-ascii", "你好".encode(), "你好"),
    ("gb2312", "你好".encode("gb2312"), "你好"), ("hex", b"zz", "zz"),
])
def test_letters_of_any_encoding(charset: str, body: bytes, text: str) -> None:
    assert parsed(b"From: a@b.my\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\n" + body).text == text


@pytest.mark.parametrize(("charset", "name"), [("big5", "陳許功蓋"), ("gb2312", "朱镕基"), ("cp1252", "Zoë Müller")])
def test_names_in_headers_that_are_not_told_how_to_read(charset: str, name: str) -> None:
    data = name.encode({"gb2312": "gbk"}.get(charset, charset))
    word = base64.b64encode(data)
    for told in (data, b"=?unknown-8bit?B?" + word + b"?=", b"=?" + charset.encode() + b"?B?" + word + b"?="):
        for head in (b"text/plain", b"text/plain; charset=" + charset.encode()):
            mail = parsed(b"From: " + told + b" <a@b.my>\nSubject: " + told + b"\nContent-Type: " + head + b"\n\n"
                          + (data + b"\n") * 3)
            assert (mail.sender, mail.subject, mail.address) == (name, name, "a@b.my")
            assert mail.text.split("\n")[0] == name


OLD = "\n\nbuy now 03-999 8888"


@pytest.mark.parametrize("head", [
    "From: Shop <shop@x.my>\nSent: Monday\nTo: Ali\nSubject: x", "寄件者: Shop\n寄件日期: 2026年11月1日\n收件者: Ali",
    "Daripada: Shop\nDihantar: Isnin\nKepada: Ali",
    "On Mon, 2 Nov 2026 at 9:00, A Very Long Shop Name\n<shop@x.my> wrote:",
    "Shop <shop@x.my> 於 2026年11月1日 週日 上午9:00寫道：", "Noong Lun, Nob 2 2026, sumulat si Shop <shop@x.my>:",
])
def test_what_is_answered_is_left_out_and_what_is_forwarded_is_not(head: str) -> None:
    body = f"Yes please\n{head}{OLD}"
    plain = "Content-Type: text/plain; charset=utf-8\n\n"
    assert parsed(f"From: ali@x.my\nSubject: Re: x\n{plain}{body}").text == "Yes please"
    assert parsed(f"From: ali@x.my\nSubject: Fwd: x\n{plain}{body}").text.endswith(OLD)


def test_a_form_with_a_date_is_no_letter_that_is_answered() -> None:
    text = "New message\n\nFrom: Ali\nDate: Monday\nMessage: 5 chairs"
    assert parsed(f"From: wordpress@x.my\nSubject: New\n\n{text}").text == text


def test_a_page_that_quotes_what_it_answers() -> None:
    mail = parsed("From: ali@x.my\nSubject: Re: x\nContent-Type: text/html\n\n<p>Yes</p><blockquote>buy</blockquote>")
    assert mail.text == "Yes"


_HEAD = b"From: a@b.my\nSubject: x\n"
_PAGE = _HEAD + b"Content-Type: text/html\n\n"


@pytest.mark.parametrize("data", [
    b"", b"\n" * 10_000, bytes(range(256)) * 100, b"From: " + b"(" * 600_000 + b"\n\nhi", b"X: y\n" * 200_000,
    b"Subject:\n\nhi", _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 6000,
])
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        parsed(data)


@pytest.mark.parametrize("data", [
    _PAGE + b"<br> " * 40_000, _PAGE + b"<td>" * 40_000,
    _PAGE + b"<!--" * 50_000, _PAGE + b"<" * 200_000, _PAGE + b"<a b='" * 30_000, _PAGE + b"<script>" + b"</" * 90_000,
    _HEAD + b"Content-Type: text/plain; a*0=b" + b"; a*0=b" * 9000 + b"\n\nhi",
    b"From: " + b"(" * 100_000 + b"a@b.my\nSubject: x\n\nhi", _HEAD + b"Content-Transfer-Encoding: uuencode\n\nzz",
])
def test_what_attacks_a_parser_is_read_or_not(data: bytes) -> None:
    assert parsed(data).subject == "x"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_anything_is_read_or_refused_in_a_sentence(data: bytes) -> None:
    for body in (data, PLAIN[:120] + data, _PAGE + data):
        try:
            parsed(body)
        except Unreadable as refused:
            assert refused.values["name"] == "mail.eml"


def test_a_file_that_is_too_large_or_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable):
        emails.read(tmp_path / "gone.eml")
    mail = tmp_path / "a.eml"
    mail.write_bytes(PLAIN)
    assert emails.read(mail).address == "chen@yijun.tw"
    monkeypatch.setattr(emails, "MAX_BYTES", 10)
    with pytest.raises(Unreadable):
        emails.read(mail)


@pytest.mark.parametrize("before", ["\ufeff", "\n\r\n", ">From ali@x.my Mon\n"])
def test_what_stands_before_the_headers(before: str) -> None:
    mail = parsed(f"{before}From: Ali <ali@x.my>\nSubject: hi\n\nbody")
    assert (mail.sender, mail.subject, mail.text) == ("Ali", "hi", "body")


def test_words_round_a_picture_and_beside_an_empty_text() -> None:
    head = "From: ali@x.my\nSubject: x\nContent-Type: multipart/mixed; boundary=m\n"
    plain = "\n--m\nContent-Type: text/plain\n\n"
    picture = "\n--m\nContent-Type: image/jpeg; name=a.jpg\nContent-Transfer-Encoding: base64\n\n/9j/"
    mail = parsed(f"{head}{plain}Look:{picture}{plain}Ali\n012-345 6789\n--m--\n")
    assert (mail.text, mail.attached) == ("Look:\n\nAli\n012-345 6789", (("a.jpg", b"\xff\xd8\xff"),))
    page = "\n--m\nContent-Type: text/html\n\n<p>Look</p>\n--m--\n"
    assert parsed(f"{head}{plain}  \n{page}").text == "Look"


def test_a_letter_within_the_letter_is_kept() -> None:
    head = "From: ali@x.my\nSubject: x\nContent-Type: multipart/mixed; boundary=m\n"
    letter = "\n--m\nContent-Type: message/rfc822\n\nFrom: s@x.my\nSubject: order\n\nI want 5\n--m--\n"
    mail = parsed(f"{head}\n--m\nContent-Type: text/plain\n\nplease see{letter}")
    [(name, data)] = mail.attached
    assert (mail.text, name) == ("please see", "order.eml")
    assert parsed(data).text == "I want 5"
    assert parsed(head + letter).text == "I want 5", "where nothing else is written"


def test_an_address_is_no_name() -> None:
    assert parsed('From: "ali@x.my" <Ali@x.my>\nSubject: x\n\nhi').sender == ""
