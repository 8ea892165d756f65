"""What a text says about who is behind a phone: a wrong number, two people, another channel, somebody else.

Each function answers one question and knows nobody: names that a phone is known for are handed in. The
words are ``vocabulary/<language>/people.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from wellbeing_bot.understanding.introductions import name_in
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.text import tidy
from wellbeing_bot.understanding.text import words as words_of
from wellbeing_bot.understanding.vocabulary import vocabulary

_NAME = "xname"
_CALLED = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
_DOING = (
    r"coming|come|came|booked|going|registered|signed|turned|turn|arrived|arrive|got|get|attend|attending|there"
    r"|known|with you|a patient|on your"
)
_ASKED_BY_NAME = re.compile(
    rf"\b(?i:is|has|did|will|was|does)\s+(?P<one>{_CALLED})\s+(?:(?:still|also|ever|there)\s+)?(?:{_DOING})\b"
    rf"|\b(?i:when|where|what time|what day|which day)\s+(?:is|are|does|will)\s+(?P<two>{_CALLED})"
    r"(?:(?<='s)|\s+(?:coming|booked|going|next|due|come|see|seeing|meant|on)\b)"
    r"|\b(?i:do you (?:know|have|support|see|help)|have you (?:seen|heard from|met|got)|tell me about|how is)"
    rf"\s+(?:a |an )?(?P<three>{_CALLED})"
)
"""Somebody's plans, asked about by a name with a capital: the only sign that it is a name."""


@lru_cache(maxsize=128)
def _book(section: str, language: str) -> Phrasebook:
    content = vocabulary("people", language)
    return Phrasebook([(phrase, 0) for phrase in content[section]], content["words"])


def _says(section: str, text: str, language: str, names: Iterable[str] = ()) -> bool:
    return _book(section, language).found(_with_names_marked(said(text, language), names))


def _with_names_marked(heard: str, names: Iterable[str]) -> str:
    for name in names:
        for word in words_of(name):
            if len(word) > 1:
                heard = re.sub(rf"(?<= ){re.escape(word)}s?(?= )", _NAME, heard)
    return heard


def names_said(text: str, names: Iterable[str]) -> list[str]:
    """Those of ``names`` (first names) that the text says as a word of its own, in the order they are given.

    >>> names_said("tom can't come, it's jean here", ["Jean", "Tom", "Tim"])
    ['Jean', 'Tom']
    """
    return [name for name in names if words_of(name) and _is_said(words_of(name)[0], text)]


def _is_said(name: str, text: str) -> bool:
    """Whether a name is among the words. One that is a word as well (Will, May) must stand as a name does."""
    heard = re.findall(r"[^\W_]+(?:'[^\W_]+)?", tidy(text))
    for at, word in enumerate(heard):
        if name not in {word.lower(), word.lower().removesuffix("'s")}:
            follows = heard[at + 1].lower() if at + 1 < len(heard) else ""
            if word.lower() == f"{name}s" and follows in vocabulary("people", "en")["after_names_s"]:
                return True
            continue
        if name not in vocabulary("people", "en")["names_that_are_words"]:
            return True
        after = heard[at + 1].lower() if at + 1 < len(heard) else ""
        if word[0].isupper() and (at > 0 or not after or after in vocabulary("people", "en")["after_a_name"]):
            return True
    return False


def speaks_for_both(text: str, names: Iterable[str] = (), language: str = "en") -> bool:
    """ "Neither of us can come", "me and Tom", "we": whether both of two people are meant."""
    return _says("both", text, language, names)


def wrong_number(text: str, names: Iterable[str] = (), language: str = "en") -> bool:
    """Whether somebody says that this is not the phone of whom we write to.

    Args:
        text: what was written.
        names: names of the people the phone is known for ("who is Jean?" is about them alone).
        language: whose words to read it with.
    """
    names = list(names)
    heard = _with_names_marked(said(text, language), names)
    if _book("not_wrong_number", language).found(heard):
        return False
    introduced = name_in(text, language)
    if introduced and names_said(introduced, names):
        return False
    return _book("wrong_number", language).found(heard)


