"""Figures that a promise was held with, for whoever runs it at full size and wants more than "held"."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def note(words: str) -> None:
    """Add a figure to the file that ``FAULTS_FIGURES`` names; without one it is let go."""
    file = os.environ.get("FAULTS_FIGURES")
    if file:
        with Path(file).open("a", encoding="utf-8") as kept:
            kept.write(f"{words}\n")


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many per cent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
