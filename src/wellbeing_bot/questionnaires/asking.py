"""The life of one asking by text, as a pure decision: what to send next, or how long to wait.

The purpose goes out first, the first question straight after it, then one question for each answer. Somebody
who does not begin gets one nudge after three days; somebody who stops half-way gets one after a day. There
are never more than two unanswered prompts in a row. After fourteen days the asking is closed, incomplete.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wellbeing_bot.questionnaires.plans import Quiet


class Closed(enum.StrEnum):
    """How an asking ended."""

    COMPLETE = "complete"  # the last question was answered or skipped
    INCOMPLETE = "incomplete"  # fourteen days were up
    NO_MORE = "no_more"  # the person said NO MORE; reported as incomplete
    CALLED_OFF = "called_off"  # staff ended it


@dataclass(frozen=True, slots=True)
class Rules:
    """The rhythm of an asking."""

    nudge_not_begun: timedelta = timedelta(days=3)
    nudge_half_way: timedelta = timedelta(days=1)
    closes_after: timedelta = timedelta(days=14)
    most_unanswered: int = 2
    quiet: Quiet = field(default_factory=Quiet)
    zone: str = "Europe/London"

    def awake(self, moment: datetime) -> datetime:
        """This moment, or the end of the quiet hours it falls in."""
        return self.quiet.after(moment.astimezone(ZoneInfo(self.zone))).astimezone(moment.tzinfo)


@dataclass(frozen=True, slots=True)
class AskingState:
    """Where one asking has got to. Moments are aware."""

    opened_at: datetime
    questions: int  # how many there are
    position: int = 0  # the question that is next, from 0; equal to ``questions`` when all are done
    purpose_sent: bool = False
    question_out: bool = False  # the question at ``position`` has been sent and is open
    last_prompt_at: datetime | None = None  # the last question or nudge
    unanswered: int = 0  # prompts since the person last wrote
    nudged_not_begun: bool = False
    nudged_half_way: bool = False
    reply_due: bool = False  # the person has just written: what follows is a reply, quiet hours or not
    held_until: datetime | None = None  # paused, asked for later, or words of care come first
    ask_again: bool = False  # the open question is sent once more when the hold is over
    closes_at: datetime | None = None  # an end of its own (a session's); None: as the rules say
    closed: Closed | None = None

    @property
    def begun(self) -> bool:
        """Whether any question is done."""
        return self.position > 0


@dataclass(frozen=True, slots=True)
class SendPurpose:
    """Send the text that says why."""


@dataclass(frozen=True, slots=True)
class SendQuestion:
    """Send the question at this position."""

    position: int


@dataclass(frozen=True, slots=True)
class Nudge:
    """Remind once, and ask the question at this position again in the same text."""

    position: int


@dataclass(frozen=True, slots=True)
class Close:
    """Close the asking and report it so."""

    how: Closed


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing until then; None: nothing will come of time alone."""

    until: datetime | None = None


Step = SendPurpose | SendQuestion | Nudge | Close | Wait


def next_step(asking: AskingState, now: datetime, rules: Rules | None = None) -> Step:
    """What to do now. Ask again after doing it (see ``did``): the purpose and question 0 are two steps."""
    rules = rules or Rules()
    closes = closing(asking, rules)
    if asking.closed:
        return Wait()
    if asking.position >= asking.questions:
        return Close(Closed.COMPLETE)
    if now >= closes:
        return Close(Closed.INCOMPLETE)
    if asking.held_until and now < asking.held_until:
        return Wait(min(asking.held_until, closes))
    if not asking.question_out or asking.ask_again:
        return _opening(asking, now, rules, closes)
    return _silence(asking, now, rules, closes)


def closing(asking: AskingState, rules: Rules | None = None) -> datetime:
    """When this asking is over, complete or not."""
    return asking.closes_at or asking.opened_at + (rules or Rules()).closes_after


def _opening(asking: AskingState, now: datetime, rules: Rules, closes: datetime) -> Step:
    if asking.unanswered >= rules.most_unanswered:
        return Wait(closes)
    awake = rules.awake(now)
    if awake > now and not asking.reply_due:
        return Wait(min(awake, closes))
    return SendQuestion(asking.position) if asking.purpose_sent else SendPurpose()


def _silence(asking: AskingState, now: datetime, rules: Rules, closes: datetime) -> Step:
    done, after = (
        (asking.nudged_half_way, rules.nudge_half_way)
        if asking.begun
        else (asking.nudged_not_begun, rules.nudge_not_begun)
    )
    if done or asking.last_prompt_at is None or asking.unanswered >= rules.most_unanswered:
        return Wait(closes)
    at = max(rules.awake(asking.last_prompt_at + after), rules.awake(now))
    return Nudge(asking.position) if now >= at else Wait(min(at, closes))


def did(asking: AskingState, step: Step, now: datetime) -> AskingState:
    """The state after a step was carried out."""
    match step:
        case SendPurpose():
            return replace(asking, purpose_sent=True)
        case SendQuestion():
            return replace(_prompted(asking, now), question_out=True)
        case Nudge():
            begun = asking.begun
            return replace(
                _prompted(asking, now),
                nudged_half_way=asking.nudged_half_way or begun,
                nudged_not_begun=asking.nudged_not_begun or not begun,
            )
        case Close(how):
            return replace(asking, closed=how, question_out=False)
        case Wait():
            return asking


def _prompted(asking: AskingState, now: datetime) -> AskingState:
    return replace(
        asking,
        last_prompt_at=now,
        unanswered=asking.unanswered + 1,
        reply_due=False,
        held_until=None,
        ask_again=False,
    )


def accepts(asking: AskingState, position: int, now: datetime, rules: Rules | None = None) -> bool:
    """Whether an answer to this question may be filed: it is the open one, and time is not up.

    A late answer, or one to an earlier question, is never filed to the wrong question.
    """
    if asking.closed or not asking.question_out or asking.position != position:
        return False
    return now < closing(asking, rules)


def answered(asking: AskingState, now: datetime) -> AskingState:
    """The open question was answered or skipped; the next one is a reply."""
    return replace(
        heard(asking, now),
        position=asking.position + 1,
        question_out=False,
        held_until=None,
        ask_again=False,
    )


def heard(asking: AskingState, now: datetime) -> AskingState:
    """The person wrote something that is no answer: they are there, and silence is counted afresh.

    A question repeated in reply counts as a prompt: ``did(asking, SendQuestion(position), now)``.
    """
    return replace(asking, unanswered=0, last_prompt_at=now, reply_due=True)


def back(asking: AskingState, now: datetime) -> AskingState:
    """They would like to answer the question before once more; at the first one there is none before it."""
    return replace(
        heard(asking, now),
        position=max(asking.position - 1, 0),
        question_out=False,
        held_until=None,
        ask_again=False,
    )


def hold(asking: AskingState, until: datetime) -> AskingState:
    """Say nothing until then: the person is paused, or asked for later, or words of care come first.

    An answer that comes meanwhile is still filed; otherwise the question is sent again afterwards.
    """
    return replace(asking, held_until=until, ask_again=asking.question_out, reply_due=False)


def resume(asking: AskingState, now: datetime) -> AskingState:
    """They came back, or texted START: the question they were at is sent again."""
    return replace(heard(asking, now), held_until=None, ask_again=asking.question_out)


def end(asking: AskingState, how: Closed) -> AskingState:
    """NO MORE, or staff ended it. An asking that is closed already stays as it was."""
    return asking if asking.closed else replace(asking, closed=how, question_out=False)