def channel_wished(text: str, language: str = "en") -> Literal["telegram", "sms"] | None:
    """The channel somebody would rather be written to on."""
    if _says("telegram", text, language) and not _says("not_telegram", text, language):
        return "telegram"
    return "sms" if _says("sms", text, language) else None


def wants_linking(text: str, language: str = "en") -> bool:
    """Whether somebody says that we know them from another channel, or wants the two joined."""
    return _says("linking", text, language)


def phone_is_read(text: str, language: str = "en") -> bool:
    """Whether somebody else reads what is sent there."""
    return _says("phone_is_read", text, language)


def asks_about_somebody_else(text: str, language: str = "en") -> bool:
    """Whether the text asks for somebody else's plans, by kin, by name or as "he" and "she"."""
    if _says("not_about_somebody_else", text, language):
        return False
    return bool(name_asked_about(text)) or _says("about_somebody_else", text, language)


def speaks_of_somebody_else(text: str, language: str = "en") -> bool:
    """ "She can't come", "mum is poorly": whether the text is about somebody of the sender's own."""
    return _says("of_somebody_else", text, language)


def name_asked_about(text: str) -> str:
    """The name by which somebody else's plans are asked about, or nothing."""
    found = _ASKED_BY_NAME.search(text)
    name = next((part for part in found.groups() if part), "") if found else ""
    return name.removesuffix("'s")


def says_under_16(text: str, language: str = "en") -> bool:
    """Whether the sender says to be under 16, in the middle of anything."""
    return _says("under_16", text, language) and not _says("not_under_16", text, language)


ChampionWish = Literal[
    "pause_asks", "back_on", "rota", "most_a_month", "no_limit", "leaves", "workshop", "checks"
]
_CHAMPION_WISHES: tuple[ChampionWish, ...] = (
    "leaves",
    "back_on",
    "rota",
    "most_a_month",
    "no_limit",
    "pause_asks",
    "workshop",
    "checks",
)


def champion_wish(text: str, language: str = "en") -> ChampionWish | None:
    """What a champion wants of their asks, if the text is about them."""
    for wish in _CHAMPION_WISHES:
        if _says(wish, text, language):
            return wish
    return None


def most_a_month(text: str, language: str = "en") -> int | None:
    """ "No more than 2 a month": the number, from 1 to 10."""
    numbers: dict[str, int] = vocabulary("people", language)["numbers"]
    found = next(_book("most_a_month", language).matches(said(text, language)), None)
    if found is None:
        return None
    counts = [numbers.get(word) or (int(word) if word.isdigit() else 0) for word in found[1].group().split()]
    return next((count for count in counts if 1 <= count <= 10), None)


def not_by_phone(text: str, language: str = "en") -> bool:
    """Whether somebody asks not to be rung, who may be deaf: "please dont phone me" asks for no call.

    >>> not_by_phone("im deaf so text me not ring"), not_by_phone("please ring me")
    (True, False)
    """
    return _book("not_by_phone", language).found(said(text, language))


def asks_whom_again(text: str, language: str = "en") -> bool:
    """ "Who is it again?", "which one?": asked by a champion, whom they said they would meet."""
    return _book("whom_again", language).found(said(text, language))


def as_whom(text: str, language: str = "en") -> Literal["champion", "self"] | None:
    """Whether somebody who is both writes as a champion or for themselves, where they say so."""
    if _says("as_champion", text, language):
        return "champion"
    return "self" if _says("for_myself", text, language) else None


def meets_at(text: str, language: str = "en") -> bool | None:
    """Whether a champion says that they would meet people at a group (True), or no more (False)."""
    if not _says("meets_at", text, language):
        return None
    return not _says("not_at_any_more", text, language)
