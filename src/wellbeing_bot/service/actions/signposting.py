"""Signposting: at most two services that fit, and a person who helps with it."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, text, words
from wellbeing_bot.service.directory import entries, giving
from wellbeing_bot.service.directory.wishes import may_be_named
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import list_words
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.understanding.needs import is_quiet, known_needs, need_words


def find_services(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """At most two services, the near ones first, and a record that they were given.

    What must not be named on this phone is not named; when nothing else is left, neither is the need.
    """
    work = talk.work
    needs = [need for need in words(args, "needs") if need in known_needs()]
    postcode = text(args, "postcode") or (talk.person.postcode if talk.person else None) or ""
    named = may_be_named(work, talk.address)
    found = entries.find(work, needs, postcode=postcode, named=named)[: entries.AT_MOST]
    if found:
        giving.keep(work, talk.person, found, needs)
        given: list[Fact] = [row.name for row in found]
        return Outcome("some", {"service_lines": "\n".join(map(entries.line_of, found)), "given": given})
    if not named and (any(map(is_quiet, needs)) or entries.find(work, needs, postcode=postcode)):
        return Outcome("not_here")
    return Outcome("none")


def ask_team_about_needs(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would like somebody to help: a task, with the need and what was given already."""
    work = talk.work
    needs = [need_words(need) for need in words(args, "needs") if need in known_needs()]
    given = words(args, "given")
    summary = f"Would like help with: {list_words(needs) or 'see the thread'}."
    if given:
        summary += f" Was given by text: {list_words(given)}."
    raise_task(
        work,
        "signpost_help",
        urgency=Urgency.SOON,
        person=talk.person,
        address=talk.address,
        occurrence=f"signpost_help:{talk.row.id}",
        due_at=due_in(work, 48),
        summary=summary,
        inbound=work.inbound,
    )
    return Outcome("done")


ACTIONS = (
    action(
        "find_services",
        "At most two services of the directory that fit, the near ones first.",
        find_services,
        takes={"needs": "list", "postcode": "text"},
        gives={"some": {"service_lines": "text", "given": "list"}, "none": {}, "not_here": {}},
    ),
    action(
        "ask_team_about_needs",
        "Raises a task: they would like somebody to help with what they asked about.",
        ask_team_about_needs,
        takes={"needs": "list", "given": "list"},
    ),
)
