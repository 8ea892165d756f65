"""A ride in words: which way, and when the driver comes. Pure."""

from __future__ import annotations

from datetime import time

from wellbeing_bot.service.words import clock_words
from wellbeing_bot.store import Ride
from wellbeing_bot.store.states import RideState


def ways_words(there: bool, back: bool) -> str:
    """``there and home``, ``there only`` or ``home only``."""
    if there and back:
        return "there and home"
    return "there only" if there else "home only"


def window_words(start: str | None, until: str | None) -> str:
    """``between 11.15am and 11.45am``, ``at 11.30am``, or nothing. Times are local, HH:MM."""
    if start is None:
        return ""
    begin = clock_words(time.fromisoformat(start))
    if until is None or until == start:
        return f"at {begin}"
    return f"between {begin} and {clock_words(time.fromisoformat(until))}"


def driver_words(ride: Ride) -> str:
    """Who drives: a volunteer by first name, a provider by its own."""
    provider = ride.provider
    if provider is None:
        return "a driver"
    if provider.volunteer and provider.person is not None and provider.person.first_name:
        return provider.person.first_name
    return provider.name


def time_words(ride: Ride) -> str:
    """When they are fetched, as it stands in the middle of a sentence."""
    window = window_words(ride.window_from, ride.window_until)
    if ride.there:
        return window or "at a time we do not know yet"
    return window or "when it ends"


def phone_words(number: str) -> str:
    """A British number as people write it: ``07700 900123``; any other as it is."""
    if not number.startswith("+44"):
        return number
    digits = f"0{number[3:]}"
    return f"{digits[:5]} {digits[5:]}"


def lift_words(ride: Ride) -> str:
    """A lift in a list of what is booked: ``lift at 11.15am``, ``lift home``, ``lift asked for``."""
    home = "" if ride.there else " home"
    if ride.state is not RideState.CONFIRMED:
        return f"lift{home} asked for"
    window = window_words(ride.window_from, ride.window_until)
    return f"lift{home} {window}".rstrip()
