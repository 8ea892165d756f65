"""What people ask or say between a question and its answer: who will see this, is it far, "a lady, please".

It is answered, and the question that waits is put again where they had begun that conversation themselves.
Only for texts that answer nothing: "is there a lift?" among access needs is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wellbeing_bot.conversation import Heard, Resumed, State
from wellbeing_bot.service.activities.finding import GROUPS_FOR
from wellbeing_bot.service.changing.after_all import changed_back
from wellbeing_bot.service.changing.being_met import hear_preference
from wellbeing_bot.service.hearing import own_story
from wellbeing_bot.service.hearing.open_questions import explains
from wellbeing_bot.service.meetings import at_the_door
from wellbeing_bot.service.questionnaires import rounds
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import BEGUN_BY_THEM, carry_on, start
from wellbeing_bot.service.wishes import good_to_know, on_record
from wellbeing_bot.service.wishes.to_staff import for_staff
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Group, InboundRow, Person, Session_
from wellbeing_bot.store.states import ConversationState
from wellbeing_bot.understanding.about_us import asks_about_us
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import (
    Answered,
    Interrupted,
    InterruptKind,
    Meaning,
    Skipped,
    Unclear,
)
from wellbeing_bot.understanding.practical import asks_for_the_bereaved, asks_the_way
from wellbeing_bot.understanding.second_thoughts import both_of_us, means_to_come

COMING = frozenset({"still_coming", "expect_you"})
"""Conversations that ask whether somebody comes: YES is coming."""

LEAST_WORDS_FOR_STAFF = 5
"""Words that are no attempt at a number or one of the answers of a scale."""

LOOKING, CHOOSING = "join_group", "choose"
OFFERS = frozenset({"offer_date", "offer_waiting"})
"""The conversation in which somebody looks for a group, and asks about those they are offered."""


def take_up(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    rows: Sequence[ConversationRow],
    meaning: Meaning,
) -> bool:
    """True when a text was such an aside and has been dealt with."""
    if rows and (
        _says_after_all_yes(work, inbound.text, rows[0], meaning)
        or _for_two(work, inbound.text, rows[0], meaning)
    ):
        inbound.understood = True
        return True
    if _answers(meaning):
        return False
    person = people[0] if len(people) == 1 else None
    asked = rows[0] if rows else None
    if person is not None and (
        at_the_door.hear(work, inbound, address, person)
        or changed_back(work, inbound.text, address, person)
        or hear_preference(work, inbound, address, person)
    ):
        inbound.understood = True
        return True
    if not people and asked is None:
        return False  # a stranger's first text: the greeting says who we are
    if asked is not None and _more_than_an_answer(asked, meaning):
        for_staff(work, inbound, address, list(people))
        return False  # and the question is put once more
    if asked is not None and person is not None and _of_a_group(work, inbound, address, person, asked):
        pass
    elif not _about_us(work, inbound.text, address, person):
        return _leads_on(work, inbound, address, person, asked, meaning)
    inbound.understood = True
    _ask_again(work, asked)
    return True


def _more_than_an_answer(asked: ConversationRow, meaning: Meaning) -> bool:
    """Words where a number was asked for: "I did go but could not see him". A person reads them."""
    if asked.script != rounds.SCRIPT or any(sign.isdigit() for sign in meaning.text):
        return False
    reading = dict(meaning.readings).get(str(asked.id))
    return isinstance(reading, Unclear) and len(meaning.text.split()) >= LEAST_WORDS_FOR_STAFF


def _leads_on(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    person: Person | None,
    asked: ConversationRow | None,
    meaning: Meaning,
) -> bool:
    """Something told about themselves, or another wish among the groups on offer: it says what comes next."""
    if asked is None:
        return False
    if not own_story.take_up(work, address, person, asked, meaning) and not (
        person is not None and _other_groups(work, inbound.text, address, person, asked)
    ):
        return False
    inbound.understood = True
    return True


def _other_groups(work: Work, said: str, address: AddressRow, person: Person, asked: ConversationRow) -> bool:
    """ "Is there anything for people who have lost somebody?", where other groups were offered."""
    if asked.script != LOOKING or State.from_json(asked.state).step != CHOOSING:
        return False
    details = read_details(said, work.local_now)
    concern = "bereavement" if asks_for_the_bereaved(said) else next(iter(details.concerns), "")
    words = [*details.group_words, *GROUPS_FOR.get(concern, ())]
    if not words:
        return False
    start(work, LOOKING, address, person, {"group_words": list(words), "own_words": said})
    return True


def _says_after_all_yes(work: Work, said: str, asked: ConversationRow, meaning: Meaning) -> bool:
    """ "No, I will come", to "are you still coming?": the no is to staying at home."""
    reading = dict(meaning.readings).get(str(asked.id))
    if asked.script not in COMING or reading is None or reading == Answered(True) or not means_to_come(said):
        return False
    carry_on(work, asked, Heard(Answered(True)))
    return True


def _for_two(work: Work, said: str, asked: ConversationRow, meaning: Meaning) -> bool:
    """ "Yes, both of us" to "shall I put you down?": the place is for two, and "both of us" is a yes."""
    state = State.from_json(asked.state)
    if asked.script != LOOKING or state.step not in OFFERS or not both_of_us(said):
        return False
    reading = dict(meaning.readings).get(str(asked.id))
    if reading is None or (isinstance(reading, Answered) and reading.value is not True):
        return False
    asked.state = replace(state, facts={**state.facts, "party": 2}).to_json()
    carry_on(work, asked, Heard(Answered(True)))
    return True


def _answers(meaning: Meaning) -> bool:
    """Whether a text answers an open question otherwise than by being put down whole, as any words would."""
    found = [reading for _, reading in meaning.readings if isinstance(reading, Answered | Skipped)]
    whole = [reading for reading in found if isinstance(reading, Answered) and reading.value == meaning.text]
    return len(found) > len(whole) or (bool(whole) and asks_about_us(meaning.text) is None)


def _about_us(work: Work, said: str, address: AddressRow, person: Person | None) -> bool:
    topic = asks_about_us(said)
    if topic is None:
        return False
    url = work.settings.privacy_url
    facts = {
        "who": {"service": work.settings.service_name},
        "privacy": {"more": f" More: {url}" if url else ""},
    }
    reply(work, address, f"about_us_{topic}", facts.get(topic, {}), person=person)
    return True


def _of_a_group(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, asked: ConversationRow
) -> bool:
    """A question about the group they are offered; with several on offer, it waits until one is chosen."""
    if asked.script != LOOKING:
        return False
    said = inbound.text
    facts = State.from_json(asked.state).facts
    session = facts.get("session")
    if asks_the_way(said) and isinstance(session, int):
        row = work.session.get_one(Session_, session)
        on_record.tell_where(work, address, person, row)
        return True
    if not good_to_know.asks_of_a_group(said):
        return False
    group = on_record.group_meant(work, said, read_details(said, work.local_now)) or _offered(work, facts)
    if group is None:
        reply(work, address, "choose_then_ask", person=person)
    else:
        good_to_know.tell(work, inbound, address, person, group)
    return True


def _offered(work: Work, facts: object) -> Group | None:
    """The one group that is on offer."""
    key = facts.get("group") if isinstance(facts, dict) else None
    return work.session.get(Group, key) if isinstance(key, int) else None


def _ask_again(work: Work, asked: ConversationRow | None) -> None:
    """Come back to the question, shortly where its words are long. Others wait and are not repeated."""
    if asked is None or asked.status is not ConversationState.OPEN:
        return
    if asked.script == "hello" or (asked.script not in BEGUN_BY_THEM and explains(work, asked)):
        carry_on(work, asked, Heard(Interrupted(InterruptKind.HELP)))
    elif asked.script in BEGUN_BY_THEM:
        carry_on(work, asked, Resumed())
