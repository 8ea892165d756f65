"""Lunches: answering an invitation, who comes along, what they eat, slots, and the questions afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of, place_of, text, words
from wellbeing_bot.service.activities.sessions import is_member
from wellbeing_bot.service.lunches import companions, home_again, invitations, meet_again, slots
from wellbeing_bot.service.lunches.kinds import is_lunch
from wellbeing_bot.service.lunches.slot_wishes import slot_facts
from wellbeing_bot.service.places import afterwards, signing_up
from wellbeing_bot.service.rides import asking
from wellbeing_bot.service.rides.rows import rides_of
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.store import Invitation, MeetAgain, Slot
from wellbeing_bot.store.states import InvitationState, PlaceState, SessionState


def accept_invitation(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would like to come: a place, or the waiting list."""
    work = talk.work
    invitation = work.session.get_one(Invitation, number(args, "invitation"))
    session = invitation.session
    if session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        return Outcome("gone")
    place = signing_up.sign_up(work, person_of(talk), session, source="invited")
    invitations.answer(work, invitation, InvitationState.COMING)
    facts: dict[str, Fact] = {"place": place.id, "session": session.id}
    if place.state is PlaceState.WAITLISTED:
        return Outcome("waitlisted", facts)
    return Outcome("booked_first" if place.first_time else "booked_again", facts)


