"""The ways of naming a day, as patterns over ``day_words`` and what each comes to, counted from today.

A pattern gives the day, or why it is not one day: the weekday and the date do not agree, it has been, it may
be two days. "Next Thursday" is taken as the Thursday of next week; every date is read back, since people
mean it both ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing_bot.understanding.mentions import Mention
from wellbeing_bot.understanding.day_words import NAMES
from wellbeing_bot.understanding.named_days import next_named, nth_weekday

_JUST_GONE = timedelta(days=45)
"""A date without a year that was this recently is not taken for next year's."""
_FARTHEST = timedelta(days=550)
_WEEK = timedelta(days=7)

_ST = r"(?:\s?(?:st|nd|rd|th)\b)"
_NO_TIME = r"(?!\d|\s?(?:am|pm|a\.m|p\.m|oclock|ish|mins|minutes)\b|[:.]\d|\s(?:to|past)\b|/)"
_NO_PLACE = r"(?!\s(?:week|one|1|thing|time|half|floor|night|month|year|day|walk|group|lunch|session|option|two|2)s?\b)"
_WD = r"W(?P<{}>[0-6])s?\b"


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
    if after is None or (this is not None and today.date - this <= _JUST_GONE):
        return NotADay("out_of_range", tuple(d for d in (after,) if d))
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


def _full(match: re.Match[str], today: Today) -> date | NotADay:
    month = int(match["month"] or match["nth_month"])
    found = _in_year(month, int(match["day"]), int(match["year"]) if match["year"] else None, today)
    return _agreeing(_agreeing(found, match["before"]), match["after"])


def _numeric(match: re.Match[str], today: Today) -> date | NotADay:
    year = int(match["year"]) if match["year"] else None
    return _agreeing(_in_year(int(match["month"]), int(match["day"]), year, today), match["before"])


def _run(match: re.Match[str], today: Today) -> date | NotADay:
    run = match["run"]
    return _in_year(int(run[2:4]), int(run[:2]), int(run[4:]), today)


def _day_of_month(match: re.Match[str], today: Today) -> date | NotADay:
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


def _nth(match: re.Match[str], today: Today) -> date | NotADay:
    nth = {"last": -1, "second": 2}.get(match["nth"]) or int(match["nth"][0])
    month, year = today.date.month, today.date.year
    if match["month"]:
        month = int(match["month"])
        year += month < today.date.month
    elif match["which"].startswith("next"):
        month, year = month % 12 + 1, year + month // 12
    found = nth_weekday(year, month, int(match["weekday"]), nth) if nth <= 5 else None
    return found if found and found >= today.date else NotADay("out_of_range")


def _last_day(match: re.Match[str], today: Today) -> date | NotADay:
    month = int(match["month"]) if match["month"] else today.date.month
    year = today.date.year + (month < today.date.month)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _weeks_on(match: re.Match[str], today: Today) -> date | NotADay:
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


def _week_named(match: re.Match[str], today: Today) -> date | NotADay:
    """Thursday of next week, this week, the week after next."""
    which = match["which"] or match["which_first"]
    ahead = {"this": 0, "next": 1}.get(which, 2)
    found = _monday(today) + ahead * _WEEK + timedelta(days=int(match["weekday"] or match["weekday_last"]))
    return found if found >= today.date else NotADay("out_of_range", (found + _WEEK,))


def _next(match: re.Match[str], today: Today) -> date | NotADay:
    weekday = int(match["weekday"] or match["weekday_first"])
    return _monday(today) + _WEEK + timedelta(days=weekday)


def _this(match: re.Match[str], today: Today) -> date | NotADay:
    weekday = int(match["weekday"] or match["weekday_first"])
    return today.date + timedelta(days=(weekday - today.date.weekday()) % 7)


def _after_next(match: re.Match[str], today: Today) -> date | NotADay:
    coming = _coming(int(match["weekday"]), today)
    return NotADay("two_values", (coming + _WEEK, coming + 2 * _WEEK))


def _last(match: re.Match[str], today: Today) -> date | NotADay:
    back = today.date - timedelta(days=(today.date.weekday() - int(match["weekday"]) - 1) % 7 + 1)
    return back if today.past else NotADay("out_of_range")


