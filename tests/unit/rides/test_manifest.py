"""The list a provider drives by, as a file and as a page."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from wellbeing_bot.service.rides.manifest import COLUMNS, Line, Manifest, to_csv, to_html

JEAN = Line(7, "Jean M.", 2, "4 Mill Lane, Seabank", "07700 900101", "wheelchair", there=True, home=False)
LIST = Manifest(
    provider="Seabank Council",
    day="Wednesday 25 November",
    arrive_by="12.30pm",
    home_from="1.30pm",
    venue="the Oyster Hall",
    address="Harbour Street, CT5 1AB",
    made="Monday 23 November at 12 noon",
    lines=(JEAN,),
)


def test_the_file_holds_what_the_driver_needs_and_room_for_the_answer() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(LIST))))
    assert rows[0] == list(COLUMNS)
    assert rows[1] == [
        "7", "Jean M.", "2", "4 Mill Lane, Seabank", "07700 900101", "wheelchair", "yes", "no", "", "", ""
    ]  # fmt: skip


def test_an_answer_that_is_known_is_in_the_file() -> None:
    line = replace(JEAN, window_from="11:15", window_until="11:45")
    [row] = csv.DictReader(io.StringIO(to_csv(replace(LIST, lines=(line,)))))
    assert (row["pick_up_from"], row["pick_up_until"]) == ("11:15", "11:45")


@pytest.mark.parametrize(
    "written", ["=HYPERLINK(A1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
)
def test_what_a_person_wrote_never_runs_in_a_spreadsheet(written: str) -> None:
    [row] = csv.DictReader(io.StringIO(to_csv(replace(LIST, lines=(replace(JEAN, pick_up=written),)))))
    assert row["pick_up"].startswith("'")


def test_a_phone_number_with_a_plus_stays_a_number() -> None:
    [row] = csv.DictReader(
        io.StringIO(to_csv(replace(LIST, lines=(replace(JEAN, phone="+353 1 555 0100"),))))
    )
    assert row["phone"] == "+353 1 555 0100"


@pytest.mark.parametrize(
    "words", ["Jean M.", "4 Mill Lane, Seabank", "07700 900101", "wheelchair", "the Oyster Hall", "12.30pm"]
)
def test_the_page_holds_what_the_driver_needs(words: str) -> None:
    assert words in to_html(LIST)


def test_the_page_shows_what_people_wrote_and_does_not_run_it() -> None:
    page = to_html(replace(LIST, lines=(replace(JEAN, pick_up="<script>alert(1)</script>"),)))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_has_a_language_a_title_and_headed_columns_and_prints_by_itself() -> None:
    page = to_html(LIST)
    assert '<html lang="en-GB">' in page
    assert "<title>Lifts on Wednesday 25 November</title>" in page
    assert page.count('scope="col"') == 9
    assert "http" not in page


def test_an_empty_list_says_so() -> None:
    assert "Nobody needs a lift." in to_html(replace(LIST, lines=()))


def test_seats_are_counted_with_companions() -> None:
    assert replace(LIST, lines=(JEAN, replace(JEAN, ride=8, people=1))).people == 3
