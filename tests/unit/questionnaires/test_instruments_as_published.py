"""Wordings and numbers of the shipped instruments against what their owners publish."""

from __future__ import annotations

import pytest

from wellbeing_bot.questionnaires.instrument import Instrument, Off
from wellbeing_bot.questionnaires.loader import Instruments, load
from wellbeing_bot.questionnaires.scoring import score
from wellbeing_bot.understanding.meaning import AnswerKind

# Office for National Statistics; personal well-being harmonised standard, Government Statistical Service.
ONS_WORDINGS = {
    "satisfied": "Overall, how satisfied are you with your life nowadays?",
    "worthwhile": ("Overall, to what extent do you feel that the things you do in your life are worthwhile?"),
    "happy": "Overall, how happy did you feel yesterday?",
    "anxious": (
        'On a scale where 0 is "not at all anxious" and 10 is "completely anxious", overall, how anxious did '
        "you feel yesterday?"
    ),
}

# Office for National Statistics, thresholds of personal well-being: values 0 to 10 in order.
LIFE = ["low"] * 5 + ["medium"] * 2 + ["high"] * 2 + ["very high"] * 2
ANXIETY = ["very low"] * 2 + ["low"] * 2 + ["medium"] * 2 + ["high"] * 5

# Loneliness harmonised standard (adult measure), Government Statistical Service.
UCLA_WORDINGS = {
    "companionship": "How often do you feel that you lack companionship?",
    "left_out": "How often do you feel left out?",
    "isolated": "How often do you feel isolated from others?",
    "lonely": "How often do you feel lonely?",
}

# Stewart-Brown et al. 2009, Health and Quality of Life Outcomes 7:15: raw sum and metric score.
SWEMWBS_TABLE = [
    *[(7, 7.00), (8, 9.51), (9, 11.25), (10, 12.40), (11, 13.33), (12, 14.08), (13, 14.75), (14, 15.32)],
    *[(15, 15.84), (16, 16.36), (17, 16.88), (18, 17.43), (19, 17.98), (20, 18.59), (21, 19.25), (22, 19.98)],
    *[(23, 20.73), (24, 21.54), (25, 22.35), (26, 23.21), (27, 24.11), (28, 25.03), (29, 26.02), (30, 27.03)],
    *[(31, 28.13), (32, 29.31), (33, 30.70), (34, 32.55), (35, 35.00)],
]


def test_the_four_ons_questions_are_worded_to_the_letter(ons4: Instrument) -> None:
    assert {item.id: item.ask for item in ons4.items} == ONS_WORDINGS
    assert [item.kind for item in ons4.items] == [AnswerKind.SCALE_0_10] * 4
    assert "Office for National Statistics" in ons4.source
    assert ons4.from_age == 16


@pytest.mark.parametrize("value", range(11))
def test_ons_bands_are_those_published(ons4: Instrument, value: int) -> None:
    scores = score(ons4, dict.fromkeys(ONS_WORDINGS, value))
    assert [item.band for item in scores.items] == [*[LIFE[value]] * 3, ANXIETY[value]]


def test_the_four_ons_answers_are_never_added_up(ons4: Instrument) -> None:
    assert ons4.never_add
    assert ons4.totals == ()
    assert score(ons4, dict.fromkeys(ONS_WORDINGS, 7)).totals == ()


def test_loneliness_is_asked_as_the_harmonised_standard_words_it(ucla3: Instrument) -> None:
    assert {item.id: item.ask for item in ucla3.items} == UCLA_WORDINGS
    scales = {item.id: item.scale for item in ucla3.items}
    indirect, direct = scales["left_out"], scales["lonely"]
    assert indirect is not None
    assert direct is not None
    assert [(o.value, o.words) for o in indirect.options] == [
        (1, "Hardly ever or never"),
        (2, "Some of the time"),
        (3, "Often"),
    ]
    assert [o.words for o in direct.options] == [
        "Often or always",
        "Some of the time",
        "Occasionally",
        "Hardly ever",
        "Never",
    ]
    assert (indirect.name, direct.name) == ("UCLA-3", "ONS-lonely")


def test_the_direct_question_stands_apart_from_the_loneliness_total(ucla3: Instrument) -> None:
    (total,) = ucla3.totals
    assert set(total.items) == {"companionship", "left_out", "isolated"}
    assert not ucla3.item("lonely").averaged
    with_never = score(ucla3, {"companionship": 3, "left_out": 3, "isolated": 3, "lonely": 5})
    without = score(ucla3, {"companionship": 3, "left_out": 3, "isolated": 3})
    assert with_never.find("total").value == without.find("total").value == 9


def test_the_whole_swemwbs_table_is_here(swemwbs: Instrument) -> None:
    (total,) = swemwbs.totals
    assert total.table is not None
    assert list(total.table.items()) == SWEMWBS_TABLE
    assert len(total.table) == 29


@pytest.mark.parametrize(("raw", "metric"), SWEMWBS_TABLE)
def test_a_swemwbs_sum_becomes_its_published_metric_score(
    swemwbs: Instrument, raw: int, metric: float
) -> None:
    whole, rest = divmod(raw, 7)
    answers = {item.id: whole + (n < rest) for n, item in enumerate(swemwbs.items)}
    found = score(swemwbs, answers).find("total")
    assert (found.raw, found.value) == (raw, metric)


def test_without_a_licensed_file_swemwbs_is_off_and_says_why() -> None:
    found = load().find("swemwbs")
    assert isinstance(found, Off)
    assert "registered with Warwick" in found.reason


def test_no_licensed_statement_ships(everything: Instruments) -> None:
    shipped = load()
    assert "swemwbs" not in shipped.on
    assert all(item.licensed for item in everything.on["swemwbs"].items)


def test_pam_has_a_level_and_a_score_and_nothing_to_ask(everything: Instruments) -> None:
    pam = everything.on["pam"]
    assert pam.typed_in
    assert [(item.id, item.lowest, item.highest, item.ask) for item in pam.items] == [
        ("level", 1, 4, ""),
        ("score", 0, 100, ""),
    ]
    assert pam.totals == ()
    assert score(pam, {"level": 3, "score": 56.4}).complete


def test_every_text_is_plain_sms_of_at_most_two_parts(everything: Instruments) -> None:
    for instrument in everything.on.values():
        if instrument.typed_in:
            continue
        filled = instrument.purpose.format(service="Churchdown Connections", worker="Maureen", questions=12)
        for text in [filled, *(instrument.text(item.id) for item in instrument.items)]:
            assert text.isascii()
            assert not set(text) & set("^{}[]~\\|`"), "these cost two places or are not in GSM-7"
            assert len(text) <= 306
        assert "not a paper exercise" in filled
        assert "SKIP" in filled
        assert "NO MORE" in filled


def test_a_question_is_what_understanding_needs_to_read_the_reply(ucla3: Instrument) -> None:
    question = ucla3.item("left_out").question("7", person="person:1")
    assert question.kind is AnswerKind.LIKERT
    assert question.scale == "UCLA-3"
    assert question.options == ("Hardly ever or never", "Some of the time", "Often")
    assert ucla3.item("left_out").number("Some of the time") == 2
