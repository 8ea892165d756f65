"""One instrument file into an ``Instrument``. The form is described in docs/questionnaires.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType

from wellbeing_bot.questionnaires import forms
from wellbeing_bot.questionnaires.instrument import Instrument, Item, Number, Scale, Total
from wellbeing_bot.questionnaires.nodes import Notes, Section, read

PURPOSE_FACTS = frozenset({"service", "worker", "questions"})
"""Placeholders a purpose text may use: who texts, who reads the answers, how many questions there are."""

LONGEST_PURPOSE = 306
"""Characters of a purpose text as written: two GSM-7 parts of 153."""

_ID = re.compile(r"[a-z][a-z0-9_]*")


def parse(text: str, file: str, statements: tuple[str, ...] = ()) -> Instrument:
    """Read one instrument.

    Args:
        text: the YAML.
        file: its name, for errors; the instrument must be called as the file is.
        statements: licensed wordings in order, for items that say ``statement: 1`` instead of ``ask``.

    Raises:
        FileErrors: everything that is wrong, each with its line and a cure.
    """
    notes = Notes(file)
    return notes.finish(_instrument(read(text, notes), file, statements))


def slots(text: str, file: str) -> int:
    """How many licensed statements an instrument needs; 0 when its wordings are its own."""
    items = read(text, Notes(file)).section("items")
    inner = [items.section(id) for id in items.entries()] if items else []
    return sum(1 for item in inner if item and item.has("statement"))


def _instrument(top: Section, file: str, statements: tuple[str, ...]) -> Instrument:
    id = top.text("instrument", "my_questions")
    stem = file.rpartition("/")[2].removesuffix(".yaml")
    if id and (id != stem or not _ID.fullmatch(id)):
        top.wrong(
            "instrument",
            "bad_name",
            f"{id!r} is not the file's name in a-z, 0-9 and _.",
            f"instrument: {stem}",
        )
    typed_in = top.flag("typed_in")
    items = _items(top, _scales(top), statements, typed_in)
    never_add = top.flag("never_add")
    instrument = Instrument(
        id=id,
        title=top.text("title", "My questions"),
        version=_version(top),
        source=top.text("source", "who published it, and where"),
        licence=top.text("licence", "who may use it"),
        items=items,
        totals=_totals(top, items, never_add),
        purpose=_purpose(top, typed_in),
        lead_in=top.text("lead_in", required=False),
        from_age=top.whole("from_age", 0),
        never_add=never_add,
        typed_in=typed_in,
    )
    top.text("licensed", required=False)  # read by the loader: why it is off without a local file
    top.done()
    return instrument


def _version(top: Section) -> str:
    version = top.text("version", '"1.0"')
    if version and not re.fullmatch(r"\d+\.\d+", version):
        top.wrong("version", "bad_version", f"{version!r} is not a version.", 'version: "1.0"')
    return version


def _purpose(top: Section, typed_in: bool) -> str:
    purpose = top.text("purpose", "why you ask, in one text", required=not typed_in)
    try:
        names = {name for _, name, _, _ in Formatter().parse(purpose) if name is not None}
    except ValueError:
        names = {"an unclosed brace"}
    if names - PURPOSE_FACTS:
        known = ", ".join(f"{{{name}}}" for name in sorted(PURPOSE_FACTS))
        wrong = f"The purpose uses {', '.join(sorted(names - PURPOSE_FACTS))}, which nobody fills in."
        top.wrong("purpose", "bad_placeholder", wrong, f"only {known}")
    if len(purpose) > LONGEST_PURPOSE:
        wrong = f"The purpose is {len(purpose)} characters long; one text holds {LONGEST_PURPOSE}."
        top.wrong("purpose", "too_long", wrong, "fewer words")
    return purpose


def _scales(top: Section) -> dict[str, Scale]:
    section = top.section("scales")
    return {name: forms.scale(section, name) for name in section.entries()} if section else {}


def _items(
    top: Section, scales: Mapping[str, Scale], statements: tuple[str, ...], typed_in: bool
) -> tuple[Item, ...]:
    section = top.section("items")
    if section is None:
        top.missing("items", "a question, and how it is answered")
        return ()
    items = []
    for id in section.entries():
        if not _ID.fullmatch(id):
            section.wrong(
                id, "bad_name", f"{id!r} is not a name in a-z, 0-9 and _.", "life_today, for example"
            )
        if inner := section.section(id):
            items.append(_item(inner, id, scales, statements, typed_in))
            inner.done()
    if not items:
        section.wrong("items", "missing", "There is no item.", "one item or more")
    return tuple(items)


def _item(
    section: Section, id: str, scales: Mapping[str, Scale], statements: tuple[str, ...], typed_in: bool
) -> Item:
    scale, (lowest, highest) = _answer(section, scales, typed_in)
    licensed = section.has("statement")
    return Item(
        id=id,
        ask="" if typed_in else _ask(section, statements),
        lowest=lowest,
        highest=highest,
        short=section.text("short", required=False),
        lowest_words=section.text("lowest", required=False),
        highest_words=section.text("highest", required=False),
        scale=scale,
        better=forms.better(section),
        bands=forms.bands(section, lowest, highest),
        watch=forms.watch(section, lowest, highest),
        averaged=not section.flag("distribution_only"),
        licensed=licensed,
    )


def _ask(section: Section, statements: tuple[str, ...]) -> str:
    if not section.has("statement"):
        return section.text("ask", '"How are you today?"')
    place = section.whole("statement", 0, "1")
    if not 1 <= place <= len(statements):
        section.wrong(
            "statement",
            "no_statement",
            f"There is no licensed statement {place}; the local file holds {len(statements)}.",
            "statement: 1 for the first line of the local file",
        )
        return ""
    return statements[place - 1]


def _answer(
    section: Section, scales: Mapping[str, Scale], typed_in: bool
) -> tuple[Scale | None, tuple[Number, Number]]:
    text = section.text("answer", "0 to 10")
    if text in scales:
        values = [option.value for option in scales[text].options] or [0]
        return scales[text], (min(values), max(values))
    ends = forms.reach(text)
    if ends is not None and (typed_in or ends == (0, 10)):
        return None, ends
    if text:
        known = ", ".join(["0 to 10", *scales])
        section.wrong("answer", "bad_answer", f"{text!r} is not a way to answer here.", f"one of: {known}")
    return None, (0, 10)


def _totals(top: Section, items: tuple[Item, ...], never_add: bool) -> tuple[Total, ...]:
    section = top.section("totals")
    if section is None:
        return ()
    if never_add:
        wrong = "The items of this instrument must never be added up."
        top.wrong(
            "totals", "never_add", wrong, "no totals, or take never_add away if the source allows a sum"
        )
    by_id = {item.id: item for item in items}
    totals = []
    for id in section.entries():
        if id in by_id:
            section.wrong(id, "twice", f"{id!r} is an item already.", "another name for the total")
        if inner := section.section(id):
            totals.append(_total(inner, id, by_id))
            inner.done()
    return tuple(totals)


def _total(section: Section, id: str, items: Mapping[str, Item]) -> Total:
    names = section.words("add")
    if len(names) < 2 or len(set(names)) < len(names) or not set(names) <= set(items):
        wrong = f"The total {id!r} does not add two or more items of this file, each once."
        section.wrong("add", "unknown_item", wrong, f"add: [{', '.join(items)}]")
        names = ()
    lowest = sum(int(items[name].lowest) for name in names)
    highest = sum(int(items[name].highest) for name in names)
    table = forms.table(section, lowest, highest)
    return Total(
        id=id,
        items=names,
        short=section.text("short", required=False),
        better=forms.better(section),
        bands=forms.bands(section, lowest, highest),
        watch=forms.watch(section, lowest, highest),
        table=MappingProxyType(table) if table is not None else None,
    )
