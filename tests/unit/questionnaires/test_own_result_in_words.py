"""What a person is told about their own answers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.loader import Instruments, load
from wellbeing_bot.questionnaires.scoring import score
from wellbeing_bot.questionnaires.words import LONGEST, own_result, purpose, when

ONS4 = load().on["ons4"]
SEPTEMBER, DECEMBER = date(2026, 9, 8), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("then", "today", "words"),
    [
        (SEPTEMBER, DECEMBER, "in September"),
        (date(2026, 12, 30), date(2027, 3, 24), "in December"),
        (date(2026, 3, 8), date(2027, 3, 1), "in March 2026"),
        (date(2026, 9, 1), date(2026, 9, 8), "on 1 September"),
    ],
)
def test_a_date_is_said_as_people_say_it(then: date, today: date, words: str) -> None:
    assert when(then, today) == words


def test_then_and_now_are_set_side_by_side() -> None:
    before = score(ONS4, {"satisfied": 3, "happy": 4, "anxious": 8})
    now = score(ONS4, {"satisfied": 6, "worthwhile": 5, "anxious": 8})
    text = " ".join(own_result(ONS4, now, DECEMBER, (SEPTEMBER, before)))
    assert "In September you said 3 for how satisfied you are with your life, today 6." in text
    assert "Today you said 5 for how worthwhile the things you do feel." in text
    assert "how happy" not in text, "it was skipped today"


def test_a_loneliness_answer_is_said_in_the_words_that_were_chosen(ucla3: Instrument) -> None:
    before, now = score(ucla3, {"left_out": 3, "lonely": 1}), score(ucla3, {"left_out": 1, "lonely": 4})
    text = " ".join(own_result(ucla3, now, DECEMBER, (SEPTEMBER, before)))
    assert '"often", today "hardly ever or never"' in text
    assert '"often or always", today "hardly ever"' in text


def test_licensed_statements_are_counted_and_not_repeated(swemwbs: Instrument) -> None:
    before = score(swemwbs, {item.id: 3 for item in swemwbs.items})
    now = score(swemwbs, {"s1": 4, "s2": 5, "s3": 3, "s4": 2, "s5": 4})
    texts = own_result(swemwbs, now, DECEMBER, (SEPTEMBER, before))
    assert "5 statements: 3 went up, 1 stayed the same, 1 went down" in " ".join(texts)
    assert not any(item.ask in text for item in swemwbs.items for text in texts)


def test_with_nothing_answered_the_person_is_only_thanked() -> None:
    assert own_result(ONS4, score(ONS4, {}), DECEMBER) == ("Thank you for telling us.",)


@given(
    st.lists(st.none() | st.integers(0, 10), min_size=4, max_size=4),
    st.lists(st.none() | st.integers(0, 10), min_size=4, max_size=4),
)
def test_no_band_total_or_judgement_is_ever_said(before: list[int | None], now: list[int | None]) -> None:
    ids = [item.id for item in ONS4.items]
    earlier = score(ONS4, dict(zip(ids, before, strict=True)))
    texts = own_result(ONS4, score(ONS4, dict(zip(ids, now, strict=True))), DECEMBER, (SEPTEMBER, earlier))
    for text in texts:
        assert len(text) <= LONGEST
        assert text.isascii()
        words = set(text.lower().replace(".", " ").replace(",", " ").split())
        assert not words & {"low", "medium", "high", "better", "worse", "score", "total", "depressed"}


def test_the_purpose_names_who_asks_who_reads_and_how_many(everything: Instruments) -> None:
    text = purpose(everything.on["ons4"], service="Churchdown Connections", worker="Maureen", questions=8)
    assert "Churchdown Connections" in text
    assert "Maureen" in text
    assert "8 short questions" in text
