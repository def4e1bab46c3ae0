"""What may be saved in a field of each type."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.fields import Field, FieldType, checked

FIELDS = (
    Field("name", "Name", required=True, most=10), Field("notes", "Notes", FieldType.LONG, most=10),
    Field("heat", "Heat", FieldType.CHOICE, choices={"hot": "Hot"}), Field("amount", "Amount", FieldType.MONEY),
    Field("size", "Size", FieldType.INTEGER, most=5), Field("on", "On", FieldType.DATE),
    Field("time", "Time", FieldType.TIME), Field("at", "At", FieldType.INSTANT),
    Field("active", "Active", FieldType.YES_NO), Field("seller_id", "Seller", FieldType.LINK),
)


@pytest.mark.parametrize(("key", "value", "kept"), [
    ("name", "  Ali ", "Ali"), ("name", "a\x00b\x1fc", "abc"), ("name", "\ud800x", "?x"),
    ("notes", "a\nb\tc", "a\nb\tc"),
    ("notes", "x" * 200, "x" * 200), ("notes", "  ", None), ("heat", "hot", "hot"), ("heat", "", None),
    ("amount", -5, -5), ("amount", 2**62, 2**62), ("size", 5, 5), ("size", 0, 0), ("on", date(1800, 1, 1),
                                                                                    date(1800, 1, 1)),
    ("time", "23:59", "23:59"), ("at", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
    ("active", 0, False), ("active", "x", True), ("active", None, None), ("seller_id", 7, 7),
])
def test_what_is_kept(key: str, value: object, kept: object) -> None:
    assert checked(FIELDS, {key: value}) == {key: kept}


@pytest.mark.parametrize(("key", "value"), [
    ("name", "x" * 11), ("name", "   "), ("name", None), ("name", "\x00"), ("notes", "x" * 201), ("heat", "cold"),
    ("amount", 2**62 + 1), ("amount", 1.5), ("amount", True), ("amount", "5"), ("size", 6), ("size", -1),
    ("on", date(1799, 12, 31)), ("on", date(2301, 1, 1)), ("on", datetime(2026, 1, 1, tzinfo=UTC)),
    ("on", "2026-01-01"),
    ("time", "24:00"), ("time", "9:00"), ("time", 9), ("at", datetime(2026, 1, 1)), ("at", date(2026, 1, 1)),  # noqa: DTZ001
    ("seller_id", "7"),
])
def test_what_is_refused_names_its_field(key: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked(FIELDS, {key: value})
    assert refused.value.at == key and str(refused.value)


def test_a_new_record_needs_what_is_required() -> None:
    assert checked(FIELDS, {"heat": "hot"}) == {"heat": "hot"}
    with pytest.raises(InvalidInput, match="needed"):
        checked(FIELDS, {"heat": "hot"}, new=True)


def test_an_unknown_key_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        checked(FIELDS, {"nope": 1})


@given(st.text(max_size=10))
def test_any_short_text_is_kept_without_what_nobody_can_see_or_refused(text: str) -> None:
    try:
        kept = checked(FIELDS, {"notes": text})["notes"]
    except InvalidInput:
        return
    assert kept is None or (isinstance(kept, str) and kept == kept.strip() and "\x00" not in kept)
