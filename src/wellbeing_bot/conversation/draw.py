"""Conversations as pictures: one page each, a Mermaid state diagram and the words of every step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.dates import format_timedelta

from wellbeing_bot.conversation.script import ANY, Script, Scripts, Step

LONGEST_LABEL = 48


def mermaid(script: Script) -> str:
    """The conversation as a Mermaid state diagram, its steps in the order they are written."""
    lines = ["stateDiagram-v2", f"    [*] --> {_id(script.starts)}"]
    for step in script.steps.values():
        lines.append(f'    state "{_label(step)}" as {_id(step.name)}')
        lines += [f"    {_id(step.name)} --> {road}" for road in _roads(step)]
    return "\n".join(lines) + "\n"


def page(script: Script) -> str:
    """A page in Markdown: what the conversation is for, its picture, its words."""
    return (
        f"# {script.name}\n\n{script.about} With: {script.audience}.\n\n"
        f"Drawn from conversations/{script.file} by `wellbeing-bot draw`; change it there.\n\n"
        f"```mermaid\n{mermaid(script)}```\n\n{_words(script)}"
    )


def draw_all(scripts: Scripts, folder: Path) -> list[Path]:
    """Write the page of every conversation, take away pages of conversations that are gone.

    Returns:
        The pages written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = {folder / f"{script.name}.md": page(script) for script in scripts.scripts.values()}
    for stale in set(folder.glob("*.md")) - pages.keys() - {folder / "README.md"}:
        stale.unlink()
    for file, text in pages.items():
        file.write_text(text, encoding="utf-8")
    return list(pages)


def _roads(step: Step) -> Iterator[str]:
    """Roads to the same step share one arrow."""
    labels: dict[str, list[str]] = {}
    for label, target in step.leads_to():
        plain = label == ANY and len(step.then) == 1
        labels.setdefault(target, []).extend([] if plain else [_after(step, label)])
    for target, words in labels.items():
        yield f"{_id(target)} : {', '.join(words)}" if words else _id(target)
    if step.ends or step.continue_with:
        yield f"[*] : {step.ends or f'goes on with {step.continue_with}'}"


def _after(step: Step, label: str) -> str:
    if label == "timeout" and step.timeout:
        return f"after {format_timedelta(step.timeout.after, threshold=2, locale='en_GB')}"
    return {ANY: "any other"}.get(label, label)


def _label(step: Step) -> str:
    """The step's name and what it does, short and without characters that Mermaid reads as its own."""
    what = step.say[-1] if step.say else ""
    if step.do:
        what = f"does {step.do}"
    if step.check:
        what = f"checks {step.check}"
    plain = " ".join(re.sub(r'["<>;#`]', " ", what.replace("{", "").replace("}", "")).split())
    short = plain if len(plain) <= LONGEST_LABEL else plain[: LONGEST_LABEL - 3].rsplit(" ", 1)[0] + "..."
    return f"{step.name}: {short}" if short else step.name


def _words(script: Script) -> str:
    """The words of each step, as they are written."""
    lines = ["| step | waits for | says |", "|---|---|---|"]
    for step in script.steps.values():
        said = "<br>".join(_cell(text) for text in step.say)
        options = "; ".join(_cell(option.words) for option in step.options)
        waits = f"{step.expects}: {options}" if options else str(step.expects or "")
        if said:
            lines.append(f"| {step.name} | {waits} | {said} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def _id(name: str) -> str:
    """Prefixed, since ``end`` and ``state`` are words of Mermaid's."""
    return f"s_{name}"
