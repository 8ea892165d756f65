"""The web side put together: webhooks, the desk, the API, and in the demo the simulator."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from wellbeing_bot.store.database import DatabaseGone
from wellbeing_bot.web import api, desk, webhooks

if TYPE_CHECKING:
    from wellbeing_bot.app import App


def create_app(app: App) -> Starlette:
    """The ASGI application of a wired service."""
    routes: list[BaseRoute] = [
        Route("/health", _health(app)),
        *webhooks.routes(app),
        *desk.routes(app),
        *api.routes(app),
        Mount("/static", StaticFiles(packages=[("wellbeing_bot.web", "static")]), name="static"),
    ]
    if app.demo:
        from wellbeing_bot.web import simulator

        routes += simulator.routes(app)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with running(app):
            yield

    made = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={DatabaseGone: _database_gone, Exception: _fault},
    )
    made.state.app = app
    return made


@contextlib.asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """Everything that goes on besides requests: ticks, sending, polling. The demo's clock needs no ticks."""
    if app.demo:
        sending = asyncio.create_task(app.send_when_woken())  # what is written at the desk
        try:
            yield
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await app.close()
        return
    from wellbeing_bot.app import start_ticking

    await asyncio.to_thread(app.warm)
    await asyncio.to_thread(app.notice_restore)
    if app.database.is_sqlite:
        await asyncio.to_thread(app.road.recover, app.clock.now())
    app.plan_networks()
    await app.set_telegram_webhook()
    ticker = start_ticking(app)
    tasks = [
        asyncio.create_task(app.send_when_woken()),
        asyncio.create_task(asyncio.to_thread(app.warm_through)),
    ]
    if app.bell is not None:
        tasks.append(asyncio.create_task(app.bell.run(app.awake.set)))
    if app.settings.has_telegram and app.settings.telegram_mode == "polling":
        tasks.append(asyncio.create_task(_poll(app)))
    try:
        yield
    finally:
        ticker.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await app.close()


async def _poll(app: App) -> None:
    async def take(bot: int, raw: dict[str, object]) -> None:
        await webhooks.take_update(app, bot, raw)
        app.wake()

    await app.poll_telegram(take)


def _health(app: App) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_: Request) -> Response:
        with app.database.reading() as session:
            session.connection()
        return JSONResponse({"status": "ok"})

    return endpoint


async def _database_gone(_: Request, __: Exception) -> Response:
    return PlainTextResponse("the database cannot be reached, please try again", status_code=503)


async def _fault(_: Request, __: Exception) -> Response:
    """No stack trace to anybody."""
    return PlainTextResponse("something went wrong on our side", status_code=500)
