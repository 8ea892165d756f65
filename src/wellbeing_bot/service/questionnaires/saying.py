"""The words of a round: purpose, questions, nudges, and one line in answer to a text.

Nothing here goes to a proxy: a questionnaire is between the service and the person alone.
"""

from __future__ import annotations

from wellbeing_bot.conversation import Say, say_notice
from wellbeing_bot.conversation.answers import as_lines
from wellbeing_bot.conversation.facts import Facts
from wellbeing_bot.conversation.script import Option
from wellbeing_bot.messages import Button
from wellbeing_bot.questionnaires import words
from wellbeing_bot.questionnaires.instrument import Item
from wellbeing_bot.service.people import is_shared
from wellbeing_bot.service.questionnaires.reporting import link_worker_of
from wellbeing_bot.service.questionnaires.rounds import Run
from wellbeing_bot.service.sending.outbox import put, reply_or_begun

NAMELESS = "the person these questions are for"


def say(run: Run, notice: str, facts: Facts | None = None, *, question: bool = False) -> None:
    """One of the notices, to the person alone. With ``question`` it asks, and has the answers as buttons."""
    said = say_notice(run.work.scripts_for(run.person), notice, facts or {}, run.work.local_now.date())
    send(run, Say(said.key, said.text, buttons(run) if question else ()))


def send(run: Run, said: Say) -> None:
    """Words that are ready, on their way to the person."""
    put(
        run.work,
        run.address,
        said,
        kind=reply_or_begun(run.work, run.address),
        person=run.person,
        session_id=run.row.session_id,
        conversation_id=run.row.id,
    )


def purpose(run: Run) -> None:
    """Why we ask, before anything is asked."""
    instrument, _ = run.item(run.round.questions[0])
    text = words.purpose(
        instrument,
        service=run.work.settings.service_name,
        worker=reader(run),
        questions=len(run.round.questions),
    )
    send(run, Say(f"questionnaire.{instrument.id}.purpose", text))


def question(run: Run) -> None:
    """The question that is next, as published."""
    run.row.asked_at = run.work.now
    send(run, Say(key(run), text(run), buttons(run)))


def question_after(run: Run, notice: str, facts: Facts | None = None) -> None:
    """The question again, after a few words of ours in the same text."""
    run.row.asked_at = run.work.now
    lead = say_notice(run.work.scripts_for(run.person), notice, facts or {}, run.work.local_now.date())
    send(run, Say(lead.key, f"{lead.text} {text(run)}", buttons(run)))


def key(run: Run) -> str:
    """Which words the question is made of."""
    if not run.round.known:
        return "questionnaire.is_this"
    return f"questionnaire.{run.asked.instrument}.{run.asked.item}"


def text(run: Run) -> str:
    """The words of the question that is next."""
    if not run.round.known:
        name = run.person.first_name or NAMELESS
        return say_notice(
            run.work.scripts_for(run.person),
            "questions_is_this",
            {"first_name": name},
            run.work.local_now.date(),
        ).text
    instrument, item = run.item(run.asked)
    return instrument.text(item.id)


def buttons(run: Run) -> tuple[Button, ...]:
    """The answers as buttons. Each names its question: one pressed later is not taken for the next answer."""
    if run.address.channel != "telegram":
        return ()
    if not run.round.known:
        return (Button("Yes", "yes"), Button("No", "no"))
    _, item = run.item(run.asked)
    mark = f"q{run.row.id}.{run.round.life.position}:"
    if item.scale:
        return tuple(Button(option.words, f"{mark}{option.words}") for option in item.scale.options)
    return tuple(Button(str(n), f"{mark}{n}") for n in range(int(item.lowest), int(item.highest) + 1))


def answers_as_lines(item: Item) -> str:
    """The answers of a scale of words as numbered lines."""
    options = item.scale.options if item.scale else ()
    return as_lines(tuple(Option(option.words, option.words) for option in options))


def reader(run: Run) -> str:
    """Who reads the answers: the link worker by first name, or the team."""
    worker = link_worker_of(run.work, run.askings)
    return worker.first_name if worker and worker.first_name else "our team"


def may_be_read(run: Run) -> bool:
    """Whether somebody else may read what is sent there."""
    return run.address.unsafe or is_shared(run.work, run.address)
