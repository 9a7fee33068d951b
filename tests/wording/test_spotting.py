from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lexicons import INSERTION, SEAT, spotter

from procure.wording.spotting import Spotter, default


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Spotter:
    return spotter(tmp_path_factory.mktemp("lexicon"))


def concepts(found: Any) -> list[str]:
    return [hit.concept for hit in found.hits if not hit.negated]


def test_a_hit_is_the_text_between_its_places(small: Spotter) -> None:
    text = "Le marché comporte une clause sociale d'insertion."
    (hit,) = small.spot(text, "condition").hits
    assert hit.passage == text[hit.start : hit.end] == "clause sociale d'insertion"
    assert hit.confidence == Decimal("0.95")


def test_the_summary_says_what_a_condition_counts_as(small: Spotter) -> None:
    summary = small.spot("Une action d'insertion", "condition").summary
    assert (summary.social, summary.insertion, summary.reserved) == (True, True, False)


def test_a_number_beside_the_words_is_read(small: Spotter) -> None:
    (hit,) = small.spot("soit 1 250 heures d'insertion", "condition").hits
    assert hit.value == 1250


@pytest.mark.parametrize(
    "text",
    [
        "Aucune clause d'insertion n'est prévue",
        "Le marché ne comporte pas de clause d'insertion",
        "Marché sans clause sociale d'insertion",
        "Clause d'insertion : sans objet",
        "Clause d'insertion : non",
        "Une clause d'insertion n'est pas prévue",
        "Une clause sociale d'insertion : non\nAutre chose",
    ],
)
def test_what_a_sentence_denies_does_not_count(small: Spotter, text: str) -> None:
    found = small.spot(text, "condition")
    assert [hit.negated for hit in found.hits] == [True]
    assert not found.summary.insertion


@pytest.mark.parametrize(
    "text",
    [
        "Pas d'avance mais une clause d'insertion",
        "Aucune avance n'est versée. Une clause d'insertion s'applique",
        "Non seulement une clause d'insertion, aussi une visite",
        "Sans préjudice de la clause d'insertion",
        "Clause d'insertion non respectée : pénalité",
        "Aucune variante, clause d'insertion prévue",
    ],
)
def test_a_denial_does_not_reach_further_than_it_says(small: Spotter, text: str) -> None:
    assert concepts(small.spot(text, "condition")) == ["condition.insertion"]


def test_words_of_two_sentences_do_not_make_a_phrase(small: Spotter) -> None:
    assert small.spot("Une clause. Insertion paysagère", "condition").hits == ()


def test_words_may_cancel_a_pattern(small: Spotter) -> None:
    assert concepts(small.spot("Siège de l'entreprise dans la commune", "criterion"))
    assert not concepts(small.spot("Siège de l'acheteur dans la commune", "criterion"))


def test_words_may_be_needed_beside_a_pattern(small: Spotter) -> None:
    assert concepts(small.spot("Proximité de l'entreprise", "criterion"))
    assert not concepts(small.spot("Proximité des écoles", "criterion"))


def test_a_pattern_may_be_kept_to_a_reading(small: Spotter) -> None:
    assert not concepts(small.spot("Proximité de l'entreprise", "condition"))


def test_the_grade_depends_on_where_it_is_read(small: Spotter) -> None:
    text = "Le siège est dans le département"
    assert small.spot(text, "criterion").summary.local_preference == "unlawful"
    assert small.spot(text, "condition").summary.local_preference == "risky"


def test_a_denied_preference_is_none(small: Spotter) -> None:
    text = "Le siège n'est pas forcément dans le département"
    assert small.spot(text, "criterion").summary.local_preference == "none"


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Spotter:
    """A lexicon whose concept asks for a duty in a document."""
    asked = {"with": ["titulaire|devra"], "unless": ["pour objet"]}
    return spotter(
        tmp_path_factory.mktemp("asking"),
        {"conditions/insertion.yaml": INSERTION | {"in_document": asked}},
    )


