"""Asking for a lift, and a volunteer's answer about giving one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of, place_of, text, words
from wellbeing_bot.service.activities.finding import is_named, neutral_name, running_groups
from wellbeing_bot.service.changing.targets import speaks_of
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.rides import answering, asking, drivers
from wellbeing_bot.service.rides.carrying import needs_words
from wellbeing_bot.service.rides.describing import ride_line
from wellbeing_bot.service.rides.rows import UNDER_WAY, last_ride, rides_of
from wellbeing_bot.service.rides.saying import driver_words, phone_words
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DriverAsk, Place, Ride
from wellbeing_bot.store.states import RideState
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.ride_words import comes_back_to, read_legs

WAYS = {"both": (True, True), "there": (True, False), "home": (False, True)}


def find_lift_place(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What the lift is for: the place just booked, the one a text speaks of, or the only one there is."""
    work, person = talk.work, person_of(talk)
    if isinstance(args.get("place"), int):
        return _for(talk, place_of(talk, args))
    coming = booking.coming_places(work, person)
    found = [place for place in coming if place.state.coming]
    if not found:
        return Outcome("waiting" if coming else "none")
    said = text(args, "own_words")
    spoken_of = [
        place
        for place in found
        if is_named(place.session.group, said)
        or set(words(args, "group_words")) & {place.session.group.kind, *place.session.group.tags}
    ]
    if not spoken_of and _speaks_of_another(work, said, words(args, "group_words")):
        return Outcome("none")
    found = spoken_of or found
    day = args.get("day")
    on_day = [one for one in found if one.session.starts_at.astimezone(work.zone).weekday() == day]
    doubtful = day is not None and not on_day and not spoken_of
    found = on_day or found
    if len(found) > 1 and comes_back_to(said):
        before = last_ride(work, person)
        found = [place for place in found if before and place.id == before.place_id] or found
    groups = {place.session.group_id for place in found}
    if not doubtful and (len(found) == 1 or len(groups) == 1):
        return _for(talk, found[0])
    labels = [(place, f"{neutral_name(place.session.group)}, {_when(work, place)}") for place in found[:4]]
    choices: list[Fact] = [{"value": str(place.id), "label": label} for place, label in labels]
    lines = "\n".join(f"{n}. {label}" for n, (_, label) in enumerate(labels, start=1))
    return Outcome("some", {"lift_choices": choices, "lift_lines": lines})


def _speaks_of_another(work: Work, said: str, kinds: Sequence[str]) -> bool:
    """Whether a lift is wanted to a group of ours that they are not down for yet."""
    spoken = Details(group_words=tuple(kinds))
    return any(speaks_of(group, said, spoken) for group in running_groups(work))


def _when(work: Work, place: Place) -> str:
    return when_words(place.session.starts_at, work.zone, place.person.language)


