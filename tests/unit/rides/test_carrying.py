"""Nobody is asked to take what their car cannot carry."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.rides.carrying import (
    AGREED_BEFOREHAND,
    IN_WORDS,
    can_carry,
    for_the_driver,
    needs_words,
)
from wellbeing_bot.understanding.access_needs import TAGS


@dataclass
class Car:
    takes_wheelchair: bool = False
    carries: list[str] = field(default_factory=list)
    seats: int | None = None


@pytest.mark.parametrize(
    ("car", "needs", "party", "fits"),
    [
        (Car(), [], 1, True),
        (Car(), ["walking_frame"], 1, True),
        (Car(), ["stick", "no_steps", "hearing"], 1, True),
        (Car(), ["wheelchair"], 1, False),
        (Car(takes_wheelchair=True), ["wheelchair"], 1, True),
        (Car(), ["guide_dog"], 1, False),
        (Car(carries=["guide_dog"]), ["guide_dog"], 1, True),
        (Car(carries=["guide_dog"]), ["guide_dog", "oxygen"], 1, False),
        (Car(takes_wheelchair=True), ["wheelchair", "oxygen"], 1, False),
        (Car(takes_wheelchair=True, carries=["oxygen"]), ["wheelchair", "oxygen"], 2, True),
        (Car(seats=1), [], 2, False),
        (Car(seats=2), [], 2, True),
        (Car(seats=0), [], 1, False),
        (Car(carries=["scooter"]), ["scooter"], 1, True),
    ],
)
def test_what_fits_into_a_car(car: Car, needs: list[str], party: int, fits: bool) -> None:
    assert can_carry(car, needs, party) is fits


CARS = st.builds(
    Car,
    takes_wheelchair=st.booleans(),
    carries=st.lists(st.sampled_from(sorted(AGREED_BEFOREHAND)), unique=True),
    seats=st.none() | st.integers(0, 8),
)
NEEDS = st.lists(st.sampled_from(TAGS), unique=True)


@given(car=CARS, needs=NEEDS, party=st.integers(1, 8))
def test_a_car_never_takes_more_than_it_carries(car: Car, needs: list[str], party: int) -> None:
    if can_carry(car, needs, party):
        assert "wheelchair" not in needs or car.takes_wheelchair
        assert set(needs) & AGREED_BEFOREHAND <= set(car.carries)
        assert car.seats is None or car.seats >= party


@given(car=CARS, needs=NEEDS, party=st.integers(1, 8), fewer=st.data())
def test_whoever_needs_less_can_be_taken_as_well(
    car: Car, needs: list[str], party: int, fewer: st.DataObject
) -> None:
    if can_carry(car, needs, party):
        some = fewer.draw(st.lists(st.sampled_from(needs), unique=True)) if needs else []
        assert can_carry(car, some, fewer.draw(st.integers(1, party)))


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ([], ""),
        (["wheelchair"], "wheelchair"),
        (["oxygen", "wheelchair"], "wheelchair and oxygen"),
        (["toilet", "stick"], "walking stick"),
        (["other"], ""),
    ],
)
def test_the_driver_is_told_what_concerns_the_driver(needs: list[str], words: str) -> None:
    assert needs_words(needs) == words


def test_every_need_the_driver_is_told_of_is_one_people_can_say() -> None:
    assert set(IN_WORDS) <= set(TAGS)
    assert for_the_driver(TAGS) == list(IN_WORDS)
