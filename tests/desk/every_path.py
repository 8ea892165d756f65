"""An address for every page of the desk that can be opened, in the demo's story."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import func, select

from wellbeing_bot.app import App
from wellbeing_bot.store import Champion, Group, LongWork, Person, Place, Ride, RideProvider, Session_, Task
from wellbeing_bot.web.desk import (
    forms_groups,
    forms_people,
    forms_places,
    forms_sessions,
    forms_wishes,
    forms_workers,
    pages,
)

SHOWN_BY_SIGNING_IN = {
    "/desk",
    "/desk/code",
    "/desk/set-up-code",
    "/desk/welcome/{token}",
    "/desk/organisation",
    "/desk/organisation/back",
}
SHOWN_FORMS = {
    "/desk/people/{person:int}/carer",
    "/desk/places/{place:int}/ride",
    "/desk/people/refer",
}
"""Small forms are one template; these three hold every kind of field."""

OTHER_FORMS = {
    form.path
    for module in (forms_people, forms_groups, forms_sessions, forms_workers, forms_places, forms_wishes)
    for form in module.FORMS
} - SHOWN_FORMS

PLACEHOLDER = re.compile(r"\{(\w+)(?::int)?\}")


def rows_of(app: App) -> Mapping[str, Any]:
    """A row of each kind that has something to show."""
    with app.database.reading() as session:
        ride = session.scalars(select(Ride).order_by(Ride.id)).first()
        place = session.scalars(
            select(Place)
            .join(Session_, Session_.id == Place.session_id)
            .where(Session_.starts_at > app.clock.now())
        ).first()
        walter = session.scalar(select(Person.id).where(Person.key == "walter"))
        assert ride is not None
        assert place is not None
        return {
            "person": walter,
            "task": session.scalar(select(func.min(Task.id))),
            "group": session.scalar(select(func.min(Group.id))),
            "session": place.session_id,
            "place": place.id,
            "lift": ride.session_id,
            "provider": session.scalar(select(func.min(RideProvider.id))),
            "champion": session.scalar(select(func.min(Champion.person_id))),
            "long_work": session.scalar(select(func.min(LongWork.id))),
            "erased": session.scalar(select(func.min(Person.id)).where(Person.erased_at.is_not(None))),
            "number": 0,
            "name": "hello",
            "key": "notices.day_before.say",
        }


def paths(app: App) -> dict[str, str]:
    """Name of a picture -> address, for every page that is looked at."""
    rows = rows_of(app)
    made = {}
    for page in pages(demo=True):
        if page.method != "GET" or page.path in SHOWN_BY_SIGNING_IN | OTHER_FORMS:
            continue
        if page.path.endswith("/csv") or ("{erased" in page.path and rows["erased"] is None):
            continue
        about = {**rows, "session": rows["lift"]} if "/lifts/" in page.path else rows
        path = PLACEHOLDER.sub(partial(_fill, about), page.path)
        name = PLACEHOLDER.sub("one", page.path.removeprefix("/desk/")).replace("/", "-")
        made[name] = path
    return made


def _fill(about: Mapping[str, Any], found: re.Match[str]) -> str:
    return str(about[found[1]])
