"""``wellbeing-bot check``, ``draw`` and ``texts``: the conversations, looked at before anybody is texted."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from wellbeing_bot.app import conversations_folder
from wellbeing_bot.channels import gsm7
from wellbeing_bot.config import Settings
from wellbeing_bot.conversation import ScriptErrors, Scripts, load
from wellbeing_bot.conversation.checks import check
from wellbeing_bot.conversation.draw import draw_all
from wellbeing_bot.service.actions import SPECS
from wellbeing_bot.service.rules import RULES


def _load(settings: Settings, folder: Path | None) -> Scripts | None:
    try:
        return load(folder or conversations_folder(settings), SPECS, RULES)
    except ScriptErrors as errors:
        print(errors, file=sys.stderr)
        return None
    except FileNotFoundError as error:
        print(f"there is no folder {error.filename}; name one that holds conversations", file=sys.stderr)
        return None


def check_folder(settings: Settings, folder: Path | None) -> int:
    """Print every problem as file:line. Exit code 0 when there is none."""
    scripts = _load(settings, folder)
    if scripts is None:
        return 1
    problems = check(scripts, parts=lambda text: gsm7.parts(text).parts, forces_ucs2=gsm7.forces_ucs2)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(scripts.scripts)} conversations and {len(scripts.notices)} notices: nothing to put right.")
    return 1 if problems else 0


def draw_folder(settings: Settings, folder: Path) -> int:
    """Write a drawing of each conversation."""
    scripts = _load(settings, None)
    if scripts is None:
        return 1
    draw_all(scripts, folder)
    print(f"{len(scripts.scripts)} drawings are in {folder}.")
    return 0


def list_texts(settings: Settings, language: str) -> int:
    """Every text of a language with its price in SMS parts."""
    scripts = _load(settings, None)
    if scripts is None:
        return 1
    table = Table("text", "parts", "words")
    for key, words in scripts.localised(language).texts():
        table.add_row(key, str(gsm7.parts(words).parts), words)
    Console().print(table)
    return 0
