"""Texts that cost too much, are hard to read, or would make the carrier cut a patient off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wellbeing_bot.conversation.problems import Code, Problem
from wellbeing_bot.conversation.reading_age import reading_age, sentence_lengths
from wellbeing_bot.conversation.script import Script
from wellbeing_bot.conversation.texts import Entry, sample

MOST_PARTS = 2
OLDEST_READER = 11
LONGEST_EASY = 15
"""Words in a sentence of easy read. Most have half as many."""

PLAIN_FOR = ("patient", "champion", "carer")  # staff and providers are texted in the words of their work

OPT_OUT = frozenset({"STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"})
"""Words on which the carrier itself blocks us (Twilio's list for long numbers). STOP says what it does."""

_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")


@dataclass(frozen=True, slots=True)
class TextRules:
    """How texts are measured: SMS parts, and the characters that make a text dear."""

    parts: Callable[[str], int]
    forces_ucs2: Callable[[str], tuple[str, ...]]


def check_text(rules: TextRules, entry: Entry, text: str) -> Iterator[Problem]:
    """Length, characters, reading age and reply words of one text."""

    def problem(code: Code, wrong: str, write: str) -> Problem:
        return Problem(entry.file, entry.line, code, f"{entry.key} {wrong}", write)

    parts = rules.parts(sample(text, entry.types))
    if parts > MOST_PARTS:
        cure = f"Write at most {MOST_PARTS} parts (306 plain characters), or say it in two messages."
        yield problem(Code.TOO_LONG, f"takes {parts} SMS parts", cure)
    for character in rules.forces_ucs2(text):
        wrong = f"holds {character!r}, which makes the whole text cost more than double"
        yield problem(Code.COSTLY_CHARACTER, wrong, "Write plain ' \" - and ... instead, and no emoji.")
    age = reading_age(text) if entry.audience in PLAIN_FOR else None
    if age is not None and age > OLDEST_READER:
        cure = "Use shorter words, and make two sentences of one."
        yield problem(Code.HARD_TO_READ, f"needs a reading age of {age}, above {OLDEST_READER}", cure)
    for word in sorted(OPT_OUT.intersection(_CAPITALS.findall(text))):
        yield problem(Code.OPT_OUT_WORD, f"offers {word}, which the carrier takes as STOP", _INSTEAD)


def check_easy(entry: Entry, words: str) -> Iterator[Problem]:
    """Easy read has one idea in a sentence, and so no long ones."""
    longest = max(sentence_lengths(words), default=0)
    if longest > LONGEST_EASY:
        wrong = f"{entry.key} has a sentence of {longest} words, and easy read at most {LONGEST_EASY}"
        cure = "Make two sentences of it, one idea in each."
        yield Problem(entry.file, entry.line, Code.LONG_SENTENCE, wrong, cure)


def check_option_words(script: Script) -> Iterator[Problem]:
    """Options that a person would answer with a word the carrier takes as STOP."""
    for step in script.steps.values():
        for option in step.options:
            for words in (option.words, *option.also):
                if words.upper() in OPT_OUT | {"STOP"}:
                    wrong = f"the option {words!r} of {step.name} is taken as STOP by the carrier"
                    yield Problem(script.file, step.lines["options"], Code.OPT_OUT_WORD, wrong, _INSTEAD)


_INSTEAD = "Offer other words, such as CAN'T COME or NO."