def _weekday(match: re.Match[str], today: Today) -> date | NotADay:
    if today.past:
        return today.date - timedelta(days=(today.date.weekday() - int(match["weekday"])) % 7)
    return _coming(int(match["weekday"]), today)


def _either_of_month(match: re.Match[str], today: Today) -> date | NotADay:
    month = int(match["month"])
    days = (_in_year(month, int(match[name]), None, today) for name in ("day", "other"))
    return NotADay("two_values", tuple(day for day in days if not isinstance(day, NotADay)))


def _month_on(match: re.Match[str], today: Today) -> date | NotADay:
    start = today.date + timedelta(days=1 if match["day"] == "tomorrow" else 0)
    found = _date(start.year + start.month // 12, start.month % 12 + 1, start.day)
    return found or NotADay("mismatch")


def _ahead(match: re.Match[str], today: Today) -> date | NotADay:
    number = 1 if match["number"] in ("a", "1", None) else int(match["number"])
    unit = match["unit"]
    days = number * (14 if unit == "fortnight" else 7 if unit.startswith("week") else 1)
    return today.date + timedelta(days=days) if days <= _FARTHEST.days else NotADay("out_of_range")


def _near(match: re.Match[str], today: Today) -> date | NotADay:
    words = match.group()
    if words == "yesterday":
        return today.date - timedelta(days=1) if today.past else NotADay("out_of_range")
    if words.endswith("week"):
        return today.date + _WEEK
    return today.date + timedelta(days=2 if "day after" in words else 1 if words == "tomorrow" else 0)


def _called(match: re.Match[str], today: Today) -> date | NotADay:
    return next_named(NAMES[int(match["name"])], today.date)


def _iso(match: re.Match[str], today: Today) -> date | NotADay:
    return _in_year(int(match["month"]), int(match["day"]), int(match["year"]), today)


_DAY = r"(?P<day>W[0-6]|today|tomorrow)\b"
_PATTERNS: tuple[tuple[str, Resolver], ...] = (
    (r"(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)", _iso),
    (
        rf"(?:{_WD.format('before')}[\s,.]*(?:the\s)?)?(?<![\d/.:£])(?P<day>\d{{1,2}})"
        r"(?:[/.\-\\]|\s(?=\d{1,2}\s\d\d))(?P<month>0?[1-9]|1[0-2])(?:[/.\-\\\s](?P<year>20\d\d|[2-9]\d))?(?![\d/:]|\.\d|\s?(?:am|pm)\b)",
        _numeric,
    ),
    (
        rf"(?:{_WD.format('before')}[\s,.]*(?:the\s|on\s)*)?(?<![\d/.:])(?P<day>\d{{1,2}}){_ST}?(?:\s?of)?(?:\s?the)?[\s,/-]*"
        rf"(?:M(?P<month>1[0-2]|[1-9])\b|(?<=the )(?P<nth_month>1[0-2]|[1-9])(?:st|nd|rd|th)\b)"
        rf"(?:[\s,/-]*(?P<year>20\d\d))?(?:[\s,(]*(?:on\s|a\s)?{_WD.format('after')})?",
        _full,
    ),
    (
        rf"(?:{_WD.format('before')}[\s,.]*)?M(?P<month>1[0-2]|[1-9])\b[\s,]*(?:the\s)?(?P<day>\d{{1,2}})(?:{_ST}|{_NO_TIME})"
        rf"(?P<nth_month>(?!))?(?:[\s,]*(?P<year>20\d\d))?(?:[\s,(]*{_WD.format('after')})?",
        _full,
    ),
    (
        rf"(?P<nth>[1-5](?:st|nd|rd|th)|second|last)\s+{_WD.format('weekday')}\s+(?:in|of|that)\s+"
        r"(?:M(?P<month>1[0-2]|[1-9])\b|(?P<which>the month|this month|next month|the new month))",
        _nth,
    ),
    (
        rf"(?<![\d/.:])(?P<day>\d{{1,2}}){_ST}?\s?(?:or|and|to|/|-|&)\s?(?:the )?(?P<other>\d{{1,2}}){_ST}?(?:\sof)?\s?M(?P<month>1[0-2]|[1-9])\b",
        _either_of_month,
    ),
    (r"(?:a )month (?P<day>today|tomorrow)", _month_on),
    (r"last day (?:of|in)\s+(?:M(?P<month>1[0-2]|[1-9])\b|the month|this month)", _last_day),
    (
        rf"{_WD.format('before')}[\s,.]*(?:the\s|on\s)*(?P<day>\d{{1,2}})(?:{_ST}|(?<=the \d)\b{_NO_TIME}|(?<=[123]\d)(?<!1[0-2])\b{_NO_TIME})",
        _day_of_month,
    ),
    (rf"(?<![\d/.:])(?P<day>\d{{1,2}}){_ST}[\s,(]+{_WD.format('before')}(?!\s(?:in|of))", _day_of_month),
    (rf"(?:(?:a|1) )?week (?:on |from |come |next |this )?{_DAY}", _weeks_on),
    (rf"(?:a )?(?P<fortnight>fortnight) (?:on |from )?{_DAY}", _weeks_on),
    (rf"(?P<weeks>[2-9]) weeks? (?:on |from |come )?{_DAY}", _weeks_on),
    (r"(?P<day_first>W[0-6]|today|tomorrow) week\b(?! after)", _weeks_on),
    (r"(?P<day_first>W[0-6]|today|tomorrow) (?P<fortnight>fortnight)\b", _weeks_on),
    (
        rf"{_WD.format('weekday')} (?:of |in |on )?(?:the )?(?:(?P<which>this|next|following) week|week (?P<which_first>after next))\b(?P<weekday_last>(?!))?",
        _week_named,
    ),
    (
        rf"(?:(?P<which>this|next) week|week (?P<which_first>after next))[\s,]+(?:on )?(?:the )?{_WD.format('weekday_last')}(?P<weekday>(?!))?",
        _week_named,
    ),
    (rf"{_WD.format('weekday')} after next\b", _after_next),
    (rf"(?:next {_WD.format('weekday')}|{_WD.format('weekday_first')} next\b)", _next),
    (
        rf"(?:(?:this coming|this|coming) {_WD.format('weekday')}|{_WD.format('weekday_first')} (?:this|coming)\b)",
        _this,
    ),
    (rf"last {_WD.format('weekday')}", _last),
    (r"in (?P<number>a|\d{1,3}) (?P<unit>days?|weeks?|fortnight)(?: time)?\b", _ahead),
    (r"(?P<number>a|\d{1,3}) (?P<unit>days?|weeks?|fortnight)s? time\b", _ahead),
    (
        r"(?:the )?day after tomorrow|this time next week|same (?:day|time) next week|this (?:morning|afternoon|evening)|today|tomorrow|yesterday",
        _near,
    ),
    (r"N(?P<name>\d+)\b", _called),
    (rf"(?<![\d/.:£])(?P<day>\d{{1,2}}){_ST}{_NO_PLACE}", _day_of_month),
    (rf"(?<=the )(?P<day>\d{{1,2}})\b{_NO_TIME}{_NO_PLACE}", _day_of_month),
    (rf"{_WD.format('weekday')}", _weekday),
    (r"\b(?P<run>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:20)?2\d)\b", _run),
    (r"^\W*(?:on )?(?P<day>\d{1,2})\W*$", _day_of_month),
)
_COMPILED = tuple((re.compile(pattern), resolver) for pattern, resolver in _PATTERNS)
_STARTS = re.compile(
    r"[WMN]\d|\d|week|fortnight|today|tomorrow|yesterday|this|next|same|last|second|day after|coming|in |\ba "
)


def find_days(plain: str, today: Today) -> list[Mention]:
    """The days that a text names, from left to right. ``plain`` is in the spelling of ``day_words``."""
    mentions: list[Mention] = []
    position = 0
    while start := _STARTS.search(plain, position):
        found = _at(plain, start.start(), today)
        if found:
            mentions.append(found)
            position = found.end
        else:
            position = start.end()
    return mentions


def _at(plain: str, start: int, today: Today) -> Mention | None:
    for pattern, resolver in _COMPILED:
        if match := pattern.match(plain, start):
            day = resolver(match, today)
            if isinstance(day, NotADay):
                return Mention(None, *match.span(), day.reason, day.candidates)
            return Mention(day, *match.span())
    return None
