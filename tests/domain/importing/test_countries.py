"""Countries by name."""

from __future__ import annotations

import pytest

from desktop_crm.domain.importing.countries import country_code


@pytest.mark.parametrize(("text", "expected"), [
    ("United States", "US"), ("usa", "US"), ("MY", "MY"), ("Malaysia", "MY"), ("馬來西亞", "MY"), ("नेपाल", "NP"),
    ("Philipines", "PH"), ("Korea", "KR"), ("Alemania", "DE"), ("Jordan", "JO"),
    ("Kuala Lumpur", ""), ("Johannesburg", ""),
    ("", ""), ("XX", ""), ("Austrlia", ""), ("Malasia", "MY"), ("Irann", ""),
])
def test_a_country_by_its_name(text: str, expected: str) -> None:
    assert country_code(text) == expected
