"""The states things go through, in the words of the field. A state is stored as its word."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    PATIENT = "patient"
    CARER = "carer"
    CHAMPION = "champion"
    LINK_WORKER = "link_worker"
    COORDINATOR = "coordinator"
    PROVIDER = "provider"


class ReferralState(StrEnum):
    WAITING = "waiting"
    BOOKED = "booked"
    ACTIVE = "active"
    DISCHARGED = "discharged"
    DECLINED = "declined"


class PlaceState(StrEnum):
    OFFERED = "offered"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"
    ATTENDED = "attended"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NO_SEAT = "no_seat"  # waited until the session began, and no place came free

    @property
    def coming(self) -> bool:
        """Whether the person is expected."""
        return self in {PlaceState.BOOKED, PlaceState.CONFIRMED}

    @property
    def open(self) -> bool:
        """Whether more is to happen with it."""
        return self in {PlaceState.OFFERED, PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.WAITLISTED}


class MeetingState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class RideState(StrEnum):
    REQUESTED = "requested"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN = "taken"
    NOBODY_CAME = "nobody_came"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"
    UNKNOWN = "unknown"


class InvitationState(StrEnum):
    PLANNED = "planned"
    INVITED = "invited"
    COMING = "coming"
    NOT_COMING = "not_coming"
    NO_ANSWER = "no_answer"
    NOT_REACHED = "not_reached"
    CALLED_OFF = "called_off"


class SlotState(StrEnum):
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"


class LoanState(StrEnum):
    """A monitor is waited for, a champion is asked, has said yes, it is with them, said to be back, back."""

    WAITING = "waiting"
    ASKED = "asked"
    PROMISED = "promised"
    LENT = "lent"
    SAID_BACK = "said_back"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class GoalState(StrEnum):
    """Set and not asked about yet; asked; how it went (``told``: only in their words); or nothing said."""

    SET = "set"
    ASKED = "asked"
    DID_IT = "did_it"
    A_BIT = "a_bit"
    NOT_YET = "not_yet"
    TOLD = "told"
    UNANSWERED = "unanswered"
    DROPPED = "dropped"


class MeetAgainState(StrEnum):
    """Somebody wishes it; the other is asked; both said yes, or not."""

    WISHED = "wished"
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    UNKNOWN = "unknown"


class ChampionState(StrEnum):
    INTERESTED = "interested"
    INVITED = "invited"
    CHECKING = "checking"
    ACTIVE = "active"
    LEFT = "left"


class SessionState(StrEnum):
    PLANNED = "planned"
    CALLED_OFF = "called_off"
    DONE = "done"


class CallState(StrEnum):
    """A call that staff make: on the list, made, no longer needed, or too late."""

    TO_MAKE = "to_make"
    MADE = "made"
    WITHDRAWN = "withdrawn"
    MISSED = "missed"


class TaskState(StrEnum):
    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"


class Urgency(StrEnum):
    URGENT = "urgent"
    SOON = "soon"
    ROUTINE = "routine"


class ReminderState(StrEnum):
    DUE = "due"
    HANDED_OVER = "handed_over"
    DONE = "done"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class ConversationState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class InboundState(StrEnum):
    RECORDED = "recorded"
    HANDLED = "handled"
    PARKED = "parked"


class OutboundKind(StrEnum):
    """Why a message goes out. It decides on quiet hours and caps."""

    REPLY = "reply"  # an answer to somebody who has just texted: any hour
    BEGUN = "begun"  # the service begins: not at night
    ALERT = "alert"  # to the people on the duty rota: any hour
    URGENT_HELP = "urgent_help"  # the numbers, to somebody in danger: any hour, never capped


class AskingState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"


class AppointmentState(StrEnum):
    """A time with a link worker. Unanswered and wanting another time are hers to take up."""

    OFFERED = "offered"
    BOOKED = "booked"
    OTHER_TIME = "other_time"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"
    KEPT = "kept"
    MISSED = "missed"


class LongWorkState(StrEnum):
    """How far a piece of long work is."""

    WAITING = "waiting"  # for somebody to say go
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    GIVEN_UP = "given_up"
