"""How many SMS parts a text takes and what makes it dear."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.channels.gsm7 import BASIC, EXTENSION, Parts, forces_ucs2, instead_of, parts, simplify


def test_the_alphabet_has_the_127_characters_of_the_standard_beside_escape() -> None:
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Parts("GSM-7", 0, 0)),
        ("a" * 160, Parts("GSM-7", 160, 1)),
        ("a" * 161, Parts("GSM-7", 161, 2)),
        ("a" * 306, Parts("GSM-7", 306, 2)),
        ("a" * 307, Parts("GSM-7", 307, 3)),
        ("£5 for lunch", Parts("GSM-7", 12, 1)),
        ("€5 for lunch", Parts("GSM-7", 13, 1)),
        ("€" * 80, Parts("GSM-7", 160, 1)),
        # 153 is odd: a euro sign is not cut in half, so each part holds 76 of them and wastes a septet.
        ("€" * 152, Parts("GSM-7", 304, 2)),
        ("€" * 153, Parts("GSM-7", 306, 3)),
        ("ŵ" * 70, Parts("UCS-2", 70, 1)),
        ("ŵ" * 71, Parts("UCS-2", 71, 2)),
        ("ŵ" * 134, Parts("UCS-2", 134, 2)),
        ("ŵ" * 135, Parts("UCS-2", 135, 3)),
        ("😀" * 35, Parts("UCS-2", 70, 1)),
        # 67 is odd too: 33 of these to a part.
        ("😀" * 66, Parts("UCS-2", 132, 2)),
        ("😀" * 67, Parts("UCS-2", 134, 3)),
        ("it’s on" + "a" * 64, Parts("UCS-2", 71, 2)),
    ],
)
def test_a_text_costs_so_many_parts(text: str, expected: Parts) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("Harbour Walk, Thursday 10am - £2", ()),
        ("It’s on – see you there…", ("’", "–", "…")),
        ("’tis Mrs O’Hara’s", ("’",)),
        ("Croeso i Lŷn, Siân", ("ŷ", "â")),
        ("`quoted`\t", ("`", "\t")),
    ],
)
def test_the_characters_that_make_a_text_dear_are_named_once_each(
    text: str, characters: tuple[str, ...]
) -> None:
    assert forces_ucs2(text) == characters


@pytest.mark.parametrize(
    ("text", "plainer"),
    [
        ("It’s “on” – see you…", 'It\'s "on" - see you...'),
        ("10\u202fam\u00a0sharp", "10 am sharp"),
        ("zero\u200bwidth", "zerowidth"),
        ("• tea\n• cake", "- tea\n- cake"),
        ("Siân Ŵyn, Łódź, 😀", "Siân Ŵyn, Łódź, 😀"),  # names and faces are nobody's to change
        ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner is part of how the word is written
    ],
)
def test_a_text_is_made_plainer_without_touching_its_letters(text: str, plainer: str) -> None:
    assert simplify(text) == plainer


def test_a_plainer_way_to_write_is_offered_where_there_is_one() -> None:
    assert instead_of("’") == "'"
    assert instead_of("\u200b") == ""
    assert instead_of("ŵ") is None


@given(st.text(max_size=400))
def test_counting_holds_for_every_text(text: str) -> None:
    counted = parts(text)
    assert (counted.encoding == "UCS-2") == bool(forces_ucs2(text))
    single, each = (160, 153) if counted.encoding == "GSM-7" else (70, 67)
    if counted.units <= single:
        assert counted.parts == (1 if text else 0)
    else:
        # Between nothing wasted and one unit wasted in each part.
        assert math.ceil(counted.units / each) <= counted.parts <= math.ceil(counted.units / (each - 1))


@given(st.text(max_size=200))
def test_ucs2_units_are_what_utf16_takes(text: str) -> None:
    counted = parts("ŵ" + text)
    assert counted.units == len(("ŵ" + text).encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(alphabet=st.sampled_from("aé€’“…–ŵ😀\u00a0\t`"), max_size=200))
def test_simplifying_twice_is_simplifying_once_and_adds_nothing_dear(text: str) -> None:
    plainer = simplify(text)
    assert simplify(plainer) == plainer
    assert set(forces_ucs2(plainer)) == {c for c in forces_ucs2(text) if instead_of(c) is None}
