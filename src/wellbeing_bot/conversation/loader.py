"""Reading a folder of conversations. Nothing half-right is ever returned: all errors come at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path

from wellbeing_bot.conversation.facts import ActionSpec, Rule
from wellbeing_bot.conversation.links import link_arguments, link_notice, link_script
from wellbeing_bot.conversation.notices import Notice
from wellbeing_bot.conversation.own_words import OWN_WORDS
from wellbeing_bot.conversation.problems import Code, ScriptError, ScriptErrors
from wellbeing_bot.conversation.reading import read_notices, read_script
from wellbeing_bot.conversation.script import Script, Scripts
from wellbeing_bot.conversation.sources import Reader
from wellbeing_bot.conversation.translate import load_languages


def load(
    directory: Path | Traversable, actions: Mapping[str, ActionSpec], rules: Mapping[str, Rule]
) -> Scripts:
    """All conversations, notices and languages of a folder.

    Raises:
        ScriptErrors: with every error found, each as file, line, what is wrong and what to write.
    """
    errors: list[ScriptError] = []
    scripts: dict[str, Script] = {}
    notices: dict[str, Notice] = {}
    for file in _files(directory):
        reader = Reader(file.name, errors)
        top = reader.parse(_text(file, reader))
        if next(iter(top), None) == "notices":
            for notice in read_notices(reader, top):
                _add_notice(reader, notices, notice)
        elif top:
            script = read_script(reader, top, actions)
            scripts[script.name] = script
    for script in scripts.values():
        reader = Reader(script.file, errors)
        link_script(reader, script, scripts, actions, rules)
        link_arguments(reader, script, actions)
    for notice in notices.values():
        link_notice(Reader(notice.file, errors), notice)
    _own_words(errors, notices)
    loaded = Scripts(scripts, notices, dict(actions), dict(rules))
    languages = load_languages(directory, loaded, errors)
    if errors:
        raise ScriptErrors(errors)
    return replace(loaded, languages=languages)


def _files(directory: Path | Traversable) -> Iterator[Path | Traversable]:
    yield from sorted(
        (file for file in directory.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )


def _text(file: Path | Traversable, reader: Reader) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        reader.wrong(Code.NOT_YAML, 1, "this is not UTF-8 text", "Save the file as plain UTF-8 text.")
        return ""


def _add_notice(reader: Reader, notices: dict[str, Notice], notice: Notice) -> None:
    other = notices.setdefault(notice.name, notice)
    if other is not notice:
        wrong = f"the notice {notice.name!r} is in {other.file} too"
        reader.wrong(Code.REPEATED_KEY, notice.line, wrong, "Give one of them another name.")


def _own_words(errors: list[ScriptError], notices: Mapping[str, Notice]) -> None:
    """The engine cannot speak without its own words, nor with facts it does not have."""
    for name, knows in OWN_WORDS.items():
        notice = notices.get(name)
        line = notice.line if notice else 1
        reader = Reader("engine.yaml", errors)
        if notice is None:
            reader.wrong(Code.MISSING_KEY, line, f"the engine's words {name!r} are missing", f"Add {name}:.")
        elif dict(notice.knows) != dict(knows):
            known = ", ".join(f"{fact}: {kind}" for fact, kind in knows.items()) or "nothing"
            wrong = f"{name!r} knows other facts than the engine has"
            reader.wrong(Code.UNKNOWN_FACT, line, wrong, f"It knows {known}.")
