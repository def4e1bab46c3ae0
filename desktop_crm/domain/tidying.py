"""Texts that people left untidy: what is wrong with a name, an e-mail or a phone, and its honest repair; offline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop_crm.domain.phones import e164
from desktop_crm.domain.values import digits

# --- names --------------------------------------------------------------------------------------------------------

_LEGAL = {word.upper(): word for word in (
    "Sdn", "Bhd", "Pte", "Ltd", "Pvt", "Inc", "Corp", "Co", "bin", "binti", "and", "of", "dan")}
_VOWEL = re.compile(r"[AEIOUY]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w+])\(?\+?[0-9][0-9 ().\-]{5,}[0-9](?!\w)")
_AROUND = " -–—:;,.|/()[]"
_LABELS = re.compile(r"(?i)\b(?:h/?p|tel|phone|mobile|mob|no|call|wa|whatsapp)\b[\s.:]*$")


def tidy(text: str) -> str:
    """The text without spaces around it, and with one between words."""
    return " ".join(text.split())


def shouted(name: str) -> bool:
    """Whether a name is written in capitals alone: two words or one of six letters or more, so no abbreviation."""
    words = _WORD.findall(name)
    return bool(words) and name == name.upper() != name.lower() and (len(words) > 1 or len(words[0]) > 5) and any(
        len(word) > 3 for word in words)


def capitalised(name: str, person: bool = False) -> str:
    """A shouted name as names are written; of a company, words without a vowel stay (KFC), of a person none do."""
    def word(found: re.Match[str]) -> str:
        text = found.group()
        known = _LEGAL.get(text)
        if known is not None:
            return known if found.start() or known[0].isupper() else known.capitalize()
        return text if not person and not _VOWEL.search(text) and text.isascii() else text[0] + text[1:].lower()

    return _WORD.sub(word, name) if shouted(name) else name


_MANY = re.compile(r"(?:[0-9][^0-9]{0,3}){8}")


def many_digits(name: str) -> bool:
    """Whether a name has so many digits close together that a phone may stand in it."""
    return bool(_MANY.search(name))


def phone_in(name: str, country: str) -> str:
    """The phone number, a valid one of the region or with a country code, that is written into a name; "" if none is.

    A registration number, a year or a house number is no valid phone, however long.
    """
    return next((found.group().strip() for found in _NUMBER.finditer(name)
                 if 8 <= len(digits(found.group())) <= 15 and _valid(found.group(), country)), "")


def _valid(text: str, country: str) -> bool:
    import phonenumbers  # its tables take a while to load: only for a name with many digits

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(text, country)))
    except phonenumbers.NumberParseException:
        return False


def without_phone(name: str, phone: str) -> str:
    """A name without the phone number that was found in it; "" if there is nothing else."""
    before, _, after = name.partition(phone)
    before = _LABELS.sub("", before.rstrip(_AROUND))
    return tidy(f"{before.rstrip(_AROUND)} {after.strip(_AROUND)}")


# --- e-mails ------------------------------------------------------------------------------------------------------

_LOCAL = re.compile(r"(?:[A-Za-z0-9_!#$%&'*+/=?^`{|}~-]|[^\x00-\x7f\s])+(?:\."
                    r"(?:[A-Za-z0-9_!#$%&'*+/=?^`{|}~-]|[^\x00-\x7f\s])+)*")
_ALNUM = r"(?:[A-Za-z0-9]|[^\x00-\x7f\s])"
_LABEL = re.compile(rf"{_ALNUM}(?:(?:{_ALNUM}|-)*{_ALNUM})?")
_MISSPELT = {
    **dict.fromkeys(("gmial.com", "gmai.com", "gmal.com", "gamil.com", "gnail.com", "gmail.con", "gmail.cm", "gmail.om",
                     "gmail.co", "gmaill.com", "gmail.comm"), "gmail.com"),
    **dict.fromkeys(("yaho.com", "yahooo.com", "yhoo.com", "yahoo.con", "yahoo.cm", "yahoo.co"), "yahoo.com"),
    **dict.fromkeys(("hotmial.com", "hotmal.com", "hotmil.com", "hotmail.con", "hotmail.cm", "hotmail.co"),
                    "hotmail.com"),
    **dict.fromkeys(("outlok.com", "outloo.com", "outlook.con", "outlook.co"), "outlook.com"),
    **dict.fromkeys(("iclod.com", "icloud.con", "icloud.co"), "icloud.com"),
}
"""The slips of the large mail services' names that are no services of their own."""


def sound_email(address: str) -> bool:
    """Whether an address can be one: a dotted local part of 64 letters at most, and a host name of two labels or more.

    Nothing is looked up; letters of every script are allowed, as in RFC 6531.
    """
    local, sign, host = address.rpartition("@")
    labels = host.split(".")
    return bool(
        sign and len(address) <= 254 and len(local) <= 64 and _LOCAL.fullmatch(local) and len(labels) > 1
        and all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels)
        and len(labels[-1]) > 1 and not labels[-1].isdecimal())


def mended_email(address: str) -> str:
    """The address that was meant, where only marks around it or spaces in it are wrong; "" if that does not help."""
    found = re.sub(r"(?i)^\s*(?:mailto|e-?mail)\s*:", "", address)
    inner = re.search(r"<([^<>]+@[^<>]+)>", found)
    found = re.sub(r"\s+", "", inner.group(1) if inner else found).strip("<>()[]\"'.,;:").lower()
    found = re.sub(r"\.\.+", ".", found.replace(",", "."))
    return found if found.count("@") == 1 and sound_email(found) else ""


def meant_email(address: str) -> str:
    """The address with the misspelt name of a large mail service put right; "" if there is nothing of the kind."""
    local, _, host = address.rpartition("@")
    right = _MISSPELT.get(host.lower(), "")
    return f"{local.lower()}@{right}" if right and local else ""


# --- phones -------------------------------------------------------------------------------------------------------

_EXTENSION = re.compile(r"(?i)(?:\s*(?:ext|extn|x|samb)\.?\s*[0-9]{1,6})\s*$")
_LETTERS = re.compile(r"[^\W\d_]")
_PHONE = re.compile(r"\(?\+?[0-9][0-9 ().\-]*[0-9]")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it should be written, and the words that stood beside it."""

    value: str
    note: str = ""


def noted(value: str) -> bool:
    """Whether words stand beside the digits of a phone, other than an extension."""
    return bool(_LETTERS.search(_EXTENSION.sub("", value)))


def mended_phone(value: str, countries: tuple[str, ...]) -> Phone | None:
    """The one number in `value`, readable in one of the regions, in international form; None if there is none.

    The words around it become its note. What holds two numbers is left to a person.
    """
    found = [part for part in _PHONE.finditer(value) if len(digits(part.group())) >= 6]
    if len(found) != 1:
        return None
    number = next((read for country in countries if country and (read := e164(found[0].group(), country))), "")
    if not number:
        return None
    beside = f"{value[:found[0].start()]} {value[found[0].end():]}"
    note = tidy(re.sub(r"[()\[\]]", " ", beside)).strip(_AROUND)
    return Phone(international(number), note)


@lru_cache(maxsize=2000)
def international(number: str) -> str:
    """An E.164 number with the spaces that its country writes."""
    import phonenumbers  # its tables take a while to load: only when a number is mended

    parsed = phonenumbers.parse(number)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
