"""Settings, read once at start from the environment and ``.env``. Nothing else reads the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is wrong or missing. The message names it and says what to write, in one line."""


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """An account of Twilio's besides the first, and the numbers that are its own."""

    sid: str
    token: str = field(repr=False)
    lines: tuple[str, ...]


class Settings(BaseSettings):
    """What a deployment may set. Each name is the environment variable in lower case."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str = "sqlite:///wellbeing.db"
    public_base_url: str = ""
    secret_key: SecretStr = SecretStr("")
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_messaging_service_sid: str = ""
    twilio_from_number: str = ""
    twilio_messaging_services: str = ""  # a line's own service: "+447700900001=MG..., +447700900002=MG..."
    twilio_more_accounts: SecretStr = SecretStr("")  # other networks': "AC...:token=+447700900002, ..."
    twilio_api_base_url: str = ""
    telegram_bot_token: SecretStr = SecretStr("")
    telegram_more_bot_tokens: SecretStr = SecretStr("")  # of other networks' bots, with commas between them
    telegram_webhook_secret: SecretStr = SecretStr("")
    telegram_api_base_url: str = ""
    telegram_mode: Literal["webhook", "polling"] = "webhook"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "your organisation"
    port: int = Field(default=8000, ge=1, le=65535)
    host: str = "127.0.0.1"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    tz: str = "Europe/London"
    conversations_dir: Path | None = None
    questionnaires_dir: Path | None = None
    fake_clock_file: Path | None = None  # for trials with a stub of the provider; see check_for_serving
    sms_per_second: float = Field(default=1.0, gt=0)  # a UK long code sends about one a second
    telegram_per_second: float = Field(default=25.0, gt=0)

    @field_validator("tz")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("no such time zone; write for example Europe/London") from None
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
            raise ValueError("write sqlite:///wellbeing.db or postgresql://user:password@host/name")
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _is_issuer(cls, value: str) -> str:
        if value and urlsplit(value).scheme != "https":
            raise ValueError("write the issuer's whole address, beginning with https://")
        return value.rstrip("/")

    @field_validator("public_base_url", "twilio_api_base_url", "telegram_api_base_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
            raise ValueError("write the whole address, for example https://bot.example.nhs.uk")
        return value.rstrip("/")

    @field_validator("twilio_messaging_services")
    @classmethod
    def _line_and_service(cls, value: str) -> str:
        for pair in _listed(value):
            line, _, service = pair.partition("=")
            if not (line.strip().startswith("+") and service.strip().startswith("MG")):
                raise ValueError("write a number and its service, for example +447700900001=MG0123, ...")
        return value

    @field_validator("twilio_more_accounts")
    @classmethod
    def _accounts_and_lines(cls, value: SecretStr) -> SecretStr:
        lines = [line for account in _accounts(value.get_secret_value()) for line in account.lines]
        if len(lines) != len(set(lines)):
            raise ValueError("a number belongs to one account; name each once")
        return value

    @property
    def more_accounts(self) -> tuple[TwilioAccount, ...]:
        """Twilio's accounts besides the first."""
        return _accounts(self.twilio_more_accounts.get_secret_value())

    def twilio_token_of(self, line: str) -> str:
        """The token that Twilio signs with for a number of ours: its own account's, else the first's."""
        own = (account.token for account in self.more_accounts if line in account.lines)
        return next(own, self.twilio_auth_token.get_secret_value())

    @property
    def services_by_line(self) -> dict[str, str]:
        """The Messaging Service of each line that has one of its own."""
        pairs = (pair.partition("=") for pair in _listed(self.twilio_messaging_services))
        return {line.strip(): service.strip() for line, _, service in pairs}

    @property
    def bot_tokens(self) -> tuple[str, ...]:
        """The tokens of all Telegram bots, the first network's first."""
        first = self.telegram_bot_token.get_secret_value()
        return tuple(_listed(f"{first},{self.telegram_more_bot_tokens.get_secret_value()}"))

    @property
    def has_twilio(self) -> bool:
        return bool(self.twilio_account_sid)

    @property
    def has_telegram(self) -> bool:
        return bool(self.bot_tokens)


