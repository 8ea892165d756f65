"""Somebody discharged who texts again: greeted by name, and taken on again without forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.talking import open_conversations, start
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import notices
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person, Referral
from wellbeing_bot.store.states import ReferralState, Role, Urgency
from wellbeing_bot.understanding.meaning import Intent, Meaning

SCRIPT = "welcome_back"
ASKED_AGAIN_AFTER = timedelta(days=30)
"""Somebody who said no thank you is not asked at every text."""

_GREETING = re.compile(
    r"^\W*(?:hi|hiya|hello|hey|morning|evening|good (?:morning|afternoon|evening)|it'?s (?:me|only me)|"
    r"i'?m back|remember me)\b",
    re.IGNORECASE,
)


def take_up(
    work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person], meaning: Meaning
) -> bool:
    """Whether a text is somebody coming back; they are asked whether they would like to be seen again."""
    person = people[0] if len(people) == 1 else None
    if person is None or not _comes_back(inbound.text, meaning) or open_conversations(work, address):
        return False
    last = last_discharged(work, person)
    if last is None or _said_no_lately(work, person):
        return False
    facts: dict[str, Fact] = {
        "referral": last.id,
        "first_name": person.first_name or "there",
        "said": inbound.text,
    }
    start(work, SCRIPT, address, person, facts, subject=f"referral:{last.id}")
    return True


def _comes_back(said: str, meaning: Meaning) -> bool:
    about = meaning.about
    if about is None or meaning.command is not None:
        return False
    intents = set(about.intents)
    if intents & {Intent.SELF_REFERRAL, Intent.OTHER} or about.clarify:
        return True
    return bool(_GREETING.match(said)) and intents <= {Intent.HELP, Intent.THANKS_SMALLTALK}


def last_discharged(work: Work, person: Person) -> Referral | None:
    """Their last episode, if it ended as discharged and none is open."""
    if open_referral(work, person) is not None:
        return None
    last = work.session.scalar(
        select(Referral).where(Referral.person_id == person.id).order_by(Referral.id.desc()).limit(1)
    )
    return last if last is not None and last.state is ReferralState.DISCHARGED else None


def _said_no_lately(work: Work, person: Person) -> bool:
    asked = select(ConversationRow.id).where(
        ConversationRow.person_id == person.id,
        ConversationRow.script == SCRIPT,
        ConversationRow.opened_at > work.now - ASKED_AGAIN_AFTER,
    )
    return work.session.scalar(asked.limit(1)) is not None


def take_on_again(work: Work, person: Person, address: AddressRow, last: Referral, said: str) -> str:
    """Open an episode with their last link worker, who is told. Gives her first name, or nothing."""
    worker = work.session.get(Person, last.link_worker_id) if last.link_worker_id else None
    if worker is not None and (worker.erased_at is not None or not worker.has(Role.LINK_WORKER)):
        worker = None
    referral = open_referral(work, person)
    if referral is None:
        referral = Referral(
            network_id=work.network.id,
            person_id=person.id,
            source="self",
            own_words=said,
            link_worker_id=worker.id if worker else None,
            opened_at=work.now,
            concerns=list(last.concerns),
        )
        work.session.add(referral)
        work.session.flush()
    raise_task(
        work,
        "came_back",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"came_back:{referral.id}",
        due_at=due_in(work, 72),
        summary="Was discharged, and would like to be seen again. Please get in touch.",
        assigned_to=worker.full_name if worker else "",
        inbound=work.inbound,
    )
    if worker is not None:
        notices.tell_worker(work, worker, "new_referral", person, occurrence=str(referral.id))
    return worker.first_name if worker else ""
