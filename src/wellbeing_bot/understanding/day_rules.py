"""What each way of naming a day comes to, counted from today.

A rule gives the day, or why it is not one day: the weekday and the date do not agree, it has been, it may be
two days. "Next Thursday" is taken as the Thursday of next week; every date is read back, since people mean
it both ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing_bot.understanding.day_words import NAMES
from wellbeing_bot.understanding.named_days import next_named, nth_weekday

_JUST_GONE = timedelta(days=45)
"""A date without a year that was this recently is not taken for next year's."""
_NEARLY_A_YEAR = timedelta(days=320)
"""A date without a year that is farther ahead than this is asked about."""
_FARTHEST = timedelta(days=550)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Today:
    """What days are counted from, and whether the question asks about the past."""

    date: date
    past: bool = False


@dataclass(frozen=True, slots=True)
class NotADay:
    """Why a wording is not one day, and the days it may be."""

    reason: str = "not_understood"
    candidates: tuple[date, ...] = ()


Resolver = Callable[["re.Match[str]", Today], "date | NotADay"]


def _monday(today: Today) -> date:
    return today.date - timedelta(days=today.date.weekday())


def _coming(weekday: int, today: Today) -> date:
    """The next such day; a week from today when it is today's."""
    return today.date + timedelta(days=(weekday - today.date.weekday() - 1) % 7 + 1)


def _in_year(month: int, day: int, year: int | None, today: Today) -> date | NotADay:
    if year is None and today.past:
        for one in (today.date.year, today.date.year - 1):
            if (found := _date(one, month, day)) and found <= today.date:
                return found
        return NotADay("mismatch")
    if year is not None:
        found = _date(year + 2000 if year < 100 else year, month, day)
        if found is None:
            return NotADay("mismatch")
        fits = found <= today.date if today.past else today.date <= found <= today.date + _FARTHEST
        return found if fits else NotADay("out_of_range")
    this, after = (_date(today.date.year + ahead, month, day) for ahead in (0, 1))
    if this is not None and this >= today.date:
        return this
    if (
        after is None
        or (this is not None and today.date - this <= _JUST_GONE)
        or after - today.date > _NEARLY_A_YEAR
    ):
        return NotADay("out_of_range", tuple(day for day in (after,) if day))
    return after


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _agreeing(found: date | NotADay, weekday: str | None) -> date | NotADay:
    if weekday is None or isinstance(found, NotADay) or found.weekday() == int(weekday):
        return found
    return NotADay("mismatch", (found, found + timedelta(days=int(weekday) - found.weekday())))


def full_date(match: re.Match[str], today: Today) -> date | NotADay:
    month = int(match["month"] or match["nth_month"])
    found = _in_year(month, int(match["day"]), int(match["year"]) if match["year"] else None, today)
    return _agreeing(_agreeing(found, match["before"]), match["after"])


def numeric_date(match: re.Match[str], today: Today) -> date | NotADay:
    year = int(match["year"]) if match["year"] else None
    return _agreeing(_in_year(int(match["month"]), int(match["day"]), year, today), match["before"])


def run_of_digits(match: re.Match[str], today: Today) -> date | NotADay:
    run = match["run"]
    return _in_year(int(run[2:4]), int(run[:2]), int(run[4:]), today)