def _listed(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]


def _accounts(written: str) -> tuple[TwilioAccount, ...]:
    """``AC...:token=+447700900002 +447700900003, AC...:token=+44...``"""
    found = []
    for one in _listed(written):
        account, _, numbers = one.partition("=")
        sid, _, token = account.strip().partition(":")
        lines = tuple(numbers.split())
        if not (sid.startswith("AC") and token and lines and all(line.startswith("+") for line in lines)):
            raise ValueError("write each account as AC...:token=+447700900002, with commas between them")
        found.append(TwilioAccount(sid, token, lines))
    return tuple(found)


def read_settings(**overrides: Any) -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: naming the first setting that is wrong and the cure.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "A setting"
        reason = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(f"{name} is wrong: {reason}. Set it in the environment or in .env.") from None


def check_for_serving(settings: Settings) -> None:
    """What a live service cannot do without.

    Raises:
        SettingsError: the first thing that is missing, with the cure.
    """
    if len(settings.secret_key.get_secret_value()) < 32:
        raise SettingsError(
            "SECRET_KEY is missing or short: write at least 32 random characters, for example the output of "
            "`python -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )
    if settings.oidc_issuer and not (settings.oidc_client_id and settings.public_base_url):
        raise SettingsError(
            "OIDC_CLIENT_ID or PUBLIC_BASE_URL is missing: OIDC_ISSUER needs both. The address to register "
            "with the issuer is PUBLIC_BASE_URL and /desk/organisation/back."
        )
    if not settings.has_twilio and not settings.has_telegram:
        raise SettingsError(
            "no channel is set: set TWILIO_ACCOUNT_SID and its companions, or TELEGRAM_BOT_TOKEN, or run "
            "`wellbeing-bot demo` to try it with simulated phones."
        )
    if settings.has_twilio:
        if not settings.twilio_auth_token.get_secret_value():
            raise SettingsError(
                "TWILIO_AUTH_TOKEN is missing: copy it from the Twilio console's account page."
            )
        if not settings.twilio_messaging_service_sid and not settings.twilio_from_number:
            raise SettingsError(
                "TWILIO_FROM_NUMBER is missing: set it (a UK mobile, +447...), or set "
                "TWILIO_MESSAGING_SERVICE_SID (MG...)."
            )
        if not settings.public_base_url:
            raise SettingsError(
                "PUBLIC_BASE_URL is missing: write the https address Twilio reaches this service at; "
                "signatures are checked against it."
            )
    if settings.fake_clock_file is not None and not _on_this_machine(settings.twilio_api_base_url):
        raise SettingsError(
            "FAKE_CLOCK_FILE is set: a service whose clock is not the real one must text nobody real. Unset "
            "it, or point TWILIO_API_BASE_URL at a stub on this machine."
        )
    if settings.has_telegram and settings.telegram_mode == "webhook":
        if not settings.telegram_webhook_secret.get_secret_value():
            raise SettingsError(
                "TELEGRAM_WEBHOOK_SECRET is missing: write 32 letters and digits, or set "
                "TELEGRAM_MODE=polling."
            )
        if not settings.public_base_url:
            raise SettingsError(
                "PUBLIC_BASE_URL is missing: Telegram needs it, or set TELEGRAM_MODE=polling."
            )


def _on_this_machine(url: str) -> bool:
    return urlsplit(url).hostname in {"127.0.0.1", "localhost"}


def check_for_demo(settings: Settings) -> None:
    """The demo never runs beside real credentials: it could text real people.

    Raises:
        SettingsError: naming the credential that is set.
    """
    for name, value in (
        ("TWILIO_ACCOUNT_SID", settings.twilio_account_sid),
        ("TWILIO_AUTH_TOKEN", settings.twilio_auth_token.get_secret_value()),
        ("TWILIO_MORE_ACCOUNTS", settings.twilio_more_accounts.get_secret_value()),
        ("TELEGRAM_BOT_TOKEN", settings.telegram_bot_token.get_secret_value()),
    ):
        if value:
            raise SettingsError(
                f"{name} is set: the demo does not run beside real credentials. Unset it and try again."
            )
