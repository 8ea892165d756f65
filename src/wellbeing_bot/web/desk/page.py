"""What a page of the desk declares, and what it is given when somebody opens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from starlette.datastructures import ImmutableMultiDict, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.accounts.roles import ADMINISTRATION
from wellbeing_bot.service.accounts.signing_in import SignedIn
from wellbeing_bot.service.settings import NetworkSettings, read_network_settings
from wellbeing_bot.service.showing.worklists import Open, urgent_open
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Account, Audit, Network
from wellbeing_bot.web.desk.notices import Notice, Undo

if TYPE_CHECKING:
    from wellbeing_bot.web.desk.serving import Desk

Row = TypeVar("Row")

LONGEST_FORM = 200_000


@dataclass(frozen=True)
class Page:
    """One route. ``roles`` None opens it to anybody, signed in or not.

    A ``{person}`` in the path is the number of a row of the reader's own network; see ``rows``.
    """

    method: str
    path: str
    run: Callable[[View], Response]
    roles: frozenset[DeskRole] | None
    poll: bool = False  # refreshes itself: opening it does not count as being at the desk
    longest: int = LONGEST_FORM  # bytes of a form


class Refusal(Exception):
    """The page cannot be shown as asked. ``status`` says how: 400, 403 or 404."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class View:
    """One request. The session is for looking only; changes go through ``perform`` or ``change``."""

    desk: Desk
    request: Request
    session: Session
    form: ImmutableMultiDict[str, Any]
    signed_in: SignedIn | None
    network: Network | None
    rows: dict[type[Any], Any] = field(default_factory=dict)
    csrf: str = ""
    notice: Notice | None = None  # shown on this page
    leave: Notice | None = None  # left for the next
    changed: bool = False
    wait: bool = True  # for what was changed to have its effect; long work goes on by itself
    cookie: str | None = None  # set when a browser signs in; empty when it signs out
    half: str | None = None  # set while somebody is between password and code
    attempt: str | None = None  # set while somebody is at their organisation's sign-in

    @property
    def account(self) -> Account:
        """Who is signed in; pages with roles always have somebody."""
        assert self.signed_in is not None
        return self.signed_in.account

    @property
    def role(self) -> DeskRole:
        return DeskRole(self.account.role)

    @property
    def ours(self) -> Network:
        """The network of whoever is signed in."""
        assert self.network is not None
        return self.network

    @cached_property
    def now(self) -> datetime:
        """The moment, aware UTC; in the demo it is the story's."""
        return self.desk.app.clock.now()

    @cached_property
    def security_now(self) -> datetime:
        """The real moment, which sign-ins and codes go by even in the demo."""
        return self.desk.clock.now()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.network.zone if self.network else "Europe/London")

    @cached_property
    def settings(self) -> NetworkSettings:
        return read_network_settings(self.network.settings if self.network else {})

    @cached_property
    def work(self) -> Work:
        """For the service's functions that only look."""
        return Work(self.session, self.now, self.desk.app.deployment, self.ours, actor=self.account.name)

    @cached_property
    def _urgent(self) -> Open:
        return urgent_open(self.session, self.ours.id, service=self.role in ADMINISTRATION)

    @property
    def urgent(self) -> int:
        """Urgent tasks that are open."""
        return self._urgent.urgent

    @property
    def urgent_unseen(self) -> int:
        """Of those, the ones nobody has acknowledged."""
        return self._urgent.unseen

    def one(self, kind: type[Row]) -> Row:
        """The row that the path names."""
        found: Row = self.rows[kind]
        return found

    def text(self, name: str, most: int = 2000) -> str:
        """A field of the form, or of the query, trimmed."""
        value = self.form.get(name, self.request.query_params.get(name, ""))
        return value.strip()[:most] if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A whole number of the form or the query; None when it is not one."""
        written = self.text(name, 20)
        return int(written) if written.isascii() and written.isdigit() and len(written) < 18 else None

    def ticked(self, name: str) -> list[str]:
        """Every value of a field that may come several times."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def uploads(self, name: str) -> list[tuple[str, bytes]]:
        """Name and content of every file of a field that may hold several."""
        found = [one for one in self.form.getlist(name) if isinstance(one, UploadFile)]
        return [(one.filename or "file", one.file.read()) for one in found if one.filename]

    def upload(self, name: str, most: int = 100_000) -> str | None:
        """The text of a file of the form; None when there is none, it is too long or no text."""
        found = self.form.get(name)
        if not isinstance(found, UploadFile):
            return None
        content = found.file.read(most + 1)
        if not content or len(content) > most:
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def show(self, template: str, status: int = 200, **context: Any) -> Response:
        """A page, or a part of one."""
        html = self.desk.pages.render(template, self, context)
        return HTMLResponse(html, status_code=status)

    def go(self, path: str, said: str = "", *, wrong: bool = False, undo: Undo | None = None) -> Response:
        """On to another page, with a notice to show there."""
        if said:
            self.leave = Notice(said, wrong=wrong, undo=undo)
        return RedirectResponse(path, status_code=303)

    def perform(self, action: str, **args: Any) -> dict[str, Any]:
        """A desk action, by whoever is signed in.

        Raises:
            DeskError: it cannot be done.
        """
        self.changed = True
        app = self.desk.app
        given = {name: value for name, value in args.items() if value is not None}
        return app.road.perform(self.ours.id, action, self.account.name, given, self.now)

    def change(self, job: Callable[[Session], Row]) -> Row:
        """A change to accounts and the like, which concern no person's record."""
        return self.desk.app.database.run(job)

    def looked(self, what: str, person_id: int | None = None, people: list[int] | None = None) -> None:
        """Keep that they looked, before anything is shown."""
        details: Mapping[str, Any] = {"people": people} if people is not None else {}
        row = Audit(
            network_id=self.ours.id,
            by=self.account.name,
            what=what,
            person_id=person_id,
            details=dict(details),
            at=self.now,
        )

        def job(session: Session) -> None:
            session.add(row)

        self.desk.app.database.run(job)
