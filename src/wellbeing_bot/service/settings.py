"""What a network may set for itself, with defaults that are safe in England."""

from __future__ import annotations

import json
from datetime import time
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class EmergencyNumbers(BaseModel):
    """Numbers given to somebody in danger. Defaults: England, as published by the NHS and the charities."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suicide: str = (
        "Please ring 999 now if your life is at risk. Any time: NHS 111, option 2. Samaritans 116 123, free. "
        "Or text SHOUT to 85258."
    )
    self_harm: str = (
        "Please ring 999 now if you are badly hurt. Any time: NHS 111, option 2. Samaritans 116 123, free. "
        "Or text SHOUT to 85258."
    )
    abuse: str = (
        "In danger now, ring 999; if you cannot speak, press 55. "
        "Domestic abuse helpline, free, any time: 0808 2000 247."
    )
    medical: str = "This sounds urgent. Please ring 999 now. We cannot send help from here."
    safeguarding_child: str = (
        "If a child is in danger now, ring 999. Childline for anyone under 19, free, any time: 0800 1111. "
        "NSPCC for adults: 0808 800 5000."
    )
    under_16: str = "Childline is there for you, free, any time: 0800 1111 or childline.org.uk."
    neutral: str = "If you need help at once, ring 999."
    talk: str = "To talk to somebody now, ring Samaritans: 116 123, free, any time."


class NetworkSettings(BaseModel):
    """Settings of one network. Times are local wall time, HH:MM."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service_name: str = "Wellbeing Bot"
    quiet_from: time = time(20, 0)
    quiet_until: time = time(8, 0)
    office_from: time = time(9, 0)
    office_until: time = time(17, 0)
    office_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    numbers: EmergencyNumbers = Field(default_factory=EmergencyNumbers)
    privacy_url: str = ""
    concerns: tuple[str, ...] = (
        "mental health",
        "money",
        "housing",
        "bereavement",
        "loneliness",
        "social care",
        "weight",
        "domestic abuse",
        "drink or drugs",
    )
    urgent_acknowledge_minutes: int = 15
    not_there_due_hours: int = 24
    offer_hours: int = 24
    hold_hours: int = 72
    silence_hours: int = 48
    monitors: int = 0  # blood pressure monitors there are to lend, in all
    monitor_loan_days: int = 14
    sessions_ahead_days: int = 56
    cap_per_address_a_day: int = 40
    cap_per_network_a_day: int = 20_000
    questionnaires: dict[str, Any] = Field(default_factory=dict)
    snomed: dict[str, str] = Field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)  # drafts switched on here; those that are ready always are
    show_nhs_logo: bool = False
    wording: dict[str, str] = Field(default_factory=dict)  # key, or language/key -> the network's own words
    price_per_part_pence: float = 4.0


def read_network_settings(stored: dict[str, Any]) -> NetworkSettings:
    """The settings as stored; what is not stored has its default."""
    return _read(json.dumps(stored, sort_keys=True))


@lru_cache(maxsize=256)
def _read(stored: str) -> NetworkSettings:
    """Every turn asks for its network's settings, and they hardly ever change."""
    return NetworkSettings.model_validate_json(stored)
