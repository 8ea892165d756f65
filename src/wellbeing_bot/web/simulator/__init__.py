"""The simulator: phones on a page, and the same from outside as JSON. It exists in demo mode only.

docs/simulator.md describes every request for those who script it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from wellbeing_bot.service.showing.values import Record
from wellbeing_bot.web.simulator import doing, page
from wellbeing_bot.web.simulator.bodies import Body, query
from wellbeing_bot.web.simulator.filling import fill
from wellbeing_bot.web.simulator.problems import HANDLERS
from wellbeing_bot.web.simulator.reading import LOOKS, Look
from wellbeing_bot.web.simulator.world import Simulator
from wellbeing_bot.web.simulator.writing import CHANGES

if TYPE_CHECKING:
    from wellbeing_bot.app import App

__all__ = ["Simulator", "fill", "routes"]

API = "/simulator/api"

Endpoint = Callable[[Request], Awaitable[Response]]
Change = Callable[[Simulator, Body], Awaitable[Record]]


def routes(app: App) -> list[Mount | Route]:
    """The page at ``/`` and the API under ``/simulator/api``."""
    return [Route("/", page.show), Mount(API, _api(Simulator(app)))]


def _api(simulator: Simulator) -> Starlette:
    """Errors of the API are JSON, so it is an application of its own."""
    made: list[BaseRoute] = [Route("/", _index, methods=["GET"])]
    for path, (look, known) in LOOKS.items():
        made.append(Route(path, _looking(simulator, look, known), methods=["GET"]))
    for path, (change, fields) in CHANGES.items():
        made.append(Route(path, _changing(simulator, change, fields), methods=["POST"]))
    made.append(Route("/actions", _actions, methods=["GET"]))
    made.append(Route("/actions/{name}", _doing(simulator), methods=["POST"]))
    return Starlette(routes=made, exception_handlers={**HANDLERS, 404: _not_there, 405: _wrong_method})


def _looking(simulator: Simulator, look: Look, known: tuple[str, ...]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        asked = {**query(request, known), **request.path_params}
        return JSONResponse(await simulator.look(lambda session: look(simulator, session, asked)))

    return endpoint


def _changing(simulator: Simulator, change: Change, fields: tuple[str, ...]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        query(request, ())
        return JSONResponse(await change(simulator, await Body.of(request, fields)))

    return endpoint


def _doing(simulator: Simulator) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        query(request, ())
        body = await Body.of(request, None)
        return JSONResponse(await doing.do(simulator, request.path_params["name"], body))

    return endpoint


async def _actions(request: Request) -> Response:
    query(request, ())
    return JSONResponse(doing.listed())


async def _index(request: Request) -> Response:
    """What there is, for somebody who looks here first."""
    looks = {f"GET {API}{path}": list(known) for path, (_, known) in LOOKS.items()}
    changes = {f"POST {API}{path}": list(fields) for path, (_, fields) in CHANGES.items()}
    actions = {f"GET {API}/actions": [], f"POST {API}/actions/{{name}}": ["actor", "network", "..."]}
    return JSONResponse({"described_in": "docs/simulator.md", **looks, **changes, **actions})


async def _not_there(request: Request, _: Exception) -> Response:
    body = {"error": f"there is no {request.url.path}", "cure": f"GET {API}/ lists what there is"}
    return JSONResponse(body, status_code=404)


async def _wrong_method(request: Request, _: Exception) -> Response:
    body = {
        "error": f"{request.url.path} does not take {request.method}",
        "cure": f"GET {API}/ lists what there is",
    }
    return JSONResponse(body, status_code=405)
