"""What cannot be done at the desk is said, with what to do instead, and changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.story import Story
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.store import Group, Invitation, Person, Place, Ride, RideProvider, Session_
from wellbeing_bot.store.states import RideState

LONDON = ZoneInfo("Europe/London")


def lunch_of(story: Story) -> int:
    with story.app.database.reading() as session:
        return (
            session.scalars(
                select(Session_.id)
                .join(Group, Group.id == Session_.group_id)
                .where(Group.key == "lunch")
                .order_by(Session_.starts_at)
            ).first()
            or 0
        )


def person(story: Story, name: str) -> int:
    with story.app.database.reading() as session:
        return session.scalars(select(Person.id).where(Person.first_name == name)).one()


def booked(story: Story, name: str) -> int:
    """A place at Wednesday's lunch."""
    made = story.desk("book", person=person(story, name), session=lunch_of(story))
    assert isinstance(made["place"], int)
    return made["place"]


def asked(story: Story, name: str = "Jean") -> int:
    """A lift asked for at the desk."""
    made = story.desk("request_ride", place=booked(story, name), pick_up="4 Mill Lane, Seabank")
    assert isinstance(made["ride"], int)
    return made["ride"]


def state(story: Story, ride: int) -> RideState:
    with story.app.database.reading() as session:
        return session.get_one(Ride, ride).state


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({}, "needs a pick-up time"),
        ({"until": "11:45"}, "needs a pick-up time"),
        ({"from": "11:45", "until": "11:15"}, "ends before it begins"),
        ({"from": "12:30"}, "too late"),
        ({"from": "12:00", "until": "12:45"}, "too late"),
        ({"from": "quarter past"}, "time of day"),
        ({"from": "11:15", "provider": 99}, "no ride provider 99"),
    ],
)
def test_a_lift_is_not_confirmed_with_a_time_that_cannot_be(
    story: Story, args: dict[str, Any], says: str
) -> None:
    ride = asked(story)
    with pytest.raises(DeskError, match=says):
        story.desk("confirm_ride", ride=ride, **args)
    assert state(story, ride) is RideState.REQUESTED


def test_a_lift_that_is_not_needed_any_more_takes_no_answer(story: Story) -> None:
    ride = asked(story)
    story.desk("withdraw_ride", ride=ride)
    for action, args in (("confirm_ride", {"from": "11:15"}), ("refuse_ride", {}), ("ask_drivers", {})):
        with pytest.raises(DeskError, match=r"not needed any more|with a driver already"):
            story.desk(action, ride=ride, **args)


def test_a_lift_needs_a_place_and_a_way(story: Story) -> None:
    place = booked(story, "Jean")
    with pytest.raises(DeskError, match="there, home, or both"):
        story.desk("request_ride", place=place, pick_up="4 Mill Lane", there=False, back=False)
    story.desk("withdraw", place=place)
    with pytest.raises(DeskError, match="book it first"):
        story.desk("request_ride", place=place, pick_up="4 Mill Lane")


def test_an_address_is_a_different_sort_of_thing_from_a_number(story: Story) -> None:
    with pytest.raises(DeskError, match="must be text"):
        story.desk("request_ride", place=booked(story, "Jean"), pick_up=4)


@pytest.mark.parametrize(
    "answers", [["11:15"], [{"from": "11:15"}], [{"ride": "one"}], [{"ride": 1, "from": "soon"}]]
)
def test_answers_that_are_none_are_refused(story: Story, answers: list[Any]) -> None:
    asked(story)
    with story.app.database.reading() as session:
        provider = session.scalars(select(RideProvider.id)).one()
    with pytest.raises(DeskError):
        story.desk("lift_answers", session=lunch_of(story), provider=provider, answers=answers)


