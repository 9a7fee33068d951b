"""Every faulty file of rules is refused in the words of `rules.yaml`, which reads as a text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from procure.domain.errors import RulebookError
from procure.engine.vocabulary import SPECS
from procure.resources.yaml import parse
from procure.rulebook.cases import cases_of
from procure.rulebook.loader import load

MISTAKES = Path(__file__).with_name("rules")
CORRECT = MISTAKES / "_correct"
WORDS = parse(MISTAKES.with_suffix(".yaml").read_text("utf-8"), "rules.yaml").value


def faulty(mistake: str, root: Path) -> Path:
    """The correct rules with the faulty file in the place of its own."""
    shutil.copytree(CORRECT, root, dirs_exist_ok=True)
    shutil.copytree(MISTAKES / mistake, root, dirs_exist_ok=True)
    return root


def read(root: Path) -> None:
    book = load(SPECS, root)
    rule = book.rule("TST001")
    assert rule is not None
    cases_of(rule, book, root)


def test_the_rules_without_mistake_are_read() -> None:
    read(CORRECT)


def test_every_mistake_has_its_words_and_every_words_their_mistake() -> None:
    assert {path.name for path in MISTAKES.iterdir()} == {*WORDS, CORRECT.name}


@pytest.mark.parametrize("mistake", WORDS)
def test_a_mistake_is_one_file(mistake: str) -> None:
    (file,) = (path for path in (MISTAKES / mistake).rglob("*") if path.is_file())
    assert file.suffix == ".yaml"


@pytest.mark.parametrize("mistake", WORDS)
def test_a_mistake_is_refused_with_its_place_and_what_to_do(mistake: str, tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as refusal:
        read(faulty(mistake, tmp_path))
    (fault,) = refusal.value.faults
    assert {
        "where": fault.where,
        "what": fault.what,
        "expected": fault.expected or None,
        "advice": fault.advice or None,
    } == WORDS[mistake]
