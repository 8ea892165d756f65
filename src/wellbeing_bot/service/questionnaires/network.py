"""What this deployment can ask, and what this network has decided about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from wellbeing_bot.questionnaires.plan_file import Settings
from wellbeing_bot.questionnaires.plans import Plans
from wellbeing_bot.questionnaires.problems import FileErrors
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
    """What is asked here, of whom and when."""
    return _settings(work).plans


def watches_of(work: Work) -> Watches:
    """Which answers somebody must see here."""
    return _settings(work).watches


def wrong_settings(work: Work) -> str:
    """What is wrong with this network's settings, and what to write; empty when nothing is."""
    try:
        library(work).settings(work.settings.questionnaires, work.network.zone)
    except FileErrors as error:
        return str(error)
    return ""


def _settings(work: Work) -> Settings:
    """With settings that are wrong nobody new is asked; those who are half-way are not left standing."""
    found = library(work)
    try:
        return found.settings(work.settings.questionnaires, work.network.zone)
    except FileErrors:
        return found.settings({"plans": []}, work.network.zone)


def asking_hour(work: Work, days: int) -> datetime:
    """So many days from today at the hour at which this network asks."""
    plans = plans_of(work)
    return plans.local(work.local_now.date() + timedelta(days=days), plans.ask_at).astimezone(UTC)
