"""``wellbeing-bot erase``: forget one person for good, through the same door as the desk."""

from __future__ import annotations

import sys
from datetime import datetime

from wellbeing_bot.app import build_deployment
from wellbeing_bot.config import Settings
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.road import Road
from wellbeing_bot.store import Person
from wellbeing_bot.store.database import Database

ACTOR = "the command line"


def run(settings: Settings, person: int, now: datetime, *, sure: bool) -> int:
    """Erase the person with that number on the desk. Exit code 0 when it is done."""
    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            row = session.get(Person, person)
            network_id = row.network_id if row is not None else None
        if network_id is None:
            print(
                f"there is no person {person}; their number stands in the address of their page on the desk"
            )
            return 1
        road = Road(database, build_deployment(settings, demo=False))
        road.perform(network_id, "erase", ACTOR, {"person": person, "sure": sure}, now)
    except DeskError as error:
        print(f"nothing was erased: {error}", file=sys.stderr)
        return 1
    finally:
        database.close()
    print("Erased. Nobody at that phone is texted again unless they text START.")
    return 0
