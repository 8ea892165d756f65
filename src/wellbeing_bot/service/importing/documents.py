"""What may stand in a file to import: the network, its places and groups. People are in ``people_documents``.

Names are those of docs/import.md. What is not written keeps what is on record, or gets the default given here
where the thing is new.
"""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from wellbeing_bot.service.directory.entries import LONGEST_LINE, service_line
from wellbeing_bot.service.importing.fields import (
    AnyPhone,
    Count,
    Day,
    Flag,
    Key,
    Mobile,
    Name,
    Postcode,
    Telegram,
    Text20,
    Text40,
    Text60,
    Text80,
    Text100,
    Text120,
    Text160,
    Text200,
    Text300,
    WallTime,
    Words,
    wrong,
)
from wellbeing_bot.service.importing.schedules import check_schedule
from wellbeing_bot.service.words import schedule_words
from wellbeing_bot.understanding.needs import known_needs


class Part(BaseModel):
    """A section of a document. Unknown names are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class NetworkIn(Part):
    """The network. ``slug`` finds it again; it stands in addresses of the desk and never changes."""

    slug: Key = Field(examples=["herring-bay"])
    name: Name = Field(examples=["Herring Bay Primary Care Network"])
    zone: Text40 = "Europe/London"

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise wrong(f"{value!r} is not a time zone", "Write Europe/London") from None
        return value


class LineIn(Part):
    """A number or bot that the network texts from: exactly one of the two."""

    sms: Mobile | None = None
    telegram: Telegram | None = None

    @model_validator(mode="after")
    def _one(self) -> LineIn:
        if (self.sms is None) == (self.telegram is None):
            raise wrong(
                "a line is one number or one bot", 'Write sms: "+447700900000" or telegram: "123456789"'
            )
        return self

    @property
    def channel(self) -> str:
        return "sms" if self.sms else "telegram"

    @property
    def value(self) -> str:
        return self.sms or self.telegram or ""


class PracticeIn(Part):
    """A GP practice, found again by its name."""

    name: Name = Field(examples=["Harbour Road Surgery"])
    ods_code: Text20 | None = None
    also: Words = ()


class VenueIn(Part):
    """Where groups meet, found again by its name."""

    name: Name = Field(examples=["Oyster Hall"])
    address: Text200 = ""
    postcode: Postcode = ""
    directions: Text300 = ""
    step_free: Flag | None = None


class GroupIn(Part):
    """A recurring activity, found again by its key."""

    key: Key = Field(examples=["harbour-walk"])
    name: Text80 = Field(min_length=1, examples=["Harbour Walk"])
    about: Text300 = ""
    good_to_know: Text300 = ""
    kind: Text40 = ""
    tags: Words = ()
    also: Words = ()
    for_whom: Words = ()
    venue: Text120 | None = None
    meeting_point: Text160 = ""
    schedule: Text200 = ""
    first_date: Day | None = None
    start: WallTime = "10:00"
    minutes: Count = 60
    capacity: Count | None = None
    slot_minutes: Count | None = None
    sensitive: Flag = False
    running: Flag = True
    nudge_days_before: int = Field(default=1, ge=1, le=14)
    nudge_time: WallTime = "09:00"
    asks_expect: Flag = False
    transport: Flag = False
    agencies: Words = ()
    risk_assessed_until: Day | None = None
    insured_until: Day | None = None
    ended_on: Day | None = None

    @field_validator("schedule")
    @classmethod
    def _is_schedule(cls, value: str) -> str:
        return check_schedule(value)

    @model_validator(mode="after")
    def _has_first(self) -> GroupIn:
        if self.first_date is None and ("INTERVAL=" in self.schedule or "COUNT=" in self.schedule):
            raise wrong(
                "a schedule that skips weeks or counts needs its first date", "Add first_date: 2026-11-26"
            )
        return self

    @property
    def schedule_in_words(self) -> str:
        """``Thursdays at 10am``."""
        return schedule_words(self.schedule, time.fromisoformat(self.start))


class ServiceIn(Part):
    """A service of the directory, found again by its name."""

    name: Text60 = Field(min_length=1, examples=["Harbour Larder"])
    needs: Words = Field(min_length=1, examples=["food"])
    line: Text100 = ""
    phone: AnyPhone | None = None
    opens: Text60 = ""
    postcode: Postcode = ""
    area: Words = ()
    for_whom: Text60 = ""
    checked_on: Day | None = None
    sensitive: Flag = False
    ended_on: Day | None = None

    @field_validator("needs")
    @classmethod
    def _are_needs(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for need in value:
            if need not in known_needs():
                raise wrong(
                    f"{need!r} is not a need that is known", f"Write any of: {', '.join(known_needs())}"
                )
        return value

    @field_validator("area")
    @classmethod
    def _are_outcodes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", code.upper()):
                raise wrong(f"{code!r} is not the first half of a postcode", "Write it like CT5")
        return tuple(code.upper() for code in value)

    @model_validator(mode="after")
    def _fits_a_text(self) -> ServiceIn:
        said = service_line(
            self.name, self.line, opens=self.opens, for_whom=self.for_whom, phone=self.phone or ""
        )
        if len(said) > LONGEST_LINE:
            raise wrong(
                f"{self.name} takes {len(said)} characters in a text, and {LONGEST_LINE} are what there is",
                f"Make line, opens or for_whom {len(said) - LONGEST_LINE} shorter",
            )
        return self


class DutyIn(Part):
    """One turn on the duty rota; the order of the list is the order in which people are told."""

    person: Key = Field(examples=["sam"])
    weekdays: tuple[int, ...] = ()
    start: WallTime | None = None
    until: WallTime | None = None

    @field_validator("weekdays", mode="before")
    @classmethod
    def _numbers(cls, value: Any) -> Any:
        names = value.split(";") if isinstance(value, str) else value
        if not isinstance(names, list | tuple):
            raise wrong("weekdays is a list", "Write weekdays: [Mon, Tue]")
        return tuple(_weekday(name) for name in names)

    @model_validator(mode="after")
    def _both(self) -> DutyIn:
        if (self.start is None) != (self.until is None):
            raise wrong(
                "a turn has a start and an end, or neither", 'Write start: "08:00" and until: "20:00"'
            )
        return self


class RideProviderIn(Part):
    """Who drives, found again by name. ``person`` is the contact, or the volunteer driver."""

    name: Name = Field(examples=["Council minibus"])
    person: Key | None = None
    volunteer: Flag = False
    vehicle: Text80 = ""
    takes_wheelchair: Flag = False
    carries: Words = ()
    seats: Count | None = None
    cutoff_working_days: int = Field(default=2, ge=0, le=20)
    cutoff_time: WallTime = "12:00"
    phone: AnyPhone | None = None
    active: Flag = True


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(name: Any) -> int:
    text = str(name).strip().lower()
    if text[:3] in _DAYS:
        return _DAYS.index(text[:3])
    if text in {"0", "1", "2", "3", "4", "5", "6"}:
        return int(text)
    raise wrong(f"{name!r} is not a day of the week", "Write Mon, Tue, Wed, Thu, Fri, Sat or Sun")
