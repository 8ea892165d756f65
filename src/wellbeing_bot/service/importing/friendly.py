"""What a model says about a wrong value, put so that somebody who never saw a program can cure it."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wellbeing_bot.service.importing.loaded import Loaded, Path
from wellbeing_bot.service.importing.moments import Reckoning
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem

M = TypeVar("M", bound=BaseModel)

_SHAPES = {
    "model_type": ("names with values are wanted here", "Write name: value"),
    "dict_type": ("names with values are wanted here", "Write name: value"),
    "tuple_type": ("a list is wanted here", "Write [one, two], or one a line after a dash"),
    "list_type": ("a list is wanted here", "Write [one, two], or one a line after a dash"),
    "string_type": ("words are wanted here", "Write a text, or leave the name out"),
    "int_parsing": ("this is not a whole number", "Write a number such as 20"),
    "int_type": ("this is not a whole number", "Write a number such as 20"),
    "int_from_float": ("this is not a whole number", "Write a number such as 20"),
    "float_parsing": ("this is not a number", "Write a number such as 4.5"),
    "bool_parsing": ("this is neither yes nor no", "Write yes or no"),
    "date_type": ("this is not a date", "Write it like 2026-11-26 or 26/11/2026"),
    "date_from_datetime_parsing": ("this is not a date", "Write it like 2026-11-26 or 26/11/2026"),
    "date_from_datetime_inexact": ("this is a date with a time", "Write the date alone, like 2026-11-26"),
    "date_parsing": ("this is not a date", "Write it like 2026-11-26 or 26/11/2026"),
    "time_parsing": ("this is not a time of day", 'Write hours and minutes, like "20:00"'),
    "datetime_parsing": ("this is not a moment", 'Write it like "2026-11-26T09:00"'),
    "datetime_from_date_parsing": ("this is not a moment", 'Write it like "2026-11-26T09:00"'),
    "string_pattern_mismatch": (
        "this is not a short name",
        "Write small letters, digits and dashes, like harbour-walk",
    ),
    "string_too_short": ("there is nothing here", "Write a text"),
}


def validate(model: type[M], loaded: Loaded, reckoning: Reckoning | None = None) -> M:
    """The values of a file as a model. ``reckoning`` lets dates be written from the start on: "+3 days".

    Raises:
        ImportErrors: everything that is wrong with them, each with its line.
    """
    try:
        return model.model_validate(loaded.data, context=reckoning)
    except ValidationError as error:
        raise ImportErrors([_problem(model, loaded, one) for one in error.errors()]) from None


def _problem(model: type[BaseModel], loaded: Loaded, error: ErrorDetails) -> ImportProblem:
    path: Path = tuple(part for part in error["loc"])
    wrong, write = _explain(model, path, error)
    name = str(path[-1]) if path and isinstance(path[-1], str) and error["type"] not in _NAMED else ""
    return loaded.problem(path, f"{name}: {wrong}" if name else wrong, write)


_NAMED = {"missing", "extra_forbidden"}


def _explain(model: type[BaseModel], path: Path, error: ErrorDetails) -> tuple[str, str]:
    context: Mapping[str, Any] = error.get("ctx", {})
    kind = error["type"]
    if kind == "own":
        return str(context["what"]), str(context["write"])
    if kind == "missing":
        return f"{path[-1]} is missing", _example(model, path)
    if kind == "extra_forbidden":
        return f"nothing is called {path[-1]!r} here", did_you_mean(str(path[-1]), _names(model, path[:-1]))
    if kind in {"enum", "literal_error"}:
        known = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")]
        return f"{error['input']!r} is not known here", did_you_mean(str(error["input"]), known)
    if kind == "string_too_long":
        return "this text is too long", f"Write at most {context['max_length']} characters"
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"{error['input']} is too {'small' if kind[0] == 'g' else 'large'}", _limit(kind, context)
    return _SHAPES.get(kind, (str(error["msg"])[:1].lower() + str(error["msg"])[1:], "See docs/import.md"))


def _limit(kind: str, context: Mapping[str, Any]) -> str:
    return f"Write {context['ge']} or more" if kind[0] == "g" else f"Write {context['le']} or less"


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """The cure for a wrong word: the one it looks like, or all there are."""
    names = list(known)
    near = difflib.get_close_matches(written.lower(), names, n=1)
    if near:
        return f"Write {near[0]}, if that is what you mean"
    return f"Write one of: {', '.join(names)}" if names else "Leave it out"


def _example(model: type[BaseModel], path: Path) -> str:
    owner = _model_at(model, path[:-1])
    field = owner.model_fields.get(str(path[-1])) if owner else None
    examples = field.examples if field else None
    return f"Add {path[-1]}: {examples[0]}" if examples else f"Add {path[-1]}:"


def _names(model: type[BaseModel], path: Path) -> list[str]:
    owner = _model_at(model, path)
    return sorted(owner.model_fields) if owner else []


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that a path leads to, through lists and optional values."""
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = current.model_fields.get(part)
        current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is not None:
        return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)
    return None
