"""``python -m benchmarks.fuzz --minutes 10``: read anything at all; what failed, and what took longest?

Texts are made of what people text (the half of the samples that is there to build with), of the vocabulary's
own words, and of what breaks programs: controls, right-to-left marks, emoji, half a surrogate pair, markup,
numbers without end. They are cut, doubled, swapped and run together, up to 1,600 characters and beyond.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from wellbeing_bot.understanding.answers import prepare
from wellbeing_bot.understanding.meaning import AnswerKind, Meaning, Question
from wellbeing_bot.understanding.phrases import compile_all
from wellbeing_bot.understanding.understand import understand

SETS = Path(__file__).parents[1] / "tests" / "understanding" / "build"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))
LONG = 0.05
"""Seconds of one core that no text may take."""

_MOST = 1600
_SLOWEST_SHOWN = 10
_OPTIONS = ("Harbour Walk (Thursday 10am)", "Wellbeing Lunch (Wednesday 12.30pm)", "Often", "Never")
_PROMPTS = ("Can we expect you?", "How many of you?", "Which day shall we ring?", "Shall we stop?", "")

NASTY = (
    "\x00\x01\x02\x1b[31mred\x07",
    "\u202egnp.exe\u202c",
    "\u0627\u0644\u0633\u0644\u0627\u0645",
    "\u05e9\u05dc\u05d5\u05dd",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f44d\U0001f3fd",
    "\ud83d",
    "e\u0301",
    "\u0337",
    "\ufdfd",
    "\uff33\uff34\uff2f\uff30",
    "\u200b\u200c\u2060\ufeff",
    "'; DROP TABLE people; --",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} %s %n {0}",
    "[a-z]*+?^$\\|()",
    "../../etc/passwd",
    "NaN null None undefined true",
    "1e309",
    "-1/12",
    "31/02/2026",
    "99:99",
    "07700 900123",
    "+44 (0)7700 900123",
    "1.1.1.1",
    "0x7f",
    "CT5 1AA",
    "\r\n\t\v\f\x85\u2028",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "' \" ` \u2019 \u201c",
    "s t o p",
    "h.e.l.p",
)


@lru_cache(maxsize=1)
def _said() -> tuple[str, ...]:
    return tuple(
        str(json.loads(line)["text"])
        for name in ("first_messages", "crisis", "answers")
        for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()
    )


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    return tuple(sorted({word for text in _said() for word in text.split()}))


def _one(rng: random.Random) -> str:
    return rng.choice(_said())


def _many(rng: random.Random) -> str:
    return rng.choice((" ", ". ", " and ", ", ", "\n", "")).join(
        rng.choice(_said()) for _ in range(rng.randint(2, 40))
    )


def _repeated(rng: random.Random) -> str:
    piece = rng.choice(
        (rng.choice(_said()), rng.choice(_words()), rng.choice(NASTY), chr(rng.randint(32, 126)))
    )
    return (piece + rng.choice(("", " ", ", ", ". "))) * rng.randint(2, 800)


def _soup(rng: random.Random) -> str:
    few = [rng.choice(_words()) for _ in range(rng.randint(1, 30))]
    return " ".join(rng.choice(few) for _ in range(rng.randint(1, 400)))


def _letters(rng: random.Random) -> str:
    letters = "".join(chr(rng.choice((rng.randint(0, 127), rng.randint(0, 0x2FFF)))) for _ in range(40))
    return "".join(rng.choice(letters) for _ in range(rng.randint(0, _MOST)))


def _nasty(rng: random.Random) -> str:
    parts = [rng.choice((rng.choice(NASTY), rng.choice(_words()))) for _ in range(rng.randint(1, 60))]
    return rng.choice(("", " ")).join(parts)


def _numbers(rng: random.Random) -> str:
    signs = "0123456789 .,:/-+()ampthndrs"
    return "".join(rng.choice(signs) for _ in range(rng.randint(1, _MOST)))


_MAKERS: Sequence[Callable[[random.Random], str]] = (
    _one,
    _many,
    _repeated,
    _soup,
    _letters,
    _nasty,
    _numbers,
)


def _spoiled(text: str, rng: random.Random) -> str:
    """The text with a few characters dropped, doubled, swapped or put in."""
    signs = list(text[: 2 * _MOST])
    for _ in range(rng.randint(0, 8)):
        at = rng.randrange(len(signs) + 1)
        signs[at : at + rng.randint(0, 3)] = rng.choice((rng.choice(NASTY), rng.choice(_words()), ""))
    return "".join(signs)


def texts(seed: int) -> Iterator[tuple[str, tuple[Question, ...]]]:
    """Texts without end, each with the questions that wait; the same for the same seed."""
    rng = random.Random(seed)
    while True:
        text = rng.choice(_MAKERS)(rng)
        if rng.random() < 0.5:
            text = _spoiled(text, rng)
        yield text, tuple(_question(number, rng) for number in range(rng.choice((0, 0, 1, 1, 1, 2, 3))))


def _question(number: int, rng: random.Random) -> Question:
    return Question(
        f"q{number}",
        rng.choice(list(AnswerKind)),
        rng.choice(_PROMPTS),
        options=_OPTIONS,
        reference=NOW,
        sender="+447700900123",
        staff=rng.random() < 0.2,
    )


@dataclass
class Found:
    """What a fuzz found."""

    read: int = 0
    failed: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)  # a heap: seconds, text


def _took(text: str, questions: Sequence[Question]) -> float:
    began = time.thread_time()
    meaning = understand(text, questions, now=NOW, sender="+447700900123")
    took = time.thread_time() - began
    if not isinstance(meaning, Meaning):
        raise TypeError(f"not a Meaning: {meaning!r}")
    return took


def fuzz(seed: int, until: Callable[[int], bool]) -> Found:
    """Read texts until told to stop. What is slow is read thrice, for others use the machine too."""
    found = Found()
    for text, questions in texts(seed):
        if until(found.read):
            return found
        found.read += 1
        try:
            took = _took(text, questions)
            if took > LONG / 2:
                took = min(took, *(_took(text, questions) for _ in range(3)))
        except Exception:
            found.failed.append(f"{text!r}\n{traceback.format_exc()}")
            continue
        kinds = ",".join(question.kind.value for question in questions)
        heapq.heappush(found.slowest, (took, f"[{kinds}] {text!r}"))
        if len(found.slowest) > _SLOWEST_SHOWN:
            heapq.heappop(found.slowest)
    return found


def main() -> int:
    """Fuzz for so many minutes; exit code 1 when a text failed or took longer than 50 ms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shown", type=int, default=160, help="characters of each slow text to show")
    given = parser.parse_args()
    prepare()
    understand("hello", (), now=NOW)
    compile_all()
    ends = time.monotonic() + given.minutes * 60
    found = fuzz(given.seed, lambda _: time.monotonic() > ends)
    print(f"{found.read} texts read, {len(found.failed)} failed")
    for failure in found.failed[:_SLOWEST_SHOWN]:
        print(failure)
    for took, text in sorted(found.slowest, reverse=True):
        print(f"{took * 1000:6.1f} ms  {text[: given.shown]}")
    slow = sum(took > LONG for took, _ in found.slowest)
    return 1 if found.failed or slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
