"""Whether the names in the state part of a set-up exist."""

from __future__ import annotations

from collections.abc import Iterator

from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.service.importing.checking import Names
from wellbeing_bot.service.importing.loaded import Loaded, Path
from wellbeing_bot.service.importing.on_record import plain
from wellbeing_bot.service.importing.problems import ImportProblem
from wellbeing_bot.service.importing.setup_answers import check_questionnaire
from wellbeing_bot.service.importing.setup_documents import PersonSetup, SetupDocument
from wellbeing_bot.service.importing.setup_place_documents import PlaceSetup


def check_setup(loaded: Loaded, document: SetupDocument, instruments: Instruments) -> list[ImportProblem]:
    """Everything that is wrong between the parts of a set-up document."""
    return list(_Checker(loaded, document, instruments).problems())


class _Checker:
    def __init__(self, loaded: Loaded, document: SetupDocument, instruments: Instruments) -> None:
        self.loaded = loaded
        self.document = document
        self.instruments = instruments
        self.people = Names("person with the key", "people", (one.key for one in document.people))
        self.champions = Names(
            "champion with the key", "people", (one.key for one in document.people if one.champion)
        )
        self.groups = Names("group", "groups", (one.key for one in document.groups))
        self.venues = Names("venue", "venues", (one.name for one in document.venues), plain)
        self.sessions = Names("session", "sessions", (one.key for one in document.sessions if one.key))
        self.providers = Names(
            "ride provider", "ride_providers", (one.name for one in document.ride_providers), plain
        )

    def problems(self) -> Iterator[ImportProblem]:
        """One after the other, in the order of the document."""
        for number, session in enumerate(self.document.sessions):
            yield from self.groups.missing(self.loaded, ("sessions", number, "group"), session.group)
            yield from self.venues.missing(self.loaded, ("sessions", number, "venue"), session.venue)
        for number, person in enumerate(self.document.people):
            yield from self._person(("people", number), person)
        for number, task in enumerate(self.document.tasks):
            yield from self.people.missing(self.loaded, ("tasks", number, "person"), task.person)

    def _person(self, at: Path, person: PersonSetup) -> Iterator[ImportProblem]:
        loaded = self.loaded
        if person.referral is not None:
            path = (*at, "referral")
            yield from self.people.missing(loaded, (*path, "referred_by"), person.referral.referred_by)
            yield from self.people.missing(loaded, (*path, "link_worker"), person.referral.link_worker)
        for number, membership in enumerate(person.memberships):
            yield from self.groups.missing(loaded, (*at, "memberships", number), membership.group)
        for number, interest in enumerate(person.interested_in):
            yield from self.groups.missing(loaded, (*at, "interested_in", number), interest.group)
        for number, proxy in enumerate(person.proxies):
            yield from self.people.missing(loaded, (*at, "proxies", number, "person"), proxy.person)
        for number, place in enumerate(person.places):
            yield from self._place((*at, "places", number), place)
        for number, asking in enumerate(person.questionnaires):
            path = (*at, "questionnaires", number)
            yield from self.groups.missing(loaded, (*path, "group"), asking.group)
            yield from self.sessions.missing(loaded, (*path, "session"), asking.session)
            yield from check_questionnaire(loaded, path, asking, self.instruments)

    def _place(self, at: Path, place: PlaceSetup) -> Iterator[ImportProblem]:
        yield from self.sessions.missing(self.loaded, (*at, "session"), place.session)
        yield from self.groups.missing(self.loaded, (*at, "group"), place.group)
        for number, meeting in enumerate(place.meetings):
            path = (*at, "meetings", number, "champion")
            yield from self.champions.missing(self.loaded, path, meeting.champion)
        if place.ride is not None:
            path = (*at, "ride", "provider")
            yield from self.providers.missing(self.loaded, path, place.ride.provider)
