"""Reading `rules/`: what comes in, what changes the digest."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from books import BOOK, book, qualify, require, reward, write

from procure.domain.errors import RulebookError
from procure.engine.vocabulary import SPECS
from procure.rulebook.conditions import All, Atom, FactRef, ParameterRef, Reach
from procure.rulebook.loader import load

URGENT = {"tender.is_urgent": {"is": True}}
THRESHOLD = {
    "name": "threshold",
    "description": "Un seuil.",
    "unit": "EUR_excl_tax",
    "comparator": "below",
    "values": [{"value": 40_000, "cite": "CCP R1", "verified": True, "checked_on": "2026-09-01"}],
}


def test_rules_are_sorted_by_code_and_found_by_code_or_name(tmp_path: Path) -> None:
    rules = book(tmp_path, require("TST002", URGENT), reward("TST001", URGENT))
    assert [rule.code for rule in rules.rules] == ["TST001", "TST002"]
    assert rules.rule("TST002") is rules.rule("rule-tst002") is rules.rules[1]
    assert rules.rule("nothing") is None


def test_the_theme_of_a_rule_is_its_folder(tmp_path: Path) -> None:
    assert book(tmp_path, require("TST001", URGENT)).rules[0].theme == "theme"


def test_conditions_are_read_with_their_references(tmp_path: Path) -> None:
    breach = {
        "tender.value_excl_tax": {"above": {"parameter": "threshold"}},
        "tender.lots_value_excl_tax": {"below": {"fact": "tender.value_excl_tax"}},
    }
    rule = book(tmp_path, require("TST001", breach), parameters=(THRESHOLD,)).rules[0]
    assert rule.breach == All(
        (
            Atom("tender.value_excl_tax", "above", ParameterRef("threshold")),
            Atom("tender.lots_value_excl_tax", "below", FactRef("tender.value_excl_tax")),
        )
    )
    assert rule.facts == ("tender.value_excl_tax", "tender.lots_value_excl_tax")
    assert rule.parameters == ("threshold",)


def test_a_graded_rule_earns_when_it_reaches_the_full_mark(tmp_path: Path) -> None:
    graded = {"fact": "criteria.social.weight", "full_at": Decimal("0.30")}
    earn = book(tmp_path, reward("TST001", None, graded=graded)).rules[0].earn
    assert isinstance(earn, Reach)
    assert earn.is_rising
    assert earn.ceiling is None


def test_a_conclusion_may_be_a_number_of_law_or_another_fact(tmp_path: Path) -> None:
    rules = (qualify("TST001", URGENT, "first.derived", {"fact": "tender.is_innovative"}),)
    assert book(tmp_path, *rules).rules[0].value == FactRef("tender.is_innovative")


def test_the_digest_changes_with_any_word_and_with_nothing_else(tmp_path: Path) -> None:
    rule = require("TST001", URGENT)
    first = book(tmp_path / "a", rule).digest
    assert book(tmp_path / "b", rule).digest == first
    assert book(tmp_path / "c", rule | {"why": "Autrement."}).digest != first


def test_all_the_faults_of_a_rulebook_are_said_at_once(tmp_path: Path) -> None:
    rules = (
        require("TST001", {"nothing": {"is": True}}),
        require("TST002", {"none": {"is": True}}),
    )
    with pytest.raises(RulebookError) as caught:
        book(tmp_path, *rules)
    assert len(caught.value.faults) == 2


def test_cases_are_not_rules(tmp_path: Path) -> None:
    root = write(tmp_path, require("TST001", URGENT))
    (root / "law/theme/rule-tst001.cases.yaml").write_text("cases: []\n", encoding="utf-8")
    assert len(load(SPECS, root).rules) == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="le dossier des règles est introuvable"):
        load(SPECS, tmp_path / "nowhere")


def test_the_book_says_until_when_the_law_was_read(tmp_path: Path) -> None:
    found = book(tmp_path)
    assert (found.title, found.jurisdiction) == (BOOK["title"], "FRA")
