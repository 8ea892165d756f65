"""One asking by text: purpose, questions, nudges, silence, and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.questionnaires.asking import (
    AskingState,
    Close,
    Closed,
    Nudge,
    Rules,
    SendPurpose,
    SendQuestion,
    Step,
    Wait,
    accepts,
    answered,
    back,
    did,
    end,
    heard,
    hold,
    next_step,
    resume,
)

TUESDAY = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)
OPENED = AskingState(opened_at=TUESDAY, questions=4)
ASKED = replace(OPENED, purpose_sent=True, question_out=True, last_prompt_at=TUESDAY, unanswered=1)
HALF_WAY = replace(ASKED, position=2)


def steps(asking: AskingState, now: datetime) -> tuple[list[Step], AskingState]:
    """Carry out everything there is to do at one moment."""
    done: list[Step] = []
    while not isinstance(step := next_step(asking, now), Wait):
        done.append(step)
        asking = did(asking, step, now)
    return done, asking


def in_silence(asking: AskingState) -> list[tuple[float, Step]]:
    """What is sent, and after how many days, when nobody answers for a month."""
    sent = []
    for hours in range(30 * 24):
        now = asking.opened_at + timedelta(hours=hours)
        done, asking = steps(asking, now)
        sent += [(hours / 24, step) for step in done]
    return sent


def test_the_purpose_comes_first_and_the_first_question_straight_after() -> None:
    done, asking = steps(OPENED, TUESDAY)
    assert done == [SendPurpose(), SendQuestion(0)]
    assert accepts(asking, 0, TUESDAY)


def test_one_question_a_text_to_the_end() -> None:
    _, asking = steps(OPENED, TUESDAY)
    sent: list[Step] = []
    for minute in range(1, 5):
        now = TUESDAY + timedelta(minutes=minute)
        done, asking = steps(answered(asking, now), now)
        sent += done
    assert sent == [SendQuestion(1), SendQuestion(2), SendQuestion(3), Close(Closed.COMPLETE)]
    assert asking.closed is Closed.COMPLETE
    assert next_step(asking, TUESDAY + 20 * DAY) == Wait()


def test_not_begun_is_nudged_once_after_three_days_and_closed_after_fourteen() -> None:
    assert in_silence(OPENED) == [
        (0, SendPurpose()),
        (0, SendQuestion(0)),
        (3, Nudge(0)),
        (14, Close(Closed.INCOMPLETE)),
    ]


def test_half_way_and_silent_is_nudged_once_after_a_day() -> None:
    assert in_silence(HALF_WAY) == [(1, Nudge(2)), (14, Close(Closed.INCOMPLETE))]


def test_each_kind_of_nudge_comes_once_however_often_they_fall_silent() -> None:
    _, asking = steps(ASKED, TUESDAY + 3 * DAY)
    asking = answered(asking, TUESDAY + 4 * DAY)
    done, asking = steps(asking, TUESDAY + 4 * DAY)
    assert done == [SendQuestion(1)]
    done, asking = steps(asking, TUESDAY + 5 * DAY)
    assert done == [Nudge(1)]
    done, asking = steps(answered(asking, TUESDAY + 6 * DAY), TUESDAY + 6 * DAY)
    assert done == [SendQuestion(2)]
    assert steps(asking, TUESDAY + 13 * DAY)[0] == []


def test_resumed_after_three_days_the_answer_is_filed_where_they_were() -> None:
    later = TUESDAY + 3 * DAY
    assert accepts(HALF_WAY, 2, later)
    assert not accepts(HALF_WAY, 1, later)
    assert not accepts(HALF_WAY, 3, later)
    assert next_step(answered(HALF_WAY, later), later) == SendQuestion(3)


def test_coming_back_with_other_words_gets_the_same_question_again() -> None:
    later = TUESDAY + 3 * DAY
    assert next_step(resume(HALF_WAY, later), later) == SendQuestion(2)


@pytest.mark.parametrize("asking", [ASKED, HALF_WAY])
def test_a_late_answer_is_filed_nowhere(asking: AskingState) -> None:
    late = TUESDAY + 14 * DAY
    assert not accepts(asking, asking.position, late), "before the tick that closes it"
    _, closed = steps(asking, late)
    assert closed.closed is Closed.INCOMPLETE
    assert not accepts(closed, asking.position, late)


def test_no_more_ends_the_questions_at_once() -> None:
    asking = end(HALF_WAY, Closed.NO_MORE)
    assert next_step(asking, TUESDAY) == Wait()
    assert not accepts(asking, 2, TUESDAY)
    assert end(asking, Closed.CALLED_OFF).closed is Closed.NO_MORE


def test_stop_in_the_middle_and_start_a_week_later_goes_on_where_they_were() -> None:
    stopped = hold(HALF_WAY, TUESDAY + 365 * DAY)
    assert next_step(stopped, TUESDAY + 3 * DAY) == Wait(TUESDAY + 14 * DAY)
    back = resume(stopped, TUESDAY + 7 * DAY)
    assert next_step(back, TUESDAY + 7 * DAY) == SendQuestion(2)


def test_stopped_for_good_is_closed_as_incomplete() -> None:
    stopped = hold(HALF_WAY, TUESDAY + 365 * DAY)
    assert next_step(stopped, TUESDAY + 14 * DAY) == Close(Closed.INCOMPLETE)


def test_come_back_later_is_kept_to_and_an_answer_meanwhile_is_still_filed() -> None:
    later = hold(heard(HALF_WAY, TUESDAY), TUESDAY + 2 * DAY)
    assert next_step(later, TUESDAY + DAY) == Wait(TUESDAY + 2 * DAY)
    assert next_step(later, TUESDAY + 2 * DAY) == SendQuestion(2)
    assert accepts(later, 2, TUESDAY + DAY)
    assert next_step(answered(later, TUESDAY + DAY), TUESDAY + DAY) == SendQuestion(3)


def test_a_question_repeated_after_a_pause_is_the_second_prompt_and_the_last() -> None:
    paused = hold(HALF_WAY, TUESDAY + 2 * DAY)
    done, asking = steps(paused, TUESDAY + 2 * DAY)
    assert done == [SendQuestion(2)]
    assert next_step(asking, TUESDAY + 5 * DAY) == Wait(TUESDAY + 14 * DAY), "no nudge on top of it"


def test_somebody_nudged_and_then_paused_is_not_asked_a_third_time() -> None:
    _, nudged = steps(HALF_WAY, TUESDAY + DAY)
    paused = hold(nudged, TUESDAY + 4 * DAY)
    assert next_step(paused, TUESDAY + 5 * DAY) == Wait(TUESDAY + 14 * DAY)


def test_words_of_care_hold_back_the_next_question() -> None:
    caring = hold(answered(HALF_WAY, TUESDAY), TUESDAY + DAY)
    assert next_step(caring, TUESDAY) == Wait(TUESDAY + DAY)
    assert next_step(caring, TUESDAY + DAY) == SendQuestion(3)


def test_a_person_texting_at_night_is_answered_and_a_silent_one_is_not_woken() -> None:
    night = TUESDAY.replace(hour=22)
    assert next_step(answered(HALF_WAY, night), night) == SendQuestion(3)
    assert next_step(OPENED, night) == Wait(datetime(2026, 3, 4, 9, tzinfo=UTC))
    asked_late = replace(HALF_WAY, last_prompt_at=night)
    assert next_step(asked_late, night + DAY) == Wait(datetime(2026, 3, 5, 9, tzinfo=UTC))


def test_a_nudge_that_fell_due_long_ago_still_waits_for_the_morning() -> None:
    early = (TUESDAY + 6 * DAY).replace(hour=3)
    assert next_step(HALF_WAY, early) == Wait(early.replace(hour=9, minute=0))


def test_a_question_before_a_lunch_closes_with_the_lunch() -> None:
    noon = TUESDAY.replace(hour=12)
    asking = replace(ASKED, closes_at=noon)
    assert next_step(asking, TUESDAY) == Wait(noon)
    assert next_step(asking, noon) == Close(Closed.INCOMPLETE)
    assert not accepts(asking, 0, noon)


ACTIONS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from(["nothing", "answer", "chat", "resume", "later", "pause", "no more"]),
    ),
    max_size=40,
)


@given(ACTIONS)
def test_never_more_than_two_unanswered_prompts_in_a_row(actions: list[tuple[int, str]]) -> None:
    asking, now, unanswered, nudges = OPENED, TUESDAY, 0, 0
    for hours, action in actions:
        now += timedelta(hours=hours)
        if asking.closed is None and action not in {"nothing", "pause"}:
            unanswered = 0
        if action == "answer" and accepts(asking, asking.position, now):
            asking = answered(asking, now)
        elif asking.closed is None and action == "chat":
            asking = heard(asking, now)
        elif asking.closed is None and action == "resume":
            asking = resume(asking, now)
        elif asking.closed is None and action == "later":
            asking = hold(heard(asking, now), now + DAY)
        elif asking.closed is None and action == "pause":
            asking = hold(asking, now + DAY)
        elif action == "no more":
            asking = end(asking, Closed.NO_MORE)
        done, after = steps(asking, now)
        unanswered += sum(isinstance(step, SendQuestion | Nudge) for step in done)
        nudges += sum(isinstance(step, Nudge) for step in done)
        assert unanswered <= Rules().most_unanswered
        assert nudges <= 2
        assert after.position == asking.position
        assert asking.closed is None or not done
        assert after.closed or now < TUESDAY + 14 * DAY
        asking = after


def test_back_opens_the_question_before_and_then_this_one_again() -> None:
    later = TUESDAY + DAY
    done, asking = steps(back(HALF_WAY, later), later)
    assert done == [SendQuestion(1)]
    assert steps(answered(asking, later), later)[0] == [SendQuestion(2)]


def test_back_from_the_first_question_stays_there() -> None:
    assert back(ASKED, TUESDAY).position == 0
