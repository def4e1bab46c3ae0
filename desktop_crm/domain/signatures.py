"""Who wrote a text, as its signature or its labelled lines tell: name, company, numbers, addresses.

A signature ends a letter ("Best regards / Siti Aminah / Kedai Murni Sdn Bhd / 012-345 6789"); labelled lines are what
forms on web pages send ("Name: Siti", "Telefon: 012-345 6789").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_crm.domain import phones
from desktop_crm.domain.importing import headings
from desktop_crm.domain.values import fold, squash

MOST = 20_000
"""Letters of a text that are looked at: who wrote it stands near its ends."""

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}")
_PAGE = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"']{3,200}", re.IGNORECASE)
_LABELLED = re.compile(r"[*•\-]?\s*([^:：\n]{2,40}?)\s*[:：]\s*(\S.*)")
_FAX = re.compile(r"(?<![\w/&])(?:(?:fax|faks|facsimile|傳真|传真|फ्याक्स|தொலைநகல்)(?:\s*(?:no\.?|number|號碼|号码))?"
                  r"\s*[:：.]?|f\s*[:：.])[ \t]*\+?\(?\d[\d \-()./]{4,24}", re.IGNORECASE)
_ADDRESSED = re.compile(r"^(?:your|您的|你的|உங்கள்|तपाईंको)\s*|\s*(?:anda|mo|\((?:required|optional|wajib|必填)\)|\*)$",
                        re.IGNORECASE)
_ENDINGS = frozenset("""regards|best regards|kind regards|warm regards|best|thanks|thank you|many thanks|sincerely|
cheers|yours sincerely|yours faithfully|yours truly|with regards|thanks and regards|thanks & regards|
sent from my iphone|terima kasih|sekian terima kasih|sekian|yang benar|salam|salam hormat|salamat|maraming salamat|
lubos na gumagalang|நன்றி|இப்படிக்கு|धन्यवाद|भवदीय|謝謝|谢谢|敬上|此致|敬礼|敬禮|
順頌商祺|顺颂商祺|順祝商祺|顺祝商祺|敬祝商祺|祝好|敬啟|谨启""".replace("\n", "").split("|"))
_GREETINGS = frozenset({"hi", "hello", "dear", "hey", "salam", "assalamualaikum", "selamat", "good", "tuan", "puan",
                        "kepada", "您好", "你好", "வணக்கம்", "नमस्ते", "kumusta", "magandang"})
_FIRMS = re.compile(r"\b(?:sdn\.?\s*bhd|bhd|pte\.?\s*ltd|pvt\.?\s*ltd|ltd|limited|inc|llc|llp|plt|corp|co|company|"
                    r"enterprise|enterprises|trading|holdings|group|gmbh|agency|studio)\b\.?|有限公司|企業社|公司|"
                    r"株式会社|प्रा\.?\s*लि|ट्रेडर्स|டிரேடர்ஸ்|லிமிடெட்|நிறுவனம்", re.IGNORECASE)
_DELIMITER = re.compile(r"^-- ?$", re.MULTILINE)
_FIELDS = frozenset({"name", "first_name", "last_name", "company", "emails", "phones", "website", "address", "city",
                     "postcode", "region", "country"})
_PARTICLES = frozenset({"bin", "binti", "bte", "bt", "ibni", "a/l", "a/p", "s/o", "d/o", "al", "el", "de", "da", "dela",
                        "del", "di", "la", "van", "von", "der", "den", "ng", "and", "of", "the"})
_TAIL, _LINE, _LABEL = 12, 1000, 40


@dataclass(frozen=True, slots=True)
class Signature:
    """Who wrote: "" and () where the text does not say; `fields` are further fields of a customer, `rest` the text
    without its labelled lines; `form` that it has such lines."""

    name: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    form: bool = False

    @property
    def said(self) -> bool:
        """Whether the text tells how to reach anybody."""
        return bool(self.phones or self.emails)


def read(text: str, country: str) -> Signature:
    """Who wrote a text, its phones read in the region `country`."""
    looked = text[:MOST // 2] + text[-MOST // 2:] if len(text) > MOST else text
    form = _form(looked, country)
    if form is None or form.name:
        return form or _signature(looked, country)
    signed = _signature(looked, country)  # one with labels, as "Tel:" and "Address:", or a form that asks for no name
    return replace(form, name=signed.name, company=form.company or signed.company, emails=form.emails or signed.emails,
                   phones=tuple(dict.fromkeys((*form.phones, *signed.phones))), pages=form.pages or signed.pages,
                   form=bool(form.emails))


def tail(text: str) -> str:
    """The lines that may be a text's signature: those after its mark "-- ", else its last ones."""
    parts = _DELIMITER.split(text)
    return parts[-1] if len(parts) > 1 and parts[-1].strip() else "\n".join(
        [line for line in text.splitlines() if line.strip()][-_TAIL:])


