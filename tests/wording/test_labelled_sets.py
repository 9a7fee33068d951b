"""What the lexicon finds in published notices, against labels given by reading them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from procure.wording.spotting import default

FIXTURES = Path(__file__).parents[1] / "fixtures" / "wording"
UNLABELLED = {"general_policy"}
LEAST_LABELS = 8
"""A share of fewer labels says nothing."""

SENSES = {
    "social": "clause_sociale",
    "insertion": "insertion_explicite",
    "reserved": "reserve",
    "environmental": "clause_environnementale",
}

Sets = list[tuple[frozenset[str], frozenset[str]]]


class Counts:
    """How often each label was asked for, given, and both."""

    def __init__(self, sets: Sets) -> None:
        self.sets = sets
        self.asked = Counter(label for asked, _ in sets for label in asked)
        self.given = Counter(label for _, given in sets for label in given)
        self.both = Counter(label for asked, given in sets for label in asked & given)

    def recall(self, label: str) -> float:
        return self.both[label] / self.asked[label]

    def precision(self, label: str) -> float:
        return self.both[label] / max(1, self.given[label])

    def exact(self) -> float:
        return sum(asked == given for asked, given in self.sets) / len(self.sets)


def rows(name: str) -> Iterator[dict[str, Any]]:
    with (FIXTURES / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def labels(said: Iterable[str]) -> frozenset[str]:
    return frozenset(said) or frozenset({"none"})


@pytest.fixture(scope="module", params=["criteria_labelled.jsonl", "criteria_labelled_2.jsonl"])
def criteria(request: pytest.FixtureRequest) -> Counts:
    spotter = default()
    sets: Sets = []
    for row in rows(request.param):
        themes = set(spotter.spot(row["text"], "criterion").summary.themes) - UNLABELLED
        sets.append((frozenset(row["themes"]), frozenset(themes or {"other"})))
    return Counts(sets)


@pytest.fixture(scope="module")
def conditions() -> Counts:
    spotter = default()
    sets: Sets = []
    for row in rows("conditions_labelled.jsonl"):
        summary = spotter.spot(row["texte"], "condition").summary
        asked = labels(sense for sense, key in SENSES.items() if row[key])
        sets.append((asked, labels(sense for sense in SENSES if getattr(summary, sense))))
    return Counts(sets)


@pytest.fixture(scope="module", params=["condition", "document"])
def worked(request: pytest.FixtureRequest) -> Counts:
    """Sentences written for this; all are also sought in a document, as one passage of it."""
    spotter = default()
    sets: Sets = []
    for row in rows("conditions_worked.jsonl"):
        if row["as"] == "document" and request.param == "condition":
            continue
        summary = spotter.spot(row["text"], request.param).summary
        sets.append((labels(row["says"]), labels(s for s in SENSES if getattr(summary, s))))
    return Counts(sets)


def test_nine_criteria_out_of_ten_get_exactly_the_themes_of_their_reader(criteria: Counts) -> None:
    assert criteria.exact() >= 0.9


def test_the_themes_that_have_enough_labels_are_found(criteria: Counts) -> None:
    found = {label for label, count in criteria.asked.items() if count >= LEAST_LABELS}
    assert {"price", "technical", "delay", "environmental"} <= found
    for theme in found:
        assert criteria.recall(theme) >= 0.9, theme


def test_a_theme_that_is_found_is_nearly_always_there(criteria: Counts) -> None:
    found = {label for label, count in criteria.asked.items() if count >= LEAST_LABELS}
    for theme in found - {"other"}:
        assert criteria.precision(theme) >= 0.9, theme


@pytest.mark.parametrize("sense", ["social", "insertion", "reserved", "environmental", "none"])
def test_execution_conditions_are_found_and_rightly(conditions: Counts, sense: str) -> None:
    assert conditions.recall(sense) >= 0.92
    assert conditions.precision(sense) >= 0.92


@pytest.mark.parametrize("sense", ["social", "insertion", "reserved", "environmental", "none"])
def test_a_duty_is_told_from_what_is_bought(worked: Counts, sense: str) -> None:
    assert worked.recall(sense) >= 0.95
    assert worked.precision(sense) >= 0.95
