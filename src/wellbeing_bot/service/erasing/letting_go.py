"""What somebody who is forgotten had under way: given back, so that nobody waits for them in vain."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, or_, select, update

from wellbeing_bot.service import meetings
from wellbeing_bot.service.changing.targets import promised
from wellbeing_bot.service.places import booking, signing_up
from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.talking import close
from wellbeing_bot.service.tasks import finish
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import appointments
from wellbeing_bot.store import (
    Appointment,
    Asking,
    CallToMake,
    Champion,
    ChampionGroup,
    ConversationRow,
    DriverAsk,
    Duty,
    Group,
    Invitation,
    MeetAgain,
    Meeting,
    Membership,
    Person,
    Place,
    Referral,
    Reminder,
    Ride,
    RideProvider,
    Task,
)
from wellbeing_bot.store.states import (
    AskingState,
    CallState,
    ChampionState,
    ConversationState,
    InvitationState,
    MeetAgainState,
    MeetingState,
    PlaceState,
    ReferralState,
    ReminderState,
    TaskState,
)

BY = "erased"


def step_down(work: Work, person: Person) -> None:
    """A volunteer's promises go to others while the people concerned can still be told who it was."""
    champion = work.session.get(Champion, person.id)
    if champion is not None:
        champion.state = ChampionState.LEFT
    work.session.execute(delete(ChampionGroup).where(ChampionGroup.person_id == person.id))
    work.session.execute(delete(Duty).where(Duty.person_id == person.id))
    own = select(RideProvider).where(RideProvider.person_id == person.id)
    for provider in work.session.scalars(own):
        provider.active = False
    work.session.flush()
    asked = select(Meeting).where(Meeting.champion_id == person.id, Meeting.state == MeetingState.ASKED)
    for meeting in work.session.scalars(asked):
        meetings.decline(work, meeting)
    for meeting in promised(work, person):
        meetings.drop_out(work, meeting, by="champion")
    drives = (
        select(DriverAsk)
        .join(RideProvider, RideProvider.id == DriverAsk.provider_id)
        .where(RideProvider.person_id == person.id, DriverAsk.state == MeetingState.ASKED)
    )
    for ask in [*work.session.scalars(drives), *drivers.promised(work, person)]:
        drivers.decline(work, ask)


def end_all(work: Work, person: Person, ids: Collection[int]) -> None:
    """Places, referral, questions, calls and everything that is due. No name is left to say."""
    for group in work.session.scalars(
        select(Group).join(Membership).where(Membership.person_id.in_(ids), Membership.ended_at.is_(None))
    ).all():
        signing_up.leave_group(work, person, group, why=BY)
    for place in booking.coming_places(work, person):
        signing_up.withdraw(work, place, why=BY)
    for place in work.session.scalars(select(Place).where(Place.person_id.in_(ids))):
        if place.state.open:
            place.state = PlaceState.UNKNOWN
    for appointment in work.session.scalars(
        select(Appointment).where(Appointment.person_id.in_(ids), Appointment.settled_at.is_(None))
    ).all():
        appointments.withdraw(work, appointment)
    _referrals(work, ids)
    _questions(work, ids)
    _due(work, ids)


def _referrals(work: Work, ids: Collection[int]) -> None:
    for referral in work.session.scalars(
        select(Referral).where(Referral.person_id.in_(ids), Referral.closed_at.is_(None))
    ):
        referral.state, referral.closed_at = ReferralState.DISCHARGED, work.now
    work.session.execute(
        update(Invitation)
        .where(
            Invitation.person_id.in_(ids),
            Invitation.state.in_([InvitationState.PLANNED, InvitationState.INVITED, InvitationState.COMING]),
        )
        .values(state=InvitationState.CALLED_OFF)
    )
    work.session.execute(
        update(MeetAgain)
        .where(
            or_(MeetAgain.wisher_id.in_(ids), MeetAgain.other_id.in_(ids)),
            MeetAgain.state.in_([MeetAgainState.WISHED, MeetAgainState.ASKED]),
        )
        .values(state=MeetAgainState.UNKNOWN)
    )
    work.session.execute(
        update(CallToMake)
        .where(CallToMake.person_id.in_(ids), CallToMake.state == CallState.TO_MAKE)
        .values(state=CallState.WITHDRAWN)
    )
    work.session.execute(
        update(Asking)
        .where(Asking.person_id.in_(ids), Asking.state.in_([AskingState.PLANNED, AskingState.OPEN]))
        .values(state=AskingState.WITHDRAWN, closed_at=work.now, how_closed=BY)
    )
    for task in work.session.scalars(
        select(Task).where(Task.person_id.in_(ids), Task.state != TaskState.DONE)
    ):
        finish(work, task, BY)


def _questions(work: Work, ids: Collection[int]) -> None:
    """Questions put to them, and questions to others that are about them."""
    about = [f"place:{key}" for key in _places(work, ids)]
    about += [f"{kind}:{key}" for key in _meetings(work, ids) for kind in ("meeting", "met")]
    asks = select(DriverAsk.id).join(Ride, Ride.id == DriverAsk.ride_id).where(Ride.person_id.in_(ids))
    about += [f"drive:{key}" for key in work.session.scalars(asks)]
    again = select(MeetAgain.id).where(or_(MeetAgain.wisher_id.in_(ids), MeetAgain.other_id.in_(ids)))
    about += [f"meet_again:{key}" for key in work.session.scalars(again)]
    for row in work.session.scalars(
        select(ConversationRow).where(
            ConversationRow.status == ConversationState.OPEN,
            or_(ConversationRow.person_id.in_(ids), ConversationRow.subject.in_(about)),
        )
    ):
        close(work, row, BY)


def _due(work: Work, ids: Collection[int]) -> None:
    """Nothing is due about them, not even what was handed over a moment ago."""
    rides = select(Ride.id).where(Ride.person_id.in_(ids))
    work.session.execute(
        update(Reminder)
        .where(
            or_(
                Reminder.person_id.in_(ids),
                Reminder.place_id.in_(_places(work, ids)),
                Reminder.meeting_id.in_(_meetings(work, ids)),
                Reminder.ride_id.in_(rides),
            ),
            Reminder.state.in_([ReminderState.DUE, ReminderState.HANDED_OVER]),
        )
        .values(state=ReminderState.WITHDRAWN)
    )


def _places(work: Work, ids: Collection[int]) -> list[int]:
    return list(work.session.scalars(select(Place.id).where(Place.person_id.in_(ids))))


def _meetings(work: Work, ids: Collection[int]) -> list[int]:
    """Meetings in which they were the one to be met."""
    query = select(Meeting.id).where(Meeting.place_id.in_(_places(work, ids)))
    return list(work.session.scalars(query))
