from __future__ import annotations

import pytest

from procure.wording.phrases import PhraseError, PhraseReader, Slot, Term
from procure.wording.stems import stem

TERRITORY = Slot(frozenset({(Term("depart"),), (Term("commun"),)}))
PROPER = Slot(frozenset({(Term("vien"),)}), capital=True)
READER = PhraseReader(stem, {"territory": TERRITORY, "place": PROPER})


def said(text: str) -> set[str]:
    """Every series of words that a phrase stands for, gaps in brackets."""
    found = set()
    for phrase in READER.read(text):
        series = [""]
        for i, slot in enumerate(phrase.slots):
            words = sorted(" ".join(term.stem for term in terms) for terms in slot.terms)
            gap = f" [{phrase.gaps[i - 1]}] " if i else ""
            series = [f"{left}{gap}{right}" for left in series for right in words]
        found.update(series)
    return found


def stems(text: str) -> str:
    return " ".join(stem(word) for word in text.split())


def test_words_follow_each_other_by_their_stems() -> None:
    assert said("clauses sociales") == {stems("clause social")}


def test_alternatives_may_have_several_words() -> None:
    expected = {stems("clause social"), stems("clause insertion social")}
    assert said("clause (sociale|d'insertion sociale)") == expected


def test_alternatives_may_stand_alone() -> None:
    assert said("prix|coût global") == {stems("prix"), stems("cout global")}


def test_an_optional_word_may_be_missing() -> None:
    assert said("clause obligatoire? (très forte)? d'insertion") == {
        stems("clause insertion"),
        stems("clause obligatoire insertion"),
        stems("clause tres forte insertion"),
        stems("clause obligatoire tres forte insertion"),
    }


def test_a_gap_stands_between_its_two_sides() -> None:
    assert said("siège [4] commune") == {f"{stems('siege')} [4] {stems('commune')}"}


def test_a_list_gives_its_entries() -> None:
    assert said("siège {territory}") == {"sieg depart", "sieg commun"}


def test_a_list_of_proper_nouns_stays_apart() -> None:
    (phrase,) = READER.read("entreprise de {place}")
    assert phrase.slots[1] is PROPER
    assert phrase.gaps == (0,)


def test_an_optional_list_gives_two_phrases() -> None:
    assert sorted(len(phrase.slots) for phrase in READER.read("entreprise {place}?")) == [1, 2]


def test_any_number_is_one_word() -> None:
    assert said("# heures") == said("100 heures") == {f"# {stems('heures')}"}


def test_a_very_form_may_be_asked_for() -> None:
    (phrase,) = READER.read("marché =réservé")
    assert {terms[1].exactly for terms in phrase.slots[0].terms} == {"réservé"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("clause (sociale", "n'est pas fermée"),
        ("clause sociale)", "n'est pas à sa place"),
        ("[3] clause", "entre deux mots"),
        ("clause [3]", "entre deux mots"),
        ("clause [99] sociale", "de 1 à"),
        ("clause {nowhere}", "n'existe pas"),
        ("de la", "rien à chercher"),
        ("clause (sociale|de la)", "petits mots"),
        ("clause ? sociale", "ne se lit pas"),
        ("", "rien à chercher"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_refused(text: str, what: str) -> None:
    with pytest.raises(PhraseError, match=what):
        READER.read(text)
