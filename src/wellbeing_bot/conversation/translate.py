"""Words in other languages: PO files beside the conversations, which any translator's tool can edit.

``conversations/locale/<tag>/language.yaml`` says what a language is called and whether it is on;
``conversations/locale/<tag>/<file>.po`` holds its words, one entry a text, under the text's key
(``msgctxt "hello.welcome.say"``). An entry counts only while its English is what is said today.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from wellbeing_bot.conversation.problems import Code, ScriptError
from wellbeing_bot.conversation.reading_age import sentence_lengths
from wellbeing_bot.conversation.script import Language, Scripts
from wellbeing_bot.conversation.sources import Item, Reader
from wellbeing_bot.conversation.texts import Entry, entries, sample
from wellbeing_bot.conversation.words import placeholders

FOLDER = "locale"
STATUS = "language.yaml"


@dataclass(frozen=True, slots=True)
class Price:
    """What one text costs in one language, at the usual length of its facts, and its longest sentence."""

    language: str
    key: str
    parts: int
    text: str

    @property
    def longest(self) -> int:
        """Words in the longest sentence."""
        return max(sentence_lengths(self.text), default=0)


def prices(scripts: Scripts, parts: Callable[[str], int]) -> Iterator[Price]:
    """The SMS parts of every text: English, then each language that has words for it, on or not."""
    for entry in entries(scripts):
        yield Price("en", entry.key, parts(sample(entry.text, entry.types)), entry.text)
        for tag, language in scripts.languages.items():
            if entry.key in language.words:
                words = language.words[entry.key]
                yield Price(tag, entry.key, parts(sample(words, entry.types)), words)


def extract(scripts: Scripts) -> dict[str, Catalog]:
    """All English texts, a catalogue for each file, by the file's name without its ending."""
    catalogs: dict[str, Catalog] = {}
    for entry in entries(scripts):
        catalog = catalogs.setdefault(entry.stem, Catalog(charset="utf-8", fuzzy=False))
        catalog.add(entry.text, context=entry.key, auto_comments=_advice(entry))
    return catalogs


def update(scripts: Scripts, directory: Path) -> list[Path]:
    """Bring the PO files of every language up to date with the English, and give those written.

    A new text gets an empty entry; one whose English has changed keeps its old words, marked fuzzy, for
    the translator to look at; one that is gone goes.
    """
    written = []
    for folder in sorted(path.parent for path in (directory / FOLDER).glob(f"*/{STATUS}")):
        for stem, fresh in extract(scripts).items():
            file = folder / f"{stem}.po"
            old = _catalog(file.read_bytes()) if file.exists() else Catalog()
            for message in fresh:
                _keep(message, old.get(message.id, message.context), old)
            file.write_bytes(_po(fresh, folder.name))
            written.append(file)
    return written


def load_languages(
    directory: Path | Traversable, scripts: Scripts, errors: list[ScriptError]
) -> dict[str, Language]:
    """Every language with the words that are up to date. What is wrong is noted in ``errors``."""
    locale = directory / FOLDER
    if not locale.is_dir():
        return {}
    folders = sorted(
        (folder for folder in locale.iterdir() if folder.is_dir()), key=lambda folder: folder.name
    )
    found = {}
    for folder in folders:
        language = _status(folder, errors)
        words = dict(_words(folder, scripts, errors))
        found[folder.name] = replace(language, words=words)
    return found


def _status(folder: Path | Traversable, errors: list[ScriptError]) -> Language:
    reader = Reader(f"{FOLDER}/{folder.name}/{STATUS}", errors)
    file = folder / STATUS
    if not file.is_file():
        reader.wrong(Code.MISSING_KEY, 1, f"{STATUS} is missing", "Write name:, reviewed: and on: in it.")
        return Language(folder.name, folder.name, reviewed=False, on=False)
    top = reader.parse(file.read_text(encoding="utf-8"))
    keys = ("name", "reviewed", "on")
    for key in keys:
        if key not in top:
            reader.wrong(Code.MISSING_KEY, 1, f"{key!r} is missing", f"Add {key}:.")
    for key in top.keys() - {*keys, "answers", "asks"}:
        reader.wrong(Code.UNKNOWN_KEY, top[key].line, f"nothing is called {key!r} here", "Take it out.")
    return Language(
        tag=folder.name,
        name=reader.text(top.get("name")),
        reviewed=reader.flag(top.get("reviewed"), default=False),
        on=reader.flag(top.get("on"), default=False),
        answers=_answers(reader, top.get("answers")),
        asks=tuple(said.lower() for said in reader.texts(top.get("asks"))),
    )


def _answers(reader: Reader, item: Item | None) -> dict[str, str]:
    """What people reply in the language, by the English that is understood."""
    english = reader.mapping(item) if item is not None else {}
    return {said.lower(): answer for answer, words in english.items() for said in reader.texts(words)}


def _words(
    folder: Path | Traversable, scripts: Scripts, errors: list[ScriptError]
) -> Iterator[tuple[str, str]]:
    catalogs: dict[str, Catalog | None] = {}
    for entry in entries(scripts):
        reader = Reader(f"{FOLDER}/{folder.name}/{entry.stem}.po", errors)
        if entry.stem not in catalogs:
            catalogs[entry.stem] = _read(folder / f"{entry.stem}.po", reader)
        catalog = catalogs[entry.stem]
        message = catalog.get(entry.text, entry.key) if catalog else None
        if message is None or message.fuzzy or not isinstance(message.string, str) or not message.string:
            continue
        for name in set(placeholders(message.string)) - set(placeholders(entry.text)):
            wrong = f"the words of {entry.key} use {{{name}}}, which the English does not"
            reader.wrong(Code.WRONG_TRANSLATION, message.lineno or 1, wrong, f"Take {{{name}}} out.")
        yield entry.key, message.string


def _read(file: Path | Traversable, reader: Reader) -> Catalog | None:
    if not file.is_file():
        return None
    try:
        return _catalog(file.read_bytes())
    except (PoFileError, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", 0) + 1
        reader.wrong(
            Code.WRONG_TRANSLATION, line, "this is not a PO file", "Save it with a PO editor, as UTF-8."
        )
        return None


@lru_cache(maxsize=256)
def _catalog(content: bytes) -> Catalog:
    """Kept by content: a process that loads the folder again need not read the same words again.

    Whoever takes one must leave it as it is.
    """
    return read_po(io.BytesIO(content), charset="utf-8", abort_invalid=True)


def _keep(message: Message, same: Message | None, old: Catalog) -> None:
    """Take the old words over; fuzzy where the English has changed since."""
    if not message.id:
        return
    if same is not None:
        message.string, message.flags = same.string, set(same.flags)
        return
    for other in old:
        if other.context == message.context and other.string:
            message.string, message.flags = other.string, {"fuzzy"}


def _po(catalog: Catalog, tag: str) -> bytes:
    """The file without dates and versions, so that it changes only when its words do."""
    body = io.BytesIO()
    write_po(body, catalog, width=0, omit_header=True)
    base = tag.split("-x-")[0]
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return f'{head}"Language: {base}\\n"\n\n'.encode() + body.getvalue()


def _advice(entry: Entry) -> list[str]:
    facts = placeholders(entry.text)
    return [f"Keep {', '.join(f'{{{fact}}}' for fact in facts)} as written."] if facts else []
