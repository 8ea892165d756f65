"""What staff do, by name. The web desk, the simulator and the API all come through here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from wellbeing_bot.service import goals
from wellbeing_bot.service.activities import interests
from wellbeing_bot.service.calls import outcomes as call_outcomes
from wellbeing_bot.service.clinics import desk as clinics_desk
from wellbeing_bot.service.desk import (
    activities,
    champions,
    links,
    people,
    rewording,
    sessions,
    settings,
    tasks,
    writing,
)
from wellbeing_bot.service.desk.base import (
    ArgumentType,
    DeskAction,
    DeskError,
)
from wellbeing_bot.service.directory import desk as directory_desk
from wellbeing_bot.service.long_work import steps as long_work
from wellbeing_bot.service.lunches import desk as lunches_desk
from wellbeing_bot.service.monitors import desk as monitors_desk
from wellbeing_bot.service.questionnaires import desk as questionnaires_desk
from wellbeing_bot.service.rides import desk as rides_desk
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import desk as workers_desk
from wellbeing_bot.store import Audit


def known(action: str, args: Mapping[str, Any]) -> DeskAction:
    """The action of that name, its arguments checked.

    Raises:
        DeskError: no such action, or an argument is missing, unknown or of the wrong type.
    """
    found = DESK.get(action)
    if found is None:
        raise DeskError(f"there is no action {action!r}; there are {', '.join(sorted(DESK))}")
    for name in args:
        if name not in found.takes:
            raise DeskError(f"{action} takes no {name!r}; it takes {', '.join(found.takes) or 'nothing'}")
    for name, argument in found.takes.items():
        if args.get(name) is None:
            if argument.needed:
                raise DeskError(f"{action} needs {name}: {argument.about}")
        elif not _fits(args[name], argument.type):
            raise DeskError(f"{name} of {action} must be {_TYPE_WORDS[argument.type]}")
    return found


_TYPE_WORDS: Mapping[ArgumentType, str] = {
    "id": "a whole number",
    "text": "text",
    "yes_no": "true or false",
    "moment": "a time such as 2026-11-26T10:00",
    "date": "a date such as 2026-11-26",
    "time": "a time of day such as 10:00",
    "list": "a list",
}


def _fits(value: Any, kind: ArgumentType) -> bool:
    try:
        match kind:
            case "id":
                return isinstance(value, int) and not isinstance(value, bool)
            case "yes_no":
                return isinstance(value, bool)
            case "list":
                return isinstance(value, list)
            case "moment":
                return isinstance(value, str) and datetime.fromisoformat(value) is not None
            case "date":
                return isinstance(value, str) and datetime.strptime(value, "%Y-%m-%d") is not None  # noqa: DTZ007 - a date
            case "time":
                return isinstance(value, str) and time.fromisoformat(value) is not None
            case _:
                return isinstance(value, str)
    except ValueError:
        return False


def perform(work: Work, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """Do it, and keep who did."""
    found = known(action, args)
    result = found.run(work, args)
    person_id = result.get("person") if isinstance(result.get("person"), int) else args.get("person")
    if work.inbound is not None and isinstance(person_id, int):
        work.inbound.person_id = person_id  # so that what was typed about somebody is found again
    work.session.add(
        Audit(
            network_id=work.network.id,
            by=work.actor,
            what=action,
            person_id=person_id if isinstance(person_id, int) else None,
            details={name: value for name, value in args.items() if isinstance(value, int | bool)},
            at=work.now,
        )
    )
    work.session.flush()
    return result


DESK: Mapping[str, DeskAction] = {
    **writing.ACTIONS,
    **sessions.ACTIONS,
    **tasks.ACTIONS,
    **people.ACTIONS,
    **long_work.ACTIONS,
    **rewording.ACTIONS,
    **activities.ACTIONS,
    **champions.ACTIONS,
    **settings.ACTIONS,
    **rides_desk.ACTIONS,
    **lunches_desk.ACTIONS,
    **questionnaires_desk.ACTIONS,
    **call_outcomes.ACTIONS,
    **links.ACTIONS,
    **workers_desk.ACTIONS,
    **directory_desk.ACTIONS,
    **clinics_desk.ACTIONS,
    **interests.ACTIONS,
    **goals.ACTIONS,
    **monitors_desk.ACTIONS,
}
