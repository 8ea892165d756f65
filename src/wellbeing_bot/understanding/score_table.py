"""Scores as a table a person can read: one measure a line, the rate and the counts behind it."""

from __future__ import annotations

from collections.abc import Sequence

from wellbeing_bot.understanding.evaluate import AnswerScores, CrisisScores, FirstScores, Share


def _line(label: str, share: Share, indent: int = 2) -> str:
    part = f"{share.part:g}"
    return f"{' ' * indent}{label:<38}{share.rate:>8.3f}{part:>9} of {share.whole}" if share.whole else ""


def _shown(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if line)


def first_table(scores: FirstScores) -> str:
    """What first texts are about."""
    return _shown(
        [
            "What a first text is about",
            _line("right (lenient)", scores.lenient),
            _line("right (strict)", scores.strict),
            f"  {'macro recall (strict)':<38}{scores.macro_recall:>8.3f}",
            _line("bare STOP recognised", scores.bare_stop),
            _line("something else taken for STOP", scores.taken_for_stop),
            _line("crisis and medical found", scores.urgent_recall),
            _line("ordinary text held urgent", scores.false_urgent),
            _line("asked which of several was meant", scores.clarified),
            "  by intent (lenient)",
            *(_line(intent, share, indent=4) for intent, share in scores.by_intent.items()),
        ]
    )


def answer_table(scores: AnswerScores) -> str:
    """How answers were read, by kind, and each harm apart."""
    return _shown(
        [
            "Answers to a question",
            _line("right (lenient)", scores.lenient),
            _line("right (exact)", scores.exact),
            *(_line(harm.value, share) for harm, share in scores.harms.items()),
            _line("ordinary answer held urgent", scores.urgent_false),
            "  by kind (lenient; exact)",
            *(
                f"{_line(kind, lenient, indent=4)}{exact.rate:>9.3f}"
                for kind, (exact, lenient) in scores.by_kind.items()
            ),
        ]
    )


def crisis_table(scores: CrisisScores) -> str:
    """Urgent meaning found and false alarms."""
    return _shown(
        [
            "Urgent meaning",
            _line("found", scores.recall),
            *(_line(kind, share, indent=4) for kind, share in scores.by_kind.items()),
            _line("false alarms on look-alikes", scores.false_alarms),
            _line("borderline: found", scores.borderline_found),
            _line("borderline: false alarms", scores.borderline_false),
        ]
    )
