"""The files of one import, read and each right in itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wellbeing_bot.service.importing.csv_file import read_csv
from wellbeing_bot.service.importing.documents import (
    GroupIn,
    LineIn,
    PracticeIn,
    RideProviderIn,
    ServiceIn,
    VenueIn,
)
from wellbeing_bot.service.importing.friendly import validate
from wellbeing_bot.service.importing.loaded import Loaded
from wellbeing_bot.service.importing.on_record import Named
from wellbeing_bot.service.importing.people_documents import Document, PersonIn
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem
from wellbeing_bot.service.importing.sources import Source, decode
from wellbeing_bot.service.importing.yaml_file import read_yaml


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file: its values with their lines, and the document they make."""

    loaded: Loaded
    document: Document


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the files say, taken together."""

    files: Sequence[Parsed]

    def practices(self) -> list[PracticeIn]:
        return [one for file in self.files for one in file.document.practices]

    def venues(self) -> list[VenueIn]:
        return [one for file in self.files for one in file.document.venues]

    def groups(self) -> list[GroupIn]:
        return [one for file in self.files for one in file.document.groups]

    def people(self) -> list[PersonIn]:
        return [one for file in self.files for one in file.document.people]

    def lines(self) -> list[LineIn]:
        return [one for file in self.files for one in file.document.lines]

    def ride_providers(self) -> list[RideProviderIn]:
        return [one for file in self.files for one in file.document.ride_providers]

    def services(self) -> list[ServiceIn]:
        return [one for file in self.files for one in file.document.services]

    def names_people(self) -> bool:
        """Whether any section speaks of people, so that those on record are needed."""
        documents = [file.document for file in self.files]
        return any(one.people or one.duty or one.ride_providers for one in documents)

    def portions(self, most: int) -> list[range]:
        """The people in portions of so many. Files that also name people elsewhere stay whole."""
        count = len(self.people())
        if any(file.document.duty or file.document.ride_providers for file in self.files):
            return [range(count)]
        return [range(first, min(first + most, count)) for first in range(0, count, most)] or [range(0)]

    def named(self, portion: range) -> Named:
        """The people that a portion of the list names, with those that the rota and the drivers name."""
        people = self.people()[portion.start : portion.stop]
        documents = [file.document for file in self.files]
        keys = {turn.person for one in documents for turn in one.duty}
        keys |= {one.person for document in documents for one in document.ride_providers if one.person}
        return Named(
            frozenset(keys | {person.key for person in people if person.key}),
            frozenset((at.channel, at.value) for person in people for at in person.all_addresses),
            frozenset(person.landline for person in people if person.landline),
        )

    def __iter__(self) -> Iterator[Parsed]:
        return iter(self.files)

    def __len__(self) -> int:
        return sum(
            len(f.document.practices)
            + len(f.document.venues)
            + len(f.document.groups)
            + len(f.document.people)
            + len(f.document.lines)
            + len(f.document.ride_providers)
            + len(f.document.duty)
            + len(f.document.services)
            for f in self.files
        )


def read(sources: Iterable[Source]) -> Everything:
    """Every file, checked one by one.

    Raises:
        ImportErrors: everything that is wrong in any of them.
    """
    files: list[Parsed] = []
    problems: list[ImportProblem] = []
    for source in sources:
        try:
            loaded = _load(source)
            files.append(Parsed(loaded, validate(Document, loaded)))
        except ImportErrors as errors:
            problems.extend(errors.problems)
    if problems:
        raise ImportErrors(problems)
    return Everything(files)


def _load(source: Source) -> Loaded:
    text = decode(source)
    if source.name.lower().endswith(".csv"):
        return read_csv(source.name, text)
    if source.name.lower().endswith((".yaml", ".yml")):
        return read_yaml(source.name, text)
    wrong, write = "this kind of file is not read", "Give a .yaml or a .csv file"
    raise ImportErrors([ImportProblem(source.name, 1, "", wrong, write)])
