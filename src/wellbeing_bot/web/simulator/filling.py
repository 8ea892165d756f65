"""Putting a story's beginning on record: an empty database, a network and everybody in it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from wellbeing_bot.clock import DemoClock
from wellbeing_bot.service.importing.setup import SetUp, SetupSource, apply_setup, setup_start
from wellbeing_bot.service.work import Deployment
from wellbeing_bot.store.wipe import wipe
from wellbeing_bot.understanding.understand import understand
from wellbeing_bot.web.simulator.behaving import Behaving

if TYPE_CHECKING:
    from wellbeing_bot.app import App

USUAL_START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""Monday 2 November 2026 at nine: where a story begins that does not say. The same each time."""


@dataclass(frozen=True)
class Began:
    """How a story begins."""

    at: datetime
    made: SetUp


def demo_network() -> str:
    """The set-up document that ships with the package, as YAML."""
    return (files("wellbeing_bot") / "data" / "demo_network.yaml").read_text(encoding="utf-8")


def begin(
    session: Session, deployment: Deployment, document: SetupSource | None, start: datetime | None
) -> Began:
    """Empty the database and put a document on record, the demo network where none is given.

    Raises:
        ImportErrors: everything that is wrong with the document; nothing is changed then.
    """
    source = demo_network() if document is None else document
    at = start or setup_start(source, USUAL_START)
    wipe(session)
    return Began(at, apply_setup(session, source, at, deployment))


def settle_in(app: App, began: Began) -> None:
    """Set the clock, and tell the simulated phones how to behave."""
    assert isinstance(app.clock, DemoClock), "only the demo's clock can be moved"
    app.clock.move_to(began.at)
    for channel in app.channels.values():
        if isinstance(channel, Behaving):
            channel.reset()
    for address, how in began.made.behaviours.items():
        channel = app.channels[address.channel]
        if isinstance(channel, Behaving):
            channel.behave(address, how)


def fill(app: App, document: Mapping[str, Any] | None = None) -> None:
    """Begin the demo's story, when its process starts. The vocabulary is read meanwhile."""
    settle_in(app, app.database.run(lambda session: begin(session, app.deployment, document, None)))
    now = app.clock.now()
    threading.Thread(target=lambda: understand("hello", (), now=now), name="vocabulary", daemon=True).start()
