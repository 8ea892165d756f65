"""Scores of understanding, by the harm that each kind of mistake does. Pure counting.

Headlines are lenient: what was expected, or anything the line also allows, is right.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wellbeing_bot.understanding.text import words

Scored = tuple[Mapping[str, Any], Any]
"""A line and what the product ``got`` for it."""

_URGENT = {"crisis", "medical_emergency"}
_BARE_STOP = {"stop", "stopall", "stopped", "unsubscribe", "end", "quit", "revoke", "optout", "opt", "out"}
_POLITE = {"please", "pls", "plz", "thanks", "thank", "you", "thankyou", "ta", "now", "all"}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. A share of nothing is 1.0: no line was there to be got wrong."""

    part: float
    whole: int

    @property
    def rate(self) -> float:
        """Between 0 and 1."""
        return self.part / self.whole if self.whole else 1.0


def _share(hits: Iterable[float]) -> Share:
    counted = list(hits)
    return Share(sum(counted), len(counted))


# --- first texts ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstScores:
    """What first texts were about. ``by_intent`` is lenient, under the intent that was expected."""

    strict: Share
    lenient: Share
    macro_recall: float
    by_intent: Mapping[str, Share]
    bare_stop: Share
    taken_for_stop: Share
    urgent_recall: Share
    false_urgent: Share
    clarified: Share


def _credit(row: Mapping[str, Any], got: Mapping[str, Any], allowed: set[str]) -> float:
    """1 for the right intent; a clarifying question is worth half, and only if it offers the right one."""
    if "clarify" in got:
        return 0.5 if allowed & set(got["clarify"]) else 0.0
    return float(got["intent"] in allowed)


def _allowed(row: Mapping[str, Any]) -> set[str]:
    return {row["intent"], *row.get("also_ok", ())}


def _bare(row: Mapping[str, Any]) -> bool:
    """Whether a line is a STOP word and nothing but courtesy."""
    said = set(words(row["text"]))
    return row["intent"] == "stop" and bool(said & _BARE_STOP) and said <= _BARE_STOP | _POLITE


def score_first(lines: Sequence[Scored]) -> FirstScores:
    """Scores first texts."""
    strict = [_credit(row, got, {row["intent"]}) for row, got in lines]
    lenient = [_credit(row, got, _allowed(row)) for row, got in lines]
    expected = [row["intent"] for row, _ in lines]
    recalls = [share.rate for share in _grouped(expected, strict).values()]
    return FirstScores(
        strict=_share(strict),
        lenient=_share(lenient),
        macro_recall=sum(recalls) / len(recalls) if recalls else 1.0,
        by_intent=_grouped(expected, lenient),
        bare_stop=_share(got["intent"] == "stop" for row, got in lines if _bare(row)),
        taken_for_stop=_share(got["intent"] == "stop" for row, got in lines if "stop" not in _allowed(row)),
        urgent_recall=_share(got["intent"] in _URGENT for row, got in lines if row["intent"] in _URGENT),
        false_urgent=_share(got["intent"] in _URGENT for row, got in lines if not _allowed(row) & _URGENT),
        clarified=_share("clarify" in got for _, got in lines),
    )


def _grouped(keys: Sequence[str], credits: Sequence[float]) -> dict[str, Share]:
    return {
        key: _share(credit for own, credit in zip(keys, credits, strict=True) if own == key)
        for key in sorted(set(keys))
    }


# --- answers -------------------------------------------------------------------------------------


class Outcome(enum.StrEnum):
    """What became of one answer. Each kind of mistake does a different harm."""

    EXACT = "exact"
    ALSO_OK = "also ok"
    WRONG_VALUE = "wrong value stored"
    ASKED_AGAIN = "asked again although clear"
    STORED_UNCLEAR = "stored although unclear"
    INTERRUPT_MISSED = "interrupt missed"
    FALSE_INTERRUPT = "false interrupt"


HARMS = tuple(outcome for outcome in Outcome if outcome not in (Outcome.EXACT, Outcome.ALSO_OK))


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """How answers were read. ``urgent_false`` are ordinary replies that were held urgent."""

    exact: Share
    lenient: Share
    by_kind: Mapping[str, tuple[Share, Share]]  # kind -> exact, lenient
    harms: Mapping[Outcome, Share]
    urgent_false: Share


def same(kind: str, got: Any, expected: Any) -> bool:
    """Whether two values are one. ``True`` is not 1; names are compared without case and spaces."""
    if isinstance(got, bool) != isinstance(expected, bool):
        return False
    if kind == "name" and isinstance(got, str) and isinstance(expected, str):
        return "".join(got.split()).casefold() == "".join(expected.split()).casefold()
    if isinstance(got, list) and isinstance(expected, list):
        return sorted(got) == sorted(expected)
    return bool(got == expected)


def outcome_of(row: Mapping[str, Any], got: Any) -> Outcome:
    """What became of one answer. A false "declined" is a wrong value: something untrue is on record."""
    kind, expected = row["question"]["kind"], row["expect"]
    if same(kind, got, expected):
        return Outcome.EXACT
    if any(same(kind, got, allowed) for allowed in row.get("also_ok", ())):
        return Outcome.ALSO_OK
    if _interrupts(expected):
        return Outcome.INTERRUPT_MISSED
    if _interrupts(got):
        return Outcome.FALSE_INTERRUPT
    if expected is None:
        return Outcome.STORED_UNCLEAR
    return Outcome.ASKED_AGAIN if got is None else Outcome.WRONG_VALUE


def _interrupts(value: Any) -> bool:
    return isinstance(value, dict) and "interrupt" in value


def score_answers(lines: Sequence[Scored]) -> AnswerScores:
    """Scores replies to a question."""
    outcomes = [outcome_of(row, got) for row, got in lines]
    kinds = [row["question"]["kind"] for row, _ in lines]
    exact = [float(outcome is Outcome.EXACT) for outcome in outcomes]
    lenient = [float(outcome in (Outcome.EXACT, Outcome.ALSO_OK)) for outcome in outcomes]
    by_exact, by_lenient = _grouped(kinds, exact), _grouped(kinds, lenient)
    counts = Counter(outcomes)
    crisis = {"interrupt": "crisis"}
    return AnswerScores(
        exact=_share(exact),
        lenient=_share(lenient),
        by_kind={kind: (by_exact[kind], by_lenient[kind]) for kind in by_exact},
        harms={harm: Share(counts[harm], len(lines)) for harm in HARMS},
        urgent_false=_share(
            got == crisis for row, got in lines if crisis not in (row["expect"], *row.get("also_ok", ()))
        ),
    )


# --- urgent --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CrisisScores:
    """Urgent meaning found. Borderline lines are apart: sensible people differ on them."""

    recall: Share
    by_kind: Mapping[str, Share]
    false_alarms: Share
    borderline_found: Share
    borderline_false: Share


def score_crisis(lines: Sequence[Scored]) -> CrisisScores:
    """Scores the urgent look-out. Uncertain counts as found: numbers are given and a person is told."""
    plain = [(row, got) for row, got in lines if not row.get("borderline")]
    edge = [(row, got) for row, got in lines if row.get("borderline")]
    true = [(row["kind"], float(got["crisis"])) for row, got in plain if row["crisis"]]
    return CrisisScores(
        recall=_share(found for _, found in true),
        by_kind=_grouped([kind for kind, _ in true], [found for _, found in true]),
        false_alarms=_share(got["crisis"] for row, got in plain if not row["crisis"]),
        borderline_found=_share(got["crisis"] for row, got in edge if row["crisis"]),
        borderline_false=_share(got["crisis"] for row, got in edge if not row["crisis"]),
    )
