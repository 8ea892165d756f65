"""Results: paired change and what was done, as they may be shown to a board. No person is in them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup
from starlette.responses import Response

from wellbeing_bot.questionnaires.export import write_change
from wellbeing_bot.questionnaires.instrument import Instrument, Item, Total
from wellbeing_bot.questionnaires.outcomes import WHOLE, MeasureChange, Report
from wellbeing_bot.questionnaires.processes import processes
from wellbeing_bot.service.accounts.roles import EVERYBODY
from wellbeing_bot.service.questionnaires.doings import activity
from wellbeing_bot.service.questionnaires.exporting import reports
from wellbeing_bot.service.questionnaires.figures import person_times
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.showing.feedback import feedback
from wellbeing_bot.store import Audit
from wellbeing_bot.web.desk import drawing
from wellbeing_bot.web.desk.page import Page, View

PERIODS = ((91, "Last quarter"), (365, "Last year"), (3650, "Since the beginning"))


@dataclass(frozen=True)
class Shown:
    """One report with its drawing: everybody, then each group."""

    report: Report
    title: str
    names: dict[str, str]
    whole: list[MeasureChange]
    groups: dict[str, list[MeasureChange]]
    picture: Markup | None
    number: int


def _reports(view: View) -> list[Report]:
    instruments = library(view.work).instruments
    rows = person_times(view.session, instruments, view.ours)
    return reports(instruments, rows, view.work.local_now.date())


def results(view: View) -> Response:
    """Drawn, with tables that say the same; small numbers are hidden."""
    instruments = library(view.work).instruments.on
    days = view.number("days") or 365
    today = view.work.local_now.date()
    since = today - timedelta(days=min(days, 3650))
    return view.show(
        "desk/results.html",
        shown=[
            _shown(report, instruments[report.instrument], place)
            for place, report in enumerate(_reports(view))
        ],
        said=feedback(view.work, since, today),
        done=processes(activity(view.session, view.ours), since, today),
        since=since,
        days=days,
        periods=PERIODS,
    )


def _shown(report: Report, instrument: Instrument, number: int) -> Shown:
    groups: dict[str, list[MeasureChange]] = {}
    for row in report.rows:
        if row.slice[0] == "group":
            groups.setdefault(row.slice[1], []).append(row)
    whole = [row for row in report.rows if row.slice == WHOLE]
    return Shown(
        report,
        instrument.title,
        {
            measure.id: (measure.short or measure.id.replace("_", " ")).capitalize()
            for measure in instrument.measures
        },
        whole,
        groups,
        _picture(instrument, whole),
        number,
    )


def _picture(instrument: Instrument, whole: list[MeasureChange]) -> Markup | None:
    """Before and after of what has a mean that may be shown; totals where there are any."""
    rows = []
    by_id = {row.measure: row for row in whole}
    wanted: Sequence[Item | Total] = instrument.totals or tuple(
        item for item in instrument.items if item.averaged
    )
    highest = 0.0
    for measure in wanted:
        row = by_id.get(measure.id)
        if row is None or row.mean_before is None or row.mean_after is None:
            continue
        name = (measure.short or measure.id).capitalize()
        rows.append((name, float(row.mean_before), float(row.mean_after)))
        top = float(measure.highest) if isinstance(measure, Item) else max(row.mean_before, row.mean_after)
        highest = max(highest, top)
    if not rows:
        return None
    return drawing.bars(
        f"{instrument.title}: means before and after; the table says the same", rows, 0, highest
    )


def download(view: View) -> Response:
    """One report as CSV, with the same numbers hidden."""
    found = _reports(view)
    number = view.request.path_params["number"]
    if not 0 <= number < len(found):
        return view.show("desk/refused.html", status=404, status_code=404)
    out = io.StringIO()
    write_change(out, found[number])
    row = Audit(network_id=view.ours.id, by=view.account.name, what="export", details={}, at=view.now)
    view.change(lambda session: session.add(row))
    name = f"{found[number].instrument}-{found[number].after}.csv"
    return Response(
        out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


PAGES = (
    Page("GET", "/desk/results", results, EVERYBODY),
    Page("GET", "/desk/results/{number:int}/csv", download, EVERYBODY),
)
