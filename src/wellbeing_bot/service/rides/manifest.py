"""The list a provider drives by: as CSV, to be filled in and sent back, and as a page to print.

Only what the driver needs: whom to ask for, where, how many, what they need to get in, whom to ring, and
where and when to be. Neither the group's name nor anything about health is on it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from wellbeing_bot.service.activities.sessions import venue_of
from wellbeing_bot.service.printing import printed
from wellbeing_bot.service.rides.carrying import needs_words
from wellbeing_bot.service.rides.rows import WITH_PROVIDER, rides_on_list
from wellbeing_bot.service.rides.saying import phone_words, window_words
from wellbeing_bot.service.words import clock_words, day_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Ride, RideProvider, Session_
from wellbeing_bot.store.states import RideState

ANSWER_COLUMNS = ("pick_up_from", "pick_up_until", "refused")
COLUMNS = ("ride", "name", "people", "pick_up", "phone", "needs", "there", "home", *ANSWER_COLUMNS)


@dataclass(frozen=True)
class Line:
    """One pick-up."""

    ride: int
    name: str
    people: int
    pick_up: str
    phone: str
    needs: str
    there: bool
    home: bool
    window_from: str = ""
    window_until: str = ""
    refused: str = ""

    @property
    def window(self) -> str:
        """The pick-up window in words."""
        return window_words(self.window_from or None, self.window_until or None)


@dataclass(frozen=True)
class Manifest:
    """Everybody a provider takes to one session. Times are in words, local."""

    provider: str
    day: str
    arrive_by: str
    home_from: str
    venue: str
    address: str
    made: str
    lines: tuple[Line, ...]

    @property
    def people(self) -> int:
        """Seats needed, companions included."""
        return sum(line.people for line in self.lines)


def manifest(work: Work, provider: RideProvider, session: Session_) -> Manifest:
    """The list as it stands now: rides withdrawn after it was sent are no longer on it."""
    venue = venue_of(work, session)
    kept = [ride for ride in rides_on_list(work, provider, session) if on_the_list(ride)]
    return Manifest(
        provider=provider.name,
        day=day_words(session.starts_at.astimezone(work.zone).date()),
        arrive_by=_clock(work, session.starts_at),
        home_from=_clock(work, session.ends_at),
        venue=venue.name if venue else session.meeting_point,
        address=", ".join(part for part in (venue.address, venue.postcode) if part) if venue else "",
        made=when_words(work.now, work.zone),
        lines=tuple(_line(ride) for ride in kept),
    )


def on_the_list(ride: Ride) -> bool:
    """Whether the driver still has to know of it."""
    return ride.state in {*WITH_PROVIDER, RideState.REFUSED, RideState.NOBODY_CAME, RideState.TAKEN}


def _line(ride: Ride) -> Line:
    person = ride.place.person
    initial = f" {person.last_name[0]}." if person.last_name else ""
    return Line(
        ride=ride.id,
        name=f"{person.first_name or 'No name given'}{initial}",
        people=ride.party,
        pick_up=ride.pick_up,
        phone=phone_words(ride.phone),
        needs=needs_words(ride.needs),
        there=ride.there,
        home=ride.back,
        window_from=ride.window_from or "",
        window_until=ride.window_until or "",
        refused=ride.why_refused or ("yes" if ride.state is RideState.REFUSED else ""),
    )


def _clock(work: Work, moment: datetime) -> str:
    return clock_words(moment.astimezone(work.zone).time())


def to_csv(listed: Manifest) -> str:
    """The list for a spreadsheet, with columns for the answer, to be uploaded when they are filled in."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in listed.lines:
        writer.writerow(
            [
                line.ride,
                _safe(line.name),
                line.people,
                _safe(line.pick_up),
                _safe(line.phone),
                line.needs,
                "yes" if line.there else "no",
                "yes" if line.home else "no",
                line.window_from,
                line.window_until,
                _safe(line.refused),
            ]
        )
    return out.getvalue()


def to_html(listed: Manifest) -> str:
    """The list as one page that prints on paper."""
    return printed("rides/manifest.html", list=listed)


def _safe(text: str) -> str:
    """A spreadsheet runs a cell that begins with one of these signs; only a phone may begin with +."""
    return f"'{text}" if text.startswith(("=", "-", "@", "\t", "\r")) or _runs(text) else text


def _runs(text: str) -> bool:
    return text.startswith("+") and not text[1:].replace(" ", "").isdigit()
