"""The instruments of this deployment, and what each network has decided about asking."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from wellbeing_bot.questionnaires import loader, plan_file
from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.plan_file import Settings

LICENSED = "licensed"
"""The folder beside one's own instruments that holds the local files of licensed statements."""


class Library:
    """Instruments, and networks' settings as they were read. Built once; never changed afterwards."""

    def __init__(self, instruments: Instruments) -> None:
        self.instruments = instruments
        self._read: dict[str, Settings] = {}

    @classmethod
    def load(cls, folder: Path | None = None) -> Library:
        """What ships here, what a deployment adds, and the licensed statements it has.

        Args:
            folder: instruments of one's own, ``*.yaml``, and licensed statements in ``licensed/`` below it,
                each file named after its instrument.

        Raises:
            FileErrors: an instrument file is wrong. A licensed file only switches its instrument off.
        """
        licensed = {path.stem: path for path in (folder / LICENSED).glob("*.yaml")} if folder else {}
        return cls(loader.load(folder, licensed))

    def instrument(self, id: str) -> Instrument | None:
        """An instrument that is on here, or None."""
        return self.instruments.on.get(id)

    def settings(self, written: dict[str, Any], zone: str) -> Settings:
        """What a network has decided: the keys of a plan file, and the standard ones for those it leaves out.

        Raises:
            FileErrors: the settings are wrong; the message says where and what to write.
        """
        key = json.dumps([zone, written])
        if key not in self._read:
            whole = {**_standard(), "zone": zone, **_ordered(written)}
            text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)
            self._read[key] = plan_file.read_settings(text, "questionnaires", self.instruments)
        return self._read[key]


@cache
def _standard() -> dict[str, Any]:
    text = (files("wellbeing_bot.questionnaires") / "standard_plans.yaml").read_text(encoding="utf-8")
    keys: dict[str, Any] = yaml.safe_load(text)
    return keys


def _ordered(written: dict[str, Any]) -> dict[str, Any]:
    """The same settings, each point below the one it follows: a database keeps no order of keys."""
    plans = written.get("plans")
    if not isinstance(plans, list):
        return written
    return {**written, "plans": [_with_points_ordered(plan) for plan in plans]}


def _with_points_ordered(plan: Any) -> Any:
    points = plan.get("points") if isinstance(plan, dict) else None
    if not isinstance(points, dict):
        return plan
    placed: dict[str, Any] = {}
    left = dict(points)
    while left:
        ready = [name for name, point in left.items() if _follows(point) not in left] or list(left)
        placed |= {name: left.pop(name) for name in ready}
    return {**plan, "points": placed}


def _follows(point: Any) -> Any:
    return point.get("follows") if isinstance(point, dict) else None
