"""Questions that are open on somebody's phone when the story begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store.importing.conftest import MONDAY
from wellbeing_bot.conversation import load
from wellbeing_bot.service.actions import SPECS
from wellbeing_bot.service.importing.setup import apply_setup
from wellbeing_bot.service.rules import RULES
from wellbeing_bot.service.work import Deployment
from wellbeing_bot.store import ConversationRow, Meeting, OutboundRow, Place, Reminder
from wellbeing_bot.store.states import ConversationState, MeetingState, PlaceState

CONVERSATIONS = Path(__file__).parents[3] / "conversations"


@pytest.fixture(scope="module")
def speaking() -> Deployment:
    """A service with the conversations that ship."""
    scripts = load(CONVERSATIONS, SPECS, RULES)
    return Deployment(scripts=scripts, parts=lambda _: 1, simplify=lambda text: text)


def document(place: dict[str, Any]) -> dict[str, Any]:
    return {
        "network": {"slug": "a", "name": "A"},
        "lines": [{"sms": "+447700900000"}],
        "groups": [{"key": "walk", "name": "Walk", "schedule": "FREQ=WEEKLY;BYDAY=TH"}],
        "people": [
            {
                "key": "jean",
                "first_name": "Jean",
                "phone": "07700900001",
                "places": [{"group": "walk", **place}],
            },
            *(
                {
                    "key": key,
                    "first_name": key.title(),
                    "phone": f"0770090010{number}",
                    "champion": {"groups": ["walk"], "dbs_until": "+1 weeks"},
                }
                for number, key in enumerate(("amir", "doreen"))
            ),
        ],
    }


def open_question(session: Session) -> ConversationRow:
    return session.scalars(
        select(ConversationRow).where(ConversationRow.status == ConversationState.OPEN)
    ).one()


def test_a_champion_who_is_asked_has_the_question_open(session: Session, speaking: Deployment) -> None:
    asked = document(
        {"meetings": [{"champion": "amir", "state": "declined"}, {"champion": "doreen", "state": "asked"}]}
    )

    made = apply_setup(session, asked, MONDAY, speaking)

    states = {row.champion_id: row.state for row in session.scalars(select(Meeting))}
    assert states == {
        made.people["amir"]: MeetingState.DECLINED,
        made.people["doreen"]: MeetingState.ASKED,
    }
    question = open_question(session)
    assert (question.script, question.person_id) == ("meet_request", made.people["doreen"])
    assert session.scalars(select(OutboundRow.person_id)).all() == [made.people["doreen"]]
    assert "meeting_deadline" in session.scalars(select(Reminder.kind)).all()


def test_somebody_who_wants_to_be_met_has_a_champion_asked(session: Session, speaking: Deployment) -> None:
    made = apply_setup(session, document({"wants_meeting": True}), MONDAY, speaking)

    assert open_question(session).person_id == made.people["amir"]
    assert session.scalars(select(Meeting.state)).all() == [MeetingState.ASKED]


def test_a_place_on_offer_is_offered_on_their_phone(session: Session, speaking: Deployment) -> None:
    made = apply_setup(session, document({"state": "offered"}), MONDAY, speaking)

    place = session.scalars(select(Place)).one()
    assert place.state is PlaceState.OFFERED
    assert place.offered_until is not None
    assert place.offered_until > MONDAY
    question = open_question(session)
    assert (question.script, question.person_id) == ("place_offered", made.people["jean"])
