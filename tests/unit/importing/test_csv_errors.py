"""Every error of a CSV file says where it is, what is wrong and what to write."""

from __future__ import annotations

import pytest

from tests.unit.importing.conftest import Problems
from wellbeing_bot.service.importing import Source
from wellbeing_bot.service.importing.parsed import read
from wellbeing_bot.store.states import ChampionState, Role


@pytest.mark.parametrize(
    ("file", "text", "line", "wrong", "write"),
    [
        ("things_csv", "name\nHall\n", 1, "does not say what is in it", "venues.csv"),
        ("venues_csv", "name,naem\nHall,x\n", 1, "no column 'naem'", "name"),
        ("venues_csv", "name,name\nHall,x\n", 1, "two columns name", "one of the two"),
        ("venues_csv", "name\nHall,Quay Street\n", 2, "more cells", "quotes"),
        ("venues_csv", 'name\n"Hall\n', 2, "not closed", '""'),
        (
            "people_csv",
            "first_name,phone\nJean,07700900123\n,07700900124\n",
            3,
            "first_name is missing",
            "Jean",
        ),
        ("people_csv", "first_name,phone\nJean,4.47701E+11\n", 2, "spreadsheet", "text"),
        (
            "people_csv",
            "first_name,phone,dbs_until\nJean,07700900123,x\n",
            1,
            "no column 'dbs_until'",
            "Write",
        ),
        ("champions_csv", "first_name,phone,state\nAmir,07700900123,keen\n", 2, "'keen'", "active"),
        ("groups_csv", "key,name,schedule\n\nwalk,Walk,Thu\n", 3, "not a schedule", "FREQ"),
    ],
)
def test_an_error_names_its_row_and_its_cure(
    problems: Problems, file: str, text: str, line: int, wrong: str, write: str
) -> None:
    found = problems(**{file: text})

    assert found[0].startswith(f"{file.replace('_csv', '.csv')}:{line}: ")
    assert wrong in found[0]
    assert write in found[0]


def test_a_row_after_a_cell_of_two_lines_has_its_own_line(problems: Problems) -> None:
    (problem,) = problems(venues_csv='name,directions,postcode\nHall,"up the\nsteps",\nLoft,,nowhere\n')

    assert problem.startswith("venues.csv:4: ")


def test_a_champions_file_is_people_with_their_checks() -> None:
    text = "First name,Phone,DBS until,Groups,Paused\nAmir,7700900101,31/03/2030,walk; lunch,no\n"

    (amir,) = read([Source("champions-2027.csv", text.encode())]).people()

    assert amir.phone == "+447700900101"
    assert amir.all_roles == (Role.CHAMPION,)
    assert amir.champion is not None
    assert amir.champion.state is ChampionState.ACTIVE
    assert amir.champion.groups == ("walk", "lunch")
    assert str(amir.champion.dbs_until) == "2030-03-31"
