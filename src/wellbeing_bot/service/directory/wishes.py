""" "Is there anywhere does cheap meals?": a text that asks what there is, and who answers it."""

from __future__ import annotations

from collections.abc import Sequence

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import going_on
from wellbeing_bot.service.people import is_shared
from wellbeing_bot.service.talking import interrupt, start
from wellbeing_bot.service.words import list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Intent, Meaning
from wellbeing_bot.understanding.needs import group_kinds, is_quiet, need_words, read_needs

GO_ELSEWHERE = frozenset({Intent.CHANGE_OR_CANCEL, Intent.VOLUNTEER, Intent.COMPLAINT, Intent.STOP})
"""A text that plainly wants one of these is not a question for the directory, whatever else it names."""


def asks_what_there_is(text: str) -> bool:
    """Whether a text asks what there is, which is answered alike whoever of a shared phone wrote it."""
    return read_needs(text).asks


def take_up(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    rows: Sequence[ConversationRow],
    meaning: Meaning,
) -> bool:
    """Answer a question for what there is. False when the text is none, or a group of ours is the answer."""
    if meaning.command is not None or (not people and rows):
        return False
    heard = read_needs(inbound.text)
    if not heard.asks or _is_elsewhere(heard.needs, meaning) or _groups_meet(work, inbound.text, heard.needs):
        return False
    needs: list[Fact] = list(heard.needs)
    if not people:
        _greet(work, address, inbound.text, heard.needs)
        return True
    if rows:
        interrupt(work, rows[0])
    person = people[0] if len(people) == 1 else None
    postcode = next((one.postcode for one in people if one.postcode), None)
    facts: dict[str, Fact] = {"needs": needs}
    if postcode:
        facts["postcode"] = postcode
    start(work, "signposts", address, person, facts)
    return True


def _is_elsewhere(needs: Sequence[str], meaning: Meaning) -> bool:
    """Whether what they want plainly has a road of its own: helping as a volunteer, calling something off."""
    if meaning.about is None or not meaning.about.intents:
        return False
    intent = meaning.about.intents[0]
    if intent is Intent.VOLUNTEER:
        return "volunteering" in needs
    return intent in GO_ELSEWHERE


def _groups_meet(work: Work, said: str, needs: Sequence[str]) -> bool:
    """Whether a group of ours meets one of the needs, in words that ask for such a group."""
    kinds = {kind for need in needs for kind in group_kinds(need)}
    kinds &= set(read_details(said, work.local_now).group_words)
    if not kinds:
        return False
    return any(kinds & {group.kind, *group.tags} for group in going_on(work))


def _greet(work: Work, address: AddressRow, said: str, needs: Sequence[str]) -> None:
    """Somebody we do not know: hello first; what they asked is answered once they have said yes."""
    facts: dict[str, Fact] = {
        "service": work.settings.service_name,
        "wish": "signpost",
        "needs": list(needs),
        "own_words": said,
    }
    shown = [need_words(need) for need in needs if not is_quiet(need)]
    if shown and len(shown) == len(needs) and not address.unsafe:
        words = {"what": list_words(shown[:2])}
        heard = say_notice(work.scripts_for(None, address), "heard_signpost", words, work.local_now.date())
        facts["heard"] = heard.text
    start(work, "hello", address, None, facts)


def may_be_named(work: Work, address: AddressRow) -> bool:
    """Whether a sensitive service may stand in a text to this phone."""
    return not address.unsafe and not is_shared(work, address)
