"""Other languages, in PO files beside the conversations. The Welsh here is for these tests only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.conversation.world import HERE, NOW, folder_of, load_folder, problems_in
from wellbeing_bot.channels import gsm7
from wellbeing_bot.conversation import (
    Ask,
    Heard,
    Outcome,
    ScriptErrors,
    Scripts,
    Started,
    begin,
    take_turn,
)
from wellbeing_bot.conversation.problems import Code
from wellbeing_bot.conversation.translate import extract, prices, update
from wellbeing_bot.understanding.meaning import Answered

ON = "name: Cymraeg\nreviewed: no\non: yes\n"
WRONG_FACT = 'msgctxt "hello.name.say"\nmsgid "What is your name?"\nmsgstr "Helo {enw}"\n'
WELSH = {
    "Which day suits you, {first_name}?": "Pa ddiwrnod sy'n addas, {first_name}?",
    "Help with money": "Help gydag arian",
    "What is your name?": "Beth yw'ch enw chi?",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small world with an empty Welsh folder that is on."""
    made = folder_of(tmp_path / "conversations", *(HERE / "scripts").glob("*.yaml"))
    welsh = made / "locale" / "cy"
    welsh.mkdir(parents=True)
    (welsh / "language.yaml").write_text(ON, encoding="utf-8")
    update(load_folder(made), made)
    return made


def po(folder: Path) -> Path:
    """The PO file of the first conversation."""
    return folder / "locale" / "cy" / "hello.po"


def translate(folder: Path, words: dict[str, str] = WELSH) -> Scripts:
    """What a translator does: fill in some entries."""
    text = po(folder).read_text(encoding="utf-8")
    for english, welsh in words.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{welsh}"')
    po(folder).write_text(text, encoding="utf-8")
    return load_folder(folder)


def test_a_conversation_speaks_the_language_and_english_where_words_are_missing(folder: Path) -> None:
    welsh = translate(folder).localised("cy")
    state = begin(welsh, "hello", {"service": "Harbour Link"})
    for event in (Started(), Heard(Answered(True)), Outcome("done")):
        turn = take_turn(welsh, state, event, NOW)
        state = turn.state
    asked = turn.effects[0]
    assert isinstance(asked, Ask)
    assert asked.text.startswith("What matters most to you?")
    assert [button.label for button in asked.buttons] == ["Help gydag arian", "Getting out"]
    named = take_turn(welsh, state, Heard(Answered("Help gydag arian")), NOW)
    assert named.state.facts["matters"] == "money"
    assert isinstance(named.effects[1], Ask)
    assert named.effects[1].text == "Beth yw'ch enw chi?"


def test_a_question_asked_in_english_may_be_answered_after_the_language_changed(folder: Path) -> None:
    scripts = translate(folder)
    state = begin(scripts, "hello", {"service": "Harbour Link"})
    for event in (Started(), Heard(Answered(True)), Outcome("done")):
        state = take_turn(scripts, state, event, NOW).state
    turn = take_turn(scripts.localised("cy"), state, Heard(Answered("Help with money")), NOW)
    assert turn.state.facts["matters"] == "money"


@pytest.mark.parametrize("language", ["fr", "en", "cy"])
def test_unknown_languages_and_those_switched_off_are_english(folder: Path, language: str) -> None:
    (folder / "locale" / "cy" / "language.yaml").write_text(ON.replace("on: yes", "on: no"), encoding="utf-8")
    assert translate(folder).localised(language).language == "en"


def test_easy_read_is_asked_for_on_top_of_english(folder: Path) -> None:
    easy = folder / "locale" / "en-x-easy"
    easy.mkdir()
    (easy / "language.yaml").write_text("name: Easy read\nreviewed: yes\non: yes\n", encoding="utf-8")
    scripts = load_folder(folder)
    assert scripts.localised("en", easy_read=True).language == "en-x-easy"
    assert scripts.localised("cy", easy_read=True).language == "cy"


