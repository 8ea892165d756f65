"""What this deployment can ask, and what this network has decided about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from wellbeing_bot.questionnaires.plan_file import Settings
from wellbeing_bot.questionnaires.plans import Plans
from wellbeing_bot.questionnaires.scoring import Watches
from wellbeing_bot.service.questionnaires.library import Library
from wellbeing_bot.service.work import Work


def library(work: Work) -> Library:
    """The deployment's instruments; those that ship where it was given none."""
    return work.deployment.instruments or _shipped()


@cache
def _shipped() -> Library:
    return Library.load()


def plans_of(work: Work) -> Plans:
    """What is asked here, of whom and when.

    Raises:
        FileErrors: the network's settings are wrong.
    """
    return _settings(work).plans


def watches_of(work: Work) -> Watches:
    """Which answers somebody must see here. Raises FileErrors as ``plans_of``."""
    return _settings(work).watches


def _settings(work: Work) -> Settings:
    return library(work).settings(work.settings.questionnaires, work.network.zone)


def asking_hour(work: Work, days: int) -> datetime:
    """So many days from today at the hour at which this network asks."""
    plans = plans_of(work)
    return plans.local(work.local_now.date() + timedelta(days=days), plans.ask_at).astimezone(UTC)
