"""Instruments for the tests; the licensed statements are stood in for by invented words."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.loader import Instruments, load

STATEMENTS = (
    "statements_for: swemwbs\nlicence: An invented practice, registered 2 March 2026\nstatements:\n"
    + ("".join(f"  - Invented sentence number {n} for the tests\n" for n in range(1, 8)))
)


@pytest.fixture(scope="session")
def licensed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("licensed") / "statements.yaml"
    path.write_text(STATEMENTS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def everything(licensed: Path) -> Instruments:
    """All instruments, SWEMWBS switched on by a local file."""
    return load(licensed={"swemwbs": licensed})


@pytest.fixture(scope="session")
def ons4(everything: Instruments) -> Instrument:
    return everything.on["ons4"]


@pytest.fixture(scope="session")
def ucla3(everything: Instruments) -> Instrument:
    return everything.on["ucla3"]


@pytest.fixture(scope="session")
def swemwbs(everything: Instruments) -> Instrument:
    return everything.on["swemwbs"]
