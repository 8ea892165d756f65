"""A Telegram Bot API: takes messages, hands out updates by long polling, posts them to a webhook."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.responses import JSONResponse, Response

from tests.channels.stubs.faults import Fault, answer
from tests.channels.stubs.server import Call, StubServer, wait_until

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TelegramMessage:
    """One message the bot sent."""

    message_id: int
    chat_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]  # label and value, in reading order


class TelegramStub(StubServer):
    """One bot, @lakeside_test_bot.

    Attributes:
        messages: what the bot sent, oldest first.
        answered: ids of the button presses that were answered.
        webhook: the fields of the last setWebhook, or None.
    """

    default_operation = "sendMessage"
    bot_id = 700900
    token = f"{bot_id}:a-token-for-tests"

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[TelegramMessage] = []
        self.answered: list[str] = []
        self.webhook: Json | None = None
        self._waiting: list[Json] = []  # updates not confirmed yet
        self._lock = threading.Lock()
        self._update_ids = itertools.count(1000)
        self._message_ids = itertools.count(1)

    # What tests ask

    def texts_to(self, chat_id: int) -> list[str]:
        """The texts a chat was sent."""
        return [message.text for message in self.messages if message.chat_id == chat_id]

    def wait_for_texts(self, chat_id: int, count: int = 1, seconds: float = 10.0) -> list[str]:
        """The same, once there are so many."""
        wait_until(lambda: len(self.texts_to(chat_id)) >= count, seconds)
        return self.texts_to(chat_id)

    def unconfirmed(self) -> int:
        """How many updates wait to be fetched or confirmed."""
        with self._lock:
            return len(self._waiting)

    # What tests do

    @staticmethod
    def refusal(status: int, description: str, *, retry_after: int | None = None) -> Fault:
        """Telegram's own "no"."""
        body: Json = {"ok": False, "error_code": status, "description": description}
        if retry_after is not None:
            body["parameters"] = {"retry_after": retry_after}
        return answer(status, body)

    @staticmethod
    def too_many(retry_after: int) -> Fault:
        """Telegram's flood control."""
        words = f"Too Many Requests: retry after {retry_after}"
        return TelegramStub.refusal(429, words, retry_after=retry_after)

    # What people do: each makes the update that Telegram would

    def text(self, chat_id: int, text: str) -> Json:
        """A person writes to the bot."""
        return self._update("message", self._message(chat_id, {"text": text}))

    def attachment(self, chat_id: int, kind: str, content: object, caption: str | None = None) -> Json:
        """A person sends a photo, a voice note, a place …"""
        extra = {} if caption is None else {"caption": caption}
        return self._update("message", self._message(chat_id, {kind: content, **extra}))

    def press(self, chat_id: int, value: str) -> Json:
        """A person presses a button."""
        update = self._update("callback_query", {})
        update["callback_query"] = {
            "id": f"press-{update['update_id']}",
            "from": _user(chat_id),
            "chat_instance": "1",
            "data": value,
            "message": self._message(chat_id, {"text": "Choose:"}),
        }
        return update

    def block(self, chat_id: int) -> Json:
        """A person blocks the bot; from now on sending to them fails."""
        self.behave(chat_id, self.refusal(403, "Forbidden: bot was blocked by the user"))
        return self._membership(chat_id, "member", "kicked")

    def unblock(self, chat_id: int) -> Json:
        """A person lets the bot back in."""
        self.behave(chat_id, None)
        return self._membership(chat_id, "kicked", "member")

    def queue(self, *updates: Json) -> None:
        """Keep updates for long polling."""
        with self._lock:
            self._waiting.extend(updates)

    def post(self, update: Json, *, url: str | None = None, secret: str | None = None) -> httpx.Response:
        """Post an update as Telegram does, to the webhook that was set or to ``url``. Blocks."""
        hook: Mapping[str, Any] = self.webhook or {}
        secret = secret if secret is not None else hook.get("secret_token")
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        return httpx.post(url or hook["url"], json=update, headers=headers, timeout=30)

    # What the service under test asks

    def operation_of(self, call: Call) -> tuple[str, str | None]:
        operation = call.path.rpartition("/")[2]
        chat_id = call.fields.get("chat_id")
        return operation, str(chat_id) if operation == "sendMessage" else None

    async def answer(self, call: Call) -> Response:
        if not call.path.startswith(f"/bot{self.token}/"):
            return _no(401, "Unauthorized")
        match call.operation:
            case "sendMessage":
                return self._send(call.fields)
            case "getUpdates":
                return await self._get_updates(call.fields)
            case "answerCallbackQuery":
                self.answered.append(call.fields["callback_query_id"])
            case "setWebhook":
                self.webhook = dict(call.fields)
            case "deleteWebhook":
                self.webhook = None
            case "getMe":
                return _yes(_bot(self.bot_id))
            case _:
                return _no(404, "Not Found")
        return _yes(True)

    def _send(self, fields: Mapping[str, Any]) -> Response:
        text = fields.get("text", "")
        if not text.strip():
            return _no(400, "Bad Request: message text is empty")
        if len(text) > 4096:
            return _no(400, "Bad Request: message is too long")
        keyboard = json.loads(fields["reply_markup"])["inline_keyboard"] if "reply_markup" in fields else []
        sent = TelegramMessage(
            next(self._message_ids),
            int(fields["chat_id"]),
            text,
            tuple((key["text"], key["callback_data"]) for row in keyboard for key in row),
        )
        self.messages.append(sent)
        message = {"message_id": sent.message_id, "date": _now(), "text": text, "from": _bot(self.bot_id)}
        return _yes({**message, "chat": _chat(sent.chat_id)})

    async def _get_updates(self, fields: Mapping[str, Any]) -> Response:
        if self.webhook:
            return _no(409, "Conflict: can't use getUpdates method while webhook is active")
        if fields.get("offset") is not None:
            with self._lock:
                self._waiting = [u for u in self._waiting if u["update_id"] >= int(fields["offset"])]
        await self.wait(float(fields.get("timeout", 0)), lambda: self.unconfirmed() > 0)
        with self._lock:
            return _yes(self._waiting[:100])

    def _update(self, kind: str, content: Json) -> Json:
        return {"update_id": next(self._update_ids), kind: content}

    def _message(self, chat_id: int, content: Json) -> Json:
        return {
            "message_id": next(self._message_ids),
            "date": _now(),
            "chat": _chat(chat_id),
            "from": _user(chat_id),
            **content,
        }

    def _membership(self, chat_id: int, old: str, new: str) -> Json:
        user = _bot(self.bot_id)
        return self._update(
            "my_chat_member",
            {
                "chat": _chat(chat_id),
                "from": _user(chat_id),
                "date": _now(),
                "old_chat_member": {"user": user, "status": old},
                "new_chat_member": {"user": user, "status": new, "until_date": 0},
            },
        )


def _yes(result: object) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _no(status: int, description: str) -> Response:
    return JSONResponse({"ok": False, "error_code": status, "description": description}, status)


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


def _chat(chat_id: int) -> Json:
    return {"id": chat_id, "type": "private", "first_name": "Marjorie"}


def _user(chat_id: int) -> Json:
    return {"id": chat_id, "is_bot": False, "first_name": "Marjorie", "language_code": "en"}


def _bot(bot_id: int) -> Json:
    return {"id": bot_id, "is_bot": True, "first_name": "Lakeside", "username": "lakeside_test_bot"}
