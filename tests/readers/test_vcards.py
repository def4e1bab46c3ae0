"""vCards of every age: what phones and programs write, and what must not stop the others."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from desktop_crm.domain.cards import Card, Place, Way
from desktop_crm.readers.encoding import UNSURE
from desktop_crm.readers.raw import RawTable, ReadOptions, Unreadable
from desktop_crm.readers.table import parse
from desktop_crm.readers.vcards import read

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(40))


def cards(tmp_path: Path, data: bytes | str, name: str = "people.vcf") -> dict[int, Card]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(path)[0].whole


def one(tmp_path: Path, *lines: str | bytes, version: str = "3.0", name: bool = True) -> Card:
    inner = [line if isinstance(line, bytes) else line.encode() for line in lines]
    whole = [b"BEGIN:VCARD", f"VERSION:{version}".encode(), *([b"FN:Ali"] if name else []), *inner, b"END:VCARD", b""]
    [card] = cards(tmp_path, b"\r\n".join(whole)).values()
    return card


def test_quoted_printable_with_soft_breaks_and_a_charset(tmp_path: Path) -> None:
    card = one(tmp_path, "N;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller;J=F6rg", "FN;QUOTED-PRINTABLE;"
               "CHARSET=ISO-8859-1:J=F6rg=", " M=FC=", "ller", "TEL;CELL;PREF:0123456789", "NOTE;ENCODING=QUOTED-"
               "PRINTABLE:one=0D=0Atwo=", "", version="2.1", name=False)
    assert card.name == "Jörg Müller"
    assert card.parts[:2] == ("Müller", "Jörg")
    assert card.ways == (Way("phone", "0123456789", "mobile", True),)
    assert card.note == "one\ntwo"


@pytest.mark.parametrize(("charset", "name"), [
    ("SHIFT_JIS", "表示 太郎"), ("BIG5", "許功蓋"), ("GBK", "王小明"), ("EUC-KR", "김철수"), ("ISO-8859-1", "Zoë"),
    ("windows-1252", "Zoë “Z”"), ("UTF-8", "அன்பு"), ("ISO-2022-JP", "山田太郎"), ("windows-1256", "أحمد"),
])
@pytest.mark.parametrize("printable", [False, True])
def test_declared_charsets(tmp_path: Path, charset: str, name: str, printable: bool) -> None:
    data = name.encode(charset)
    told = "".join(f"={byte:02X}" for byte in data).encode() if printable else data
    sign = b";ENCODING=QUOTED-PRINTABLE" if printable else b""
    card = one(tmp_path, b"FN;CHARSET=" + charset.encode() + sign + b":" + told, version="2.1", name=False)
    assert card.name == name


@pytest.mark.parametrize(("charset", "names"), [
    ("cp932", ("山田太郎", "佐藤花子", "株式会社表示")), ("gb18030", ("王小明", "李娜", "北京市朝阳区公司")),
    ("big5", ("王大明", "陳美玲", "台北市許功蓋股份有限公司")), ("cp1252", ("José Muñoz", "Zoë Müller", "François")),
    ("utf-8", ("அன்பு", "नेपाल", "محمد")),
])
@pytest.mark.parametrize("printable", [False, True])
def test_undeclared_charsets_are_told_by_the_whole_file(tmp_path: Path, charset: str, names: tuple[str, ...],
                                                        printable: bool) -> None:
    lines = []
    for name in names:
        data = name.encode(charset)
        data = b";QUOTED-PRINTABLE:" + "".join(f"={byte:02X}" for byte in data).encode() if printable else b":" + data
        lines += [b"BEGIN:VCARD", b"VERSION:2.1", b"FN" + data, b"TEL:0123456", b"END:VCARD"]
    assert tuple(card.name for card in cards(tmp_path, b"\n".join(lines)).values()) == names


def test_utf_16_and_a_mark_before_utf_8(tmp_path: Path) -> None:
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:李明\r\nEND:VCARD\r\n"
    for data in (text.encode("utf-16"), text.encode("utf-8-sig"), text.encode("utf-16-le")):
        assert [card.name for card in cards(tmp_path, data).values()] == ["李明"]
        assert parse(tmp_path / "people.vcf").rows == (("李明", "person"),)


def test_folded_inside_a_letter(tmp_path: Path) -> None:
    data = "NOTE:நன்றி".encode()
    card = one(tmp_path, data[:6] + b"\r\n " + data[6:])
    assert card.note == "நன்றி"


def test_grouped_labels_and_lists_of_types(tmp_path: Path) -> None:
    card = one(tmp_path, "item1.TEL:012-345 6789", "item1.X-ABLabel:_$!<Mobile>!$_",
               "item2.EMAIL;type=INTERNET:a@b.my", "item2.X-ABLabel:Ladang", 'TEL;TYPE="work,fax":03-555 1234',
               "TEL;type=HOME;type=VOICE;type=pref:ask", "TEL;TYPE=HOME,VOICE:03-77712", "item3.URL:www.ladang.my",
               "item3.X-ABLabel:_$!<HomePage>!$_", "X-SKYPE:ali.bakar",
               "IMPP;X-SERVICE-TYPE=WhatsApp;type=HOME:whatsapp:+60123456789",
               "X-SOCIALPROFILE;type=facebook;x-user=ali:https://www.facebook.com/ali")
    assert card.ways == (
        Way("phone", "012-345 6789", "mobile"), Way("email", "a@b.my", "Ladang"),
        Way("phone", "03-555 1234", "work fax"), Way("phone", "03-77712", "home"), Way("web", "www.ladang.my", "home"),
        Way("whatsapp", "+60123456789", "home"), Way("facebook", "ali"))
    assert card.more == (("Phone as written", "ask"), ("Skype", "ali.bakar"))


@pytest.mark.parametrize(("written", "birthday"), [
    ("BDAY:19800322", "1980-03-22"), ("BDAY:1980-03-22", "1980-03-22"), ("BDAY;VALUE=date:1980-03-22", "1980-03-22"),
    ("BDAY:--05-12", "--05-12"), ("BDAY:--0512", "--05-12"), ("BDAY:1980-03-22T00:00:00Z", "1980-03-22"),
    ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "--02-29"), ("BDAY:1604-02-29", "--02-29"),
    ("BDAY:1980/03/22", "1980-03-22"),
    ("BDAY:1987年5月6日", "1987-05-06"), ("BDAY:1980-3-2", "1980-03-02"), ("BDAY:1980-02-31", ""),
    ("BDAY;VALUE=text:circa 1800", ""),
])
def test_birthdays(tmp_path: Path, written: str, birthday: str) -> None:
    card = one(tmp_path, written)
    assert card.birthday == birthday
    assert bool(card.more) is not bool(birthday), "what is no day is kept as it is written"


def test_addresses_of_all_shapes(tmp_path: Path) -> None:
    card = one(tmp_path, "ADR;WORK:;Unit 5;12 Jalan Besar\\nTaman Jaya;Ipoh;Perak;30000;Malaysia",
               "ADR;HOME;PREF:PO 7;;;;;;", version="2.1")
    assert card.places == (Place(street="PO 7", label="home"), Place(
        "Unit 5\n12 Jalan Besar\nTaman Jaya", "Ipoh", "Perak", "30000", "Malaysia", "work"))


def test_escapes_and_commas_that_nobody_escaped(tmp_path: Path) -> None:
    card = one(tmp_path, "ORG:Kedai A\\; B\\, C;Jualan", "NOTE:one\\, two\\Nthree\\\\n C:\\Users", "TITLE:Boss, really",
               "URL:http\\://www.ibm.com", "CATEGORIES:VIP,Friends\\, old;Family", "NICKNAME:Joe,Joey")
    assert (card.company, card.department, card.title) == ("Kedai A; B, C", "Jualan", "Boss, really")
    assert card.note == "one, two\nthree\\n C:\\Users"
    assert card.reached("web") == ("http://www.ibm.com",)
    assert card.tags == ("VIP", "Friends, old", "Family")
    assert card.nickname == "Joe, Joey"


def test_photos(tmp_path: Path) -> None:
    letters = base64.b64encode(JPEG).decode()
    folded = [f" {letters[at:at + 20]}" for at in range(0, len(letters), 20)]
    for lines in (["PHOTO;JPEG;ENCODING=BASE64:", *folded, ""],
                  ["PHOTO;TYPE=JPEG;ENCODING=b:" + letters], ["PHOTO;BASE64:", letters[:30], letters[30:], ""],
                  ["PHOTO:data:image/jpeg;base64," + letters], ["PHOTO;ENCODING=BASE64;TYPE=JPEG:" + letters + "A"]):
        card = one(tmp_path, *lines, "TEL:0123456")
        assert card.photo is not None
        assert (card.photo.media_type, card.photo.data) == ("image/jpeg", JPEG)
        assert card.reached("phone") == ("0123456",)
    far = one(tmp_path, "PHOTO;VALUE=uri:https://example.my/ali.jpg")
    assert far.photo is None
    assert far.more == (("Photo", "https://example.my/ali.jpg"),)


def test_a_card_inside_a_card_is_not_a_card(tmp_path: Path) -> None:
    card = one(tmp_path, "AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Secretary", "TEL:9999999", "END:VCARD",
               "TEL:0123456", version="2.1")
    assert (card.name, card.reached("phone")) == ("Ali", ("0123456",))


def test_broken_cards_are_told_by_number_and_the_others_kept(tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    path.write_text("BEGIN:VCARD\nFN:One\nEND:VCARD\nBEGIN:VCARD\nFN:Two\nBEGIN:VCARD\nFN:Three\nsome words\n"
                    "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nEND:VCARD\nBEGIN:VCARD\nFN:Five\nTEL:01", encoding="utf-8")
    found = read(path)[0]
    assert {number: card.name for number, card in found.whole.items()} == {1: "One", 3: "Three some words"}
    assert [broken.number for broken in found.broken] == [2, 4, 5]
    table = parse(path)
    assert table.lines == (1, 3)
    assert len(table.notes) == 1


def test_who_has_no_name_is_called_by_what_there_is(tmp_path: Path) -> None:
    assert one(tmp_path, "N:Tan;Ah Kow;;Mr.", name=False).name == "Mr. Ah Kow Tan"
    assert one(tmp_path, "N:王;小明;;;", name=False).name == "王小明"
    assert one(tmp_path, "EMAIL:ali@b.my", name=False).name == "ali@b.my"
    shop = one(tmp_path, "ORG:Kedai Ali;", "N:;;;;", name=False)
    assert (shop.name, shop.kind, shop.company) == ("Kedai Ali", "company", "Kedai Ali")


def test_groups_become_tags_of_their_members(tmp_path: Path) -> None:
    found = cards(tmp_path, "BEGIN:VCARD\nFN:Ali\nUID:urn:uuid:1\nEND:VCARD\nBEGIN:VCARD\nFN:Friends\n"
                            "X-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1\nEND:VCARD\n")
    assert [(card.name, card.tags) for card in found.values()] == [("Ali", ("Friends",))]


def test_a_card_as_json(tmp_path: Path) -> None:
    [card] = cards(tmp_path, '["vcard", [["fn", {}, "text", "Ali, B"],'
                             '["n", {}, "text", ["B", "Ali", "", "", ["x", "y"]]],'
                             '["tel", {"type": ["work", "voice"]}, "uri", "tel:+60-3-555;ext=1"],'
                             '["categories", {}, "text", "a", "b;c"]]]', "a.json").values()
    assert (card.name, card.parts[4], card.tags) == ("Ali, B", "x y", ("a", "b;c"))
    assert card.ways == (Way("phone", "+60-3-555 ext. 1", "work"),)


def test_the_table_has_a_row_a_card_and_what_has_no_field_a_column(tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    path.write_text("BEGIN:VCARD\nFN:Ali\nORG:Kedai\nTEL:012345\nTEL:067890\nX-SPOUSE:Siti\nEND:VCARD\n", "utf-8")
    table = parse(path)
    assert isinstance(table, RawTable)
    assert table.columns == ("Name", "Kind", "Company", "Phones", "Spouse")
    assert table.rows == (("Ali", "person", "Kedai", "012345\n067890", "Siti"),)


@pytest.mark.parametrize("text", ["", "BEGIN:VCARD\nEND:VCARD\n", "just words", '["vcard"', '["vcard", 1]', "[1]"])
def test_no_card_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.vcf"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        parse(path)


def test_an_encoding_that_there_is_not_is_told(tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    path.write_text("BEGIN:VCARD\nFN:Ali\nEND:VCARD\n", "utf-8")
    with pytest.raises(Unreadable):
        parse(path, ReadOptions(encoding="nonsense"))


def test_files_put_together_without_a_line_end_between_them(tmp_path: Path) -> None:
    parts = [f"BEGIN:VCARD\r\nFN:{name}\r\nEND:VCARD".encode() for name in ("Ali", "Siti", "Ah Kow", "Muthu")]
    found = cards(tmp_path, parts[0] + parts[1] + b"\r\n\xef\xbb\xbf" + parts[2] + b"\x1a\xef\xbb\xbf" + parts[3]
                  + b"\r\n\x1a")
    assert [card.name for card in found.values()] == ["Ali", "Siti", "Ah Kow", "Muthu"]


def test_who_acts_for_a_person_is_kept_with_them(tmp_path: Path) -> None:
    inside = one(tmp_path, "AGENT:", "BEGIN:VCARD", "VERSION:2.1", "N:Friday;Fred", "TEL:9999999", "END:VCARD",
                 version="2.1")
    assert inside.more == (("Agent", "Friday, Fred"), ("Agent", "9999999"))
    escaped = one(tmp_path, "AGENT:BEGIN:VCARD\\nFN:Susan Thomas\\nEMAIL\\;INTERNET:s@host.my\\nEND:VCARD\\n")
    assert escaped.more == (("Agent", "Susan Thomas"), ("Agent", "s@host.my"))


def test_what_nobody_agreed_on_is_kept_under_its_name(tmp_path: Path) -> None:
    card = one(tmp_path, "X-CUSTOMER-NUMBER:K-12;a;;", "item1.X-FOO:55-1", "item1.X-ABLabel:Tax no", "X-MS-TEXT;1:late",
               "X-KADDRESSBOOK-X-Profession:Tailor", "TLX:777", "KEYWORDS:tea", "X-messaging/xmpp-All:ali@x.my",
               "RELATED;TYPE=child;VALUE=text:Kumar", "GENDER:F;she", "FN:Ali B", "X-ASSISTANT-TEL:03-1",
               "SOUND;X-IRMC-N:ari", "X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-05-12")
    assert set(card.more) == {
        ("Customer number", "K-12;a"), ("Tax no", "55-1"), ("Text", "late"), ("Profession", "Tailor"), ("Telex", "777"),
        ("Keywords", "tea"), ("Xmpp", "ali@x.my"), ("Child", "Kumar"), ("Gender", "female, she"),
        ("Other name", "Ali B"), ("Assistant's phone", "03-1"), ("Phonetic name", "ari"), ("Date", "--05-12")}


def test_what_programs_note_for_themselves_is_not_kept(tmp_path: Path) -> None:
    card = one(tmp_path, "PRODID:-//Apple//EN", "REV:2020", "X-ABUID:1", "X-MS-OL-DESIGN:<card/>", "CLASS:PUBLIC",
               'X-COUCHDB-APPLICATION-ANNOTATIONS:{"a":1}', "X-EVOLUTION-FILE-AS:B\\, Ali", "X-IRMC-LUID:0002",
               "X-OWN;ENCODING=b:AAAA", "X-MOZILLA-HTML:TRUE", "SORT-STRING:ALI", "X-EMPTY:", "X-IMAGEHASH:a==",
               "X-EVOLUTION-UI-SLOT:1")
    assert card.more == ()


def test_a_name_with_a_slash_does_not_run_into_the_line_above(tmp_path: Path) -> None:
    card = one(tmp_path, "TEL:012-345 6789", "X-messaging/xmpp-All:ali@x.my", "NOTE:see", "https://b.my/x")
    assert card.reached("phone") == ("012-345 6789",)
    assert card.note == "see\nhttps://b.my/x"


def test_labels_and_rows_of_android(tmp_path: Path) -> None:
    rows = "X-ANDROID-CUSTOM:vnd.android.cursor.item/"
    card = one(tmp_path, "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E4=BD=8F=E5=AE=B6):03-777 6666",
               "TEL;X-Kedai:03-999 8888", "TEL;X-Büro:03-111 2222", rows + "nickname;Joey;1;;;",
               rows + "contact_event;2001-05-06;1;;", rows + "contact_event;2002-05-06;0;Opened;",
               rows + "relation;Ah Beng;14;", version="2.1")
    assert [way.label for way in card.ways] == ["住家", "Kedai", "Büro"]
    assert card.nickname == "Joey"
    assert card.more == (("Anniversary", "2001-05-06"), ("Opened", "2002-05-06"), ("Related", "Ah Beng"))


def test_printed_addresses_stand_beside_those_in_parts(tmp_path: Path) -> None:
    card = one(tmp_path, "ADR;WORK:;;12 Jalan Besar;Ipoh;;30000;", "LABEL;WORK:12 Jalan Besar\\nIpoh",
               "LABEL;POSTAL:PO Box 9\\nIpoh", "LABEL:12 Jalan  Besar\\n30000 Ipoh")
    assert [(place.street, place.label) for place in card.places] == [
        ("12 Jalan Besar", "work"), ("PO Box 9\nIpoh", "")]
    alone = one(tmp_path, 'ADR;TYPE=home;LABEL="5 Mabini\\nManila":;;;;;;', version="4.0")
    assert alone.places == (Place("5 Mabini\nManila", label="home"),)
    commas = one(tmp_path, "ADR:;;12, Jalan Besar;Ipoh;;;", "ORG:Kedai Ali, Sdn Bhd;Jualan")
    assert (commas.places[0].street, commas.company) == ("12, Jalan Besar", "Kedai Ali, Sdn Bhd")


def test_further_ways_of_old_outlook_and_new_cards(tmp_path: Path) -> None:
    card = one(tmp_path, "X-MS-TEL;VOICE;CALLBACK:03-111 2222", "TEL;VALUE=uri:tel:7042;phone-context=b.my",
               'EMAIL:"Ali" <ali@b.my>', "TEL;PREF=100:0144444444", "TEL;PREF=50:0155555555")
    assert card.ways == (
        Way("phone", "03-111 2222", "callback"), Way("phone", "7042"), Way("email", "ali@b.my"),
        Way("phone", "0144444444"), Way("phone", "0155555555", preferred=True))


def test_a_group_names_its_members_by_mail_too(tmp_path: Path) -> None:
    found = cards(tmp_path, "BEGIN:VCARD\nKIND:group\nFN:Friends\nMEMBER:mailto:ali@b.my\nEND:VCARD\nBEGIN:VCARD\n"
                            "FN:Ali\nEMAIL:Ali@b.my\nEND:VCARD\nBEGIN:VCARD\nKIND:group\nFN:Nobody\nEND:VCARD\n")
    assert [(card.name, card.tags) for card in found.values()] == [("Ali", ("Friends",))]


def test_a_photo_of_many_lines_takes_no_longer_than_its_letters(tmp_path: Path) -> None:
    data = JPEG + bytes(1_500_000)
    letters = base64.b64encode(data).decode()
    card = one(tmp_path, "PHOTO;ENCODING=b;TYPE=JPEG:",
               *(f" {letters[at:at + 74]}" for at in range(0, len(letters), 74)))
    assert card.photo is not None
    assert card.photo.data == data


def test_an_encoding_that_could_not_be_told_is_said(tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    text = "BEGIN:VCARD\nFN:สมชาย ใจดี\nORG:ร้านอาหารไทย\nADR:;;ถนนสุขุมวิท กรุงเทพ;;;;\nEND:VCARD\n"
    path.write_bytes(text.encode("tis-620"))
    assert UNSURE in parse(path).notes
    assert parse(path, ReadOptions(encoding="tis-620")).rows[0][0] == "สมชาย ใจดี"
