"""What a text can mean: the frozen values that ``understanding`` returns and everything else reads.

The order in which a text is read is fixed: urgent meaning first, then STOP / START / HELP and the wish
for a person, then the questions that are open, then what a text is about when no question explains it.
Nothing here decides what to *do*.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

Value = str | int | bool | date | time | tuple[str, ...]
"""A stored answer: yes_no ``bool``; choice, likert, name, postcode, phone, free_text ``str``; scale and
party size ``int``; date ``date``; time ``time``; access needs a sorted ``tuple`` of tags."""


class AnswerKind(enum.StrEnum):
    """The kinds of answer a question may wait for. Each has one file in this package."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    SCALE_0_10 = "scale_0_10"
    LIKERT = "likert"
    NAME = "name"
    POSTCODE = "postcode"
    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    PARTY_SIZE = "party_size"
    ACCESS_NEEDS = "access_needs"
    FREE_TEXT = "free_text"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is open with one address, for one person."""

    id: str
    kind: AnswerKind
    prompt: str
    options: tuple[str, ...] = ()  # choice and likert: the exact strings an answer may be
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # option -> other words for it
    reference: datetime | None = None  # "now" as aware local time, for dates and times
    sender: str | None = None  # the number texting, E.164, for "this one"
    previous_answer: Value | None = None  # with it, the text may correct that answer
    scale: str | None = None  # name of a Likert scale ("UCLA-3", "SWEMWBS", "ONS-lonely")
    person: str = ""  # whom it concerns, as an id
    names: tuple[str, ...] = ()  # words that point at this question ("walk", "Jean", "lunch")
    asked_at: datetime | None = None
    staff: bool = False  # asked by a human on the desk: words that fit nothing else belong here


class InterruptKind(enum.StrEnum):
    """Why a text is not an answer."""

    STOP = "stop"  # wishes to be texted no more, in any words
    START = "start"
    CRISIS = "crisis"  # stands for the whole urgent path
    HELP = "help"  # "what do you mean?", "who is this?"
    TALK_TO_PERSON = "talk_to_person"
    CANCEL = "cancel"  # wants to call off the thing the question is about
    BACK = "back"  # the question before, please


@dataclass(frozen=True, slots=True)
class Answered:
    """A value fit to be stored."""

    value: Value
    read_back: bool = False  # say it back to the person and let them correct it (dates, times, addresses)
    rest: str = ""  # words of the text that the answer did not use ("yes - can my friend come too?")


@dataclass(frozen=True, slots=True)
class Skipped:
    """The person declined to answer this one."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing fit to be stored. ``candidates`` are values the text may have meant, to ask about."""

    reason: str = "not_understood"  # or "two_values", "out_of_range", "mismatch", "conditional"
    candidates: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The text is not an answer at all."""

    kind: InterruptKind


Reading = Answered | Skipped | Unclear | Interrupted


class UrgentKind(enum.StrEnum):
    """Kinds of urgent meaning."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    MEDICAL = "medical"
    SAFEGUARDING_CHILD = "safeguarding_child"


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something a person must see today. A safety net, never a clinical judgement."""

    kind: UrgentKind
    uncertain: bool = False  # may be nothing: say so gently, give the numbers, tell a person
    about_other: bool = False  # "my son wants to ..."
    sender_under_16: bool = False


class Intent(enum.StrEnum):
    """What a text that answers nothing is about."""

    SELF_REFERRAL = "self_referral"
    JOIN_GROUP = "join_group"
    TRANSPORT = "transport"
    CHANGE_OR_CANCEL = "change_or_cancel"
    VOLUNTEER = "volunteer"
    ATTENDANCE_NEXT = "attendance_next"
    CARER_REFERRAL = "carer_referral"
    TALK_TO_PERSON = "talk_to_person"
    STOP = "stop"
    HELP = "help"
    COMPLAINT = "complaint"
    CRISIS = "crisis"
    MEDICAL_EMERGENCY = "medical_emergency"
    THANKS_SMALLTALK = "thanks_smalltalk"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Details:
    """What a text already says, so that nothing is asked twice. Empty fields were not said."""

    name: str | None = None
    postcode: str | None = None
    group_words: tuple[str, ...] = ()  # "walk", "bereavement", "art": as the vocabulary names them
    day: int | None = None  # 0 Monday .. 6 Sunday
    when: date | None = None  # a date that was said ("thursday", "3 dec")
    until: date | None = None  # "away till 3 dec"
    alone: bool = False  # scared to come, or does not want to walk in, on their own
    needs_lift: bool = False
    companion: bool = False  # "me and the husband"
    for_whom: str | None = None  # carer referral: "husband", "mother", "neighbour", "patient"
    concerns: tuple[str, ...] = ()  # tags from the vocabulary: loneliness, bereavement, money ...
    source: str | None = None  # "gp", "nurse", "friend" ...: who told them to text
    scope: str | None = None  # change_or_cancel: "this_time", "all", "pause", "move", "running_late"
    about: str | None = None  # attendance_next: "when", "where", "who", "what_booked", "is_it_on"
    under_16: bool = False
    access_needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntentReading:
    """What a text is about. ``intents`` best first; two intents in one text are both there.

    ``clarify`` holds up to three intents to offer when it could not be told; then ``intents[0]`` is the
    best guess.
    """

    intents: tuple[Intent, ...]
    clarify: tuple[Intent, ...] = ()
    details: Details = field(default_factory=Details)


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that one text means, given the questions that were open."""

    text: str
    urgent: Urgent | None = None
    command: InterruptKind | None = None  # STOP, START, HELP, TALK_TO_PERSON when said outside a question
    readings: tuple[tuple[str, Reading], ...] = ()  # (question id, reading): each part to what it fits
    ambiguous: tuple[str, ...] = ()  # question ids that a bare "yes" fits equally
    about: IntentReading | None = None  # set when the text, or part of it, answers no question
    for_staff: bool = False  # words that a human should read, whatever else they are

    @property
    def understood(self) -> bool:
        """Whether any part of the text was understood."""
        if self.urgent or self.command or self.ambiguous:
            return True
        if any(not isinstance(reading, Unclear) for _, reading in self.readings):
            return True
        return self.about is not None and self.about.intents[:1] not in ((), (Intent.OTHER,))
