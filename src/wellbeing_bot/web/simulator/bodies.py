"""Reading what a request carries. A field that is not known is refused by name, never passed over."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from wellbeing_bot.web.simulator.problems import Refused

MOST_BYTES = 5_000_000
"""A whole town fits in this. More is a mistake."""

_WORDS: Mapping[type, str] = {
    str: "text",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    int: "a number",
}


class Body:
    """The JSON object of one request."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = fields

    @classmethod
    async def of(cls, request: Request, known: Sequence[str] | None) -> Body:
        """Read it; an empty body is an empty object. ``known`` None takes any field.

        Raises:
            Refused: too long, not a JSON object, or with a field that is not known.
        """
        raw = await request.body()
        if len(raw) > MOST_BYTES:
            raise Refused(422, "the body is too long", f"send at most {MOST_BYTES:,} bytes")
        try:
            fields = json.loads(raw) if raw.strip() else {}
        except ValueError:
            raise Refused(400, "the body is not JSON", 'send an object such as {"text": "hello"}') from None
        if not isinstance(fields, dict):
            raise Refused(400, "the body is not a JSON object", 'send an object such as {"text": "hello"}')
        if known is not None:
            _only_known(fields, known)
        return cls(fields)

    def text(self, name: str, *, needed: bool = False, about: str = "") -> str | None:
        """A text field."""
        value = self._typed(name, str)
        if value is None and needed:
            raise Refused(422, f"{name} is missing", f"give {about}")
        return value if value is None else str(value)

    def yes_no(self, name: str) -> bool:
        """A field that is true or, when left out, false."""
        return bool(self._typed(name, bool))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._typed(name, list) or []
        if not all(isinstance(value, str) for value in values):
            raise Refused(422, f"{name} must be a list of texts", f'write for example "{name}": ["photo"]')
        return tuple(values)

    def document(self, name: str) -> dict[str, Any] | str | None:
        """A document inside the body: a JSON object, or the text of a YAML file."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else self._typed(name, dict)

    def _typed(self, name: str, kind: type) -> Any:
        value = self.fields.get(name)
        if value is None or isinstance(value, kind):
            return value
        raise Refused(422, f"{name} must be {_WORDS[kind]}", f"you sent {json.dumps(value)[:80]}")


def _only_known(fields: Mapping[str, Any], known: Sequence[str]) -> None:
    strange = sorted(set(fields) - set(known))
    if strange:
        raise Refused(422, f"unknown field {strange[0]!r}", f"the fields are {', '.join(known) or 'none'}")


def query(request: Request, known: Sequence[str]) -> Mapping[str, str]:
    """What stands after the question mark.

    Raises:
        Refused: a name that is not known.
    """
    _only_known(dict(request.query_params), known)
    return request.query_params


def one_of(value: str, choices: Sequence[str], name: str) -> str:
    """A value that must be one of a few words.

    Raises:
        Refused: it is another.
    """
    if value not in choices:
        raise Refused(422, f"{name} cannot be {value!r}", f"choose {', '.join(choices)}")
    return value
