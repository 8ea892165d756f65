"""The page of desk actions, written from the actions themselves.

``python -m wellbeing_bot.web.simulator.describe`` writes docs/simulator-actions.md afresh.
"""

from __future__ import annotations

import sys
from pathlib import Path

from wellbeing_bot.service.desk.base import DeskAction
from wellbeing_bot.service.desk.registry import DESK

HEAD = """# Desk actions, for scripts

What staff do at the desk, as `POST /simulator/api/actions/{name}` does it. How to call one, and how people
and sessions may be named, stands in [simulator.md](simulator.md#post-actionsname). Besides what is listed
here each takes `actor` and, optionally, `network`. Arguments in brackets may be left out.

This page is written by `python -m wellbeing_bot.web.simulator.describe`.
"""


def page() -> str:
    """The page as Markdown."""
    return HEAD + "".join(f"\n{_section(name, action)}" for name, action in sorted(DESK.items()))


def _section(name: str, action: DeskAction) -> str:
    lines = [f"## {name}", "", action.about, ""]
    for argument, takes in action.takes.items():
        shown = f"`{argument}`" if takes.needed else f"[`{argument}`]"
        lines.append(f"- {shown} ({takes.type}): {takes.about}")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else "docs/simulator-actions.md").write_text(
        page(), encoding="utf-8"
    )
