"""One unit of work: a transaction, the moment it happens at, and the network it happens in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wellbeing_bot.conversation import Scripts
from wellbeing_bot.service.sending.quiet import next_allowed
from wellbeing_bot.service.settings import NetworkSettings, read_network_settings
from wellbeing_bot.store import AddressRow, InboundRow, Network, Person

if TYPE_CHECKING:
    from wellbeing_bot.service.questionnaires.library import Library


@dataclass(frozen=True)
class Deployment:
    """What the whole service shares; built once by the composition root and never changed."""

    scripts: Scripts
    parts: Callable[[str], int]  # SMS parts a text takes
    simplify: Callable[[str], str]  # curly quotes and the like to characters that cost nothing extra
    public_base_url: str = ""
    secret_key: str = ""
    demo: bool = False
    instruments: Library | None = None
    languages: Mapping[str, Scripts] = field(default_factory=dict)

    def scripts_for(self, language: str) -> Scripts:
        """The scripts in a person's language; English where there is no translation."""
        return self.languages.get(language, self.scripts)


@dataclass
class Work:
    """Handed to every service function. ``now`` is aware UTC; nothing below reads a clock."""

    session: Session
    now: datetime
    deployment: Deployment
    network: Network
    inbound: InboundRow | None = None
    actor: str = ""  # the member of staff, when a desk action is under way
    notes: dict[str, Any] = field(default_factory=dict)  # what a desk action learned, for its caller
    known: dict[str, Any] = field(default_factory=dict)  # what was looked up already in this transaction

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.network.zone)

    @cached_property
    def settings(self) -> NetworkSettings:
        return read_network_settings(self.network.settings)

    def speaks(self, tag: str) -> bool:
        """Whether this network uses a language: one that is ready, or a draft it switched on for itself."""
        language = self.deployment.scripts.languages.get(tag)
        return language is not None and (language.on or tag in self.settings.languages)

    def language_of(self, person: Person | None, address: AddressRow | None = None) -> str:
        """The language somebody asked for; before we know who they are, the one their phone asked for."""
        asked = person.language if person else (address.language if address else None) or "en"
        return asked if asked != "en" and self.speaks(asked) else "en"

    def scripts_for(self, person: Person | None, address: AddressRow | None = None) -> Scripts:
        """The scripts in a person's language, in the network's own words where it has some."""
        scripts = self.deployment.scripts_for(self.language_of(person, address))
        return scripts.reworded(self.settings.wording) if self.settings.wording else scripts

    @property
    def local_now(self) -> datetime:
        return self.now.astimezone(self.zone)

    def allowed(self, moment: datetime) -> datetime:
        """``moment``, or the end of the quiet hours it falls in."""
        return next_allowed(moment, self.settings.quiet_from, self.settings.quiet_until, self.zone)

    @property
    def in_office_hours(self) -> bool:
        """Whether somebody may be expected to be at the desk."""
        local = self.local_now
        settings = self.settings
        return (
            local.weekday() in settings.office_days
            and settings.office_from <= local.time().replace(tzinfo=None) < settings.office_until
        )
