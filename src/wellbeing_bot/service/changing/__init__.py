"""Changing one's mind: not coming, leaving, pausing, moving, "remind me". What hangs on it follows."""

from wellbeing_bot.service.changing.calling import call_off, call_off_all
from wellbeing_bot.service.changing.hearing import change
from wellbeing_bot.service.changing.pausing import pause_until
from wellbeing_bot.service.changing.targets import Target, promised, targets

__all__ = ["Target", "call_off", "call_off_all", "change", "pause_until", "promised", "targets"]
