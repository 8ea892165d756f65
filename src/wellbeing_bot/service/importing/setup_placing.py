"""Places, meetings and rides as a set-up has them, with all that is due about them from the start on."""

from __future__ import annotations

from datetime import timedelta

from wellbeing_bot.service import meetings
from wellbeing_bot.service.importing.on_record import OnRecord, plain
from wellbeing_bot.service.importing.setup_place_documents import MeetingSetup, PlaceSetup, RideSetup
from wellbeing_bot.service.places import booking, offering
from wellbeing_bot.service.places.reminders import plan_for_meeting, plan_for_place
from wellbeing_bot.service.rides.asking import take_up
from wellbeing_bot.service.rides.rows import UNDER_WAY
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Meeting, Person, Place, Ride, Session_
from wellbeing_bot.store.states import MeetingState, PlaceState, RideState

_ANSWERED = {MeetingState.ACCEPTED, MeetingState.DECLINED, MeetingState.MET, MeetingState.NOT_MET}
_SENT = {RideState.SENT, RideState.CONFIRMED, RideState.REFUSED, RideState.TAKEN}


def make_place(work: Work, person: Person, session: Session_, written: PlaceSetup) -> Place:
    """One place and what hangs on it. One that is booked has its reminders planned."""
    first = written.first_time
    place = Place(
        network_id=work.network.id,
        session_id=session.id,
        person_id=person.id,
        state=written.state,
        first_time=booking.first_time(work, person, session.group) if first is None else first,
        party=written.party,
        queued_at=written.queued or work.now,
        wants_meeting=written.wants_meeting or bool(written.meetings),
        meet_preference=written.prefers,
        meet_round=max((one.round for one in written.meetings), default=int(written.wants_meeting)),
        patient_said=written.patient_said,
        champion_said=written.champion_said,
        register_said=written.register_said,
        home_safe=written.home_safe,
        meet_again=written.meet_again,
        why_off=written.why_off,
        checked_in_at=written.checked_in,
        source=written.source,
    )
    work.session.add(place)
    work.session.flush()
    if place.state.coming:
        plan_for_place(work, place)
    return place


def make_what_hangs_on_it(work: Work, record: OnRecord, place: Place, written: PlaceSetup) -> None:
    """The meetings, the ride and the open offer of a place, once everybody is there."""
    for meeting in written.meetings:
        _make_meeting(work, place, record.people[meeting.champion], meeting)
    if written.ride is not None:
        _make_ride(work, record, place, written.ride)
    if written.state is PlaceState.OFFERED:
        offering.offer(work, place)
    elif written.wants_meeting and not written.meetings and place.state.coming:
        meetings.want(work, place, written.prefers)


def _make_meeting(work: Work, place: Place, champion: Person, written: MeetingSetup) -> None:
    if written.state is MeetingState.ASKED:
        meetings.ask(work, place, champion, work.allowed(work.now))
        return
    asked = written.asked or work.now
    meeting = Meeting(
        network_id=work.network.id,
        place_id=place.id,
        session_id=place.session_id,
        champion_id=champion.id,
        round=written.round,
        state=written.state,
        asked_at=asked,
        deadline=written.deadline or asked + timedelta(hours=24),
        answered_at=written.answered or (asked if written.state in _ANSWERED else None),
        withdrawn_by=written.withdrawn_by,
        champion_said=written.champion_said,
        patient_said=written.patient_said,
    )
    work.session.add(meeting)
    work.session.flush()
    if meeting.state is MeetingState.ACCEPTED and place.state.coming:
        plan_for_meeting(work, meeting)


def _make_ride(work: Work, record: OnRecord, place: Place, written: RideSetup) -> None:
    provider = record.providers[plain(written.provider)] if written.provider else None
    requested = written.requested or work.now
    answered = {RideState.CONFIRMED, RideState.REFUSED, RideState.TAKEN}
    ride = Ride(
        network_id=work.network.id,
        place_id=place.id,
        session_id=place.session_id,
        person_id=place.person_id,
        provider_id=provider.id if provider else None,
        state=written.state,
        there=written.there,
        back=written.back,
        pick_up=written.pick_up,
        needs=list(written.needs),
        party=written.party,
        phone=written.phone or "",
        late=written.late,
        window_from=written.window_from,
        window_until=written.window_until,
        why_refused=written.why_refused,
        requested_at=requested,
        sent_at=written.sent or (requested if written.state in _SENT else None),
        answered_at=written.answered or (requested if written.state in answered else None),
    )
    work.session.add(ride)
    work.session.flush()
    if place.state.coming and ride.state in UNDER_WAY:
        take_up(work, ride)
