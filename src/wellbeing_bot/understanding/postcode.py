"""Reads a UK postcode, or the outward half of one: "ct5 1aa", "C T 5 1 A A", "GL51".

Letters and figures that look alike are put right only where the form leaves no choice (a figure starts the
inward half, letters end it). A half-typed postcode is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellbeing_bot.understanding.courtesies import without_courtesies
from wellbeing_bot.understanding.meaning import Question, Reading
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.numbers import number_words
from wellbeing_bot.understanding.postcode_areas import HIGHEST_DISTRICT
from wellbeing_bot.understanding.said import Said

_LONGEST = 7
_TO_DIGIT = str.maketrans("OILSZB", "011528")
_TO_LETTER = str.maketrans("0158", "OISB")
_OUTWARD = re.compile(r"([A-Z]{1,2})(\d{1,2}|\d[A-Z])")
_INWARD = re.compile(r"\d[ABD-HJLNP-UW-Z]{2}")
_PIECE = re.compile(r"[A-Z0-9]{1,7}")
_LETTERED = frozenset(
    {"E1W", "N1C", "N1P", "NW1W", "SE1P", "SW1A", "SW1E", "SW1H", "SW1P", "SW1V", "SW1W", "SW1X", "SW1Y"}
)
_LETTERED_AREAS = frozenset({"EC", "WC", "W"})


def read_postcode(question: Question, said: Said) -> Reading:
    """A postcode as Royal Mail writes it ("CT5 1AA"), an outward code alone ("CT5"), or what is unclear."""
    if len(said.tokens) > 1 and len(said.tokens[-2]) > 1:
        said = without_courtesies(said)  # a kiss is no last letter, unless letters stand apart: "C T 5 1 A X"
    words = number_words(said.language)
    pieces = [words.get(token, token).upper() for token in said.tokens]
    mentions = list(_postcodes(said, pieces))
    if not any(one.value for one in mentions):
        mentions = list(_outward_codes(said, pieces)) or mentions
    return settle(said, mentions, doubts=False, reach=1)


def _postcodes(said: Said, pieces: list[str]) -> Iterator[Mention]:
    i = 0
    while i < len(pieces):
        for length in range(min(_LONGEST, len(pieces) - i), 0, -1):
            written = "".join(pieces[i : i + length])
            if 5 <= len(written) <= _LONGEST and written.isascii() and _may_join(pieces[i : i + length]):
                code = full_postcode(written)
                if code:
                    yield _mention(said, code, i, i + length)
                    i += length - 1
                    break
        i += 1


def _may_join(pieces: list[str]) -> bool:
    """Whether words may be parts of one postcode: short ones, a figure among them ("passed" is none)."""
    figure = any(c.isdigit() for piece in pieces for c in piece)
    return figure and (len(pieces) == 1 or all(len(piece) <= 4 for piece in pieces))


def _outward_codes(said: Said, pieces: list[str]) -> Iterator[Mention]:
    for i, piece in enumerate(pieces):
        for length in (2, 1):
            written = "".join(pieces[i : i + length])
            if (
                i + length > len(pieces)
                or not 2 <= len(written) <= 4
                or (length == 2 and not piece.isalpha())
            ):
                continue
            code = outward_code(written)
            if code == written:  # alone, nothing shows that a letter should have been a figure
                following = pieces[i + length : i + length + 1]
                whole = not following or not any(c.isdigit() for c in following[0])
                if whole:
                    yield _mention(said, code, i, i + length)
                else:
                    yield Mention(None, said.starts[i], said.starts[i] + 1)
                break


def _mention(said: Said, code: str, first: int, end: int) -> Mention:
    return Mention(code, said.starts[first], said.starts[end - 1] + len(said.tokens[end - 1]))


def full_postcode(written: str) -> str | None:
    """``"CT51AA"`` as ``"CT5 1AA"``; None when it can be no postcode. Looks-alike are put right."""
    outward, inward = written[:-3], written[-3:]
    inward = inward[0].translate(_TO_DIGIT) + inward[1:].translate(_TO_LETTER)
    code = outward_code(outward)
    return f"{code} {inward}" if code and _INWARD.fullmatch(inward) else None


def outward_code(written: str) -> str | None:
    """The outward half put right ("CTS" as "CT5"), or None when there is no such district."""
    for letters in (2, 1):
        area, district = written[:letters].translate(_TO_LETTER), written[letters:]
        if area not in HIGHEST_DISTRICT or not district:
            continue
        for candidate in (district, district.translate(_TO_DIGIT)):
            match = _OUTWARD.fullmatch(area + candidate)
            if match and match[1] == area and _exists(area, candidate):
                return area + candidate
    return None


def _exists(area: str, district: str) -> bool:
    if district.isdigit():
        return int(district) <= HIGHEST_DISTRICT[area] and (len(district) == 1 or district[0] != "0")
    return area in _LETTERED_AREAS or area + district in _LETTERED
