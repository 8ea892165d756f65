"""Whether the files fit together and fit what is on record: names that exist, nothing written twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wellbeing_bot.service.importing.documents import PracticeIn
from wellbeing_bot.service.importing.friendly import did_you_mean
from wellbeing_bot.service.importing.loaded import Loaded, Path
from wellbeing_bot.service.importing.on_record import OnRecord, plain
from wellbeing_bot.service.importing.parsed import Everything, Parsed
from wellbeing_bot.service.importing.people_documents import PersonIn
from wellbeing_bot.service.importing.problems import ImportProblem
from wellbeing_bot.store import Practice


class Names:
    """The names of one kind that may be referred to, as they are written."""

    def __init__(
        self, kind: str, section: str, names: Iterable[str] = (), same: Callable[[str], str] = str
    ) -> None:
        self.kind = kind
        self.section = section
        self.same = same
        self.known = {same(name): name for name in names}

    def missing(self, loaded: Loaded, path: Path, name: str | None) -> Iterator[ImportProblem]:
        """A problem when a name is used that nothing has."""
        if name is not None and self.same(name) not in self.known:
            near = did_you_mean(name, self.known.values())
            cure = f"Add it under {self.section}:"
            yield loaded.problem(
                path, f"there is no {self.kind} {name!r}", near if near.endswith("mean") else cure
            )


def check(everything: Everything, record: OnRecord) -> list[ImportProblem]:
    """All that is wrong between the files, and between them and the network on record."""
    return [*_twice(everything), *_unknown(everything, record)]


def _unknown(everything: Everything, record: OnRecord) -> Iterator[ImportProblem]:
    practices = Names("practice", "practices", _practices(everything, record), plain)
    halls = [row.name for row in record.venues.values()] + [one.name for one in everything.venues()]
    venues = Names("venue", "venues", halls, plain)
    groups = Names("group", "groups", [*record.groups, *(one.key for one in everything.groups())])
    keys = [person.key for person in everything.people() if person.key]
    people = Names("person with the key", "people", [*record.people, *keys])
    for file in everything:
        document, loaded = file.document, file.loaded
        for number, one in enumerate(document.groups):
            yield from venues.missing(loaded, ("groups", number, "venue"), one.venue)
        for number, person in enumerate(document.people):
            yield from practices.missing(loaded, ("people", number, "practice"), person.practice)
            for key in person.champion.groups if person.champion else ():
                yield from groups.missing(loaded, ("people", number, "champion", "groups"), key)
        for number, turn in enumerate(document.duty):
            yield from people.missing(loaded, ("duty", number, "person"), turn.person)
        for number, provider in enumerate(document.ride_providers):
            yield from people.missing(loaded, ("ride_providers", number, "person"), provider.person)


def _practices(everything: Everything, record: OnRecord) -> Iterator[str]:
    known: list[Practice | PracticeIn] = [*record.practices.values(), *everything.practices()]
    for practice in known:
        yield practice.name
        yield from (str(other) for other in practice.also)


def _twice(everything: Everything) -> Iterator[ImportProblem]:
    seen: dict[tuple[str, str], tuple[Parsed, Path]] = {}
    for file, path, kind, name in _all_names(everything):
        first_file, first_path = seen.setdefault((kind, plain(name)), (file, path))
        if (first_file, first_path) != (file, path):
            first = first_file.loaded.problem(first_path, "", "").where
            wrong = f"the {kind} {name} is written twice, first in {first}"
            yield file.loaded.problem(path, wrong, "Keep one of the two")


def _all_names(everything: Everything) -> Iterator[tuple[Parsed, Path, str, str]]:
    for file in everything:
        document = file.document
        for number, practice in enumerate(document.practices):
            yield file, ("practices", number), "practice", practice.name
        for number, venue in enumerate(document.venues):
            yield file, ("venues", number), "venue", venue.name
        for number, group in enumerate(document.groups):
            yield file, ("groups", number), "group", group.key
        for number, provider in enumerate(document.ride_providers):
            yield file, ("ride_providers", number), "ride provider", provider.name
        for number, service in enumerate(document.services):
            yield file, ("services", number), "service", service.name
        for number, line in enumerate(document.lines):
            yield file, ("lines", number), "line", line.value
        for number, person in enumerate(document.people):
            for name in _names_of(person):
                yield file, ("people", number), "person", name


def _names_of(person: PersonIn) -> list[str]:
    """What finds a person again, so what no two may share."""
    if person.key is not None:
        return [person.key]
    numbers = [address.value for address in person.all_addresses] or [person.landline or ""]
    return [f"{person.first_name} at {number}" for number in dict.fromkeys(numbers)]
