"""The kinds of value a document holds, each read from the ways people and spreadsheets write it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from wellbeing_bot.service.importing.moments import Reckoning
from wellbeing_bot.service.phones import PhoneError, read_phone


def wrong(what: str, write: str) -> PydanticCustomError:
    """An error that says what is wrong and what to write."""
    return PydanticCustomError("own", "{what}. {write}", {"what": what, "write": write})


def _split(value: Any) -> Any:
    if isinstance(value, str):
        value = value.split(";")
    if isinstance(value, list | tuple):
        parts = [part.strip() if isinstance(part, str) else part for part in value]
        return tuple(part for part in parts if part not in {"", None})
    return value


def _day(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str):
        if isinstance(info.context, Reckoning) and (relative := info.context.day(value)) is not None:
            return relative
        if british := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", value.strip()):
            day, month, year = (int(part) for part in british.groups())
            try:
                return date(year, month, day)
            except ValueError:
                raise wrong(f"{value!r} is not a date", "Write it like 2026-11-26 or 26/11/2026") from None
        return value.strip()
    if isinstance(value, int | float):
        raise wrong(f"{value!r} is not a date", "Write it like 2026-11-26 or 26/11/2026")
    return value


def _moment(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str) and isinstance(info.context, Reckoning):
        found = info.context.moment(value)
        if found is not None:
            return found
    raise wrong(f"{value!r} is not a moment", 'Write it like "2026-11-26T09:00", or "-3 days" from the start')


def _wall_time(value: Any) -> Any:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, str) and (
        found := re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?", value.strip())
    ):
        return f"{int(found[1]):02d}:{found[2]}"
    raise wrong(f"{value!r} is not a time of day", 'Write hours and minutes, like "10:00" or "14:30"')


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value.strip().lower() in {"yes", "y", "true", "no", "n", "false"}:
        return value.strip().lower() in {"yes", "y", "true"}
    if isinstance(value, bool):
        return value
    raise wrong(f"{value!r} is neither yes nor no", "Write yes or no")


def _postcode(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    joined = "".join(value.upper().split())
    if whole := re.fullmatch(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", joined):
        return f"{whole[1]} {whole[2]}"
    if not joined or re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", joined):
        return joined
    raise wrong(f"{value!r} is not a postcode", "Write it like CT5 1AB, or its first half alone, CT5")


def _mobile(value: Any) -> Any:
    phone = _read(value)
    if not phone.mobile:
        raise wrong(f"{value!r} cannot take texts", "Write it as landline, or give the mobile number")
    return phone.value


def _any_phone(value: Any) -> Any:
    return _read(value).value


def _read(value: Any) -> Any:
    try:
        return read_phone(str(value))
    except PhoneError as error:
        what, _, write = str(error).partition(". ")
        raise wrong(what, write) from None


def _telegram(value: Any) -> Any:
    if not re.fullmatch(r"-?\d{1,20}", str(value).strip()):
        raise wrong(f"{value!r} is not a Telegram number", "Write the chat's number, like 123456789")
    return str(value).strip()


def _language(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", value) and len(value) <= 12:
        return value
    raise wrong(f"{value!r} is not a language", "Write its code: en, cy, or en-x-easy for easy read")


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
WallTime = Annotated[str, BeforeValidator(_wall_time)]
Postcode = Annotated[str, BeforeValidator(_postcode)]
Mobile = Annotated[str, BeforeValidator(_mobile)]
AnyPhone = Annotated[str, BeforeValidator(_any_phone)]
Telegram = Annotated[str, BeforeValidator(_telegram)]
Language = Annotated[str, BeforeValidator(_language)]
Count = Annotated[int, Field(ge=1, le=100_000)]


def short(most: int) -> Any:
    """A text of at most that many characters, as long as the column it goes into."""
    return StringConstraints(strip_whitespace=True, max_length=most)


Text20 = Annotated[str, short(20)]
Text40 = Annotated[str, short(40)]
Text60 = Annotated[str, short(60)]
Text80 = Annotated[str, short(80)]
Text100 = Annotated[str, short(100)]
Text120 = Annotated[str, short(120)]
Text160 = Annotated[str, short(160)]
Text200 = Annotated[str, short(200)]
Text300 = Annotated[str, short(300)]
LongText = Annotated[str, short(4000)]
