from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.wording.words import words_of


def forms(text: str) -> list[str]:
    return [word.form for word in words_of(text)]


def passages(text: str) -> list[int]:
    return [word.passage for word in words_of(text)]


def test_case_and_accents_do_not_count() -> None:
    assert forms("ÉGALITÉ, Égalité, égalite") == ["egalite"] * 3


def test_small_words_are_left_out() -> None:
    assert forms("la clause d'insertion de l'entreprise") == ["clause", "insertion", "entreprise"]


@pytest.mark.parametrize("mark", ["'", "’", "?", "\x92", "&#039;", "&apos;", " "])
def test_an_apostrophe_may_be_damaged(mark: str) -> None:
    assert forms(f"clause d{mark}insertion") == ["clause", "insertion"]
    assert passages(f"clause d{mark}insertion") == [0, 0]


def test_a_letter_lost_inside_a_word_does_not_cut_it() -> None:
    assert forms("mat?riels") == ["mat?riels"]


def test_numbers_keep_their_thousands_and_their_decimals() -> None:
    assert forms("1 250 heures, 0,5 % et 100h") == ["1250", "heures", "0,5", "%", "et", "100", "h"]


@pytest.mark.parametrize("written", ["L2113-12", "L.2113-12", "L. 2113-12", "2113-12"])
def test_an_article_is_one_word_however_written(written: str) -> None:
    assert forms(f"article {written} du code") == ["article", "2113-12", "code"]


def test_sentences_glued_together_are_cut_apart() -> None:
    assert passages("économique.Insertion") == [0, 1]
    assert passages("Clauses SocialesLa Ville") == [0, 0, 1]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert len(set(passages("Voir l'art. 5 du C.C.A.P. et l'al. 2 du même article"))) == 1


def test_items_of_a_list_are_passages() -> None:
    assert passages("Critères :\n- Prix\n- Délai") == [0, 1, 2]


def test_a_line_broken_by_the_page_is_one_passage() -> None:
    assert passages("une clause\nd'insertion sociale") == [0, 0, 0]


def test_a_comma_is_noted_on_the_word_that_follows() -> None:
    commas = [(word.form, word.after_comma) for word in words_of("prix, délai")]
    assert commas == [("prix", False), ("delai", True)]


@given(st.text(max_size=300))
def test_places_are_those_of_the_text_as_given(text: str) -> None:
    end, passage = 0, 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        assert len(word.written) == word.end - word.start
        assert word.passage >= passage
        end, passage = word.end, word.passage
