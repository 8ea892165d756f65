"""What the desk shows, as JSON under ``/api/v1``, for case-management systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.routing import Mount

from wellbeing_bot.clock import Clock, SystemClock
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.store.database import DatabaseGone
from wellbeing_bot.web.api import activities, people, results, tasks
from wellbeing_bot.web.api.guard import Door

if TYPE_CHECKING:
    from wellbeing_bot.app import App

ABOUT = """
Read what the desk shows, refer people, and take and finish tasks. Every request carries a token that an
administrator made under Settings: `Authorization: Bearer wb_...`. A token is of one network; what is of
another does not exist. Lists come a page at a time: pass `next` back as `after`. Times are ISO 8601 with
their offset.
"""


def routes(app: App, clock: Clock | None = None) -> list[Mount]:
    """The API as an application of its own."""
    return [Mount("/api/v1", build(app, clock or SystemClock()))]


def build(app: App, clock: Clock) -> FastAPI:
    """The application; ``clock`` is the real one, by which tokens run out."""
    made = FastAPI(
        title="Wellbeing Bot",
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    made.state.door = Door(app, clock)
    for part in (people.ROUTER, tasks.ROUTER, activities.ROUTER, results.ROUTER):
        made.include_router(part)

    @made.exception_handler(DeskError)
    async def refused(_: Request, error: DeskError) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=409)

    @made.exception_handler(DatabaseGone)
    async def gone(_: Request, __: DatabaseGone) -> JSONResponse:
        return JSONResponse({"detail": "not now, please try again"}, status_code=503)

    return made
