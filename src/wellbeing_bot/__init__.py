"""Wellbeing Bot: people in social prescribing are met at the door, by text."""

__version__ = "0.2.0"
