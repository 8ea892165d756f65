"""What a text is about, when no open question explains it.

Urgent meaning and STOP are read by rules alone. For the rest, the phrases found and the wording together give
each intent a likelihood; where none stands out, the likeliest are offered to choose from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wellbeing_bot.understanding.clauses import clauses
from wellbeing_bot.understanding.commands import read_command
from wellbeing_bot.understanding.cues import Cue, find_cues, with_mentions_marked
from wellbeing_bot.understanding.details import details_of, fitting
from wellbeing_bot.understanding.heard import heard
from wellbeing_bot.understanding.learned import features, learned_weights, likelihood
from wellbeing_bot.understanding.meaning import Intent, IntentReading, InterruptKind, UrgentKind
from wellbeing_bot.understanding.urgent import read_urgent

TOLD = 0.4
"""Likelihood from which an intent is acted on; below it the person is asked which they meant."""

PLAIN = 0.75
"""Likelihood from which part of a text counts as a wish of its own, and a text is no answer to a question."""

_OFFERED = 3
_STRONG = frozenset({"whole", "certain", "sure"})
_NO_WISH = frozenset({Intent.THANKS_SMALLTALK, Intent.OTHER, Intent.HELP})
"""Intents that give way to a wish in the same text: "thanks for the lunch. can I have a lift next week"."""

_SAYS_LITTLE = frozenset({*_NO_WISH, Intent.SELF_REFERRAL})
"""Intents that a second sentence is not kept for: it is mostly talk around the first."""

_MEANS = {
    InterruptKind.TALK_TO_PERSON: Intent.TALK_TO_PERSON,
    InterruptKind.HELP: Intent.HELP,
    InterruptKind.START: Intent.HELP,
}
"""What a command is about when the wording does not say otherwise."""

_OFFERABLE = frozenset(
    {
        Intent.SELF_REFERRAL,
        Intent.JOIN_GROUP,
        Intent.TRANSPORT,
        Intent.CHANGE_OR_CANCEL,
        Intent.VOLUNTEER,
        Intent.ATTENDANCE_NEXT,
        Intent.CARER_REFERRAL,
        Intent.TALK_TO_PERSON,
        Intent.COMPLAINT,
    }
)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How likely each intent is for one text, and what was found in it."""

    line: str  # the text in one spelling
    odds: Mapping[Intent, float]
    cues: Sequence[Cue]

    @property
    def best(self) -> Intent:
        return max(self.odds, key=lambda intent: self.odds[intent])

    def plain(self, intent: Intent) -> bool:
        """Whether the intent is both likely and said in so many words."""
        said = any(cue.intent is intent and cue.level in _STRONG for cue in self.cues)
        return said and self.odds[intent] >= PLAIN


def read_intent(text: str, *, now: datetime | None = None, language: str = "en") -> IntentReading:
    """What a first text is about, and the details in it. Never raises, whatever the text.

    Args:
        text: what was written.
        now: aware local time, for dates in the text; without it they are not read.
        language: whose words to read it with.
    """
    urgent = read_urgent(text, language)
    if urgent is None:
        return about(text, now=now, language=language)
    medical = urgent.kind is UrgentKind.MEDICAL
    return IntentReading((Intent.MEDICAL_EMERGENCY if medical else Intent.CRISIS,))


def about(text: str, *, now: datetime | None = None, language: str = "en") -> IntentReading:
    """What a text is about that is known not to be urgent."""
    return _reading(text, _weigh(text, language), now, language)


def plainly_about(text: str, *, now: datetime | None = None, language: str = "en") -> IntentReading | None:
    """What a text plainly asks for, although a question is waiting; None when it may be an answer."""
    weighed = _weigh(text, language)
    if weighed.best in _SAYS_LITTLE or not weighed.plain(weighed.best):
        return None
    return _reading(text, weighed, now, language)


def known_of(text: str, language: str = "en", *, by_cues: bool = True) -> dict[str, float]:
    """The features of a text, as weights are learned on them; without ``by_cues`` only those of its words."""
    line = heard(text, language)
    marked = with_mentions_marked(line, language)
    cues = find_cues(line, marked, language) if by_cues else []
    return features(line, marked, cues, "?" in text, language)


def _weigh(text: str, language: str) -> _Weighed:
    line = heard(text, language)
    marked = with_mentions_marked(line, language)
    cues = find_cues(line, marked, language)
    known = features(line, marked, cues, "?" in text, language)
    return _Weighed(line, likelihood(known, learned_weights(language)), cues)


def _reading(text: str, weighed: _Weighed, now: datetime | None, language: str) -> IntentReading:
    intents, clarify = _intents(text, weighed, language)
    details = details_of(text, weighed.line, now, language)
    return IntentReading(intents, clarify, fitting(details, intents))


def _intents(text: str, weighed: _Weighed, language: str) -> tuple[tuple[Intent, ...], tuple[Intent, ...]]:
    """The intents of a text, best first, and those to offer when it cannot be told."""
    command = read_command(text, language=language)
    if command is InterruptKind.STOP or any(cue.intent is Intent.STOP for cue in weighed.cues):
        return (Intent.STOP,), ()
    if command is None and not weighed.line.strip(" ."):
        return (Intent.OTHER,), ()
    ranked = sorted(weighed.odds, key=lambda intent: -weighed.odds[intent])
    best = ranked[0]
    if command in _MEANS and weighed.odds[best] < PLAIN:
        best = _MEANS[command]
    elif weighed.odds[best] < TOLD and best is not Intent.OTHER:
        offered = [intent for intent in ranked if intent in _OFFERABLE][:_OFFERED]
        return (best,), tuple(offered)
    others = _others(text, best, weighed, language)
    return (tuple(others) if others and best in _NO_WISH else (best, *others)), ()


def _others(text: str, best: Intent, weighed: _Weighed, language: str) -> list[Intent]:
    """What else a text asks for: other intents that a part of it plainly has."""
    hinted = {cue.intent for cue in weighed.cues if cue.level in _STRONG} - {best} - _SAYS_LITTLE
    parts = clauses(text, language) if hinted else []
    found: list[Intent] = []
    for part in parts if len(parts) > 1 else ():
        own = _weigh(part, language)
        if own.best in hinted and own.best not in found and own.plain(own.best):
            found.append(own.best)
    return found
