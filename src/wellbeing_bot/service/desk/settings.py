"""What an administrator sets for the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from pydantic import ValidationError

from wellbeing_bot.service.desk.base import DeskAction, DeskError, optional
from wellbeing_bot.service.settings import read_network_settings
from wellbeing_bot.service.work import Work

TIMES = ("quiet_from", "quiet_until", "office_from", "office_until")
NUMBERS = (
    "urgent_acknowledge_minutes",
    "not_there_due_hours",
    "offer_hours",
    "hold_hours",
    "sessions_ahead_days",
    "cap_per_address_a_day",
    "cap_per_network_a_day",
)
TEXTS = ("service_name", "privacy_url")


def change_settings(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what was given; what was left out stays as it is."""
    stored = dict(work.network.settings)
    for name in (*TEXTS, *TIMES, *NUMBERS, "show_nhs_logo"):
        if args.get(name) is not None:
            stored[name] = args[name]
    if args.get("languages") is not None:
        stored["languages"] = _languages(work, args["languages"])
    for name in NUMBERS:
        if name in stored and not 1 <= stored[name] <= 1_000_000:
            raise DeskError(f"{name.replace('_', ' ')} must be at least 1")
    if not str(stored.get("service_name", "x")).strip():
        raise DeskError("write the name that texts are signed with")
    address = str(stored.get("privacy_url", ""))
    if address and not address.startswith("https://"):
        raise DeskError("write the whole address of the privacy notice, beginning with https://")
    for name in TIMES:
        if name in stored:
            stored[name] = time.fromisoformat(str(stored[name])).strftime("%H:%M")
    try:
        read_network_settings(stored)
    except ValidationError as error:
        first = error.errors()[0]
        raise DeskError(f"{first['loc'][0]} is wrong: {first['msg']}") from None
    work.network.settings = stored
    work.session.flush()
    return {}


def _languages(work: Work, wanted: Sequence[Any]) -> list[str]:
    known = {"en", *work.deployment.scripts.languages}
    unknown = [str(tag) for tag in wanted if tag not in known]
    if unknown:
        raise DeskError(f"there is no language {unknown[0]!r}; there is {', '.join(sorted(known))}")
    return [str(tag) for tag in wanted]


ACTIONS: Mapping[str, DeskAction] = {
    "change_settings": DeskAction(
        "Change what the network has set for itself.",
        {
            **{name: optional("text", name.replace("_", " ")) for name in TEXTS},
            **{name: optional("time", name.replace("_", " ")) for name in TIMES},
            **{name: optional("id", name.replace("_", " ")) for name in NUMBERS},
            "languages": optional("list", "languages to use; drafts are used only where they are listed"),
            "show_nhs_logo": optional("yes_no", "whether the desk shows the NHS logo; only where it may"),
        },
        change_settings,
    ),
}