def choose_lift_place(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The one they chose."""
    return _for(talk, talk.work.session.get_one(Place, int(text(args, "lift_for"))))


def _for(talk: Talk, place: Place) -> Outcome:
    work = talk.work
    facts: dict[str, Fact] = {
        "place": place.id,
        "lift_group": neutral_name(place.session.group),
        "lift_when": _when(work, place),
    }
    talk.row.session_id = place.session_id
    talk.row.subject = talk.row.subject or f"place:{place.id}"
    rides = rides_of(work, place)
    if rides:
        return Outcome("has_ride", {**facts, "ride_line": ride_line(work, rides[0])})
    return Outcome("one", facts)


def ways_said(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Which way was said already: "need one home", "there and back"."""
    legs = read_legs(text(args, "own_words"))
    if legs is None or legs.drops_all:
        return Outcome("not_said")
    for name, ways in WAYS.items():
        if (legs.there, legs.back) == ways:
            return Outcome("said", {"ways": name})
    return Outcome("not_said")


def last_pick_up(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Where they were fetched the last time."""
    ride = last_ride(talk.work, person_of(talk))
    if ride is None or not ride.pick_up:
        return Outcome("unknown")
    return Outcome("known", {"pick_up": ride.pick_up})


def driver_needs(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What the driver must know and they told us before, just now or long ago."""
    person = person_of(talk)
    person.access_needs = sorted({*person.access_needs, *words(args, "access_needs")})
    known = needs_words(person.access_needs)
    return Outcome("known", {"needs_line": known}) if known else Outcome("unknown")


def companion_known(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Whether it is known how many they are: said a moment ago, or a companion on record."""
    said = args.get("party")
    party = place_of(talk, args).party
    if isinstance(said, int) and said >= 1:
        return Outcome("known", {"party": min(said, party)})
    return Outcome("known", {"party": party}) if party > 1 else Outcome("unknown")


def request_ride(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Ask for the ride with all that was said."""
    work, person, place = talk.work, person_of(talk), place_of(talk, args)
    if not place.state.coming:
        return Outcome("off")
    there, back = WAYS.get(text(args, "ways"), (True, True))
    said = {*words(args, "needs"), *words(args, "more_needs")}
    needs = {*person.access_needs, *said}
    person.access_needs = sorted(needs)
    party = args.get("party")
    wanted = asking.Wanted(
        there=there,
        back=back,
        pick_up=text(args, "pick_up"),
        needs=tuple(sorted(needs)),
        party=party if isinstance(party, int) and party > 0 else place.party,
        phone=text(args, "phone"),
    )
    ride, outcome = asking.request(work, place, wanted)
    facts: dict[str, Fact] = {"provider": driver_words(ride)} if outcome == "asked" else {}
    return Outcome(outcome, facts)


def change_pick_up(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The driver is to come to another address; whoever has the ride already is told."""
    work = talk.work
    ride = work.session.get_one(Ride, number(args, "ride"))
    if ride.state not in UNDER_WAY:
        return Outcome("off")
    told = answering.counts_on_it(ride)
    asking.ask_for(work, ride, pick_up=text(args, "pick_up"))
    return Outcome("told" if told else "asked")


def take_drive(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """A volunteer says yes, and learns where to go."""
    ask = talk.work.session.get_one(DriverAsk, number(args, "ask"))
    outcome = drivers.accept(talk.work, ask)
    if outcome != "accepted":
        return Outcome(outcome)
    ride = ask.ride
    return Outcome(
        "accepted",
        {
            "pick_up": ride.pick_up or "an address our team will give you",
            "phone": phone_words(ride.phone) or "no number given",
            "starts": ride.place.session.starts_at.astimezone(talk.work.zone).strftime("%H:%M"),
        },
    )


def leave_drive(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """A volunteer says no."""
    drivers.decline(talk.work, talk.work.session.get_one(DriverAsk, number(args, "ask")))
    return Outcome("done")


def drive_time(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """When the volunteer will be there. A time after the start is asked about again."""
    work = talk.work
    ride = talk.work.session.get_one(DriverAsk, number(args, "ask")).ride
    said = time.fromisoformat(text(args, "at"))
    session = ride.place.session
    if ride.state not in {RideState.SENT, RideState.CONFIRMED} or not ride.place.state.coming:
        return Outcome("off")
    day: date = session.starts_at.astimezone(work.zone).date()
    moment = datetime.combine(day, said, tzinfo=work.zone)
    if ride.there and moment >= session.starts_at:
        return Outcome("too_late")
    written = said.isoformat("minutes")
    answering.confirm(work, ride, written, written, "the driver")
    return Outcome("done")


def no_drive_time(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The volunteer gave no time: a person asks for it."""
    ask = talk.work.session.get_one(DriverAsk, number(args, "ask"))
    if ask.ride.state is RideState.SENT:
        asking.time_missing(talk.work, ask.ride)
    return Outcome("done")


ACTIONS = (
    action(
        "find_lift_place",
        "What a lift is for: the place just booked, the one a text speaks of, or the only one.",
        find_lift_place,
        takes={"place": "number", "own_words": "text", "group_words": "list", "day": "number"},
        gives={
            "one": {"place": "number", "lift_group": "text", "lift_when": "text"},
            "has_ride": {"place": "number", "lift_group": "text", "lift_when": "text", "ride_line": "text"},
            "some": {"lift_choices": "choices", "lift_lines": "text"},
            "waiting": {},
            "none": {},
        },
    ),
    action(
        "choose_lift_place",
        "The place they chose a lift for.",
        choose_lift_place,
        takes={"lift_for": "text"},
        gives={
            "one": {"place": "number", "lift_group": "text", "lift_when": "text"},
            "has_ride": {"place": "number", "lift_group": "text", "lift_when": "text", "ride_line": "text"},
        },
    ),
    action(
        "ways_said",
        "Which way a lift is wanted, when that was said already.",
        ways_said,
        takes={"own_words": "text"},
        gives={"said": {"ways": "text"}, "not_said": {}},
    ),
    action(
        "last_pick_up",
        "Where they were fetched the last time.",
        last_pick_up,
        gives={"known": {"pick_up": "text"}, "unknown": {}},
    ),
    action(
        "driver_needs",
        "What a driver must know and is on record.",
        driver_needs,
        takes={"access_needs": "list"},
        gives={"known": {"needs_line": "text"}, "unknown": {}},
    ),
    action(
        "companion_known",
        "Whether it is known how many they are.",
        companion_known,
        takes={"place": "number", "party": "number"},
        gives={"known": {"party": "number"}, "unknown": {}},
    ),
    action(
        "request_ride",
        "Asks for a ride: on the provider's next list, of a volunteer, or of a person when it is late.",
        request_ride,
        takes={
            "place": "number",
            "ways": "text",
            "pick_up": "text",
            "needs": "list",
            "more_needs": "list",
            "party": "number",
            "phone": "text",
        },
        gives={"asked": {"provider": "text"}, "asking_driver": {}, "late": {}, "by_hand": {}, "off": {}},
    ),
    action(
        "change_pick_up",
        "Another address for a ride that is under way.",
        change_pick_up,
        takes={"ride": "number", "pick_up": "text"},
        gives={"asked": {}, "told": {}, "off": {}},
    ),
    action(
        "take_drive",
        "A volunteer driver says yes.",
        take_drive,
        takes={"ask": "number"},
        gives={
            "accepted": {"pick_up": "text", "phone": "text", "starts": "time"},
            "sorted": {},
            "off": {},
        },
    ),
    action(
        "leave_drive", "A volunteer driver says no; the next is asked.", leave_drive, takes={"ask": "number"}
    ),
    action(
        "drive_time",
        "When a volunteer driver will fetch them; the passenger is told.",
        drive_time,
        takes={"ask": "number", "at": "time"},
        gives={"done": {}, "too_late": {}, "off": {}},
    ),
    action(
        "no_drive_time",
        "A volunteer driver gave no time; a person asks for it.",
        no_drive_time,
        takes={"ask": "number"},
    ),
)
