"""Counts and change, as they may be shown to a board."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.service.questionnaires.exporting import reports
from wellbeing_bot.service.questionnaires.figures import person_times
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.showing import caseloads
from wellbeing_bot.store.states import ReferralState
from wellbeing_bot.web.api import models
from wellbeing_bot.web.api.guard import Caller, caller

ROUTER = APIRouter(tags=["results"])

Reader = Annotated[Caller, Depends(caller(Scope.RESULTS))]


@ROUTER.get("/results")
def results(who: Reader) -> models.Results:
    """The caseload's counts, and paired change with small numbers hidden."""
    instruments = library(who.work).instruments
    rows = person_times(who.session, instruments, who.network)
    counts = caseloads.counts(who.session, who.network.id)
    return models.Results(
        counts=models.Counts(
            awaiting=counts[ReferralState.WAITING],
            booked_in=counts[ReferralState.BOOKED],
            active=counts[ReferralState.ACTIVE],
            discharged=counts[ReferralState.DISCHARGED],
            declined=counts[ReferralState.DECLINED],
        ),
        change=[
            models.Change(
                instrument=report.instrument,
                before=report.before,
                after=report.after,
                family=row.slice[0],
                slice=row.slice[1],
                measure=row.measure,
                suppressed=row.suppressed,
                asked=row.asked,
                pairs=row.pairs,
                missing=row.missing,
                mean_before=row.mean_before,
                mean_after=row.mean_after,
                mean_change=row.mean_change,
            )
            for report in reports(instruments, rows, who.work.local_now.date())
            for row in report.rows
        ],
    )
