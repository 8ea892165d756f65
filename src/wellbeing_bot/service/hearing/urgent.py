"""Urgent words: the right numbers at once, a person told, and the conversation held for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.service.duty import alert_next, raise_urgent
from wellbeing_bot.service.hearing.flooding import help_occurrence
from wellbeing_bot.service.people import is_shared, open_hold
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import join, open_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import notices
from wellbeing_bot.store import AddressRow, Hold, InboundRow, Person, Task
from wellbeing_bot.store.states import OutboundKind, TaskState
from wellbeing_bot.understanding.meaning import Urgent, UrgentKind

TOLD_AT_MOST_EVERY = timedelta(hours=1)


def answer_urgent(
    work: Work, address: AddressRow, person: Person | None, urgent: Urgent, inbound: InboundRow
) -> Task:
    """Give the numbers, raise or join the urgent task, and hold the conversation.

    Never repeats what was said. Where somebody else may read the phone, abuse gets a neutral reply and
    999 only. The numbers go out even to an address that asked for silence: it has just asked for help.
    """
    task = open_task(work, "urgent_words", address=address)
    if task is None:
        task = raise_urgent(
            work,
            "urgent_words",
            summary=_summary(urgent),
            person=person,
            address=address,
            due_at=work.now + timedelta(minutes=work.settings.urgent_acknowledge_minutes),
        )
        if person is not None:
            notices.tell_worker_of(work, person, "urgent", occurrence=str(task.id))
    elif task.state is TaskState.ACKNOWLEDGED:
        task.state = TaskState.RAISED  # they wrote again: whoever has it must see it
        alert_next(work, task)
    join(work, task, inbound)
    if open_hold(work, address) is None:
        hold(work, address, person, why="urgent_words", task=task)
    numbers = getattr(work.settings.numbers, urgent.kind.value)
    if urgent.sender_under_16 and urgent.kind is not UrgentKind.MEDICAL:
        numbers = f"{numbers} {work.settings.numbers.under_16}" if "0800 1111" not in numbers else numbers
    may_be_read = address.unsafe or is_shared(work, address)
    if urgent.kind is UrgentKind.ABUSE and may_be_read:
        reply(
            work,
            address,
            "urgent_neutral",
            {"numbers": work.settings.numbers.neutral},
            kind=OutboundKind.URGENT_HELP,
            even_opted_out=True,
            occurrence=help_occurrence(work, address),
        )
        return task
    reply(
        work,
        address,
        "urgent_uncertain" if urgent.uncertain else "urgent_help",
        {"numbers": numbers, "read_when": read_when(work, person, address)},
        reader=person,
        kind=OutboundKind.URGENT_HELP,
        even_opted_out=True,
        occurrence=help_occurrence(work, address),
    )
    return task


def _summary(urgent: Urgent) -> str:
    kind = urgent.kind.value.replace("_", " ")
    about = " about somebody else" if urgent.about_other else ""
    sure = "May be" if urgent.uncertain else "Reads as"
    young = " The sender may be under 16." if urgent.sender_under_16 else ""
    return (
        f"{sure} {kind}{about}. They were given numbers; the bot keeps quiet until you hand it back.{young}"
    )


def hold(
    work: Work,
    address: AddressRow,
    person: Person | None,
    *,
    why: str,
    task: Task | None = None,
    by: str = "",
    until: datetime | None = None,
) -> Hold:
    """A human has this conversation from now on; the bot asks and nudges nothing."""
    row = Hold(
        network_id=work.network.id,
        address_id=address.id,
        person_id=person.id if person else None,
        task_id=task.id if task else None,
        why=why,
        by=by,
        since=work.now,
        until=until,
        told_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def still_waiting(
    work: Work, address: AddressRow, held: Hold, inbound: InboundRow, person: Person | None
) -> None:
    """A text while a human has the conversation: it joins the task, and they are told when it is read."""
    if held.task_id is not None:
        join(work, work.session.get_one(Task, held.task_id), inbound)
    if held.told_at is not None and work.now - held.told_at < TOLD_AT_MOST_EVERY:
        return
    held.told_at = work.now
    urgent = held.why == "urgent_words"
    private = address.unsafe or is_shared(work, address)
    reply(
        work,
        address,
        "waiting_urgent" if urgent and not private else "waiting",
        {"read_when": read_when(work, person, address), "numbers": work.settings.numbers.suicide},
        person=person,
    )


def read_when(work: Work, person: Person | None, address: AddressRow | None = None) -> str:
    """When somebody will read it, plainly and in their language: out of hours that is said."""
    scripts, today = work.scripts_for(person, address), work.local_now.date()
    if work.in_office_hours:
        return say_notice(scripts, "read_today", {}, today).text
    opens = when_words(_opens(work), work.zone, work.language_of(person, address))
    return say_notice(scripts, "read_from", {"when": opens}, today).text


def _opens(work: Work) -> datetime:
    local = work.local_now
    settings = work.settings
    for days in range(8):
        day = (local + timedelta(days=days)).date()
        opens = datetime.combine(day, settings.office_from, tzinfo=work.zone)
        if day.weekday() in settings.office_days and opens > local:
            return opens
    return local + timedelta(days=1)


def hand_back(work: Work, address: AddressRow) -> None:
    """The human is done; the bot may speak again."""
    held = open_hold(work, address)
    if held is not None:
        held.ended_at = work.now
        work.session.flush()


def take_back(work: Work, held: Hold) -> None:
    """The set time of a human's hold is over: the bot takes back by itself, having said so."""
    held.ended_at = work.now
    address = work.session.get_one(AddressRow, held.address_id)
    person = work.session.get(Person, held.person_id) if held.person_id else None
    reply(work, address, "taking_back", person=person, kind=OutboundKind.BEGUN)
