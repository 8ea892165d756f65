"""Reads a telephone number in E.164: written out, spaced anyhow, said in words, or "this one".

``phonenumbers`` calls the numbers that Ofcom keeps for drama (07700 900000 to 900999, 01632 960000 to
960999) invalid; demonstrations and tests need them, so they are allowed.
"""

from __future__ import annotations

import re

import phonenumbers

from wellbeing_bot.understanding.courtesies import rest_of
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.wordings import spellings, wordings

HOME = "GB"
_DRAMA = re.compile(r"\+44(?:7700900|1632960)\d{3}")
_NUMBER = re.compile(r"(?<![\w])(?:\+|00)?[\dolOI](?:[\s().\-/]{0,3}[\dolOI]){4,18}(?![\w])")
_INTERNATIONAL_ZERO = re.compile(r"^(\+44|0044)\s*\(?0\)?")
_SHORTEST_SPOKEN = 10


def read_phone(question: Question, said: Said) -> Reading:
    """A number, or what is unclear: too short, not a number of any country, two of them."""
    written = list(_written(said))
    usable = [one for one in written if one.value]
    if usable:
        return settle(said, usable, doubts=False, reach=1)
    spoken = _spoken(said)
    if spoken:
        return Answered(spoken)
    if written:
        return Unclear()
    return _this_one(question, said)


def _this_one(question: Question, said: Said) -> Reading:
    if wordings("phone", said.language, "not_this_one").find(said) or question.sender is None:
        return Unclear()
    found = wordings("phone", said.language, "this_one").find(said)
    if not found:
        return Unclear()
    return Answered(
        question.sender, rest=rest_of(said, (i for one in found for i in range(one.start, one.end)))
    )


def _written(said: Said) -> list[Mention]:
    found: list[Mention] = []
    for match in _NUMBER.finditer(said.plain):
        digits = match.group()
        if sum(c.isdigit() for c in digits) < 5:
            continue
        found.append(Mention(e164(digits), *match.span()))
    return found


def _spoken(said: Said) -> str | None:
    """A number in words: "oh seven seven double oh nine hundred one two three"."""
    words, repeats = (spellings("phone", said.language, name) for name in ("digits", "repeats"))
    digits, times = "", 1
    for token in said.tokens:
        if token in repeats:
            times = int(repeats[token])
        elif token in ("hundred", "thousand") and digits:
            digits += "00" if token == "hundred" else "000"
        elif token in words or token.isdigit():
            digits += words.get(token, token) * times
            times = 1
        elif len(digits) >= _SHORTEST_SPOKEN:
            break
        else:
            digits = ""
    return e164(digits) if len(digits) >= _SHORTEST_SPOKEN else None


def e164(written: str) -> str | None:
    """A number as written in the United Kingdom, in E.164, or None when it is none."""
    digits = written.lower().translate(str.maketrans("oil", "011"))
    digits = _INTERNATIONAL_ZERO.sub(r"\1", digits)
    digits = ("+" if digits.lstrip().startswith("+") else "") + re.sub(r"\D", "", digits)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif re.fullmatch(r"44[127]\d{9}", digits):
        digits = "+" + digits
    elif re.fullmatch(r"7\d{9}", digits):
        digits = "0" + digits
    try:
        number = phonenumbers.parse(digits, HOME)
    except phonenumbers.NumberParseException:
        return None
    formatted = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if _DRAMA.fullmatch(formatted) or (phonenumbers.is_valid_number(number) and len(formatted) > 8):
        return formatted
    return None
