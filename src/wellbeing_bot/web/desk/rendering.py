"""Templates and how they write moments, days, names and states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from wellbeing_bot.service.accounts.roles import ADMINISTRATION, COORDINATION, TEAM
from wellbeing_bot.service.words import clock_words, list_words, schedule_words, when_words
from wellbeing_bot.store import Group, Person
from wellbeing_bot.web.desk import wording

if TYPE_CHECKING:
    from wellbeing_bot.web.desk.page import View


STORED_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


class Pages:
    """The templates of the desk."""

    def __init__(self, *, demo: bool) -> None:
        self._environment = Environment(
            loader=ChoiceLoader(
                [PackageLoader("wellbeing_bot.web", "templates"), PackageLoader("nhsuk_frontend_jinja")]
            ),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self._environment.filters.update(
            day=day,
            short_day=short_day,
            state=wording.state,
            title_of=wording.task_title,
            listed=lambda items: list_words([str(item) for item in items]),
            clock=lambda wall: clock_words(time.fromisoformat(wall)),
            schedule=schedule,
            colour=wording.colour,
            phone=phone,
            people_pairs=lambda people: [(person.id, name(person)) for person in people],
            week_day=lambda value: format_date(value, "EEE d MMM", locale="en_GB"),
            count=count,
            first_up=lambda words: words[:1].upper() + words[1:],
            pairs=lambda items: [(item, item) for item in items],
        )
        self._environment.globals.update(demo=demo, name=name, section=section, wording=wording)

    def render(self, template: str, view: View, context: dict[str, Any]) -> str:
        """One page as HTML."""
        zone = view.zone
        signed_in = view.signed_in
        common = {
            "view": view,
            "account": signed_in.account if signed_in else None,
            "role": signed_in.account.role if signed_in else None,
            "is_team": signed_in is not None and signed_in.account.role in TEAM,
            "is_coordination": signed_in is not None and signed_in.account.role in COORDINATION,
            "is_administration": signed_in is not None and signed_in.account.role in ADMINISTRATION,
            "network": view.network,
            "settings": view.settings,
            "csrf": view.csrf,
            "notice": view.notice,
            "path": view.request.url.path,
            "now": view.now,
            "when": lambda moment: when(moment, zone, view.now),
            "wall": lambda moment: clock_words(moment.astimezone(zone).time()) if moment else "",
            "local_day": lambda moment: moment.astimezone(zone).date(),
            "long_when": lambda moment: when_words(moment, zone) if moment else "",
            "plainly": lambda value: plainly(value, zone),
            "ago": lambda moment: ago(moment, view.now),
        }
        return self._environment.get_template(template).render({**common, **context})


SECTIONS: Mapping[str, str] = {
    "appointments": "people",
    "booked-times": "groups",
    "files": "settings",
    "goals": "people",
    "long-work": "people",
    "messages": "people",
    "monitors": "groups",
    "places": "people",
    "review": "people",
    "search": "people",
    "erased": "audit",
    "services": "groups",
    "sessions": "groups",
    "tasks": "worklist",
    "wishes": "groups",
}
"""Pages that stand under a heading of the menu with another name."""


def section(path: str) -> str:
    """The entry of the menu that a page belongs to."""
    first = path.removeprefix("/desk/").split("/")[0]
    if "/lifts/" in path:
        first = "rides"
    return f"/desk/{SECTIONS.get(first, first)}"


def day(value: date | None) -> str:
    """``Thursday 26 November 2026``."""
    return format_date(value, "EEEE d MMMM yyyy", locale="en_GB") if value else ""


def short_day(value: date | None) -> str:
    """``26 Nov 2026``."""
    return format_date(value, "d MMM yyyy", locale="en_GB") if value else ""


def when(moment: datetime | None, zone: ZoneInfo, now: datetime) -> str:
    """``today at 10am``, ``Thursday 26 November at 10am``; with the year when it is another."""
    if moment is None:
        return ""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = clock_words(local.time())
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((local.date() - today).days)
    if near:
        return f"{near} at {clock}"
    if abs(local.date() - today) > timedelta(days=300):
        return f"{short_day(local.date())} at {clock}"
    return f"{format_date(local.date(), 'EEE d MMM', locale='en_GB')} at {clock}"


def plainly(value: object, zone: ZoneInfo) -> str:
    """A stored value as somebody reads it: yes and no, a list, ``2 Nov 2026 at 9am``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(plainly(one, zone) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {plainly(one, zone)}" for name, one in value.items())
    if not (isinstance(value, str) and STORED_MOMENT.fullmatch(value)):
        return str(value)
    local = datetime.fromisoformat(value).astimezone(zone)
    return f"{short_day(local.date())} at {clock_words(local.time())}"


def ago(moment: datetime | None, now: datetime) -> str:
    """``5 minutes``, ``3 hours``, ``12 days``: how far from now, either way."""
    if moment is None:
        return ""
    seconds = abs((now - moment).total_seconds())
    for length, one in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {one}{'' if count == 1 else 's'}"
    return "a moment"


def count(number: int, one: str) -> str:
    """``1 seat``, ``2 seats``, ``1,204 people``."""
    many = {"person": "people", "match": "matches"}.get(one, f"{one}s")
    return f"{number:,} {one if number == 1 else many}"


def name(person: Person | None) -> str:
    """What to call somebody on a page."""
    if person is None:
        return "Somebody new"
    return person.full_name or f"No name yet (number {person.id})"


def phone(value: str) -> str:
    """``07700 900123``: a UK number as people write it; anything else as it is."""
    if value.startswith("+44") and len(value) == 13:
        return f"0{value[3:7]} {value[7:]}"
    return value


def schedule(group: Group) -> str:
    """``Thursdays at 10am``."""
    return schedule_words(group.rrule, time.fromisoformat(group.start_time)) or "single sessions only"
