"""What counts as a lunch. Pure."""

from __future__ import annotations

from wellbeing_bot.store import Group


def is_lunch(group: Group) -> bool:
    """A group where people eat, or where agencies come to see them: diet and companions are asked about."""
    return group.kind == "lunch" or "lunch" in group.tags or bool(group.agencies)
