"""Calls that staff make to people who cannot be texted: what to say, what came of it, and the day's list."""
