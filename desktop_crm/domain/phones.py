"""Phone numbers normalised to E.164: quickly where a region's rules are plain, else by the whole library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop_crm.domain.values import digits

_PLAIN = re.compile(r"\+?[0-9][0-9 ().\-/]*|\([0-9][0-9 ().\-/]*")

_BESIDE = re.compile(  # what people write behind a number and the library takes for digits: an extension, a remark
    r"\s*(?:(?:轉|转|分機|分机|內線|内线|samb(?:ungan)?\.?|loc(?:al)?\.?)\s*[:：.]?\s*[0-9]{1,6}"
    r"|[(（\[][^()（）\[\]0-9]{1,40}[)）\]])\s*", re.IGNORECASE)


def e164(text: str, country: str) -> str:
    """The number as `+60123456789`, read in the region `country`; "" if that is no possible number."""
    rules = _rules(country)
    return (rules.quick(text) if rules else "") or _whole(text, country)


def _whole(text: str, country: str) -> str:
    import phonenumbers  # its tables take a while to load: only when a number is saved

    behind = _BESIDE.search(text, 5)
    if behind is not None and behind.end() == len(text):
        text = text[:behind.start()]
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@dataclass(frozen=True, slots=True)
class _Rules:
    """A region's numbering plan, as far as a plain number needs it."""

    code: str
    alone: bool  # whether no other region shares the country code
    abroad: re.Pattern[str]
    prefix: re.Pattern[str]
    number: re.Pattern[str]
    lengths: frozenset[int]

    def quick(self, text: str) -> str:
        """The number where digits, usual marks and the plan's lengths leave no doubt; "" for any other."""
        if _PLAIN.fullmatch(text) is None:
            return ""
        national = digits(text)
        if text[0] == "+":
            if not self.alone or not national.startswith(self.code):
                return ""
            national = national[len(self.code):]
        elif self.abroad.match(national) or national.startswith(self.code):
            return ""
        found = self.prefix.match(national)
        if found and found.end():
            shorter = national[found.end():]
            if not self.number.fullmatch(national) or self.number.fullmatch(shorter):
                national = shorter
        return f"+{self.code}{national}" if len(national) in self.lengths and national[0] != "0" else ""


@lru_cache(maxsize=16)
def _rules(country: str) -> _Rules | None:
    """The plan of a region; None where numbers are rewritten by rules that only the library knows."""
    import phonenumbers

    plan = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    general = plan.general_desc if plan else None
    if plan is None or plan.country_code is None or plan.national_prefix_transform_rule or general is None \
            or not general.national_number_pattern:
        return None
    shared = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(plan.country_code, ())
    return _Rules(
        str(plan.country_code), len(shared) == 1, re.compile(plan.international_prefix or "(?!)"),
        re.compile(plan.national_prefix_for_parsing or "(?!)"), re.compile(general.national_number_pattern),
        frozenset(general.possible_length))


def within(text: str, country: str) -> tuple[str, ...]:
    """The telephone numbers that a text of several lines names, as written there, read in the region `country`."""
    import phonenumbers

    matches = phonenumbers.PhoneNumberMatcher(text, country, leniency=phonenumbers.Leniency.VALID, max_tries=1000)
    return tuple(dict.fromkeys(match.raw_string for match in matches))
