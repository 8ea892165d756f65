"""Forgetting somebody: what they hold is given back, their words go, and their phone stays silent."""
