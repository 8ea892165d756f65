"""Postcodes and outward codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, only_unclear, table, value_of
from wellbeing_bot.understanding.meaning import AnswerKind
from wellbeing_bot.understanding.postcode_areas import HIGHEST_DISTRICT

WHERE = ask(AnswerKind.POSTCODE, "What is your postcode? We use it to find groups near you.")


@pytest.mark.parametrize(
    ("text", "code"),
    table(
        """
        Gl20 5ab | GL20 5AB
        ct51aa | CT5 1AA
        C T 5 1 A A | CT5 1AA
        ct5-1aa | CT5 1AA
        its CT5 4DJ love | CT5 4DJ
        14 Harbour Street, Whitstable, CT5 1AA | CT5 1AA
        CT5 IAA | CT5 1AA
        CTS 1AA | CT5 1AA
        GL2O 5AB | GL20 5AB
        ct five one aa | CT5 1AA
        SW1A 1AA | SW1A 1AA
        ct5 | CT5
        i live in gl51 | GL51
        CT5 1AA no sorry CT5 1AB | CT5 1AB
        """
    ),
)
def test_a_postcode_is_put_in_order(text: str, code: str) -> None:
    assert value_of(WHERE, text) == code


@pytest.mark.parametrize(
    "text",
    [
        "gl3 2",
        "CT5 1A",
        "CT",
        "QQ1 1AA",
        "CT99",
        "Whitstable",
        "no",
        "5AB",
        "12 Tower Rd",
        "my husband passed away in march",
        "same place as my sister",
        "CT5 1AA or CT6 1AA",
        "ct5 1ci",
    ],
)
def test_half_a_postcode_or_two_is_asked_again(text: str) -> None:
    assert only_unclear(WHERE, text)


@given(
    area=st.sampled_from(sorted(HIGHEST_DISTRICT)),
    inward=st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True),
    spaced=st.sampled_from(["{} {}", "{}{}", "its {} {} x"]),
)
def test_every_postcode_is_read_back(area: str, inward: str, spaced: str) -> None:
    outward = f"{area}{HIGHEST_DISTRICT[area]}"
    assert value_of(WHERE, spaced.format(outward, inward).lower()) == f"{outward} {inward}"


@given(ANY_TEXT)
def test_what_is_stored_has_an_area_that_exists(text: str) -> None:
    code = value_of(WHERE, text)
    assert code is None or str(code)[:2].rstrip("0123456789") in HIGHEST_DISTRICT
