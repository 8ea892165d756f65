"""What comes out: a person's results, the commands, the files."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fhir.resources.R4B.bundle import Bundle
from sqlalchemy import select

from tests.store.questionnaires.conftest import person_id
from tests.story import Story
from tests.story_questionnaires import ACTS
from wellbeing_bot.config import Settings, read_settings
from wellbeing_bot.results_command import export_outcomes, outcomes, results
from wellbeing_bot.service.questionnaires.exporting import export_to
from wellbeing_bot.service.questionnaires.library import Library
from wellbeing_bot.service.questionnaires.results import Result, results_of
from wellbeing_bot.store import Network, Person

LONDON = ZoneInfo("Europe/London")
ENTRY = {"satisfied": 3, "worthwhile": 5, "happy": 6, "anxious": 8}
LATER = {"satisfied": 6, "worthwhile": 5, "happy": 4, "anxious": 2}


def _read_out(story: Story, values: dict[str, int], name: str = "Jean", **more: Any) -> None:
    story.desk(
        "read_out_answers",
        person=person_id(story, name),
        instrument="ons4",
        answers=[f"{item}={value}" for item, value in values.items()],
        **more,
    )


def _results(story: Story) -> list[Result]:
    with story.app.database.reading() as session:
        person = session.get_one(Person, person_id(story))
        return results_of(session, Library.load().instruments, person, LONDON)


def _settings(story: Story) -> Settings:
    return read_settings(database_url=story.app.settings.database_url, _env_file=None)


def test_answers_bands_and_change_since_entry(story: Story) -> None:
    _read_out(story, ENTRY)
    story.until(story.now + timedelta(days=84))
    _read_out(story, LATER)
    entry, later = _results(story)
    assert (entry.point, later.point) == ("entry", "week_12")
    assert {score.measure: score.band for score in entry.scores.items} == {
        "satisfied": "low",
        "worthwhile": "medium",
        "happy": "medium",
        "anxious": "high",
    }
    assert not entry.changes
    changes = {name: (found.difference, found.better) for name, found in later.changes.items()}
    assert changes == {
        "satisfied": (3, True),
        "worthwhile": (0, None),
        "happy": (-2, False),
        "anxious": (-6, True),
    }
    assert later.since == date(2026, 11, 23)
    assert later.same_mode


def test_another_way_of_asking_is_said(story: Story) -> None:
    story.until(datetime(2026, 11, 23, 10, 30, tzinfo=UTC))
    for value in ENTRY.values():
        story.text("Jean", str(value))
    story.until(story.now + timedelta(days=100))
    _read_out(story, LATER, point="extra")
    assert [one.same_mode for one in _results(story) if one.point == "extra"] == [False]


def test_the_results_of_a_person_on_the_command_line(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    _read_out(story, ENTRY)
    assert results(_settings(story), person_id(story)) == 0
    shown = capsys.readouterr().out
    assert "how satisfied you are with your life" in shown
    assert "3 (low)" in shown
    assert "Jean" not in shown, "initials are enough on a shared screen"


def test_somebody_who_is_not_there_is_refused_in_one_line(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    assert results(_settings(story), 4711) == 2
    assert capsys.readouterr().err.startswith("wellbeing-bot: there is no person 4711")


def test_outcomes_keep_a_small_group_back_and_say_so(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    _read_out(story, ENTRY)
    story.until(story.now + timedelta(days=84))
    _read_out(story, LATER)
    assert outcomes(_settings(story), story.now) == 0
    shown = capsys.readouterr().out
    assert "fewer than five people" in shown
    assert "change +3" not in shown
    assert "referrals 1, contacts 1" in shown


def test_an_unknown_network_is_refused(story: Story, tmp_path: Path) -> None:
    assert outcomes(_settings(story), story.now, network="elsewhere") == 2
    assert export_outcomes(_settings(story), tmp_path / "out", story.now, "elsewhere") == 2
    assert not (tmp_path / "out").exists()


@pytest.fixture
def exported(story: Story, tmp_path: Path) -> Path:
    ACTS["patient"](story, "Tom", "money")
    _read_out(story, ENTRY)
    story.desk("type_in_score", person=person_id(story), instrument="pam", scores=["level=2", "score=47.4"])
    story.until(datetime(2026, 11, 23, 10, 30, tzinfo=UTC))
    story.text("Tom", "7")
    story.text("Tom", "skip")
    assert export_outcomes(_settings(story), tmp_path / "out", story.now) == 0
    return tmp_path / "out"


def test_one_row_an_answer(exported: Path) -> None:
    with (exported / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(row["instrument"], row["mode"], row["item"]): row["value"] for row in rows}
    assert found["ons4", "read_out", "satisfied"] == "3"
    assert found["ons4", "text", "satisfied"] == "7"
    assert found["ons4", "text", "worthwhile"] == ""
    assert found["ons4", "text", "happy"] == "", "not reached"
    assert found["pam", "read_out", "score"] == "47.4"
    assert len(rows) == 4 + 4 + 2


def test_one_row_a_person_time_with_what_it_was_about(exported: Path) -> None:
    with (exported / "person_times_ons4.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["concerns"], row["answered"], row["how_closed"]) for row in rows] == [
        ("", "4", "complete"),
        ("money", "1", ""),
    ]


def test_no_name_and_no_number_is_in_any_file(exported: Path) -> None:
    for path in exported.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("Jean", "Tom", "Marsh", "7700900")), path.name


def test_the_bundle_is_fhir(exported: Path) -> None:
    text = (exported / "fhir.json").read_text(encoding="utf-8")
    Bundle.model_validate_json(text)
    resources = [entry["resource"] for entry in json.loads(text)["entry"]]
    responses = [one for one in resources if one["resourceType"] == "QuestionnaireResponse"]
    assert sorted(one["status"] for one in responses) == ["completed", "completed", "in-progress"]
    forms = {one["url"] for one in resources if one["resourceType"] == "Questionnaire"}
    assert {one["questionnaire"].partition("|")[0] for one in responses} <= forms


def test_codes_are_written_where_the_network_set_them(story: Story, tmp_path: Path) -> None:
    _read_out(story, ENTRY)
    with story.app.database.reading() as session:
        network = session.scalars(select(Network)).one()
        session.expunge_all()
        network.settings = {**network.settings, "snomed": {"ons4": "123456", "ons4.happy": "654321"}}
        export_to(
            tmp_path, session, Library.load().instruments, [network], today=story.now.date(), base_url=""
        )
    form = next(
        entry["resource"]
        for entry in json.loads((tmp_path / "fhir.json").read_text(encoding="utf-8"))["entry"]
        if entry["resource"]["resourceType"] == "Questionnaire"
    )
    assert form["code"][0]["code"] == "123456"
    assert [item["linkId"] for item in form["item"] if "code" in item] == ["happy"]
