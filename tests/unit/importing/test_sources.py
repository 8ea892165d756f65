"""Files as spreadsheet programs and editors leave them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.importing import ImportErrors, Source, read_sources
from wellbeing_bot.service.importing.parsed import read
from wellbeing_bot.service.importing.sources import decode

NAMES = "name\nZoë's Café\n"


@pytest.mark.parametrize(
    "data",
    [
        NAMES.encode("utf-8"),
        NAMES.encode("utf-8-sig"),
        NAMES.encode("utf-16"),
        b"\xfe\xff" + NAMES.encode("utf-16-be"),
        NAMES.replace("\n", "\r\n").encode("utf-8"),
        NAMES.replace("name", "Name").replace("\n", ";\n").encode("utf-8"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16 the other way", "windows lines", "semicolons"],
)
def test_a_name_with_an_accent_arrives_whole(data: bytes) -> None:
    venues = read([Source("venues.csv", data)]).venues()

    assert [venue.name for venue in venues] == ["Zoë's Café"]


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "empty"),
        (b"\xef\xbb\xbf  \n\n", 1, "empty"),
        (NAMES.encode("cp1252"), 2, "Windows-1252"),
        (NAMES.encode("utf-16-le"), 1, "plain text"),
        (b"PK\x03\x04 and so on", 1, "workbook"),
        (b"\x89PNG\r\n\x1a\n", 1, "UTF-8"),
    ],
    ids=["empty", "blank", "windows-1252", "utf-16 without a mark", "workbook", "picture"],
)
def test_what_cannot_be_read_for_certain_is_refused(data: bytes, line: int, says: str) -> None:
    with pytest.raises(ImportErrors) as refused:
        read([Source("venues.csv", data)])

    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("venues.csv", line)
    assert says in problem.wrong
    assert problem.write


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_fall_over(data: bytes) -> None:
    for name in ("network.yaml", "people.csv", "champions.csv"):
        with suppress(ImportErrors):
            text = decode(Source(name, data))
            read([Source(name, text.encode())])


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "venues.csv").write_text("name\nHall\n", encoding="utf-8")
    (tmp_path / "network.yaml").write_text("network: {slug: a, name: A}\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not this", encoding="utf-8")

    assert [Path(source.name).name for source in read_sources([tmp_path])] == ["network.yaml", "venues.csv"]


def test_every_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportErrors) as refused:
        read_sources([tmp_path / "a.yaml", tmp_path, tmp_path / "b.csv"])

    assert len(refused.value.problems) == 3
