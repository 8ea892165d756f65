"""The document that sets up the simulator: an import, and the state that people and sessions are in.

Described for those who write one, field by field, in docs/simulator-setup.md.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from wellbeing_bot.service.importing.documents import NetworkIn, Part
from wellbeing_bot.service.importing.fields import (
    Count,
    Day,
    Flag,
    Key,
    LongText,
    Moment,
    Text20,
    Text40,
    Text60,
    Text120,
    Text160,
    Text200,
    WallTime,
    Words,
)
from wellbeing_bot.service.importing.people_documents import AddressIn, Document, PersonIn
from wellbeing_bot.service.importing.setup_place_documents import PlaceSetup
from wellbeing_bot.store.states import AskingState, ReferralState, SessionState, TaskState, Urgency


class SessionSetup(Part):
    """One dated session. ``on`` is the local date; what is left out is as the group has it."""

    key: Key | None = None
    group: Key = Field(examples=["harbour-walk"])
    on: Day = Field(examples=["2026-11-26"])
    start: WallTime | None = None
    minutes: Count | None = None
    capacity: Count | None = None
    venue: Text120 | None = None
    meeting_point: Text160 | None = None
    state: SessionState | None = None
    why_off: Text200 = ""


class ReferralSetup(Part):
    """An episode. Moments that are left out follow from the state."""

    state: ReferralState = ReferralState.WAITING
    source: Literal["self", "gp", "carer", "champion", "staff"] = "self"
    referrer: Text120 = ""
    referred_by: Key | None = None
    consent: Text200 = ""
    concerns: Words = ()
    own_words: LongText = ""
    link_worker: Key | None = None
    opened: Moment | None = None
    first_contact: Moment | None = None
    booked: Moment | None = None
    active: Moment | None = None
    closed: Moment | None = None
    outcome: Text200 = ""


class MembershipSetup(Part):
    """A place on a group week after week; written as the group's key alone where nothing else is said."""

    group: Key = Field(examples=["harbour-walk"])
    since: Moment | None = None
    ended: Moment | None = None
    why_ended: Text40 = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"group": value} if isinstance(value, str) else value


class ProxySetup(Part):
    """Somebody who gets this person's messages."""

    person: Key = Field(examples=["daughter"])
    relation: Text40 = ""
    consent: Text200 = "said so on the telephone"
    gets_messages: Flag = True
    since: Moment | None = None
    ended: Moment | None = None


class HoldSetup(Part):
    """A human has the conversation with this person."""

    why: Text40 = "asked for a person"
    by: Text120 = ""
    since: Moment | None = None
    until: Moment | None = None


class QuestionnaireSetup(Part):
    """One time an instrument is put to somebody. An answer is a number; ``skip`` skips the question."""

    instrument: Text40 = Field(examples=["ons4"])
    point: Text20 = "entry"
    state: AskingState | None = None
    mode: Literal["self_by_text", "read_out_by_staff"] = "self_by_text"
    group: Key | None = None
    session: Key | None = None
    due: Moment | None = None
    opened: Moment | None = None
    begun: Moment | None = None
    closed: Moment | None = None
    answers: dict[str, int | Literal["skip"]] = Field(default_factory=dict)
    quotation: LongText = ""
    quotation_consent: Flag = False


class TaskSetup(Part):
    """Something on the worklist."""

    kind: Text40 = Field(examples=["asks_for_person"])
    summary: LongText = ""
    urgency: Urgency = Urgency.ROUTINE
    state: TaskState = TaskState.RAISED
    person: Key | None = None
    assigned_to: Text120 = ""
    raised: Moment | None = None
    due: Moment | None = None


class InterestSetup(Part):
    """Would come to a group that does not run yet (``group``), or if there were one (``words``)."""

    group: Key | None = None
    words: LongText = ""
    at: Moment | None = None
    told: Moment | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"group": value} if isinstance(value, str) else value


class AddressSetup(AddressIn):
    """An address; ``simulate`` is how its phone behaves when the simulator delivers to it."""

    simulate: Literal["ok", "landline", "unreachable", "opted_out", "blocked", "busy", "unknown"] = "ok"


class PersonSetup(PersonIn):
    """Somebody and the state they are in."""

    key: Key = Field(examples=["jean"])
    addresses: tuple[AddressSetup, ...] = ()
    agreed: Flag = True
    under_16: Flag = False
    referral: ReferralSetup | None = None
    earlier_referrals: tuple[ReferralSetup, ...] = ()
    memberships: tuple[MembershipSetup, ...] = ()
    places: tuple[PlaceSetup, ...] = ()
    proxies: tuple[ProxySetup, ...] = ()
    hold: HoldSetup | None = None
    questionnaires: tuple[QuestionnaireSetup, ...] = ()
    interested_in: tuple[InterestSetup, ...] = ()
    tasks: tuple[TaskSetup, ...] = ()


class SetupDocument(Document):
    """A network, everybody in it, and how things stand at the start."""

    network: NetworkIn = Field(examples=["{slug: herring-bay, name: Herring Bay}"])
    start: Text60 | None = None
    sessions: tuple[SessionSetup, ...] = ()
    people: tuple[PersonSetup, ...] = ()
    tasks: tuple[TaskSetup, ...] = ()
