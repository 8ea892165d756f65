"""Settings of a network, and what is already on record when the service starts to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store.questionnaires.conftest import answers_of, person_id
from tests.story import Story
from wellbeing_bot.questionnaires.problems import FileErrors
from wellbeing_bot.service.questionnaires.adopting import adopt
from wellbeing_bot.service.questionnaires.library import Library
from wellbeing_bot.service.questionnaires.looking import plan
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Answer, Asking, Network, Person, Referral, Reminder
from wellbeing_bot.store.states import AskingState, ReferralState

LUNCH = {
    "ask": "self_rating",
    "from": "session",
    "group_kinds": ["lunch"],
    "points": {"after": {"at": "16:00", "follows": "before"}, "before": {"at": "09:30"}},
}


def _do(story: Story, job: Callable[[Work], Any]) -> Any:
    def run(session: Session) -> Any:
        network = session.scalars(select(Network)).one()
        return job(Work(session, story.now, story.app.deployment, network))

    return story.app.database.run(run)


def _set(story: Story, **written: Any) -> None:
    def change(work: Work) -> None:
        work.network.settings = {**work.network.settings, "questionnaires": written}

    _do(story, change)


def test_a_database_may_turn_the_points_round() -> None:
    """PostgreSQL keeps no order of the keys in JSON; a point still comes after the one it follows."""
    plans = Library.load().settings({"plans": [LUNCH]}, "Europe/London").plans
    assert [point.name for point in plans.plans[0].points] == ["before", "after"]


def test_what_a_network_leaves_out_is_as_usual() -> None:
    found = Library.load().settings({"watch": {"ons4": {"happy": {"low": "at most 3"}}}}, "Europe/Dublin")
    assert [plan.instrument for plan in found.plans.plans][:2] == ["ons4", "ucla3"]
    assert found.plans.zone == "Europe/Dublin"


def test_settings_that_are_wrong_say_where() -> None:
    with pytest.raises(FileErrors, match="ons5"):
        Library.load().settings({"plans": [{**LUNCH, "ask": "ons5"}]}, "Europe/London")


def test_wrong_settings_are_a_task_and_nobody_is_asked(story: Story) -> None:
    story.new_tasks()
    _set(story, plans=[{**LUNCH, "ask": "ons5"}])
    _do(story, plan)
    assert "questionnaires_wrong" in [task.kind for task in story.new_tasks()]
    story.until(story.now + timedelta(days=2))
    assert not [row for row in story.new_messages() if row.key.startswith("questionnaire")]
    assert "not_handled" not in [task.kind for task in story.new_tasks()]


def test_settings_that_go_wrong_leave_nobody_standing_half_way(story: Story) -> None:
    story.until(story.now + timedelta(hours=2))
    _set(story, plans=[{**LUNCH, "ask": "ons5"}])
    story.new_messages()
    story.text("Jean", "6")
    assert [row.key for row in story.new_messages()] == ["questionnaire.ons4.worthwhile"]


def test_a_network_with_limits_of_its_own(story: Story) -> None:
    _set(story, watch={"ons4": {"satisfied": {"low": "at most 5"}}})
    story.until(story.now + timedelta(hours=2))
    story.text("Jean", "5")
    assert "low_answer" in [task.kind for task in story.new_tasks()]


def test_planning_twice_asks_once(story: Story) -> None:
    _do(story, plan)
    _do(story, plan)
    story.until(story.now + timedelta(days=1))
    purposes = [row for row in story.new_messages() if row.key.endswith(".purpose")]
    assert len(purposes) == 1
    with story.app.database.reading() as session:
        looks = session.scalars(select(Reminder).where(Reminder.kind == "questionnaire_look")).all()
    assert len(looks) == 1, "one reminder a person, moved along"


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        (ReferralState.BOOKED, True),
        (ReferralState.ACTIVE, True),
        (ReferralState.WAITING, False),
        (ReferralState.DECLINED, False),
        (ReferralState.DISCHARGED, False),
    ],
)
def test_only_a_referral_that_was_taken_up_begins(story: Story, state: ReferralState, asked: bool) -> None:
    def change(work: Work) -> None:
        row = work.session.scalars(select(Referral)).one()
        row.state, row.first_contact_at = state, None
        row.active_at = work.now if state is ReferralState.ACTIVE else None
        row.booked_at = work.now if state is ReferralState.BOOKED else None

    _do(story, change)
    story.until(story.now + timedelta(days=3))
    with story.app.database.reading() as session:
        assert bool(session.scalars(select(Asking)).all()) is asked


def _on_record(story: Story, state: AskingState, days_ago: float, answers: dict[str, int]) -> None:
    def enter(work: Work) -> None:
        began = work.now - timedelta(days=days_ago)
        person = work.session.get_one(Person, person_id(story))
        row = Asking(
            network_id=work.network.id,
            person_id=person.id,
            instrument="ons4",
            version="1.0",
            point="entry",
            referral_id=work.session.scalars(select(Referral.id)).one(),
            state=state,
            due_at=began,
            opened_at=None if state is AskingState.PLANNED else began,
        )
        work.session.add(row)
        work.session.flush()
        for item, number in answers.items():
            work.session.add(Answer(asking_id=row.id, item=item, number=number, value=str(number), at=began))
        work.session.flush()
        adopt(work, row)

    _do(story, enter)


def test_half_answered_on_record_goes_on_at_the_next_question(story: Story) -> None:
    _on_record(story, AskingState.OPEN, 0.1, {"satisfied": 4, "worthwhile": 5})
    story.text("Jean", "6")
    assert [row.key for row in story.new_messages()] == ["questionnaire.ons4.anxious"]
    assert answers_of(story, "ons4", "entry")["happy"] == 6


def test_half_answered_long_ago_is_closed_without_a_word(story: Story) -> None:
    _on_record(story, AskingState.OPEN, 20, {"satisfied": 4})
    story.until(story.now + timedelta(minutes=5))
    assert not [row for row in story.new_messages() if story.phone(row.address_id) == "Jean"]
    with story.app.database.reading() as session:
        assert session.scalars(select(Asking)).one().state is AskingState.INCOMPLETE


def test_planned_on_record_begins_when_it_is_due(story: Story) -> None:
    _set(story, plans=[])
    _on_record(story, AskingState.PLANNED, -2, {})
    story.until(story.now + timedelta(days=1, hours=23))
    assert not story.new_messages()
    story.until(story.now + timedelta(hours=2))
    assert [row.key for row in story.new_messages()] == [
        "questionnaire.ons4.purpose",
        "questionnaire.ons4.satisfied",
    ]
