"""Finding a champion for a first visit: who may be asked, one at a time, and what if there is nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.sending.quiet import reply_deadline
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import soon_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Champion,
    ChampionGroup,
    Meeting,
    Person,
    Place,
    Session_,
)
from wellbeing_bot.store.states import (
    ChampionState,
    MeetingState,
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
    day = place.session.starts_at.astimezone(work.zone).date()
    found: list[Person] = []
    for champion in work.session.scalars(_suited(work, place, day)):
        person = work.session.get_one(Person, champion.person_id)
        if (
            not _away(champion, day)
            and person.erased_at is None
            and not _at_their_most(work, champion, place.session)
        ):
            found.append(person)
    return found


def _suited(work: Work, place: Place, day: date) -> Select[Champion]:
    """Who may meet somebody there on that day and has not said no to it, fewest recent asks first."""
    recent = (
        select(Meeting.champion_id, func.count().label("asks"))
        .where(Meeting.asked_at >= work.now - RECENT)
        .group_by(Meeting.champion_id)
        .subquery()
    )
    query = (
        select(Champion)
        .join(ChampionGroup, ChampionGroup.person_id == Champion.person_id)
        .outerjoin(recent, recent.c.champion_id == Champion.person_id)
        .where(
            Champion.network_id == work.network.id,
            Champion.state == ChampionState.ACTIVE,
            ChampionGroup.group_id == place.session.group_id,
            Champion.dbs_until >= day,
            or_(Champion.badge_until.is_(None), Champion.badge_until >= day),
            or_(Champion.training_until.is_(None), Champion.training_until >= day),
            ~Champion.paused,
            Champion.person_id != place.person_id,
            Champion.person_id.not_in(_asked_already(place)),
        )
        .order_by(func.coalesce(recent.c.asks, 0), Champion.entered_at, Champion.person_id)
    )
    if place.meet_preference:
        query = query.where(Champion.gender == place.meet_preference)
    return query


def _asked_already(place: Place) -> Select[int]:
    """Whom nobody asks again about this place: asked in this round, or they said no in an earlier one."""
    said_no = or_(
        Meeting.state == MeetingState.DECLINED,
        and_(Meeting.state == MeetingState.WITHDRAWN, Meeting.withdrawn_by == "champion"),
    )
    return select(Meeting.champion_id).where(
        Meeting.place_id == place.id, or_(Meeting.round == place.meet_round, said_no)
    )


def _away(champion: Champion, day: date) -> bool:
    return (
        champion.away_from is not None
        and champion.away_from <= day
        and (champion.away_until is None or day <= champion.away_until)
    )


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