def day_of_month(match: re.Match[str], today: Today) -> date | NotADay:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return NotADay()
    step = -1 if today.past else 1
    for ahead in range(0, 3 * step, step):
        month = today.date.month - 1 + ahead
        found = _date(today.date.year + month // 12, month % 12 + 1, day)
        if found and (found <= today.date if today.past else found >= today.date):
            return _agreeing(found, match.groupdict().get("before"))
    return NotADay("mismatch")


def day_of_month_or_hour(match: re.Match[str], today: Today) -> date | NotADay:
    """ "Weds 7" is Wednesday the 7th where that is soon one, else Wednesday at 7."""
    found = day_of_month(match, today)
    soon = not isinstance(found, NotADay) and abs(found - today.date) <= _JUST_GONE
    return found if soon else _coming(int(match["before"]), today)


def nth_weekday_of_month(match: re.Match[str], today: Today) -> date | NotADay:
    nth = {"last": -1, "second": 2}.get(match["nth"]) or int(match["nth"][0])
    month, year = today.date.month, today.date.year
    if match["month"]:
        month = int(match["month"])
        year += month < today.date.month
    elif match["which"].startswith("next"):
        month, year = month % 12 + 1, year + month // 12
    found = nth_weekday(year, month, int(match["weekday"]), nth) if nth <= 5 else None
    return found if found and found >= today.date else NotADay("out_of_range")


def last_day_of_month(match: re.Match[str], today: Today) -> date | NotADay:
    month = int(match["month"]) if match["month"] else today.date.month
    year = today.date.year + (month < today.date.month)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def weeks_on(match: re.Match[str], today: Today) -> date | NotADay:
    """A week on Friday, two weeks today, a fortnight tomorrow."""
    groups = match.groupdict()
    weeks = 2 if groups.get("fortnight") else int(groups.get("weeks") or 1)
    day = next(groups[name] for name in ("day", "day_first") if groups.get(name))
    if day == "today":
        return today.date + weeks * _WEEK
    if day == "tomorrow":
        return today.date + weeks * _WEEK + timedelta(days=1)
    coming = _coming(int(day[1]), today)
    if coming - today.date == _WEEK:
        return NotADay("two_values", (coming + (weeks - 1) * _WEEK, coming + weeks * _WEEK))
    return coming + weeks * _WEEK


def day_of_named_week(match: re.Match[str], today: Today) -> date | NotADay:
    """Thursday of next week, this week, the week after next."""
    which = match["which"] or match["which_first"]
    ahead = {"this": 0, "next": 1}.get(which, 2)
    found = _monday(today) + ahead * _WEEK + timedelta(days=int(match["weekday"] or match["weekday_last"]))
    return found if found >= today.date else NotADay("out_of_range", (found + _WEEK,))


def next_weekday(match: re.Match[str], today: Today) -> date | NotADay:
    weekday = int(match["weekday"] or match["weekday_first"])
    return _monday(today) + _WEEK + timedelta(days=weekday)


def this_weekday(match: re.Match[str], today: Today) -> date | NotADay:
    weekday = int(match["weekday"] or match["weekday_first"])
    return today.date + timedelta(days=(weekday - today.date.weekday()) % 7)


def weekday_after_next(match: re.Match[str], today: Today) -> date | NotADay:
    coming = _coming(int(match["weekday"]), today)
    return NotADay("two_values", (coming + _WEEK, coming + 2 * _WEEK))


def last_weekday(match: re.Match[str], today: Today) -> date | NotADay:
    back = today.date - timedelta(days=(today.date.weekday() - int(match["weekday"]) - 1) % 7 + 1)
    return back if today.past else NotADay("out_of_range")


def weekday(match: re.Match[str], today: Today) -> date | NotADay:
    if today.past:
        return today.date - timedelta(days=(today.date.weekday() - int(match["weekday"])) % 7)
    return _coming(int(match["weekday"]), today)


def either_of_month(match: re.Match[str], today: Today) -> date | NotADay:
    month = int(match["month"])
    days = (_in_year(month, int(match[name]), None, today) for name in ("day", "other"))
    return NotADay("two_values", tuple(day for day in days if not isinstance(day, NotADay)))


def month_on(match: re.Match[str], today: Today) -> date | NotADay:
    start = today.date + timedelta(days=1 if match["day"] == "tomorrow" else 0)
    found = _date(start.year + start.month // 12, start.month % 12 + 1, start.day)
    return found or NotADay("mismatch")


def days_ahead(match: re.Match[str], today: Today) -> date | NotADay:
    number = 1 if match["number"] in ("a", "1", None) else int(match["number"])
    unit = match["unit"]
    days = number * (14 if unit == "fortnight" else 7 if unit.startswith("week") else 1)
    return today.date + timedelta(days=days) if days <= _FARTHEST.days else NotADay("out_of_range")


def near_day(match: re.Match[str], today: Today) -> date | NotADay:
    words = match.group()
    if words == "yesterday":
        return today.date - timedelta(days=1) if today.past else NotADay("out_of_range")
    if words.endswith("week"):
        return today.date + _WEEK
    return today.date + timedelta(days=2 if "day after" in words else 1 if words == "tomorrow" else 0)


def named_day(match: re.Match[str], today: Today) -> date | NotADay:
    return next_named(NAMES[int(match["name"])], today.date)


def iso_date(match: re.Match[str], today: Today) -> date | NotADay:
    return _in_year(int(match["month"]), int(match["day"]), int(match["year"]), today)
