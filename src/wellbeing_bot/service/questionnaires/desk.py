"""What staff do with questionnaires: start one, end one, type answers, scores and measures in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.instrument import Instrument, Number, Off
from wellbeing_bot.questionnaires.plans import Mode
from wellbeing_bot.service.desk.base import PERSON, Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.questionnaires import answers, watching
from wellbeing_bot.service.questionnaires.ending import close_asking, look_again
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.questionnaires.opening import (
    make_asking,
    open_by_text,
    open_read_out,
)
from wellbeing_bot.service.questionnaires.prompts import finish
from wellbeing_bot.service.questionnaires.rounds import open_round_of, run_of
from wellbeing_bot.service.questionnaires.starting import (
    open_of,
    point_of,
    where_to_ask,
    why_not,
)
from wellbeing_bot.service.questionnaires.typed import typed_answers
from wellbeing_bot.service.tasks import finish_occurrence
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Asking, BalancingMeasure, Person


def start_questionnaire(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Ask somebody now, by text or, with ``read_out``, by a colleague who types the answers in."""
    person = find(work, Person, args["person"], "person")
    instrument = _instrument(work, args["instrument"])
    if instrument.typed_in:
        raise DeskError(f"{instrument.title} is not asked: type its score in instead")
    if reason := why_not(work, person, agreed=bool(args.get("agreed"))):
        raise DeskError(reason)
    wanted = point_of(work, person, instrument, args.get("point") or "")
    if args.get("read_out"):
        asking = make_asking(work, person, wanted, Mode.READ_OUT)
        open_read_out(work, person, [asking])
    else:
        address = where_to_ask(work, person)
        asking = make_asking(work, person, wanted)
        open_by_text(work, person, address, [asking])
    return {"asking": asking.id, "point": asking.point, "mode": asking.mode, "person": person.id}


