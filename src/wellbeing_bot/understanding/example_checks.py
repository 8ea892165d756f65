"""Are the vocabulary's examples in order and learned from? What `wellbeing-bot check` asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wellbeing_bot.understanding import learn, urgent_learning
from wellbeing_bot.understanding.learned import learned_weights
from wellbeing_bot.understanding.meaning import Intent, UrgentKind
from wellbeing_bot.understanding.urgent_likelihood import urgent_weights
from wellbeing_bot.understanding.vocabulary import vocabulary

_HARMLESS = "harmless"


def examples_problem(language: str = "en") -> str:
    """What is wrong with the examples, as a line that says what to write; empty when nothing is.

    Raises:
        VocabularyError: a file of examples is missing or is not YAML.
    """
    return (
        problem_in(vocabulary("intent_examples", language), language)
        or _wrong_kind(vocabulary("urgent_examples", language), language)
        or _not_learned(language)
    )


def problem_in(listed: Mapping[str, Sequence[object]], language: str) -> str:
    """What is wrong with examples of intents: an unknown intent, no text, or one text under two intents."""
    where = f"vocabulary/{language}/intent_examples.yaml"
    known = {intent.value for intent in Intent}
    stands_under: dict[str, str] = {}
    for intent, texts in listed.items():
        if intent not in known:
            return f"{where}: there is no intent {intent!r}; write one of {', '.join(sorted(known))}"
        for text in texts or ():
            if not isinstance(text, str) or not text.strip():
                return f"{where}, {intent}: {text!r} is no text; write it in quotes"
            other = stands_under.setdefault(text.lower().strip(), intent)
            if other != intent:
                return f"{where}: {text!r} stands under {other} and {intent}; leave it under one"
    return ""


def _wrong_kind(listed: Mapping[str, str], language: str) -> str:
    known = {*(kind.value for kind in UrgentKind), _HARMLESS}
    wrong = next((kind for kind in listed if kind not in known), None)
    if wrong is None:
        return ""
    where = f"vocabulary/{language}/urgent_examples.yaml"
    return f"{where}: there is no kind {wrong!r}; write one of {', '.join(sorted(known))}"


def _not_learned(language: str) -> str:
    learned = learned_weights(language).made_from == learn.digest(language)
    own = urgent_learning.digest(urgent_learning.examples(language))
    if learned and urgent_weights(language).made_from == own:
        return ""
    return f"vocabulary/{language}: the examples have changed since they were learned from; run `make learn`"
