"""Requests that come in: e-mails, cards, tables and texts; who is known, the watched folder, undo, and kill -9."""

from __future__ import annotations

import base64
import os
import random
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.intake import Incoming
from desktop_crm.readers import Unreadable
from desktop_crm.services import (
    activities,
    attachments,
    business,
    campaigns,
    contacts,
    customers,
    erasing,
    inbox,
    intake,
    intake_files,
    persons,
    requests,
    safety,
    sellers,
    tasks,
)
from desktop_crm.services.book import Book, open_book
from tests.books import NOON, TODAY, dump, new_book
from tests.killing import killed

MAIL = """From: Siti Aminah <siti@murni.com.my>
Subject: Kerusi
Date: Fri, 20 Nov 2026 10:00:00 +0800

20 chairs please

--\x20
Siti
Kedai Murni Sdn Bhd
012-345 6789
"""
CARD = ("BEGIN:VCARD\nVERSION:3.0\nFN:Raj Kumar\nTEL:016-222 3344\nEMAIL:raj@x.my\nORG:Raj Trading\nNOTE:a fence\n"
        "END:VCARD\n")
ROWS = "Name,Phone,Message,Source,Budget\nAli,011-1234 5678,Need a quote,Facebook,500\nMei,017-888 9999,Call me,,\n"


def _file(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def _rows(book: Book) -> list[tuple[str, str | None, str]]:
    return [(row.name, row.source, row.text) for row in inbox.rows(book, inbox.list_ids(book))]


def test_an_email_becomes_a_request(shop: Book, tmp_path: Path) -> None:
    before = dump(shop)
    taken = intake_files.take_file(shop, _file(tmp_path, "a.eml", MAIL))
    row, = inbox.rows(shop, inbox.list_ids(shop))
    assert taken.created == (row.id,) and taken.logged == ()
    assert (row.name, row.source, row.phone, row.email) == (
        "Siti Aminah", "E-mail", "012-345 6789", "siti@murni.com.my")
    assert row.text.startswith("Kerusi\n\n20 chairs please")
    assert row.came_at == NOON  # when it came to us; the letter is two days old
    assert customers.card(shop, row.id).values["notes"] == "Company: Kedai Murni Sdn Bhd"
    item, = activities.rows(shop, activities.list_ids(shop))
    assert (item.kind, item.direction, str(item.on_date)) == ("email", "in", "2026-11-20")
    shop.undo()
    assert dump(shop) == before


WITH_FILES = """From: Siti Aminah <siti@murni.com.my>
Subject: Kerusi
Content-Type: multipart/mixed; boundary=a

--a
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/plain

20 chairs please
--b
Content-Type: image/png; name=logo.png
Content-ID: <logo>
Content-Disposition: inline; filename=logo.png

logo
--b--
--a
Content-Type: multipart/mixed; boundary=c

--c
Content-Type: application/pdf
Content-Disposition: attachment; filename="../plan.pdf"
Content-Transfer-Encoding: base64

cGxhbg==
--c--
--a
Content-Type: text/plain
Content-Disposition: attachment; filename=sizes.txt

80 cm
--a--
"""


def test_what_is_attached_to_an_email_is_kept(shop: Book, tmp_path: Path) -> None:
    before = dump(shop)
    lead, = intake_files.take_file(shop, _file(tmp_path, "a.eml", WITH_FILES)).created
    found = attachments.documents(shop, "customers", lead)
    assert sorted((one.name, attachments.path(shop, one).read_bytes()) for one in found) == [
        ("plan.pdf", b"plan"), ("sizes.txt", b"80 cm")]  # the logo of the signature is no document
    row, = inbox.rows(shop, [lead])
    assert row.text == "Kerusi\n\n20 chairs please\n\nAttached: ../plan.pdf, sizes.txt"
    again = intake_files.take_file(shop, _file(tmp_path, "b.eml", WITH_FILES.replace("Kerusi", "Re: Kerusi")))
    assert again.logged == (lead,) and len(attachments.documents(shop, "customers", lead)) == 2
    shop.undo()
    shop.undo()
    assert dump(shop) == before


def test_a_card_and_a_table(shop: Book, tmp_path: Path) -> None:
    company = customers.add(shop, {"name": "raj trading", "state": "customer"})
    raj, = intake_files.take_file(shop, _file(tmp_path, "a.vcf", CARD)).created
    assert customers.card(shop, raj).values["parent_id"] == company
    taken = intake_files.take_file(shop, _file(tmp_path, "a.csv", ROWS))
    assert _rows(shop) == [("Mei", "Walk-in", "Call me"),
                           ("Ali", "Social media", "Need a quote\nBudget: 500"),
                           ("Raj Kumar", "Walk-in", "a fence")]
    intake.take_back(shop, [taken.work])
    assert [row[0] for row in _rows(shop)] == ["Raj Kumar"]


def test_what_a_card_says_is_kept(shop: Book, tmp_path: Path) -> None:
    card = ("BEGIN:VCARD\nVERSION:3.0\nFN:Mei\nTITLE:Buyer\nTEL;TYPE=CELL:016-222 3344\nBDAY:1990-05-12\n"
            "ADR;TYPE=HOME:;;1 Jalan A;Ipoh;Perak;30000;MY\nADR;TYPE=WORK:;;2 Jalan B;Kuala Lumpur;;;\n"
            "CATEGORIES:fair\nEND:VCARD\n")
    lead, = intake_files.take_file(shop, _file(tmp_path, "a.vcf", card)).created
    found = customers.card(shop, lead)
    assert [(way.kind, way.value, way.label) for way in found.channels] == [("phone", "016-222 3344", "Mobile")]
    assert (found.values["address"], found.values["city"], found.values["birthday"]) == (
        "1 Jalan A", "Ipoh", "1990-05-12")
    assert found.values["notes"] == "Buyer\nfair\n2 Jalan B, Kuala Lumpur"


def test_a_card_brings_its_country_picture_and_what_is_preferred(shop: Book, tmp_path: Path) -> None:
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(9)).decode()
    card = ("BEGIN:VCARD\nVERSION:3.0\nFN:Mei\nORG:Kedai Mei;Jualan\nTITLE:Buyer\nROLE:Sales\nTEL:03-2222 3333\n"
            f"TEL;TYPE=PREF:016-222 3344\nADR:;;;Bedok;;;Singapore\nPHOTO;ENCODING=b;TYPE=PNG:{picture}\nEND:VCARD\n")
    lead, = intake_files.take_file(shop, _file(tmp_path, "a.vcf", card)).created
    found = customers.card(shop, lead)
    assert found.values["country"] == "SG"
    assert [way.value for way in found.channels] == ["016-222 3344", "03-2222 3333"]
    assert found.values["notes"] == "Buyer\nSales\nJualan\nCompany: Kedai Mei"
    assert [one.name for one in attachments.of(shop, "customers", [lead])[lead]] == ["Mei.png"]


