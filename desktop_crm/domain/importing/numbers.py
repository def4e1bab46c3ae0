"""Numbers as people write them: grouping in thousands or lakh, either decimal sign, currencies, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from desktop_crm.domain.values import currencies, plain_digits

_SYMBOLS = {
    "rm": "MYR", "nt$": "TWD", "nt": "TWD", "₱": "PHP", "php": "PHP", "रू": "NPR", "रु": "NPR", "npr": "NPR",
    "nrs": "NPR", "₹": "INR", "€": "EUR", "£": "GBP", "us$": "USD", "s$": "SGD", "rp": "IDR", "฿": "THB",
    "₫": "VND", "₩": "KRW", "hk$": "HKD", "a$": "AUD",
}
_UNSAID = frozenset({"", "$", "¥", "rs", "元", "圓", "kr", "/-"})  # signs that several currencies share
_AMOUNT = re.compile(
    r"(?P<open>\(?)\s*(?P<minus>[-−–+]?)\s*(?P<before>(?:[^\d().,+−–-]+\.?)?)\s*(?P<minus2>[-−–+]?)\s*"
    r"(?P<digits>\d[\d.,'’\s]*|[.,]\d+)(?P<power>[eE][-+]?\d{1,2})?\s*(?P<percent>%?)\s*(?P<after>[^\d()%,.+−–-]*?)\s*"
    r"(?P<minus3>[-−–]?(?:/-)?)\s*(?P<close>\)?)")
_COMMA_COUNTRIES = frozenset((
    "AR", "AT", "BE", "BG", "BO", "BR", "CL", "CO", "CR", "CZ", "DE", "DK", "EC", "EE", "ES", "FI", "FR", "GR", "HR",
    "HU", "ID", "IS", "IT", "LT", "LU", "LV", "MA", "NL", "NO", "PL", "PT", "PY", "RO", "RS", "RU", "SE", "SI", "SK",
    "TN", "TR", "UA", "UY", "VE", "VN", "ZA",
))


def usual_sign(country: str) -> str:
    """The decimal sign that a country writes, "." or ","."""
    return "," if country in _COMMA_COUNTRIES else "."


def decimal_sign(texts: Iterable[str], usual: str) -> str:
    """The decimal sign of a whole column: what its unambiguous numbers say, else the `usual` one."""
    votes = {".": 0, ",": 0}
    for text in texts:
        sign = _evidence(plain_digits(text))
        if sign:
            votes[sign] += 1
    if votes["."] == votes[","]:
        return usual
    return max(votes, key=lambda sign: votes[sign])


def _evidence(text: str) -> str:
    """The decimal sign that one number proves; "" where it could be either."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return ""
    digits = match["digits"].strip()
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        return "." if point > comma else ","
    sign = "." if point >= 0 else "," if comma >= 0 else ""
    if not sign:
        return ""
    head, *groups = digits.split(sign)
    if len(groups) > 1:
        return "," if sign == "." else "."  # repeated: it groups, so the other one is the decimal sign
    own = len(groups[0]) != 3 or head in ("", "0") or len(head) > 3
    return sign if own else ""


def number(text: str, sign: str) -> tuple[Decimal, str] | None:
    """The number in a text and the currency that it names ("" = none); None if it is no number.

    `sign` is the column's decimal sign; a number that proves the other one is read by its own.
    """
    match = _AMOUNT.fullmatch(plain_digits(text).strip())
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    currency = _currency(match["before"], match["after"])
    figures = _figures(match["digits"].strip(), sign)
    if currency is None or figures is None:
        return None
    signs = [sign for sign in (match["minus"], match["minus2"], match["minus3"].removesuffix("/-")) if sign]
    if len(signs) > 1:
        return None
    value = Decimal(figures + (match["power"] or ""))
    if match["open"] or (signs and signs[0] != "+"):
        value = -value
    return (value / 100 if match["percent"] else value), currency


def _figures(text: str, sign: str) -> str | None:
    """Plain digits with a point; None where the grouping makes no sense."""
    text = re.sub(r"['’\s]", "", text)
    other = "," if sign == "." else "."
    if sign in text and other in text:
        sign = "." if text.rfind(".") > text.rfind(",") else ","
        other = "," if sign == "." else "."
    elif (other in text and not _grouped(text, other) and text.count(other) == 1) or text.count(sign) > 1:
        sign, other = other, sign
    whole, _, places = text.partition(sign)
    if sign in places or other in places or (other in whole and not _grouped(whole, other)):
        return None
    return f"{whole.replace(other, '') or '0'}.{places or '0'}"


def _grouped(text: str, sign: str) -> bool:
    """Whether the sign groups digits in thousands, or in lakh and crore."""
    head, *groups = text.split(sign)
    return (1 <= len(head) <= 3 and bool(groups) and len(groups[-1]) == 3
            and all(len(group) in (2, 3) for group in groups))


@lru_cache(maxsize=1000)
def _currency(before: str, after: str) -> str | None:
    """The currency named beside a number, "" if none is; None for a word that is no currency."""
    words = [word.strip().rstrip(".").casefold() for word in (before, after) if word.strip()]
    codes = [_code(word) for word in words]
    if any(not code and word not in _UNSAID for word, code in zip(words, codes, strict=True)):
        return None
    return next((code for code in codes if code), "")


def _code(word: str) -> str:
    return _SYMBOLS.get(word, word.upper() if word.upper() in currencies() else "")
