"""Phrases sought in a text."""

from __future__ import annotations

from procure.wording.phrases import PhraseReader
from procure.wording.search import Searcher
from procure.wording.stems import stem


def test_a_word_is_found_even_where_its_stem_is_shorter_than_three_letters() -> None:
    reader = PhraseReader(stem, {})
    (phrase,) = reader.read("cycle vie")
    searcher = Searcher([phrase], reader.forms)
    assert searcher.spans(phrase, searcher.read("Coût du cycle de vie du produit"))
