"""Whether a schedule can be kept and said in words.

Only what ``service.words`` can say back is taken: a rule that people are told wrongly is worse than none.
"""

from __future__ import annotations

import re
from datetime import date

from wellbeing_bot.service.importing.fields import wrong

_EXAMPLE = "Write for example FREQ=WEEKLY;BYDAY=TH, or FREQ=MONTHLY;BYDAY=2WE for the second Wednesday"
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_VALUES = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY"),
    "INTERVAL": re.compile("[1-9]|1[0-2]"),
    "BYDAY": re.compile(rf"(?:-1|[1-5])?{_DAY}(?:,(?:-1|[1-5])?{_DAY})*"),
    "BYSETPOS": re.compile("-1|[1-5]"),
    "COUNT": re.compile("[1-9][0-9]{0,3}"),
    "UNTIL": re.compile("20[0-9]{6}"),
    "WKST": re.compile(_DAY),
}
"""What each part may be."""


def check_schedule(written: str) -> str:
    """An RRULE, upper case, without its name; empty stays empty.

    Daily, weekly and monthly rules are taken; a weekly or monthly one names its days, because everybody is
    told them. The hour is the group's own wall time and not part of the rule.

    Raises:
        PydanticCustomError: it is no such rule; the message says what to write.
    """
    rule = written.strip().upper().removeprefix("RRULE:").rstrip(";")
    if not rule:
        return ""
    parts = [part.partition("=") for part in rule.split(";")]
    fields = {name: value for name, _, value in parts}
    for name, value in fields.items():
        if name not in _VALUES:
            raise wrong(f"{written!r} is not a schedule", _EXAMPLE)
        if not _VALUES[name].fullmatch(value):
            raise wrong(f"{name}={value} is not read in a schedule", _EXAMPLE)
    if "FREQ" not in fields or len(fields) < len(parts):
        raise wrong(f"{written!r} is not a schedule", _EXAMPLE)
    _check_days(written, fields)
    if "UNTIL" in fields:
        _check_date(fields["UNTIL"])
    return rule


def _check_date(until: str) -> None:
    try:
        date.fromisoformat(until)
    except ValueError:
        raise wrong(f"UNTIL={until} is not a date", "Write UNTIL=20270331 for 31 March 2027") from None


def _check_days(written: str, fields: dict[str, str]) -> None:
    often, days = fields["FREQ"], fields.get("BYDAY", "").split(",")
    numbered = [day for day in days if len(day) > 2]
    if often == "DAILY":
        if len(fields) > 1 and set(fields) - {"FREQ", "COUNT", "UNTIL"}:
            raise wrong(f"{written!r} is daily and more", "Write FREQ=WEEKLY;BYDAY=MO,TU and the other days")
        return
    if days == [""]:
        raise wrong(f"{written!r} does not say on which day", _EXAMPLE)
    if often == "WEEKLY" and (numbered or "BYSETPOS" in fields):
        raise wrong(f"{written!r} counts days within a week", "Write BYDAY=TH, or FREQ=MONTHLY;BYDAY=2TH")
    if often == "MONTHLY" and "INTERVAL" in fields:
        raise wrong(f"{written!r} skips months", "Leave the schedule out and enter each session on the desk")
    if often == "MONTHLY" and "BYSETPOS" in fields and (numbered or len(days) > 1):
        raise wrong(f"{written!r} counts days twice", _EXAMPLE)
    if often == "MONTHLY" and "BYSETPOS" not in fields and len(numbered) < len(days):
        raise wrong(f"{written!r} does not say which {days[0]} of the month", _EXAMPLE)
