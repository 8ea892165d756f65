"""Taking a provider's answers: read from the file it sent back, or one by one from the coordinator."""

from __future__ import annotations

from collections.abc import Sequence

from wellbeing_bot.service.rides.answer_file import Answer, Asked, read_answers
from wellbeing_bot.service.rides.answering import ANSWERABLE, answered, confirm, refuse
from wellbeing_bot.service.rides.manifest import on_the_list
from wellbeing_bot.service.rides.rows import rides_on_list
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Ride, RideProvider, Session_
from wellbeing_bot.store.states import RideState


def read_upload(work: Work, provider: RideProvider, session: Session_, text: str) -> list[Answer]:
    """The answers in a file for this list. Nothing is changed yet, and nothing else of the file is kept.

    Raises:
        AnswerFileError: with every error and its line.
    """
    starts = session.starts_at.astimezone(work.zone).strftime("%H:%M")
    rides = rides_on_list(work, provider, session)
    return read_answers(
        text, {ride.id: Asked(ride.id, ride.there, starts) for ride in rides if on_the_list(ride)}
    )


def take_answers(
    work: Work, provider: RideProvider, session: Session_, answers: Sequence[Answer]
) -> dict[str, int]:
    """Confirm and refuse. What was answered the same before is left alone, so a file may be sent again.

    Returns how many were ``confirmed``, ``refused``, answered the ``same`` before, are ``gone`` meanwhile,
    and still ``waiting``.
    """
    rides = {ride.id: ride for ride in rides_on_list(work, provider, session)}
    counted = {"confirmed": 0, "refused": 0, "same": 0, "gone": 0}
    for answer in answers:
        ride = rides.get(answer.ride)
        if ride is None or ride.state not in ANSWERABLE or not ride.place.state.coming:
            counted["gone"] += 1
        elif _same(ride, answer):
            counted["same"] += 1
        elif answer.refused:
            refuse(work, ride, answer.refused)
            counted["refused"] += 1
        else:
            confirm(work, ride, answer.window_from, answer.window_until, provider.name)
            counted["confirmed"] += 1
    answered(work, provider, session)
    counted["waiting"] = sum(ride.state is RideState.SENT for ride in rides.values())
    return counted


def _same(ride: Ride, answer: Answer) -> bool:
    if answer.refused:
        return ride.state is RideState.REFUSED
    window = (ride.window_from, ride.window_until)
    return ride.state is RideState.CONFIRMED and window == (answer.window_from, answer.window_until)
