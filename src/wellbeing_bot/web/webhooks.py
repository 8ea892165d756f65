"""Where Twilio and Telegram bring messages: verify, parse, hand over. Nothing else happens here."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from wellbeing_bot.channels import telegram_updates, twilio_webhooks
from wellbeing_bot.channels.base import MalformedWebhook
from wellbeing_bot.service.sending.reports import report
from wellbeing_bot.store.database import DatabaseGone

if TYPE_CHECKING:
    from wellbeing_bot.app import App

Endpoint = Callable[[Request], Awaitable[Response]]

LONGEST_BODY = 1_000_000
"""Bytes. Twilio's and Telegram's largest updates are far below."""

FORBIDDEN = PlainTextResponse("the signature is missing or wrong", status_code=403)
AGAIN = PlainTextResponse("not stored, please send it again", status_code=503)


def routes(app: App) -> list[Route]:
    """The webhooks of the channels that are set."""
    settings = app.settings
    made: list[Route] = []
    if settings.has_twilio:
        made += [
            Route("/webhooks/twilio/message", _twilio_message(app), methods=["POST"]),
            Route("/webhooks/twilio/status", _twilio_status(app), methods=["POST"]),
        ]
    if settings.has_telegram and settings.telegram_mode == "webhook":
        first = app.telegram_bots[0]
        made.append(Route("/webhooks/telegram", _telegram(app, first), methods=["POST"]))
        made += [
            Route(f"/webhooks/telegram/{bot}", _telegram(app, bot), methods=["POST"])
            for bot in app.telegram_bots
        ]
    return made


async def _signed_fields(app: App, request: Request, path: str, ours: str) -> dict[str, str] | None:
    """The form of a Twilio request, or None when its signature does not fit the configured address.

    The address is built from the settings, not from the request: a proxy in front ends TLS. ``ours`` is the
    field that holds our number, whose account must have signed: nobody else's token speaks for it.
    """
    body = await request.body()
    if len(body) > LONGEST_BODY:
        raise MalformedWebhook("too long")
    try:
        fields = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body)))
    except (UnicodeDecodeError, ValueError):
        fields = {}
    url = f"{app.settings.public_base_url}{path}"
    if request.url.query:
        url = f"{url}?{request.url.query}"
    token = app.settings.twilio_token_of(fields.get(ours, ""))
    signature = request.headers.get("x-twilio-signature")
    return fields if twilio_webhooks.verify(url, fields, signature, token) else None


def _twilio_message(app: App) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            fields = await _signed_fields(app, request, "/webhooks/twilio/message", "To")
            if fields is None:
                return FORBIDDEN
            inbound = twilio_webhooks.parse_message(fields, app.clock.now())
            await app.road.areceive(inbound)
        except MalformedWebhook as error:
            return PlainTextResponse(f"malformed: {error}", status_code=400)
        except DatabaseGone:
            return AGAIN
        app.wake()
        return Response(twilio_webhooks.EMPTY_TWIML, media_type="text/xml")

    return endpoint


def _twilio_status(app: App) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            fields = await _signed_fields(app, request, "/webhooks/twilio/status", "From")
            if fields is None:
                return FORBIDDEN
            status = twilio_webhooks.parse_status(fields)
            now = app.clock.now()
            await app.database.arun(lambda session: report(session, status, now, app.deployment))
        except MalformedWebhook as error:
            return PlainTextResponse(f"malformed: {error}", status_code=400)
        except DatabaseGone:
            return AGAIN
        return Response(status_code=204)

    return endpoint


def _telegram(app: App, bot: int) -> Endpoint:
    secret = app.settings.telegram_webhook_secret.get_secret_value()

    async def endpoint(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return FORBIDDEN
        body = await request.body()
        try:
            if len(body) > LONGEST_BODY:
                raise MalformedWebhook("too long")
            await take_update(app, bot, json.loads(body))
        except (MalformedWebhook, ValueError, RecursionError):
            return PlainTextResponse("malformed", status_code=400)
        except DatabaseGone:
            return AGAIN
        app.wake()
        return Response(status_code=200)

    return endpoint


async def take_update(app: App, bot: int, raw: object) -> None:
    """One update of one Telegram bot, from the webhook or from polling.

    Raises:
        MalformedWebhook: not an update.
        DatabaseGone: nothing was stored.
    """
    inbound = telegram_updates.parse_update(raw, bot, app.clock.now())
    if inbound is None:
        return
    await app.road.areceive(inbound)
    callback = inbound.payload.get("callback_query_id")
    if callback:
        await app.answer_callback(inbound.line, callback)
