"""The purpose of an asking, and a person's own result, in plain words.

The result says back what the person said and nothing else: no band, no total, no judgement, no diagnosis. It
is not sent to an address that several people share; whoever sends it sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from wellbeing_bot.questionnaires.instrument import Instrument, Item
from wellbeing_bot.questionnaires.scoring import Score, Scores

LONGEST = 306
"""Characters of one text: two GSM-7 parts of 153."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences a result is made of. A translation is another value of this class.

    ``{when}`` is "in September", ``{what}`` an item's short words, the rest are the person's own answers.
    """

    number_then_and_now: str = "{when} you said {before} for {what}, today {after}."
    number_now: str = "Today you said {after} for {what}."
    words_then_and_now: str = 'Asked {what}, {when} you said "{before}", today "{after}".'
    number_earlier_and_now: str = "Earlier you said {before} for {what}, now {after}."
    words_earlier_and_now: str = 'Asked {what}, earlier you said "{before}", now "{after}".'
    words_now: str = 'Asked {what}, today you said "{after}".'
    tally: str = (
        "{when} and today you answered {all} statements: "
        "{up} went up, {same} stayed the same, {down} went down."
    )
    thanks: str = "Thank you for telling us."
    same_day: str = "earlier today"
    in_month: str = "in {month}"
    in_month_of_year: str = "in {month} {year}"
    on_day: str = "on {day} {month}"
    months: tuple[str, ...] = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )


ENGLISH = Phrases()


def purpose(instrument: Instrument, *, service: str, worker: str, questions: int) -> str:
    """Why it is asked, in one text. ``questions`` counts all of a merged asking."""
    return instrument.purpose.format(service=service, worker=worker, questions=questions)


def when(then: date, today: date, phrases: Phrases = ENGLISH) -> str:
    """A date as people say it: "earlier today", "on 3 September", "in September", "in September 2025"."""
    if then == today:
        return phrases.same_day
    month = phrases.months[then.month - 1]
    apart = (today.year - then.year) * 12 + today.month - then.month
    if apart == 0:
        return phrases.on_day.format(day=then.day, month=month)
    if apart < 12:
        return phrases.in_month.format(month=month)
    return phrases.in_month_of_year.format(month=month, year=then.year)


def own_result(
    instrument: Instrument,
    now: Scores,
    today: date,
    earlier: tuple[date, Scores] | None = None,
    phrases: Phrases = ENGLISH,
) -> tuple[str, ...]:
    """What the person said, as texts of at most two parts each. Skipped questions are not mentioned.

    Args:
        instrument: what was asked.
        now: today's scores.
        today: local date.
        earlier: an earlier asking of the same instrument to set beside it, with its date.
        phrases: the sentences, in the person's language.
    """
    if earlier and earlier[0] == today:
        phrases = _on_one_day(phrases)
    then = when(earlier[0], today, phrases) if earlier else ""
    before = {found.measure: found for found in earlier[1].items} if earlier else {}
    sentences = []
    for item in instrument.items:
        score = now.find(item.id)
        if item.short and score.value is not None:
            sentences.append(_sentence(item, before.get(item.id), score, then, phrases))
    bare = [item for item in instrument.items if not item.short]
    if bare and earlier and (tally := _tally(bare, before, now, then, phrases)):
        sentences.append(tally)
    return _packed([*(_capital(sentence) for sentence in sentences), phrases.thanks])


def _on_one_day(phrases: Phrases) -> Phrases:
    return replace(
        phrases,
        number_then_and_now=phrases.number_earlier_and_now,
        words_then_and_now=phrases.words_earlier_and_now,
    )


def _sentence(item: Item, before: Score | None, score: Score, then: str, phrases: Phrases) -> str:
    if before is not None and before.value is not None:
        template = phrases.words_then_and_now if item.scale else phrases.number_then_and_now
        return template.format(
            when=then, what=item.short, before=before.words.lower(), after=score.words.lower()
        )
    template = phrases.words_now if item.scale else phrases.number_now
    return template.format(what=item.short, after=score.words.lower())


def _tally(
    items: Iterable[Item], before: dict[str, Score], now: Scores, then: str, phrases: Phrases
) -> str | None:
    """Statements that may not be repeated are counted instead. None when none was answered both times."""
    pairs = [(before[item.id].value, now.find(item.id).value) for item in items if item.id in before]
    both = [after - earlier for earlier, after in pairs if earlier is not None and after is not None]
    if not both:
        return None
    up, down = sum(1 for step in both if step > 0), sum(1 for step in both if step < 0)
    return phrases.tally.format(all=len(both), up=up, down=down, same=len(both) - up - down, when=then)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _packed(sentences: list[str]) -> tuple[str, ...]:
    """Sentences put together into as few texts as hold them."""
    texts: list[str] = []
    for sentence in sentences:
        if texts and len(texts[-1]) + 1 + len(sentence) <= LONGEST:
            texts[-1] += f" {sentence}"
        else:
            texts.append(sentence)
    return tuple(texts)
