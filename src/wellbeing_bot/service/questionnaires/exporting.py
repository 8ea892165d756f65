"""Files for other systems: CSV for a spreadsheet, FHIR R4 JSON for a record system."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.questionnaires import export
from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.fhir import Codes, Coding, Filled, questionnaire, questionnaire_response
from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.outcomes import Report, paired_change
from wellbeing_bot.questionnaires.rows import PersonTime
from wellbeing_bot.service.questionnaires import answers
from wellbeing_bot.service.questionnaires.figures import person_times
from wellbeing_bot.service.questionnaires.starts import MODES
from wellbeing_bot.service.settings import read_network_settings
from wellbeing_bot.store import Answer, Asking, Network, Person

NO_ADDRESS = "urn:wellbeing-bot"
"""What resources are named under while the deployment has no public address."""

POINTS = (("entry", "week_12"), ("before", "after"))
"""Pairs of points that change is worked out between."""


def reports(
    instruments: Instruments, rows: Sequence[PersonTime], today: date, points: tuple[str, str] | None = None
) -> list[Report]:
    """Paired change of every instrument that was asked at both of two points."""
    found = []
    for instrument in instruments.on.values():
        for before, after in (points,) if points else POINTS:
            asked = {row.point for row in rows if row.instrument == instrument.id}
            if before in asked:
                found.append(paired_change(instrument, rows, today=today, before=before, after=after))
    return found


def export_to(
    folder: Path,
    session: Session,
    instruments: Instruments,
    networks: Sequence[Network],
    *,
    today: date,
    base_url: str = "",
) -> list[Path]:
    """Write everything there is to a folder; files of the same names are replaced. Returns them in order.

    ``answers.csv`` and the ``person_times`` hold answers of single people; ``change`` is suppressed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row for network in networks for row in person_times(session, instruments, network)]
    used = [i for i in instruments.on.values() if any(row.instrument == i.id for row in rows)]
    written = [folder / "answers.csv"]
    with written[0].open("w", encoding="utf-8", newline="") as out:
        export.write_answers(out, instruments.on, rows)
    for instrument in used:
        written.append(folder / f"person_times_{instrument.id}.csv")
        with written[-1].open("w", encoding="utf-8", newline="") as out:
            export.write_person_times(out, instrument, rows)
    for report in reports(instruments, rows, today):
        written.append(folder / f"change_{report.instrument}_{report.before}_{report.after}.csv")
        with written[-1].open("w", encoding="utf-8", newline="") as out:
            export.write_change(out, report)
    written.append(folder / "fhir.json")
    bundle = fhir_bundle(session, used, networks, base_url or NO_ADDRESS)
    written[-1].write_text(json.dumps(bundle, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return written


def fhir_bundle(
    session: Session, instruments: Sequence[Instrument], networks: Sequence[Network], base: str
) -> dict[str, Any]:
    """A collection of the Questionnaires and every QuestionnaireResponse, as plain R4 JSON."""
    resources: list[dict[str, Any]] = []
    codes = _codes(networks, instruments)
    resources += [questionnaire(instrument, base, codes) for instrument in instruments]
    for network in networks:
        for instrument in instruments:
            resources += [
                questionnaire_response(instrument, filled, base)
                for filled in _filled(session, network, instrument, base)
            ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": resource} for resource in resources],
    }


def _filled(session: Session, network: Network, instrument: Instrument, base: str) -> list[Filled]:
    rows = session.scalars(
        select(Asking)
        .join(Person, Person.id == Asking.person_id)
        .where(
            Asking.network_id == network.id,
            Asking.instrument == instrument.id,
            Asking.opened_at.is_not(None),
            Person.erased_at.is_(None),
        )
        .order_by(Asking.id)
    )
    return [
        Filled(
            id=f"asking-{row.id}",
            subject_system=f"{base}/Person",
            subject=str(row.person_id),
            authored=_authored(session, row),
            how=Closed(row.how_closed) if row.how_closed else None,
            mode=MODES[row.mode],
            answers=answers.known(instrument, answers.of_asking(session, row)),
        )
        for row in rows
    ]


def _authored(session: Session, row: Asking) -> datetime:
    """The last answer, or when it was asked."""
    last = session.scalar(
        select(Answer.at).where(Answer.asking_id == row.id).order_by(Answer.at.desc()).limit(1)
    )
    return last or row.opened_at or row.due_at


def _codes(networks: Sequence[Network], instruments: Sequence[Instrument]) -> Codes:
    """SNOMED CT codes that the networks have set under "ons4" or "ons4.satisfied"."""
    set_here: dict[str, str] = {}
    for network in networks:
        set_here |= read_network_settings(network.settings).snomed
    whole = {i.id: Coding(set_here[i.id], i.title) for i in instruments if i.id in set_here}
    parts = {
        (i.id, measure.id): Coding(set_here[f"{i.id}.{measure.id}"], measure.short or measure.id)
        for i in instruments
        for measure in i.measures
        if f"{i.id}.{measure.id}" in set_here
    }
    return Codes(whole, parts)
