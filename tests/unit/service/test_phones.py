"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.phones import Phone, PhoneError, read_phone


@pytest.mark.parametrize(
    ("written", "value", "mobile"),
    [
        ("07700 900123", "+447700900123", True),
        ("+44 (0)7700 900123", "+447700900123", True),
        ("7700900123", "+447700900123", True),  # a spreadsheet took the nought away
        ("00447700900123", "+447700900123", True),
        ("01632 960123", "+441632960123", False),
        ("0808 157 0123", "+448081570123", False),
        ("+353 85 123 4567", "+353851234567", True),
    ],
)
def test_a_number_is_read_however_it_is_written(written: str, value: str, mobile: bool) -> None:
    assert read_phone(written) == Phone(value, mobile)


@pytest.mark.parametrize("wrong", ["", "ask Jean", "07700 90012", "077009001234", "4.47701E+11", "999"])
def test_what_is_no_number_is_refused_with_a_cure(wrong: str) -> None:
    with pytest.raises(PhoneError, match=r"Write|Count|Format"):
        read_phone(wrong)


@given(st.integers(min_value=0, max_value=999), st.sampled_from(["07700 900", "+447700900", "07700-900-"]))
def test_every_drama_number_is_a_mobile(last: int, start: str) -> None:
    assert read_phone(f"{start}{last:03d}") == Phone(f"+447700900{last:03d}", mobile=True)
