"""Every error an author can make, each with a broken example, the line it is found on, and its cure.

In ``broken/`` the file is named after the error's code. One line is wrong, and says in a comment what to
write instead: ``wrong  # <- right``. The same lines stand in conversations/README.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.conversation.world import CONVERSATIONS, HERE, folder_of, load_folder, problems_in
from wellbeing_bot.conversation import Problem, ScriptErrors
from wellbeing_bot.conversation.problems import Code

BROKEN = sorted((HERE / "broken").glob("*.yaml"))
MARK = "  # <-"
FIND_GROUP = """
conversation: find_group
about: Where the example goes on.
with: patient
knows: {heard: text}
starts: say
steps:
  say: {say: "You asked about {heard}.", ends: said}
"""
OF_TRANSLATIONS = {
    Code.WRONG_TRANSLATION,
    Code.NOT_TRANSLATED,
    Code.LONG_SENTENCE,
}  # see test_translations.py


def problems_of(folder: Path) -> list[Problem]:
    """What loading says, or check where it loads."""
    try:
        return problems_in(load_folder(folder))
    except ScriptErrors as error:
        return list(error.errors)


def marked(file: Path) -> tuple[int, str, str]:
    """The wrong line: its number, what stands there, what to write instead."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if MARK in line:
            wrong, cure = line.split(MARK)
            return number, wrong.strip(), cure.strip()
    raise AssertionError(f"{file.name} has no line marked as wrong")


def cured(file: Path, target: Path) -> Path:
    """The example with its wrong line put right."""
    number, _, cure = marked(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[number - 1] = f"  {cure}" if cure else ""
    target.joinpath(file.name).write_text("\n".join(lines), encoding="utf-8")
    return target


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_the_error_is_found_where_it_is(file: Path, tmp_path: Path) -> None:
    number, _, _ = marked(file)
    found = {(problem.code, problem.file, problem.line) for problem in problems_of(folder_of(tmp_path, file))}
    assert found == {(Code(file.stem.replace("_", "-")), file.name, number)}


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_the_cure_cures_it(file: Path, tmp_path: Path) -> None:
    assert problems_of(cured(file, folder_of(tmp_path))) == []


def test_every_error_has_an_example() -> None:
    assert {Code(file.stem.replace("_", "-")) for file in BROKEN} == set(Code) - OF_TRANSLATIONS


@pytest.mark.parametrize("code", Code)
def test_the_readme_explains_every_error(code: Code) -> None:
    assert f"| {code} |" in (CONVERSATIONS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_the_readme_shows_the_same_example_and_cure(file: Path) -> None:
    _, wrong, cure = marked(file)
    readme = (CONVERSATIONS / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if line.startswith(f"| {file.stem.replace('_', '-')} |"))
    assert f"`{wrong}`" in row
    assert (f"`{cure}`" if cure else "take the line out") in row


def test_all_errors_of_a_folder_come_at_once(tmp_path: Path) -> None:
    stopping = [file for file in BROKEN if file.stem in {"unknown_step", "unknown_key", "not_yaml"}]
    with pytest.raises(ScriptErrors) as caught:
        load_folder(folder_of(tmp_path, *stopping))
    first, second, third = map(str, caught.value.errors)
    assert first.startswith("not_yaml.yaml:6: this is not YAML")
    assert second.startswith("unknown_key.yaml:6: nothing is called 'next' here. Known: say")
    assert third.startswith("unknown_step.yaml:6: there is no step 'finished'. Write one of: ask, done.")


def test_the_example_of_the_readme_has_no_problems(tmp_path: Path) -> None:
    readme = (CONVERSATIONS / "README.md").read_text(encoding="utf-8")
    script, notices, *_ = [block.split("```")[0] for block in readme.split("```yaml\n")[1:]]
    folder_of(tmp_path).joinpath("hello.yaml").write_text(script, encoding="utf-8")
    tmp_path.joinpath("notices.yaml").write_text(notices, encoding="utf-8")
    tmp_path.joinpath("find_group.yaml").write_text(FIND_GROUP, encoding="utf-8")
    assert problems_of(tmp_path) == []


def test_the_small_world_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(folder_of(tmp_path, *(HERE / "scripts").glob("*.yaml"))) == []
