"""All that one text means, given the questions that are open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module

from wellbeing_bot.understanding.meaning import Meaning, Question


def _reader(module, name):
    try:
        return getattr(import_module(f"wellbeing_bot.understanding.{module}"), name)
    except ImportError as error:
        if "wellbeing_bot" not in str(error):
            raise
        return lambda *args, **kwargs: None


def understand(
    text: str,
    questions: Sequence[Question],
    *,
    now: datetime,
    sender: str | None = None,
    language: str = "en",
) -> Meaning:
    """All that ``text`` means."""
    urgent = _reader("urgent", "read_urgent")(text, language)
    if urgent:
        return Meaning(text, urgent=urgent)
    if questions:
        reading = _reader("answers", "read_answer")(questions[0], text, language)
        if reading:
            return Meaning(text, readings=((questions[0].id, reading),))
    command = _reader("commands", "read_command")(text, answering=bool(questions), language=language)
    if command:
        return Meaning(text, command=command)
    about = (
        None if questions else (_reader("intents", "read_intent")(text, now=now, language=language) or None)
    )
    return Meaning(text, about=about)
