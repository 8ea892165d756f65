"""Putting what the files say into rows: making what is new, changing what differs, leaving the rest alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session

from wellbeing_bot.service.importing.on_record import OnRecord
from wellbeing_bot.service.importing.summary import Counts
from wellbeing_bot.store import Base, Network

Row = TypeVar("Row", bound=Base)


@dataclass
class Writing:
    """One import under way, in one transaction."""

    session: Session
    network: Network
    record: OnRecord
    now: datetime
    step: Callable[[str], None] = lambda _: None  # called once for each thing written, with its kind
    counts: dict[str, Counts] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def wrote(self, kind: str, *, new: bool, changed: bool) -> None:
        """Count one thing and move the bar."""
        counts = self.counts.setdefault(kind, Counts())
        counts.new += new
        counts.changed += changed and not new
        counts.same += not changed and not new
        self.step(kind)


def values(model: BaseModel, names: Iterable[str], *, new: bool) -> dict[str, Any]:
    """The values of some fields as columns take them: all of them for a new row, else those written."""
    chosen = [name for name in names if new or name in model.model_fields_set]
    return {name: _column(getattr(model, name)) for name in chosen}


def _column(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def fill(row: Base, columns: dict[str, Any]) -> bool:
    """Set columns; True when any of them was different."""
    changed = False
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def add(writing: Writing, row: Row, columns: dict[str, Any]) -> Row:
    """A new row, with its id."""
    fill(row, columns)
    writing.session.add(row)
    writing.session.flush()
    return row
