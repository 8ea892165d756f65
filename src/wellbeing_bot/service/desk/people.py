"""What staff do for a person's episode: entering, pausing, discharging, opening again, merging."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from wellbeing_bot.messages import Address
from wellbeing_bot.service import changing, merging
from wellbeing_bot.service.desk.base import GROUP, PERSON, Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.erasing.erasing import CannotErase, erase
from wellbeing_bot.service.linking.matching import look_for
from wellbeing_bot.service.people import (
    OPEN_REFERRAL,
    address_row,
    give_role,
    link_address,
    new_person,
    open_referral,
    own_line,
)
from wellbeing_bot.service.places import booking, signing_up
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import appointments, notices, satisfaction
from wellbeing_bot.store import Agreement, Group, Person, Practice, Referral
from wellbeing_bot.store.states import ReferralState, Role


def enter_person(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody referred by a practice, or met by staff. Nothing is texted because of it."""
    if not args["first_name"].strip():
        raise DeskError("write at least a first name")
    person = new_person(
        work,
        Role.PATIENT,
        first_name=args["first_name"].strip()[:60],
        last_name=(args.get("last_name") or "").strip()[:80],
    )
    person.postcode = (args.get("postcode") or "").strip().upper()[:10] or None
    person.landline = (args.get("landline") or "").strip()[:20] or None
    if args.get("practice") is not None:
        person.practice_id = find(work, Practice, args["practice"], "practice").id
    if args.get("mobile"):
        enter_mobile(work, person, args["mobile"], agreed=bool(args.get("agreed")))
    work.session.add(
        Referral(
            network_id=work.network.id,
            person_id=person.id,
            source=args.get("source") or "staff",
            referrer=(args.get("referrer") or "").strip()[:120],
            own_words=(args.get("about") or "").strip(),
            opened_at=work.now,
            concerns=[],
        )
    )
    work.session.flush()
    look_for(work, person)
    return {"person": person.id}


def enter_mobile(work: Work, person: Person, written: str, *, agreed: bool) -> None:
    """A number they gave, and whether they agreed to be texted at it.

    Raises:
        DeskError: it is not an address.
    """
    try:
        address = Address.parse(written)
    except ValueError as error:
        raise DeskError(str(error)) from None
    row = address_row(work, address, line=own_line(work, address.channel))
    link_address(work, person, row)
    if agreed:
        work.session.add(
            Agreement(person_id=person.id, address_id=row.id, wording="entered_by_staff", at=work.now)
        )


