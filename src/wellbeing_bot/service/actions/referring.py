"""Self-referral: keeping what somebody told us, reading it back, and telling the link workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, person_of, text, words
from wellbeing_bot.service.linking.matching import look_for
from wellbeing_bot.service.names import split_name
from wellbeing_bot.service.people import give_role, not_to_be_rung, open_referral
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import list_words
from wellbeing_bot.store import Practice, Referral
from wellbeing_bot.store.states import ReferralState, Role, Urgency
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.people_words import not_by_phone

NOT_SURE = "not_sure"

NOTHING = frozenset({"no", "none", "nothing", "not sure", "n/a", "nothing really", "no thanks"})

LEAST_FIRST_WORDS = 4
"""A shorter first text, such as "hello" or "join the walk", says nothing of who writes."""

NEEDS_IN_WORDS = {
    "wheelchair": "you use a wheelchair",
    "walking_frame": "you use a walking frame",
    "stick": "you use a stick",
    "crutches": "you use crutches",
    "scooter": "you use a scooter",
    "guide_dog": "you have a guide dog",
    "sight": "you do not see well",
    "hearing": "you do not hear well",
    "no_steps": "you cannot manage steps",
    "oxygen": "you use oxygen",
    "carer": "you come with a carer",
    "toilet": "you need a toilet close by",
    "other": "you told us about getting about",
}


def list_practices(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The surgeries of this network, so that a name said in any way finds its own."""
    practices = talk.work.session.scalars(
        select(Practice).where(Practice.network_id == talk.work.network.id).order_by(Practice.name)
    )
    offered: list[Fact] = [
        {"value": str(practice.id), "label": practice.name, "also": list(practice.also)}
        for practice in practices
    ]
    offered.append(
        {
            "value": NOT_SURE,
            "label": "Not sure",
            "also": ["don't know", "dont know", "no idea", "unsure", "none of these", "another one", "other"],
        }
    )
    return Outcome("done", {"practices": offered})


def read_back(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What was said, in one short text, to be put right."""
    parts = [f"I have you as {text(args, 'first_name') or 'no name yet'}"]
    postcode, practice = text(args, "postcode"), text(args, "practice_words")
    if postcode:
        parts.append(f"postcode {postcode}")
    if practice and practice != "Not sure":
        parts.append(f"surgery {practice}")
    needs = [NEEDS_IN_WORDS[need] for need in words(args, "access_needs") if need in NEEDS_IN_WORDS]
    if needs:
        parts.append(list_words(needs))
    return Outcome("done", {"summary": ", ".join(parts) + "."})


def refer(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Make or freshen the referral and tell the link workers."""
    work, person = talk.work, person_of(talk)
    if text(args, "first_name"):
        person.first_name, last_name = split_name(text(args, "first_name"))
        person.last_name = last_name or person.last_name
    person.postcode = text(args, "postcode") or person.postcode
    practice = text(args, "practice")
    if practice.isdigit():
        person.practice_id = int(practice)
    if isinstance(args.get("access_needs"), list):
        person.access_needs = words(args, "access_needs")
    own_words = text(args, "own_words")
    own_words = "" if own_words.lower().strip(" .!") in NOTHING else own_words
    own_words = "\n".join(_told(text(args, "first_words"), words(args, "told"), own_words))
    concerns = list(read_details(own_words, work.local_now).concerns) if own_words else []
    referral = open_referral(work, person)
    if referral is None:
        referral = Referral(
            network_id=work.network.id,
            person_id=person.id,
            state=ReferralState.WAITING,
            source="self",
            opened_at=work.now,
            concerns=[],
        )
        work.session.add(referral)
        work.session.flush()
    referral.own_words = own_words or referral.own_words
    if not_by_phone(own_words):
        not_to_be_rung(person)
    referral.referrer = text(args, "source") or referral.referrer
    referral.concerns = sorted({*referral.concerns, *concerns, *words(args, "concerns")})
    raise_task(
        work,
        "new_referral",
        urgency=Urgency.SOON,
        person=person,
        address=talk.address,
        occurrence=f"new_referral:{referral.id}",
        due_at=due_in(work, 72),
        summary="Referred themselves by text.",
        inbound=work.inbound,
    )
    give_role(work, person, Role.PATIENT)
    look_for(work, person)
    return Outcome("done")


def _told(first: str, told: Sequence[str], matters: str) -> list[str]:
    """All that they said of themselves, as they said it; the first text if it says anything."""
    first = first if len(first.split()) >= LEAST_FIRST_WORDS else ""
    return [said for said in (first, *told, matters) if said]


def ask_team(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Put something on the worklist for a person to take up."""
    kind = text(args, "kind") or "asks_for_person"
    raise_task(
        talk.work,
        kind,
        urgency=Urgency.SOON,
        person=talk.person,
        address=talk.address,
        occurrence=f"{kind}:{talk.row.id}",
        due_at=due_in(talk.work, 48),
        summary=text(args, "summary"),
        inbound=talk.work.inbound,
    )
    return Outcome("done")


ACTIONS = (
    action(
        "list_practices",
        "The surgeries of this network, as choices.",
        list_practices,
        gives={"done": {"practices": "choices"}},
    ),
    action(
        "read_back",
        "What was said, in one short text.",
        read_back,
        takes={"first_name": "text", "postcode": "text", "practice_words": "text", "access_needs": "list"},
        gives={"done": {"summary": "text"}},
    ),
    action(
        "refer",
        "Makes a waiting referral and a task for the link workers.",
        refer,
        takes={
            "first_name": "text",
            "postcode": "text",
            "practice": "text",
            "own_words": "text",
            "first_words": "text",
            "told": "list",
            "access_needs": "list",
            "concerns": "list",
            "source": "text",
        },
    ),
    action(
        "ask_team",
        "Raises a task of the given kind.",
        ask_team,
        takes={"kind": "text", "summary": "text"},
    ),
)
