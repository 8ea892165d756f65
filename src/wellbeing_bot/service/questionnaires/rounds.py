"""One round: the questions a person is asked in one go, and what is kept of it between two texts.

A round is a conversation like any other, with the same rows and the same engine state around it; what is
asked next is decided by ``questionnaires.asking`` and not by a script, because its questions are data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from wellbeing_bot.conversation import State
from wellbeing_bot.questionnaires.asking import AskingState, Closed
from wellbeing_bot.questionnaires.instrument import Instrument, Item
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Asking, ConversationRow, Person

SCRIPT = "questionnaire"
"""The name under which a round stands among the conversations."""

_OPEN = "asked"  # a State with an empty fingerprint is one that waits for nothing
_MOMENTS = {"opened_at", "last_prompt_at", "held_until", "closes_at"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a round."""

    asking: int  # the row its answer belongs to
    instrument: str
    item: str


@dataclass(frozen=True, slots=True)
class Round:
    """How far it has got."""

    life: AskingState
    questions: tuple[Asked, ...]
    known: bool = True  # False: several people read this phone, and it is not said yet who holds it
    misses: int = 0  # how often the open question was misread
    cared: tuple[str, ...] = ()  # levels of alarm that have been answered with care


@dataclass
class Run:
    """A round in the middle of a turn."""

    work: Work
    row: ConversationRow
    address: AddressRow
    person: Person
    round: Round

    @property
    def asked(self) -> Asked:
        """The question the round has got to. Raises IndexError when all are done."""
        return self.round.questions[self.round.life.position]

    def item(self, asked: Asked) -> tuple[Instrument, Item]:
        """An instrument and its item. Raises LookupError when the deployment has it no longer."""
        instrument = library(self.work).instrument(asked.instrument)
        if instrument is None:
            raise LookupError(f"the instrument {asked.instrument} is off")
        return instrument, instrument.item(asked.item)

    @property
    def gone(self) -> bool:
        """Whether a question still to be asked is in no instrument of this deployment any more."""
        try:
            for asked in self.round.questions[self.round.life.position :]:
                self.item(asked)
        except LookupError:
            return True
        return False

    @cached_property
    def askings(self) -> list[Asking]:
        """The rows of the round, one an instrument, in the order they are asked."""
        ids = dict.fromkeys(asked.asking for asked in self.round.questions)
        return [self.work.session.get_one(Asking, id) for id in ids]

    def asking(self, asked: Asked) -> Asking:
        """The row that the answer to a question belongs to."""
        return next(row for row in self.askings if row.id == asked.asking)


def read(row: ConversationRow) -> Round:
    """The round of a conversation row."""
    kept: Mapping[str, Any] = State.from_json(row.state).facts["round"]  # type: ignore[assignment]
    life = {name: _moment(name, value) for name, value in kept["life"].items()}
    if life["closed"] is not None:
        life["closed"] = Closed(life["closed"])
    return Round(
        life=AskingState(**life),
        questions=tuple(Asked(*asked) for asked in kept["questions"]),
        known=kept["known"],
        misses=kept["misses"],
        cared=tuple(kept["cared"]),
    )


def _moment(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _MOMENTS and value is not None else value


def written(round: Round) -> str:
    """A round as a conversation row keeps it."""
    life = {field.name: getattr(round.life, field.name) for field in fields(round.life)}
    kept: dict[str, Any] = {
        "life": {k: v.isoformat() if isinstance(v, datetime) else v for k, v in life.items()},
        "questions": [[asked.asking, asked.instrument, asked.item] for asked in round.questions],
        "known": round.known,
        "misses": round.misses,
        "cared": list(round.cared),
    }
    ended = round.life.closed is not None or round.life.position >= len(round.questions)
    step = "" if ended else round.questions[round.life.position].item
    return State(
        SCRIPT, step, {"round": kept}, misses=round.misses, fingerprint=_OPEN if not ended else ""
    ).to_json()


def run_of(work: Work, row: ConversationRow) -> Run:
    """A round, ready for a turn."""
    person = work.session.get_one(Person, row.person_id)
    return Run(work, row, work.session.get_one(AddressRow, row.address_id), person, read(row))


def save(run: Run) -> None:
    """Keep the round, and show its life on the rows that the desk reads."""
    run.row.state = written(run.round)
    life = run.round.life
    for asking in run.askings:
        asking.last_prompt_at = life.last_prompt_at
        asking.unanswered_prompts = life.unanswered
        asking.nudged = life.nudged_not_begun + life.nudged_half_way
    run.work.session.flush()


def open_round_of(work: Work, person: Person) -> ConversationRow | None:
    """The round that is under way with a person, if any."""
    return work.session.scalar(
        select(ConversationRow)
        .where(
            ConversationRow.person_id == person.id,
            ConversationRow.script == SCRIPT,
            ConversationRow.status == "open",
        )
        .limit(1)
    )
