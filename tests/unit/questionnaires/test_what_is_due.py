"""Who is asked what, and when: plans over one person's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.questionnaires.due import Agenda, Why, due, questions
from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.loader import Instruments, load
from wellbeing_bot.questionnaires.plan_file import standard
from wellbeing_bot.questionnaires.plans import (
    Begins,
    Mode,
    PastAsking,
    PersonState,
    Plan,
    Plans,
    Point,
    Quiet,
    Start,
)

SHIPPED = load()
STANDARD = standard(SHIPPED).plans
REFERRED = Start("referral:12", Begins.REFERRAL, date(2026, 9, 8), frozenset({"loneliness"}))
JEAN = PersonState(starts=(REFERRED,))


def at(text: str) -> datetime:
    """A local moment, as it is written on the wall."""
    return STANDARD.local(date.fromisoformat(text[:10]), time.fromisoformat(text[11:]))


def agenda(person: PersonState, when: str, plans: Plans = STANDARD, on: Instruments = SHIPPED) -> Agenda:
    return due(plans, on.on, person, at(when))


def asked(
    *keys: str, on: str = "2026-09-08", mode: Mode = Mode.TEXT, answered: bool = True, open: bool = False
) -> PastAsking:
    names = frozenset(key.partition("/")[0] for key in keys)
    return PastAsking(
        frozenset(keys), names, date.fromisoformat(on), names if answered else frozenset(), mode, open
    )


ENTRY = asked("ons4/referral:12/entry", "ucla3/referral:12/entry")


def test_a_lonely_person_is_asked_ons4_and_loneliness_in_one_go_at_entry() -> None:
    found = agenda(JEAN, "2026-09-08 10:30").ask
    assert found is not None
    assert found.instruments == ("ons4", "ucla3")
    assert {o.key for o in found.covers} == {"ons4/referral:12/entry", "ucla3/referral:12/entry"}
    assert len(questions(found, SHIPPED.on)) == 8


@pytest.mark.parametrize(
    ("concerns", "names"),
    [
        (frozenset[str](), ("ons4",)),
        (frozenset({"money"}), ("ons4",)),
        (frozenset({"loneliness"}), ("ons4", "ucla3")),
        (frozenset({"mental_health"}), ("ons4", "swemwbs")),
        # 4 + 4 + 7 questions are too many for one asking: SWEMWBS waits for the next.
        (frozenset({"mental_health", "loneliness"}), ("ons4", "ucla3")),
    ],
)
def test_the_concern_decides_what_is_asked(
    everything: Instruments, concerns: frozenset[str], names: tuple[str, ...]
) -> None:
    person = PersonState(starts=(replace(REFERRED, concerns=concerns),))
    found = agenda(person, "2026-09-08 10:30", on=everything).ask
    assert found is not None
    assert found.instruments == names


def test_what_did_not_fit_is_asked_when_the_first_asking_is_closed(everything: Instruments) -> None:
    person = PersonState(
        starts=(replace(REFERRED, concerns=frozenset({"mental_health", "loneliness"})),), past=(ENTRY,)
    )
    found = agenda(person, "2026-09-10 10:30", on=everything).ask
    assert found is not None
    assert found.instruments == ("swemwbs",)


def test_an_instrument_that_is_off_is_left_out_and_said_to_be() -> None:
    person = PersonState(starts=(replace(REFERRED, concerns=frozenset({"low_mood"})),))
    found = agenda(person, "2026-09-08 10:30")
    assert found.ask is not None
    assert found.ask.instruments == ("ons4",)
    assert found.left_out == (("swemwbs", Why.OFF),)


def test_twelve_weeks_are_counted_on_the_wall_though_the_clocks_changed_in_between() -> None:
    person = replace(JEAN, past=(ENTRY,))
    waiting = agenda(person, "2026-11-30 12:00")
    assert waiting.ask is None
    assert waiting.look_again == at("2026-12-01 10:30")
    # Summer time at entry, winter time at follow-up: the same hour on the wall, another in UTC.
    assert at("2026-09-08 10:30").astimezone(UTC).time() == time(9, 30)
    assert waiting.look_again.astimezone(UTC).time() == time(10, 30)
    found = agenda(person, "2026-12-01 10:30").ask
    assert found is not None
    assert {o.point for o in found.covers} == {"week_12"}


def test_no_follow_up_where_the_entry_was_never_answered() -> None:
    person = replace(JEAN, past=(replace(ENTRY, answered=frozenset({"ons4"})),))
    found = agenda(person, "2026-12-01 10:30").ask
    assert found is not None
    assert found.instruments == ("ons4",)


def test_follow_up_keeps_the_mode_of_the_entry() -> None:
    person = replace(
        JEAN,
        past=(
            asked("ons4/referral:12/entry", mode=Mode.READ_OUT),
            asked("ucla3/referral:12/entry", mode=Mode.TEXT),
        ),
    )
    found = agenda(person, "2026-12-01 10:30").ask
    assert found is not None
    assert (found.instruments, found.mode) == (("ons4",), Mode.READ_OUT)


@pytest.mark.parametrize(
    ("person", "why", "again"),
    [
        (replace(JEAN, opted_out=True), Why.OPTED_OUT, None),
        (replace(JEAN, no_more=True), Why.NO_MORE, None),
        (replace(JEAN, through_carer=True), Why.NO_PROXY, None),
        (replace(JEAN, paused_until=date(2026, 9, 14)), Why.PAUSED, "2026-09-15 10:30"),
        (replace(JEAN, bereaved_on=date(2026, 9, 1)), Why.BEREAVED, "2026-10-03 10:30"),
        (
            replace(JEAN, paused_until=date(2026, 9, 14), bereaved_on=date(2026, 9, 1)),
            Why.BEREAVED,
            "2026-10-03 10:30",
        ),
        (replace(JEAN, past=(asked("self_rating/x/entry", open=True),)), Why.ONE_AT_A_TIME, None),
    ],
)
def test_somebody_who_should_be_left_alone_is(person: PersonState, why: Why, again: str | None) -> None:
    found = agenda(person, "2026-09-08 10:30")
    assert (found.ask, found.held) == (None, why)
    assert found.look_again == (at(again) if again else None)


def test_somebody_bereaved_last_month_is_asked() -> None:
    assert agenda(replace(JEAN, bereaved_on=date(2026, 8, 7)), "2026-09-08 10:30").ask


def test_somebody_paused_for_too_long_is_not_asked_for_that_point_any_more() -> None:
    person = replace(JEAN, paused_until=date(2026, 10, 10))
    assert agenda(person, "2026-10-11 10:30") == Agenda()


@pytest.mark.parametrize(("age", "names"), [(15, None), (16, ("ons4", "ucla3")), (None, ("ons4", "ucla3"))])
def test_nobody_under_16_is_asked(age: int | None, names: tuple[str, ...] | None) -> None:
    found = agenda(replace(JEAN, age=age), "2026-09-08 10:30")
    assert (found.ask.instruments if found.ask else None) == names
    if names is None:
        assert dict(found.left_out) == {"ons4": Why.TOO_YOUNG, "ucla3": Why.TOO_YOUNG}


@pytest.mark.parametrize(
    ("now", "again"),
    [("2026-09-08 20:00", "2026-09-09 09:00"), ("2026-09-09 08:59", "2026-09-09 09:00")],
)
def test_nothing_is_asked_in_quiet_hours(now: str, again: str) -> None:
    found = agenda(JEAN, now)
    assert (found.ask, found.held, found.look_again) == (None, Why.QUIET_HOURS, at(again))


def test_an_hour_that_falls_in_quiet_hours_is_put_off_to_their_end() -> None:
    early = replace(STANDARD, ask_at=time(6))
    assert agenda(JEAN, "2026-09-07 12:00", early).look_again == at("2026-09-08 09:00")


def test_an_hour_that_the_clocks_skip_is_the_hour_after() -> None:
    assert STANDARD.local(date(2027, 3, 28), time(1, 30)).time() == time(2, 30)


def test_overlapping_plans_ask_the_same_instrument_once() -> None:
    joined = Start("group:3", Begins.GROUP, date(2026, 9, 10), group_kind="walk")
    group_plan = Plan(
        "ons4",
        Begins.GROUP,
        (Point("entry"), Point("week_12", 84, follows="entry")),
        group_kinds=frozenset({"walk"}),
    )
    plans = replace(STANDARD, plans=(*STANDARD.plans, group_plan))
    both = replace(JEAN, starts=(REFERRED, joined))

    together = agenda(both, "2026-09-10 10:30", plans).ask
    assert together is not None
    assert together.instruments == ("ons4", "ucla3")
    assert "ons4/group:3/entry" in {o.key for o in together.covers}

    after = replace(both, past=(ENTRY,))
    assert agenda(after, "2026-09-12 10:30", plans).ask is None
    follow_up = agenda(after, "2026-12-01 10:30", plans).ask
    assert follow_up is not None
    assert follow_up.instruments == ("ons4", "ucla3")
    assert len([o for o in follow_up.covers if o.instrument == "ons4"]) == 2


def test_nothing_is_asked_about_a_group_that_is_not_joined_yet() -> None:
    joining = Start("group:3", Begins.GROUP, date(2026, 9, 12), group_kind="walk")
    plan = Plan("self_rating", Begins.GROUP, (Point("entry"),))
    plans = replace(STANDARD, plans=(*STANDARD.plans, plan))
    found = agenda(replace(JEAN, starts=(REFERRED, joining)), "2026-09-08 10:30", plans).ask
    assert found is not None
    assert "self_rating" not in found.instruments


def test_before_and_after_a_lunch_are_two_askings_of_one_day() -> None:
    lunch = PersonState(starts=(Start("session:7", Begins.SESSION, date(2026, 9, 8), group_kind="lunch"),))
    before = agenda(lunch, "2026-09-08 09:30").ask
    assert before is not None
    assert before.instruments == ("able_to_look_after_health",)
    done = replace(lunch, past=(asked("able_to_look_after_health/session:7/before"),))
    assert agenda(done, "2026-09-08 12:00").look_again == at("2026-09-08 16:00")
    after = agenda(done, "2026-09-08 16:00").ask
    assert after is not None
    assert [o.point for o in after.covers] == ["after"]
    assert agenda(lunch, "2026-09-08 11:30") == Agenda(), "the lunch has begun: too late to ask before it"


def test_the_next_lunch_of_the_week_is_asked_about_as_well() -> None:
    starts = tuple(
        Start(f"session:{n}", Begins.SESSION, date(2026, 9, n), group_kind="lunch") for n in (8, 10)
    )
    done = (
        asked("able_to_look_after_health/session:8/before"),
        asked("able_to_look_after_health/session:8/after"),
    )
    found = agenda(PersonState(starts, done), "2026-09-10 09:30").ask
    assert found is not None
    assert [o.key for o in found.covers] == ["able_to_look_after_health/session:10/before"]


def test_a_typed_in_instrument_is_never_sent() -> None:
    plans = replace(STANDARD, plans=(Plan("pam", Begins.REFERRAL, (Point("entry"),)),))
    found = agenda(JEAN, "2026-09-08 10:30", plans)
    assert (found.ask, found.left_out) == (None, (("pam", Why.OFF),))


@pytest.mark.parametrize(
    ("quiet", "local", "expected"),
    [
        (Quiet(), "2026-09-08 19:59", "2026-09-08 19:59"),
        (Quiet(), "2026-09-08 20:00", "2026-09-09 09:00"),
        (Quiet(), "2026-09-09 03:00", "2026-09-09 09:00"),
        (Quiet(), "2026-09-09 09:00", "2026-09-09 09:00"),
        (Quiet(time(1), time(6)), "2026-09-09 03:00", "2026-09-09 06:00"),
        (Quiet(time(1), time(6)), "2026-09-09 23:00", "2026-09-09 23:00"),
    ],
)
def test_quiet_hours_end_in_the_morning(quiet: Quiet, local: str, expected: str) -> None:
    assert quiet.after(at(local)) == at(expected)


@given(
    days=st.integers(0, 200),
    hour=st.integers(0, 23),
    starts=st.lists(
        st.tuples(
            st.sampled_from(list(Begins)), st.integers(0, 120), st.sampled_from(["lunch", "walk", None])
        ),
        max_size=4,
    ),
    paused=st.none() | st.integers(0, 60),
    open=st.booleans(),
)
def test_nobody_is_ever_asked_out_of_hours_or_twice_at_once(
    days: int,
    hour: int,
    starts: list[tuple[Begins, int, str | None]],
    paused: int | None,
    open: bool,
) -> None:
    first = date(2026, 9, 1)
    now = STANDARD.local(first + timedelta(days=days), time(hour))
    person = PersonState(
        starts=tuple(
            Start(f"{b}:{n}", b, first + timedelta(days=d), frozenset({"loneliness"}), kind)
            for n, (b, d, kind) in enumerate(starts)
        ),
        past=(asked("self_rating/x/entry", open=True),) if open else (),
        paused_until=first + timedelta(days=paused) if paused is not None else None,
    )
    on: dict[str, Instrument] = dict(SHIPPED.on)
    found = due(STANDARD, on, person, now)
    if found.look_again:
        assert found.look_again > now
    if found.ask:
        assert not open
        assert 9 <= hour < 20
        assert not person.paused_until or person.paused_until < now.date()
        assert len(set(found.ask.instruments)) == len(found.ask.instruments)
        assert len(questions(found.ask, on)) <= STANDARD.most_questions
        assert all(o.until > now for o in found.ask.covers)
