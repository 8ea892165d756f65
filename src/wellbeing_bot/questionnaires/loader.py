"""Finds the instruments: those that ship here, a network's own, and the licensed wordings beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from wellbeing_bot.questionnaires.instrument import Instrument, Off
from wellbeing_bot.questionnaires.nodes import Notes, read
from wellbeing_bot.questionnaires.parse import parse, slots
from wellbeing_bot.questionnaires.problems import FileErrors, Problem


@dataclass(frozen=True, slots=True)
class Instruments:
    """What can be asked here, and what cannot and why."""

    on: Mapping[str, Instrument]
    off: Mapping[str, Off]

    def find(self, id: str) -> Instrument | Off:
        """An instrument by id, or why it is off."""
        return self.on.get(id) or self.off.get(id) or Off(id, id, f"There is no instrument called {id!r}.")


def load(own: Path | None = None, licensed: Mapping[str, Path] | None = None) -> Instruments:
    """Every instrument that ships here, then those in a folder of one's own.

    Args:
        own: a folder of ``*.yaml``; one with the name of a shipped instrument takes its place.
        licensed: instrument id -> local file with its licensed statements, for instance
            ``{"swemwbs": Path("/etc/wellbeing-bot/swemwbs.yaml")}``.

    Raises:
        FileErrors: an instrument file is wrong. A licensed file that is missing or wrong switches its
            instrument off instead: the rest of the service must not stop for it.
    """
    shipped = files("wellbeing_bot.questionnaires") / "instruments"
    texts = {f.name: f.read_text(encoding="utf-8") for f in shipped.iterdir() if f.name.endswith(".yaml")}
    if own is not None:
        texts |= {path.name: path.read_text(encoding="utf-8") for path in own.glob("*.yaml")}
    return _load(sorted(texts.items()), licensed or {})


def _load(texts: Iterable[tuple[str, str]], licensed: Mapping[str, Path]) -> Instruments:
    on: dict[str, Instrument] = {}
    off: dict[str, Off] = {}
    problems: list[Problem] = []
    for name, text in texts:
        try:
            found = load_one(text, name, licensed.get(name.removesuffix(".yaml")))
        except FileErrors as error:
            problems.extend(error.problems)
            continue
        if isinstance(found, Off):
            off[found.id] = found
        else:
            on[found.id] = found
    if problems:
        raise FileErrors(problems)
    return Instruments(on, off)


def load_one(text: str, file: str, licensed: Path | None = None) -> Instrument | Off:
    """One instrument, or why it is off. Raises FileErrors when the instrument file itself is wrong."""
    needed = slots(text, file)
    if not needed:
        return parse(text, file)
    # Read with blank statements first: a fault of the instrument file must not hide behind "off".
    blank = parse(text, file, ("-",) * needed)
    if licensed is None:
        return Off(blank.id, blank.title, _why(text, file))
    try:
        return parse(text, file, statements(licensed, blank.id, needed))
    except FileNotFoundError:
        return Off(blank.id, blank.title, f"There is no file {licensed}. {_why(text, file)}")
    except (OSError, UnicodeDecodeError):
        return Off(
            blank.id,
            blank.title,
            f"{licensed} cannot be read. Save it as UTF-8 text, readable by the service.",
        )
    except FileErrors as error:
        return Off(blank.id, blank.title, str(error))


def statements(path: Path, instrument: str, needed: int) -> tuple[str, ...]:
    """The licensed wordings of a local file, in order.

    Raises:
        FileErrors: it is for another instrument, says nothing of a licence, or has the wrong number.
        OSError: it cannot be read.
    """
    notes = Notes(str(path))
    top = read(path.read_text(encoding="utf-8"), notes)
    if top.text("statements_for", instrument) not in {instrument, ""}:
        wrong = f"This file is not for {instrument}."
        top.wrong("statements_for", "wrong_instrument", wrong, f"statements_for: {instrument}")
    top.text("licence", "who registered, with whom, and when")
    found = top.words("statements")
    if len(found) != needed or not all(words.strip() for words in found):
        wrong = f"There are {len(found)} statements, and {instrument} has {needed}."
        top.wrong(
            "statements", "wrong_number", wrong, f"statements: and {needed} lines below it, each after '- '"
        )
    top.done()
    return notes.finish(tuple(" ".join(words.split()) for words in found))


def _why(text: str, file: str) -> str:
    return (
        read(text, Notes(file)).text("licensed", required=False) or "Its wordings are licensed and not here."
    )