def test_an_answer_for_a_lift_that_is_on_no_list_of_theirs_is_counted_and_left(story: Story) -> None:
    ride = asked(story)
    with story.app.database.reading() as session:
        provider = session.scalars(select(RideProvider.id)).one()
    told = story.desk(
        "lift_answers",
        session=lunch_of(story),
        provider=provider,
        answers=[{"ride": ride, "from": "11:15", "until": "11:45"}],
    )
    assert told["gone"] == 1
    assert state(story, ride) is RideState.REQUESTED


@pytest.mark.parametrize(("at", "says"), [("2026-11-25T12:00", "outside"), ("2026-11-25T13:30", "outside")])
def test_a_slot_lies_within_its_session(story: Story, at: str, says: str) -> None:
    with pytest.raises(DeskError, match=says):
        story.desk("add_slot", session=lunch_of(story), what="blood pressure check", at=at)


def test_a_slot_is_for_so_many_and_no_more(story: Story) -> None:
    made = story.desk("add_slot", session=lunch_of(story), what="blood pressure check", at="2026-11-25T12:40")
    story.desk("book_slot", place=booked(story, "Jean"), slot=made["slot"])
    with pytest.raises(DeskError, match="taken"):
        story.desk("book_slot", place=booked(story, "Tom"), slot=made["slot"])


def test_a_slot_of_one_lunch_is_not_for_a_place_at_another(story: Story) -> None:
    made = story.desk("add_slot", session=lunch_of(story), what="blood pressure check", at="2026-11-25T12:40")
    with story.app.database.reading() as session:
        walk = session.scalars(
            select(Session_.id).join(Group).where(Group.key == "harbour-walk").order_by(Session_.starts_at)
        ).first()
    place = story.desk("book", person=person(story, "Jean"), session=walk)["place"]
    with pytest.raises(DeskError, match="another session"):
        story.desk("book_slot", place=place, slot=made["slot"])


def test_the_same_slot_twice_is_one_slot(story: Story) -> None:
    slots = [
        story.desk("add_slot", session=lunch_of(story), what="falls talk", at="2026-11-25T12:40")["slot"]
        for _ in range(2)
    ]
    assert slots[0] == slots[1]


def test_nobody_checks_in_on_another_day(story: Story) -> None:
    place = booked(story, "Jean")
    with pytest.raises(DeskError, match="not today"):
        story.desk("check_in", place=place)
    story.until(datetime(2026, 11, 25, 12, 20, tzinfo=LONDON))
    assert story.desk("check_in", place=place)["state"] == "attended"


@pytest.mark.parametrize("people", [["Jean"], [True], [99]])
def test_only_people_who_are_there_are_invited(story: Story, people: list[Any]) -> None:
    with pytest.raises(DeskError):
        story.desk("invite", session=lunch_of(story), people=people)
    with story.app.database.reading() as session:
        assert session.scalar(select(Invitation.id)) is None


def test_everybody_on_the_list_is_counted_once(story: Story) -> None:
    jean, tom, mary = (person(story, name) for name in ("Jean", "Tom", "Mary"))
    booked(story, "Tom")
    told = story.desk("invite", session=lunch_of(story), people=[jean, jean, tom, mary])
    assert (told["invited"], told["already"], told["before"]) == (2, 1, 0)
    told = story.desk("invite", session=lunch_of(story), people=[jean, mary])
    assert (told["invited"], told["before"]) == (0, 2)


def test_a_companion_who_does_not_fit_never_costs_the_person_their_place(story: Story) -> None:
    place = booked(story, "Jean")
    booked(story, "Tom")
    told = story.desk("set_party", place=place, people=2)
    assert told == {"place": place, "people": 1, "fits": False}
    with pytest.raises(DeskError, match="one person or more"):
        story.desk("set_party", place=place, people=0)
    with story.app.database.reading() as session:
        assert session.get_one(Place, place).state.coming


def test_a_lift_that_is_not_ours_does_not_exist(story: Story) -> None:
    with pytest.raises(DeskError, match="there is no ride 77"):
        story.desk("confirm_ride", ride=77, **{"from": "11:15"})
