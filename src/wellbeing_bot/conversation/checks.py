"""What is wrong with conversations that do load: their roads, facts, texts and translations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wellbeing_bot.conversation.check_facts import check_facts, check_notice_facts
from wellbeing_bot.conversation.check_roads import check_roads
from wellbeing_bot.conversation.check_texts import TextRules, check_option_words, check_text
from wellbeing_bot.conversation.problems import Code, Problem
from wellbeing_bot.conversation.script import EASY_READ, Language, Scripts
from wellbeing_bot.conversation.texts import entries


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
        if language.on:
            problems += _translated(rules, scripts, language)
    return sorted(set(problems))


def _translated(rules: TextRules, scripts: Scripts, language: Language) -> Iterator[Problem]:
    """Easy read is English, and is held to the same rules; other languages may need costly characters."""
    for entry in entries(scripts):
        words = language.words.get(entry.key)
        if words is None:
            file = f"locale/{language.tag}/{entry.stem}.po"
            wrong = f"{entry.key} has no {language.name} words, or its English has changed since"
            cure = f"Write them in {file}, or switch the language off in its language.yaml."
            yield Problem(file, 1, Code.NOT_TRANSLATED, wrong, cure)
        elif language.tag == EASY_READ:
            yield from check_text(rules, entry, words)
