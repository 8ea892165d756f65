"""What an import did, in words for a terminal or a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_KINDS = {
    "line": ("number or bot", "numbers and bots"),
    "practice": ("practice", "practices"),
    "venue": ("venue", "venues"),
    "group": ("group", "groups"),
    "person": ("person", "people"),
    "duty": ("turn on the duty rota", "turns on the duty rota"),
    "ride provider": ("ride provider", "ride providers"),
    "service": ("service of the directory", "services of the directory"),
}


@dataclass(slots=True)
class Counts:
    """How many of one kind of thing were made, changed, or already as the file says."""

    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def all(self) -> int:
        return self.new + self.changed + self.same

    def plus(self, other: Counts) -> Counts:
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)

    def __str__(self) -> str:
        words = ((self.new, "new"), (self.changed, "changed"), (self.same, "as they were"))
        return ", ".join(f"{number} {word}" for number, word in words if number)


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of an import. ``schedules`` is (group, when it meets in words); ``notes`` want reading."""

    network: str
    counts: Mapping[str, Counts]
    schedules: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def all(self) -> int:
        """How many things there were."""
        return sum(counts.all for counts in self.counts.values())

    def plus(self, later: Summary) -> Summary:
        """This portion and a later one of the same files as one."""
        counts = dict(self.counts)
        for kind, more in later.counts.items():
            counts[kind] = counts[kind].plus(more) if kind in counts else more
        return Summary(self.network, counts, self.schedules + later.schedules, self.notes + later.notes)

    def lines(self) -> list[str]:
        """The summary, a line each."""
        lines = [f"{self.network}:"]
        for kind, counts in self.counts.items():
            one, many = _KINDS[kind]
            lines.append(f"  {counts.all} {one if counts.all == 1 else many}: {counts}")
        if self.schedules:
            lines.append("When groups meet:")
            lines += [f"  {name}: {words or 'single sessions only'}" for name, words in self.schedules]
        if self.notes:
            lines.append("Please look at:")
            lines += [f"  {note}" for note in self.notes]
        return lines
