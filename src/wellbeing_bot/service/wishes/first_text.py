"""The first text of somebody we do not know: hello, what was heard in it, and the facts it already holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wellbeing_bot.conversation import Heard, State, say_notice
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import going_on, is_named, schedule_of
from wellbeing_bot.service.talking import carry_on, start
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Group
from wellbeing_bot.understanding.intents import plainly_about
from wellbeing_bot.understanding.meaning import (
    Details,
    Intent,
    IntentReading,
    Interrupted,
    InterruptKind,
)


def greet(work: Work, address: AddressRow, about: IntentReading, intents: Sequence[Intent]) -> None:
    """Say hello, show what was heard, and ask whether texting is all right."""
    intents = for_themselves(about, intents, work)
    facts: dict[str, Fact] = {"service": work.settings.service_name}
    heard = heard_words(work, address, about, intents)
    if heard:
        facts["heard"] = heard
    facts |= facts_of(about, intents, work.inbound.text if work.inbound else "")
    start(work, "hello", address, None, facts)


def for_themselves(about: IntentReading, intents: Sequence[Intent], work: Work) -> Sequence[Intent]:
    """ "My wife died in June" names somebody else, but it is the writer who needs us."""
    if Intent.CARER_REFERRAL not in intents or "bereavement" not in about.details.concerns:
        return intents
    plain = plainly_about(work.inbound.text if work.inbound else "", now=work.local_now)
    if plain is not None and Intent.CARER_REFERRAL in plain.intents:
        return intents
    return [Intent.SELF_REFERRAL if one is Intent.CARER_REFERRAL else one for one in intents]


def hear_more(work: Work, row: ConversationRow, about: IntentReading) -> None:
    """They said more before saying yes: it is kept, and the question is asked again."""
    state = State.from_json(row.state)
    learnt = facts_of(about, [i for i in about.intents if i is not Intent.OTHER], "")
    kept = {**state.facts, **{name: value for name, value in learnt.items() if value not in (None, "", [])}}
    row.state = replace(state, facts=kept).to_json()
    carry_on(work, row, Heard(Interrupted(InterruptKind.HELP)))


def facts_of(about: IntentReading, intents: Sequence[Intent], said: str) -> dict[str, Fact]:
    """What a first text already tells, as facts a script may know. What was not said is left out."""
    details: Details = about.details
    facts: dict[str, Fact] = {
        "wish": intents[0].value if intents else None,
        "wish_2": intents[1].value if len(intents) > 1 else None,
        "group_words": list(details.group_words),
        "day": details.day,
        "alone": details.alone or None,
        "needs_lift": details.needs_lift or None,
        "first_name": details.name,
        "postcode": details.postcode,
        "concerns": list(details.concerns),
        "access_needs": list(details.access_needs),
        "source": details.source,
        "for_whom": details.for_whom,
        "own_words": said or None,
    }
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def heard_words(work: Work, address: AddressRow, about: IntentReading, intents: Sequence[Intent]) -> str:
    """ "You asked about the Harbour Walk, Thursdays at 10am." Empty where there is nothing to show."""
    said = work.inbound.text if work.inbound else ""
    facts: dict[str, Fact] = {}
    notice = {
        Intent.SELF_REFERRAL: "heard_self_referral",
        Intent.TRANSPORT: "heard_transport",
        Intent.VOLUNTEER: "heard_volunteer",
        Intent.CARER_REFERRAL: "heard_carer",
    }.get(intents[0] if intents else Intent.OTHER, "")
    if notice in {"", "heard_self_referral"} and "bereavement" in about.details.concerns:
        notice = "heard_bereaved"
    group = _group_said(work, said, about.details)
    if group is not None and not group.sensitive and notice in {"", "heard_self_referral"}:
        notice = "heard_group"
        schedule = schedule_of(group)
        facts = {"group": group.name, "schedule": f", {schedule}" if schedule else ""}
    if not notice:
        return ""
    return say_notice(work.scripts_for(None, address), notice, facts, work.local_now.date()).text


def _group_said(work: Work, said: str, details: Details) -> Group | None:
    groups = [group for group in going_on(work) if group.ended_on is None]
    named = [group for group in groups if is_named(group, said)]
    if len(named) == 1:
        return named[0]
    tagged = [group for group in groups if set(details.group_words) & {group.kind, *group.tags}]
    return tagged[0] if len(tagged) == 1 else None
