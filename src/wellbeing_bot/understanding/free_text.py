"""Reads an answer in the person's own words: whatever was written, tidied of invisible characters."""

from __future__ import annotations

from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.said import Said


def read_free_text(question: Question, said: Said) -> Reading:
    """The text itself; nothing written is unclear."""
    return Answered(said.text) if said.text else Unclear()
