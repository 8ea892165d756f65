"""The two formats are written down for people outside: a field the documents do not name does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from wellbeing_bot.service.importing import (
    documents,
    people_documents,
    setup_documents,
    setup_place_documents,
)

DOCS = Path(__file__).parents[3] / "docs"
IMPORTED = [
    documents.NetworkIn,
    documents.LineIn,
    documents.PracticeIn,
    documents.VenueIn,
    documents.GroupIn,
    documents.DutyIn,
    documents.RideProviderIn,
    documents.ServiceIn,
    people_documents.AddressIn,
    people_documents.ChampionIn,
    people_documents.PersonIn,
    people_documents.Document,
]
SET_UP = [
    setup_documents.SessionSetup,
    setup_documents.ReferralSetup,
    setup_documents.MembershipSetup,
    setup_documents.ProxySetup,
    setup_documents.HoldSetup,
    setup_documents.QuestionnaireSetup,
    setup_documents.TaskSetup,
    setup_documents.InterestSetup,
    setup_documents.AddressSetup,
    setup_place_documents.PlaceSetup,
    setup_place_documents.MeetingSetup,
    setup_place_documents.RideSetup,
]


def named_in(page: str) -> set[str]:
    """Every word that stands in code letters on a page."""
    text = re.sub(r"```.*?```", "", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    return {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"[a-z_0-9]+", code)}


@pytest.mark.parametrize("model", IMPORTED, ids=lambda model: model.__name__)
def test_the_import_page_names_every_field(model: type[BaseModel]) -> None:
    assert set(model.model_fields) <= named_in("import.md")


@pytest.mark.parametrize("model", SET_UP, ids=lambda model: model.__name__)
def test_the_set_up_page_names_every_field(model: type[BaseModel]) -> None:
    assert set(model.model_fields) <= named_in("simulator-setup.md")


def test_the_set_up_page_names_what_it_adds_to_an_import() -> None:
    added = set(setup_documents.PersonSetup.model_fields) - set(people_documents.PersonIn.model_fields)
    added |= set(setup_documents.SetupDocument.model_fields)
    assert added <= named_in("simulator-setup.md")
