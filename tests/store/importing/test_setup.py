"""One document sets up everything a story needs, as if it had come about by the start."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.store.importing.conftest import MONDAY
from tests.store.importing.documents import base, jean
from wellbeing_bot.messages import Address
from wellbeing_bot.service.importing.setup import SetUp, apply_setup, setup_start
from wellbeing_bot.service.people import may_text, people_at, proxies_of, reach
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import (
    AddressRow,
    Agreement,
    Answer,
    Asking,
    Group,
    Hold,
    Interest,
    Meeting,
    Membership,
    Network,
    OutboundRow,
    Person,
    Place,
    Referral,
    Reminder,
    Ride,
    Session_,
    Task,
)
from wellbeing_bot.store.states import (
    AskingState,
    MeetingState,
    PlaceState,
    ReferralState,
    RideState,
    SessionState,
    Urgency,
)

PAGE = Path(__file__).parents[3] / "docs" / "simulator-setup.md"


def example() -> str:
    """The document of the documentation."""
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def set_up(session: Session, deployment: Deployment) -> SetUp:
    return apply_setup(session, example(), MONDAY, deployment)


@pytest.fixture
def work(session: Session, deployment: Deployment, set_up: SetUp) -> Work:
    return Work(session, MONDAY, deployment, session.scalars(select(Network)).one())


def due(session: Session, person: int) -> dict[str, datetime]:
    """What is due about somebody: kind -> when."""
    rows = session.scalars(select(Reminder).where(Reminder.person_id == person))
    return {row.kind: row.due_at for row in rows}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_somebody_booked_has_all_her_reminders(session: Session, set_up: SetUp) -> None:
    place = session.scalars(select(Place).where(Place.person_id == set_up.people["jean"])).one()

    assert place.session_id == set_up.sessions["this-walk"]
    assert (place.state, place.first_time, place.wants_meeting) == (PlaceState.BOOKED, True, True)
    assert due(session, set_up.people["jean"]) == {
        "day_before": at(25, 9),
        "morning": at(26, 8),
        "ask_patient": at(26, 13),
        "settle_place": at(28, 11),
        "questionnaire_look": at(23, 10, 30),
    }


def test_her_champion_has_his(session: Session, set_up: SetUp) -> None:
    meeting = session.scalars(select(Meeting)).one()

    assert (meeting.champion_id, meeting.state) == (set_up.people["amir"], MeetingState.ACCEPTED)
    assert due(session, set_up.people["amir"]) == {
        "champion_day_before": at(25, 9),
        "ask_champion": at(26, 11, 30),
    }


def test_a_regular_has_been_and_is_expected_again(session: Session, set_up: SetUp) -> None:
    walter = set_up.people["walter"]
    places = session.scalars(
        select(Place).join(Session_).where(Place.person_id == walter).order_by(Session_.starts_at)
    ).all()

    assert [(place.state, place.first_time, place.source) for place in places] == [
        (PlaceState.ATTENDED, True, "self"),
        (PlaceState.BOOKED, False, "member"),
    ]
    assert places[0].session.starts_at == at(19, 10)
    assert session.scalars(select(Membership.person_id)).all() == [walter]


def test_a_questionnaire_stands_half_answered(session: Session, set_up: SetUp) -> None:
    asking = session.scalars(select(Asking)).one()
    answers = {row.item: (row.number, row.skipped) for row in session.scalars(select(Answer))}
    referral = session.scalars(select(Referral).where(Referral.person_id == set_up.people["walter"])).one()

    assert (asking.state, asking.version, asking.referral_id) == (AskingState.OPEN, "1.0", referral.id)
    assert asking.opened_at == MONDAY - timedelta(days=1)
    assert asking.covers == [f"ons4/referral:{referral.id}/entry"]
    assert answers == {"satisfied": (4, False), "worthwhile": (None, True)}


def test_two_people_share_a_phone(work: Work, set_up: SetUp) -> None:
    shared = work.session.scalars(select(AddressRow).where(AddressRow.value == "+447700900003")).one()

    assert [person.key for person in people_at(work, shared)] == ["stan", "mavis"]
    mavis = work.session.get_one(Person, set_up.people["mavis"])
    assert [person.key for person in proxies_of(work, mavis)] == ["stan"]


def test_phones_are_reached_or_not_as_the_document_says(work: Work, set_up: SetUp) -> None:
    def address_of(key: str) -> AddressRow | None:
        return reach(work, work.session.get_one(Person, set_up.people[key]))

    assert str(address_of("beryl")) == "telegram:200"
    assert address_of("edith") is None
    assert address_of("tom") is None
    grace = address_of("grace")
    assert grace is not None
    assert grace.unsafe
    assert may_text(grace)
    assert set_up.behaviours == {Address("sms", "+447700900004"): "landline"}


def test_agreement_referral_hold_interest_and_tasks_are_on_record(session: Session, set_up: SetUp) -> None:
    agreed = set(session.scalars(select(Agreement.person_id)))
    assert set_up.people["jean"] in agreed
    assert set_up.people["edith"] not in agreed
    jean = session.scalars(select(Referral).where(Referral.person_id == set_up.people["jean"])).one()
    assert (jean.state, jean.referrer, jean.concerns) == (ReferralState.BOOKED, "Dr Okafor", ["loneliness"])
    assert jean.link_worker_id == set_up.people["marcus"]
    assert jean.opened_at == jean.booked_at == MONDAY - timedelta(days=9)
    assert session.scalars(select(Hold.person_id)).all() == [set_up.people["grace"]]
    assert session.scalars(select(Interest.person_id)).all() == [set_up.people["beryl"]]
    tasks = {row.kind: (row.person_id, row.urgency) for row in session.scalars(select(Task))}
    assert tasks["urgent_words"] == (set_up.people["grace"], Urgency.URGENT)
    assert tasks["checks_expiring"] == (set_up.people["amir"], Urgency.ROUTINE)


def test_a_ride_is_confirmed_with_its_window(session: Session, set_up: SetUp) -> None:
    ride = session.scalars(select(Ride)).one()

    assert (ride.state, ride.window_from, ride.window_until) == (RideState.CONFIRMED, "11:40", "12:00")
    assert ride.person_id == set_up.people["beryl"]
    assert ride.provider_id is not None


def test_sessions_are_the_schedules_and_the_documents(session: Session, set_up: SetUp) -> None:
    talk = session.get_one(Session_, set_up.sessions["talk"])
    walks = session.scalars(
        select(Session_).join(Group).where(Group.key == "walk", Session_.starts_at > MONDAY)
    ).all()

    assert (talk.starts_at, talk.meeting_point) == (datetime(2026, 12, 4, 14, 0, tzinfo=UTC), "the stage")
    assert talk.ends_at - talk.starts_at == timedelta(minutes=45)
    assert len(walks) == 8


def test_nothing_is_sent_by_a_set_up(session: Session, set_up: SetUp) -> None:
    assert session.scalar(select(func.count()).select_from(OutboundRow)) == 0


def test_the_start_is_on_the_networks_clocks() -> None:
    assert setup_start(example(), datetime(2030, 1, 1, tzinfo=UTC)) == MONDAY
    summer = {"start": "2026-07-01T09:00", "network": {"slug": "a", "name": "A"}}
    assert setup_start(summer, MONDAY) == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert setup_start({"network": {}}, MONDAY) == MONDAY


@pytest.mark.parametrize("state", [state.value for state in PlaceState if state is not PlaceState.OFFERED])
def test_a_place_may_be_in_any_state(session: Session, deployment: Deployment, state: str) -> None:
    apply_setup(session, jean(places=[{"group": "walk", "state": state}]), MONDAY, deployment)

    place = session.scalars(select(Place)).one()
    assert place.state is PlaceState(state)
    assert bool(due(session, place.person_id)) == place.state.coming


@pytest.mark.parametrize(
    ("on", "starts"),
    [
        ("next", at(26, 10)),
        ("next+2", datetime(2026, 12, 10, 10, 0, tzinfo=UTC)),
        ("last", at(19, 10)),
        ("last-1", at(12, 10)),
        ("2026-11-26", at(26, 10)),
        ("+10 days", datetime(2026, 12, 3, 10, 0, tzinfo=UTC)),
        ("2026-06-04", datetime(2026, 6, 4, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_place_says_which_session_it_is_on(
    session: Session, deployment: Deployment, on: str, starts: datetime
) -> None:
    apply_setup(session, jean(places=[{"group": "walk", "on": on}]), MONDAY, deployment)

    assert session.scalars(select(Place)).one().session.starts_at == starts


def test_a_place_declined_is_withdrawn_by_themselves(session: Session, deployment: Deployment) -> None:
    apply_setup(session, jean(places=[{"group": "walk", "state": "declined"}]), MONDAY, deployment)

    place = session.scalars(select(Place)).one()
    assert (place.state, place.why_off) == (PlaceState.WITHDRAWN, "declined")


def test_a_session_called_off_stays_off(session: Session, deployment: Deployment) -> None:
    off = [{"key": "off", "group": "walk", "on": "2026-11-26", "state": "called_off", "why_off": "ice"}]

    made = apply_setup(session, base(sessions=off), MONDAY, deployment)

    row = session.get_one(Session_, made.sessions["off"])
    assert (row.state, row.why_off) == (SessionState.CALLED_OFF, "ice")


def test_several_networks_stand_side_by_side(session: Session, deployment: Deployment) -> None:
    other = base(network={"slug": "b", "name": "B"}, lines=[{"sms": "+447700900009"}], people=[])
    other["people"] = [{"key": "ann", "first_name": "Ann", "phone": "+447700900001"}]

    made = apply_setup(session, {"networks": [base(), other]}, MONDAY, deployment)

    assert set(made.networks) == {"a", "b"}
    ann, jean_row = (session.get_one(Person, made.people[key]) for key in ("ann", "jean"))
    assert ann.network_id != jean_row.network_id
    assert session.scalar(select(func.count()).select_from(AddressRow)) == 2
