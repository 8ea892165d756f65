"""Who asks, what their token opens, and how much comes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, HTTPException, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from wellbeing_bot.clock import Clock
from wellbeing_bot.service.accounts import tokens
from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Audit, Network

if TYPE_CHECKING:
    from wellbeing_bot.app import App

LARGEST_ID = 2**62

_bearer = HTTPBearer(auto_error=False, description="A token made under Settings.")

Page = Annotated[int, Query(ge=1, le=200, alias="limit", description="Most rows to return.")]
After = Annotated[int, Query(ge=0, lt=LARGEST_ID, description="``next`` of the page before.")]


@dataclass(frozen=True)
class Door:
    """What the API needs of the service."""

    app: App
    clock: Clock


@dataclass(frozen=True)
class Caller:
    """One request of one system."""

    door: Door
    session: Session
    network: Network
    name: str

    @property
    def work(self) -> Work:
        """For the service's functions that only look."""
        app = self.door.app
        return Work(self.session, app.clock.now(), app.deployment, self.network, actor=self.name)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.network.zone)

    def looked(self, what: str, people: list[int]) -> None:
        """Keep that a system looked, before anything is shown."""
        row = Audit(
            network_id=self.network.id,
            by=self.name,
            what=what,
            person_id=people[0] if len(people) == 1 else None,
            details={"people": people},
            at=self.door.app.clock.now(),
        )

        def job(session: Session) -> None:
            session.add(row)

        self.door.app.database.run(job)


def caller(scope: Scope) -> Callable[..., Iterator[Caller]]:
    """A dependency that lets in tokens with this scope.

    401 without a good token, 403 when the token does not open it.
    """

    def let_in(
        request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Iterator[Caller]:
        door: Door = request.app.state.door
        if given is None:
            raise HTTPException(401, "send a token", headers={"WWW-Authenticate": "Bearer"})
        with door.app.database.reading() as session:
            token = tokens.find(session, given.credentials, door.clock.now())
            if token is None:
                raise HTTPException(401, "the token is not known", headers={"WWW-Authenticate": "Bearer"})
            if scope not in tokens.scopes_of(token):
                raise HTTPException(403, f"the token does not open {scope.value}")
            network = session.get_one(Network, token.network_id)
            yield Caller(door, session, network, f"{token.label} (token)")

    return let_in


def missing(what: str) -> HTTPException:
    """There is none of that number in this network."""
    return HTTPException(404, f"there is no such {what}")
