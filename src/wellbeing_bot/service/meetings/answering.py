"""What follows from a champion's answer, from their silence, and from a change of mind on either side."""

from __future__ import annotations

from sqlalchemy import select, update

from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.meetings.asking import ask_next, want
from wellbeing_bot.service.meetings.recognising import look_for
from wellbeing_bot.service.meetings.standing import accepted_meeting, asked_meeting, champion_of
from wellbeing_bot.service.places.reminders import plan_for_meeting
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import finish_occurrence
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Champion,
    ConversationRow,
    Meeting,
    Place,
    Reminder,
)
from wellbeing_bot.store.states import (
    ConversationState,
    MeetingState,
    ReminderState,
    SessionState,
)


def accept(work: Work, meeting: Meeting) -> str:
    """A champion says yes. Outcome: ``accepted``, ``sorted`` (somebody else has it), ``off``.

    A yes after the deadline still counts while nobody else has been asked.
    """
    place = meeting.place
    session = place.session
    if not place.state.open or session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        return "off"
    if meeting.state is MeetingState.ACCEPTED:
        return "accepted"
    if accepted_meeting(work, place) is not None or not place.wants_meeting:
        return "sorted"
    pending = asked_meeting(work, place)
    if pending is not None and pending.id != meeting.id:
        return "sorted"
    if meeting.state is MeetingState.WITHDRAWN:
        return "sorted"
    meeting.state = MeetingState.ACCEPTED
    meeting.answered_at = work.now
    work.session.flush()
    _clear(work, meeting, "meeting_deadline")
    finish_occurrence(work, f"no_champion:{place.id}:{place.meet_round}", "a champion said yes")
    plan_for_meeting(work, meeting)
    champion = work.session.get_one(Champion, meeting.champion_id)
    tell(
        work,
        place.person,
        "you_will_be_met",
        {
            "champion": meeting.champion.first_name,
            "meeting_point": meeting_point(work, session),
            "when": when_words(session.starts_at, work.zone, place.person.language),
            "how_to_know": look_for(work, place.person, champion),
        },
        session=session,
        occurrence=f"met_by:{meeting.id}",
        expires_at=session.starts_at,
    )
    return "accepted"


def decline(work: Work, meeting: Meeting) -> str:
    """A champion says no, or drops out of a meeting they had accepted; then a new round begins.

    Outcome: ``declined``, ``dropped_out`` or ``off`` (it was no longer theirs to decline).
    """
    if meeting.state is MeetingState.ASKED:
        meeting.state = MeetingState.DECLINED
        meeting.answered_at = work.now
        work.session.flush()
        _clear(work, meeting, "meeting_deadline")
        ask_next(work, meeting.place)
        return "declined"
    if meeting.state is MeetingState.ACCEPTED and meeting.place.session.starts_at > work.now:
        drop_out(work, meeting, by="champion")
        return "dropped_out"
    return "off"


def drop_out(work: Work, meeting: Meeting, *, by: str) -> None:
    """A champion who had said yes cannot come after all: the patient is told and somebody else is asked."""
    place = meeting.place
    meeting.state = MeetingState.WITHDRAWN
    meeting.withdrawn_by = by
    work.session.flush()
    _clear(work, meeting)
    if not place.state.open:
        return
    place.meet_round += 1
    work.session.flush()
    asked = ask_next(work, place, tell_patient=False)
    tell(
        work,
        place.person,
        "champion_dropped_out" if asked else "champion_dropped_out_nobody",
        {
            "champion": meeting.champion.first_name,
            "when": when_words(place.session.starts_at, work.zone, place.person.language),
        },
        session=place.session,
        occurrence=f"dropped_out:{meeting.id}",
        expires_at=place.session.starts_at,
    )


def ran_out(work: Work, meeting: Meeting) -> None:
    """No answer by the deadline: the next one is asked. A late yes is still thanked."""
    if meeting.state is not MeetingState.ASKED:
        return
    meeting.state = MeetingState.TIMED_OUT
    work.session.flush()
    if meeting.place.state.open:
        ask_next(work, meeting.place)


def stand_down(work: Work, place: Place, *, because: str) -> None:
    """The patient is not coming, or it is off: free whoever was asked or had said yes, and tell them."""
    off = because == "called_off"
    for meeting in work.session.scalars(
        select(Meeting).where(
            Meeting.place_id == place.id,
            Meeting.state.in_([MeetingState.ASKED, MeetingState.ACCEPTED]),
        )
    ):
        meeting.state = MeetingState.CALLED_OFF if off else MeetingState.WITHDRAWN
        meeting.withdrawn_by = "" if off else "patient"
        work.session.flush()
        _clear(work, meeting)
        _close_request(work, meeting)
        if not off:
            tell(
                work,
                meeting.champion,
                "patient_not_coming",
                {
                    "patient": place.person.first_name or "They",
                    "group": place.session.group.name,
                    "when": when_words(place.session.starts_at, work.zone, meeting.champion.language),
                },
                session=place.session,
                occurrence=f"not_coming:{meeting.id}",
                expires_at=place.session.ends_at,
            )
    finish_occurrence(work, f"no_champion:{place.id}:{place.meet_round}", "no longer needed")


def prefer(work: Work, place: Place, gender: str) -> bool:
    """They would rather be met by a man or a woman. Whoever was asked and is not is let off.

    True when somebody who is as wished has been asked.
    """
    place.meet_preference = gender
    asked = asked_meeting(work, place)
    if asked is not None and champion_of(work, asked).gender == gender:
        return True
    if asked is not None:
        asked.state = MeetingState.WITHDRAWN
        asked.withdrawn_by = "patient"
        _clear(work, asked)
    return want(work, place, gender)


def _clear(work: Work, meeting: Meeting, kind: str | None = None) -> None:
    query = update(Reminder).where(Reminder.meeting_id == meeting.id, Reminder.state == ReminderState.DUE)
    if kind is not None:
        query = query.where(Reminder.kind == kind)
    work.session.execute(query.values(state=ReminderState.WITHDRAWN))


def _close_request(work: Work, meeting: Meeting) -> None:
    from wellbeing_bot.service.talking import close

    for row in work.session.scalars(
        select(ConversationRow).where(
            ConversationRow.meeting_id == meeting.id, ConversationRow.status == ConversationState.OPEN
        )
    ):
        close(work, row, "withdrawn")