def decline_invitation(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would rather not."""
    invitation = talk.work.session.get_one(Invitation, number(args, "invitation"))
    invitations.answer(talk.work, invitation, InvitationState.NOT_COMING)
    return Outcome("done")


def next_to_ask(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What is still to be asked after a place was booked: about the lunch, about a lift, or nothing."""
    place = place_of(talk, args)
    group = place.session.group
    if not place.state.coming:
        return Outcome("nothing")
    if (
        text(args, "after") != "lunch"
        and is_lunch(group)
        and not is_member(talk.work, place.person_id, group.id)
    ):
        return Outcome("lunch")
    wants = args.get("needs_lift") is True or text(args, "wish") == "transport"
    if (group.offers_transport or wants) and not rides_of(talk.work, place):
        return Outcome("ride")
    return Outcome("nothing")


def set_party(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """How many come, the person included. Where they do not all fit, the person keeps the place."""
    count = args.get("party")
    party = count if isinstance(count, int) and count > 0 else 1
    fits = companions.set_party(talk.work, place_of(talk, args), party)
    return Outcome("done" if fits else "no_room")


def change_party(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """How many come, said after the place was booked; seats in a lift that is under way follow."""
    work, place = talk.work, place_of(talk, args)
    count = args.get("party")
    party = count if isinstance(count, int) else 1
    if party < 1 or not place.state.coming:
        return Outcome("nobody")
    if not companions.set_party(work, place, party):
        return Outcome("no_room")
    rides = rides_of(work, place)
    for ride in rides:
        asking.ask_for(work, ride, party=party)
    said = "just you" if party == 1 else f"{party} of you"
    return Outcome("with_lift" if rides else "done", {"party_words": said})


def set_diet(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What they cannot eat, in their words."""
    said = text(args, "diet")
    if companions.says_only_yes(said):
        return Outcome("what")
    companions.set_diet(person_of(talk), said)
    return Outcome("done")


def diet_known(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What is on record about what they cannot eat."""
    diet = person_of(talk).dietary_needs
    return Outcome("known", {"diet": diet}) if diet else Outcome("unknown")


def set_needs(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What would make it easier for them to come."""
    person = person_of(talk)
    person.access_needs = sorted({*person.access_needs, *words(args, "access_needs")})
    return Outcome("done")


def needs_known(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Whether something is on record about getting about; somebody who referred themselves was asked."""
    return Outcome("known" if companions.asked_about_needs(talk.work, person_of(talk)) else "unknown")


def list_slots(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The slots they may sign up to."""
    place = place_of(talk, args)
    offered = slots.free_slots(talk.work, place)
    if not offered:
        return Outcome("none")
    facts = slot_facts(talk.work, place, offered)
    return Outcome("some", {"slot_choices": facts["slot_choices"], "slot_lines": facts["slot_lines"]})


def book_slot(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Sign up to a slot, if it is still free."""
    work, place = talk.work, place_of(talk, args)
    slot = work.session.get_one(Slot, int(text(args, "slot")))
    if not slots.book(work, place, slot):
        return Outcome("gone")
    return Outcome("done", {"slot_words": slots.in_words(work, slot)})


def came_and_home(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They got there and home again."""
    place = place_of(talk, args)
    home_again.safe(talk.work, place)
    outcome = afterwards.patient_says(talk.work, place, came=True)
    return Outcome("regular" if outcome == "regular" and place.first_time else "done")


def came_not_home(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They got there, but not home all right: a person rings them."""
    place = place_of(talk, args)
    afterwards.patient_says(talk.work, place, came=True)
    home_again.not_safe(talk.work, place)
    return Outcome("done")


def may_meet_again(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Whether to ask if they would like to meet up again with somebody."""
    return Outcome("yes" if meet_again.may_ask(talk.work, place_of(talk, args)) else "no")


def wish_to_meet_again(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would, and have said whom they mean."""
    meet_again.wish(talk.work, place_of(talk, args), text(args, "friend_words"))
    return Outcome("done")


def not_meet_again(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would rather not."""
    place_of(talk, args).meet_again = False
    return Outcome("done")


def agree_to_meet_again(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The other says yes as well."""
    wish = talk.work.session.get_one(MeetAgain, number(args, "wish"))
    meet_again.agree(talk.work, wish, answering=person_of(talk))
    return Outcome("done")


def decline_to_meet_again(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The other would rather not."""
    meet_again.decline(talk.work, talk.work.session.get_one(MeetAgain, number(args, "wish")))
    return Outcome("done")


ACTIONS = (
    action(
        "accept_invitation",
        "They would like to come: a place, or the waiting list.",
        accept_invitation,
        takes={"invitation": "number"},
        gives={
            "booked_first": {"place": "number", "session": "number"},
            "booked_again": {"place": "number", "session": "number"},
            "waitlisted": {"place": "number", "session": "number"},
            "gone": {},
        },
    ),
    action(
        "decline_invitation",
        "They would rather not come.",
        decline_invitation,
        takes={"invitation": "number"},
    ),
    action(
        "next_to_ask",
        "What is still to be asked about a booked place: the lunch, a lift, or nothing.",
        next_to_ask,
        takes={"place": "number", "after": "text", "needs_lift": "yes_no", "wish": "text"},
        gives={"lunch": {}, "ride": {}, "nothing": {}},
    ),
    action(
        "set_party",
        "How many come, the person included.",
        set_party,
        takes={"place": "number", "party": "number"},
        gives={"done": {}, "no_room": {}},
    ),
    action(
        "change_party",
        "How many come, said after the place was booked.",
        change_party,
        takes={"place": "number", "party": "number"},
        gives={
            "done": {"party_words": "text"},
            "with_lift": {"party_words": "text"},
            "no_room": {},
            "nobody": {},
        },
    ),
    action(
        "set_diet",
        "Keeps what they cannot eat; a bare yes names nothing yet.",
        set_diet,
        takes={"diet": "text"},
        gives={"done": {}, "what": {}},
    ),
    action(
        "diet_known",
        "What is on record about what they cannot eat.",
        diet_known,
        gives={"known": {"diet": "text"}, "unknown": {}},
    ),
    action("set_needs", "Keeps what makes it easier to come.", set_needs, takes={"access_needs": "list"}),
    action(
        "needs_known",
        "Whether they were asked what makes it easier to come.",
        needs_known,
        gives={"known": {}, "unknown": {}},
    ),
    action(
        "list_slots",
        "The slots they may sign up to.",
        list_slots,
        takes={"place": "number"},
        gives={"some": {"slot_choices": "choices", "slot_lines": "text"}, "none": {}},
    ),
    action(
        "book_slot",
        "Signs them up to a slot.",
        book_slot,
        takes={"place": "number", "slot": "text"},
        gives={"done": {"slot_words": "text"}, "gone": {}},
    ),
    action(
        "came_and_home",
        "They got there and home again.",
        came_and_home,
        takes={"place": "number"},
        gives={"regular": {}, "done": {}},
    ),
    action(
        "came_not_home", "They got there but not home all right.", came_not_home, takes={"place": "number"}
    ),
    action(
        "may_meet_again",
        "Whether to ask about meeting up again.",
        may_meet_again,
        takes={"place": "number"},
        gives={"yes": {}, "no": {}},
    ),
    action(
        "wish_to_meet_again",
        "They would like to meet up again with somebody.",
        wish_to_meet_again,
        takes={"place": "number", "friend_words": "text"},
    ),
    action("not_meet_again", "They would rather not.", not_meet_again, takes={"place": "number"}),
    action(
        "agree_to_meet_again",
        "The other says yes; both are told.",
        agree_to_meet_again,
        takes={"wish": "number"},
    ),
    action(
        "decline_to_meet_again",
        "The other would rather not; nobody is told.",
        decline_to_meet_again,
        takes={"wish": "number"},
    ),
)
