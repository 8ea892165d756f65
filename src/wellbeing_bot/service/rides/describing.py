"""A ride in one sentence, as the person who has it is told."""

from __future__ import annotations

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.rides.saying import driver_words, time_words, ways_words
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Ride
from wellbeing_bot.store.states import RideState

NOTICE = {
    RideState.REQUESTED: "ride_line_asked",
    RideState.SENT: "ride_line_asked",
    RideState.CONFIRMED: "ride_line_confirmed",
    RideState.REFUSED: "ride_line_refused",
}


def ride_line(work: Work, ride: Ride) -> str:
    """How a ride stands: "Dave will fetch you between 11.15am and 11.45am, for there and home."."""
    person, session = ride.place.person, ride.place.session
    facts = {
        "driver": driver_words(ride),
        "time": time_words(ride),
        "ways": ways_words(ride.there, ride.back),
        "when": when_words(session.starts_at, work.zone, person.language),
        "group": neutral_name(session.group),
    }
    notice = NOTICE.get(ride.state, "ride_line_asked")
    return say_notice(work.scripts_for(person), notice, facts, work.local_now.date()).text
