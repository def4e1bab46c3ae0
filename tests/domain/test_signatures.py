"""Who wrote a text: from its signature in several languages, or from a form's lines; and texts that tell nobody."""

from __future__ import annotations

import pytest

from desktop_crm.domain import signatures
from desktop_crm.domain.signatures import Signature


@pytest.mark.parametrize(("text", "country", "name", "company", "phones", "emails"), [
    ("Hi, I need 20 chairs.\n\nBest regards,\nSiti Aminah binti Hassan\nSales Manager\nKedai Murni Sdn Bhd\n"
     "Tel: 012-345 6789 | siti@murni.com.my", "MY", "Siti Aminah binti Hassan", "Kedai Murni Sdn Bhd",
     ("012-345 6789",), ("siti@murni.com.my",)),
    ("陳怡君\n怡君設計有限公司\n+886 2 2345 6789\nchen@yijun.tw", "TW", "陳怡君", "怡君設計有限公司",
     ("+886 2 2345 6789",), ("chen@yijun.tw",)),
    ("நன்றி\nகமலா தேவி\n016-222 3344", "MY", "கமலா தேவி", "", ("016-222 3344",), ()),
    ("Ahmad 012-3456789\nwants a quote for the fence", "MY", "Ahmad", "", ("012-3456789",), ()),
    ("we would like to order, call 0123456789", "MY", "", "", ("0123456789",), ()),
    ("see you on 12.11.2026 at 10:30, RM 12,345.00", "MY", "", "", (), ()),
    ("", "MY", "", "", (), ()),
])
def test_who_signs(text: str, country: str, name: str, company: str, phones: tuple[str, ...],
                   emails: tuple[str, ...]) -> None:
    found = signatures.read(text, country)
    assert (found.name, found.company, found.phones, found.emails) == (name, company, phones, emails)
    assert found.rest == text.strip() and not found.form


def test_what_comes_after_the_mark_of_a_signature() -> None:
    found = signatures.read("Call 011-1111 1111 for Bob\n-- \nRaj Kumar\n016-222 3344", "MY")
    assert (found.name, found.phones) == ("Raj Kumar", ("016-222 3344",))


def test_the_lines_of_a_form() -> None:
    found = signatures.read("Nama: Raj Kumar\nTelefon: 016-222 3344\nEmel: raj@x.my\nBandar: Ipoh\n"
                            "Mesej: Nak beli 3 meja\nsegera", "MY")
    assert found == Signature("Raj Kumar", "", ("016-222 3344",), ("raj@x.my",), (), (("city", "Ipoh"),),
                              "Mesej: Nak beli 3 meja\nsegera", True)


@pytest.mark.parametrize("text", [" " * 100_000, "a" * 100_000, "a@" * 50_000, "1" * 50_000, ":" * 50_000,
                                  "www." * 20_000, ("x " * 50 + "\n") * 2000])
def test_long_texts_end(text: str) -> None:
    signatures.read(text, "MY")


@pytest.mark.parametrize(("address", "name"), [
    ("siti.aminah@x.my", "Siti Aminah"), ("raj_kumar88@x.my", "Raj Kumar"), ("x@y.my", "x@y.my")])
def test_the_name_in_an_address(address: str, name: str) -> None:
    assert signatures.name_of_address(address) == name


def test_a_fax_is_nobodys_phone() -> None:
    text = "Siti\nTel: 03-2345 6789 Faks: 03-2345 6780\nTel/Fax: 03-2345 6700\n"
    assert signatures.read(text, "MY").phones == ("03-2345 6789", "03-2345 6700")


def test_what_was_filled_in_below_its_label() -> None:
    found = signatures.read("Name\n\nAli bin Abu\n\nPhone\n\n012-777 8888\n\nMessage\n\nAda stok?", "MY")
    assert (found.form, found.name, found.phones) == (True, "Ali bin Abu", ("012-777 8888",))
    assert not signatures.read("Ali\nPhone\n012-777 8888", "MY").form, "one label is none"


@pytest.mark.parametrize(("text", "country", "who"), [
    ("請報價\n\n敬祝 商祺\n\n林志明\n志明企業有限公司\nTEL：02-2711-5566 FAX：02-2711-5567\n行動：0933-123-456\n"
     "地址：台北市復興南路一段100號", "TW", ("林志明", "志明企業有限公司", ("02-2711-5566", "0933-123-456"))),
    ("请报价\n\n顺祝商祺！\n张伟\n上海伟业贸易有限公司\n电话：021-6233 4455\n传真：021-6233 4456", "CN",
     ("张伟", "上海伟业贸易有限公司", ("021-6233 4455",))),
    ("धन्यवाद\nसीता श्रेष्ठ\nश्रेष्ठ ट्रेडर्स प्रा. लि.\nमोबाइल: ९८५१०१२३४५", "NP",
     ("सीता श्रेष्ठ", "श्रेष्ठ ट्रेडर्स प्रा. लि.", ("९८५१०१२३४५",))),
    ("நன்றி,\nகுமார் சண்முகம்\nகுமார் டிரேடர்ஸ்\nகைபேசி: 98410 12345", "IN",
     ("குமார் சண்முகம்", "குமார் டிரேடர்ஸ்", ("98410 12345",))),
    ("Regards\nTan Wei Ming\nWei Ming Pte Ltd\nDID: 6222 3344 Fax 6222 3345 HP 9123 4567", "SG",
     ("Tan Wei Ming", "Wei Ming Pte Ltd", ("6222 3344", "9123 4567"))),
])
def test_signatures_with_labels(text: str, country: str, who: tuple[str, str, tuple[str, ...]]) -> None:
    found = signatures.read(text, country)
    assert (found.name, found.company, found.phones, found.form) == (*who, False)
