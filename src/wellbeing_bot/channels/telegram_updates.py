"""Reading a Telegram update: the text, button, attachment or block in it.

By hand from the JSON, because building python-telegram-bot's objects costs some 100 microseconds an update
and we need six fields. Source: Telegram Bot API, "Update" and "Message", https://core.telegram.org/bots/api.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wellbeing_bot.channels.base import MalformedWebhook, clean_text
from wellbeing_bot.messages import Address, Inbound, InboundKind

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""The kinds asked for. An edited message is not: what was answered stays answered."""

MEDIA_KINDS = (
    "photo",
    "voice",
    "sticker",
    "animation",  # before document and venue before location: Telegram sends both keys
    "document",
    "video",
    "video_note",
    "audio",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "checklist",
)

Json = Mapping[str, object]
_NOTHING: Json = {}


def parse_update(raw: object, bot_id: int, received_at: datetime) -> Inbound | None:
    """What one update brings from one person, or None when it brings nothing for us.

    Groups, channels, other bots, edited messages and service messages are None. A button's value is the text,
    and its ``payload`` has "callback_query_id" for ``answer_callback``. "/start lunch" (from a link) is the
    text "/start" with "start": "lunch" in its ``payload``.

    Raises:
        MalformedWebhook: this is not an update as Telegram sends it.
    """
    if not isinstance(raw, Mapping):
        raise MalformedWebhook("a Telegram update is a JSON object")
    update_id = _integer(raw, "update_id")
    provider_id, line = f"telegram:{bot_id}:{update_id}", str(bot_id)
    if "message" in raw:
        return _message(_object(raw, "message"), provider_id, line, received_at)
    if "callback_query" in raw:
        return _button(_object(raw, "callback_query"), provider_id, line, received_at)
    if "my_chat_member" in raw:
        return _membership(_object(raw, "my_chat_member"), provider_id, line, received_at)
    return None


def _message(message: Json, provider_id: str, line: str, received_at: datetime) -> Inbound | None:
    sender = _private_chat(message)
    if sender is None or _maybe(message, "from").get("is_bot") is True:
        return None
    media = next(((kind,) for kind in MEDIA_KINDS if kind in message), ())
    text = clean_text(_text(message, "text") or _text(message, "caption"))
    if not text and not media and "text" not in message:
        return None
    payload: dict[str, str] = {}
    if text.startswith("/"):
        text, payload = _command(text)
    return Inbound(
        provider_id=provider_id,
        kind=InboundKind.MEDIA if media and not text.strip() else InboundKind.TEXT,
        sender=sender,
        line=line,
        text=text,
        received_at=received_at,
        media=media,
        payload=payload,
    )


def _command(text: str) -> tuple[str, dict[str, str]]:
    """Split "/start@our_bot lunch" into the command and what a link put behind it."""
    command, _, rest = text.partition(" ")
    command = command.partition("@")[0]
    if command != "/start":
        return f"{command} {rest}".rstrip(), {}
    return command, {"start": rest.strip()} if rest.strip() else {}


def _button(query: Json, provider_id: str, line: str, received_at: datetime) -> Inbound | None:
    message = _maybe(query, "message")
    sender = _private_chat(message) if message else None
    data = clean_text(_text(query, "data"))
    if sender is None or not data:
        return None
    return Inbound(
        provider_id=provider_id,
        kind=InboundKind.BUTTON,
        sender=sender,
        line=line,
        text=data,
        received_at=received_at,
        payload={"callback_query_id": _text(query, "id")},
    )


def _membership(change: Json, provider_id: str, line: str, received_at: datetime) -> Inbound | None:
    sender = _private_chat(change)
    if sender is None or _maybe(change, "new_chat_member").get("status") != "kicked":
        return None
    return Inbound(provider_id, InboundKind.BLOCKED, sender, line, "", received_at)


def _private_chat(holder: Json) -> Address | None:
    chat = _object(holder, "chat")
    chat_id = _integer(chat, "id")
    if chat.get("type") != "private":
        return None
    return Address("telegram", str(chat_id))


def _object(holder: Json, key: str) -> Json:
    value = holder.get(key)
    if not isinstance(value, Mapping):
        raise MalformedWebhook(f"{key} is missing or not an object")
    return value


def _maybe(holder: Json, key: str) -> Json:
    value = holder.get(key)
    return value if isinstance(value, Mapping) else _NOTHING


def _integer(holder: Json, key: str) -> int:
    value = holder.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise MalformedWebhook(f"{key} is missing or not a whole number of 64 bits")
    return value


def _text(holder: Json, key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""