def _signature(text: str, country: str) -> Signature:
    end = tail(text)
    found = [tuple(dict.fromkeys(_EMAIL.findall(part))) for part in (end, text)]
    numbers = [phones.within(_FAX.sub(" ", _PAGE.sub(" ", _EMAIL.sub(" ", part))), country) for part in (end, text)]
    pages = tuple(dict.fromkeys(page.rstrip(".,;") for page in _PAGE.findall(end)))
    lines = list(_lines(end, numbers[0]))
    name = next((line for line in lines if _may_be_name(line)), "")
    company = next((line for line in lines if line != name and _FIRMS.search(line) and len(line) <= 80), "")
    return Signature(name, company, numbers[0] or numbers[1], found[0] or found[1], pages, (), text.strip())


def _form(text: str, country: str) -> Signature | None:
    """What labelled lines say; None for a text that is no form: two of them at least, and a way to reach somebody."""
    known = headings.known("customers")
    said: dict[str, list[str]] = {}
    rest: list[str] = []
    for line in _together(_FAX.sub(" ", text).splitlines(), known):
        found = _LABELLED.fullmatch(line.strip()[:_LINE])
        meant = [field for _, field in sorted(known.get(_label(found[1]), ())) if field in _FIELDS] if found else []
        if found and meant:
            said.setdefault(meant[0], []).append(found[2].strip())
        else:
            rest.append(line)
    emails = tuple(dict.fromkeys(item for value in said.get("emails", ()) for item in _EMAIL.findall(value)))
    numbers = tuple(dict.fromkeys(item for value in said.get("phones", ()) for item in
                                  phones.within(value, country) or (value,) if any(map(str.isdigit, item))))
    if len(said) < 2 or not (emails or numbers):
        return None
    name = " ".join(said.get("name", [])[:1] or [*said.get("first_name", [])[:1], *said.get("last_name", [])[:1]])
    fields = tuple((key, values[0]) for key, values in said.items()
                   if key in ("address", "city", "postcode", "region", "country"))
    return Signature(name, _first(said, "company"), numbers, emails, tuple(said.get("website", ())), fields,
                     "\n".join(rest).strip(), True)


def _together(lines: Sequence[str], known: Mapping[str, Iterable[tuple[int, str]]]) -> list[str]:
    """The lines of a form, those with what was filled in below the label made into one; others as they are."""
    bare = [bool(line.strip()) and len(line) <= _LABEL and any(
        field in _FIELDS for _, field in known.get(_label(line), ())) for line in lines]
    if sum(bare) < 2:
        return list(lines)
    found: list[str] = []
    label = ""
    for line, is_label in zip(lines, bare, strict=True):
        if is_label:
            found += [label] if label else []
            label = line.strip(" *•-:：")
        elif line.strip():
            found.append(f"{label}: {line.strip()}" if label else line)
            label = ""
    return [*found, label]


def _label(text: str) -> str:
    """A label of a form as a heading is looked up: without what is said to the one who fills it in."""
    return squash(_ADDRESSED.sub("", text.strip(" *•-:：")))


def _first(said: dict[str, list[str]], key: str) -> str:
    return said.get(key, [""])[0]


def _lines(text: str, numbers: Sequence[str]) -> Iterator[str]:
    """The lines that are words, less addresses and numbers; those after what closes a letter come first."""
    found: list[str] = []
    closed = 0
    for line in text.splitlines():
        bare = _PAGE.sub("", _EMAIL.sub("", line))
        for number in numbers:
            bare = bare.replace(number, "")
        bare = bare.strip(" \t|,;*_-–—<>")
        words = fold(bare).strip(" ,.!。")
        if words in _ENDINGS or words.replace(" ", "") in _ENDINGS:  # Chinese is folded letter by letter
            closed = len(found)
        elif bare and sum(map(str.isdigit, bare)) <= 2:
            found.append(bare)
    yield from found[closed:]
    yield from found[:closed]


def _may_be_name(line: str) -> bool:
    """Whether a line can be a name: few words, no sentence, no greeting, no label."""
    words = line.split()
    return (1 <= len(words) <= 7 and len(line) <= 60 and any(map(str.isalpha, line))
            and not re.search("[:：]", line) and line[-1:] not in "?!。？！"
            and not (line.endswith(".") and len(words) > 3)
            and fold(words[0]).strip(",.! ").replace(" ", "") not in _GREETINGS and _cased(words))


def _cased(words: Sequence[str]) -> bool:
    """Whether the words begin as names do: with capitals, where their script has any, but for particles."""
    letters = [word for word in words if word[0].isalpha()]
    return bool(letters) and not letters[0][0].islower() and all(
        not word[0].islower() or word in _PARTICLES for word in letters)


def name_of_address(email: str) -> str:
    """The name that an address suggests: "siti.aminah@…" is "Siti Aminah"; the address itself where it is no name."""
    local = email.partition("@")[0]
    words = [word for word in re.split(r"[._\-+\d]+", local) if word]
    return " ".join(word.capitalize() for word in words) if words and len(local) > 2 else email
