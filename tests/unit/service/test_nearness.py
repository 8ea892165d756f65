"""How far apart two postcodes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.nearness import distance_miles, is_known, outward_code

KNOWN = ["CT5", "CT1", "CT6", "GL3", "AB10", "W1A", "EC1A", "TR1"]


def test_neighbouring_towns_are_a_few_miles_apart() -> None:
    # CT5 (611428, 165958) to CT1 (615319, 157681): 9,146 m, worked out by hand.
    assert distance_miles("CT5", "CT1") == pytest.approx(9146 / 1609.344, abs=0.01)


@pytest.mark.parametrize(
    ("written", "outward"),
    [
        ("CT5", "CT5"),
        ("ct5 1ab", "CT5"),
        ("ct51ab", "CT5"),
        (" EC1A 1BB ", "EC1A"),
        ("w1a0ax", "W1A"),
        ("CT5 1", "CT5"),
    ],
)
def test_the_outward_code_is_found_however_it_is_written(written: str, outward: str) -> None:
    assert outward_code(written) == outward
    assert is_known(written)


@pytest.mark.parametrize("unknown", ["", "BT1 1AA", "ZZ9 9ZZ", "seaside", "🙂"])
def test_an_unknown_postcode_is_at_no_distance(unknown: str) -> None:
    assert distance_miles("CT5", unknown) is None
    assert distance_miles(unknown, "CT5") is None
    assert not is_known(unknown)


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_distances_behave_like_distances(a: str, b: str, c: str) -> None:
    ab, ba, bc, ac = (distance_miles(x, y) for x, y in ((a, b), (b, a), (b, c), (a, c)))
    assert ab is not None
    assert bc is not None
    assert ac is not None
    assert ab == ba
    assert (ab == 0) == (a == b)
    assert ac <= ab + bc + 1e-9
