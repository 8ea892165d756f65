"""Forms that are one desk action each: what they ask, where they lead, and how they are served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.responses import Response

from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.showing import caseloads
from wellbeing_bot.store import Person
from wellbeing_bot.web.desk.page import Page, View
from wellbeing_bot.web.desk.phones import e164

FieldKind = Literal[
    "text",
    "area",
    "mobile",
    "moment",
    "moments",
    "date",
    "number",
    "tick",
    "choice",
    "choice_number",
    "ticks",
    "list",
    "person",
    "people",
    "given",
]
"""``list``: words with commas between them. ``given``: not asked for; ``now`` says what it is."""

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """One question of a form. ``name`` is the argument of the action that it fills."""

    name: str
    label: str
    kind: FieldKind = "text"
    hint: str = ""
    needed: bool = False
    choices: Callable[[View], Choices] = lambda _: ()
    now: Callable[[View], Any] = lambda _: ""  # what stands in it to begin with
    clears: bool = False  # left empty, what was there goes; otherwise it stays as it is
    nothing: str = ""  # said instead of the form when there is nothing to choose from


@dataclass(frozen=True)
class Form:
    """A desk action as a page of its own."""

    path: str
    action: str
    subject: tuple[str, type[Any]] | None  # the action's argument, and the row that the path names
    title: str
    button: str
    said: str  # said once it is done
    back: Callable[[Any], str]
    about: str = ""
    fields: tuple[Field, ...] = ()
    roles: frozenset[DeskRole] = TEAM
    person: Callable[[Any], int | None] = lambda row: row.id  # whose page it is, for the audit
    onward: Callable[[Mapping[str, Any]], str] | None = None  # where it goes on, if not back
    grave: bool = False  # others are told of it, or there is no way back: its button is red
    compares: Callable[[View], Sequence[Person]] = lambda _: ()  # people to look at before it is done


class Unreadable(Exception):
    """A field holds what it cannot. ``name`` says which."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name


def pages_of(form: Form) -> tuple[Page, Page]:
    """The page that shows a form, and the one that takes it."""

    def show(view: View) -> Response:
        typed = {one.name: one.now(view) for one in form.fields}
        return _page(view, form, typed)

    def take(view: View) -> Response:
        try:
            given = {one.name: _read(view, one) for one in form.fields}
            done = view.perform(form.action, **_subject(view, form), **given)
        except Unreadable as wrong:
            return _page(view, form, _typed(view, form), str(wrong), wrong.name)
        except DeskError as error:
            asked = [one.name for one in form.fields if one.kind != "given"]
            first = asked[0] if asked else "maincontent"
            return _page(view, form, _typed(view, form), _sentence(str(error)), first)
        if done.get("sent") is False:
            return view.go(form.back(_row(view, form)), f"No text could go. {done['why']}", wrong=True)
        there = form.onward(done) if form.onward is not None else form.back(_row(view, form))
        return view.go(there, form.said)

    return Page("GET", form.path, show, form.roles), Page("POST", form.path, take, form.roles)


def _page(view: View, form: Form, typed: dict[str, Any], error: str = "", wrong: str = "") -> Response:
    row = _row(view, form)
    compared = list(form.compares(view))
    if compared:
        view.looked("looked", people=[person.id for person in compared])
    key = form.person(row) if row is not None else None
    if key is not None:
        view.looked("looked", person_id=key)
    options = {one.name: list(one.choices(view)) for one in form.fields}
    return view.show(
        "desk/form.html",
        status=400 if error else 200,
        form=form,
        row=row,
        typed=typed,
        options=options,
        nothing=next((one.nothing for one in form.fields if one.nothing and not options[one.name]), ""),
        about=view.session.get(Person, key) if key is not None else None,
        compared=compared,
        summary=lambda person: caseloads.summary(view.session, person),
        back=form.back(row),
        error=error,
        wrong=wrong,
    )


def _row(view: View, form: Form) -> Any:
    return view.one(form.subject[1]) if form.subject is not None else None


def _subject(view: View, form: Form) -> dict[str, int]:
    """The argument that the path fills."""
    if form.subject is None:
        return {}
    name, row = form.subject[0], _row(view, form)
    return {name: row.person_id if name == "person" and hasattr(row, "person_id") else row.id}


def _typed(view: View, form: Form) -> dict[str, Any]:
    def written(one: Field) -> Any:
        if one.kind == "given":
            return one.now(view)
        return view.ticked(one.name) if one.kind in {"ticks", "moments"} else view.text(one.name)

    return {one.name: written(one) for one in form.fields}


def _read(view: View, one: Field) -> Any:
    """What was filled in, as the action takes it.

    Raises:
        Unreadable: it is missing or cannot be what it is to be.
    """
    if one.kind == "tick":
        return view.text(one.name) == "yes"
    if one.kind == "given":
        return one.now(view)
    if one.kind == "ticks":
        return view.ticked(one.name)
    written = " ".join(view.ticked(one.name)).strip() if one.kind == "moments" else view.text(one.name)
    if not written:
        if one.needed:
            raise Unreadable(one.name, f"Please fill in: {one.label.lower()}.")
        return _nothing(one) if one.clears else None
    if one.kind == "moments":
        return written.split()
    if one.kind == "list":
        return [word.strip() for word in written.split(",") if word.strip()]
    if one.kind in {"number", "choice_number"}:
        number = view.number(one.name)
        if number is None:
            raise Unreadable(one.name, "Write a whole number.")
        return number
    if one.kind == "people":
        return [_person(view, one, line.strip()) for line in written.splitlines() if line.strip()]
    if one.kind == "mobile":
        mobile = e164(written)
        if mobile is None:
            raise Unreadable(one.name, "That is not a UK mobile number. Write for example 07700 900123.")
        return f"sms:{mobile}"
    return _person(view, one, written) if one.kind == "person" else written


def _nothing(one: Field) -> Any:
    return [] if one.kind == "list" else ""


def _person(view: View, one: Field, written: str) -> int:
    """Somebody by name, number or the number of their record."""
    found = caseloads.find(view.session, view.ours.id, written)
    if len(found) == 1:
        return found[0].id
    if not found and written.isascii() and written.isdigit() and len(written) < 18:
        return int(written)
    that = f'"{written}"' if one.kind == "people" else "that"
    how = f"Nobody is found by {that}" if not found else f"Several people are found by {that}"
    raise Unreadable(
        one.name, f"{how}. Write the whole name, the phone number or the number of their record."
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
