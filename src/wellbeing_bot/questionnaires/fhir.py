"""FHIR R4 resources as plain dictionaries: Questionnaire and QuestionnaireResponse.

Codes are the network's to set; none is guessed. A licensed statement is never written out: the Questionnaire
names it by number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.instrument import Instrument, Item, Number, Option, Scale, Total
from wellbeing_bot.questionnaires.plans import Mode
from wellbeing_bot.questionnaires.scoring import Answers, score

SNOMED = "http://snomed.info/sct"
_EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
_PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coding:
    """A code of a code system, with its words."""

    code: str
    display: str
    system: str = SNOMED

    def as_fhir(self) -> Resource:
        """The FHIR Coding."""
        return {"system": self.system, "code": self.code, "display": self.display}


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes a network has set, by instrument and by (instrument, item or total)."""

    instruments: Mapping[str, Coding] = field(default_factory=dict)
    measures: Mapping[tuple[str, str], Coding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """One asking as it is exported."""

    id: str
    subject_system: str  # what kind of id the next field is: "https://fhir.nhs.uk/Id/nhs-number" or one's own
    subject: str
    authored: datetime  # aware: the last answer
    how: Closed | None
    mode: Mode
    answers: Answers


def questionnaire(instrument: Instrument, base: str, codes: Codes | None = None) -> Resource:
    """The R4 Questionnaire.

    Args:
        instrument: what to write.
        base: the address under which this deployment names its questionnaires, without a slash at the end.
        codes: codes to add where the network has set them.
    """
    codes = codes or Codes()
    resource: Resource = {
        "resourceType": "Questionnaire",
        "id": instrument.id.replace("_", "-"),
        "url": address(instrument, base),
        "version": instrument.version,
        "name": "".join(part.capitalize() for part in instrument.id.split("_")),
        "title": instrument.title,
        "status": "active",
        "subjectType": ["Patient"],
        "publisher": instrument.source,
        "copyright": instrument.licence,
        "item": [
            *(_item(instrument, item, base, codes) for item in instrument.items),
            *(_total(instrument, total, codes) for total in instrument.totals),
        ],
    }
    if coding := codes.instruments.get(instrument.id):
        resource["code"] = [coding.as_fhir()]
    return resource


def questionnaire_response(instrument: Instrument, filled: Filled, base: str) -> Resource:
    """The R4 QuestionnaireResponse to ``questionnaire(instrument, base)``.

    A skipped question is an item without an answer; a total without all of its items is left out.
    """
    scores = score(instrument, filled.answers)
    patient = {"type": "Patient", "identifier": {"system": filled.subject_system, "value": filled.subject}}
    resource: Resource = {
        "resourceType": "QuestionnaireResponse",
        "id": filled.id,
        "extension": [_mode(filled.mode)],
        "questionnaire": f"{address(instrument, base)}|{instrument.version}",
        "status": _status(filled.how),
        "subject": patient,
        "authored": filled.authored.isoformat(timespec="seconds"),
        "item": [_answer(item, scores.find(item.id).value, instrument, base) for item in instrument.items],
    }
    if not instrument.typed_in:
        resource["source"] = patient  # nobody answers for the patient
    for total, found in zip(instrument.totals, scores.totals, strict=True):
        if found.value is not None:
            resource["item"].append(
                {"linkId": total.id, "text": _words(total), "answer": [{"valueDecimal": found.value}]}
            )
    return resource


def address(instrument: Instrument, base: str) -> str:
    """The canonical address of an instrument."""
    return f"{base}/Questionnaire/{instrument.id.replace('_', '-')}"


def _item(instrument: Instrument, item: Item, base: str, codes: Codes) -> Resource:
    place = instrument.items.index(item) + 1
    found: Resource = {"linkId": item.id, "text": _text(item, place), "required": False}
    if item.scale:
        found["type"] = "choice"
        system = _scale_system(item.scale, base)
        found["answerOption"] = [_option(option, system) for option in item.scale.options]
    else:
        kind = "decimal" if instrument.typed_in else "integer"
        found["type"] = kind
        found["extension"] = [_limit("minValue", item.lowest, kind), _limit("maxValue", item.highest, kind)]
    return _coded(found, instrument, item, codes)


def _total(instrument: Instrument, total: Total, codes: Codes) -> Resource:
    found: Resource = {"linkId": total.id, "text": _words(total), "type": "decimal", "readOnly": True}
    return _coded(found, instrument, total, codes)


def _coded(found: Resource, instrument: Instrument, measure: Item | Total, codes: Codes) -> Resource:
    if coding := codes.measures.get((instrument.id, measure.id)):
        found["code"] = [coding.as_fhir()]
    return found


def _text(item: Item, place: int) -> str:
    if item.licensed:
        return f"Statement {place} (licensed wording, not reproduced)"
    return item.ask or item.short or item.id


def _words(total: Total) -> str:
    return total.short or total.id


def _option(option: Option, system: str) -> Resource:
    value = {"url": f"{_EXTENSION}ordinalValue", "valueDecimal": option.value}
    return {"extension": [value], "valueCoding": _choice(option, system)}


def _choice(option: Option, system: str) -> Resource:
    return {"system": system, "code": str(option.value), "display": option.words}


def _scale_system(scale: Scale, base: str) -> str:
    return f"{base}/CodeSystem/{scale.name.lower()}"


def _limit(name: str, value: Number, kind: str) -> Resource:
    return {"url": f"{_EXTENSION}{name}", f"value{kind.capitalize()}": value}


def _answer(item: Item, value: Number | None, instrument: Instrument, base: str) -> Resource:
    place = instrument.items.index(item) + 1
    found: Resource = {"linkId": item.id, "text": _text(item, place)}
    if value is None:
        return found
    if item.scale:
        option = next(option for option in item.scale.options if option.value == value)
        found["answer"] = [{"valueCoding": _choice(option, _scale_system(item.scale, base))}]
    else:
        found["answer"] = [{"valueDecimal" if instrument.typed_in else "valueInteger": value}]
    return found


def _status(how: Closed | None) -> str:
    if how is None:
        return "in-progress"
    return "completed" if how is Closed.COMPLETE else "stopped"


def _mode(mode: Mode) -> Resource:
    code, display = ("VERBAL", "verbal") if mode is Mode.READ_OUT else ("ELECTRONIC", "electronic data")
    coding = {"system": _PARTICIPATION, "code": code, "display": display}
    return {
        "url": f"{_EXTENSION}questionnaireresponse-completionMode",
        "valueCodeableConcept": {"coding": [coding]},
    }
