"""Meet me: a champion who meets somebody at their first visit, found one at a time, and what follows.

Whatever is about one meeting between a patient and a champion belongs here. What is about champions as
such, their checks, their rota, how they join, is in ``champions``.
"""

from wellbeing_bot.service.meetings.answering import accept, decline, drop_out, prefer, ran_out, stand_down
from wellbeing_bot.service.meetings.asking import ask, want
from wellbeing_bot.service.meetings.standing import accepted_meeting, asked_meeting, champion_of

__all__ = [
    "accept",
    "accepted_meeting",
    "ask",
    "asked_meeting",
    "champion_of",
    "decline",
    "drop_out",
    "prefer",
    "ran_out",
    "stand_down",
    "want",
]
