"""What the words of a tender add to what its file states."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from procure.domain.tender import Tender
from procure.engine.prose import ProseReading, read_prose
from procure.wording.spotting import default

LEAST = Decimal("0.85")


def read(least: Decimal = LEAST, **fields: Any) -> ProseReading:
    return read_prose(Tender.model_validate({"id": "T", **fields}), default(), least)


def criterion(label: str, **fields: Any) -> Any:
    found = read(criteria=[{"label": label, **fields}])
    assert found.tender.criteria
    return found.tender.criteria[0]


def clauses(text: str, **fields: Any) -> list[tuple[str | None, str | None]]:
    found = read(clauses=[{"kind": "execution", "text": text, **fields}]).tender
    return [(clause.axis, clause.subject) for clause in found.clauses or ()]


def test_the_label_of_a_criterion_tells_its_theme() -> None:
    assert criterion("Qualité environnementale et développement durable").themes == (
        "environmental",
    )


def test_a_technical_value_may_hold_other_themes() -> None:
    assert not criterion("Valeur technique").themes_are_complete
    assert criterion("Prix des prestations").themes_are_complete


def test_a_description_may_hold_other_themes() -> None:
    assert not criterion("Prix", description="Voir le règlement.").themes_are_complete


def test_what_the_file_states_is_never_changed() -> None:
    assert criterion("Qualité environnementale", themes=["technical"]).themes == ("technical",)
    stated = criterion("Proximité de l'entreprise", local_preference="none")
    assert stated.local_preference == "none"


def test_words_that_say_nothing_known_leave_the_themes_unknown() -> None:
    assert criterion("Panache").themes is None


def test_a_hidden_preference_is_read_whatever_the_theme_says() -> None:
    found = criterion("Entreprise implantée dans le département", themes=["technical"])
    assert found.local_preference == "unlawful"


def test_sub_criteria_are_read() -> None:
    found = criterion("Valeur technique", sub_criteria=[{"label": "Gestion des déchets"}])
    assert found.sub_criteria[0].themes == ("environmental",)


def test_a_lot_is_read_like_a_tender() -> None:
    found = read(lots=[{"id": "1", "criteria": [{"label": "Délai de livraison"}]}])
    assert found.tender.lots and found.tender.lots[0].criteria
    assert found.tender.lots[0].criteria[0].themes == ("delay",)
    assert found.reads[0].key == "lots[0].criteria[0].themes"
    assert found.reads[0].where == "lot 1, critère 1"


def test_the_text_of_a_clause_tells_its_subject() -> None:
    assert clauses("Une clause d'insertion par l'activité économique s'applique.") == [
        ("social", "insertion")
    ]


def test_a_clause_that_says_two_things_counts_twice() -> None:
    text = (
        "Clause d'insertion par l'activité économique. Le titulaire trie et valorise ses déchets."
    )
    assert set(clauses(text)) == {("social", "insertion"), ("environmental", "waste")}


def test_a_denied_clause_says_nothing() -> None:
    assert clauses("Aucune clause d'insertion n'est prévue.") == [(None, None)]


def test_the_rest_of_the_words_may_hold_other_clauses() -> None:
    found = read(clauses=[{"text": "Une clause d'insertion s'applique."}]).tender
    assert not found.clauses_are_complete


def test_hours_go_to_the_clause_of_insertion_alone() -> None:
    text = "Le titulaire réserve 120 heures d'insertion. Il trie et valorise ses déchets."
    found = read(clauses=[{"kind": "execution", "text": text}]).tender
    hours = {clause.subject: clause.insertion_hours for clause in found.clauses or ()}
    assert hours == {"insertion": 120, "waste": None}


def test_a_reservation_is_read_in_a_clause() -> None:
    found = read(clauses=[{"text": "Le marché est réservé aux ESAT et entreprises adaptées."}])
    assert found.tender.reservation is not None
    assert found.tender.reservation.kind == "disability"


def test_a_trap_fills_the_field_that_its_rule_reads() -> None:
    found = read(clauses=[{"text": "Les produits sont d'origine France exclusivement."}]).tender
    assert found.clauses and found.clauses[0].imposed_origin


def test_what_is_not_sure_enough_waits_for_a_line() -> None:
    found = read(Decimal(1), criteria=[{"label": "Qualité environnementale"}])
    assert found.tender == found.original
    (one,) = found.reads
    assert (one.key, one.line) == ("criteria[0].themes", "themes: [environmental]")
    assert not one.is_used


def test_the_line_to_write_settles_the_reading() -> None:
    label = "Qualité environnementale"
    (one,) = read(Decimal(1), criteria=[{"label": label}]).reads
    name, _, value = one.line.partition(": ")
    settled = read(Decimal(1), criteria=[{"label": label, name: [value.strip("[]")]}])
    assert settled.reads == ()


def test_each_field_read_says_its_words() -> None:
    found = read(criteria=[{"label": "Prix des prestations"}])
    assert found.origins["criteria[0].themes"].startswith("lu dans «")


def test_a_foreign_tender_is_not_read() -> None:
    found = read(criteria=[{"label": "Prix"}], buyer={"country": "DEU"})
    assert found.reads == ()


@pytest.mark.parametrize("confidence", ["0.5", "0.85", "0.95", "1"])
def test_a_higher_bound_never_adds_a_fact(confidence: str) -> None:
    fields = {"criteria": [{"label": "Prix et délai, emballages"}, {"label": "Environnement"}]}
    used = {one.key for one in read(Decimal(confidence), **fields).reads if one.is_used}
    assert used <= {one.key for one in read(Decimal(0), **fields).reads if one.is_used}