def test_a_form_of_a_page_tells_who_asks(shop: Book, tmp_path: Path) -> None:
    head = "From: WordPress <wordpress@x.my>\nSubject: New\nContent-Type: text/html; charset=utf-8\n\n"
    rows = [("Your Name *", "Ali bin Abu"), ("E-mail (required)", "<a href='mailto:ali@x.my'>ali@x.my</a>"),
            ("Phone", "012-777 8888"), ("Country", "Singapore"), ("Message", "Ada stok?")]
    beside = "".join(f"<tr><td><b>{label}</b></td><td>{said}</td></tr>" for label, said in rows)
    below = "".join(f"<tr><td><b>{label}</b></td></tr><tr><td>{said}</td></tr>" for label, said in rows)
    for page, name in ((beside, "a.eml"), (below, "b.eml")):
        one, = intake_files.read(shop, _file(tmp_path, name, f"{head}<table>{page}</table>"))
        assert (one.name, one.emails, one.phones, one.fields["country"]) == (
            "Ali bin Abu", ("ali@x.my",), ("012-777 8888",), "Singapore")
        assert one.text.endswith("Ada stok?")


def test_who_is_known_gets_it_on_the_card_with_a_task(shop: Book, tmp_path: Path) -> None:
    old = customers.add(shop, {"name": "Raj Kumar", "state": "customer"}, phones=["0162223344"])
    firm = customers.add(shop, {"name": "Murni", "state": "customer"})
    contacts.add(shop, {"name": "Siti", "customer_id": firm}, typed=[("email", "", "siti@murni.com.my", 0)])
    before = dump(shop)
    for name, text, owner in (("a.vcf", CARD, old), ("a.eml", MAIL, firm)):
        taken = intake_files.take_file(shop, _file(tmp_path, name, text))
        assert (taken.created, taken.logged) == ((), (owner,))
    assert len(customers.list_ids(shop)) == 2
    assert sorted(row.name for row in tasks.rows(shop, tasks.list_ids(shop))) == [
        "Answer the request of Murni", "Answer the request of Raj Kumar"]
    shop.undo()
    shop.undo()
    assert dump(shop) == before


