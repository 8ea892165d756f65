"""What staff do about who is behind a phone: two records that are one, channels, proxies, unsafe phones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service import carers, merging
from wellbeing_bot.service.desk.base import PERSON, TASK, Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.linking import matching, preferring
from wellbeing_bot.service.people import addresses_of
from wellbeing_bot.service.tasks import finish, open_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person, Proxy, Task
from wellbeing_bot.store.states import TaskState


def link_people(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Two records are one person. The older stays, with all that both had."""
    one = find(work, Person, args["person"], "person")
    other = find(work, Person, args["same_as"], "person")
    if one.id == other.id:
        raise DeskError("choose two different records")
    if one.merged_into_id is not None or other.merged_into_id is not None:
        raise DeskError("one of them has been joined to another record already")
    stays, gone = (one, other) if one.id < other.id else (other, one)
    merging.merge(work, gone, stays)
    return {"person": stays.id}


def confirm_match(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """They are one person: the records become one."""
    return _decide(work, args, same=True)


def not_the_same(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """They are two people: never raised again for these two."""
    return _decide(work, args, same=False)


def _decide(work: Work, args: Mapping[str, Any], *, same: bool) -> dict[str, Any]:
    task = find(work, Task, args["task"], "task")
    person = matching.decide(work, task, same=same)
    if person is None:
        raise DeskError("that task is about no possible match, or somebody has decided already")
    return {"person": person.id, "task": task.id}


def prefer_channel(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Write to somebody by text or on Telegram from now on."""
    person = find(work, Person, args["person"], "person")
    if args["channel"] not in preferring.IN_WORDS:
        raise DeskError(f"choose a channel: {', '.join(preferring.IN_WORDS)}")
    row = preferring.prefer(work, person, args["channel"])
    if row is None:
        raise DeskError(
            "there is no way to write to them there: none on record, it failed, or they texted STOP"
        )
    return {"person": person.id, "address": str(row)}


def mark_phone(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Whether somebody else may read what is sent to a person."""
    person = find(work, Person, args["person"], "person")
    for row in addresses_of(work, person):
        row.unsafe = args["unsafe"]
    return {"person": person.id}


def record_proxy(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A person wishes somebody to get their messages. Their consent, and how it was given, is kept."""
    person = find(work, Person, args["person"], "person")
    proxy = find(work, Person, args["proxy"], "person")
    if person.id == proxy.id:
        raise DeskError("nobody is their own proxy")
    if not args["consent"].strip():
        raise DeskError("write how they gave their consent, and to whom")
    carers.record_proxy(
        work, person, proxy, relation=(args.get("relation") or "").strip(), consent=args["consent"].strip()
    )
    task = open_task(work, "proxy_wanted", person=person)
    if task is not None:
        finish(work, task, work.actor)
    return {"person": person.id}


def end_proxy(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody gets a person's messages no more."""
    person = find(work, Person, args["person"], "person")
    rows = work.session.scalars(
        select(Proxy).where(
            Proxy.person_id == person.id, Proxy.proxy_id == args["proxy"], Proxy.ended_at.is_(None)
        )
    ).all()
    if not rows:
        raise DeskError("that is no proxy of theirs")
    for row in rows:
        row.ended_at = work.now
    return {"person": person.id}


def over_16(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """It was misread, or they have turned 16: they may be asked and reminded again."""
    person = find(work, Person, args["person"], "person")
    person.under_16 = False
    task = open_task(work, "under_16", person=person)
    if task is not None and task.state is not TaskState.DONE:
        finish(work, task, work.actor)
    return {"person": person.id}


ACTIONS: Mapping[str, DeskAction] = {
    "link_people": DeskAction(
        "Two records are one person: the older stays, with the addresses of both.",
        {"person": PERSON, "same_as": Argument("id", "the other record's number")},
        link_people,
    ),
    "confirm_match": DeskAction(
        "The two records of a possible match are one person.", {"task": TASK}, confirm_match
    ),
    "not_the_same": DeskAction(
        "The two records of a possible match are two people.", {"task": TASK}, not_the_same
    ),
    "prefer_channel": DeskAction(
        "Write to a person by text or on Telegram from now on.",
        {"person": PERSON, "channel": Argument("text", "sms or telegram")},
        prefer_channel,
    ),
    "mark_phone": DeskAction(
        "Say whether somebody else may read what is sent to a person.",
        {"person": PERSON, "unsafe": Argument("yes_no", "somebody else may read it")},
        mark_phone,
    ),
    "record_proxy": DeskAction(
        "A person wishes somebody to get their messages.",
        {
            "person": PERSON,
            "proxy": Argument("id", "the number of whoever is to get them"),
            "consent": Argument("text", "how the person gave their consent"),
            "relation": optional("text", "who they are to the person: daughter, neighbour"),
        },
        record_proxy,
    ),
    "end_proxy": DeskAction(
        "Somebody gets a person's messages no more.",
        {"person": PERSON, "proxy": Argument("id", "the proxy's number as a person")},
        end_proxy,
    ),
    "over_16": DeskAction("A person is 16 or over after all.", {"person": PERSON}, over_16),
}
