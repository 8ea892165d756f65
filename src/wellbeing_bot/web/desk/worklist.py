"""What needs somebody today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import ADMINISTRATION, TEAM
from wellbeing_bot.service.showing import worklists
from wellbeing_bot.service.showing.worklists import Filters, Item
from wellbeing_bot.store import Account, Task
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.web.desk.notices import Undo
from wellbeing_bot.web.desk.page import Page, View

OF_THE_SERVICE = "The service itself"
PARTS = ("Urgent", OF_THE_SERVICE, "Late", "Today", "Later")
"""Headings of the list, in order."""


def filters_of(view: View) -> Filters:
    """From the query: a kind, whose, done. Nothing in it is about a person."""
    return Filters(
        kind=view.text("kind", 40),
        whose=view.text("whose", 10),
        me=view.account.name,
        my_person=view.account.person_id,
        done=view.text("done", 5) == "yes",
        page=min(max(view.number("page") or 1, 1), 1000),
    )


@dataclass(frozen=True)
class Listed:
    """The list as it is shown: in parts, each with a heading."""

    parts: list[tuple[str, list[Item]]]
    more: bool

    @property
    def items(self) -> list[Item]:
        return [item for _, part in self.parts for item in part]


def _listed(view: View, filters: Filters) -> Listed:
    items, more = worklists.items(view.session, view.ours.id, filters, view.now)
    if filters.done:
        return Listed([("", items)] if items else [], more)
    today = view.work.local_now.date()
    parts: dict[str, list[Item]] = {}
    for item in items:
        parts.setdefault(_part(item, view.now, today, view.zone), []).append(item)
    first_page = not (filters.kind or filters.whose) and filters.page == 1
    if first_page and view.role in ADMINISTRATION:
        parts[OF_THE_SERVICE] = worklists.of_the_service(view.session)
    return Listed([(name, parts[name]) for name in PARTS if parts.get(name)], more)


def _part(item: Item, now: datetime, today: date, zone: ZoneInfo) -> str:
    if item.task.urgency is Urgency.URGENT:
        return "Urgent"
    if item.late(now):
        return "Late"
    due = item.task.due_at
    return "Today" if due is not None and due.astimezone(zone).date() <= today else "Later"


def worklist(view: View) -> Response:
    """Urgent first, then what is due. It refreshes itself."""
    filters = filters_of(view)
    listed = _listed(view, filters)
    view.looked("worklist", people=[item.person.id for item in listed.items if item.person is not None])
    return view.show(
        "desk/worklist.html",
        listed=listed,
        here=_here(view),
        filters=filters,
        kinds=worklists.kinds(view.session, view.ours.id),
        query=view.request.url.query,
    )


def fragment(view: View) -> Response:
    """The list alone, for the page to refresh itself with."""
    filters = filters_of(view)
    return view.show("desk/_worklist.html", listed=_listed(view, filters), filters=filters, here=_here(view))


def _here(view: View) -> str:
    """The list with its filters, to come back to."""
    query = view.request.url.query
    return f"/desk/worklist?{query}" if query else "/desk/worklist"


def urgent(view: View) -> Response:
    """The banner alone."""
    return view.show("desk/_urgent.html")


def task(view: View) -> Response:
    """One task with its notes and the texts that belong to it."""
    row = view.one(Task)
    item = worklists.item(view.session, row)
    view.looked("task", person_id=row.person_id)
    return view.show(
        "desk/task.html",
        item=item,
        task=row,
        notes=worklists.notes(view.session, row.id),
        colleagues=colleagues(view),
    )


def colleagues(view: View) -> list[str]:
    """Whom a task can be given to."""
    names = view.session.scalars(
        select(Account.name)
        .where(Account.network_id == view.ours.id, Account.disabled_at.is_(None), Account.role.in_(TEAM))
        .order_by(Account.name)
    )
    return list(dict.fromkeys(names))


def _then(view: View, row: Task) -> str:
    asked = view.text("then", 200)
    return (
        asked
        if asked.startswith("/desk/") and "//" not in asked and "\\" not in asked
        else f"/desk/tasks/{row.id}"
    )


def acknowledge(view: View) -> Response:
    """I have it."""
    row = view.one(Task)
    view.perform("acknowledge", task=row.id)
    return view.go(
        _then(view, row), "You have this task.", undo=Undo(f"/desk/tasks/{row.id}/put-back", "Undo")
    )


def put_back(view: View) -> Response:
    """I do not have it after all."""
    row = view.one(Task)
    view.perform("put_back", task=row.id)
    return view.go(_then(view, row), "The task is open to everybody again.")


def assign(view: View) -> Response:
    """Give it to a colleague."""
    row, to = view.one(Task), view.text("to", 120)
    view.perform("assign", task=row.id, to=to)
    return view.go(_then(view, row), f"Given to {to}." if to else "Given to nobody.")


def note(view: View) -> Response:
    """Add a note for colleagues."""
    row, text = view.one(Task), view.text("text")
    if not text:
        return view.go(_then(view, row), "Write a note first.", wrong=True)
    view.perform("note", task=row.id, text=text)
    return view.go(_then(view, row), "Your note is kept.")


def done(view: View) -> Response:
    """It is done; it can be taken back."""
    row = view.one(Task)
    view.perform("done", task=row.id, note=view.text("text") or None)
    return view.go(_then(view, row), "Done.", undo=Undo(f"/desk/tasks/{row.id}/reopen", "Undo"))


def reopen(view: View) -> Response:
    """It is not done after all."""
    row = view.one(Task)
    view.perform("reopen_task", task=row.id)
    return view.go(_then(view, row), "The task is open again.")


PAGES = (
    Page("GET", "/desk/worklist", worklist, TEAM),
    Page("GET", "/desk/worklist/list", fragment, TEAM, poll=True),
    Page("GET", "/desk/urgent", urgent, TEAM, poll=True),
    Page("GET", "/desk/tasks/{task:int}", task, TEAM),
    Page("POST", "/desk/tasks/{task:int}/acknowledge", acknowledge, TEAM),
    Page("POST", "/desk/tasks/{task:int}/put-back", put_back, TEAM),
    Page("POST", "/desk/tasks/{task:int}/assign", assign, TEAM),
    Page("POST", "/desk/tasks/{task:int}/note", note, TEAM),
    Page("POST", "/desk/tasks/{task:int}/done", done, TEAM),
    Page("POST", "/desk/tasks/{task:int}/reopen", reopen, TEAM),
)
