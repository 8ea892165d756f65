"""Volunteers learn a first name and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.names import split_name


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("Jean", "Jean", ""),
        ("Jean Tolhurst", "Jean", "Tolhurst"),
        ("Mrs Jean Tolhurst", "Jean", "Tolhurst"),
        ("Dr. Anil K Shah", "Anil", "K Shah"),
        ("Mrs Begum", "Mrs Begum", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_kept_in_two_parts(said: str, first: str, last: str) -> None:
    assert split_name(said) == (first, last)


@given(st.text())
def test_no_text_breaks_it(said: str) -> None:
    first, last = split_name(said)
    assert len(first) <= 60
    assert len(last) <= 80
