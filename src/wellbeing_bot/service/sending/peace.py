"""When somebody may be texted first: not at night, and not in hours they asked to be left in peace. Pure."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from wellbeing_bot.service.sending.quiet import next_allowed
from wellbeing_bot.service.settings import NetworkSettings
from wellbeing_bot.store import Person

MOST_STEPS = 6
"""The two stretches can hand a moment to each other; where they leave no gap in a day there is none."""


def may_begin(moment: datetime, settings: NetworkSettings, zone: ZoneInfo, person: Person | None) -> datetime:
    """``moment``, or the end of the stretch it falls in: the network's quiet hours or the person's own.

    Somebody whose own hours and the quiet hours leave nothing of the day is texted at the end of the quiet
    hours: both were set by people, and the desk shows them.
    """

    def not_quiet(at: datetime) -> datetime:
        return next_allowed(at, settings.quiet_from, settings.quiet_until, zone)

    if person is None or not person.never_text_from or not person.never_text_until:
        return not_quiet(moment)
    start, until = time.fromisoformat(person.never_text_from), time.fromisoformat(person.never_text_until)
    due = moment
    for _ in range(MOST_STEPS):
        later = next_allowed(not_quiet(due), start, until, zone)
        if later == due:
            return due
        due = later
    return not_quiet(moment)
