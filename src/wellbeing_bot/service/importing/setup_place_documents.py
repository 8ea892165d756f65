"""What a set-up document says about a place on a session: the meeting and the ride that hang on it."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from wellbeing_bot.service.importing.documents import Part
from wellbeing_bot.service.importing.fields import (
    AnyPhone,
    Count,
    Day,
    Flag,
    Key,
    Moment,
    Text20,
    Text40,
    Text120,
    Text200,
    WallTime,
    Words,
    wrong,
)
from wellbeing_bot.store.states import MeetingState, PlaceState, RideState

Said = Literal["came", "did_not"]


class MeetingSetup(Part):
    """A champion asked to meet this person. One that is ``asked`` has the question open on their phone."""

    champion: Key = Field(examples=["amir"])
    state: MeetingState = MeetingState.ACCEPTED
    round: Count = 1
    asked: Moment | None = None
    deadline: Moment | None = None
    answered: Moment | None = None
    withdrawn_by: Literal["", "patient", "champion", "staff"] = ""
    champion_said: Said | None = None
    patient_said: Said | None = None


class RideSetup(Part):
    """Transport there and home."""

    state: RideState = RideState.REQUESTED
    provider: Text120 | None = None
    there: Flag = True
    back: Flag = True
    pick_up: Text200 = ""
    needs: Words = ()
    party: Count = 1
    phone: AnyPhone | None = None
    late: Flag = False
    window_from: WallTime | None = None
    window_until: WallTime | None = None
    why_refused: Text200 = ""
    requested: Moment | None = None
    sent: Moment | None = None
    answered: Moment | None = None

    @model_validator(mode="after")
    def _has_window(self) -> RideSetup:
        if self.state is RideState.CONFIRMED and (self.window_from is None or self.window_until is None):
            raise wrong(
                "a confirmed ride has a pick-up window", 'Write window_from: "11:10" and window_until:'
            )
        return self


class On(Part):
    """Which session of a group: on a date, or counted from the start: the next (0), the one after (1) ..."""

    date: Day | None = None
    count: int = 0  # 0 is the next to come, 1 the one after; -1 is the last that was


class PlaceSetup(Part):
    """A sign-up, either on a session of the document or on a group's session on a day."""

    session: Key | None = None
    group: Key | None = None
    on: On = On()
    state: PlaceState = PlaceState.BOOKED
    why_off: Text40 = ""
    first_time: Flag | None = None
    party: Count = 1
    queued: Moment | None = None
    wants_meeting: Flag = False
    prefers: Literal["", "woman", "man"] = ""
    meetings: tuple[MeetingSetup, ...] = ()
    ride: RideSetup | None = None
    patient_said: Said | None = None
    champion_said: Said | None = None
    register_said: Said | None = None
    home_safe: Flag | None = None
    meet_again: Flag | None = None
    checked_in: Moment | None = None
    source: Text20 = "self"

    @field_validator("on", mode="before")
    @classmethod
    def _which(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        words = value.strip().lower().replace(" ", "")
        if found := re.fullmatch(r"next(?:\+(\d{1,3}))?", words):
            return On(count=int(found[1] or 0))
        if found := re.fullmatch(r"last(?:-(\d{1,3}))?", words):
            return On(count=-1 - int(found[1] or 0))
        return On.model_validate({"date": value}, context=info.context)

    @model_validator(mode="before")
    @classmethod
    def _meeting(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        value = dict(value)
        if "meeting" in value:
            value["meetings"] = [*value.get("meetings", ()), value.pop("meeting")]
        if value.get("state") == "declined":
            value |= {"state": "withdrawn", "why_off": value.get("why_off", "declined")}
        return value

    @model_validator(mode="after")
    def _one(self) -> PlaceSetup:
        if (self.session is None) == (self.group is None):
            raise wrong("a place is on one session", "Write session: and its key, or group: and on:")
        return self
