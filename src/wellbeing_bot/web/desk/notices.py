"""What the last page leaves for the next to say: done, not done and why, and a way to undo it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from wellbeing_bot.service.accounts import Keys


@dataclass(frozen=True)
class Undo:
    """A form that takes it back."""

    path: str
    label: str


@dataclass(frozen=True)
class Notice:
    """One sentence. It never names or quotes a person: it travels in a cookie."""

    text: str
    wrong: bool = False
    undo: Undo | None = None


def pack(keys: Keys, notice: Notice) -> str:
    """The notice as a signed cookie value."""
    undo = [notice.undo.path, notice.undo.label] if notice.undo else None
    written = json.dumps([notice.text, notice.wrong, undo], ensure_ascii=False)
    body = base64.urlsafe_b64encode(written.encode()).decode()
    return f"{body}.{keys.sign('notice', body)}"


def unpack(keys: Keys, cookie: str) -> Notice | None:
    """The notice again; None when the cookie is not ours."""
    body, _, signature = cookie.rpartition(".")
    if not body or not keys.fits("notice", body, signature):
        return None
    text, wrong, undo = json.loads(base64.urlsafe_b64decode(body))
    return Notice(text, wrong, Undo(*undo) if undo else None)
