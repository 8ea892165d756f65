"""What a file may say about people: who they are, how to reach them, what a champion is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from wellbeing_bot.service.importing.documents import (
    DutyIn,
    GroupIn,
    LineIn,
    NetworkIn,
    Part,
    PracticeIn,
    RideProviderIn,
    ServiceIn,
    VenueIn,
)
from wellbeing_bot.service.importing.fields import (
    AnyPhone,
    Count,
    Day,
    Flag,
    Key,
    Language,
    LongText,
    Mobile,
    Postcode,
    Telegram,
    Text20,
    Text60,
    Text80,
    Text120,
    Text200,
    WallTime,
    Words,
    wrong,
)
from wellbeing_bot.service.settings import NetworkSettings
from wellbeing_bot.store.states import ChampionState, Role


class AddressIn(Part):
    """A way to reach somebody. Several people may list the same one: they share the phone."""

    sms: Mobile | None = None
    telegram: Telegram | None = None
    opted_out: Flag = False
    carrier_blocked: Flag = False
    unreachable: Text20 = ""
    unsafe: Flag = False
    verified: Flag = True
    preferred: Flag = False

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if not isinstance(value, str | int):
            return value
        channel, colon, rest = str(value).partition(":")
        if not colon:
            return {"sms": value}
        if channel.strip() in {"sms", "telegram"}:
            return {channel.strip(): rest.strip()}
        raise wrong(f"{value!r} is not an address", "Write sms:07700900123 or telegram:123456789")

    @model_validator(mode="after")
    def _one(self) -> AddressIn:
        if (self.sms is None) == (self.telegram is None):
            raise wrong(
                "an address is one number or one chat", "Write sms: 07700900123 or telegram: 123456789"
            )
        return self

    @property
    def channel(self) -> Literal["sms", "telegram"]:
        return "sms" if self.sms else "telegram"

    @property
    def value(self) -> str:
        return self.sms or self.telegram or ""


class ChampionIn(Part):
    """What a volunteer needs to be asked to meet people. Dates are the last day a check is good for."""

    state: ChampionState = ChampionState.ACTIVE
    gender: Text20 = ""
    how_to_know: Text80 = ""
    dbs_until: Day | None = None
    badge_until: Day | None = None
    training_until: Day | None = None
    away_from: Day | None = None
    away_until: Day | None = None
    paused: Flag = False
    most_a_month: Count | None = None
    groups: Words = ()

    @model_validator(mode="after")
    def _in_order(self) -> ChampionIn:
        if self.away_from and self.away_until and self.away_until < self.away_from:
            raise wrong("they are back before they go", "Put the earlier date into away_from")
        return self


class PersonIn(Part):
    """Somebody. Found again by ``key``, else by an address together with the first name."""

    key: Key | None = None
    first_name: Text60 = Field(min_length=1, examples=["Jean"])
    last_name: Text80 = ""
    roles: tuple[Role, ...] = ()
    phone: Mobile | None = None
    telegram: Telegram | None = None
    landline: AnyPhone | None = None
    addresses: tuple[AddressIn, ...] = ()
    language: Language = "en"
    postcode: Postcode | None = None
    practice: Text120 | None = None
    access_needs: Words = ()
    dietary_needs: Text200 = ""
    interests: Words = ()
    dislikes: Words = ()
    contact_note: LongText = ""
    never_text_from: WallTime | None = None
    never_text_until: WallTime | None = None
    never_leave_word: Flag = False
    paused_until: Day | None = None
    bereaved_on: Day | None = None
    champion: ChampionIn | None = None

    @field_validator("roles", mode="before")
    @classmethod
    def _words(cls, value: Any) -> Any:
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple):
            return parts
        return tuple(p.strip().lower().replace(" ", "_") if isinstance(p, str) else p for p in parts)

    @model_validator(mode="after")
    def _findable(self) -> PersonIn:
        if self.key is None and not self.all_addresses and self.landline is None:
            raise wrong(
                f"{self.first_name} has neither a key nor a number, so a second import could not find them",
                "Add key: or phone:",
            )
        if (self.never_text_from is None) != (self.never_text_until is None):
            raise wrong("hours without texts have a start and an end", "Write both never_text_ times")
        return self

    @property
    def all_addresses(self) -> tuple[AddressIn, ...]:
        """Every address, the short forms ``phone`` and ``telegram`` first."""
        short: list[AddressIn] = []
        if self.phone:
            short.append(AddressIn(sms=self.phone))
        if self.telegram:
            short.append(AddressIn(telegram=self.telegram))
        return (*short, *self.addresses)

    @property
    def all_roles(self) -> tuple[Role, ...]:
        """The roles written; somebody with champion details is a champion, anybody else a patient."""
        if self.champion is not None and Role.CHAMPION not in self.roles:
            return (*self.roles, Role.CHAMPION)
        return self.roles or (Role.PATIENT,)


class Document(Part):
    """One file. Every section may be left out; what it leaves out stays as it is on record."""

    network: NetworkIn | None = None
    settings: NetworkSettings | None = None
    lines: tuple[LineIn, ...] = ()
    practices: tuple[PracticeIn, ...] = ()
    venues: tuple[VenueIn, ...] = ()
    groups: tuple[GroupIn, ...] = ()
    people: tuple[PersonIn, ...] = ()
    duty: tuple[DutyIn, ...] = ()
    ride_providers: tuple[RideProviderIn, ...] = ()
    services: tuple[ServiceIn, ...] = ()


def out_of_date(champion: ChampionIn, today: date) -> bool:
    """Whether a champion cannot be asked because the DBS check is missing or has run out."""
    return champion.dbs_until is None or champion.dbs_until < today
