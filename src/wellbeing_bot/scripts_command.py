"""``wellbeing-bot check``, ``draw`` and ``texts``: the conversations, looked at before anybody is texted."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.table import Table

from wellbeing_bot.app import conversations_folder
from wellbeing_bot.channels import gsm7
from wellbeing_bot.config import Settings
from wellbeing_bot.conversation import ScriptErrors, Scripts, load
from wellbeing_bot.conversation.checks import check
from wellbeing_bot.conversation.draw import draw_all
from wellbeing_bot.conversation.problems import Code, Problem
from wellbeing_bot.conversation.translate import prices, update
from wellbeing_bot.service.actions import SPECS
from wellbeing_bot.service.rules import RULES
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.example_checks import examples_problem
from wellbeing_bot.understanding.intents import read_intent
from wellbeing_bot.understanding.meaning import AnswerKind, Question
from wellbeing_bot.understanding.urgent import read_urgent


def _load(settings: Settings, folder: Path | None) -> Scripts | None:
    try:
        return load(folder or conversations_folder(settings), SPECS, RULES)
    except ScriptErrors as errors:
        print(errors, file=sys.stderr)
        return None
    except FileNotFoundError as error:
        print(f"there is no folder {error.filename}; name one that holds conversations", file=sys.stderr)
        return None


def check_folder(settings: Settings, folder: Path | None, *, every_warning: bool = False) -> int:
    """Print every problem as file:line. Exit code 0 when there is none but warnings of translations."""
    scripts = _load(settings, folder)
    if scripts is None:
        return 1
    problems = check(scripts, parts=lambda text: gsm7.parts(text).parts, forces_ucs2=gsm7.forces_ucs2)
    wrong = [problem for problem in problems if not problem.warns]
    for problem in wrong:
        print(problem, file=sys.stderr)
    warned = [problem for problem in problems if problem.warns]
    for line in (str(problem) for problem in warned) if every_warning else _in_short(warned):
        print(line)
    wrong_words = _vocabulary_problem()
    if wrong_words:
        print(wrong_words, file=sys.stderr)
        return 1
    if not wrong:
        print(
            f"{len(scripts.scripts)} conversations and {len(scripts.notices)} notices: nothing to put right."
        )
    return 1 if wrong else 0


def _in_short(warned: Sequence[Problem]) -> Iterator[str]:
    """Each language and kind of warning: all of it where it is little, else a number."""

    def kind(problem: Problem) -> tuple[str, Code]:
        return problem.file.split("/")[1], problem.code

    for (language, code), group in groupby(sorted(warned, key=kind), key=kind):
        problems = list(group)
        if len(problems) <= FEW:
            yield from map(str, problems)
        else:
            said = f"{len(problems)} texts {WARNED[code]}"
            yield f"{language}: {said} (wellbeing-bot check --warnings lists them)"


FEW = 5
"""So many warnings of a kind are shown without being asked for."""


WARNED = {
    Code.NOT_TRANSLATED: "have no words yet and are said in English",
    Code.COSTLY_CHARACTER: "need a letter that makes a text dearer (wellbeing-bot texts shows the parts)",
    Code.TOO_LONG: "take more than two SMS parts",
}


def _vocabulary_problem() -> str:
    """What is wrong in the vocabulary of understanding: found by reading one text with all of it."""
    now = datetime.now(UTC)
    try:
        read_urgent("hello")
        read_intent("hello", now=now)
        for kind in AnswerKind:
            read_answer(Question("1", kind, "?", options=("a", "b"), reference=now), "hello")
        return examples_problem()
    except ValueError as error:
        return str(error)


def translate_folder(settings: Settings, folder: Path | None) -> int:
    """Bring the translators' files up to date with the English words."""
    scripts = _load(settings, folder)
    if scripts is None:
        return 1
    where = folder or conversations_folder(settings)
    if not isinstance(where, Path):
        print(
            "name the folder of your conversations: the ones that ship cannot be written to", file=sys.stderr
        )
        return 1
    update(scripts, where)
    print(f"The files under {where / 'locale'} hold every text.")
    return 0


def draw_folder(settings: Settings, folder: Path) -> int:
    """Write a drawing of each conversation."""
    scripts = _load(settings, None)
    if scripts is None:
        return 1
    draw_all(scripts, folder)
    print(f"{len(scripts.scripts)} drawings are in {folder}.")
    return 0


def list_texts(settings: Settings, language: str, hardest: int | None = None) -> int:
    """Every text of a language with its price in SMS parts and its longest sentence; or the hardest few."""
    scripts = _load(settings, None)
    if scripts is None:
        return 1
    listed = [one for one in prices(scripts, lambda text: gsm7.parts(text).parts) if one.language == language]
    if hardest is not None:
        listed = sorted(listed, key=lambda one: (-one.longest, -one.parts, one.key))[:hardest]
    table = Table("language", "text", "parts", "longest sentence", "words")
    for one in listed:
        table.add_row(one.language, one.key, str(one.parts), str(one.longest), one.text)
    Console().print(table)
    return 0
