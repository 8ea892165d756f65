"""Accounts of the desk: who may sign in, how they prove it, and which browsers they are signed in at."""

from wellbeing_bot.service.accounts.keys import Keys
from wellbeing_bot.service.accounts.roles import DeskRole

__all__ = ["DeskRole", "Keys"]
