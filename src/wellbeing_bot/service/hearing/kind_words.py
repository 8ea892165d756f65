"""What is said beside the question and not met with "say it again": grief, and what another needs."""

from __future__ import annotations

from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.wishes.to_staff import for_staff
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Person
from wellbeing_bot.understanding.access_needs import needs_of_another
from wellbeing_bot.understanding.meaning import Answered, Reading, Unclear
from wellbeing_bot.understanding.sadness import sounds_sad


def before(
    work: Work, inbound: InboundRow, address: AddressRow, people: list[Person], reading: Reading
) -> None:
    """Say a kind word before the question goes on, once a day, and see to it that a person reads the text.

    Whatever sounds urgent has been answered before this.
    """
    notice = _notice(inbound.text, reading)
    if notice is None:
        return
    for_staff(work, inbound, address, people)
    person = people[0] if len(people) == 1 else None
    occurrence = f"{notice}:{address.id}:{work.local_now.date()}"
    reply(work, address, notice, person=person, occurrence=occurrence)


def _notice(said: str, reading: Reading) -> str | None:
    if isinstance(reading, Unclear) and sounds_sad(said):
        return "so_sorry"
    if isinstance(reading, Answered) and reading.value == () and needs_of_another(said):
        return "needs_of_another"
    return None
