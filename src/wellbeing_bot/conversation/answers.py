"""Between what a person answers and what is stored: options and their words, values and facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from wellbeing_bot.conversation.facts import SAVED_AS, Fact, Facts
from wellbeing_bot.conversation.own_words import NO, YES
from wellbeing_bot.conversation.script import Option, Script, Scripts, Step
from wellbeing_bot.conversation.words import numbered, spoken
from wellbeing_bot.messages import Button
from wellbeing_bot.understanding.meaning import AnswerKind, Value

TYPED: Mapping[AnswerKind, type] = {
    AnswerKind.YES_NO: bool,
    AnswerKind.SCALE_0_10: int,
    AnswerKind.PARTY_SIZE: int,
    AnswerKind.DATE: date,
    AnswerKind.TIME: time,
    AnswerKind.ACCESS_NEEDS: tuple,
}
"""The Python type of each kind's value; ``str`` for the rest."""

BUTTON_BYTES = 60  # Telegram refuses a longer value; the option's number is understood as well


class Misfit(Exception):
    """A value that this question cannot take. It is asked again, never stored."""


def options_of(scripts: Scripts, script: Script, step: Step, facts: Facts) -> tuple[Option, ...]:
    """The answers on offer, in the language of the scripts. English words are still understood."""
    if step.options_from:
        offered = facts.get(step.options_from)
        choices = offered if isinstance(offered, list) else []
        return tuple(_offered(choice) for choice in choices if isinstance(choice, dict))
    return tuple(_translated(scripts, script, step, option) for option in step.options)


def to_fact(value: Value, step: Step, options: tuple[Option, ...]) -> Fact:
    """What is stored of an answer: JSON, and the option's value in place of its words.

    Raises:
        Misfit: the value is not one this question can take.
    """
    if step.expects is None or type(value) is not TYPED.get(step.expects, str):
        raise Misfit
    if options:
        return chosen(str(value), options).value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return list(value)
    return value


def to_value(fact: Fact, step: Step, options: tuple[Option, ...]) -> Value | None:
    """The answer that a stored fact was, for a question that may be corrected; None for none."""
    if step.expects is None or fact is None:
        return None
    if options:
        return next((option.words for option in options if option.value == fact), None)
    value = _parsed(fact, step.expects)
    return value if type(value) is TYPED.get(step.expects, str) else None


def _parsed(fact: Fact, kind: AnswerKind) -> Value | None:
    """None for words that were saved before the script asked for a date or a time here."""
    if isinstance(fact, list):
        return tuple(str(item) for item in fact)
    if not isinstance(fact, str):
        return fact if isinstance(fact, int) else None
    try:
        if kind is AnswerKind.DATE:
            return date.fromisoformat(fact)
        return time.fromisoformat(fact) if kind is AnswerKind.TIME else fact
    except ValueError:
        return None


def chosen(words: str, options: tuple[Option, ...]) -> Option:
    """The option with these words, or that was asked with them before the language changed.

    Raises:
        Misfit: there is none.
    """
    for option in options:
        if words in (option.words, option.value, *option.also):
            return option
    raise Misfit


def said_back(scripts: Scripts, step: Step, value: Value, today: date) -> str:
    """An answer in words, to be read back."""
    if isinstance(value, bool):
        return scripts.own_word(YES if value else NO).lower()
    kind = SAVED_AS[step.expects] if step.expects else "text"
    fact: Fact = list(value) if isinstance(value, tuple) else value if isinstance(value, (str, int)) else None
    if isinstance(value, (date, time)):
        fact = value.isoformat()
        kind = "date" if isinstance(value, date) else "time"
    return spoken(fact, kind, scripts.language, today)


def buttons_of(scripts: Scripts, step: Step, options: tuple[Option, ...]) -> tuple[Button, ...]:
    """The answers as buttons, where the step wants them."""
    if not step.buttons:
        return ()
    if step.expects is AnswerKind.YES_NO:
        return (Button(scripts.own_word(YES), "yes"), Button(scripts.own_word(NO), "no"))
    return tuple(
        Button(option.words, option.words if len(option.words.encode()) <= BUTTON_BYTES else str(number))
        for number, option in enumerate(options, start=1)
    )


def as_lines(options: tuple[Option, ...]) -> str:
    """The answers as numbered lines."""
    return numbered([option.words for option in options])


def _offered(choice: Mapping[str, Fact]) -> Option:
    also = choice.get("also")
    words = tuple(str(word) for word in also) if isinstance(also, list) else ()
    return Option(str(choice.get("value", "")), str(choice.get("label", "")), words)


def _translated(scripts: Scripts, script: Script, step: Step, option: Option) -> Option:
    words = scripts.text(script.key(step, f"options.{option.value}"), option.words)
    return option if words == option.words else Option(option.value, words, (*option.also, option.words))
