"""What is wrong with a request, said so that its author can put it right."""

from __future__ import annotations

import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ExceptionHandler

from wellbeing_bot.store.database import DatabaseGone

log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that is not carried out.

    Attributes:
        status: 400 not readable, 404 not there, 409 not possible as things stand, 422 a wrong field.
        error: what is wrong.
        cure: what to do instead.
    """

    def __init__(self, status: int, error: str, cure: str, **more: object) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.cure = cure
        self.more = more


async def answer_refused(_: Request, refused: Exception) -> Response:
    """A refusal as JSON."""
    assert isinstance(refused, Refused)
    return JSONResponse(
        {"error": refused.error, "cure": refused.cure, **refused.more}, status_code=refused.status
    )


async def answer_gone(_: Request, __: Exception) -> Response:
    """The database is locked or away."""
    return JSONResponse(
        {"error": "the database cannot be reached", "cure": "try again in a moment"}, status_code=503
    )


async def answer_fault(_: Request, fault: Exception) -> Response:
    """Our own mistake. Its trace is in the log of the process, never in the answer."""
    log.error("a request to the simulator failed", extra={"error": type(fault).__name__}, exc_info=fault)
    return JSONResponse(
        {"error": "something went wrong on our side", "cure": "look at the log of the process"},
        status_code=500,
    )


HANDLERS: dict[Any, ExceptionHandler] = {
    Refused: answer_refused,
    DatabaseGone: answer_gone,
    Exception: answer_fault,
}
