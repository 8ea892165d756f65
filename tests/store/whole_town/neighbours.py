"""The network next door, in the same deployment: its own number, bot, groups, staff and people."""

from __future__ import annotations

from typing import Any

SLUG = "kittiwake-cliffs"
LINES = {"sms": "+447700900002", "telegram": "7700900002"}


def document() -> dict[str, Any]:
    """A network of its own, without the people who text it."""
    return {
        "network": {"slug": SLUG, "name": "Kittiwake Cliffs Primary Care Network", "zone": "Europe/London"},
        "settings": {"service_name": "Kittiwake Wellbeing", "monitors": 1, "quiet_until": "09:00"},
        "lines": [{"sms": "07700 900002"}, {"telegram": 7700900002}],
        "practices": [{"name": "Clifftop Surgery", "also": ["clifftop"]}],
        "venues": [
            {"name": "The Lookout", "address": "Cliff Road", "postcode": "CT9", "step_free": True},
        ],
        "groups": [
            _group("clifftop-ramble", "Clifftop Ramble", "walk", "FREQ=WEEKLY;BYDAY=MO", "10:30"),
            _group("lookout-lunch", "Lookout Lunch", "lunch", "FREQ=WEEKLY;BYDAY=TH", "12:00", capacity=8),
            _group(
                "quiet-hour", "Quiet Hour", "bereavement", "FREQ=WEEKLY;BYDAY=WE", "14:00", sensitive=True
            ),
        ],
        "people": [
            {"key": "k-una", "first_name": "Una", "roles": ["coordinator"], "phone": "07700 900910"},
            {"key": "k-rhys", "first_name": "Rhys", "roles": ["link_worker"], "phone": "07700 900911"},
            _champion("k-wyn", "Wyn", "07700 900912", ["clifftop-ramble", "lookout-lunch"]),
            _champion("k-vera", "Vera", "07700 900913", ["clifftop-ramble", "quiet-hour"]),
        ],
        "duty": [{"person": "k-una"}, {"person": "k-rhys"}],
    }


def _group(key: str, name: str, kind: str, schedule: str, start: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "name": name,
        "kind": kind,
        "venue": "The Lookout",
        "meeting_point": "the seat in front of the Lookout",
        "schedule": schedule,
        "start": start,
        "minutes": 90,
        **more,
    }


def _champion(key: str, name: str, phone: str, groups: list[str]) -> dict[str, Any]:
    checks = {"dbs_until": "+400 days", "badge_until": "+400 days", "training_until": "+400 days"}
    return {"key": key, "first_name": name, "phone": phone, "champion": {"groups": groups, **checks}}