def pause(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Away until a date: places before it are given up, nothing is nudged, then all goes on."""
    person = find(work, Person, args["person"], "person")
    until = date.fromisoformat(args["until"])
    if until <= work.local_now.date():
        raise DeskError("choose a date that is to come")
    changing.pause_until(work, person, until)
    return {"person": person.id}


def resume(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Back before the date."""
    person = find(work, Person, args["person"], "person")
    person.paused_until = None
    return {"person": person.id}


def discharge(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The episode ends, with how it went. Places to come stay unless they are given up as well.

    They are asked one question by text soon after, unless they declined or had nothing of us.
    """
    person = find(work, Person, args["person"], "person")
    referral = open_referral(work, person)
    if referral is None:
        raise DeskError("no referral of theirs is open")
    referral.state = ReferralState.DECLINED if args.get("declined") else ReferralState.DISCHARGED
    referral.closed_at = work.now
    referral.outcome = (args.get("outcome") or "").strip()[:200]
    if args.get("give_up_places"):
        for place in booking.coming_places(work, person):
            signing_up.withdraw(work, place, why="discharged")
        for appointment in appointments.coming(work, person):
            appointments.call_off(work, appointment)
    if referral.state is ReferralState.DISCHARGED and args.get("ask") is not False:
        satisfaction.plan(work, referral)
    return {"person": person.id, "referral": referral.id}


def open_again(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Undo a discharge; an episode that ended long ago gets a new one instead."""
    person = find(work, Person, args["person"], "person")
    if open_referral(work, person) is not None:
        raise DeskError("a referral of theirs is open already")
    last = work.session.scalar(
        select(Referral)
        .where(Referral.person_id == person.id, Referral.state.not_in(OPEN_REFERRAL))
        .order_by(Referral.id.desc())
        .limit(1)
    )
    if last is None:
        give_role(work, person, Role.PATIENT)
        last = Referral(
            network_id=work.network.id, person_id=person.id, source="staff", opened_at=work.now, concerns=[]
        )
        work.session.add(last)
    else:
        last.state = _state_it_had(last)
        last.closed_at = None
        last.outcome = ""
    work.session.flush()
    return {"person": person.id, "referral": last.id}


def _state_it_had(referral: Referral) -> ReferralState:
    if referral.active_at is not None:
        return ReferralState.ACTIVE
    return ReferralState.BOOKED if referral.booked_at is not None else ReferralState.WAITING


def take_on(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Say whose caseload somebody is on."""
    person = find(work, Person, args["person"], "person")
    referral = open_referral(work, person)
    if referral is None:
        raise DeskError("no referral of theirs is open; open it again first")
    if args.get("link_worker") is None:
        referral.link_worker_id = None
    else:
        worker = find(work, Person, args["link_worker"], "link worker")
        if not worker.has(Role.LINK_WORKER):
            raise DeskError("that person is no link worker")
        if referral.link_worker_id != worker.id:
            referral.link_worker_id = worker.id
            occurrence = f"{referral.id}:{worker.id}"
            notices.tell_worker(work, worker, "new_referral", person, occurrence=occurrence)
    return {"person": person.id}


def contacted(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The first contact was made."""
    person = find(work, Person, args["person"], "person")
    referral = open_referral(work, person)
    if referral is None:
        raise DeskError("no referral of theirs is open; open it again first")
    referral.first_contact_at = referral.first_contact_at or work.now
    return {"person": person.id}


def change_contact(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """How to reach somebody, and how not."""
    person = find(work, Person, args["person"], "person")
    person.landline = (args.get("landline") or "").strip()[:20] or None
    person.contact_note = (args.get("note") or "").strip()[:2000]
    person.never_leave_word = bool(args.get("never_leave_word"))
    start, until = args.get("never_from"), args.get("never_until")
    if bool(start) != bool(until):
        raise DeskError("say both from when and until when, or neither")
    person.never_text_from, person.never_text_until = start or None, until or None
    return {"person": person.id}


def merge(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Two records are one person: everything moves to the one that stays."""
    gone = find(work, Person, args["person"], "person")
    stays = find(work, Person, args["into"], "person")
    if gone.id == stays.id:
        raise DeskError("choose two different records")
    if gone.merged_into_id is not None or stays.merged_into_id is not None:
        raise DeskError("one of them has been merged already")
    merging.merge(work, gone, stays)
    return {"person": stays.id}


def erase_person(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Forget somebody for good, at their wish."""
    person = find(work, Person, args["person"], "person")
    if not args["sure"]:
        raise DeskError("say that you are sure: what is erased cannot be brought back")
    try:
        erase(work, person)
    except CannotErase as reason:
        raise DeskError(str(reason)) from None
    return {"person": person.id}


def join_group(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A place every week."""
    person, group = (
        find(work, Person, args["person"], "person"),
        find(work, Group, args["group"], "group"),
    )
    signing_up.join_group(work, person, group)
    return {"person": person.id}


def leave_group(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """No longer every week; places to come are given up."""
    person, group = (
        find(work, Person, args["person"], "person"),
        find(work, Group, args["group"], "group"),
    )
    signing_up.leave_group(work, person, group, why="staff")
    return {"person": person.id}


def choose_language(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Write to somebody in another language from now on, because they asked for it."""
    person = find(work, Person, args["person"], "person")
    tag = args["language"]
    if tag != "en" and not work.speaks(tag):
        spoken = [one for one in work.deployment.scripts.languages if work.speaks(one)]
        raise DeskError(f"there is no language {tag!r} here; there is {', '.join(['en', *spoken])}")
    person.language = tag
    work.session.flush()
    return {"person": person.id}


ACTIONS: Mapping[str, DeskAction] = {
    "enter_person": DeskAction(
        "Enter somebody who was referred.",
        {
            "first_name": Argument("text", "their first name"),
            "last_name": optional("text", "their last name"),
            "mobile": optional("text", "sms:+447700900123"),
            "agreed": optional("yes_no", "whether they agreed to be texted"),
            "landline": optional("text", "to be rung, never texted"),
            "postcode": optional("text", "whole, or the part before the space"),
            "practice": optional("id", "the practice's number"),
            "source": optional("text", "gp, carer, champion or staff"),
            "referrer": optional("text", "who referred them"),
            "about": optional("text", "why, in their own words"),
        },
        enter_person,
    ),
    "pause": DeskAction(
        "Pause a person until a date.",
        {"person": PERSON, "until": Argument("date", "the day they are back")},
        pause,
    ),
    "resume": DeskAction("A paused person is back.", {"person": PERSON}, resume),
    "discharge": DeskAction(
        "End a person's referral.",
        {
            "person": PERSON,
            "outcome": optional("text", "how it went"),
            "declined": optional("yes_no", "they did not want it"),
            "give_up_places": optional("yes_no", "give up their places and appointments to come as well"),
            "ask": optional("yes_no", "ask by text how happy they were; yes, if left out"),
        },
        discharge,
    ),
    "open_again": DeskAction("Open a person's referral again.", {"person": PERSON}, open_again),
    "take_on": DeskAction(
        "Say which link worker has a person; nobody, when left out.",
        {"person": PERSON, "link_worker": optional("id", "the link worker's number as a person")},
        take_on,
    ),
    "contacted": DeskAction("The first contact was made.", {"person": PERSON}, contacted),
    "change_contact": DeskAction(
        "How to reach a person, and how not.",
        {
            "person": PERSON,
            "landline": optional("text", "to be rung, never texted"),
            "note": optional("text", "what to know before ringing"),
            "never_leave_word": optional("yes_no", "leave no word with anybody"),
            "never_from": optional("time", "text nothing from"),
            "never_until": optional("time", "text nothing until"),
        },
        change_contact,
    ),
    "choose_language": DeskAction(
        "Write to a person in the language they asked for.",
        {
            "person": PERSON,
            "language": Argument("text", "en, en-x-easy, or one the network switched on"),
        },
        choose_language,
    ),
    "merge": DeskAction(
        "Two records are one person.",
        {"person": PERSON, "into": Argument("id", "the number of the record that stays")},
        merge,
    ),
    "erase": DeskAction(
        "Forget a person for good: name, number, words and all that is under way.",
        {"person": PERSON, "sure": Argument("yes_no", "that this cannot be undone is understood")},
        erase_person,
    ),
    "join_group": DeskAction(
        "A place every week for a person.", {"person": PERSON, "group": GROUP}, join_group
    ),
    "leave_group": DeskAction(
        "End a person's weekly place.", {"person": PERSON, "group": GROUP}, leave_group
    ),
}
