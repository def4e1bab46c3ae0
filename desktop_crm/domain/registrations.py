"""Registration and tax numbers, checked without a network: the check digit where it is known, else the form.

Check digits come from python-stdnum. Malaysia, Nepal and the Philippines publish the form of their numbers only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import plain_digits

_FITS, _FORM, _DIGIT = "fits", "form", "digit"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is odd about a number: a message id, and the name of the number that was expected, for its `{name}`."""

    message: str
    name: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of number: the name its people use, and what tells whether a text is one."""

    name: str
    check: Callable[[str], str]


def remark(field: str, country: str, text: str) -> Remark | None:
    """What is odd about the `registration` or `tax_number` of a country (ISO 3166); None if nothing is known to be.

    A number is never refused for it: the registers make exceptions, and typing goes on.
    """
    kinds = _KINDS.get((country, field), ())
    number = re.sub(r"[\s./\-–—]+", "", unicodedata.normalize("NFKC", plain_digits(text))).upper()
    if not number or not kinds:
        return None
    found = {kind.name: kind.check(number) for kind in kinds}
    if _FITS in found.values():
        return None
    mistyped = [name for name, outcome in found.items() if outcome == _DIGIT]
    if mistyped:
        return Remark(N_("The check digit of this {name} does not fit: is a figure mistyped?"), mistyped[0])
    return Remark(N_("This does not have the form of a {name}."), " / ".join(dict.fromkeys(found)))


def _formed(pattern: str) -> Callable[[str], str]:
    whole = re.compile(pattern)
    return lambda number: _FITS if whole.fullmatch(number) else _FORM


def _checked(module: str) -> Callable[[str], str]:
    """The check of a module of python-stdnum, imported when the first number asks for it."""
    def check(number: str) -> str:
        from stdnum.exceptions import InvalidChecksum, ValidationError
        from stdnum.in_ import gstin, pan
        from stdnum.sg import uen

        try:
            {"gstin": gstin, "pan": pan, "uen": uen}[module].validate(number)
        except InvalidChecksum:
            return _DIGIT
        except ValidationError:
            return _FORM
        return _FITS
    return check


def _unified(number: str) -> str:
    """Taiwan's 統一編號: since April 2023 its sum may also be a multiple of five (Ministry of Finance, 112.4.1)."""
    from stdnum.tw import ubn

    if not re.fullmatch(r"[0-9]{8}", number):
        return _FORM
    total = ubn.calc_checksum(number) % 5
    return _FITS if total == 0 or (total == 4 and number[6] == "7") else _DIGIT


# Companies Commission of Malaysia: since 11 October 2019 the year, two figures of the kind of entity (01-06) and six
# more; before it a company's figures with a letter, a business's with its state, a partnership's with its kind.
_SSM_OLD = r"\d{1,7}[A-Z]|[A-Z]{0,2}\d{7,9}[A-Z]|LLP\d{7}(?:LGN|LCA|LFL)?"
_SSM = _formed(rf"(?:19|20)\d\d0[1-6]\d{{6}}(?:\((?:{_SSM_OLD})\))?|{_SSM_OLD}")
# Inland Revenue Board of Malaysia, e-invoice guideline: IG and 9-11 figures for people, the letters of the kind of
# file and 10-11 figures for all others; EI for the general public. Customs: the service and sales tax number.
_TIN_MY = _formed(r"(?:IG|SG|OG)\d{9,11}|(?:CS|FA|PT|TA|TC|TN|TR|TP|LE|[CDEFJ])\d{10,11}|EI\d{11,12}")
_SST = _formed(r"[A-Z]\d{14}")
# Inland Revenue Authority of Singapore: M, a figure or letter, seven figures, one more; or the UEN itself.
_GST_SG = _formed(r"M[A-Z0-9]\d{7}[A-Z0-9]")
# Inland Revenue Department of Nepal: nine figures, whose last is checked by rules that it does not publish.
_PAN_NP = _formed(r"\d{9}")
# Bureau of Internal Revenue: nine figures and the branch's three to five; the check digit's rule is not published.
_TIN_PH = _formed(r"\d{9}(?:\d{3,5})?[VN]?")

_UEN, _UBN = _Kind("UEN", _checked("uen")), _Kind("統一編號", _unified)
_KINDS: dict[tuple[str, str], tuple[_Kind, ...]] = {
    ("MY", "registration"): (_Kind("SSM", _SSM),),
    ("MY", "tax_number"): (_Kind("TIN", _TIN_MY), _Kind("SST", _SST)),
    ("SG", "registration"): (_UEN,),
    ("SG", "tax_number"): (_UEN, _Kind("GST", _GST_SG)),
    ("TW", "registration"): (_UBN,),
    ("TW", "tax_number"): (_UBN,),
    ("IN", "tax_number"): (_Kind("GSTIN", _checked("gstin")), _Kind("PAN", _checked("pan"))),
    ("NP", "tax_number"): (_Kind("PAN", _PAN_NP),),
    ("PH", "tax_number"): (_Kind("TIN", _TIN_PH),),
}