def test_an_address_of_two_tells_nobody(shop: Book) -> None:
    for name in ("Ali", "Bala"):
        customers.add(shop, {"name": name}, emails=["info@mall.my"])
    assert intake.known(shop, Incoming("Chong", emails=("info@mall.my",))) is None
    assert intake.known(shop, Incoming("Bala", emails=("info@mall.my",))) is not None


def test_one_file_tells_of_one_person_once(shop: Book, tmp_path: Path) -> None:
    sheet = "Name,Email,Message\nAli,a@x.my,one\nAli,a@x.my,two\n"
    taken = intake_files.take_file(shop, _file(tmp_path, "a.csv", sheet))
    assert len(taken.created) == 1 and taken.logged == taken.created
    assert len(activities.list_ids(shop)) == 2


def test_a_file_is_taken_once(shop: Book, tmp_path: Path) -> None:
    path = _file(tmp_path, "a.eml", MAIL)
    first = intake_files.take_file(shop, path)
    assert intake_files.take_file(shop, path).again
    intake.take_back(shop, [first.work])
    assert not intake_files.take_file(shop, path).again


def test_what_a_file_cannot_bring(shop: Book, tmp_path: Path) -> None:
    many = "Name,Phone\n" + "".join(f"n{number},012345{number:04}\n" for number in range(501))
    before = dump(shop)
    for name, text in (("a.csv", many), ("b.eml", "nothing"), ("c.csv", "Colour,Size\nred,3\n")):
        with pytest.raises(Exception, match=name) as refused:
            intake_files.take_file(shop, _file(tmp_path, name, text))
        assert refused.type.__name__ in ("Unreadable", "InvalidInput")
    assert dump(shop) == before


def test_the_watched_folder(shop: Book, tmp_path: Path) -> None:
    watched = tmp_path / "in"
    _file(watched, "a.eml", MAIL)
    _file(watched, "bad.eml", "nothing")
    _file(watched, "letter.txt", "not looked at")
    _file(watched, "empty.csv", "")
    folder = intake_files.Folder(watched)
    assert intake_files.sweep(shop, folder).growing and not inbox.list_ids(shop)
    _file(watched, "bad.eml", "nothing more")  # it has grown since
    swept = intake_files.sweep(shop, folder)
    assert (len(swept.taken), swept.refused, swept.growing) == (1, (), True)
    (name, error), = intake_files.sweep(shop, folder).refused
    assert name == "bad.eml" and "bad.eml" in shop.language.error(error)
    assert sorted(str(path.relative_to(watched)) for path in watched.rglob("*.*")) == [
        "Not read/bad.eml", "Taken/a.eml", "empty.csv", "letter.txt"]
    _file(watched, "a.eml", MAIL)  # again under the same name
    again = intake_files.sweep(shop, folder, settled=True)
    assert again.taken == () and (watched / "Taken" / "a 2.eml").exists()
    assert len(inbox.list_ids(shop)) == 1


