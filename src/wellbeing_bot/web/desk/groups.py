"""Groups: the calendar, the list, making and changing one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.showing import activity_pages
from wellbeing_bot.store import Group
from wellbeing_bot.web.desk import schedules
from wellbeing_bot.web.desk.page import Page, View
from wellbeing_bot.web.desk.schedules import Schedule

FOR_WHOM = ("men", "women", "carers", "bereaved")
TEXTS = ("name", "about", "good_to_know", "kind", "meeting_point", "start_time")
DAYS = ("first_date", "ended_on", "risk_assessed_until", "insured_until")
FLAGS = ("sensitive", "asks_expect", "offers_transport", "running")


def groups(view: View) -> Response:
    """A week of sessions, then every group."""
    today = view.work.local_now.date()
    monday = _monday(view.text("week", 10), today)
    return view.show(
        "desk/groups.html",
        week=activity_pages.week(view.work, monday),
        monday=monday,
        before=monday - timedelta(days=7),
        after=monday + timedelta(days=7),
        today=today,
        groups=[(group, activity_pages.papers(group, today)) for group in activity_pages.groups(view.work)],
        interest=activity_pages.interest_counts(view.work),
        wishes=activity_pages.wishes(view.work),
    )


def _monday(written: str, today: date) -> date:
    try:
        chosen = date.fromisoformat(written)
    except ValueError:
        chosen = today
    if not 2000 <= chosen.year <= 2100:
        chosen = today
    return chosen - timedelta(days=chosen.weekday())


def group(view: View) -> Response:
    """One group: dates, members, champions, papers."""
    row = view.one(Group)
    found = activity_pages.members(view.work, row)
    wishing = activity_pages.interested(view.work, row)
    view.looked("group", people=[person.id for _, person in [*found, *wishing]])
    return view.show(
        "desk/group.html",
        group=row,
        coming=activity_pages.coming_sessions(view.work, row),
        members=found,
        champions=activity_pages.champions_of(view.work, row),
        interested=wishing,
        papers=activity_pages.papers(row, view.work.local_now.date()),
    )


def show_new(view: View) -> Response:
    """The form for a new group."""
    empty = {"running": True, "start_time": "10:00", "minutes": "60"}
    return _form(view, None, empty, Schedule("weekly"))


def show_change(view: View) -> Response:
    """The form for a group as it is."""
    row = view.one(Group)
    typed: dict[str, Any] = {name: getattr(row, name) for name in (*TEXTS, *DAYS, *FLAGS)}
    typed |= {"minutes": row.minutes, "capacity": row.capacity or "", "venue": row.venue_id or ""}
    typed["slot_minutes"] = row.slot_minutes or ""
    typed["for_whom"] = row.for_whom
    return _form(view, row, typed, schedules.read(row.rrule))


def _form(
    view: View,
    row: Group | None,
    typed: dict[str, Any],
    schedule: Schedule,
    error: str = "",
    wrong: str = "name",
) -> Response:
    venues = [("", "Not decided"), *((one.id, one.name) for one in activity_pages.venues(view.work))]
    return view.show(
        "desk/group_form.html",
        status=400 if error else 200,
        group=row,
        typed=typed,
        schedule=schedule,
        often=schedules.choices(schedule),
        days=schedules.DAYS,
        which=schedules.WHICH,
        for_whom=FOR_WHOM,
        venues=venues,
        error=error,
        wrong=wrong,
    )


def _save(view: View, row: Group | None) -> Response:
    typed: dict[str, Any] = {name: view.text(name, 300) for name in (*TEXTS, *DAYS)}
    typed |= {name: view.text(name) == "yes" for name in FLAGS}
    typed |= {name: view.text(name, 10) for name in ("minutes", "capacity", "venue", "slot_minutes")}
    typed["for_whom"] = view.ticked("for_whom")
    schedule = Schedule(view.text("often", 12), tuple(view.ticked("days")), view.text("which", 2) or "1")
    rrule = (row.rrule if row else "") if schedule.often == "own" else schedule.rrule()
    if not typed["name"]:
        return _form(view, row, typed, schedule, "Write the group's name.")
    if rrule is None:
        return _form(view, row, typed, schedule, "Tick the day it is on.", wrong="days")
    args: dict[str, Any] = {name: typed[name] or None for name in (*DAYS, "start_time")}
    args |= {
        name: typed[name]
        for name in ("name", "about", "good_to_know", "kind", "meeting_point", *FLAGS, "for_whom")
    }
    args |= {name: view.number(name) for name in ("minutes", "capacity", "venue")}
    args["slot_minutes"] = view.number("slot_minutes") or 0
    try:
        if row is None:
            made = view.perform("add_group", rrule=rrule, **args)
            return view.go(f"/desk/groups/{made['group']}", "The group is made, with its dates.")
        changed = view.perform("change_group", group=row.id, rrule=rrule, **args)
    except DeskError as error:
        return _form(view, row, typed, schedule, str(error))
    kept = changed.get("kept", 0)
    said = (
        f" {kept} dates that somebody is booked on stay as they are: move them or call them off."
        if kept
        else ""
    )
    return view.go(f"/desk/groups/{row.id}", f"Saved.{said}")


def add(view: View) -> Response:
    """Make it."""
    return _save(view, None)


def change(view: View) -> Response:
    """Change it."""
    return _save(view, view.one(Group))


def add_session(view: View) -> Response:
    """One more date."""
    row = view.one(Group)
    view.perform("add_session", group=row.id, on=view.text("on", 10), at=view.text("at", 5) or None)
    return view.go(f"/desk/groups/{row.id}", "The date is added.")


PAGES = (
    Page("GET", "/desk/groups", groups, TEAM),
    Page("GET", "/desk/groups/new", show_new, COORDINATION),
    Page("POST", "/desk/groups/new", add, COORDINATION),
    Page("GET", "/desk/groups/{group:int}", group, TEAM),
    Page("GET", "/desk/groups/{group:int}/change", show_change, COORDINATION),
    Page("POST", "/desk/groups/{group:int}/change", change, COORDINATION),
    Page("POST", "/desk/groups/{group:int}/sessions", add_session, COORDINATION),
)
