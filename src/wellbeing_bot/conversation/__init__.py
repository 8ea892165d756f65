"""Conversations as data, and the pure engine that walks through them. Start reading at ``engine``."""

from wellbeing_bot.conversation.asking import earlier_questions, previous_question, question
from wellbeing_bot.conversation.effects import (
    Ask,
    AskedPerson,
    ClearTimer,
    Do,
    Effect,
    Finish,
    NotUnderstood,
    Say,
    SetTimer,
)
from wellbeing_bot.conversation.engine import Turn, begin, take_turn
from wellbeing_bot.conversation.events import Corrected, Event, Heard, Outcome, Resumed, Started, TimedOut
from wellbeing_bot.conversation.facts import ActionSpec, Fact, Facts, FactType, Rule, RuleSpec
from wellbeing_bot.conversation.loader import load
from wellbeing_bot.conversation.notices import Notice, say_notice
from wellbeing_bot.conversation.problems import Problem, ScriptError, ScriptErrors
from wellbeing_bot.conversation.script import Script, Scripts, Step
from wellbeing_bot.conversation.state import State

__all__ = [
    "ActionSpec",
    "Ask",
    "AskedPerson",
    "ClearTimer",
    "Corrected",
    "Do",
    "Effect",
    "Event",
    "Fact",
    "FactType",
    "Facts",
    "Finish",
    "Heard",
    "NotUnderstood",
    "Notice",
    "Outcome",
    "Problem",
    "Resumed",
    "Rule",
    "RuleSpec",
    "Say",
    "Script",
    "ScriptError",
    "ScriptErrors",
    "Scripts",
    "SetTimer",
    "Started",
    "State",
    "Step",
    "TimedOut",
    "Turn",
    "begin",
    "earlier_questions",
    "load",
    "previous_question",
    "question",
    "say_notice",
    "take_turn",
]
