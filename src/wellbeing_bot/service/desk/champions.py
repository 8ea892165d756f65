"""What staff keep about champions: where they are in the pipeline, their checks, when they are away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from wellbeing_bot.service.champions import checks, workshop
from wellbeing_bot.service.desk.base import (
    PERSON,
    Argument,
    DeskAction,
    DeskError,
    find,
    moment,
    optional,
)
from wellbeing_bot.service.desk.people import enter_mobile
from wellbeing_bot.service.linking.matching import look_for
from wellbeing_bot.service.people import give_role, new_person
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Champion, ChampionGroup, Group, Person
from wellbeing_bot.store.states import ChampionState, Role

DATES = ("dbs_until", "badge_until", "training_until", "away_from", "away_until")


def change_champion(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Everything the form shows is kept as it shows it; an empty date is no date."""
    person = find(work, Person, args["person"], "person")
    champion = work.session.get(Champion, person.id)
    if champion is None:
        give_role(work, person, Role.CHAMPION)
        champion = Champion(person_id=person.id, network_id=work.network.id, entered_at=work.now)
        work.session.add(champion)
    before = dict(checks.dates(champion))
    if args.get("state"):
        champion.state = _state(args["state"])
    for name in DATES:
        setattr(champion, name, date.fromisoformat(args[name]) if args.get(name) else None)
    if champion.state is ChampionState.ACTIVE and champion.dbs_until is None:
        raise DeskError("an active champion needs the date the DBS check runs out")
    if champion.away_from and champion.away_until and champion.away_until < champion.away_from:
        raise DeskError("the last day away is before the first")
    champion.paused = bool(args.get("paused"))
    champion.gender = (args.get("gender") or "").strip()[:20]
    champion.how_to_know = (args.get("how_to_know") or "").strip()[:80]
    champion.most_a_month = args.get("most_a_month")
    work.session.flush()
    if args.get("groups") is not None:
        _groups(work, person, args["groups"])
    checks.renewed(work, person, before, champion)
    checks.welcome(work, person, champion)
    return {"person": person.id}


def enter_champion(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody who offered in person to help. Nothing is texted because of it."""
    if not args["first_name"].strip():
        raise DeskError("write at least a first name")
    person = new_person(
        work,
        Role.CHAMPION,
        first_name=args["first_name"].strip()[:60],
        last_name=(args.get("last_name") or "").strip()[:80],
    )
    if args.get("mobile"):
        enter_mobile(work, person, args["mobile"], agreed=bool(args.get("agreed")))
    work.session.add(Champion(person_id=person.id, network_id=work.network.id, entered_at=work.now))
    work.session.flush()
    look_for(work, person)
    return {"person": person.id}


def invite_to_workshop(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Ask somebody who would like to help to the workshop for new volunteers. Their answer comes by text."""
    person = find(work, Person, args["person"], "person")
    champion = work.session.get(Champion, person.id)
    if champion is None:
        raise DeskError("they have not offered to help yet; keep them as a champion first")
    at = moment(work, args["at"])
    if at <= work.now:
        raise DeskError("that time is past; choose one that is to come")
    sent = workshop.invite(work, person, champion, at, args["place"].strip()[:160])
    return {"person": person.id, "sent": sent} | ({} if sent else {"why": "They can't be texted. Ring them."})


def workshop_answer(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Their answer, given to staff."""
    person = find(work, Person, args["person"], "person")
    champion = work.session.get(Champion, person.id)
    if champion is None or champion.workshop_at is None:
        raise DeskError("they were not asked to a workshop")
    workshop.answer(work, person, coming=args["coming"])
    return {"person": person.id}


def _state(written: str) -> ChampionState:
    try:
        return ChampionState(written)
    except ValueError:
        raise DeskError(f"choose a state: {', '.join(ChampionState)}") from None


def _groups(work: Work, person: Person, wanted: list[Any]) -> None:
    ours = set(work.session.scalars(select(Group.id).where(Group.network_id == work.network.id)))
    chosen = {key for key in wanted if isinstance(key, int)}
    if not chosen <= ours:
        raise DeskError("one of those groups is not there")
    work.session.execute(delete(ChampionGroup).where(ChampionGroup.person_id == person.id))
    work.session.add_all(ChampionGroup(person_id=person.id, group_id=key) for key in sorted(chosen))
    work.session.flush()


ACTIONS: Mapping[str, DeskAction] = {
    "enter_champion": DeskAction(
        "Enter somebody who offered in person to help.",
        {
            "first_name": Argument("text", "their first name"),
            "last_name": optional("text", "their last name"),
            "mobile": optional("text", "sms:+447700900123"),
            "agreed": optional("yes_no", "whether they agreed to be texted"),
        },
        enter_champion,
    ),
    "change_champion": DeskAction(
        "Keep a champion's state, checks, groups and days away.",
        {
            "person": PERSON,
            "state": optional("text", "interested, invited, checking, active or left"),
            "dbs_until": optional("date", "the DBS check runs out"),
            "badge_until": optional("date", "the badge runs out"),
            "training_until": optional("date", "the training runs out"),
            "away_from": optional("date", "first day away"),
            "away_until": optional("date", "last day away"),
            "paused": optional("yes_no", "ask nothing of them for now"),
            "gender": optional("text", "only to respect a patient's preference"),
            "how_to_know": optional("text", "a green lanyard"),
            "most_a_month": optional("id", "most meetings a month"),
            "groups": optional("list", "numbers of the groups they meet people at"),
        },
        change_champion,
    ),
    "invite_to_workshop": DeskAction(
        "Ask somebody who would like to help to a workshop.",
        {
            "person": PERSON,
            "at": Argument("moment", "when it begins"),
            "place": Argument("text", "where it is"),
        },
        invite_to_workshop,
    ),
    "workshop_answer": DeskAction(
        "Type in whether somebody comes to the workshop.",
        {"person": PERSON, "coming": Argument("yes_no", "whether they come")},
        workshop_answer,
    ),
}
