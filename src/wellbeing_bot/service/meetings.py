"""Meet me: finding a champion for a first visit, one at a time, and what follows from their answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, update

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.finding import neutral_name
from wellbeing_bot.service.outbox import tell
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.quiet import reply_deadline
from wellbeing_bot.service.reminders import plan_for_meeting
from wellbeing_bot.service.sessions import meeting_point
from wellbeing_bot.service.tasks import finish_occurrence, raise_task, schedule
from wellbeing_bot.service.words import soon_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Champion,
    ChampionGroup,
    ConversationRow,
    Meeting,
    Person,
    Place,
    Reminder,
    Session_,
)
from wellbeing_bot.store.states import (
    ChampionState,
    ConversationState,
    MeetingState,
    ReminderState,
    SessionState,
    Urgency,
)

LEAST_NOTICE = timedelta(minutes=45)
"""With less time than this before the start nobody can be asked and get there; a person sorts it out."""

RECENT = timedelta(days=60)
"""Asks count as recent this long; the champion with the fewest goes first."""


def want(work: Work, place: Place, preference: str = "") -> bool:
    """The patient would like to be met. False when no champion could be asked."""
    place.wants_meeting = True
    place.meet_preference = preference
    place.meet_round += 1
    work.session.flush()
    return ask_next(work, place)


def ask_next(work: Work, place: Place, *, tell_patient: bool = True) -> bool:
    """Ask the next champion; when there is none, or it is too late, tell a person and the patient."""
    session = place.session
    asked_at = work.allowed(work.now)
    if session.starts_at - asked_at < LEAST_NOTICE:
        _nobody(work, place, too_late=True, tell_patient=tell_patient)
        return False
    for champion in candidates(work, place):
        address = reach(work, champion)
        if address is None or person_is_held(work, champion):
            continue
        ask(work, place, champion, asked_at)
        return True
    _nobody(work, place, too_late=False, tell_patient=tell_patient)
    return False


def candidates(work: Work, place: Place) -> list[Person]:
    """Champions who may be asked about this place in this round, the first to ask first.

    Active, of this group, checks in date on the day, not paused or away, the patient's preference
    respected, not at their monthly most; fewest recent asks first, equal ones in order of entry.
    """
    session = place.session
    day = session.starts_at.astimezone(work.zone).date()
    recent = (
        select(Meeting.champion_id, func.count().label("asks"))
        .where(Meeting.asked_at >= work.now - RECENT)
        .group_by(Meeting.champion_id)
        .subquery()
    )
    said_no = or_(
        Meeting.state == MeetingState.DECLINED,
        and_(Meeting.state == MeetingState.WITHDRAWN, Meeting.withdrawn_by == "champion"),
    )
    query = (
        select(Champion, func.coalesce(recent.c.asks, 0))
        .join(ChampionGroup, ChampionGroup.person_id == Champion.person_id)
        .outerjoin(recent, recent.c.champion_id == Champion.person_id)
        .where(
            Champion.network_id == work.network.id,
            Champion.state == ChampionState.ACTIVE,
            ChampionGroup.group_id == session.group_id,
            Champion.dbs_until >= day,
            or_(Champion.badge_until.is_(None), Champion.badge_until >= day),
            or_(Champion.training_until.is_(None), Champion.training_until >= day),
            ~Champion.paused,
            Champion.person_id != place.person_id,
            Champion.person_id.not_in(
                select(Meeting.champion_id).where(
                    Meeting.place_id == place.id,
                    or_(Meeting.round == place.meet_round, said_no),
                )
            ),
        )
        .order_by(func.coalesce(recent.c.asks, 0), Champion.entered_at, Champion.person_id)
    )
    if place.meet_preference:
        query = query.where(Champion.gender == place.meet_preference)
    found: list[Person] = []
    for champion, _ in work.session.execute(query):
        away = (
            champion.away_from is not None
            and champion.away_from <= day
            and (champion.away_until is None or day <= champion.away_until)
        )
        person = work.session.get_one(Person, champion.person_id)
        if not away and person.erased_at is None and not _at_their_most(work, champion, session):
            found.append(person)
    return found


def _at_their_most(work: Work, champion: Champion, session: Session_) -> bool:
    if champion.most_a_month is None:
        return False
    local = session.starts_at.astimezone(work.zone)
    begin = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (begin + timedelta(days=32)).replace(day=1)
    count = work.session.scalar(
        select(func.count())
        .select_from(Meeting)
        .join(Session_, Session_.id == Meeting.session_id)
        .where(
            Meeting.champion_id == champion.person_id,
            Meeting.state.in_([MeetingState.ACCEPTED, MeetingState.MET]),
            Session_.starts_at >= begin,
            Session_.starts_at < end,
        )
    )
    return int(count or 0) >= champion.most_a_month


def ask(work: Work, place: Place, champion: Person, asked_at: datetime) -> None:
    """Ask one champion to meet this patient, with a deadline to answer by."""
    from wellbeing_bot.service.talking import start  # asking is a conversation, and those run actions of ours

    session = place.session
    settings = work.settings
    deadline = reply_deadline(
        asked_at, session.starts_at, settings.quiet_from, settings.quiet_until, work.zone
    )
    meeting = Meeting(
        network_id=work.network.id,
        place_id=place.id,
        session_id=session.id,
        champion_id=champion.id,
        round=place.meet_round,
        asked_at=work.now,
        deadline=deadline,
    )
    work.session.add(meeting)
    work.session.flush()
    address = reach(work, champion)
    assert address is not None
    schedule(
        work,
        "meeting_deadline",
        f"meeting_deadline:{meeting.id}",
        deadline,
        meeting_id=meeting.id,
        person_id=champion.id,
        session_id=session.id,
        address_id=address.id,
    )
    start(
        work,
        "meet_request",
        address,
        champion,
        {
            "meeting": meeting.id,
            "champion": champion.first_name,
            "patient": place.person.first_name or "somebody new",
            "group": neutral_name(session.group),
            "when": when_words(session.starts_at, work.zone, champion.language),
            "meeting_point": meeting_point(work, session),
            "by": soon_words(deadline, work.zone, champion.language),
        },
        session_id=session.id,
        meeting_id=meeting.id,
        subject=f"meeting:{meeting.id}",
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
    meeting.state = MeetingState.ACCEPTED
    meeting.answered_at = work.now
    work.session.flush()
    _clear(work, meeting, "meeting_deadline")
    finish_occurrence(work, f"no_champion:{place.id}:{place.meet_round}", "a champion said yes")
    plan_for_meeting(work, meeting)
    champion = work.session.get_one(Champion, meeting.champion_id)
    know = f" Look for {champion.how_to_know}." if champion.how_to_know else ""
    tell(
        work,
        place.person,
        "you_will_be_met",
        {
            "champion": meeting.champion.first_name,
            "meeting_point": meeting_point(work, session),
            "when": when_words(session.starts_at, work.zone, place.person.language),
            "how_to_know": know,
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


def _nobody(work: Work, place: Place, *, too_late: bool, tell_patient: bool) -> None:
    session = place.session
    raise_task(
        work,
        "no_champion",
        urgency=Urgency.SOON,
        occurrence=f"no_champion:{place.id}:{place.meet_round}",
        person=place.person,
        session_id=session.id,
        place_id=place.id,
        due_at=work.now + (session.starts_at - work.now) / 2,
        summary="Too late to ask a champion by text."
        if too_late
        else "No champion could be found to meet them.",
    )
    if tell_patient:
        facts: dict[str, Fact] = {"when": when_words(session.starts_at, work.zone, place.person.language)}
        tell(
            work,
            place.person,
            "nobody_yet",
            facts,
            session=session,
            occurrence=f"nobody:{place.id}:{place.meet_round}",
            expires_at=session.starts_at,
        )


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


def profile(work: Work, meeting: Meeting) -> Champion:
    """The champion's own details, how to know them among them."""
    return work.session.get_one(Champion, meeting.champion_id)
