from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lexicons import INSERTION, SEAT, write

from procure.domain.errors import RulebookError
from procure.wording.lexicon import load
from procure.wording.spotting import Spotter, default
from procure.wording.trial import run

CONDITION, PREFERENCE = "conditions/insertion.yaml", "local_preference/seat.yaml"


def without(file: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in file.items() if name != key}


@pytest.mark.parametrize(
    ("path", "file", "said"),
    [
        (CONDITION, INSERTION | {"name": "other"}, "n'est pas celui du fichier"),
        (CONDITION, INSERTION | {"patterns": ["clause (sociale"]}, "fermée"),
        (CONDITION, INSERTION | {"examples": ["une"]}, "trois exemples"),
        (CONDITION, INSERTION | {"grade": "risky"}, "pas sa place"),
        (CONDITION, without(INSERTION, "summary"), "summary"),
        (CONDITION, INSERTION | {"patern": []}, "patern"),
        (PREFERENCE, without(SEAT, "instead"), "instead"),
        (PREFERENCE, without(SEAT, "references"), "references"),
        (PREFERENCE, SEAT | {"grade": "grave"}, "grave"),
        (
            "lists/territory.yaml",
            {"name": "territory", "title": "x", "entries": ["zone [2] rurale"]},
            "intervalle",
        ),
    ],
)
def test_a_faulty_file_is_named_with_its_line(
    tmp_path: Path, path: str, file: Any, said: str
) -> None:
    with pytest.raises(RulebookError) as error:
        load(write(tmp_path, {path: file}))
    assert f"rules/lexicon/{path}, ligne" in str(error.value)
    assert said in str(error.value)


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    patterns = ["clause (sociale", "de la", "[3] x"]
    with pytest.raises(RulebookError) as error:
        load(write(tmp_path, {CONDITION: INSERTION | {"patterns": patterns}}))
    assert len(error.value.faults) == 3


def test_the_digest_changes_with_a_word(tmp_path: Path) -> None:
    before = load(write(tmp_path)).digest
    assert load(write(tmp_path)).digest == before
    other = {"lists/x.yaml": {"name": "x", "title": "x", "entries": ["zone"]}}
    assert load(write(tmp_path, other)).digest != before


def test_an_example_that_is_missed_is_a_fault(tmp_path: Path) -> None:
    lexicon = load(write(tmp_path))
    concept = next(c for c in lexicon.concepts if c.code == "condition.insertion")
    faults = run(concept, Spotter(lexicon))
    assert len(faults) == 3
    assert "n'est pas reconnu" in str(faults[0])


def test_a_counter_example_that_matches_is_a_fault(tmp_path: Path) -> None:
    examples = ["clause d'insertion", "action d'insertion", "clause sociale d'insertion"]
    counter = ["une clause d'insertion", "aucune clause d'insertion"]
    file = INSERTION | {"examples": examples, "counter_examples": counter}
    lexicon = load(write(tmp_path, {CONDITION: file}))
    (fault,) = run(next(c for c in lexicon.concepts if c.family == "condition"), Spotter(lexicon))
    assert "une clause d'insertion" in str(fault)


def test_every_concept_that_ships_passes_its_examples() -> None:
    spotter = default()
    faults = [str(fault) for c in spotter.lexicon.concepts for fault in run(c, spotter)]
    assert not faults, "\n".join(faults)
