"""The end of a round: what the person hears, who is told that a result is in, and when to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wellbeing_bot.conversation import Say
from wellbeing_bot.questionnaires import words
from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.instrument import Instrument, Level, comparable
from wellbeing_bot.questionnaires.scoring import Scores, score
from wellbeing_bot.service import talking
from wellbeing_bot.service.questionnaires import answers, saying, watching
from wellbeing_bot.service.questionnaires.network import asking_hour, library
from wellbeing_bot.service.questionnaires.reporting import report
from wellbeing_bot.service.questionnaires.rounds import Run
from wellbeing_bot.service.questionnaires.waking import wake_at
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Asking, Person
from wellbeing_bot.store.states import AskingState

SOON = timedelta(hours=1)


def end(run: Run, how: Closed) -> None:
    """Close a round and everything that hangs on it."""
    talking.close(run.work, run.row, how.value)
    rows = run.askings
    for asking in rows:
        close_asking(run.work, asking, how)
    if how is Closed.COMPLETE:
        for asking in rows:
            _look_at_totals(run, asking)
        if Level.URGENT.value not in run.round.cared:
            _thank(run, rows)
    report(run.work, run.person, rows, how)
    look_again(run.work, run.person, soon=rows[0].session_id is not None)


def close_asking(work: Work, asking: Asking, how: Closed) -> None:
    """Close one instrument of a round: complete when each of its questions was answered or skipped."""
    instrument = library(work).instrument(asking.instrument)
    done = answers.of_asking(work.session, asking)
    whole = instrument is not None and all(item.id in done for item in instrument.items)
    if how is Closed.CALLED_OFF:
        asking.state = AskingState.WITHDRAWN
    else:
        asking.state = AskingState.COMPLETE if whole else AskingState.INCOMPLETE
    asking.how_closed = (Closed.COMPLETE if whole else how).value
    asking.closed_at = work.now
    work.session.flush()


def _look_at_totals(run: Run, asking: Asking) -> None:
    instrument = library(run.work).instrument(asking.instrument)
    if instrument is not None and instrument.totals:
        watching.look_at_totals(run, instrument, asking, answers.of_asking(run.work.session, asking))


def _thank(run: Run, rows: list[Asking]) -> None:
    """Their own result in plain words, where nobody else reads it; and, at follow-up, what helped."""
    texts = [] if saying.may_be_read(run) else _own_result(run, rows)
    if texts:
        for text in texts:
            saying.send(run, Say("questionnaire.own_result", text))
    else:
        saying.say(run, "questions_done")
    # At follow-up only, and not after every lunch.
    followed = next((row for row in rows if row.session_id is None and _before(run, row)), None)
    if followed is not None:
        talking.start(
            run.work,
            "what_helped",
            run.address,
            run.person,
            {"asking": followed.id},
            subject=f"asking:{followed.id}",
        )


def _own_result(run: Run, rows: list[Asking]) -> list[str]:
    quiet = replace(words.ENGLISH, thanks="")
    texts: list[str] = []
    for number, row in enumerate(rows, start=1):
        instrument = library(run.work).instrument(row.instrument)
        if instrument is None:
            continue
        before = _before(run, row)
        said = words.own_result(
            instrument,
            _scores(run, instrument, row),
            run.work.local_now.date(),
            (_local_day(run, before), _scores(run, instrument, before)) if before else None,
            words.ENGLISH if number == len(rows) else quiet,
        )
        texts += [text.strip() for text in said if text.strip()]
    return [text for text in texts if text != words.ENGLISH.thanks]  # thanks alone are not worth a text


def _before(run: Run, row: Asking) -> Asking | None:
    before = answers.earlier(run.work.session, row)
    return before if before is not None and comparable(before.version, row.version) else None


def _scores(run: Run, instrument: Instrument, row: Asking) -> Scores:
    return score(instrument, answers.known(instrument, answers.of_asking(run.work.session, row)))


def _local_day(run: Run, row: Asking) -> date:
    return (row.begun_at or row.opened_at or row.due_at).astimezone(run.work.zone).date()


def look_again(work: Work, person: Person, *, soon: bool = False) -> None:
    """What did not fit into this round waits for another day; what follows a session is due the same day."""
    moment = work.now + SOON if soon else asking_hour(work, 1)
    wake_at(work, "questionnaire_look", f"questionnaire_look:{person.id}", moment, person_id=person.id)
