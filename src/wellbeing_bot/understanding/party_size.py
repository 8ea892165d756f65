"""Reads how many people come: "just me", "2 no 3", "me and the husband", "me, Vi and Sheila".

People are counted where everybody is named; "a few", "me and the kids" and "2, maybe 3" are asked about.
"""

from __future__ import annotations

import re
from functools import lru_cache

from wellbeing_bot.understanding.courtesies import without_courtesies
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.numbers import with_digits
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.wordings import Wordings, openings, spellings, word_set

_TRIMS = 4
_LONGEST_LIST = 120
"""Characters: a longer text is no mere list of people."""
MOST = 30
"""More than this is taken for a slip and asked about."""

_NUMBER = re.compile(r"(?<![\d.,/:£+])(?<!^-)\d{1,3}(?![\d/%]|[.:]\d)")
_INCLUDING = re.compile(r"\b(?:inc(?:l|luding|luded)?|altogether|in all|total|all told|with me|counting)\b")
_JOIN = re.compile(
    r"\s*(?:,|\+|&|/|\b(?:and|plus|with|also|as well as|n)\b|\ban\b(?= (?:my|our|the)\b))\s*"
    r"(?:(?:and|&|plus)\s+)?"
)
_LEAD = re.compile(
    r"^(?:(?:there(?:s|ll| will)?(?: just)?(?: be)?|it(?:s|ll)?(?: will)?(?: just)?(?: be)?"
    r"|just|jus|only|well|so|(?:im |ill )?bringing|yes|coming|will be|be|(?:that will|thatll) be|hi|hello|oh)"
    r"\s+)+"
)
_TAIL = re.compile(
    r"\s*\b(?:will be|are|is|am|all|both)?\s*(?:coming|come|too|as well|please|pls|x|xx|thanks|thank you|ta"
    r"|attending|there|this time|with me|along|love|dear|again|this week|today|making"
    r"|for (?:lunch|dinner)|of course|(?:want|would like) to come|are both|that makes?|altogether)\s*$"
)
_DETERMINER = re.compile(r"^(?:my|the|a|an|our|me|his|her|one|1|his nibs)\s+")
_ME_FIRST = re.compile(r"^(me|myself)\s+(?=my |our |the )")
_AGE = re.compile(r"\b(?:im|am|aged|age|hes|shes|turned|number|room|flat)\s*$")
_MORE = re.compile(r"\s*(?:more|extra|other|others|another|couples|pairs|families)\b")
_ANOTHER = re.compile(r"(?:\s+([a-z]+))?\s*(?:and|plus|\+|&|with)\s+(?:an? |my |the )?([a-z]+)")
_BRINGING = re.compile(r"\b(?:bringing|bring|plus|with)\s+$")
_PLUS = re.compile(r"\W*\d{1,2}(?:\s*(?:\+|plus)\s*\d{1,2})+\W*")
_AND_SO_MANY = re.compile(r"(?<![\d.:])\d{1,2}\b[^,.;:()\d]*\band\s+\d{1,2}\b(?!\s*(?:am|pm|of|yrs|years))")
_SUM = re.compile(r"(\d{1,2})\s+([a-z]+)")
_NAME = re.compile(r"^(?:(?:mrs?|miss|ms|dr|aunty|auntie|uncle|nanny|old|young|our)\s+)?[a-z]+$")


def read_party_size(question: Question, said: Said) -> Reading:
    """An integer, nought when nobody comes, or what is unclear."""
    whole = _groups(said.language).whole(without_courtesies(said))
    if whole is not None:
        return Answered(int(whole))
    listed = _listed(said)
    if listed is not None:
        return Answered(listed)
    bare = without_courtesies(said)
    if len(bare.tokens) == 1 and bare.tokens[0] in word_set("party_size", said.language, "alone"):
        return Answered(1)
    said = with_digits(bare if len(bare.tokens) == 1 else said, alone=True)
    added = _added(said)
    if added is not None:
        return Answered(added)
    if _AND_SO_MANY.search(said.plain):  # "2 and 2": which of them are the others?
        return Unclear("two_values")
    vague = _vague(said)
    mentions = _mentions(said)
    if not mentions:
        return Unclear()
    if mentions[0].value == 0 and mentions[0].start == 0:
        return Answered(0)
    if vague and not re.fullmatch(r"\W*\d+\W*", said.plain.split(",")[0]):
        return Unclear("two_values" if len(mentions) > 1 else "not_understood", tuple(_values(mentions)))
    return settle(said, mentions)


def _added(said: Said) -> int | None:
    """The sum where every number counts people of one sort ("2 adults and 1 child")."""
    if _PLUS.fullmatch(said.plain):
        return sum(map(int, _NUMBER.findall(said.plain.replace("+", " "))))
    parts = _SUM.findall(said.plain)
    people = word_set("party_size", said.language, "people") | word_set("party_size", said.language, "plural")
    numbers = _NUMBER.findall(said.plain)
    if len(parts) < 2 or len(parts) != len(numbers) or not all(sort in people for _, sort in parts):
        return None
    sorts = [sort for _, sort in parts]
    return (
        sum(int(number) for number, _ in parts)
        if "or" not in said.tokens and len(set(sorts)) == len(sorts)
        else None
    )


def _values(mentions: list[Mention]) -> list[int]:
    return [one.value for one in mentions if isinstance(one.value, int)]