def test_a_folder_that_cannot_be_written(shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = tmp_path / "in"
    _file(watched, "a.eml", MAIL)
    _file(watched, "bad.eml", "nothing")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    folder = intake_files.Folder(watched)
    assert len(intake_files.sweep(shop, folder, settled=True).refused) == 1
    assert intake_files.sweep(shop, folder, settled=True) == intake_files.Swept()
    shop.undo()
    assert intake_files.sweep(shop, folder, settled=True) == intake_files.Swept()  # what was taken back stays back
    monkeypatch.undo()
    with pytest.raises(Exception, match="gone"):
        intake_files.sweep(shop, intake_files.Folder(tmp_path / "gone"))


def test_what_is_no_file_in_a_watched_folder_is_not_read(shop: Book, tmp_path: Path) -> None:
    watched, private = tmp_path / "in", _file(tmp_path, "private.csv", ROWS)
    watched.mkdir()
    os.mkfifo(watched / "pipe.csv")
    (watched / "link.csv").symlink_to(private)
    (watched / "lost.csv").symlink_to(tmp_path / "nowhere.csv")
    (watched / "folder.csv").mkdir()
    _file(watched, "a.eml", MAIL)
    swept = intake_files.sweep(shop, intake_files.Folder(watched), settled=True)
    assert (len(swept.taken), swept.refused) == (1, ())
    assert (watched / "link.csv").is_symlink() and [row[0] for row in _rows(shop)] == ["Siti Aminah"]
    for name in ("pipe.csv", "folder.csv"):  # a pipe would never end
        with pytest.raises(Unreadable, match=name):
            intake_files.take_file(shop, watched / name)


def test_a_locked_file_is_told_once_and_taken_when_it_is_free(
        shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = tmp_path / "in"
    path = _file(watched, "a.eml", MAIL)
    folder = intake_files.Folder(watched)
    opened = Path.open

    def locked(self: Path, *given: Any, **named: Any) -> Any:
        if self == path:
            raise PermissionError(13, "locked")
        return opened(self, *given, **named)

    monkeypatch.setattr(Path, "open", locked)
    first = intake_files.sweep(shop, folder, settled=True)
    assert [name for name, _ in first.refused] == ["a.eml"] and path.exists()
    assert intake_files.sweep(shop, folder) == intake_files.Swept()  # neither told again nor looked after in a hurry
    monkeypatch.undo()
    assert len(intake_files.sweep(shop, folder).taken) == 1 and not path.exists()


def test_a_file_that_vanishes_is_nobodys_trouble(shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = tmp_path / "in"
    path = _file(watched, "a.eml", MAIL)
    sealed = intake_files._seal

    def vanish(one: Path) -> str:
        path.unlink()  # another computer, which shares the folder, has taken it
        return sealed(one)

    monkeypatch.setattr(intake_files, "_seal", vanish)
    assert intake_files.sweep(shop, intake_files.Folder(watched), settled=True) == intake_files.Swept()


def test_a_look_that_is_stopped_takes_no_further_file(shop: Book, tmp_path: Path) -> None:
    watched = tmp_path / "in"
    _file(watched, "a.eml", MAIL)
    _file(watched, "b.csv", ROWS)
    folder = intake_files.Folder(watched)
    stopped = iter((False, True))
    assert len(intake_files.sweep(shop, folder, settled=True, cancelled=lambda: next(stopped)).taken) == 1
    assert (watched / "b.csv").exists()
    assert len(intake_files.sweep(shop, folder, settled=True).taken) == 1


def test_a_card_that_says_too_much_comes_in_shortened(shop: Book, tmp_path: Path) -> None:
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:Mei\nNOTE:{'n' * 90_000}\nTITLE:{'t' * 90_000}\nEND:VCARD\n"
    lead, = intake_files.take_file(shop, _file(tmp_path, "a.vcf", card)).created
    assert len(customers.card(shop, lead).values["notes"]) == 19_000


def test_a_text_is_read(shop: Book) -> None:
    one = intake_files.of_text(shop, "Raj Kumar\nRaj Trading Sdn Bhd\n016-222 3344")
    assert one is not None and (one.name, one.company, one.phones, one.person) == (
        "Raj Kumar", "Raj Trading Sdn Bhd", ("016-222 3344",), True)
    assert intake_files.of_text(shop, "buy milk") is None
    only = intake_files.of_text(shop, "016-222 3344")
    assert only is not None and only.name == "016-222 3344"


def test_by_hand_with_the_last_source_and_the_running_campaign(shop: Book) -> None:
    sources = {one.name: one.id for one in business.choices(shop, "sources")}
    assert intake.default_source(shop) == sources["Walk-in"]
    fair = campaigns.add(shop, {"name": "Fair", "source_id": sources["Exhibition"]})
    before = dump(shop)
    lead = intake.add(shop, Incoming("Ali", phones=("0123456789",), text="a quote"), source=sources["Exhibition"],
                      campaign=fair)
    row, = inbox.rows(shop, [lead])
    assert (row.source, row.campaign, row.text, row.left(15, NOON)) == ("Exhibition", "Fair", "a quote", 15)
    assert intake.default_source(shop) == sources["Exhibition"]
    none = intake.add(shop, Incoming("Mei"), source=sources["Exhibition"])
    assert inbox.rows(shop, [none])[0].campaign is None and activities.list_ids(shop) == [1]
    shop.undo()
    shop.undo()
    assert dump(shop) == before
    for bad in (Incoming(""), Incoming("x", emails=("no",))):
        with pytest.raises(InvalidInput):
            intake.add(shop, bad)


def test_what_is_done_with_requests(shop: Book) -> None:
    ali, mei, old = (customers.add(shop, {"name": name}) for name in ("Ali", "Mei", "old"))
    customers.edit(shop, old, {"created_on": TODAY.replace(month=1)})
    assert inbox.list_ids(shop) == [mei, ali, old]
    assert [row.left(15, NOON) for row in inbox.rows(shop, [old, ali])] == [None, 15]
    seller = sellers.add(shop, {"name": "Faridah"})
    before = dump(shop)
    inbox.assign(shop, [ali, mei], seller)
    assert [row.seller for row in inbox.rows(shop, [ali, mei])] == ["Faridah", "Faridah"]
    inbox.put_aside(shop, [mei])
    requests.log_first_calls(shop, [ali, old])
    assert inbox.list_ids(shop) == [] and inbox.count(shop) == 0
    for _ in range(3):
        shop.undo()
    assert dump(shop) == before


SWEEPS = """
import sys; from pathlib import Path
from desktop_crm.services import intake_files
from desktop_crm.services.book import open_book
book = open_book(Path(sys.argv[1]))
print("begin", flush=True)
intake_files.sweep(book, intake_files.Folder(Path(sys.argv[1]).parent / "in"), settled=True)
print("done", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_in_the_middle_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    path, watched = tmp_path / "shop.crm", tmp_path / "in"
    new_book(path).close()
    for number in range(30):
        _file(watched, f"{number}.eml", f"From: n{number} <n{number}@x.my>\nSubject: s{number}\n\nhi")
    chance = random.Random(5)
    for _ in range(2):
        killed(SWEEPS, path, chance.uniform(0.0, 0.1))
        book = open_book(path)
        assert safety.check(book) == []
        taken = {row.name for row in inbox.rows(book, inbox.list_ids(book))}
        moved = {f"n{file.stem}" for file in watched.glob("Taken/*")}
        waiting = {f"n{file.stem}" for file in watched.glob("*.eml")}
        assert moved <= taken and taken - moved <= waiting and len(taken - moved) <= 1
        assert taken | waiting == {f"n{number}" for number in range(30)}
        assert len(inbox.list_ids(book)) == len(taken)
        book.close()
    book = open_book(path)
    intake_files.sweep(book, intake_files.Folder(watched), settled=True)
    assert sorted(row.name for row in inbox.rows(book, inbox.list_ids(book))) == sorted(f"n{n}" for n in range(30))
    assert len(list(watched.glob("Taken/*"))) == 30
    book.close()


def test_who_is_erased_leaves_nothing_of_a_request(tmp_path: Path, home: Path) -> None:
    book = new_book(tmp_path / "shop.crm")
    fair = campaigns.add(book, {"name": "Fair", "cost": 10_000})
    mail = _file(tmp_path / "in", "siti.eml", MAIL.replace("20 chairs", "Xylozot"))
    siti, = intake_files.take_file(book, mail).created
    customers.edit(book, siti, {"campaign_id": fair})
    assert "Xylozot" in str(persons.data(book, persons.held(book, siti), {}))
    erasing.erase(book, siti)
    row, = campaigns.all_campaigns(book)
    assert (row.leads, row.cost_per_lead) == (1, 10_000)  # the sums of the past stay
    book.close()
    held = (tmp_path / "shop.crm").read_bytes()
    assert [word for word in (b"Siti", b"siti@", b"murni", b"Murni", b"Xylozot", b"345 6789") if word in held] == []


def test_who_no_longer_sells_gets_no_request(shop: Book) -> None:
    gone = sellers.add(shop, {"name": "Ben", "active": False})
    lead = intake.add(shop, Incoming("Ali"))
    before = dump(shop)
    with pytest.raises(InvalidInput, match="does not sell"):
        inbox.assign(shop, [lead], gone)
    assert dump(shop) == before
