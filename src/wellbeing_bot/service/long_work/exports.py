"""Files for other systems: answers as CSV, results as FHIR, the caseload as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select

from wellbeing_bot.questionnaires import export
from wellbeing_bot.service.questionnaires.exporting import NO_ADDRESS, fhir_bundle
from wellbeing_bot.service.questionnaires.figures import person_times
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import LongWork, Person, Referral

CASELOAD_COLUMNS = (
    "person",
    "first_name",
    "last_name",
    "postcode",
    "state",
    "source",
    "referred_on",
    "first_contact_on",
    "closed_on",
    "link_worker",
    "concerns",
    "outcome",
)

EXPORTS: Mapping[str, str] = {
    "caseload": "Caseload with names, as CSV",
    "answers": "Answers to questionnaires, without names, as CSV",
    "fhir": "Questionnaires and answers as FHIR R4 JSON",
}
"""What can be exported, and its title."""


def step(work: Work, row: LongWork) -> bool:
    """Make the file in one go: it shows one moment."""
    which = row.args["what"]
    row.result, rows = _MAKERS[which](work)
    ending = "json" if which == "fhir" else "csv"
    row.result_name = f"{which}-{work.local_now.date().isoformat()}.{ending}"
    row.done = row.total = 1
    row.said = f"{rows} rows. The file is kept for a day."
    return True


def _caseload(work: Work) -> tuple[str, int]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CASELOAD_COLUMNS)
    found = work.session.execute(
        select(Referral, Person)
        .join(Person, Person.id == Referral.person_id)
        .where(Referral.network_id == work.network.id, Person.erased_at.is_(None))
        .order_by(Referral.id)
    ).all()
    workers = {row.link_worker_id for row, _ in found}
    names = {
        person.id: person.full_name
        for person in work.session.scalars(select(Person).where(Person.id.in_(workers - {None})))
    }
    for row, person in found:
        writer.writerow(
            _safe(value)
            for value in (
                person.id,
                person.first_name,
                person.last_name,
                person.postcode or "",
                row.state.value,
                row.source,
                _day(work, row.opened_at),
                _day(work, row.first_contact_at),
                _day(work, row.closed_at),
                names.get(row.link_worker_id or 0, ""),
                "; ".join(row.concerns),
                row.outcome,
            )
        )
    return out.getvalue(), len(found)


def _answers(work: Work) -> tuple[str, int]:
    instruments = library(work).instruments
    rows = person_times(work.session, instruments, work.network)
    out = io.StringIO()
    export.write_answers(out, instruments.on, rows)
    return out.getvalue(), len(rows)


def _fhir(work: Work) -> tuple[str, int]:
    instruments = list(library(work).instruments.on.values())
    base = work.deployment.public_base_url or NO_ADDRESS
    bundle = fhir_bundle(work.session, instruments, [work.network], base)
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n", len(bundle["entry"])


def _day(work: Work, moment: datetime | None) -> str:
    return moment.astimezone(work.zone).date().isoformat() if moment else ""


def _safe(value: object) -> str:
    """A spreadsheet must not take somebody's words for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


_MAKERS: Mapping[str, Callable[[Work], tuple[str, int]]] = {
    "caseload": _caseload,
    "answers": _answers,
    "fhir": _fhir,
}
