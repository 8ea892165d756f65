"""How old a reader has to be for a text: the Flesch-Kincaid grade level plus five.

Kincaid, Fishburne, Rogers and Chissom (1975): 0.39 x words a sentence + 11.8 x syllables a word - 15.59
gives a school year in the United States; children begin its first year at six. Syllables are counted by
groups of vowels, less the e that is not spoken.

Two changes for short messages: a line, a colon and a dash end a sentence as a full stop does; and names,
numbers and words in capitals (reply words) count as one syllable, since they are known or copied, not read.
"""

from __future__ import annotations

import re

from wellbeing_bot.conversation.words import PLACEHOLDER

FEWEST_WORDS = 10
"""Below this the measure says more about one word than about the text."""

_SENTENCE_END = re.compile(r"[.!?:;\n]+(?=[\s{]|$)|\s-\s|\n+")
_WORD = re.compile(r"[A-Za-z'’]+|\d[\d.,:]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = (
    re.compile(r"[aeiouy](?:[^aeiouy]*[^aeiouyl]|l)e$"),  # like, whole, but table
    re.compile(r"[^aeioutd]ed$"),  # asked, but wanted
    re.compile(r"(?:[^aeiouscgxzhl]|[aeiou]l)es$"),  # times, rules, but tables
    re.compile(r"[aeiou][^aeiou]e(?:ly|thing|body|times?|where|ful|less|ment)$"),  # lonely, something
)


def reading_age(text: str) -> float | None:
    """Years, or None for a text too short to say. Placeholders are left out.

    >>> reading_age("Would you like somebody to meet you there the first time you come?")
    8.1
    """
    sentences = [words for words in map(_words, _SENTENCE_END.split(PLACEHOLDER.sub("", text))) if words]
    count = sum(map(len, sentences))
    if count < FEWEST_WORDS:
        return None
    syllables = sum(
        syllables_of(word, first=place == 0) for words in sentences for place, word in enumerate(words)
    )
    grade = 0.39 * count / len(sentences) + 11.8 * syllables / count - 15.59
    return round(grade + 5, 1)


def sentence_lengths(text: str) -> list[int]:
    """The words of each sentence, in order. A placeholder is one word, as a name is.

    >>> sentence_lengths("Hello {first_name}. Do you want to come, {when}?")
    [2, 6]
    """
    counted = (len(_words(PLACEHOLDER.sub(" it ", part))) for part in _SENTENCE_END.split(text))
    return [words for words in counted if words]


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def syllables_of(word: str, *, first: bool) -> int:
    """Syllables as they are spoken. ``first`` in its sentence: a capital does not make it a name there."""
    name = word[0].isupper() and not first
    if name or word[0].isdigit() or (word.isupper() and len(word) > 1):
        return 1
    plain = re.sub(r"[^a-z]", "", word.lower())
    silent = sum(pattern.search(plain) is not None for pattern in _SILENT_E)
    return max(1, len(_VOWELS.findall(plain)) - silent)
