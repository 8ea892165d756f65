"""Did you get there? Both answers are kept; silence is unknown, never missed."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.activities.sessions import is_member, upcoming
from wellbeing_bot.service.clinics.times import is_clinic
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Meeting, Place
from wellbeing_bot.store.states import MeetingState, PlaceState, ReferralState, Urgency

CAME, DID_NOT = "came", "did_not"


def patient_says(work: Work, place: Place, *, came: bool) -> str:
    """Keep the patient's answer. Outcome when they came: may they become a regular?"""
    place.patient_said = CAME if came else DID_NOT
    for meeting in _meetings(work, place):
        meeting.patient_said = place.patient_said
    settle(work, place)
    if not came:
        _did_not_get_there(work, place)
    if is_clinic(place.session.group) or is_member(work, place.person_id, place.session.group_id):
        return "already_regular"
    return "regular" if upcoming(work, place.session.group, limit=1) else "no_more_dates"


def champion_says(work: Work, meeting: Meeting, *, came: bool) -> None:
    """Keep the champion's answer."""
    meeting.champion_said = CAME if came else DID_NOT
    meeting.place.champion_said = meeting.champion_said
    if meeting.state in {MeetingState.ACCEPTED, MeetingState.UNKNOWN, MeetingState.MET, MeetingState.NOT_MET}:
        meeting.state = MeetingState.MET if came else MeetingState.NOT_MET
    settle(work, meeting.place)
    if not came:
        _not_met(work, meeting.place)


def register_says(work: Work, place: Place, *, came: bool) -> None:
    """Keep what the register at the door says."""
    place.register_said = CAME if came else DID_NOT
    if came and place.checked_in_at is None:
        place.checked_in_at = work.now
    settle(work, place)


def settle(work: Work, place: Place) -> None:
    """Make one state of the answers there are; where they disagree a person finds out."""
    if place.state in {PlaceState.WITHDRAWN, PlaceState.CALLED_OFF, PlaceState.WAITLISTED}:
        return
    said = {word for word in (place.patient_said, place.champion_said, place.register_said) if word}
    if place.state is PlaceState.NO_SEAT and CAME not in said:
        return
    if not said:
        place.state = PlaceState.UNKNOWN
        return
    if len(said) > 1:
        place.state = PlaceState.UNKNOWN
        _ask_staff(
            work,
            place,
            "answers_disagree",
            "disagree",
            "One says they came, the other that they did not. Please find out.",
        )
        return
    place.state = PlaceState.ATTENDED if CAME in said else PlaceState.MISSED
    if place.state is PlaceState.ATTENDED:
        referral = open_referral(work, place.person)
        if referral is not None and referral.state in {ReferralState.WAITING, ReferralState.BOOKED}:
            referral.state = ReferralState.ACTIVE
            referral.active_at = work.now


def nobody_answered(work: Work, place: Place) -> None:
    """Two days later: a place nobody spoke about is unknown, and so is its meeting."""
    if place.state.coming:
        settle(work, place)
    for meeting in _meetings(work, place):
        if meeting.state is MeetingState.ACCEPTED:
            meeting.state = MeetingState.UNKNOWN
    work.session.flush()


def _ask_staff(work: Work, place: Place, kind: str, occurrence: str, summary: str) -> None:
    """Somebody is to find out, within the time the network sets."""
    raise_task(
        work,
        kind,
        urgency=Urgency.SOON,
        person=place.person,
        session_id=place.session_id,
        place_id=place.id,
        occurrence=f"{occurrence}:{place.id}",
        due_at=due_in(work, work.settings.not_there_due_hours),
        summary=summary,
    )


def _did_not_get_there(work: Work, place: Place) -> None:
    _ask_staff(
        work,
        place,
        "did_not_get_there",
        "did_not_get_there",
        "They say they did not get there. Please ask what would help.",
    )


def _not_met(work: Work, place: Place) -> None:
    _ask_staff(
        work,
        place,
        "not_met",
        "not_met",
        "The champion was there and did not meet them. Please ask how they are.",
    )


def _meetings(work: Work, place: Place) -> list[Meeting]:
    return list(
        work.session.scalars(
            select(Meeting).where(
                Meeting.place_id == place.id,
                Meeting.state.in_(
                    [MeetingState.ACCEPTED, MeetingState.MET, MeetingState.NOT_MET, MeetingState.UNKNOWN]
                ),
            )
        )
    )
