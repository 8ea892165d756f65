"""The ways of naming a day, as patterns over the spelling of ``day_words``; the first that fits counts.

What each comes to is in ``day_rules``.
"""

from __future__ import annotations

import re

from wellbeing_bot.understanding import day_rules as rules
from wellbeing_bot.understanding.day_rules import NotADay, Resolver, Today
from wellbeing_bot.understanding.mentions import Mention

_ST = r"(?:\s?(?:st|nd|rd|th)\b)"
_NO_TIME = r"(?!\d|\s?(?:am|pm|a\.m|p\.m|oclock|ish|mins|minutes)\b|[:.]\d|\s(?:to|past)\b|/)"
_NO_PLACE = (
    r"(?!\s(?:week|one|1|thing|time|half|floor|night|month|year|day|walk|group|lunch|session|option|two|2)"
    r"s?\b)"
)
_NOT_IN_NUMBER = r"(?<![\d/.:£])"
_MONTH = r"M(?P<month>1[0-2]|[1-9])\b"
_NEVER = r"(?P<{}>(?!))?"
"""A group that a rule asks for and this pattern does not have."""


def _weekday(name: str) -> str:
    return rf"W(?P<{name}>[0-6])s?\b"


_AFTER = rf"(?:[\s,(]*(?:on\s|a\s)?{_weekday('after')})?"
_BEFORE = rf"(?:{_weekday('before')}[\s,.]*(?:the\s|on\s)*)?"
_YEAR = r"(?:[\s,/-]*(?P<year>20\d\d))?"
_ANY_DAY = r"(?P<day>W[0-6]|today|tomorrow)\b"
_FIRST_DAY = r"(?P<day_first>W[0-6]|today|tomorrow)"

_PATTERNS: tuple[tuple[str, Resolver], ...] = (
    (r"(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)", rules.iso_date),
    (  # 3/12, 03.12.26, "3 12 26"
        rf"{_BEFORE}{_NOT_IN_NUMBER}(?P<day>\d{{1,2}})"
        r"(?:[/\-\\]|\.(?!\d{1,2}\s?(?:am|pm)\b)|\s(?=\d{1,2}\s\d\d))(?P<month>0?[1-9]|1[0-2])"
        r"(?:[/.\-\\\s](?P<year>20\d\d|[2-9]\d))?(?![\d/:]|\.\d)",
        rules.numeric_date,
    ),
    (  # thursday 3rd of december, "14th of the 12th"
        rf"{_BEFORE}(?<![\d/.:])(?P<day>\d{{1,2}}){_ST}?(?:\s?of)?(?:\s?the)?[\s,/-]*"
        rf"(?:{_MONTH}|(?<=the )(?P<nth_month>1[0-2]|[1-9])(?:st|nd|rd|th)\b){_YEAR}{_AFTER}",
        rules.full_date,
    ),
    (  # december the 3rd
        rf"{_BEFORE}{_MONTH}[\s,]*(?:the\s)?(?P<day>\d{{1,2}})(?:{_ST}|{_NO_TIME}){_NEVER.format('nth_month')}"
        rf"{_YEAR}{_AFTER}",
        rules.full_date,
    ),
    (  # first monday in december
        rf"(?P<nth>[1-5](?:st|nd|rd|th)|second|last)\s+{_weekday('weekday')}\s+(?:in|of|that)\s+"
        rf"(?:{_MONTH}|(?P<which>the month|this month|next month|the new month))",
        rules.nth_weekday_of_month,
    ),
    (  # 3rd or 4th of december
        rf"(?<![\d/.:])(?P<day>\d{{1,2}}){_ST}?\s?(?:or|and|to|/|-|&)\s?(?:the )?(?P<other>\d{{1,2}}){_ST}?"
        rf"(?:\sof)?\s?{_MONTH}",
        rules.either_of_month,
    ),
    (r"(?:a )month (?P<day>today|tomorrow)", rules.month_on),
    (rf"last day (?:of|in)\s+(?:{_MONTH}|the month|this month)", rules.last_day_of_month),
    (  # thursday 3rd, thursday the 3, thursday 27 (a smaller number may be a time)
        rf"{_weekday('before')}[\s,.]*(?:the\s|on\s)*(?P<day>\d{{1,2}})"
        rf"(?:{_ST}{_NO_PLACE}|(?<=the \d)\b{_NO_TIME}|(?<=[123]\d)(?<!1[0-2])\b{_NO_TIME})",
        rules.day_of_month,
    ),
    (
        rf"{_NOT_IN_NUMBER}(?P<day>\d{{1,2}}){_ST}[\s,(]+{_weekday('before')}(?!\s(?:in|of))",
        rules.day_of_month,
    ),
    (rf"{_weekday('before')} (?P<day>\d{{1,2}})\b{_NO_TIME}\W*$", rules.day_of_month_or_hour),
    (rf"(?:(?:a|1) )?week (?:on |from |come |next |this )?{_ANY_DAY}", rules.weeks_on),
    (rf"(?:a )?(?P<fortnight>fortnight) (?:on |from )?{_ANY_DAY}", rules.weeks_on),
    (rf"(?P<weeks>[2-9]) weeks? (?:on |from |come )?{_ANY_DAY}", rules.weeks_on),
    (rf"{_FIRST_DAY} week\b(?! after)", rules.weeks_on),
    (rf"{_FIRST_DAY} (?P<fortnight>fortnight)\b", rules.weeks_on),
    (  # thursday next week
        rf"{_weekday('weekday')} (?:of |in |on )?(?:the )?"
        rf"(?:(?P<which>this|next|following) week|week (?P<which_first>after next))\b"
        rf"{_NEVER.format('weekday_last')}",
        rules.day_of_named_week,
    ),
    (  # next week on thursday
        r"(?:(?P<which>this|next) week|week (?P<which_first>after next))[\s,]+(?:on )?(?:the )?"
        rf"{_weekday('weekday_last')}{_NEVER.format('weekday')}",
        rules.day_of_named_week,
    ),
    (rf"{_weekday('weekday')} after next\b", rules.weekday_after_next),
    (rf"(?:next {_weekday('weekday')}|{_weekday('weekday_first')} next\b)", rules.next_weekday),
    (
        rf"(?:(?:this coming|this|coming) {_weekday('weekday')}"
        rf"|{_weekday('weekday_first')} (?:this|coming)\b)",
        rules.this_weekday,
    ),
    (rf"last {_weekday('weekday')}", rules.last_weekday),
    (r"in (?P<number>a|\d{1,3}) (?P<unit>days?|weeks?|fortnight)(?: time)?\b", rules.days_ahead),
    (r"(?P<number>a|\d{1,3}) (?P<unit>days?|weeks?|fortnight)s? time\b", rules.days_ahead),
    (
        r"(?:the )?day after tomorrow|this time next week|same (?:day|time) next week"
        r"|this (?:morning|afternoon|evening)|today|tomorrow|yesterday",
        rules.near_day,
    ),
    (r"N(?P<name>\d+)\b", rules.named_day),
    (rf"{_NOT_IN_NUMBER}(?P<day>\d{{1,2}}){_ST}{_NO_PLACE}", rules.day_of_month),
    (rf"(?<=the )(?P<day>\d{{1,2}})\b{_NO_TIME}{_NO_PLACE}", rules.day_of_month),
    (_weekday("weekday"), rules.weekday),
    (r"\b(?P<run>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:20)?2\d)\b", rules.run_of_digits),
    (r"^\W*(?:on )?(?P<day>\d{1,2})\W*$", rules.day_of_month),
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
