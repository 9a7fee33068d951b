"""What the law asks: each section has its rules, or says why it has none."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import require, reward, write

from procure.domain.errors import RulebookError
from procure.engine.vocabulary import SPECS
from procure.resources.yaml import dump
from procure.rulebook.loader import load
from procure.rulebook.pages import coverage_page

URGENT = {"tender.is_urgent": {"is": True}}


def basis(folder: Path, *sections: dict[str, str]) -> None:
    chapters = [{"title": "Seuils", "sections": list(sections)}]
    (folder / "law-basis.yaml").write_text(dump({"chapters": chapters}), encoding="utf-8")


def test_a_rule_may_answer_several_sections(tmp_path: Path) -> None:
    root = write(tmp_path, require("TST001", URGENT, law_section=["1.1", "1.2"]))
    basis(root, {"id": "1.1", "title": "Travaux"}, {"id": "1.2", "title": "Services"})
    assert load(SPECS, root).rules[0].law_sections == ("1.1", "1.2")


def test_all_the_faults_of_the_basis_are_said_at_once(tmp_path: Path) -> None:
    root = write(tmp_path, require("TST001", URGENT, law_section="1.3"))
    basis(root, {"id": "1.1", "title": "Travaux"}, {"id": "1.2", "title": "Services"})
    with pytest.raises(RulebookError) as caught:
        load(SPECS, root)
    assert len(caught.value.faults) == 3


def test_the_page_links_the_rules_of_a_section_or_says_why_there_is_none(tmp_path: Path) -> None:
    rules = (
        require("TST001", URGENT, law_section="1.1"),
        reward("TST002", URGENT, law_section="1.1"),
    )
    root = write(tmp_path, *rules)
    none = {"id": "1.2", "title": "Services", "none_because": "Rien à vérifier."}
    basis(root, {"id": "1.1", "title": "Travaux"}, none)
    page = coverage_page(load(SPECS, root))
    assert "[TST001](rules/TST001.md) Règle TST001<br>[TST002](rules/TST002.md)" in page
    assert "Pas de règle : Rien à vérifier." in page.replace("\u00a0", " ")
    assert "1 avec une règle au moins, 1 avec la raison" in page


def test_every_rule_we_ship_answers_a_section() -> None:
    assert [rule.code for rule in load(SPECS).rules if not rule.law_sections] == []