@lru_cache(maxsize=8)
def _groups(language: str) -> Wordings:
    ways: dict[str, list[str]] = {}
    for way, number in spellings("party_size", language, "groups").items():
        ways.setdefault(number, []).append(way)
    return Wordings(ways, {})


def _vague(said: Said) -> bool:
    words = f" {' '.join(said.tokens)} "
    return any(f" {one} " in words for one in word_set("party_size", said.language, "vague"))


def _mentions(said: Said) -> list[Mention]:
    found = [_group(said, one.section, one.start, one.end) for one in _groups(said.language).find(said)]
    taken = [(one.start, one.end) for one in found]
    parts: list[Mention] = []
    for match in _NUMBER.finditer(said.plain):
        if any(start <= match.start() < end for start, end in taken) or _counts_else(said, match):
            continue
        after = f"{said.plain[match.end() : match.end() + _LONGEST_LIST].lstrip(' -')} "
        some = after.startswith(openings("party_size", said.language, "part"))
        (parts if some else found).append(_number(said, match))
    found.sort(key=lambda one: one.start)
    if _INCLUDING.search(said.plain) or len(found) > 1:
        numbers = [one for one in found if said.plain[one.start : one.end].strip().isdigit()]
        found = numbers or found
    return found or (parts if len(parts) == 1 else [Mention(None, one.start, one.end) for one in parts])


def _number(said: Said, match: re.Match[str]) -> Mention:
    number = int(match.group())
    one_more = _and_another(said, match.end()) or _BRINGING.search(said.plain, 0, match.start())
    if one_more:
        return Mention(None, *match.span(), "two_values", (number, number + 1))
    fits = number <= MOST and not _MORE.match(said.plain, match.end())
    return Mention(number if fits else None, *match.span(), "out_of_range")


def _group(said: Said, number: str, first: int, end: int) -> Mention:
    return Mention(int(number), said.starts[first], said.starts[end - 1] + len(said.tokens[end - 1]))


def _and_another(said: Said, end: int) -> bool:
    """Whether somebody is named after a number ("1 and a carer"): counted in it, or not?"""
    after = _ANOTHER.match(said.plain, end)
    if after is None or (after[1] and after[1] not in word_set("party_size", said.language, "plural")):
        return False
    return after[2] in word_set("party_size", said.language, "people")


def _counts_else(said: Said, match: re.Match[str]) -> bool:
    after = f"{said.plain[match.end() : match.end() + _LONGEST_LIST].lstrip(' -')} "
    if _AGE.search(said.plain, max(match.start() - _LONGEST_LIST, 0), match.start()):
        return True
    return after.startswith(openings("party_size", said.language, "counted"))


def _listed(said: Said) -> int | None:
    """How many a list of people comes to ("me, Vi and my two sisters"); None when it is no such list."""
    if not {"me", "myself", "i", "meself"} & set(said.tokens) or _vague_list(said):
        return None
    plain = _ME_FIRST.sub(r"\1, ", with_digits(said).plain.strip(" .!?"))
    if len(plain) > _LONGEST_LIST:
        return None
    for _ in range(_TRIMS):
        plain = _TAIL.sub("", _LEAD.sub("", plain)).strip(" .!,")
    if re.search(r"[.;!?]|\bbut\b|\bor\b|\bnot\b|\bno\b|\bif\b", plain):
        return None
    parts = [part for part in _JOIN.split(plain) if part]
    if len(parts) < 2:
        return None
    if all(part in _me(said.language) for part in parts):
        return 1
    counts = [_heads(part, said.language) for part in parts]
    if any(count is None for count in counts) or not any(part in _me(said.language) for part in parts):
        return None
    return sum(count or 0 for count in counts)


def _me(language: str) -> frozenset[str]:
    return word_set("party_size", language, "me")


def _vague_list(said: Said) -> bool:
    firm = {
        "kids",
        "children",
        "friends",
        "sisters",
        "brothers",
        "sons",
        "daughters",
        "grandchildren",
        "grandkids",
        "plus",
        "girls",
        "boys",
        "lads",
    }
    words = f" {' '.join(with_digits(said).tokens)} "
    return any(
        f" {one} " in words for one in word_set("party_size", said.language, "vague") if one not in firm
    )


def _heads(part: str, language: str) -> int | None:
    """How many people one part of a list is: "my two sisters" 2, "my wheelchair" 0, "Vi" 1."""
    words = _DETERMINER.sub("", part)
    if part in _me(language) or words in word_set("party_size", language, "people"):
        return 1
    each = words.split()
    if len(each) > 1 and word_set("party_size", language, "parents").issuperset(each):
        return len(each)
    if any(
        words == thing or words.endswith(" " + thing) for thing in word_set("party_size", language, "things")
    ):
        return 0
    number = re.fullmatch(
        r"(\d{1,2})(?: (?:more|other|of my|little|grown up|old|good))?(?: ([a-z ]+))?", words
    )
    if number:
        kind = number[2]
        known = (
            not kind
            or kind in word_set("party_size", language, "plural")
            or kind.removesuffix("s") in word_set("party_size", language, "people")
        )
        return int(number[1]) if known else None
    if any(
        words.startswith(word + " ") or words.endswith(" " + word)
        for word in word_set("party_size", language, "people")
    ):
        return 1 if len(words.split()) <= 3 else None
    plural = words in word_set("party_size", language, "plural") or words in word_set(
        "party_size", language, "vague"
    )
    return 1 if not plural and _NAME.match(words) and len(words) > 1 else None