def end_questionnaire(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """End what somebody is being asked. Answers they gave stay; nothing is said to them."""
    person = find(work, Person, args["person"], "person")
    row = open_round_of(work, person)
    if row is not None:
        finish(run_of(work, row), Closed.CALLED_OFF)
    for asking in open_of(work, person):
        close_asking(work, asking, Closed.CALLED_OFF)
        finish_occurrence(work, f"read_out:{asking.id}", work.actor)
    look_again(work, person)
    return {"person": person.id}


def read_out_answers(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that the person gave to somebody who read the questions out."""
    person = find(work, Person, args["person"], "person")
    instrument = _instrument(work, args["instrument"])
    if instrument.typed_in:
        raise DeskError(f"{instrument.title} is not read out: type its score in instead")
    asking = next((row for row in open_of(work, person) if row.instrument == instrument.id), None)
    if asking is not None and asking.conversation_id is not None:
        raise DeskError("they are being asked by text; end that first, or let them answer")
    given = typed_answers(instrument, args["answers"])
    missing = [item.id for item in instrument.items if item.id not in given]
    if missing:
        raise DeskError(f"there is no answer for {', '.join(missing)}; write skip for one they did not give")
    if asking is None:
        wanted = point_of(work, person, instrument, args.get("point") or "")
        asking = make_asking(work, person, wanted, Mode.READ_OUT)
        asking.opened_at = work.now
    return _file(work, person, instrument, asking, given)


def type_in_score(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a measure that its own tool works out (PAM): level and score."""
    person = find(work, Person, args["person"], "person")
    instrument = _instrument(work, args["instrument"])
    if not instrument.typed_in:
        raise DeskError(f"{instrument.title} has questions of its own: ask them, or read them out")
    given = typed_answers(instrument, args["scores"])
    asking = make_asking(
        work, person, point_of(work, person, instrument, args.get("point") or ""), Mode.READ_OUT
    )
    asking.opened_at = work.now
    return _file(work, person, instrument, asking, given)


def _file(
    work: Work, person: Person, instrument: Instrument, asking: Asking, given: dict[str, Number | None]
) -> dict[str, Any]:
    for id, value in given.items():
        words = instrument.item(id).words(value) if value is not None else ""
        answers.file(work, asking, id, value, words)
    close_asking(work, asking, Closed.COMPLETE)
    watching.worst(work, person, instrument, asking, given)
    finish_occurrence(work, f"read_out:{asking.id}", work.actor)
    look_again(work, person)
    return {"asking": asking.id, "point": asking.point, "person": person.id}


def keep_quotation(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """What helped, in the person's words. Without their consent nothing is kept."""
    asking = find(work, Asking, args["asking"], "asking")
    consent = args["consent"]
    if consent and not (args.get("text") or asking.quotation):
        raise DeskError("write down the words that may be shown")
    asking.quotation = (args.get("text") or asking.quotation).strip() if consent else ""
    asking.quotation_consent = consent
    return {"asking": asking.id, "person": asking.person_id}


def balancing_measure(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A figure of one month, such as GP appointments. Typed in again, it takes the place of the first."""
    try:
        value = float(args["value"].replace(",", ""))
        month = date.fromisoformat(args["month"]).replace(day=1)
    except ValueError:
        raise DeskError("write the value as a number, such as 42 or 3.5") from None
    name = args["name"].strip()[:80]
    if not name:
        raise DeskError("say what was counted")
    row = work.session.scalar(
        select(BalancingMeasure).where(
            BalancingMeasure.network_id == work.network.id,
            BalancingMeasure.name == name,
            BalancingMeasure.month == month,
        )
    )
    if row is None:
        row = BalancingMeasure(network_id=work.network.id, name=name, month=month)
        work.session.add(row)
    row.value, row.by, row.at = value, work.actor, work.now
    work.session.flush()
    return {"measure": row.id}


def _instrument(work: Work, id: str) -> Instrument:
    found = library(work).instruments.find(id)
    if isinstance(found, Off):
        raise DeskError(found.reason)
    return found


_INSTRUMENT = Argument("text", "the instrument's name, such as ons4")
_POINT = optional("text", "entry, week_12 ... ; what is due, when left out")

ACTIONS: Mapping[str, DeskAction] = {
    "start_questionnaire": DeskAction(
        "Ask a person a questionnaire now.",
        {
            "person": PERSON,
            "instrument": _INSTRUMENT,
            "point": _POINT,
            "read_out": optional("yes_no", "a colleague reads it out and types the answers in"),
            "agreed": optional("yes_no", "they said NO MORE before, and agree to be asked again"),
        },
        start_questionnaire,
    ),
    "end_questionnaire": DeskAction(
        "End what a person is being asked.", {"person": PERSON}, end_questionnaire
    ),
    "read_out_answers": DeskAction(
        "Type in the answers to questions that were read out.",
        {
            "person": PERSON,
            "instrument": _INSTRUMENT,
            "answers": Argument("list", "one entry a question, such as satisfied=6 or happy=skip"),
            "point": _POINT,
        },
        read_out_answers,
    ),
    "type_in_score": DeskAction(
        "Type in the result of a measure that has its own tool, such as PAM.",
        {
            "person": PERSON,
            "instrument": _INSTRUMENT,
            "scores": Argument("list", "one entry a number, such as level=3"),
            "point": _POINT,
        },
        type_in_score,
    ),
    "keep_quotation": DeskAction(
        "Keep what helped in a person's own words, with their consent.",
        {
            "asking": Argument("id", "the asking's number"),
            "consent": Argument("yes_no", "they agree that others see it"),
            "text": optional("text", "their words"),
        },
        keep_quotation,
    ),
    "balancing_measure": DeskAction(
        "Type in a figure of one month.",
        {
            "name": Argument("text", "what was counted, such as GP appointments"),
            "month": Argument("date", "any day of the month"),
            "value": Argument("text", "the figure"),
        },
        balancing_measure,
    ),
}
