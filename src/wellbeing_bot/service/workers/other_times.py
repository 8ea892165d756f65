"""Whether a text asks for another time than those offered or agreed: pure."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\b(?:neither|none of (?:th|them)|instead|rather|better|another|different|other (?:day|time)s?|"
    r"later|earlier|sooner|change|move|swap|next week|weekends?|mornings|afternoons|evenings|"
    r"(?:can|could|do) (?:you|we|u) (?:do|make|have)|have you got|any chance|not \w+day|"
    r"can'?t (?:do|make)|cannot (?:do|make)|at work|busy)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:neither|none|no|nope|none of (?:them|these|those))(?: thanks| thank you)?", re.IGNORECASE
)


def asks_other_time(said: str) -> bool:
    """ "neither, can you do mornings", "can we make it later"; a bare "neither" is an answer instead."""
    plain = said.replace("\u2019", "'").strip(" .!?,")
    return not _BARE.fullmatch(plain) and bool(_ASKS.search(plain))
