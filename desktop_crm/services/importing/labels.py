"""What an e-mail or a phone is (work, home, mobile), by its heading or by the column beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import squash

_VALUE = re.compile(r"(.*?)[\s\-:_]*value", re.IGNORECASE)
_BESIDE = ("label", "type")
_FAX = "fax|faks|傳真|传真|फ्याक्स|फैक्स|தொலைநகல்|தொலைப்பிரதி|télécopie"
_WORDS = {  # a fax at work is a fax: nobody is called there
    N_("Fax"): _FAX,
    N_("Work"): "work|business|company|office|bureau|trabajo|pejabat|kerja|"
                "perniagaan|kedai|公司|辦公|商務|商务|办公|कार्यालय|அலுவலகம்|"
                "geschäftlich",
    N_("Home"): "home|domicile|domicilio|particular|personal|private|privat|rumah|住家|住宅|家|घर|வீடு",
    N_("Mobile"): "mobile|cell|handphone|hp|bimbit|手機|手机|行動|移动|मोबाइल|கைபேசி|movil|mobil|handy|selpon",
    N_("Delivery"): "shipping|delivery|shipto|penghantaran|送貨|送货|收貨",
    N_("WhatsApp"): "whatsapp", N_("Viber"): "viber", N_("Other"): "other|lain|其他",
}


def label_column(columns: Sequence[str], heading: str) -> int | None:
    """The index of the column that says what the values under `heading` are: "Phone 1 - Type" of "Phone 1 - Value"."""
    found = _VALUE.fullmatch(heading.strip())
    if found is None or not found[1]:
        return None
    wanted = {squash(f"{found[1]}{word}") for word in _BESIDE}
    return next((index for index, column in enumerate(columns) if squash(column) in wanted), None)


def of_heading(heading: str) -> str:
    """What a heading says of its values, as an English message id ("Phone (Work)", "Home Phone"); "" for nothing."""
    text = squash(heading)
    return next((label for label, words in _WORDS.items() if any(
        squash(word) in text for word in words.split("|"))), "")


def is_fax(label: str) -> bool:
    """Whether a label, in whichever language, says that a number is a fax's."""
    text = squash(label)
    return bool(text) and any(squash(word) in text for word in _FAX.split("|"))


def of_cell(cell: str) -> str:
    """A label as it stands in a cell, less the marks that phone books put round it ("* Work", "_$!<Mobile>!$_")."""
    text = cell.split(":::")[0].strip().lstrip("* ").removeprefix("_$!<").removesuffix(">!$_").strip()
    known = {squash(word): label for label, words in _WORDS.items() for word in words.split("|")}
    return known.get(squash(text), text)[:60]
