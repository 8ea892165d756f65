"""What was done for people, as rows: contacts, connections, first visits, rides. Each belongs to a referral.

Somebody who joined by text alone, with no referral, is in no process measure: there is nothing to count the
days from. A thing belongs to the referral that was open when it happened, or else to the person's first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.questionnaires.processes import Activity
from wellbeing_bot.questionnaires.rows import (
    ConnectionRow,
    ContactRow,
    FirstVisitRow,
    ReferralRow,
    RideRow,
)
from wellbeing_bot.service.questionnaires.figures import GroupsOf, groups_of
from wellbeing_bot.store import Group, Meeting, Network, OutboundRow, Place, Referral, Ride, Session_
from wellbeing_bot.store.states import MeetingState, PlaceState, RideState

_NOT_BOOKED = (
    PlaceState.OFFERED,
    PlaceState.WAITLISTED,
    PlaceState.NO_SEAT,
    PlaceState.WITHDRAWN,
    PlaceState.CALLED_OFF,
)


class Episodes:
    """Finds the referral that something belongs to."""

    def __init__(self, session: Session, network: Network) -> None:
        self.zone = ZoneInfo(network.zone)
        self.rows = list(
            session.scalars(
                select(Referral)
                .where(Referral.network_id == network.id)
                .order_by(Referral.opened_at, Referral.id)
            )
        )
        self._of: dict[int, list[Referral]] = defaultdict(list)
        for row in self.rows:
            self._of[row.person_id].append(row)

    def at(self, person_id: int | None, moment: datetime) -> Referral | None:
        """The referral of a person that was the latest at a moment; their first for anything before it."""
        own = self._of.get(person_id or 0)
        if not own:
            return None
        return own[max(bisect_right([row.opened_at for row in own], moment) - 1, 0)]

    def day(self, moment: datetime) -> date:
        """A moment's date by the network's clocks."""
        return moment.astimezone(self.zone).date()


def activity(session: Session, network: Network) -> Activity:
    """Everything that process measures of a network are worked out from."""
    episodes = Episodes(session, network)
    groups = groups_of(session, network)
    contacts = _contacts(session, network, episodes)
    visits = _first_visits(session, network, episodes)
    return Activity(
        referrals=_referrals(network, episodes, groups, contacts, visits),
        contacts=contacts,
        connections=_connections(groups, episodes),
        first_visits=visits,
        rides=_rides(session, network, episodes),
    )


def _referrals(
    network: Network,
    episodes: Episodes,
    groups: GroupsOf,
    contacts: list[ContactRow],
    visits: list[FirstVisitRow],
) -> list[ReferralRow]:
    spoken = _first_days((contact.referral, contact.on) for contact in contacts)
    made = _first_days((visit.referral, visit.on) for visit in visits if visit.attended)
    return [
        ReferralRow(
            network=network.slug,
            person=str(row.person_id),
            referral=str(row.id),
            made_on=episodes.day(row.opened_at),
            first_contact_on=spoken.get(str(row.id)),
            first_visit_on=made.get(str(row.id)),
            groups=frozenset(name for name, _, _ in groups.get(row.person_id, ())),
            concerns=frozenset(row.concerns),
        )
        for row in episodes.rows
    ]


def _first_days(found: Iterable[tuple[str, date]]) -> dict[str, date]:
    first: dict[str, date] = {}
    for referral, on in found:
        first[referral] = min(on, first.get(referral, on))
    return first


def _contacts(session: Session, network: Network, episodes: Episodes) -> list[ContactRow]:
    """The first contact as staff noted it, and each day on which a colleague wrote to the person."""
    days: set[tuple[str, date]] = {
        (str(row.id), episodes.day(row.first_contact_at)) for row in episodes.rows if row.first_contact_at
    }
    written = select(OutboundRow.person_id, OutboundRow.sent_at).where(
        OutboundRow.network_id == network.id, OutboundRow.by_user != "", OutboundRow.sent_at.is_not(None)
    )
    for person_id, sent_at in session.execute(written):
        referral = episodes.at(person_id, sent_at) if sent_at else None
        if referral is not None and sent_at is not None:
            days.add((str(referral.id), episodes.day(sent_at)))
    return [ContactRow(referral, on) for referral, on in sorted(days)]


def _connections(groups: GroupsOf, episodes: Episodes) -> list[ConnectionRow]:
    """The first time that somebody belonged to a group, once a group."""
    first: dict[tuple[int, str], datetime] = {}
    for person_id, found in groups.items():
        for name, since, _ in found:
            first[person_id, name] = min(since, first.get((person_id, name), since))
    rows = []
    for (person_id, name), since in sorted(first.items()):
        referral = episodes.at(person_id, since)
        if referral is not None:
            rows.append(ConnectionRow(str(referral.id), episodes.day(since), name))
    return rows


def _first_visits(session: Session, network: Network, episodes: Episodes) -> list[FirstVisitRow]:
    met = _met(session, network)
    places = (
        select(Place, Session_.starts_at, Group.name)
        .join(Session_, Session_.id == Place.session_id)
        .join(Group, Group.id == Session_.group_id)
        .where(Place.network_id == network.id, Place.first_time, Place.state.not_in(_NOT_BOOKED))
        .order_by(Session_.starts_at, Place.id)
    )
    rows = []
    for place, starts_at, name in session.execute(places):
        referral = episodes.at(place.person_id, starts_at)
        if referral is not None:
            came = {PlaceState.ATTENDED: True, PlaceState.MISSED: False}.get(place.state)
            rows.append(
                FirstVisitRow(str(referral.id), episodes.day(starts_at), name, came, met.get(place.id))
            )
    return rows


def _met(session: Session, network: Network) -> Mapping[int, bool]:
    """Place -> whether a champion met the person there; no entry where nobody has said."""
    found: dict[int, bool] = {}
    for place_id, state in session.execute(
        select(Meeting.place_id, Meeting.state).where(
            Meeting.network_id == network.id, Meeting.state.in_([MeetingState.MET, MeetingState.NOT_MET])
        )
    ):
        found[place_id] = found.get(place_id, False) or state is MeetingState.MET
    return found


def _rides(session: Session, network: Network, episodes: Episodes) -> list[RideRow]:
    rides = (
        select(Ride, Session_.starts_at)
        .join(Session_, Session_.id == Ride.session_id)
        .where(Ride.network_id == network.id)
        .order_by(Ride.id)
    )
    rows = []
    for ride, starts_at in session.execute(rides):
        referral = episodes.at(ride.person_id, ride.requested_at)
        if referral is not None:
            rows.append(RideRow(str(referral.id), episodes.day(starts_at), ride.state is RideState.TAKEN))
    return rows