def test_a_document_also_names_what_is_bought(asking: Spotter) -> None:
    bought = "Une action d'insertion, lot 2. Une visite est prévue."
    assert not concepts(asking.spot(bought, "document"))
    assert concepts(asking.spot(bought, "condition"))
    assert concepts(asking.spot("Une action d'insertion est prévue."))
    duty = "Le titulaire mène une action d'insertion. Une visite est prévue."
    assert concepts(asking.spot(duty, "document"))
    charge = "Le marché a pour objet une action d'insertion du titulaire. Une visite est prévue."
    assert not concepts(asking.spot(charge, "document"))


def test_a_duty_that_introduces_a_list_holds_for_its_items(asking: Spotter) -> None:
    text = "Le titulaire mène :\n- une visite ;\n- une action d'insertion.\n"
    assert concepts(asking.spot(text, "document"))
    apart = "Le titulaire mène une visite.\n- une action d'insertion.\n"
    assert not concepts(asking.spot(apart, "document"))


def test_themes_of_a_document_are_those_of_its_criteria(small: Spotter) -> None:
    text = "Performance environnementale du site.\nCritères d'attribution\n- Prix\n"
    assert small.spot(text, "document").summary.themes == ()
    inside = text + "- Démarche environnementale\n"
    assert small.spot(inside, "document").summary.themes == ("environmental",)
    after = text + "Valeur estimée : 10\nDémarche environnementale\n"
    assert small.spot(after, "document").summary.themes == ()


def test_a_criterion_that_prefers_a_territory_has_that_theme(small: Spotter) -> None:
    themes = small.spot("Le siège est dans le département", "criterion").summary.themes
    assert themes == ("local_preference",)


def test_a_criterion_without_a_theme_is_other(small: Spotter) -> None:
    assert small.spot("Esthétique", "criterion").summary.themes == ("other",)


def test_a_short_text_may_be_a_criterion(small: Spotter) -> None:
    assert small.spot("Démarche environnementale, 10 %").summary.themes == ("environmental",)


def test_a_whole_sentence_is_no_label(small: Spotter) -> None:
    assert small.spot("La démarche environnementale compte.").summary.themes == ()


@pytest.mark.parametrize("damaged", ["environementale", "environn?mentale", "environnementalle"])
def test_a_damaged_word_is_read_with_less_confidence(small: Spotter, damaged: str) -> None:
    (hit,) = small.spot(f"Démarche {damaged}", "criterion").hits
    assert hit.confidence < Decimal("0.95")


def test_a_lost_apostrophe_is_mended(small: Spotter) -> None:
    (hit,) = small.spot("clause dinsertion", "condition").hits
    assert hit.confidence == Decimal("0.95")


def test_a_proper_noun_needs_its_capital(tmp_path: Path) -> None:
    own = spotter(
        tmp_path, {"local_preference/seat.yaml": SEAT | {"patterns": ["entreprise de {place}"]}}
    )
    assert concepts(own.spot("une entreprise de la Vienne", "criterion"))
    assert not concepts(own.spot("une entreprise de la vienne", "criterion"))


def test_hits_of_a_concept_do_not_overlap(small: Spotter) -> None:
    found = small.spot("clause sociale obligatoire d'insertion, 100 heures d'insertion")
    assert [hit.passage for hit in found.hits] == [
        "clause sociale obligatoire d'insertion",
        "100 heures d'insertion",
    ]


@pytest.mark.parametrize("text", ["", " \n", "???", "%", "\x00", "é" * 5000, "a" * 5000])
def test_any_text_is_read(small: Spotter, text: str) -> None:
    small.spot(text)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_places_of_hits_are_those_of_the_text_as_given(text: str) -> None:
    noisy = f"{text} Démarche environnementale et clause d’insertion {text}"
    for hit in default().spot(noisy).hits:
        assert noisy[hit.start : hit.end] == hit.passage
