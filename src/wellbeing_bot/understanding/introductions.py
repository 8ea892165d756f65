"""The name that somebody gives of themselves in a text about something else.

"My name is Jean Tolhurst", "this is Mr Osei", "Bob here", "Thank you. R Apps". A name that belongs to
somebody else ("Dr Patel said", "can Sarah ring me") is not taken: only a name that is brought in as the
sender's own, or that stands alone at the end, is one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from wellbeing_bot.understanding.text import tidy
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import word_set

_NAME = r"(?P<name>(?:[A-Z][\w'-]*\.?)(?: (?:[A-Z][\w'-]*\.?)){0,3})"
_SENTENCE = re.compile(
    r"[.!?,;:\n]+(?=\s|$)|\s-\s|\b(?:regards|thanks|thank you|yours|cheers)\b", re.IGNORECASE
)
_LONGEST_SIGNATURE = 4
_WEAK = 1  # the pattern after whose words only a capital makes a name
_AFTER_A_NAME = re.compile(r"[ ,.]+[A-Za-z]{1,2}\d[A-Za-z\d]?(?: ?\d[A-Za-z]{2})?(?=\W|$)|[ ,.]+x{1,5}\W*$")
"""What stands behind a signature: a postcode ("Ted, CT5"), kisses."""


def name_in(text: str, language: str = "en") -> str | None:
    """The sender's own name as written, or None."""
    lines = [tidy(line) for line in re.split(r"[\r\n]+", text)]
    whole = ". ".join(line for line in lines if line)
    return _brought_in(whole, language) or _signed(whole, language)


def _brought_in(text: str, language: str) -> str | None:
    patterns = _patterns(language)
    for pattern in patterns:
        for found in pattern.finditer(text):
            name = _trimmed(found["name"], language)
            if name and not (pattern is patterns[_WEAK] and not found["name"][0].isupper()):
                return name
    return None


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    words = vocabulary("introductions", language)

    def either(name: str) -> str:
        return "|".join(re.escape(entry) for entry in sorted(words[name], key=len, reverse=True))

    any_case = _NAME.replace("[A-Z]", r"[^\W\d_]")
    return (
        re.compile(rf"(?<!\w)(?i:{either('strong')})[ :]+{any_case}"),
        re.compile(rf"(?<!\w)(?i:{either('weak')}) {_NAME}"),
        re.compile(r"(?<!\w)(?i:its|it's|it is|this is) (?P<name>[^\W\d_][\w'-]+) (?i:here)(?!\w)"),
        re.compile(rf"(?:^|[.!,] )(?:(?i:{either('greetings')})[ ,]+)?{_NAME} (?i:{either('after')})(?!\w)"),
    )


def _signed(text: str, language: str) -> str | None:
    """A name that stands alone: with a title anywhere, without one only at the end and with a capital."""
    parts = [part.strip(" .,!-") for part in _SENTENCE.split(_AFTER_A_NAME.sub(". ", text))]
    parts = [part for part in parts if part]
    titles = word_set("introductions", language, "titles")
    for part in reversed(parts):
        words = part.split()
        if words[0].lower().rstrip(".") in titles and 2 <= len(words) <= _LONGEST_SIGNATURE:
            return _trimmed(part, language)
    last = parts[-1].split() if len(parts) > 1 and not text.isupper() else []
    if 1 <= len(last) <= 2 and all(word[0].isupper() for word in last):
        return _trimmed(parts[-1], language)
    return None


def _trimmed(written: str, language: str) -> str | None:
    """The words of a name up to the first that is none; None when no name is left."""
    titles = word_set("introductions", language, "titles")
    no_names = word_set("name", language, "no_names") | word_set("introductions", language, "no_names")
    kept: list[str] = []
    for word in written.split():
        plain = word.strip(".,'").removesuffix("'s").lower()
        if plain in titles and not kept:
            kept.append(word)
        elif plain in no_names or not plain.replace("-", "").replace("'", "").isalpha():
            break
        else:
            kept.append(word.rstrip(".,") if len(plain) > 1 else word.rstrip(","))
    if not kept or (len(kept) == 1 and kept[0].lower().rstrip(".") in titles):
        return None
    name = " ".join(kept)
    return name.title() if name.isupper() or name.islower() else name
