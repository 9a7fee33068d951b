"""What is doubtful in a clause, and contradictions that a chain hides."""

from __future__ import annotations

from pathlib import Path

import pytest

from procure.documents.library import Library, load
from procure.documents.lint import Codes, Linted, lint
from procure.domain.library import LibraryClause

CORRECT = load(Path(__file__).parents[1] / "mistakes" / "clauses" / "_correct")
CODES = Codes(frozenset({"CLA003"}))
REPORT = CORRECT.clause("test-report")
SOURCE = CORRECT.sources["test-report"]


def one(id: str, **parts: object) -> LibraryClause:
    return LibraryClause.model_validate({**REPORT.model_dump(), "id": id, **parts})


def linted(*clauses: LibraryClause) -> list[Linted]:
    return lint(Library(clauses, {clause.id: SOURCE for clause in clauses}), CODES)


def faults(*clauses: LibraryClause) -> list[str]:
    return [fault.what for found in linted(*clauses) for fault in found.faults]


def test_a_chain_of_needs_that_ends_in_what_is_excluded_is_refused() -> None:
    chain = (one("a", requires=["b"]), one("b", requires=["c"]), one("c", excludes=["a"]))
    assert faults(*chain) == ["« a » et « c » s'excluent, et « a → b → c » les demande"]


def test_two_needs_that_exclude_each_other_are_refused() -> None:
    trio = (one("a", requires=["b", "c"]), one("b", excludes=["c"]), one("c"))
    assert faults(*trio) == ["« b » et « c » s'excluent, et « a → c » les demande"]


def test_a_clause_that_needs_what_it_replaces_is_refused() -> None:
    (what,) = faults(one("a", requires=["b"], replaces=["b"]), one("b"))
    assert "s'excluent" in what


def test_needs_that_go_round_are_one_set() -> None:
    assert faults(one("a", requires=["b"]), one("b", requires=["a"])) == []


def test_replacements_that_go_round_are_refused() -> None:
    found = faults(one("a", replaces=["b"]), one("b", replaces=["a"]))
    assert found == [f"« {id} » remplace une clause qui la remplace" for id in "ab"]


@pytest.mark.parametrize(
    "said",
    ["l'article L. 2112-2 du code", "la loi n° 2021-1104", "R2191-3", "à l'article 20 du cahier"],
)
def test_a_number_of_law_in_the_text_is_a_doubt(said: str) -> None:
    (found,) = linted(one("a", body=f"{REPORT.body}Selon {said}.\n"))
    assert found.faults == ()
    assert "un numéro de texte" in found.warnings[0].what


@pytest.mark.parametrize("said", ["30 jours", "12,5 %", "1500 €", "2 mois"])
def test_a_number_with_its_unit_in_the_text_is_a_doubt(said: str) -> None:
    (found,) = linted(one("a", body=f"{REPORT.body}Au plus {said}.\n"))
    assert [warning.expected for warning in found.warnings] == ["un paramètre"]


def test_a_clause_too_short_to_be_enforced_is_a_doubt() -> None:
    (found,) = linted(one("a", body="### Titre\n\nTrois mots ici.\n"))
    assert found.warnings[0].expected == "de 120 à 400 mots"


def test_a_subject_of_another_axis_is_a_doubt() -> None:
    (found,) = linted(one("a", subject="payment"))
    assert "de l'axe « local »" in found.warnings[0].what
