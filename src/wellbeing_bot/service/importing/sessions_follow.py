"""Sessions that are planned already, when an import changes the group they are of.

Somebody who has a place was told when and where; only the desk moves or calls off such a session, because
everybody must then be told. Sessions nobody has a place on follow the file silently.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select

from wellbeing_bot.service.activities.sessions import occurrences
from wellbeing_bot.service.importing.writing import Writing, fill
from wellbeing_bot.store import Group, Place, Session_
from wellbeing_bot.store.states import PlaceState, SessionState

_OPEN = [state for state in PlaceState if state.open]
_WHY_OFF = "the group's schedule changed"


def follow_schedule(writing: Writing, group: Group) -> None:
    """Bring the coming sessions of a changed group into line, and note those that people are booked on."""
    sessions = list(
        writing.session.scalars(
            select(Session_).where(
                Session_.group_id == group.id,
                or_(
                    Session_.state == SessionState.PLANNED,
                    and_(Session_.state == SessionState.CALLED_OFF, Session_.why_off == _WHY_OFF),
                ),
                Session_.starts_at > writing.now,
                Session_.moves == 0,
            )
        )
    )
    if not sessions:
        return
    days = _days(group, max(session.occurs_on for session in sessions), writing)
    zone = ZoneInfo(writing.network.zone)
    kept = 0
    for session in sessions:
        wanted = _columns(group, session.occurs_on, zone, runs=session.occurs_on in days or not group.rrule)
        if all(getattr(session, name) == value for name, value in wanted.items()):
            continue
        if _booked(writing, session):
            kept += 1
        else:
            fill(session, wanted)
    if kept:
        writing.notes.append(
            f"{group.name}: {kept} planned session(s) with people on them stay as they were. "
            "Move them or call them off on the desk, so that everybody is told."
        )


def _days(group: Group, last: date, writing: Writing) -> set[date]:
    today = writing.now.astimezone(ZoneInfo(writing.network.zone)).date()
    if not group.rrule or not group.running:
        return set()
    if group.ended_on is not None:
        last = min(last, group.ended_on)
    return set(occurrences(group.rrule, group.first_date or today, today, last))


def _columns(group: Group, day: date, zone: ZoneInfo, *, runs: bool) -> dict[str, object]:
    if not runs:
        return {"state": SessionState.CALLED_OFF, "why_off": _WHY_OFF}
    wall = time.fromisoformat(group.start_time)
    starts_at = datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)
    return {
        "state": SessionState.PLANNED,
        "why_off": "",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=group.minutes),
        "capacity": group.capacity,
        "venue_id": group.venue_id,
        "meeting_point": group.meeting_point,
    }


def _booked(writing: Writing, session: Session_) -> bool:
    found = writing.session.scalar(
        select(Place.id).where(Place.session_id == session.id, Place.state.in_(_OPEN)).limit(1)
    )
    return found is not None
