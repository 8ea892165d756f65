"""What staff do with the directory: keep it right, and give a service to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service.desk.base import PERSON, Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.directory import entries, giving
from wellbeing_bot.service.directory.wishes import may_be_named
from wellbeing_bot.service.people import reach
from wellbeing_bot.service.phones import PhoneError, read_phone
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DirectoryService, Person
from wellbeing_bot.understanding.needs import known_needs

SERVICE = Argument("id", "the service's number")


def put_service(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Put a service into the directory, or change the one of that name. What is left out stays as it was."""
    name = args["name"].strip()
    row = work.session.scalar(
        select(DirectoryService).where(
            DirectoryService.network_id == work.network.id, DirectoryService.name == name
        )
    )
    if row is None:
        row = DirectoryService(
            network_id=work.network.id, name=name, needs=[], line="", phone="", opens="", for_whom="", area=[]
        )
    if args.get("needs") is not None:
        row.needs = [_need(need) for need in args["needs"]]
    if not row.needs:
        raise DeskError("a service is for one need or more; say which")
    _words(row, args)
    row.checked_on = work.local_now.date()
    row.ended_on = None
    if not name or len(entries.line_of(row)) > entries.LONGEST_LINE:
        raise DeskError(
            f"name, line, when, for whom and phone together may have {entries.LONGEST_LINE} letters"
        )
    work.session.add(row)
    work.session.flush()
    return {"service": row.id, "text": entries.line_of(row)}


def _need(written: object) -> str:
    if written not in known_needs():
        raise DeskError(f"{written!r} is no need; there are {', '.join(known_needs())}")
    return str(written)


def _words(row: DirectoryService, args: Mapping[str, Any]) -> None:
    for name in ("line", "opens", "for_whom", "postcode"):
        if args.get(name) is not None:
            setattr(row, name, args[name].strip())
    if args.get("area") is not None:
        row.area = [str(code).strip().upper() for code in args["area"]]
    if args.get("sensitive") is not None:
        row.sensitive = args["sensitive"]
    if args.get("phone"):
        try:
            row.phone = read_phone(args["phone"]).value
        except PhoneError as error:
            raise DeskError(str(error)) from None


def end_service(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The service is there until a day, or is gone already: it is not given any more after that."""
    row = find(work, DirectoryService, args["service"], "service")
    written = args.get("on")
    today = work.local_now.date()
    row.ended_on = date.fromisoformat(written) if written else date.fromordinal(today.toordinal() - 1)
    return {"service": row.id, "ended_on": row.ended_on.isoformat()}


def checked_service(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody has looked: the service is as the directory says."""
    row = find(work, DirectoryService, args["service"], "service")
    row.checked_on = work.local_now.date()
    return {"service": row.id, "checked_on": row.checked_on.isoformat()}


def give_service(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Text somebody a service, and keep that they were given it."""
    row = find(work, DirectoryService, args["service"], "service")
    person = find(work, Person, args["person"], "person")
    address = reach(work, person)
    if address is None:
        raise DeskError("there is no way to text them; ring them instead")
    if row.sensitive and not may_be_named(work, address):
        raise DeskError("others read that phone, and this service is not named there; ring them instead")
    said = tell(
        work,
        person,
        "service_given",
        {"line": entries.line_of(row)},
        address=address,
        occurrence=f"service_given:{row.id}:{person.id}:{work.local_now.date()}",
    )
    if said is not None:
        giving.keep(work, person, [row], row.needs, by=work.actor)
    return {"service": row.id, "person": person.id, "sent": said is not None}


ACTIONS: Mapping[str, DeskAction] = {
    "put_service": DeskAction(
        "Put a service into the directory, or change the one of that name.",
        {
            "name": Argument("text", "what it is called"),
            "needs": optional("list", "what it is for, in words of the taxonomy: food, benefits"),
            "line": optional("text", "one plain line: hot meals for 2 pounds"),
            "phone": optional("text", "its telephone number"),
            "opens": optional("text", "when, in words"),
            "postcode": optional("text", "where it is; its first half will do"),
            "area": optional("list", "first halves of the postcodes it is for; everybody if left out"),
            "for_whom": optional("text", "who may use it, in words"),
            "sensitive": optional("yes_no", "not named on a phone that others read"),
        },
        put_service,
    ),
    "end_service": DeskAction(
        "A service is not given any more.",
        {"service": SERVICE, "on": optional("date", "its last day; at once if left out")},
        end_service,
    ),
    "checked_service": DeskAction(
        "A service was looked at and is right.", {"service": SERVICE}, checked_service
    ),
    "give_service": DeskAction(
        "Text a person a service of the directory.", {"person": PERSON, "service": SERVICE}, give_service
    ),
}
