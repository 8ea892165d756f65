"""Telephone numbers as people write them, to the one form that channels take."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

_DRAMA_MOBILE = re.compile(r"\+447700900\d{3}")
_DRAMA_LANDLINE = re.compile(r"\+441632960\d{3}")
"""Ofcom keeps these for drama (Ofcom, "Numbers for drama"): they belong to nobody, so no list calls them
valid, and they are the right ones for a demo or a test."""

_TEXTABLE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class PhoneError(ValueError):
    """Not a telephone number. The message says what to write."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number: ``value`` is E.164 (``+447700900123``); ``mobile`` says whether it takes texts."""

    value: str
    mobile: bool


def read_phone(written: str, region: str = "GB") -> Phone:
    """A number as written ("07700 900123", "+44 (0)7700 900123", "7700900123").

    Raises:
        PhoneError: it is no number, has too few or too many digits, or exists nowhere.
    """
    if re.search(r"[eE]\+?\d+$", written.strip()):
        raise PhoneError(f"{written!r} has lost its digits in a spreadsheet. Format the column as text")
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        raise PhoneError(f"{written!r} is not a telephone number. Write it like 07700 900123") from None
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if _DRAMA_MOBILE.fullmatch(value):
        return Phone(value, mobile=True)
    if _DRAMA_LANDLINE.fullmatch(value):
        return Phone(value, mobile=False)
    if not phonenumbers.is_valid_number(number):
        raise PhoneError(
            f"{written!r} is not a telephone number that exists. Count its digits: a UK mobile has 11"
        )
    return Phone(value, mobile=phonenumbers.number_type(number) in _TEXTABLE)
