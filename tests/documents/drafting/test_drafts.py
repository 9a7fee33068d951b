"""What the documents of a tender say, before they are given a format."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from desk import DAY, FOOD, SAMPLES, SCHOOL, SMALL, drafts_of, plain, tender

from procure.api.drafting import Order, drafted, law_numbers, library_for
from procure.api.templates import check_templates, faults_of, samples
from procure.documents.drafting.drafts import Terms
from procure.documents.library import Library, taken
from procure.domain.errors import InputError
from procure.domain.library import LibraryClause
from procure.domain.tender import Tender

SCHOOL_PAPERS = ["rc", "ccap", "cctp", *(f"ae-lot-{n}" for n in range(1, 7)), "note", "avis"]


def test_a_tender_of_six_lots_has_one_commitment_a_lot() -> None:
    assert list(drafts_of(tender())) == [*SCHOOL_PAPERS, "artisan"]


def test_a_purchase_without_competition_has_one_document_of_clauses_and_no_rules() -> None:
    assert list(drafts_of(tender(SMALL))) == ["ccp", "ae", "note", "artisan"]


def test_a_small_adapted_procedure_has_one_document_of_clauses() -> None:
    lots = tender(SCHOOL).model_dump(exclude_none=True)["lots"][:1]
    small = tender(SCHOOL, value_excl_tax=Decimal(80_000), lots=lots)
    assert "ccp" in drafts_of(small) and "ccap" not in drafts_of(small)


def test_a_document_that_a_tender_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="sans objet"):
        drafts_of(tender(SMALL), "rc")


def test_a_concession_is_refused() -> None:
    with pytest.raises(InputError, match="concessions"):
        drafts_of(tender(regime="concession"))


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ({"value_excl_tax": Decimal("1234567.89")}, "1 486 000 €", "1 234 567,89 €"),
        ({"due_on": "2026-11-03"}, "27 octobre 2026", "3 novembre 2026"),
        ({"duration_months": 11}, "9 mois", "11 mois"),
        ({"payment_delay_days": 21}, "30 jours", "21 jours"),
        ({"retention_share": "2 %"}, "3 %", "2 %"),
    ],
)
def test_what_is_changed_once_changes_everywhere(
    change: dict[str, object], before: str, after: str
) -> None:
    old, new = drafts_of(tender()), drafts_of(tender(**change))
    holding = [name for name, one in old.items() if before in spaced(one.markdown)]
    assert holding
    for name in holding:
        said, was = spaced(new[name].markdown), spaced(old[name].markdown)
        assert before not in said
        assert said.count(after) == was.count(after) + was.count(before)


def test_the_amount_of_a_lot_is_the_same_in_every_document() -> None:
    lots = tender().model_dump(exclude_none=True)["lots"]
    lots[0]["value_excl_tax"] = Decimal("123456.78")
    made = drafts_of(tender(lots=lots))
    for name in ("rc", "ccap", "note", "avis", "artisan"):
        assert "123 456,78 € HT" in spaced(made[name].markdown)
        assert "412 000" not in spaced(made[name].markdown)


def test_a_blank_is_marked_where_it_is_missing_and_listed_at_the_end() -> None:
    rules = drafts_of(tender(due_on=None))["rc"]
    what = "date limite de remise des offres"
    assert what in rules.blanks
    body, _, listed = plain(rules.markdown).partition("# Points à compléter")
    assert f"[À COMPLÉTER : {what}]" in spaced(body)
    assert f"- [{what}](#blanc1)" in listed


def test_a_number_of_law_that_is_not_known_on_the_day_is_a_blank() -> None:
    numbers = law_numbers(DAY)
    numbers["late-fee"] = replace(numbers["late-fee"], value=None)
    said = tender()
    made = drafted(said, Terms(DAY, numbers), Order(Path(), only=("ccap",)), library_for(said))
    assert any("recouvrement" in what for what in made[0].blanks)


def test_a_number_of_law_comes_from_its_dated_file() -> None:
    numbers = law_numbers(DAY)
    numbers["late-fee"] = replace(numbers["late-fee"], value=Decimal(77))
    said = tender()
    made = drafted(said, Terms(DAY, numbers), Order(Path(), only=("ccap",)), library_for(said))
    assert "recouvrement de 77 €" in spaced(made[0].markdown)


def test_a_clause_stands_once_and_says_its_article() -> None:
    clauses = drafts_of(tender())["ccap"].clauses
    assert [(one.name, one.article) for one in clauses] == [
        ("clause3", "7.1"),
        ("clause1", "7.2"),
    ]


def test_a_clause_of_the_library_is_taken_only_where_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = _library_clause()
    monkeypatch.setattr("procure.api.clauses.library", lambda: Library((one,)))
    assert all(c.name.startswith("clause") for c in drafts_of(tender())["ccap"].clauses)
    added = drafts_of(tender(), more=("site-waste",))["ccap"]
    assert "site-waste v2" in [c.name for c in added.clauses]
    assert "{#c-site-waste-v2}" in added.markdown
    assert "pénalité de 60 €" in spaced(plain(added.markdown))


def test_a_clause_of_the_library_takes_the_values_of_the_tender(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = _library_clause(fields={"insertion_hours": "{hours}"})
    monkeypatch.setattr("procure.api.clauses.library", lambda: Library((one,)))
    said = tender(clauses=[{"library_id": "site-waste", "insertion_hours": 321}])
    assert "321 heures" in spaced(plain(drafts_of(said)["ccap"].markdown))


def test_two_clauses_that_exclude_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    first = _library_clause(excludes=("other-waste",))
    second = first.model_copy(update={"id": "other-waste", "excludes": ()})
    monkeypatch.setattr("procure.api.clauses.library", lambda: Library((first, second)))
    with pytest.raises(InputError, match="exclut"):
        drafts_of(tender(), more=("site-waste", "other-waste"))


def test_a_tender_in_breach_says_so_before_everything() -> None:
    made = drafts_of(tender(), breaches=("CRI001 – Aucun critère",))
    for one in made.values():
        assert one.title.startswith("PROJET – NON CONFORME")
        assert "CRI001" in one.alert


def test_two_lots_of_like_names_do_not_share_a_file() -> None:
    made = drafts_of(tender(lots=[{"id": "1/a"}, {"id": "1 a"}]), "ae")
    assert len(made) == 2


def test_every_template_is_sound_with_every_sample() -> None:
    checked = check_templates()
    assert checked.faults == ()
    assert checked.tenders == len(list(samples(SAMPLES)))


def test_a_template_that_leaves_something_behind_is_found() -> None:
    one = drafts_of(tender(FOOD), "rc")["rc"]
    broken = replace(one, markdown="# Titre\n\n# {#x}\n\nReste {{ x }} et TODO.\n\nDeux  espaces\n")
    said = " ".join(str(fault) for fault in faults_of(broken, "x"))
    for what in (
        "rien ne suit",
        "un titre est vide",
        "reste de modèle",
        "travail",
        "double espace",
    ):
        assert what in said


def spaced(text: str) -> str:
    """The words of a text, with ordinary spaces."""
    return plain(text).replace("\u00a0", " ").replace("\u202f", " ")


def _library_clause(**changes: object) -> LibraryClause:
    return LibraryClause.model_validate(
        {
            "id": "site-waste",
            "version": 2,
            "title": "Déchets du chantier",
            "axis": "environmental",
            "pieces": ["ccap"],
            "kind": "execution",
            "level": "basic",
            "references": [{"cite": "CCP L2112-2", "verified": True, "checked_on": "2026-11-22"}],
            "costs": {"buyer": "low", "supplier": "low"},
            "penalty": "{{ amount }} par manquement",
            "parameters": {
                "amount": {"title": "Pénalité", "type": "money", "default": 60},
                "hours": {"title": "Heures", "type": "hours", "default": 10},
            },
            "why": "Pourquoi.",
            "vigilance": "Attention.",
            "review": {"state": "draft", "on": "2026-11-22"},
            "body": "### Déchets\n\nUne pénalité de {{ amount }} ; {{ hours }}.\n",
            **changes,
        }
    )


def test_no_number_stands_in_a_template() -> None:
    folder = SAMPLES.parent / "templates" / "documents"
    for path in folder.rglob("*.j2"):
        words = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"))
        words = re.sub(r"[LRD]\. ?\d[\d-]*|^\d\. ", "", words, flags=re.MULTILINE)
        assert not re.search(r"\d", words), path.name


def test_what_a_tender_does_not_say_is_never_stated() -> None:
    rules = drafts_of(Tender(id="x", procedure="adapted"), "rc")["rc"]
    for word in (
        "marché ordinaire ou accord-cadre",
        "forme des groupements",
        "niveaux de capacité",
    ):
        assert any(word in what for what in rules.blanks), word


def test_a_long_description_of_a_criterion_stands_under_the_table() -> None:
    text = "### Titre\n\nOn regarde :\n\n| Élément | Points |\n|---|---|\n| a * b | 4 |\n\n1. un"
    criteria = [{"label": "Formation", "weight": 1, "description": text}]
    rules = spaced(drafts_of(tender(criteria=criteria), "rc")["rc"].markdown)
    assert "| **Formation** | Détaillé sous le tableau | 100 % |" in rules
    assert "\n| Élément | Points |\n|-----|-----|\n| a * b | 4 |\n" in rules


def test_a_clause_taken_from_the_library_keeps_its_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    one = _library_clause(body="### Déchets\n\n1. Trier {{ amount }}.\n2. Peser {{ hours }}.\n")
    monkeypatch.setattr("procure.api.clauses.library", lambda: Library((one,)))
    clause = taken(one).model_dump(exclude_none=True)
    said = drafts_of(tender(clauses=[clause]))["ccap"]
    assert "\n1. Trier 60 €.\n2. Peser 10 heures.\n" in spaced(said.markdown)
    assert "### Déchets" not in said.markdown
