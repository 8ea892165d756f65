"""The rest of the staff's days: referrals, appointments, goals, clinics, monitors, launches, new champions,
records that are one person, and people who are forgotten for good."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store.whole_town.staff_days import LONDON, STAFF, Deed
from tests.store.whole_town.townsfolk import Town
from wellbeing_bot.store import (
    Appointment,
    Champion,
    DirectoryService,
    Goal,
    Group,
    Interest,
    Loan,
    MeetAgain,
    Person,
    Place,
    Referral,
    Session_,
    Task,
)
from wellbeing_bot.store.states import (
    AppointmentState,
    ChampionState,
    LoanState,
    MeetAgainState,
    PlaceState,
    SessionState,
    TaskState,
)

GOALS = ("walk to the corner and back", "ring my sister", "cook something from scratch", "sit in the garden")
WHY = ("lonely since her husband died", "money and damp", "would like to get out", "looks after his wife")
PAPERS = dict.fromkeys(("dbs_until", "badge_until", "training_until"), "2028-06-01")


def deeds_of_the_day(
    session: Session, network: int, town: Town, now: datetime, chance: random.Random
) -> list[Deed]:
    """What else is done today, each through the desk."""
    people = _people(session, network)
    deeds = _referrals(session, network, town, chance)
    for look in (_appointments, _monitors, _champions, _matches, _lunches):
        deeds += look(session, network, now, chance)
    for look_at in (_talks, _help, _clinics, _interests):
        deeds += look_at(session, network, people, now, chance)
    if chance.random() < 0.05:
        deeds.append(("erase", {"person": chance.choice(people), "sure": True}))
    return deeds


def _people(session: Session, network: int) -> list[int]:
    rows = session.scalars(
        select(Person)
        .where(Person.network_id == network, Person.merged_into_id.is_(None), Person.erased_at.is_(None))
        .order_by(Person.id)
    )
    return [row.id for row in rows if not any(row.has(role) for role in STAFF) and not row.under_16]


def _referrals(session: Session, network: int, town: Town, chance: random.Random) -> list[Deed]:
    """Every few days somebody whom their practice sends."""
    known = set(session.scalars(select(Referral.referrer).where(Referral.network_id == network)))
    waiting = [one for one in town.to_refer if f"Dr Mensah, of {one.phone[-4:]}" not in known]
    if not waiting or chance.random() > 0.35 or not session.scalar(_walks(network)):
        return []
    one = waiting[0]
    args = {
        "name": one.name,
        "mobile": one.phone.removeprefix("sms:"),
        "why": chance.choice(WHY),
        "source": chance.choice(("gp", "nurse", "hospital", "social_services")),
        "referrer": f"Dr Mensah, of {one.phone[-4:]}",
        "agreed": True,
        "over_16": True,
    }
    return [("refer", args)]


def _walks(network: int) -> Any:
    """Only at home: whoever is referred answers the number there."""
    return select(Group.id).where(Group.network_id == network, Group.key == "harbour-walk")


def _talks(
    session: Session, network: int, people: Sequence[int], now: datetime, chance: random.Random
) -> list[Deed]:
    """Times to talk, and one small thing for the week."""
    active = list(
        session.scalars(
            select(Referral.person_id)
            .join(Person, Person.id == Referral.person_id)
            .where(Referral.network_id == network, Referral.closed_at.is_(None), Person.erased_at.is_(None))
            .order_by(Referral.id)
        )
    )
    if not active:
        return []
    deeds: list[Deed] = []
    someone = partial(chance.choice, active)  # drawn afresh for each deed
    if chance.random() < 0.7:
        times = [_at(now, days, chance.choice((10, 11, 14))) for days in (2, 3, 5)]
        deeds.append(("offer_appointment", {"person": someone(), "times": times}))
    if chance.random() < 0.3:
        args = {"person": someone(), "at": _at(now, 3, 15), "place": "Oyster Hall"}
        deeds.append(("book_appointment", args))
    if chance.random() < 0.4:
        deeds.append(("set_goal", {"person": someone(), "goal": chance.choice(GOALS)}))
    if chance.random() < 0.2:
        deeds.append(("ask_goal", {"person": someone()}))
    if chance.random() < 0.2:
        deeds.append(("discharge", {"person": someone(), "outcome": "Gets out again.", "ask": True}))
    return deeds


def _at(now: datetime, days: int, hour: int) -> str:
    """A moment on a working day to come."""
    day = now.astimezone(LONDON).date() + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour), tzinfo=LONDON).strftime("%Y-%m-%dT%H:%M")


def _appointments(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    deeds: list[Deed] = []
    for one in session.scalars(
        select(Appointment).where(
            Appointment.network_id == network, Appointment.state == AppointmentState.BOOKED
        )
    ):
        drawn = chance.random()
        if one.starts_at is not None and one.starts_at < now:
            deeds.append(("appointment_outcome", {"appointment": one.id, "came": drawn < 0.8}))
        elif drawn < 0.06:
            deeds.append(("move_appointment", {"appointment": one.id, "to": _at(now, 4, 12)}))
        elif drawn < 0.1:
            deeds.append(("call_off_appointment", {"appointment": one.id}))
    goals = session.scalars(select(Goal).where(Goal.network_id == network).order_by(Goal.id.desc()).limit(5))
    return deeds + [("drop_goal", {"goal": goal.id}) for goal in goals if chance.random() < 0.01]


def _help(
    session: Session, network: int, people: Sequence[int], now: datetime, chance: random.Random
) -> list[Deed]:
    """A service of somebody else, another way to be reached, somebody who gets their texts too."""
    services = list(
        session.scalars(select(DirectoryService.id).where(DirectoryService.network_id == network))
    )
    someone = partial(chance.choice, people)  # drawn afresh for each deed
    usual: list[Deed] = [
        ("choose_language", {"person": someone(), "language": chance.choice(("en-x-easy", "en"))}),
        ("change_contact", {"person": someone(), "never_from": "09:00", "never_until": "11:00"}),
        ("prefer_channel", {"person": someone(), "channel": "sms"}),
        ("record_proxy", {"person": someone(), "proxy": someone(), "consent": "said so on the telephone"}),
        ("open_again", {"person": someone()}),
        ("take_on", {"person": someone()}),
        ("end_questionnaire", {"person": someone()}),
        ("start_questionnaire", {"person": someone(), "instrument": "ucla3"}),
        ("leave_group", {"person": someone(), "group": chance.choice(_groups(session, network))}),
        ("join_group", {"person": someone(), "group": chance.choice(_groups(session, network))}),
    ]
    if services:
        usual.append(("give_service", {"person": someone(), "service": chance.choice(services)}))
    return chance.sample(usual, 1)


def _groups(session: Session, network: int) -> list[int]:
    rows = select(Group.id).where(Group.network_id == network, Group.slot_minutes.is_(None), Group.running)
    return list(session.scalars(rows.order_by(Group.id)))


def _clinics(
    session: Session, network: int, people: Sequence[int], now: datetime, chance: random.Random
) -> list[Deed]:
    """Times at the advice clinic, by telephone; and two agencies at the next lunch."""
    clinic = session.scalar(
        select(Group.id).where(Group.network_id == network, Group.slot_minutes.is_not(None)).limit(1)
    )
    if clinic is None or chance.random() > 0.6:
        return []
    at = _at(now, chance.choice((1, 2, 3)), 10)
    book: Deed = ("book_time", {"person": chance.choice(people), "group": clinic, "at": at})
    wait: Deed = ("wait_for_time", {"person": chance.choice(people), "group": clinic})
    return [book, wait] if chance.random() < 0.3 else [book]


def _interests(
    session: Session, network: int, people: Sequence[int], now: datetime, chance: random.Random
) -> list[Deed]:
    """Some are put on the list of a group that does not run yet; with eight of them it begins."""
    group = session.scalar(
        select(Group.id).where(Group.network_id == network, Group.running.is_(False)).limit(1)
    )
    if group is None:
        return []
    waiting = len(session.scalars(select(Interest.id).where(Interest.group_id == group)).all())
    if waiting >= 8 and chance.random() < 0.2:
        return [("launch_group", {"group": group})]
    if chance.random() < 0.3:
        return [("add_interest", {"person": chance.choice(people), "group": group})]
    return []


def _monitors(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """Some are brought by staff; most that are out come back to the desk one day."""
    deeds: list[Deed] = []
    for loan in session.scalars(select(Loan).where(Loan.network_id == network, Loan.ended_at.is_(None))):
        if loan.state in {LoanState.LENT, LoanState.SAID_BACK} and chance.random() < 0.05:
            deeds.append(("monitor_returned", {"person": loan.person_id}))
        elif loan.state in {LoanState.ASKED, LoanState.PROMISED} and chance.random() < 0.1:
            deeds.append(("monitor_brought", {"person": loan.person_id}))
        elif chance.random() < 0.01:
            deeds.append(("withdraw_monitor", {"person": loan.person_id}))
    return deeds


def _champions(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """From interest over the workshop and the checks to active."""
    deeds: list[Deed] = []
    groups = _groups(session, network)
    for row in session.scalars(select(Champion).where(Champion.network_id == network)):
        if row.state is ChampionState.INTERESTED and chance.random() < 0.3:
            args: dict[str, Any] = {"at": _at(now, 7, 14), "place": "Oyster Hall"}
            deeds.append(("invite_to_workshop", {"person": row.person_id, **args}))
        elif row.state is ChampionState.INVITED and chance.random() < 0.05:
            deeds.append(("workshop_answer", {"person": row.person_id, "coming": chance.random() < 0.8}))
        elif row.state is ChampionState.CHECKING and chance.random() < 0.1:
            active = {"state": "active", "groups": chance.sample(groups, 2), **PAPERS}
            deeds.append(("change_champion", {"person": row.person_id, **active}))
        elif row.state is ChampionState.ACTIVE and chance.random() < 0.004:
            away = {"away_from": _day(now, 1), "away_until": _day(now, 12)}
            deeds.append(("change_champion", {"person": row.person_id, **away}))
    return deeds


def _day(now: datetime, days: int) -> str:
    day: date = now.astimezone(LONDON).date() + timedelta(days=days)
    return day.isoformat()


def _matches(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """Two records that may be one person: a link worker looks."""
    tasks = session.scalars(
        select(Task).where(
            Task.network_id == network, Task.kind == "possible_match", Task.state != TaskState.DONE
        )
    )
    return [
        (chance.choice(("confirm_match", "not_the_same")), {"task": task.id})
        for task in tasks
        if chance.random() < 0.3
    ]


def _lunches(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """Agencies' times at the next lunch, and who is meant by a wish to meet again."""
    deeds: list[Deed] = []
    lunch = session.scalars(
        select(Session_)
        .join(Group, Group.id == Session_.group_id)
        .where(
            Session_.network_id == network,
            Group.kind == "lunch",
            Session_.state == SessionState.PLANNED,
            Session_.starts_at > now + timedelta(days=1),
        )
        .order_by(Session_.starts_at)
    ).first()
    if lunch is not None and chance.random() < 0.2:
        at = (lunch.starts_at + timedelta(minutes=10)).astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
        slot = {"session": lunch.id, "what": "blood pressure check", "at": at, "agency": "Health checks"}
        deeds.append(("add_slot", slot))
    for wish in session.scalars(
        select(MeetAgain).where(MeetAgain.network_id == network, MeetAgain.state == MeetAgainState.WISHED)
    ):
        there = session.scalars(
            select(Place.person_id).where(
                Place.session_id == wish.session_id,
                Place.state.in_([PlaceState.ATTENDED, PlaceState.UNKNOWN]),
                Place.person_id != wish.wisher_id,
            )
        ).all()
        if there and wish.other_id is None and chance.random() < 0.4:
            deeds.append(("match_meet_again", {"wish": wish.id, "person": chance.choice(there)}))
    return deeds
