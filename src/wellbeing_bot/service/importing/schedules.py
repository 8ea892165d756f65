"""Whether a schedule can be kept and said in words."""

from __future__ import annotations

from datetime import date, timedelta

from wellbeing_bot.service.importing.fields import wrong
from wellbeing_bot.service.sessions import ScheduleError, occurrences

_EXAMPLE = "Write for example FREQ=WEEKLY;BYDAY=TH, or FREQ=MONTHLY;BYDAY=2WE for the second Wednesday"
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "BYMONTH", "COUNT", "UNTIL", "WKST"}
_ANY_DAY = date(2026, 1, 1)


def check_schedule(written: str) -> str:
    """An RRULE, upper case, without its name; empty stays empty.

    Daily, weekly and monthly rules are taken; a weekly or monthly one names its days, because everybody is
    told them. The hour is the group's own wall time and not part of the rule.

    Raises:
        PydanticCustomError: it is no such rule; the message says what to write.
    """
    rule = written.strip().upper().removeprefix("RRULE:")
    if not rule:
        return ""
    fields = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    if unknown := sorted(set(fields) - _KNOWN):
        raise wrong(f"{unknown[0]} is not read in a schedule", _EXAMPLE)
    if fields.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY"}:
        raise wrong(f"{written!r} is not a schedule", _EXAMPLE)
    if fields["FREQ"] != "DAILY" and not fields.get("BYDAY"):
        raise wrong(f"{written!r} does not say on which day", _EXAMPLE)
    if fields["FREQ"] == "MONTHLY" and fields["BYDAY"][0].isalpha() and "BYSETPOS" not in fields:
        raise wrong(f"{written!r} does not say which {fields['BYDAY']} of the month", _EXAMPLE)
    try:
        next(iter(occurrences(rule, _ANY_DAY, _ANY_DAY, _ANY_DAY + timedelta(days=400))), None)
    except ScheduleError:
        raise wrong(f"{written!r} is not a schedule", _EXAMPLE) from None
    return rule
