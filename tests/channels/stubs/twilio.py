"""A Twilio: creates and lists messages, signs and posts webhooks, reports deliveries."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlencode

import httpx
from starlette.responses import JSONResponse, Response
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from tests.channels.stubs.faults import Fault, answer
from tests.channels.stubs.server import Call, StubServer, wait_until


@dataclass(slots=True)
class TwilioMessage:
    """One message as Twilio keeps it, either way."""

    sid: str
    direction: str
    from_: str
    to: str
    body: str
    status: str
    created: datetime
    status_callback: str | None = None
    messaging_service_sid: str | None = None
    error_code: int | None = None
    num_media: int = 0

    def as_json(self, account_sid: str) -> dict[str, object]:
        """The record as the REST API shows it; a queued message has no date sent."""
        waiting = self.status in {"accepted", "queued"}
        return {
            "account_sid": account_sid,
            "sid": self.sid,
            "direction": self.direction,
            "from": self.from_ or None,
            "to": self.to,
            "body": self.body,
            "status": self.status,
            "date_created": format_datetime(self.created),
            "date_updated": format_datetime(self.created),
            "date_sent": None if waiting else format_datetime(self.created),
            "messaging_service_sid": self.messaging_service_sid,
            "error_code": self.error_code,
            "error_message": None,
            "num_media": str(self.num_media),
            "num_segments": "1",
            "price": None,
            "price_unit": "GBP",
            "api_version": "2010-04-01",
            "uri": f"/2010-04-01/Accounts/{account_sid}/Messages/{self.sid}.json",
        }


class TwilioStub(StubServer):
    """An account with one number and one Messaging Service.

    Attributes:
        messages: what was taken from us to be sent, oldest first.
        inbound: what people texted, delivered to us or not.
        now: the provider's clock; set it, or leave it to be the real one.
    """

    default_operation = "create"
    account_sid = "AC" + "5" * 32
    auth_token = "a-token-for-tests"
    number = "+447700900000"
    service_sid = "MG" + "7" * 32

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[TwilioMessage] = []
        self.inbound: list[TwilioMessage] = []
        self.now: datetime | None = None
        self._sids = itertools.count(1)

    # What tests ask

    def texts_to(self, number: str) -> list[str]:
        """The texts a phone was sent."""
        return [message.body for message in self.messages if message.to == number]

    def wait_for_texts(self, number: str, count: int = 1, seconds: float = 10.0) -> list[str]:
        """The same, once there are so many."""
        wait_until(lambda: len(self.texts_to(number)) >= count, seconds)
        return self.texts_to(number)

    # What tests do

    @staticmethod
    def refusal(code: int, status: int = 400, *, retry_after: int | None = None) -> Fault:
        """Twilio's own "no", with its code. The words hold a number, as Twilio's often do."""
        body = {
            "code": code,
            "message": "The message to +447700900999 was refused",
            "more_info": f"https://www.twilio.com/docs/errors/{code}",
            "status": status,
        }
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        return answer(status, body, headers=headers)

    @staticmethod
    def too_many(retry_after: int | None = None) -> Fault:
        """Twilio asks us to slow down."""
        return TwilioStub.refusal(20429, 429, retry_after=retry_after)

    def opt_out(self, number: str) -> None:
        """The person texted STOP and Twilio refuses to text them."""
        self.behave(number, self.refusal(21610))

    def opt_in(self, number: str) -> None:
        """The person texted START."""
        self.behave(number, None)

    def sign(self, url: str, params: Mapping[str, str]) -> str:
        """The signature Twilio would put on a webhook, by its own SDK."""
        signature: str = RequestValidator(self.auth_token).compute_signature(url, dict(params))
        return signature

    def sign_and_post(self, url: str, params: Mapping[str, str], *, to: str | None = None) -> httpx.Response:
        """Post a webhook as Twilio does. Blocks: from async code, run it in a thread.

        Args:
            url: the public address that Twilio was given, which is what is signed.
            to: where to post it really, if that is another address (a local port).
        """
        headers = {"X-Twilio-Signature": self.sign(url, params)}
        return httpx.post(to or url, data=dict(params), headers=headers, timeout=30)

    def text_comes_in(self, sender: str, body: str, **extra: str) -> dict[str, str]:
        """A person texts our number: Twilio has it, and these are the fields of the webhook.

        Not posting them is a webhook that we missed.
        """
        num_media = int(extra.get("NumMedia", "0"))
        message = TwilioMessage(
            self._new_sid(),
            "inbound",
            sender,
            self.number,
            body,
            "received",
            self._clock(),
            num_media=num_media,
        )
        self.inbound.append(message)
        return {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "AccountSid": self.account_sid,
            "From": sender,
            "To": self.number,
            "Body": body,
            "NumMedia": str(num_media),
            "NumSegments": "1",
            "FromCountry": "GB",
            "ToCountry": "GB",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
            **extra,
        }

    def report(
        self, message: TwilioMessage, status: str, error_code: int | None = None, *, to: str | None = None
    ) -> httpx.Response:
        """Post a delivery report to the message's status callback."""
        if message.status_callback is None:
            raise LookupError("no status callback was asked for")
        self.report_silently(message, status, error_code)
        params = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "MessageStatus": status,
            "SmsStatus": status,
            "AccountSid": self.account_sid,
            "From": message.from_,
            "To": message.to,
            "ApiVersion": "2010-04-01",
        }
        if error_code is not None:
            params["ErrorCode"] = str(error_code)
        return self.sign_and_post(message.status_callback, params, to=to)

    def report_silently(self, message: TwilioMessage, status: str, error_code: int | None = None) -> None:
        """The message gets there, or not, and no callback says so."""
        message.status, message.error_code = status, error_code

    # What the service under test asks

    def operation_of(self, call: Call) -> tuple[str, str | None]:
        if "/Messages/" in call.path and call.method == "GET":
            return "fetch", None
        if not call.path.endswith("/Messages.json"):
            return "other", None
        if call.method == "POST":
            return "create", call.fields.get("To")
        return "list", None

    async def answer(self, call: Call) -> Response:
        expected = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if call.headers.get("authorization") != f"Basic {expected}":
            return JSONResponse({"code": 20003, "message": "Authenticate", "status": 401}, 401)
        if call.operation == "create":
            return self._create(call.fields)
        if call.operation == "list":
            return self._list(call)
        if call.operation == "fetch":
            return self._fetch(call.path.rpartition("/")[2].removesuffix(".json"))
        return JSONResponse({"code": 20404, "message": "Not found", "status": 404}, 404)

    def _create(self, fields: Mapping[str, str]) -> Response:
        if not fields.get("From") and not fields.get("MessagingServiceSid"):
            return JSONResponse({"code": 21603, "message": "A 'From' is required", "status": 400}, 400)
        if len(fields.get("Body", "")) > 1600:
            return JSONResponse({"code": 21617, "message": "Too long", "status": 400}, 400)
        message = TwilioMessage(
            sid=self._new_sid(),
            direction="outbound-api",
            from_=fields.get("From", ""),
            to=fields["To"],
            body=fields["Body"],
            status="accepted" if "MessagingServiceSid" in fields else "queued",
            created=self._clock(),
            status_callback=fields.get("StatusCallback"),
            messaging_service_sid=fields.get("MessagingServiceSid"),
        )
        self.messages.append(message)
        return JSONResponse(message.as_json(self.account_sid), 201)

    def _fetch(self, sid: str) -> Response:
        for message in (*self.messages, *self.inbound):
            if message.sid == sid:
                return JSONResponse(message.as_json(self.account_sid))
        return JSONResponse({"code": 20404, "message": "Not found", "status": 404}, 404)

    def _list(self, call: Call) -> Response:
        size, page = int(call.query.get("PageSize", "50")), int(call.query.get("Page", "0"))
        wanted = [m for m in self._newest_first() if _passes(m, call.query)]
        shown = wanted[page * size : (page + 1) * size]
        more = len(wanted) > (page + 1) * size
        following = urlencode({**call.query, "Page": page + 1, "PageSize": size})
        return JSONResponse(
            {
                "messages": [m.as_json(self.account_sid) for m in shown],
                "page": page,
                "page_size": size,
                "uri": call.path,
                "next_page_uri": f"{call.path}?{following}" if more else None,
            }
        )

    def _newest_first(self) -> list[TwilioMessage]:
        return sorted([*self.messages, *self.inbound], key=lambda m: m.created, reverse=True)

    def _clock(self) -> datetime:
        return (self.now or datetime.now(UTC)).replace(microsecond=0)

    def _new_sid(self) -> str:
        return f"SM{next(self._sids):032x}"


def _passes(message: TwilioMessage, query: Mapping[str, str]) -> bool:
    since = query.get("DateSent>")
    return (
        query.get("To") in (None, message.to)
        and query.get("From") in (None, message.from_)
        and (since is None or message.created >= datetime.fromisoformat(since) - timedelta(seconds=1))
    )
