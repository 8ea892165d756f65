"""Questions that the tests of reading answers put, and what they make of a reply."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from wellbeing_bot.understanding.answers import READERS, read_reply
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question, Reading, Unclear, Value
from wellbeing_bot.understanding.said import cut

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
SENDER = "+447700900456"

_WORDS = """yes no not the a 1 2 3rd 10 half past to thursday or and me my this one never often at please
sorry if week next december stop walk £5 7/10 ct5 1aa 07700 🙂 👍 ½ é"""

ANY_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="abcdefghinorstuwy 0123456789/.,:-'?!", max_size=60),
    st.lists(st.sampled_from(_WORDS.split()), max_size=12).map(" ".join),
)
"""Texts of every sort: any characters, near-words, and the words of answers in any order."""


def ask(kind: AnswerKind, prompt: str = "", **more: Any) -> Question:
    """A question of a kind, asked on Tuesday 24 November 2026 at 10 in the morning."""
    return replace(Question("q", kind, prompt, reference=TUESDAY, sender=SENDER), **more)


def reply(question: Question, text: str) -> Reading:
    """What a reply means that is neither urgent nor a command."""
    return read_reply(question, cut(text))


def value_of(question: Question, text: str) -> Value | None:
    """The value that would be stored; None when nothing would."""
    reading = reply(question, text)
    return reading.value if isinstance(reading, Answered) else None


def only_unclear(question: Question, text: str) -> bool:
    """Whether the kind's own reader asks again, whatever else the text may be."""
    return isinstance(READERS[question.kind](question, cut(text)), Unclear)


def in_any_case(text: str, seed: int) -> str:
    """The text with capitals here and there, as thumbs put them."""
    chance = random.Random(seed)
    return "".join(c.upper() if chance.random() < 0.5 else c for c in text)


def table(rows: str) -> list[tuple[str, str]]:
    """``text | meaning`` lines as pairs."""
    pairs = (line.rsplit("|", 1) for line in rows.strip().splitlines())
    return [(text.strip(), meaning.strip()) for text, meaning in pairs]


ALIASES: Mapping[str, tuple[str, ...]] = {"Harbour Walk (Thursday 10am)": ("the leg stretchers", "prom")}
