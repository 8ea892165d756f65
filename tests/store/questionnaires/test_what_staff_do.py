"""Desk actions of questionnaires: what they refuse and why, and what they leave on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store.questionnaires.conftest import answers_of, person_id
from tests.story import Story
from tests.story_questionnaires import ACTS
from wellbeing_bot.questionnaires.processes import balancing
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.questionnaires.figures import balancing_rows
from wellbeing_bot.store import Asking, Network, Person, Task
from wellbeing_bot.store.states import AskingState

FULL = ["satisfied=6", "worthwhile=7", "happy=5", "anxious=3"]


def _stopped(story: Story) -> None:
    story.text("Jean", "STOP")


def _said_no_more(story: Story) -> None:
    story.until(datetime(2026, 11, 23, 10, 30, tzinfo=UTC))
    story.text("Jean", "no more questions")


def _being_asked(story: Story) -> None:
    story.until(datetime(2026, 11, 23, 10, 30, tzinfo=UTC))


def _paused(story: Story) -> None:
    story.desk("pause", person=person_id(story), until="2026-12-01")


def _bereaved(story: Story) -> None:
    ACTS["bereaved"](story, "Jean")


def _under_16(story: Story) -> None:
    def young(session: Session) -> None:
        session.get_one(Person, person_id(story)).under_16 = True

    story.app.database.run(young)


def _held(story: Story) -> None:
    story.desk("hold", person=person_id(story))


def _with_a_carer(story: Story) -> None:
    ACTS["carer"](story, "Tom", "Jean")


def _beside_somebody_who_is_asked(story: Story) -> None:
    ACTS["shares"](story, "Tom", "Jean")
    story.desk("start_questionnaire", person=person_id(story, "Tom"), instrument="ons4")


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (_stopped, "START"),
        (_said_no_more, "NO MORE"),
        (_being_asked, "being asked already"),
        (_paused, "paused"),
        (_bereaved, "bereaved"),
        (_under_16, "under 16"),
        (_held, "hand it back"),
        (_with_a_carer, "carer"),
        (_beside_somebody_who_is_asked, "same phone"),
    ],
)
def test_nobody_is_asked_who_is_to_be_left_in_peace(
    story: Story, before: Callable[[Story], None], why: str
) -> None:
    before(story)
    with pytest.raises(DeskError, match=why):
        story.desk("start_questionnaire", person=person_id(story), instrument="ons4")


@pytest.mark.parametrize(
    ("action", "args", "why"),
    [
        ("start_questionnaire", {"instrument": "ons5"}, "ons5"),
        ("start_questionnaire", {"instrument": "swemwbs"}, "Warwick"),
        ("start_questionnaire", {"instrument": "pam"}, "type its score in"),
        ("read_out_answers", {"instrument": "pam", "answers": ["level=2"]}, "type its score in"),
        ("read_out_answers", {"instrument": "ons4", "answers": ["satisfied=6"]}, "worthwhile"),
        ("read_out_answers", {"instrument": "ons4", "answers": [*FULL, "joy=3"]}, "joy"),
        ("read_out_answers", {"instrument": "ons4", "answers": [*FULL, "happy=3"]}, "twice"),
        ("read_out_answers", {"instrument": "ons4", "answers": ["satisfied=11", *FULL[1:]]}, "0 to 10"),
        ("read_out_answers", {"instrument": "ons4", "answers": ["satisfied", *FULL[1:]]}, "item=value"),
        ("read_out_answers", {"instrument": "ons4", "answers": ["satisfied=lots", *FULL[1:]]}, "number"),
        ("read_out_answers", {"instrument": "ons4", "answers": []}, "at least one"),
        ("type_in_score", {"instrument": "ons4", "scores": ["satisfied=3"]}, "questions of its own"),
        ("type_in_score", {"instrument": "pam", "scores": ["level=5"]}, "1 to 4"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(
    story: Story, action: str, args: dict[str, Any], why: str
) -> None:
    with pytest.raises(DeskError, match=why):
        story.desk(action, person=person_id(story), **args)
    with story.app.database.reading() as session:
        assert not session.scalars(select(Asking)).all()


def test_answers_that_were_read_out_are_kept_with_the_way_they_were_given(story: Story) -> None:
    kept = story.desk("read_out_answers", person=person_id(story), instrument="ons4", answers=FULL)
    assert answers_of(story, "ons4", "entry") == {"satisfied": 6, "worthwhile": 7, "happy": 5, "anxious": 3}
    with story.app.database.reading() as session:
        row = session.get_one(Asking, kept["asking"])
        assert (row.mode, row.state, row.how_closed) == (
            "read_out_by_staff",
            AskingState.COMPLETE,
            "complete",
        )


def test_what_was_read_out_at_entry_is_not_texted_by_the_plan(story: Story) -> None:
    story.desk("read_out_answers", person=person_id(story), instrument="ons4", answers=FULL)
    story.until(story.now + timedelta(days=20))
    assert not [row for row in story.new_messages() if row.key.startswith("questionnaire")]


def test_a_worrying_answer_that_was_read_out_raises_a_task(story: Story) -> None:
    story.desk(
        "read_out_answers",
        person=person_id(story),
        instrument="ons4",
        answers=["satisfied=0", "worthwhile=5", "happy=5", "anxious=5"],
    )
    assert "urgent_answer" in [task.kind for task in story.new_tasks()]


def test_ending_it_keeps_the_answers_and_says_nothing(story: Story) -> None:
    _being_asked(story)
    story.text("Jean", "6")
    story.new_messages()
    story.desk("end_questionnaire", person=person_id(story))
    assert answers_of(story, "ons4", "entry") == {"satisfied": 6}
    story.until(story.now + timedelta(days=30))
    assert not story.new_messages()
    with story.app.database.reading() as session:
        assert session.scalars(select(Asking)).one().state is AskingState.WITHDRAWN
        assert not session.scalars(select(Task).where(Task.kind == "result_in")).all()


def test_a_quotation_is_kept_with_consent_and_let_go_without(story: Story) -> None:
    asking = story.desk("read_out_answers", person=person_id(story), instrument="ons4", answers=FULL)[
        "asking"
    ]
    with pytest.raises(DeskError, match="words"):
        story.desk("keep_quotation", asking=asking, consent=True)
    story.desk("keep_quotation", asking=asking, consent=True, text="The walks.")
    story.desk("keep_quotation", asking=asking, consent=False)
    with story.app.database.reading() as session:
        row = session.get_one(Asking, asking)
        assert (row.quotation, row.quotation_consent) == ("", False)


def test_a_measure_typed_in_again_takes_the_place_of_the_first(story: Story) -> None:
    for month, value in (("2026-10-05", "40"), ("2026-11-02", "1,042.5"), ("2026-11-30", "39")):
        story.desk("balancing_measure", name="GP appointments", month=month, value=value)
    with story.app.database.reading() as session:
        series = balancing(balancing_rows(session, session.scalars(select(Network)).all()))
    months = series["seabank", "GP appointments"]
    assert [(month.isoformat(), value) for month, value in months] == [("2026-10-01", 40), ("2026-11-01", 39)]


@pytest.mark.parametrize(("name", "value"), [("GP appointments", "many"), ("  ", "4")])
def test_a_measure_needs_a_name_and_a_number(story: Story, name: str, value: str) -> None:
    with pytest.raises(DeskError):
        story.desk("balancing_measure", name=name, month="2026-11-02", value=value)
