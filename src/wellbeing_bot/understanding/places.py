"""An option named by its number, letter or place in the row: "2", "number two", "B", "ii", "the last one"."""

from __future__ import annotations

import re
from functools import lru_cache

from wellbeing_bot.understanding.meaning import Question
from wellbeing_bot.understanding.mentions import Mention
from wellbeing_bot.understanding.numbers import ordinal_words, with_digits
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.wordings import word_set

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "l": 1}
_LETTERED = re.compile(r"(?<![a-z0-9])([a-h])[).:]\s")
_NUMBERED = re.compile(r"(?<![a-z0-9/:.])([1-9])(?:[).:]|\s[-=]?)\s*[a-z(\"']")
_DIGITS = re.compile(r"(?<![\d./:£%-])(?P<number>\d+)(?:st|nd|rd|th)?(?!\w|[./:]\d|%|\s?(?:am|pm|oclock)\b)")
_LETTER = re.compile(r"(?:^|\b(?:option|letter|answer|choice|number)\s)\W*([a-h])\W*(?:$|[,.)])")


@lru_cache(maxsize=512)
def numbered(prompt: str) -> bool:
    """Whether the question gives its options numbers ("1 Walk 2 Lunch")."""
    return {"1", "2"} <= set(_NUMBERED.findall(cut(prompt).plain))


@lru_cache(maxsize=512)
def lettered(prompt: str) -> bool:
    """Whether the question gives its options letters ("A) Bus stop B) Library")."""
    return {"a", "b"} <= set(_LETTERED.findall(cut(prompt).plain))


def place_mentions(question: Question, said: Said) -> list[Mention]:
    """The options that a text names by where they stand, from left to right."""
    options = question.options
    whole = said.tokens[0] if len(said.tokens) == 1 else ""
    if whole in _ROMAN and not lettered(question.prompt):
        return [_mention(options, _ROMAN[whole], 0, len(said.plain))]
    if lettered(question.prompt) and (letter := _LETTER.search(said.plain)):
        return [_mention(options, ord(letter[1]) - ord("a") + 1, *letter.span(1))]
    found = _ordinals(said, options)
    said = with_digits(said, alone=True)
    counts = numbered(question.prompt) or lettered(question.prompt)
    for match in _DIGITS.finditer(said.plain):
        if (
            match.group() != match["number"]
            or _counted(said, match.end())
            or _is_pronoun(said, match.start())
        ):
            continue
        one = _mention(options, int(match["number"]), *match.span())
        found.append(one if counts else Mention(None, one.start, one.end, one.reason, _guess(one)))
    return sorted(found, key=lambda one: one.start)


def _guess(one: Mention) -> tuple[str, ...]:
    return (one.value,) if isinstance(one.value, str) else ()


def _mention(options: tuple[str, ...], place: int, start: int, end: int) -> Mention:
    if 1 <= place <= len(options):
        return Mention(options[place - 1], start, end)
    return Mention(None, start, end, "out_of_range")


def _counted(said: Said, end: int) -> bool:
    following = re.match(r"[\s-]*([a-z]+)", said.plain[end:])
    return following is not None and following[1] in word_set("choice", said.language, "counted")


def _is_pronoun(said: Said, start: int) -> bool:
    """Whether a number is the "one" of "the harbour one"."""
    i = said.token_range(start, start + 1).start
    one = said.text[slice(*said.spans[i])].lower() == "one"
    return (
        one
        and i not in said.clauses
        and said.tokens[i - 1] not in word_set("choice", said.language, "before_one")
    )


def _ordinals(said: Said, options: tuple[str, ...]) -> list[Mention]:
    words = ordinal_words(said.language)
    last, middle = (word_set("choice", said.language, name) for name in ("last", "middle"))
    found: list[Mention] = []
    for i, token in enumerate(said.tokens):
        if token in words and (_names_a_place(said, i) if token.isalpha() else _alone(said, i)):
            place = words[token]
        elif token in last and _names_a_place(said, i):
            place = len(options)
        elif token in middle and _names_a_place(said, i):
            place = (len(options) + 1) // 2 if len(options) % 2 else 0
        else:
            continue
        start = said.starts[i]
        found.append(_mention(options, place, start, start + len(token)))
    return found


def _alone(said: Said, i: int) -> bool:
    """Whether "2nd" is no day of a month: alone, or before "one"."""
    return (
        len(said.tokens) <= 2
        or said.tokens[i + 1 : i + 2] == ("one",)
        or said.tokens[i + 1 : i + 2] == ("option",)
    )


def _names_a_place(said: Said, i: int) -> bool:
    """Whether "last" or "middle" means an option: "the last one", "last", not "last week"."""
    following = said.tokens[i + 1 : i + 2]
    return not following or following[0] in word_set("choice", said.language, "place_of")
