"""The desk at ``/desk``: where link workers and coordinators work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from wellbeing_bot.clock import Clock, SystemClock
from wellbeing_bot.service.accounts import Keys
from wellbeing_bot.service.accounts.oidc import Oidc
from wellbeing_bot.web.desk import every_page
from wellbeing_bot.web.desk.page import Page
from wellbeing_bot.web.desk.rendering import Pages
from wellbeing_bot.web.desk.serving import Desk, route

if TYPE_CHECKING:
    from wellbeing_bot.app import App

__all__ = ["pages", "routes"]


def pages(*, demo: bool) -> tuple[Page, ...]:
    """Every page there is, with who may open it."""
    return (*every_page.PAGES, *every_page.DEMO_PAGES) if demo else every_page.PAGES


def routes(app: App, clock: Clock | None = None, oidc: Oidc | None = None) -> list[BaseRoute]:
    """The routes of the desk. ``clock`` is the real one, by which sign-ins and codes go."""
    desk = Desk(
        app,
        Keys(app.settings.secret_key.get_secret_value()),
        Pages(demo=app.demo),
        clock or SystemClock(),
        oidc or _oidc(app),
    )
    return [route(desk, page) for page in pages(demo=app.demo)]


def _oidc(app: App) -> Oidc | None:
    """The organisation's sign-in, where one is set."""
    given = app.settings
    if not given.oidc_issuer:
        return None
    return Oidc(
        given.oidc_issuer,
        given.oidc_client_id,
        given.oidc_client_secret.get_secret_value(),
        given.oidc_name,
    )
