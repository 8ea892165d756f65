"""Telegram by python-telegram-bot. The only file that knows that library.

Only its Bot is used, as a typed client of the Bot API; conversations and times are ours.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError
from telegram.request import BaseRequest, RequestData

from wellbeing_bot.channels import http
from wellbeing_bot.channels.base import (
    Blocked,
    CannotTell,
    Final,
    Misconfigured,
    OutcomeUnknown,
    SendError,
    Sent,
    TooLong,
)
from wellbeing_bot.channels.telegram_polling import Poller, error_in
from wellbeing_bot.channels.telegram_text import pieces_of
from wellbeing_bot.channels.telegram_updates import ALLOWED_UPDATES, parse_update
from wellbeing_bot.messages import Button, ChannelName, DeliveryState, Inbound, Outbound, StatusReport

__all__ = ["TelegramChannel", "parse_update"]

API_BASE_URL = "https://api.telegram.org"
MAX_BUTTON_BYTES = 64  # of a button's value (Bot API, InlineKeyboardButton.callback_data)
WEBHOOK_CONNECTIONS = 40

# What Telegram says beside a 400 or 403 that changes what we do. It gives no codes finer than the status;
# the words are those of its open-source server (tdlib/telegram-bot-api, Client.cpp).
REFUSALS: tuple[tuple[type[TelegramError], str, type[SendError]], ...] = (
    (BadRequest, "too long", TooLong),
    (BadRequest, "", Final),  # chat not found, message text is empty …
    (Forbidden, "deactivated", Final),  # the account is gone
    (Forbidden, "", Blocked),  # blocked by the user, or never started
    (InvalidToken, "", Misconfigured),
    (Conflict, "", Misconfigured),
    (ChatMigrated, "", Final),  # only groups migrate
)
STATUS_OF = {BadRequest: "400", Forbidden: "403", InvalidToken: "401", Conflict: "409", ChatMigrated: "400"}


class _Failed(TelegramError):
    """One of our errors on its way through the library, whose own lose what we need."""

    def __init__(self, error: SendError) -> None:
        super().__init__(str(error))
        self.error = error


class _Request(BaseRequest):
    """The library's way out, over our connections: our time-outs, no contents in the log, and the errors
    that must keep how long to wait or how far the request got.
    """

    def __init__(self, pool: http.HttpPool) -> None:
        self._pool = pool

    @property
    def read_timeout(self) -> float:
        """Seconds; the library asks only for getUpdates, which we do not let it do."""
        return http.READ_SECONDS

    async def initialize(self) -> None:
        """Nothing to do: connections open when they are used."""

    async def shutdown(self) -> None:
        """Nothing to do: the channel closes its connections."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Ask, and turn "no answer" and "not now" into errors that keep what we need to know."""
        fields = request_data.json_parameters if request_data else None
        try:
            response = await self._pool.request(method, url, data=fields)
        except SendError as error:
            raise _Failed(error) from None
        if response.status_code == 429 or response.status_code >= 500:
            raise _Failed(error_in(response.status_code, response.content))
        return response.status_code, response.content

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; the library's own version logs what it cannot read, which may hold texts."""
        try:
            answer: dict[str, Any] = json.loads(payload)
        except ValueError:
            raise _Failed(OutcomeUnknown("garbled")) from None
        return answer


