"""The questions that are asked by text, as calls: did they get there, and would they like the free place."""

from __future__ import annotations

from datetime import datetime, timedelta

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.calls.putting import GOT_THERE, WANTS_PLACE, put_on_list
from wellbeing_bot.service.clinics.times import place_time
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import CallToMake, Place

ASKED_FOR = timedelta(days=3)
"""So long after a session it still makes sense to ask whether they got there."""


def ask_got_there(work: Work, place: Place) -> CallToMake | None:
    """Did they get there? The answer takes the road a text would. None when they cannot be rung."""
    return _ask(work, place, "call_got_there", GOT_THERE, f"got_there:{place.id}:{place.session.moves}")


def offer_place(work: Work, place: Place, until: datetime) -> CallToMake | None:
    """A place has come free for them, and is kept until then. None when they cannot be rung."""
    occurrence = f"offer:{place.id}:{until.isoformat()}"
    return _ask(work, place, "call_offer", WANTS_PLACE, occurrence, until)


def _ask(
    work: Work, place: Place, notice: str, asks: str, occurrence: str, until: datetime | None = None
) -> CallToMake | None:
    session = place.session
    facts = {
        "group": neutral_name(session.group),
        "when": when_words(place_time(work, place), work.zone),
        "by": when_words(until, work.zone) if until else "",
    }
    scripts = work.scripts_for(None)
    known = {name: value for name, value in facts.items() if name in scripts.notices[notice].knows}
    return put_on_list(
        work,
        place.person,
        say_notice(scripts, notice, known, work.local_now.date()),
        session=session,
        place=place,
        asks=asks,
        occurrence=occurrence,
        expires_at=until or session.ends_at + ASKED_FOR,
    )
