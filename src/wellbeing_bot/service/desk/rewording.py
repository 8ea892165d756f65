"""A network's own words for what the bot says: checked as the authors' words are, with who changed what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wellbeing_bot.channels import gsm7
from wellbeing_bot.conversation.check_texts import TextRules, check_text
from wellbeing_bot.conversation.reading_age import reading_age
from wellbeing_bot.conversation.texts import Entry, entries, sample
from wellbeing_bot.conversation.words import placeholders
from wellbeing_bot.service.desk.base import Argument, DeskAction, DeskError, optional
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import WordingChange

LONGEST = 612
_NUMBERED = re.compile(r"^\d+ ", re.MULTILINE)


@dataclass(frozen=True)
class Measured:
    """What a text costs and how old a reader has to be."""

    parts: int  # SMS parts, with facts of the usual length
    age: float | None  # None where it is too short to say


def every_text(work: Work) -> dict[str, Entry]:
    """Every text there is, by its key, in our words."""
    return {entry.key: entry for entry in entries(work.deployment.scripts)}


def measure(entry: Entry, text: str) -> Measured:
    """Price and reading age of a text."""
    return Measured(gsm7.parts(sample(text, entry.types)).parts, reading_age(text))


def problems(entry: Entry, text: str) -> list[str]:
    """Everything that is wrong with words for a text, each with what to write instead."""
    if len(text) > LONGEST:
        return [f"It is too long: {len(text)} characters of at most {LONGEST}."]
    wrong = []
    ours, theirs = placeholders(entry.text), placeholders(text)
    for name in dict.fromkeys(theirs):
        if name not in ours:
            known = ", ".join(f"{{{one}}}" for one in dict.fromkeys(ours)) or "none"
            wrong.append(f"{{{name}}} is not known here. Facts that are: {known}.")
    for name in dict.fromkeys(ours):
        if name in theirs:
            continue
        if entry.types.get(name) == "choices":
            wrong.append(f"{{{name}}} must stay: without it nobody can choose.")
        elif ".urgent" in entry.key or name == "numbers":
            wrong.append(f"{{{name}}} must stay: people in danger need it.")
    if "STOP" in entry.text and "STOP" not in text:
        wrong.append("Say that they can reply STOP, as our words do.")
    if re.search(r"[{}]", re.sub(r"\{\w+\}", "", text)):
        wrong.append("A { or } is left over. Write facts as they are, such as {first_name}.")
    if len(_NUMBERED.findall(text)) != len(_NUMBERED.findall(entry.text)):
        wrong.append("The numbered lines must stay, each on a line of its own: people answer by number.")
    rules = TextRules(lambda written: gsm7.parts(written).parts, gsm7.forces_ucs2)
    for found in check_text(rules, entry, text):
        said = found.wrong.removeprefix(f"{entry.key} ")
        wrong.append(f"It {said}. {found.write}")
    return wrong


def reword(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Say a text in the network's own words; without words, in ours again."""
    entry = every_text(work).get(args["key"])
    if entry is None:
        raise DeskError("there is no such text")
    text = (args.get("words") or "").strip().replace("\r\n", "\n")
    if text == entry.text:
        text = ""
    if text and (wrong := problems(entry, text)):
        raise DeskError(" ".join(wrong))
    own = dict(work.settings.wording)
    was = own.get(entry.key, "")
    if was == text:
        return {"changed": False}
    own.pop(entry.key, None)
    if text:
        own[entry.key] = text
    work.network.settings = {**work.network.settings, "wording": own}
    work.session.add(
        WordingChange(
            network_id=work.network.id, key=entry.key, was=was, now=text, by=work.actor, at=work.now
        )
    )
    work.session.flush()
    return {"changed": True}


def history(work: Work, key: str | None = None, most: int = 30) -> Sequence[WordingChange]:
    """Who changed what, the newest first; of one text, or of all."""
    query = select(WordingChange).where(WordingChange.network_id == work.network.id)
    if key is not None:
        query = query.where(WordingChange.key == key)
    return list(work.session.scalars(query.order_by(WordingChange.id.desc()).limit(most)))


ACTIONS: Mapping[str, DeskAction] = {
    "reword": DeskAction(
        "Say a text in the network's own words; in ours again when no words are given.",
        {
            "key": Argument("text", "the text's key, such as notices.day_before.say"),
            "words": optional("text", "the words, with the same facts in {}"),
        },
        reword,
    ),
}
