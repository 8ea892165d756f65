"""Conversations drawn as SVG by the server: no script, nothing from anywhere else."""

from wellbeing_bot.web.desk.diagram.drawing import draw

__all__ = ["draw"]
