"""How the meeting of a place stands: who has been asked, who has said yes, and who they are."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Champion,
    Meeting,
    Place,
)
from wellbeing_bot.store.states import (
    MeetingState,
)


def accepted_meeting(work: Work, place: Place) -> Meeting | None:
    """The champion who will meet this patient, if one has said yes."""
    return work.session.scalar(
        select(Meeting)
        .where(Meeting.place_id == place.id, Meeting.state == MeetingState.ACCEPTED)
        .order_by(Meeting.id.desc())
        .limit(1)
    )


def asked_meeting(work: Work, place: Place) -> Meeting | None:
    """The champion who has been asked and may still answer."""
    return work.session.scalar(
        select(Meeting)
        .where(Meeting.place_id == place.id, Meeting.state == MeetingState.ASKED)
        .order_by(Meeting.id.desc())
        .limit(1)
    )


def champion_of(work: Work, meeting: Meeting) -> Champion:
    """The champion's own details, how to know them among them."""
    return work.session.get_one(Champion, meeting.champion_id)
