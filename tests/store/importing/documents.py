"""A small document to put things into."""

from __future__ import annotations

from typing import Any


def base(**more: Any) -> dict[str, Any]:
    """A small document with more in it."""
    document: dict[str, Any] = {
        "network": {"slug": "a", "name": "A"},
        "lines": [{"sms": "+447700900000"}],
        "groups": [{"key": "walk", "name": "Walk", "schedule": "FREQ=WEEKLY;BYDAY=TH"}],
        "people": [
            {"key": "jean", "first_name": "Jean", "phone": "+447700900001"},
            {"key": "amir", "first_name": "Amir", "champion": {"groups": ["walk"]}},
        ],
    }
    return {**document, **more}


def jean(**state: Any) -> dict[str, Any]:
    """The small document with Jean in some state."""
    document = base()
    document["people"][0] |= state
    return document
