"""Reads a clock time: "half 2", "ten to three", "14.15", "10ish", "noon".

Whether an hour is before or after noon is told by the person, else by the hours that the question offers,
else by daytime. Every time read is said back.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache

from wellbeing_bot.understanding.meaning import Question, Reading
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.numbers import with_digits
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import endings, openings, spellings, word_set

DAYTIME = (time(8, 0), time(18, 59))
"""The hours that a bare "9" or "3" is taken to be in when the question offers none."""

Window = tuple[time, time]

_HALF_DAY = r"(?:\s?(?P<half{}>a\.?m\b|p\.?m\b|in the (?:morning|afternoon|evening|am|pm)|at night|tonight))?"
_OCLOCK = r"(?:\s?[o0]?\s?o?clock)"
_CLOCK = re.compile(
    r"(?<![\w£/])(?:"
    r"(?P<noon>12\s?(?:noon|midday)|noon|midday)|(?P<vague>midnight)"
    r"|in (?P<ahead>an?|half an?|\d{1,3}) (?P<unit>hours?|hrs?|minutes?|mins?)\b"
    r"|(?:(?:half|1[/⁄]2) ?(?:past|after)?"
    r"|(?P<quarter>quarter|1[/⁄]4|\d{1,2}(?: and 20)?)(?: ?mins?| ?minutes?)? ?"
    rf"(?P<side>past|to|before|after)) ?(?P<of>\d{{1,2}})(?![\d:.]\d|\d|/){_OCLOCK}?{_HALF_DAY.format(1)}"
    r"|(?P<hour>\d{1,2})(?:[:.;,h]|\s(?=[0-5][05]\b)|-(?=(?:00|15|30|45)(?![\d.:])))(?P<minute>[0-5]\d)(?![\d/])"
    rf"(?:\s?h(?:ou)?rs\b)?{_HALF_DAY.format(2)}"
    rf"|(?P<run>\d{{3,4}})(?![\d/:.]\d)(?:\s?h(?:ou)?rs\b)?{_HALF_DAY.format(3)}"
    rf"|(?P<bare>\d{{1,2}})(?![\d/:%]|[.]\d|(?:st|nd|rd|th)\b|\s?(?:hours?|hrs?|km|kg)\b)(?P<oclock>{_OCLOCK})?{_HALF_DAY.format(4)}"
    r"|(?P<open>(?:half|quarter)(?: (?:past|to))?)\b(?! an| of)"
    r")(?:[\s-]?ish\b)?"
)
_DATE = re.compile(
    r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b(?! ?past| ?to)|\b\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:number|at no|flat|house|bus|room) \d+"
)
_EDGE = r"(\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)?|noon)"
_WINDOW = re.compile(rf"{_EDGE}\s?(?:and|to|-|till|until)\s?{_EDGE}")
_STRETCH = re.compile(r"^\s*(?:-|till?|until|to|and)\s*$")
_WITHIN = 60
"""Characters around a time that are looked at for words like "after"."""
_FOLLOWING = re.compile(r"\s*([a-z]+)(?:\s+([a-z]+))?")


def read_time(question: Question, said: Said) -> Reading:
    """A ``time``, to be read back, or what is unclear: two, a stretch, a part of the day, out of hours."""
    said = respelt_times(said)
    mentions = time_mentions(said, offered_hours(question.prompt, said.language), question.reference)
    return settle(said, mentions, read_back=True, engaged=True)


@lru_cache(maxsize=256)
def offered_hours(prompt: str, language: str) -> Window | None:
    """The hours a question offers ("between 9am and 4pm", "in the evening"), if it says any."""
    plain = cut(prompt, language).plain
    for first, last in _WINDOW.findall(plain):
        starts, ends = _possible_times(first), _possible_times(last)
        fitting = [(a, b) for a in starts for b in ends if a < b]
        if fitting:
            return fitting[0]
    for part, (first, last) in (vocabulary("times", language).get("offers") or {}).items():
        if part in plain:
            return time.fromisoformat(first), time.fromisoformat(last)
    return None


def possible_times(said: Said) -> list[tuple[tuple[int, int], list[time]]]:
    """Each clock time in a text that ``respelt_times`` has been through: its place, and what it may be."""
    return [(match.span(), times) for match in _CLOCK.finditer(said.plain) if (times := _possible(match))]


def respelt_times(said: Said) -> Said:
    """The text with its numbers as digits and the words of clock times in one spelling."""
    return with_digits(said.respelt(spellings("times", said.language, "spellings")))


def time_mentions(said: Said, window: Window | None, reference: datetime | None = None) -> list[Mention]:
    """The clock times in a text that ``respelt_times`` has been through, and what is vague."""
    text = _DATE.sub(lambda found: " " * len(found.group()), said.plain)
    mentions = [
        _mention(match, text, window, reference, said.language)
        for match in _CLOCK.finditer(text)
        if not (match["bare"] and _counts_things(text[match.end() : match.end() + _WITHIN], said.language))
    ]
    return _with_stretches(mentions, text) or _vague(text, said.language)


def _mention(
    match: re.Match[str], text: str, window: Window | None, reference: datetime | None, language: str
) -> Mention:
    start, end = match.span()
    possible = _ahead(match, reference) if match["ahead"] else _possible(match)
    if not possible:
        return Mention(None, start, end, "conditional" if match["open"] else "not_understood")
    first, last = window or (DAYTIME if len(possible) > 1 else (time.min, time.max))
    inside = [t for t in possible if first <= t <= last]
    if _at_an_edge(text, start, end, language):
        return Mention(None, start, end, "conditional", tuple(inside or possible))
    if len(inside) == 1:
        return Mention(inside[0], start, end)
    return Mention(None, start, end, "two_values" if inside else "out_of_range", tuple(inside or possible))


def _possible_times(written: str) -> list[time]:
    match = _CLOCK.match(written)
    return _possible(match) if match else []


def _possible(match: re.Match[str]) -> list[time]:
    """The times that a match may be, the one before noon first."""
    groups = match.groupdict()
    half = next((groups[name] for name in ("half1", "half2", "half3", "half4") if groups[name]), "")
    if groups["noon"]:
        return [time(12)]
    if groups["of"]:
        minute, back = _fraction(groups)
        return [_earlier(t, minute, back) for t in _whole_hours(groups["of"], half)] if minute < 60 else []
    if groups["hour"]:
        return [t.replace(minute=int(groups["minute"] or 0)) for t in _whole_hours(groups["hour"], half)]
    if groups["run"]:
        run = groups["run"]
        minute = int(run[-2:])
        return [t.replace(minute=minute) for t in _whole_hours(run[:-2], half)] if minute < 60 else []
    return _whole_hours(groups["bare"], half) if groups["bare"] else []


def _earlier(hour: time, minute: int, back: int) -> time:
    return time((hour.hour - back) % 24, minute)


def _fraction(groups: dict[str, str | None]) -> tuple[int, int]:
    """Minutes past, and hours back: "quarter to" is (45, 1). 60 minutes when it is no time."""
    part, side = groups["quarter"], groups["side"]
    if not part:
        return 30, 0
    minutes = 15 if part in ("quarter", "1/4", "1⁄4") else sum(int(n) for n in part.split(" and "))
    if not 0 < minutes < 60 or minutes % 5:
        return 60, 0
    return (minutes, 0) if side in ("past", "after") else (60 - minutes, 1)


def _whole_hours(written: str, half: str | None) -> list[time]:
    hour = int(written)
    if hour > 23:
        return []
    if half:
        late = half.replace(".", "") not in ("am", "in the morning", "in the am")
        if hour > 12 or hour == 0:
            return [time(hour)] if late is (hour > 12) else []
        return [time(hour % 12 + (12 if late else 0))]
    if hour > 12 or hour == 0 or (written.startswith("0") and hour):
        return [time(hour)]
    return [time(12)] if hour == 12 else [time(hour), time(hour + 12)]


def _ahead(match: re.Match[str], reference: datetime | None) -> list[time]:
    """The time that "in half an hour" comes to, today."""
    written = match["ahead"]
    if written.isdigit():
        minutes = int(written) * (60 if match["unit"].startswith("h") else 1)
    else:
        minutes = 30 if written.startswith("half") else 60
    if reference is None or minutes > 12 * 60:
        return []
    then = reference + timedelta(minutes=minutes)
    return [time(then.hour, then.minute)]


def _counts_things(after: str, language: str) -> bool:
    counted = word_set("times", language, "counted")
    following = _FOLLOWING.match(after)
    return following is not None and (following[1] in counted or f"{following[1]} {following[2]}" in counted)


def _at_an_edge(text: str, start: int, end: int, language: str) -> bool:
    before = f" {text[max(start - _WITHIN, 0) : start]}".rstrip(" (")
    after = f"{text[end : end + _WITHIN].lstrip()} "
    return before.endswith(endings("times", language, "edge_before")) or after.startswith(
        openings("times", language, "edge_after")
    )


def _with_stretches(mentions: list[Mention], text: str) -> list[Mention]:
    """The mentions, with "10 till 12" and "10-10.30" as one stretch of time."""
    out: list[Mention] = []
    for one in mentions:
        last = out[-1] if out else None
        if last and _STRETCH.match(text[last.end : one.start]):
            both = tuple(v for v in (last.value, one.value) if v is not None)
            out[-1] = Mention(None, last.start, one.end, "two_values", both)
        else:
            out.append(one)
    return out


def _vague(text: str, language: str) -> list[Mention]:
    for words in word_set("times", language, "vague"):
        at = text.find(words)
        if at >= 0:
            return [Mention(None, at, at + len(words))]
    return []
