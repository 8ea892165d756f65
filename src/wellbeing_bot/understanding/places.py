"""An option named by its number, letter or place in the row: "2", "number two", "B", "ii", "the last one"."""

from __future__ import annotations

import re
from functools import lru_cache

from wellbeing_bot.understanding.meaning import Question
from wellbeing_bot.understanding.mentions import Mention
from wellbeing_bot.understanding.numbers import ordinal_words, with_digits
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.text import tidy
from wellbeing_bot.understanding.wordings import word_set

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "l": 1}
_LABELS = re.compile(r"(?<![A-Za-z0-9])([A-H])(?:[).:=]|\s-?)\s*[A-Z(\"']")
_DIGITS = re.compile(
    r"(?<![\d/:£%-])(?<!\d[.])(?P<number>\d+)(?:/(?P<of>\d+))?(?!\w|[./:]\d|%|\s?(?:am|pm|oclock)\b)"
)
_SHOWN = re.compile(r"^\s*(\d{1,2})[.)]? ", re.MULTILINE)
_FOLLOWING = re.compile(r"[\s-]*([a-z]+)")


@lru_cache(maxsize=512)
def lettered(prompt: str) -> bool:
    """Whether the question gives its options letters ("A) Bus stop B) Library")."""
    return {"A", "B"} <= set(_LABELS.findall(tidy(prompt)))


def place_mentions(question: Question, said: Said) -> list[Mention]:
    """The options that a text names by where they stand, from left to right."""
    options = question.options
    letters = lettered(question.prompt)
    whole = said.tokens[0] if len(said.tokens) == 1 else ""
    if whole in _ROMAN and not letters:
        return [_mention(options, _ROMAN[whole], 0, len(said.plain))]
    found = [*_ordinals(said, options, _shown(question)), *(_letters(said, options) if letters else ())]
    said = with_digits(said, alone=True)
    for match in _DIGITS.finditer(said.plain):
        of_all = match["of"] is None or int(match["of"]) == len(options)
        if of_all and not _counted(said, *match.span()) and not _is_pronoun(said, match.start()):
            found.append(_mention(options, int(match["number"][:4]), *match.span()))
    return sorted(found, key=lambda one: one.start)


def _shown(question: Question) -> int:
    """How many options are in sight: "none of these" and MORE have often no number of their own."""
    shown = len(_SHOWN.findall(question.prompt))
    return shown if 1 < shown <= len(question.options) else len(question.options)


def _mention(options: tuple[str, ...], place: int, start: int, end: int) -> Mention:
    if 1 <= place <= len(options):
        return Mention(options[place - 1], start, end)
    return Mention(None, start, end, "out_of_range")


def _counted(said: Said, start: int, end: int) -> bool:
    """Whether a number counts something ("2 of us", "3 years", "all 3")."""
    i = said.token_range(start, end).start
    if i and said.tokens[i - 1] in word_set("choice", said.language, "before_count"):
        return True
    following = _FOLLOWING.match(said.plain, end)
    return following is not None and following[1] in word_set("choice", said.language, "counted")


def _is_pronoun(said: Said, start: int) -> bool:
    """Whether a number is the "one" of "the harbour one" or "one by the church"."""
    i = said.token_range(start, start + 1).start
    if said.text[slice(*said.spans[i])].lower() != "one":
        return False
    after = said.tokens[i + 1 : i + 2]
    if after and after[0] in word_set("choice", said.language, "after_one"):
        return True
    return i not in said.clauses and said.tokens[i - 1] not in word_set("choice", said.language, "before_one")


def _letters(said: Said, options: tuple[str, ...]) -> list[Mention]:
    """Options named by their letter; "a" only where it is no article."""
    found: list[Mention] = []
    for i, token in enumerate(said.tokens):
        place = ord(token) - ord("a") + 1 if len(token) == 1 and "a" <= token <= "h" else 0
        if 1 <= place <= len(options) and (token != "a" or _is_letter(said, i)):
            found.append(_mention(options, place, said.starts[i], said.starts[i] + 1))
    return found


def _is_letter(said: Said, i: int) -> bool:
    before, after = said.tokens[i - 1] if i else "", said.tokens[i + 1 : i + 2]
    if before in word_set("choice", said.language, "before_one"):
        return not after or i + 1 in said.clauses or after[0] in word_set("choice", said.language, "place_of")
    last = not after or i + 1 in said.clauses
    return last or (i == 0 and after[0] in word_set("choice", said.language, "place_of"))


def _ordinals(said: Said, options: tuple[str, ...], shown: int) -> list[Mention]:
    words = ordinal_words(said.language)
    first, last, middle = (word_set("choice", said.language, name) for name in ("first", "last", "middle"))
    found: list[Mention] = []
    for i, token in enumerate(said.tokens):
        if token in words and (_names_a_place(said, i) if token.isalpha() else _alone(said, i)):
            place = words[token]
        elif not _names_a_place(said, i):
            continue
        elif token in first:
            place = 1
        elif token in last:
            place = shown
        elif token in middle:
            place = (shown + 1) // 2 if shown % 2 else 0
        else:
            continue
        found.append(_mention(options, place, said.starts[i], said.starts[i] + len(token)))
    return found


def _alone(said: Said, i: int) -> bool:
    """Whether "2nd" is no day of a month: nearly all there is, or before "one"."""
    return len(said.tokens) <= 2 or said.tokens[i + 1 : i + 2] in (("one",), ("option",), ("choice",))


def _names_a_place(said: Said, i: int) -> bool:
    """Whether "last" or "first" means an option: "the last one", "last", not "last week" or "3 first"."""
    after = said.tokens[i + 1 : i + 2]
    if after and i + 1 not in said.clauses and after[0] not in word_set("choice", said.language, "place_of"):
        return False
    return i in said.clauses or said.tokens[i - 1] in word_set("choice", said.language, "before_place")
