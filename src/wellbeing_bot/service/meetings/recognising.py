"""How a patient knows the champion who waits for them."""

from __future__ import annotations

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Champion, Person


def look_for(work: Work, patient: Person, champion: Champion) -> str:
    """`` Look for a green lanyard.``, to stand behind where they meet; nothing where nothing is known."""
    if not champion.how_to_know:
        return ""
    facts = {"how_to_know": champion.how_to_know}
    said = say_notice(work.scripts_for(patient), "look_for", facts, work.local_now.date()).text
    return f" {said}"
