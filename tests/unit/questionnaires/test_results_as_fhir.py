"""FHIR R4: what is exported is valid, and every response fits its questionnaire.

The standard's own definitions are those of the ``fhir.resources`` package, release R4B; Questionnaire and
QuestionnaireResponse have the same elements there as in R4.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.fhir import Codes, Coding, Filled, questionnaire, questionnaire_response
from wellbeing_bot.questionnaires.instrument import Instrument, Number
from wellbeing_bot.questionnaires.loader import Instruments, load
from wellbeing_bot.questionnaires.plans import Mode

BASE = "https://wellbeing.example.org/fhir"
ALL = ["ons4", "ucla3", "swemwbs", "self_rating", "able_to_look_after_health", "pam"]
UCLA = load().on["ucla3"]
VALUE_OF_TYPE = {"integer": "valueInteger", "decimal": "valueDecimal", "choice": "valueCoding"}


def filled(
    answers: dict[str, Number | None], how: Closed | None = Closed.COMPLETE, mode: Mode = Mode.TEXT
) -> Filled:
    return Filled(
        id="asking-7",
        subject_system="https://wellbeing.example.org/person",
        subject="p1",
        authored=datetime(2026, 12, 1, 10, 42, 7, 1234, tzinfo=UTC),
        how=how,
        mode=mode,
        answers=answers,
    )


def as_sent(resource: dict[str, Any]) -> str:
    """What goes over the wire; it must survive it unchanged."""
    text = json.dumps(resource)
    assert json.loads(text) == resource
    return text


def check_fit(response: dict[str, Any], form: dict[str, Any]) -> None:
    """Every answer is to an item of the form, of its type, and one of its options."""
    items = {item["linkId"]: item for item in form["item"]}
    order = [item["linkId"] for item in form["item"]]
    found = [item["linkId"] for item in response["item"]]
    assert found == [link for link in order if link in found], "in the order of the form"
    for item in response["item"]:
        question = items[item["linkId"]]
        assert item["text"] == question["text"]
        for answer in item.get("answer", []):
            assert list(answer) == [VALUE_OF_TYPE[question["type"]]]
            if question["type"] == "choice":
                assert answer["valueCoding"] in [option["valueCoding"] for option in question["answerOption"]]


@pytest.mark.parametrize("name", ALL)
def test_every_questionnaire_is_valid(everything: Instruments, name: str) -> None:
    resource = questionnaire(everything.on[name], BASE)
    Questionnaire.model_validate_json(as_sent(resource))
    assert "code" not in resource


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("full", [True, False])
def test_every_response_is_valid_and_fits_its_questionnaire(
    everything: Instruments, name: str, full: bool
) -> None:
    instrument = everything.on[name]
    answers: dict[str, Number | None] = {item.id: item.highest if full else None for item in instrument.items}
    response = questionnaire_response(instrument, filled(answers), BASE)
    QuestionnaireResponse.model_validate_json(as_sent(response))
    form = questionnaire(instrument, BASE)
    check_fit(response, form)
    assert response["questionnaire"] == f"{form['url']}|{form['version']}"
    assert any("answer" in item for item in response["item"]) == full


@given(st.lists(st.none() | st.integers(1, 3), min_size=4, max_size=4))
def test_any_set_of_answers_makes_a_valid_response(values: list[int | None]) -> None:
    answers: dict[str, Number | None] = dict(zip([i.id for i in UCLA.items], values, strict=True))
    response = questionnaire_response(UCLA, filled(answers), BASE)
    QuestionnaireResponse.model_validate_json(as_sent(response))
    check_fit(response, questionnaire(UCLA, BASE))
    totals = [item for item in response["item"] if item["linkId"] == "total"]
    given = [value for value in values[:3] if value is not None]
    assert [item["answer"][0]["valueDecimal"] for item in totals] == ([sum(given)] if len(given) == 3 else [])


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (Closed.COMPLETE, "completed"),
        (Closed.INCOMPLETE, "stopped"),
        (Closed.NO_MORE, "stopped"),
        (Closed.CALLED_OFF, "stopped"),
        (None, "in-progress"),
    ],
)
def test_how_it_ended_is_said(ons4: Instrument, how: Closed | None, status: str) -> None:
    assert questionnaire_response(ons4, filled({}, how), BASE)["status"] == status


@pytest.mark.parametrize(("mode", "code"), [(Mode.TEXT, "ELECTRONIC"), (Mode.READ_OUT, "VERBAL")])
def test_the_mode_is_said_and_the_person_is_the_source(ons4: Instrument, mode: Mode, code: str) -> None:
    response = questionnaire_response(ons4, filled({"happy": 5}, mode=mode), BASE)
    assert response["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == code
    assert response["source"] == response["subject"]


def test_what_staff_typed_in_has_no_source(everything: Instruments) -> None:
    response = questionnaire_response(everything.on["pam"], filled({"level": 3, "score": 56.4}), BASE)
    assert "source" not in response
    assert [item["answer"] for item in response["item"]] == [[{"valueDecimal": 3}], [{"valueDecimal": 56.4}]]


def test_ons4_has_no_total_to_answer(ons4: Instrument) -> None:
    form = questionnaire(ons4, BASE)
    assert [item["linkId"] for item in form["item"]] == ["satisfied", "worthwhile", "happy", "anxious"]
    assert form["item"][0]["text"] == "Overall, how satisfied are you with your life nowadays?"


def test_licensed_statements_are_never_exported(swemwbs: Instrument) -> None:
    answers: dict[str, Number | None] = {item.id: 3 for item in swemwbs.items}
    for resource in (questionnaire(swemwbs, BASE), questionnaire_response(swemwbs, filled(answers), BASE)):
        text = as_sent(resource)
        assert not any(item.ask in text for item in swemwbs.items)


def test_codes_are_there_only_where_the_network_set_them(ons4: Instrument) -> None:
    codes = Codes(
        instruments={"ons4": Coding("1234", "Invented code for the whole")},
        measures={("ons4", "happy"): Coding("5678", "Invented code for one question")},
    )
    resource = questionnaire(ons4, BASE, codes)
    Questionnaire.model_validate_json(as_sent(resource))
    assert resource["code"] == [
        {"system": "http://snomed.info/sct", "code": "1234", "display": "Invented code for the whole"}
    ]
    assert [("code" in item) for item in resource["item"]] == [False, False, True, False]


def test_the_validation_used_here_does_refuse_what_is_wrong(ons4: Instrument) -> None:
    response = questionnaire_response(ons4, filled({"happy": 5}), BASE)
    for key, wrong in (("status", None), ("item", [{"text": "no linkId"}]), ("mood", "an unknown element")):
        broken = {**response, key: wrong}
        with pytest.raises(ValueError, match="validation error"):
            QuestionnaireResponse.model_validate_json(json.dumps(broken))
