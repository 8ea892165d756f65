"""What scripts may ask the service to do, by name. This is the whole list; nothing registers itself."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import ActionSpec
from wellbeing_bot.service.actions import (
    attending,
    caring,
    championing,
    changing,
    clinics,
    finding,
    goaling,
    joining,
    lending,
    linking,
    lunching,
    meeting,
    quoting,
    referring,
    riding,
    sharing,
    signposting,
    wishing,
    working,
)
from wellbeing_bot.service.actions.base import RegisteredAction

ACTIONS: Mapping[str, RegisteredAction] = {
    action.spec.name: action
    for action in (
        *joining.ACTIONS,
        *referring.ACTIONS,
        *finding.ACTIONS,
        *meeting.ACTIONS,
        *attending.ACTIONS,
        *changing.ACTIONS,
        *quoting.ACTIONS,
        *wishing.ACTIONS,
        *riding.ACTIONS,
        *lunching.ACTIONS,
        *sharing.ACTIONS,
        *linking.ACTIONS,
        *caring.ACTIONS,
        *championing.ACTIONS,
        *working.ACTIONS,
        *signposting.ACTIONS,
        *clinics.ACTIONS,
        *goaling.ACTIONS,
        *lending.ACTIONS,
    )
}

SPECS: Mapping[str, ActionSpec] = {name: action.spec for name, action in ACTIONS.items()}
