"""How well local preference is told from lawful wording, over sentences written for it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from procure.wording.concepts import Concept, ReadAs
from procure.wording.spotting import default

FIXTURES = Path(__file__).parents[1] / "fixtures" / "wording"
SENTENCES = FIXTURES / "local_preference.jsonl"
WORKED = FIXTURES / "local_preference_worked.jsonl"
"""Sentences that served to mend the patterns, once they had been measured."""

ACCUSED = ("risky", "unlawful")
LEAST = 0.95


class Judged(NamedTuple):
    """A sentence, the grade given by reading it, and the grade found in it."""

    number: int
    text: str
    said: str
    found: str

    @property
    def is_missed(self) -> bool:
        return self.said in ACCUSED and self.found not in ACCUSED

    @property
    def is_false(self) -> bool:
        return self.said not in ACCUSED and self.found in ACCUSED


@cache
def judged() -> tuple[Judged, ...]:
    return tuple(_judge(json.loads(line)) for line in SENTENCES.read_text("utf-8").splitlines())


def _judge(row: dict[str, str]) -> Judged:
    found = default().spot(row["text"], row["as"]).summary.local_preference  # type: ignore[arg-type]
    return Judged(int(row["id"].rpartition("-")[2]), row["text"], row["grade"], found)


def half(parity: int) -> list[Judged]:
    """The sentences with even numbers served to write the patterns; the odd ones did not."""
    return [one for one in judged() if one.number % 2 == parity]


def listed(errors: list[Judged]) -> str:
    return "\n".join(f"{one.number}: {one.said}, lu {one.found} : {one.text}" for one in errors)


def concepts() -> list[Concept]:
    families = ("local_preference", "trap")
    return [one for one in default().lexicon.concepts if one.family in families]


def accuses(concept: Concept) -> bool:
    return any(concept.grade(reading) in ACCUSED for reading in get_args(ReadAs))


def test_half_the_sentences_are_preferences_and_half_are_not() -> None:
    preferences = sum(one.said in ACCUSED for one in judged())

    assert len(judged()) >= 140
    assert 0.45 <= preferences / len(judged()) <= 0.55


@pytest.mark.parametrize("parity", [0, 1])
def test_preferences_are_found(parity: int) -> None:
    missed = [one for one in half(parity) if one.is_missed]
    preferences = sum(one.said in ACCUSED for one in half(parity))

    assert 1 - len(missed) / preferences >= LEAST, listed(missed)


@pytest.mark.parametrize("parity", [0, 1])
def test_lawful_wording_is_not_accused(parity: int) -> None:
    false = [one for one in half(parity) if one.is_false]
    accused = sum(one.found in ACCUSED for one in half(parity))

    assert 1 - len(false) / accused >= LEAST, listed(false)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Le marché est ouvert exclusivement aux artisans du canton.", "unlawful"),
        ("Tous peuvent répondre, à l'exclusion de toute préférence locale.", "none"),
    ],
)
def test_exclusively_denies_nothing_but_exclusion_does(text: str, grade: str) -> None:
    assert default().spot(text, "document").summary.local_preference == grade


def test_what_was_once_mended_stays_mended() -> None:
    rows = [json.loads(line) for line in WORKED.read_text("utf-8").splitlines()]
    wrong = [
        row["text"]
        for row in rows
        if row["is_preference"]
        != (default().spot(row["text"], row["as"]).summary.local_preference in ACCUSED)
    ]

    assert len(wrong) / len(rows) <= 0.02, "\n".join(wrong)


@pytest.mark.parametrize("concept", concepts(), ids=lambda concept: concept.code)
def test_a_concept_that_accuses_says_by_what_text_and_what_to_write_instead(
    concept: Concept,
) -> None:
    assert concept.means.sources
    assert not accuses(concept) or concept.means.instead


@pytest.mark.parametrize("concept", concepts(), ids=lambda concept: concept.code)
def test_what_is_offered_instead_is_not_a_local_preference(concept: Concept) -> None:
    if concept.means.instead:
        found = default().spot(concept.means.instead, "document")

        assert found.summary.local_preference not in ACCUSED, found.hits
