"""A questionnaire read out by a colleague: its questions to the letter, and a place for each answer."""

from __future__ import annotations

from starlette.responses import Response

from wellbeing_bot.questionnaires.instrument import Instrument, Item
from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.questionnaires.typed import SKIP
from wellbeing_bot.store import Asking, Person
from wellbeing_bot.web.desk.page import Page, Refusal, View


def instruments(view: View) -> dict[str, Instrument]:
    """Those that are on in this network, by name."""
    return dict(library(view.work).instruments.on)


def _chosen(view: View) -> Instrument:
    found = instruments(view).get(view.text("instrument", 40))
    if found is None:
        raise Refusal(400)
    return found


def show(view: View) -> Response:
    """The questions, to be read out; without one chosen, which there are."""
    person = view.one(Person)
    view.looked("looked", person_id=person.id)
    if not view.text("instrument", 40):
        return view.show("desk/read_out_choose.html", person=person, instruments=instruments(view))
    return _page(view, _chosen(view))


def _page(view: View, instrument: Instrument, error: str = "") -> Response:
    typed = {item.id: view.text(f"answer-{item.id}", 20) for item in instrument.items}
    return view.show(
        "desk/read_out.html",
        status=400 if error else 200,
        person=view.one(Person),
        instrument=instrument,
        typed=typed,
        options={item.id: _options(item) for item in instrument.items if not instrument.typed_in},
        error=error,
    )


def _options(item: Item) -> list[tuple[str, str]]:
    """What may be answered, the published words with the numbers; leaving it out is an answer too."""
    if item.scale:
        answers = [(str(option.value), option.words) for option in item.scale.options]
    else:
        ends = {item.lowest: item.lowest_words, item.highest: item.highest_words}
        whole = range(int(item.lowest), int(item.highest) + 1)
        answers = [(str(one), f"{one}, {ends[one]}" if ends.get(one) else str(one)) for one in whole]
    return [("", "Choose"), *answers, (SKIP, "Not answered")]


def keep(view: View) -> Response:
    """File the answers. A question without one is asked for again: leaving it out is an answer too."""
    person, instrument = view.one(Person), _chosen(view)
    given = {item.id: view.text(f"answer-{item.id}", 20) for item in instrument.items}
    empty = [str(place) for place, item in enumerate(instrument.items, 1) if not given[item.id]]
    if empty:
        return _page(
            view, instrument, f'Choose an answer, or "Not answered", for question {", ".join(empty)}.'
        )
    written = [f"{name}={value}" for name, value in given.items()]
    named = {"person": person.id, "instrument": instrument.id}
    try:
        if instrument.typed_in:
            view.perform("type_in_score", scores=written, **named)
        else:
            view.perform("read_out_answers", answers=written, **named)
    except DeskError as error:
        return _page(view, instrument, str(error))
    return view.go(f"/desk/people/{person.id}#results", "The answers are kept.")


def quotation(view: View) -> Response:
    """What helped, in their own words, if others may see it."""
    asking = view.one(Asking)
    view.perform(
        "keep_quotation",
        asking=asking.id,
        consent=view.text("consent") == "yes",
        text=view.text("text", 600) or None,
    )
    return view.go(f"/desk/people/{asking.person_id}#results", "Saved.")


def measure(view: View) -> Response:
    """A figure of one month, typed in beside the results."""
    month = view.text("month", 7)
    view.perform(
        "balancing_measure",
        name=view.text("name", 80),
        month=f"{month}-01",
        value=view.text("value", 20),
    )
    return view.go("/desk/results", "Saved.")


PAGES = (
    Page("GET", "/desk/people/{person:int}/read-out", show, TEAM),
    Page("POST", "/desk/people/{person:int}/read-out", keep, TEAM),
    Page("POST", "/desk/askings/{asking:int}/quotation", quotation, TEAM),
    Page("POST", "/desk/measures", measure, COORDINATION),
)
