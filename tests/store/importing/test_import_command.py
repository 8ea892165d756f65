"""The command: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.importing.conftest import MONDAY
from wellbeing_bot.config import Settings
from wellbeing_bot.import_command import run
from wellbeing_bot.store import Group
from wellbeing_bot.store.database import Database

TEMPLATES = Path(__file__).parents[3] / "docs" / "import"


@pytest.fixture
def settings(empty_file: Path, tmp_path: Path) -> Settings:
    path = tmp_path / "command.db"
    path.write_bytes(empty_file.read_bytes())
    return Settings(database_url=f"sqlite:///{path}", _env_file=None)  # type: ignore[call-arg]


def test_what_was_imported_is_said_in_words(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings, [TEMPLATES], MONDAY) == 0

    said = capsys.readouterr().out
    assert "Bay Walk: Thursdays at 10am" in said
    assert "4 groups: 4 new" in said


def test_errors_are_all_printed_and_nothing_is_kept(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "groups.csv").write_text("key,name,start\nwalk,Walk,late\n,Run,10:00\n", encoding="utf-8")

    assert run(settings, [TEMPLATES, tmp_path / "groups.csv"], MONDAY) == 1

    said = capsys.readouterr().err.splitlines()
    assert [line.split("groups.csv:")[1][0] for line in said[:2]] == ["2", "3"]
    assert said[-1] == "nothing was imported: 2 things to put right"
    database = Database(settings.database_url)
    with database.reading() as session:
        assert session.query(Group).count() == 0
    database.close()


def test_a_file_that_is_not_there_and_an_old_database_are_said_plainly(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(settings, [tmp_path / "none.yaml"], MONDAY) == 1
    assert "no such file" in capsys.readouterr().err
    old = Settings(database_url=f"sqlite:///{tmp_path / 'old.db'}", _env_file=None)  # type: ignore[call-arg]
    assert run(old, [TEMPLATES], MONDAY) == 1
    assert "migrate" in capsys.readouterr().err