class TelegramChannel:
    """Sends as one bot.

    Args:
        token: the bot's token, from @BotFather.
        api_base_url: another address for the Bot API: a local server's, or an emulator's.
        pool: connections to share, closed by whoever made them; by default the channel's own.

    Raises:
        ValueError: the token does not begin with the bot's number.
    """

    name: ChannelName = "telegram"

    def __init__(
        self, token: str, *, api_base_url: str = API_BASE_URL, pool: http.HttpPool | None = None
    ) -> None:
        number = token.partition(":")[0]
        if not (number.isascii() and number.isdigit()):
            raise ValueError("a Telegram bot token looks like 123456789:AbC-dEf; copy it from @BotFather")
        self.bot_id = int(number)
        base_url = api_base_url.rstrip("/").removesuffix("/bot")
        connections = pool or http.HttpPool()
        self._own_pool = None if pool else connections
        request = _Request(connections)
        self._bot = Bot(token, base_url=f"{base_url}/bot", request=request, get_updates_request=request)
        self._poller = Poller(f"{base_url}/bot{token}/getUpdates")

    async def send(self, message: Outbound) -> Sent:
        """Send one message, in several pieces where Telegram's limit asks for it; buttons go under the last.

        Telegram reports no delivery, so SENT is the last that is heard of it.

        Raises:
            SendError: see ``channels.base``. A failure after the first piece is OutcomeUnknown: part of it
                has arrived, and must not be sent again.
        """
        chat_id = _chat_id(message.to.value)
        pieces = list(pieces_of(message.text))
        message_id = 0
        for i, piece in enumerate(pieces):
            keyboard = _keyboard(message.buttons) if i == len(pieces) - 1 else None
            try:
                message_id = await self._send_piece(chat_id, piece, keyboard)
            except SendError as error:
                raise (OutcomeUnknown("sent-in-part") if i else error) from None
        return Sent(f"telegram:{self.bot_id}:{chat_id}:{message_id}", DeliveryState.SENT)

    async def _send_piece(self, chat_id: int, text: str, keyboard: InlineKeyboardMarkup | None) -> int:
        try:
            sent = await self._bot.send_message(
                chat_id,
                text,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except TelegramError as error:
            raise _send_error(error) from None
        except Exception:  # a success that the library cannot read: Telegram most likely has the message
            raise OutcomeUnknown("garbled") from None
        return sent.message_id

    async def look_up(self, message: Outbound, since: datetime) -> CannotTell:
        """Telegram lets no bot look for a message it sent."""
        return CannotTell("Telegram cannot be asked")

    async def recent_inbound(self, since: datetime, lines: Collection[str] = ()) -> list[Inbound]:
        """Nothing: Telegram keeps updates for a day and delivers them itself once we are back."""
        return []

    async def report_on(self, provider_id: str) -> StatusReport | None:
        """None: Telegram reports no deliveries."""
        return None

    async def answer_callback(self, callback_query_id: str) -> None:
        """Tell the phone that its button was pressed, so that it stops spinning. Failing to is no matter."""
        with contextlib.suppress(TelegramError):
            await self._bot.answer_callback_query(callback_query_id)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to us, each with the secret in X-Telegram-Bot-Api-Secret-Token.

        Raises:
            SendError: Telegram did not accept it.
        """
        try:
            await self._bot.set_webhook(
                url,
                secret_token=secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=WEBHOOK_CONNECTIONS,
            )
        except TelegramError as error:
            raise _send_error(error) from None

    async def poll(self, on_update: Callable[[dict[str, Any]], Awaitable[object]]) -> None:
        """Fetch updates until cancelled, for a service with no public address. See ``telegram_polling``.

        Args:
            on_update: gets each update as Telegram sent it, one after the other.
        """
        with contextlib.suppress(TelegramError):  # polling is refused while a webhook is set, and says so
            await self._bot.delete_webhook(drop_pending_updates=False)
        await self._poller.run(on_update)

    async def close(self) -> None:
        """Close the bot's connections."""
        if self._own_pool:
            await self._own_pool.close()
        await self._poller.close()


def _chat_id(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise Final("bad-chat-id") from None


def _send_error(error: TelegramError) -> SendError:
    if isinstance(error, _Failed):
        return error.error
    for kind, words, meaning in REFUSALS:
        if isinstance(error, kind) and words in error.message.lower():
            return meaning(STATUS_OF[kind])
    return OutcomeUnknown("garbled")


def _keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """Rows of buttons, as many abreast as a small phone can show.

    A value over Telegram's limit leaves the whole keyboard out: a list with a choice missing misleads, and
    plain words always work.
    """
    if not buttons or any(len(b.value.encode()) > MAX_BUTTON_BYTES for b in buttons):
        return None
    longest = max(len(b.label) for b in buttons)
    abreast = 6 if longest <= 3 else 3 if longest <= 9 else 1
    keys = [InlineKeyboardButton(b.label, callback_data=b.value) for b in buttons]
    return InlineKeyboardMarkup([keys[i : i + abreast] for i in range(0, len(keys), abreast)])
