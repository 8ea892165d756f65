"""The first hello: agreeing to be texted, or not."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, text
from wellbeing_bot.service.people import link_address, new_person, people_at
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.store import Agreement
from wellbeing_bot.store.states import Role, Urgency


def record_agreement(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Keep that they agreed to be texted, with the version of the words they saw, and make them a person."""
    work = talk.work
    if talk.person is None:
        known = people_at(work, talk.address)
        talk.person = known[0] if len(known) == 1 else new_person(work, Role.PATIENT)
        link_address(work, talk.person, talk.address)
        talk.person.language = talk.address.language or talk.person.language
    work.session.add(
        Agreement(
            person_id=talk.person.id, address_id=talk.address.id, wording=text(args, "wording"), at=work.now
        )
    )
    work.session.flush()
    return Outcome("done")


def record_no_agreement(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Keep that they would rather not be texted."""
    talk.work.session.add(
        Agreement(
            person_id=talk.person.id if talk.person else None,
            address_id=talk.address.id,
            wording=text(args, "wording"),
            given=False,
            at=talk.work.now,
        )
    )
    return Outcome("done")


def tell_team_too_young(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Somebody under 16 wrote: no more questions; a person decides what is right."""
    work = talk.work
    if talk.person is not None:
        talk.person.under_16 = True
    raise_task(
        work,
        "under_16",
        urgency=Urgency.SOON,
        person=talk.person,
        address=talk.address,
        occurrence=f"under_16:{talk.address.id}",
        due_at=due_in(work, 4),
        summary="The sender says they are under 16. They were given Childline and asked nothing more.",
        inbound=work.inbound,
    )
    return Outcome("done", {"numbers": work.settings.numbers.under_16})


ACTIONS = (
    action(
        "record_agreement",
        "Keeps the agreement to be texted and makes the sender a person.",
        record_agreement,
        takes={"wording": "text"},
    ),
    action(
        "record_no_agreement",
        "Keeps that they would rather not be texted.",
        record_no_agreement,
        takes={"wording": "text"},
    ),
    action(
        "tell_team_too_young",
        "Raises a task: somebody under 16 wrote.",
        tell_team_too_young,
        gives={"done": {"numbers": "text"}},
    ),
)
