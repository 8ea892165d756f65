"""The four roles of the desk."""

from __future__ import annotations

from enum import StrEnum


class DeskRole(StrEnum):
    """What somebody may open. A commissioner sees figures and no person."""

    LINK_WORKER = "link_worker"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    COMMISSIONER = "commissioner"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()


EVERYBODY = frozenset(DeskRole)
TEAM = frozenset({DeskRole.LINK_WORKER, DeskRole.COORDINATOR, DeskRole.ADMINISTRATOR})
COORDINATION = frozenset({DeskRole.COORDINATOR, DeskRole.ADMINISTRATOR})
ADMINISTRATION = frozenset({DeskRole.ADMINISTRATOR})
