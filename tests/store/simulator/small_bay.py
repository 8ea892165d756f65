"""A small set-up document: two volunteers, two patients, somebody on duty, a couple with one phone."""

from __future__ import annotations

from typing import Any

START = "2026-11-23T09:00"  # a Monday

SMALL_BAY: dict[str, Any] = {
    "start": START,
    "network": {"slug": "small-bay", "name": "Small Bay"},
    "settings": {"service_name": "Small Bay Wellbeing"},
    "lines": [{"sms": "+447700900000"}, {"telegram": "770090"}],
    "venues": [{"name": "Quay Hall", "postcode": "CT5"}],
    "groups": [
        {
            "key": "walk",
            "name": "Bay Walk",
            "kind": "walk",
            "venue": "Quay Hall",
            "schedule": "FREQ=WEEKLY;BYDAY=TH",
            "start": "10:00",
        }
    ],
    "people": [
        {"key": "amir", "first_name": "Amir", "phone": "+447700900101", "champion": {"groups": ["walk"]}},
        {"key": "sunita", "first_name": "Sunita", "phone": "+447700900102", "roles": ["coordinator"]},
        {
            "key": "jean",
            "first_name": "Jean",
            "last_name": "Aldous",
            "phone": "+447700900201",
            "referral": {"state": "booked", "concerns": ["loneliness"]},
            "places": [{"group": "walk", "on": "next", "meeting": {"champion": "amir"}}],
        },
        {"key": "frank", "first_name": "Frank", "telegram": "7700900202"},
        {"key": "stan", "first_name": "Stan", "last_name": "Ridley", "phone": "+447700900203"},
        {"key": "mavis", "first_name": "Mavis", "last_name": "Ridley", "phone": "+447700900203"},
        {"key": "walter", "first_name": "Walter", "phone": "+447700900204", "memberships": ["walk"]},
    ],
    "duty": [{"person": "sunita"}],
    "tasks": [{"kind": "asks_for_person", "summary": "Ring her.", "person": "jean"}],
}