def test_words_whose_english_has_changed_wait_for_the_translator(folder: Path) -> None:
    translate(folder)
    script = folder / "hello.yaml"
    script.write_text(
        script.read_text(encoding="utf-8").replace("What is your name?", "What may we call you?"), "utf-8"
    )
    update(load_folder(folder), folder)
    assert "hello.name.say" not in load_folder(folder).languages["cy"].words
    waiting = '#, fuzzy\nmsgctxt "hello.name.say"\nmsgid "What may we call you?"\nmsgstr "Beth'
    assert waiting in po(folder).read_text(encoding="utf-8")


def test_bringing_the_files_up_to_date_twice_changes_nothing(folder: Path) -> None:
    scripts = translate(folder)
    once = po(folder).read_bytes()
    update(scripts, folder)
    assert po(folder).read_bytes() == once
    assert load_folder(folder).languages["cy"].words == scripts.languages["cy"].words


def test_every_text_is_in_the_catalogue_under_its_key(scripts: Scripts) -> None:
    catalogs = extract(scripts)
    assert set(catalogs) == {"hello", "find_group", "texts", "engine"}
    keys = {message.context for message in catalogs["hello"] if message.id}
    assert {"hello.welcome.say.1", "hello.welcome.again", "hello.matters.options.money"} <= keys


def test_check_lists_what_a_language_that_is_on_lacks(folder: Path) -> None:
    missing = [problem for problem in problems_in(translate(folder)) if problem.code is Code.NOT_TRANSLATED]
    said = {problem.wrong.split()[0] for problem in missing}
    assert "hello.welcome.again" in said
    assert "hello.name.say" not in said
    assert missing[0].file == "locale/cy/engine.po"


def test_a_long_sentence_of_easy_read_is_a_problem_and_one_of_welsh_is_not(folder: Path) -> None:
    long = " ".join(["It is so long that nobody can say where it began and when it ends"] * 2)
    easy = folder / "locale" / "en-x-easy"
    easy.mkdir()
    (easy / "language.yaml").write_text("name: Easy read\nreviewed: yes\non: yes\n", encoding="utf-8")
    said = f'msgctxt "hello.name.say"\nmsgid "What is your name?"\nmsgstr "{long}."\n'
    for file in (easy / "hello.po", po(folder)):
        file.write_text(said, encoding="utf-8")
    found = [problem for problem in problems_in(load_folder(folder)) if problem.code is Code.LONG_SENTENCE]
    assert [(problem.file, problem.warns) for problem in found] == [("locale/en-x-easy/hello.po", False)]
    assert "30 words" in found[0].wrong


@pytest.mark.parametrize(
    ("file", "content", "code", "line"),
    [
        ("hello.po", WRONG_FACT, "wrong-translation", 2),
        ("hello.po", "this is no PO file", "wrong-translation", 1),
        ("language.yaml", "name: Cymraeg\nreviewed: no\non: maybe\n", "unknown-word", 3),
        ("language.yaml", "name: Cymraeg\non: no\n", "missing-key", 1),
        ("language.yaml", ON + "colour: red\n", "unknown-key", 4),
    ],
)
def test_a_broken_language_file_is_named(folder: Path, file: str, content: str, code: str, line: int) -> None:
    (folder / "locale" / "cy" / file).write_text(content, encoding="utf-8")
    with pytest.raises(ScriptErrors) as caught:
        load_folder(folder)
    found = [(error.file, error.code, error.line) for error in caught.value.errors]
    assert found == [(f"locale/cy/{file}", code, line)]


def test_each_text_has_its_price_in_each_language(folder: Path) -> None:
    listed = {(price.language, price.key): price.parts for price in prices(translate(folder), _parts)}
    assert listed["en", "hello.name.say"] == 1
    assert listed["cy", "hello.name.say"] == 1
    assert ("cy", "hello.welcome.again") not in listed


def _parts(text: str) -> int:
    return gsm7.parts(text).parts
