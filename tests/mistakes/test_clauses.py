"""Every faulty clause is refused in the words of `clauses.yaml`, which reads as a text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from procure.documents.library import read
from procure.documents.lint import Codes, lint
from procure.domain.errors import Fault
from procure.resources.yaml import parse

MISTAKES = Path(__file__).with_name("clauses")
CORRECT = MISTAKES / "_correct"
WORDS = parse(MISTAKES.with_suffix(".yaml").read_text("utf-8"), "clauses.yaml").value
CODES = Codes(known=frozenset({"CLA003", "CLA009"}), repealed=frozenset({"TST009"}))


def faults(root: Path) -> list[Fault]:
    library, unread = read(root)
    return unread or [fault for one in lint(library, CODES) for fault in one.faults]


def faulty(mistake: str, root: Path) -> Path:
    """The correct clauses with the faulty one in the place of its own."""
    shutil.copytree(CORRECT, root, dirs_exist_ok=True)
    shutil.copytree(MISTAKES / mistake, root, dirs_exist_ok=True)
    return root


def test_the_clauses_without_mistake_have_no_fault_and_no_doubt() -> None:
    assert faults(CORRECT) == []
    assert [one.warnings for one in lint(read(CORRECT)[0], CODES)] == [()] * 3


def test_every_mistake_has_its_words_and_every_words_their_mistake() -> None:
    assert {path.name for path in MISTAKES.iterdir()} == {*WORDS, CORRECT.name}


@pytest.mark.parametrize("mistake", WORDS)
def test_a_mistake_is_one_clause(mistake: str) -> None:
    (file,) = (path for path in (MISTAKES / mistake).rglob("*") if path.is_file())
    assert file.suffix == ".md"


@pytest.mark.parametrize("mistake", WORDS)
def test_a_mistake_is_refused_with_its_place_and_what_to_do(mistake: str, tmp_path: Path) -> None:
    (fault,) = faults(faulty(mistake, tmp_path))
    assert {
        "where": fault.where,
        "what": fault.what,
        "expected": fault.expected or None,
        "advice": fault.advice or None,
    } == WORDS[mistake]
