"""What is wrong with conversations that do load: their roads, facts, texts and translations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from wellbeing_bot.conversation.check_facts import check_facts, check_notice_facts
from wellbeing_bot.conversation.check_roads import check_roads
from wellbeing_bot.conversation.check_texts import TextRules, check_easy, check_option_words, check_text
from wellbeing_bot.conversation.problems import Code, Problem
from wellbeing_bot.conversation.script import EASY_READ, Language, Scripts
from wellbeing_bot.conversation.texts import Entry, entries


def check(
    scripts: Scripts, *, parts: Callable[[str], int], forces_ucs2: Callable[[str], tuple[str, ...]]
) -> list[Problem]:
    """Every problem, in order of file and line.

    ``parts`` counts the SMS parts of a text and ``forces_ucs2`` names its costly characters; they are
    handed in because this package knows nothing of channels.
    """
    rules = TextRules(parts, forces_ucs2)
    problems: list[Problem] = []
    for script in scripts.scripts.values():
        problems += check_roads(script)
        problems += check_facts(scripts, script)
        problems += check_option_words(script)
    for notice in scripts.notices.values():
        problems += check_notice_facts(notice)
    for entry in entries(scripts):
        problems += check_text(rules, entry, entry.text)
    for language in scripts.languages.values():
        problems += _translated(rules, scripts, language)
    return sorted(set(problems))


def _translated(rules: TextRules, scripts: Scripts, language: Language) -> Iterator[Problem]:
    """Easy read is English, and is held to the same rules; other languages may need costly characters."""
    for entry in entries(scripts):
        words = language.words.get(entry.key)
        if words is None and language.on:
            file = f"locale/{language.tag}/{entry.stem}.po"
            wrong = f"{entry.key} has no {language.name} words, or its English has changed since"
            cure = f"Write them in {file}, or switch the language off in its language.yaml."
            yield Problem(file, 1, Code.NOT_TRANSLATED, wrong, cure)
        elif words is not None and language.tag == EASY_READ:
            found_easy = (*check_text(rules, entry, words), *check_easy(entry, words))
            yield from (_in(language, entry, found) for found in found_easy)
        elif words is not None:
            costs = (found for found in check_text(rules, entry, words) if found.code in COSTS)
            yield from (_in(language, entry, found) for found in costs)


COSTS = {Code.TOO_LONG, Code.COSTLY_CHARACTER}


def _in(language: Language, entry: Entry, found: Problem) -> Problem:
    """The same problem, in the translator's file."""
    return replace(found, file=f"locale/{language.tag}/{entry.stem}.po", line=1)
