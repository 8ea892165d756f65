"""Questionnaires as a set-up has them: to come, half answered, answered."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from wellbeing_bot.questionnaires.instrument import Instrument, Item
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.service.importing.friendly import did_you_mean
from wellbeing_bot.service.importing.loaded import Loaded, Path
from wellbeing_bot.service.importing.on_record import OnRecord
from wellbeing_bot.service.importing.problems import ImportProblem
from wellbeing_bot.service.importing.setup_documents import QuestionnaireSetup
from wellbeing_bot.service.questionnaires.adopting import adopt
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Answer, Asking, Person, Referral, Session_
from wellbeing_bot.store.states import AskingState

_BEGUN = {AskingState.OPEN, AskingState.COMPLETE, AskingState.INCOMPLETE}
_CLOSED = {AskingState.COMPLETE, AskingState.INCOMPLETE, AskingState.WITHDRAWN}


def check_questionnaire(
    loaded: Loaded, path: Path, written: QuestionnaireSetup, instruments: Instruments
) -> list[ImportProblem]:
    """What is wrong with a questionnaire's answers."""
    known = [*instruments.on, *instruments.off]
    if written.instrument not in known:
        wrong = f"there is no instrument {written.instrument!r}"
        return [loaded.problem((*path, "instrument"), wrong, did_you_mean(written.instrument, known))]
    instrument = instruments.on.get(written.instrument)
    if instrument is None:
        return []  # its wordings are licensed and not here, so its questions are not known either
    items = {item.id: item for item in instrument.items}
    problems: list[ImportProblem] = []
    for name, value in written.answers.items():
        item = items.get(name)
        if item is None:
            wrong, write = f"{instrument.id} has no question {name!r}", did_you_mean(name, items)
        elif value != "skip" and not item.allows(value):
            wrong, write = f"{value} is no answer to {name}", _range(item)
        else:
            continue
        problems.append(loaded.problem((*path, "answers", name), wrong, write))
    return problems


def _range(item: Item) -> str:
    if item.scale:
        return f"Write one of: {', '.join(str(option.value) for option in item.scale.options)}"
    return f"Write {item.lowest} to {item.highest}, or skip"


def make_asking(
    work: Work,
    record: OnRecord,
    sessions: Mapping[str, Session_],
    person: Person,
    written: QuestionnaireSetup,
    instruments: Instruments,
) -> None:
    """One asking with its answers. What state it is in follows from the answers where none is written."""
    instrument = instruments.on.get(written.instrument)
    state = written.state or _state(written, instrument)
    opened = written.opened or work.now
    referral = _latest_referral(work, person)
    session = sessions[written.session] if written.session else None
    row = Asking(
        network_id=work.network.id,
        person_id=person.id,
        instrument=written.instrument,
        version=instrument.version if instrument else "1",
        point=written.point,
        covers=_covers(written, referral, session),
        group_id=record.groups[written.group].id if written.group else None,
        session_id=session.id if session else None,
        referral_id=referral.id if referral else None,
        mode=written.mode,
        state=state,
        due_at=written.due or opened,
        opened_at=opened if state in _BEGUN else None,
        begun_at=written.begun or (opened if written.answers else None),
        last_prompt_at=opened if state in _BEGUN else None,
        closed_at=written.closed or (opened if state in _CLOSED else None),
        how_closed=state.value if state in _CLOSED else "",
        quotation=written.quotation,
        quotation_consent=written.quotation_consent,
    )
    work.session.add(row)
    work.session.flush()
    items = {item.id: item for item in instrument.items} if instrument else {}
    for name, value in written.answers.items():
        number = None if value == "skip" else int(value)
        words = items[name].words(number) if number is not None and name in items else str(value)
        work.session.add(
            Answer(
                asking_id=row.id,
                item=name,
                value=None if number is None else words,
                number=number,
                skipped=number is None,
                at=row.begun_at or opened,
            )
        )
    work.session.flush()
    adopt(work, row)


def _latest_referral(work: Work, person: Person) -> Referral | None:
    return work.session.scalar(
        select(Referral).where(Referral.person_id == person.id).order_by(Referral.id.desc()).limit(1)
    )


def _covers(written: QuestionnaireSetup, referral: Referral | None, session: Session_ | None) -> list[str]:
    """The point of the network's plan it stands for, so that the plan does not ask it again."""
    if session is not None:
        return [f"{written.instrument}/session:{session.id}/{written.point}"]
    if referral is not None and written.group is None:
        return [f"{written.instrument}/referral:{referral.id}/{written.point}"]
    return []


def _state(written: QuestionnaireSetup, instrument: Instrument | None) -> AskingState:
    if not written.answers:
        return AskingState.PLANNED
    asked = {item.id for item in instrument.items} if instrument else set(written.answers)
    return AskingState.COMPLETE if asked <= set(written.answers) else AskingState.OPEN
