"""Whether a driver could find an address, before it is read back."""

from __future__ import annotations

import pytest

from wellbeing_bot.service.rules import RULES


@pytest.mark.parametrize(
    ("written", "enough"),
    [
        ("4 Mill Lane, Seabank", "yes"),
        ("Flat 2, 15 Hill Road CT5 1AB", "yes"),
        ("The Old Cottage, Mill Lane, Seabank", "yes"),
        ("Rose Court, Seabank", "yes"),
        ("mill lane", "no"),
        ("Seabank", "no"),
        ("4", "no"),
        ("yes", "no"),
        ("", "no"),
        (None, "no"),
    ],
)
def test_an_address_needs_a_house_and_a_street(written: str | None, enough: str) -> None:
    assert RULES["address_enough"].decide({"pick_up": written}) == enough
