"""The library of clauses: read, filled in, taken over by a tender."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from procure.documents.finding import search
from procure.documents.library import (
    Library,
    criterion_taken,
    filled,
    load,
    read,
    reservation_taken,
    taken,
    tender_fields,
)
from procure.domain.errors import InputError, LibraryError
from procure.domain.library import LibraryClause

MISTAKES = Path(__file__).parents[1] / "mistakes" / "clauses"
CORRECT = load(MISTAKES / "_correct")
HOURS = CORRECT.clause("test-hours")


def changed(**parts: object) -> LibraryClause:
    return LibraryClause.model_validate({**HOURS.model_dump(), **parts})


def test_a_library_is_read_in_the_order_of_its_ids() -> None:
    assert [one.id for one in CORRECT.clauses] == ["test-hours", "test-quality", "test-report"]
    assert HOURS.body.startswith("### Heures\n")


def test_an_unknown_clause_gets_the_nearest_id() -> None:
    with pytest.raises(InputError, match=r"Vouliez-vous écrire «.test-hours"):
        CORRECT.clause("test-hour")


def test_all_the_faults_of_all_the_files_are_said_at_once(tmp_path: Path) -> None:
    for axis in ("social", "local"):
        (tmp_path / axis).mkdir()
        (tmp_path / axis / "empty.md").write_text("", "utf-8")
    with pytest.raises(LibraryError) as refusal:
        load(tmp_path)
    assert len(refusal.value.faults) == 2
    library, faults = read(tmp_path)
    assert (library, len(faults)) == (Library(()), 2)


def test_a_clause_is_filled_with_its_defaults_and_their_units() -> None:
    assert "réserve 200\u00a0heures." in filled(HOURS)


def test_a_value_given_as_people_write_it_takes_the_place_of_the_default() -> None:
    assert "réserve 1\u202f000\u00a0heures." in filled(HOURS, {"hours": "1 000"})
    assert taken(HOURS, {"fee": "45,50 €"}).penalty == "45,50\u00a0€ par heure"


def test_a_choice_that_says_no_leaves_its_paragraph_out() -> None:
    assert "visite" not in filled(HOURS)
    assert "Une visite a lieu." in filled(HOURS, {"visit": "oui"})


def test_every_wrong_value_is_said_at_once_with_what_was_expected() -> None:
    with pytest.raises(InputError) as refusal:
        filled(HOURS, {"hours": 2000, "visit": "parfois", "hour": 1})
    assert [fault.expected for fault in refusal.value.faults] == [
        "hours, fee, visit",
        "1\u00a0heure au moins, 1\u202f000\u00a0heures au plus",
        "un choix parmi oui, non",
    ]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("**gras** [lien](x)", r"\*\*gras\*\* \[lien\](x)"),
        ("<b> & {{ fee }}", r"\<b\> \& \{\{ fee \}\}"),
        ("- une liste", r"\- une liste"),
        ("1. une liste", r"1\. une liste"),
        ("deux\n\n# lignes", r"deux \# lignes"),
    ],
)
def test_nothing_in_a_text_is_a_sign_of_markdown_nor_of_a_template(said: str, written: str) -> None:
    clause = changed(
        body="{{ what }}", penalty="P", fields={}, parameters={"what": text_parameter()}
    )
    assert filled(clause, {"what": said}) == written


def text_parameter() -> dict[str, object]:
    return {"title": "Quoi", "type": "text", "default": "rien"}


def test_a_unit_of_two_forms_agrees_with_its_number() -> None:
    people = {"title": "P", "type": "count", "default": 1, "unit": "personne|personnes"}
    clause = changed(body="{{ p }}", penalty="P", fields={}, parameters={"p": people})
    assert filled(clause) == "1\u00a0personne"
    assert filled(clause, {"p": "3"}) == "3\u00a0personnes"


def test_a_hash_in_braces_starts_no_comment() -> None:
    clause = changed(body="### Titre {#ancre}", penalty="P", fields={}, parameters={})
    assert filled(clause) == "### Titre {#ancre}"


def test_a_text_that_names_no_parameter_is_a_fault_of_the_library() -> None:
    with pytest.raises(LibraryError, match="clauses lint"):
        filled(changed(body="{{ nowhere }}\n"))


def test_a_clause_taken_says_how_it_is_enforced_and_fills_its_fields() -> None:
    clause = taken(HOURS, {"hours": 300})
    assert (clause.kind, clause.axis, clause.subject) == ("execution", "social", "insertion")
    assert clause.library_id == "test-hours"
    assert clause.insertion_hours == Decimal(300)
    assert clause.proof and clause.checked_by and clause.checked_when and clause.penalty
    assert clause.text == filled(HOURS, {"hours": 300}).strip()


def test_a_field_of_the_tender_is_not_one_of_the_clause() -> None:
    clause = changed(fields={"retention_share": "0.03", "insertion_hours": "{hours}"})
    assert tender_fields(clause) == {"retention_share": "0.03"}
    assert taken(clause).insertion_hours == Decimal(200)


def test_a_criterion_is_taken_with_its_weight_and_its_method() -> None:
    criterion = criterion_taken(CORRECT.clause("test-quality"))
    assert (criterion.weight, criterion.themes) == (Decimal("0.10"), ("social",))
    assert criterion.method == "Sur vingt points"
    with pytest.raises(ValueError, match="adds no criterion"):
        criterion_taken(HOURS)


def test_a_criterion_is_no_clause_of_a_tender() -> None:
    with pytest.raises(ValueError, match="not a clause of a tender"):
        taken(CORRECT.clause("test-quality"))


def test_a_reservation_is_taken_with_its_share() -> None:
    clause = changed(
        kind="reservation",
        reservation="disability",
        fields={"reservation.workers_share": "{share}"},
        parameters={"share": {"title": "Part", "type": "share", "default": "50 %"}},
    )
    reservation = reservation_taken(clause, {"share": "60 %"})
    assert (reservation.kind, reservation.workers_share) == ("disability", Decimal("0.6"))


def test_words_are_found_without_accents_nor_plurals() -> None:
    assert search(CORRECT.clauses, ["Heure"])[0].id == "test-hours"
    assert [one.id for one in search(CORRECT.clauses, ["QUALITES"])] == ["test-quality"]
    assert search(CORRECT.clauses, ["introuvable"]) == []


def test_a_clause_that_holds_more_of_the_words_comes_alone() -> None:
    assert [one.id for one in search(CORRECT.clauses, ["bilan", "registre"])] == ["test-report"]
