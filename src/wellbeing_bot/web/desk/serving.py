"""How a page is served: who is it, may they, is the form theirs; then the page, with careful headers."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData, ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wellbeing_bot.clock import Clock
from wellbeing_bot.service.accounts import Keys, signing_in
from wellbeing_bot.service.accounts.oidc import Oidc
from wellbeing_bot.service.accounts.roles import ADMINISTRATION
from wellbeing_bot.service.accounts.signing_in import SignedIn
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.store import Network
from wellbeing_bot.web.desk import notices, rows
from wellbeing_bot.web.desk.notices import Notice
from wellbeing_bot.web.desk.page import Page, Refusal, View
from wellbeing_bot.web.desk.rendering import Pages

if TYPE_CHECKING:
    from wellbeing_bot.app import App

HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Pictures may be data because QR codes are; nothing else is, and nothing comes from anywhere else."""

MOST_FILES = 8
MOST_TICKS = 200
"""Of the demo, until nothing more is due: a message to many takes one for every few people."""

MOST_FIELDS = 1_000
WAY_IN = "/desk/sign-in"


@dataclass
class Desk:
    """What all pages share."""

    app: App
    keys: Keys
    pages: Pages
    clock: Clock  # the real one, also in the demo: codes and sign-ins go by it
    oidc: Oidc | None = None
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https."""
        return self.app.settings.public_base_url.startswith("https://")

    def cookie(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name


def route(desk: Desk, page: Page) -> Route:
    """The route of a page."""

    async def endpoint(request: Request) -> Response:
        return await serve(desk, page, request)

    return Route(page.path, endpoint, methods=[page.method])


async def serve(desk: Desk, page: Page, request: Request) -> Response:
    """One request, from cookie to headers."""
    form: FormData | ImmutableMultiDict[str, Any] = ImmutableMultiDict()
    if page.method == "POST":
        if int(request.headers.get("content-length") or "0") > page.longest:
            return finish(desk, Response(status_code=413), None)
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
    try:
        view, response = await asyncio.to_thread(_serve, desk, page, request, form)
    finally:
        if isinstance(form, FormData):
            await form.close()  # the files of it
    if view is not None and view.changed:
        effects = asyncio.create_task(carry_out(desk.app))
        desk.under_way.add(effects)
        effects.add_done_callback(desk.under_way.discard)
        if view.wait:
            await effects
    return finish(desk, response, view)


def _serve(
    desk: Desk, page: Page, request: Request, form: ImmutableMultiDict[str, Any]
) -> tuple[View | None, Response]:
    with desk.app.database.reading() as session:
        signed_in = _who(desk, session, request)
        network = session.get(Network, signed_in.account.network_id) if signed_in else None
        view = View(desk, request, session, form, signed_in, network)
        view.csrf = _csrf(desk, request, signed_in)
        left = request.cookies.get(desk.cookie("desk_notice"))
        view.notice = notices.unpack(desk.keys, left) if left and not page.poll else None
        try:
            _check(view, page)
            response = page.run(view)
        except Refusal as refusal:
            if refusal.status == 401:
                return view, RedirectResponse(WAY_IN, status_code=303)
            return view, view.show("desk/refused.html", status=refusal.status, status_code=refusal.status)
        except DeskError as error:
            view.leave = Notice(_sentence(str(error)), wrong=True)
            return view, RedirectResponse(_back(view), status_code=303)
        if signed_in is not None and not page.poll:
            _seen(desk, signed_in)
        return view, response


def _who(desk: Desk, session: Session, request: Request) -> SignedIn | None:
    cookie = request.cookies.get(desk.cookie("desk"))
    return signing_in.current(session, cookie, desk.clock.now()) if cookie else None


def _seen(desk: Desk, signed_in: SignedIn) -> None:
    now = desk.clock.now()
    if now - signed_in.sign_in.last_seen_at > signing_in.TOUCH_EVERY:
        key = signed_in.sign_in.id
        desk.app.database.run(lambda session: signing_in.seen(session, key, now))


def _check(view: View, page: Page) -> None:
    """Signed in, of a role that may, the rows are theirs, and the form is one we gave them.

    Raises:
        Refusal: with what to answer.
    """
    if page.roles is not None:
        if view.signed_in is None:
            raise Refusal(401)
        if view.role not in page.roles:
            raise Refusal(403)
        service = view.role in ADMINISTRATION
        found = rows.find(view.session, view.ours.id, view.request.path_params, service=service)
        if found is None:
            raise Refusal(404)
        view.rows = found
    if page.method == "POST":
        given = view.form.get("csrf")
        from_elsewhere = view.request.headers.get("sec-fetch-site") not in {None, "same-origin"}
        if from_elsewhere or not isinstance(given, str) or not secrets.compare_digest(given, view.csrf):
            raise Refusal(400)


def _csrf(desk: Desk, request: Request, signed_in: SignedIn | None) -> str:
    """Bound to the sign-in; before that, to a cookie that the first page sets."""
    if signed_in is not None:
        return desk.keys.sign("csrf", signed_in.sign_in.digest)
    visit = request.cookies.get(desk.cookie("desk_visit"))
    if not visit:
        visit = secrets.token_urlsafe(16)
        request.state.visit = visit
    return desk.keys.sign("csrf_before", visit)


def _back(view: View) -> str:
    """Where a form that could not be done came from: it says so itself."""
    then = view.text("then", 200)
    return then if then.startswith("/desk") and "//" not in then and "\\" not in then else "/desk"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


async def carry_out(app: App) -> None:
    """Let what was changed have its effect: messages leave now."""
    if not app.demo:
        app.wake()
        return
    now = app.clock.now()
    for _ in range(MOST_TICKS):
        taken = await asyncio.to_thread(app.road.tick, now)
        if not taken and not await app.sender.send_due(now):
            return


def finish(desk: Desk, response: Response, view: View | None) -> Response:
    """The headers and cookies of every answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if view is None:
        return response
    visit = getattr(view.request.state, "visit", None)
    if visit:
        _set(desk, response, "desk_visit", visit, 3600)
    if view.leave is not None:
        _set(desk, response, "desk_notice", notices.pack(desk.keys, view.leave), 120)
    elif view.notice is not None:
        _set(desk, response, "desk_notice", "", 0)
    if view.cookie is not None:
        _set(
            desk, response, "desk", view.cookie, int(signing_in.LONGEST.total_seconds()) if view.cookie else 0
        )
    if view.half is not None:
        _set(desk, response, "desk_half", view.half, 600 if view.half else 0)
    if view.attempt is not None:
        _set(desk, response, "desk_attempt", view.attempt, 600 if view.attempt else 0)
    return response


def _set(desk: Desk, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        desk.cookie(name),
        value,
        max_age=seconds,
        path="/",
        secure=desk.secure,
        httponly=True,
        samesite="lax",
    )
