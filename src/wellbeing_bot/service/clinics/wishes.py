""" "Can I see Citizens Advice?": a text that asks for a time at a clinic."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.places.booking import coming_places
from wellbeing_bot.service.talking import interrupt, start
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Group, InboundRow, Person, Place
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Details, Intent, Meaning
from wellbeing_bot.understanding.needs import asks_for_time
from wellbeing_bot.understanding.second_thoughts import gives_up
from wellbeing_bot.understanding.text import words

SCRIPT = "clinic_book"

ABOUT_SOMETHING_ELSE = frozenset(
    {
        Intent.ATTENDANCE_NEXT,
        Intent.COMPLAINT,
        Intent.TRANSPORT,
        Intent.VOLUNTEER,
        Intent.STOP,
    }
)


def take_up(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    rows: Sequence[ConversationRow],
    meaning: Meaning,
) -> bool:
    """Offer times of the clinic a text names. False when it names none, or is about something else."""
    from wellbeing_bot.service import changing  # changing a clinic's time comes back here
    from wellbeing_bot.service.changing import waiting_lists

    if meaning.command is not None or (not people and rows) or len(people) > 1:
        return False
    if _first(meaning) in ABOUT_SOMETHING_ELSE:
        return False
    group = clinic_named(work, inbound.text)
    if group is None:
        return False
    details = read_details(inbound.text, work.local_now)
    has_time = bool(people and coming_places(work, people[0], group))
    if has_time and gives_up(inbound.text):
        changing.change(work, inbound, address, people[0], details)
        return True
    if not has_time and people and waiting_lists.leave(work, inbound.text, address, people[0]):
        return True
    # "Can I see the CAB on Thursday" may sound like a change, but who has no time there has none to change.
    if _first(meaning) is Intent.CHANGE_OR_CANCEL and (has_time or gives_up(inbound.text)):
        return False
    if not asks_for_time(inbound.text, _names(group)):
        return False
    if not people:
        facts = _wanted(group, details)
        start(
            work, "hello", address, None, {"service": work.settings.service_name, "wish": "clinic", **facts}
        )
        return True
    if rows:
        interrupt(work, rows[0])
    offer_times(work, address, people[0], group, details)
    return True


def _first(meaning: Meaning) -> Intent | None:
    """What the text is about before all else, where that can be told."""
    return next(iter(meaning.about.intents), None) if meaning.about is not None else None


def offer_times(
    work: Work,
    address: AddressRow,
    person: Person,
    group: Group,
    details: Details,
    instead_of: Place | None = None,
) -> None:
    """Offer the next times of a clinic; with ``instead_of``, to change the time they have."""
    facts = _wanted(group, details)
    if person.first_name:
        facts["first_name"] = person.first_name
    if instead_of is not None:
        facts["place"] = instead_of.id
    start(work, SCRIPT, address, person, facts)


def _wanted(group: Group, details: Details) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"clinic": group.id}
    if details.when is not None:
        facts["on"] = details.when.isoformat()
    elif details.day is not None:
        facts["day"] = details.day
    return facts


_CLINICS = Query(
    Group,
    lambda query: query.where(
        Group.network_id == given("network"),
        Group.slot_minutes.is_not(None),
        Group.running,
        or_(Group.ended_on.is_(None), Group.ended_on >= given("today")),
    ).order_by(Group.id),
)


def clinic_named(work: Work, said: str) -> Group | None:
    """The clinic a text names, by one of its names or its kind."""
    today = work.local_now.date()
    groups = _CLINICS.all(work.session, network=work.network.id, today=today)
    heard = words(said)
    return next((group for group in groups if any(_says(heard, name) for name in _names(group))), None)


def _names(group: Group) -> list[str]:
    return [name for name in (group.name, *group.also, group.kind) if name]


def _says(heard: Sequence[str], name: str) -> bool:
    """Whether the words of a name stand in a text, one after the other."""
    wanted = words(name)
    return any(
        list(heard[at : at + len(wanted)]) == wanted for at in range(len(heard) - len(wanted) + 1)
    ) and bool(wanted)
