"""Profiles: what they inherit, tighten and choose."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from books import PROFILE, URGENT, book, require, reward, write

from procure.api.rules import rulebook
from procure.engine.vocabulary import SPECS
from procure.resources.yaml import dump
from procure.rulebook.conditions import All, Any_, Atom, Not, ParameterRef, Tree
from procure.rulebook.loader import load, load_profile
from procure.rulebook.schema import Profile, Rulebook

LATE = {"payment.delay_days": {"above": {"parameter": "delay"}}}
DELAY = {
    "name": "delay",
    "description": "Un délai.",
    "unit": "days",
    "comparator": "at_most",
    "stricter": "lower",
    "values": [{"value": 30, "cite": "CCP R1", "verified": True, "checked_on": "2026-09-01"}],
}
RULES = (require("TST001", LATE, severity="warning"), reward("TST002", URGENT))
STRICTER = {("lower", "above"), ("lower", "at_least"), ("higher", "below"), ("higher", "at_most")}
LOOSER = {("lower", "below"), ("lower", "at_most"), ("higher", "above"), ("higher", "at_least")}


def overlay(root: Path, rules: Rulebook, **said: Any) -> Profile:
    path = root / "ours.yaml"
    head = {"name": "ours", "title": "Le nôtre", "description": "Essai.", "based_on": "test"}
    path.write_text(dump({**head, **said}), encoding="utf-8")
    return load_profile(path, rules)


def test_what_an_overlay_does_not_say_is_that_of_its_base(tmp_path: Path) -> None:
    rules = book(tmp_path, *RULES, parameters=(DELAY,))
    found = overlay(tmp_path, rules, weights={"social": 3})
    base = rules.profiles["test"]
    assert (found.letters, found.unchecked_clause_share) == (base.letters, Decimal("0.25"))
    assert found.weights == {"social": 3}
    assert found.least_confidence == Decimal("0.8")
    assert (found.name, base.overlay) == ("ours", None)


def test_what_it_sets_is_kept_with_the_profile_that_says_so(tmp_path: Path) -> None:
    root = write(tmp_path, *RULES, parameters=(DELAY,))
    middle = {**PROFILE, "name": "middle", "title": "Milieu", "parameters": {"delay": 20}}
    (root / "profiles/middle.yaml").write_text(dump(middle), encoding="utf-8")
    rules = load(SPECS, root)
    said = {"severities": {"TST001": "blocking"}, "points": {"TST002": 12}}
    found = overlay(tmp_path, rules, **said | {"based_on": "middle"})
    assert {(s.key, s.name, s.value, s.profile) for s in found.settings} == {
        ("parameters", "delay", Decimal(20), "Milieu"),
        ("severities", "TST001", "blocking", "Le nôtre"),
        ("points", "TST002", Decimal(12), "Le nôtre"),
    }


def test_the_digest_of_an_overlay_changes_with_any_word(tmp_path: Path) -> None:
    rules = book(tmp_path, *RULES, parameters=(DELAY,))
    first = overlay(tmp_path, rules).overlay
    assert first and overlay(tmp_path, rules).overlay == first
    assert overlay(tmp_path, rules, parameters={"delay": 20}).overlay != first


def test_what_the_law_already_asks_may_be_said(tmp_path: Path) -> None:
    rules = book(tmp_path, *RULES, parameters=(DELAY,))
    said = {"parameters": {"delay": 30}, "severities": {"TST001": "warning"}}
    assert len(overlay(tmp_path, rules, **said).settings) == 2


def test_a_share_may_be_written_as_a_percentage(tmp_path: Path) -> None:
    rules = book(tmp_path, parameters=({**DELAY, "unit": "share"},))
    (setting,) = overlay(tmp_path, rules, parameters={"delay": "12,5 %"}).settings
    assert setting.number == Decimal("0.125")


def test_both_profiles_say_how_sure_a_fact_read_in_prose_must_be() -> None:
    found = {name: one.least_confidence for name, one in rulebook().profiles.items()}
    assert found["grand-poitiers"] == Decimal("0.85")
    assert found["petite-commune"] == Decimal("0.9")


def test_a_number_that_may_move_is_read_by_no_conclusion() -> None:
    """Else a stricter number could hide a breach behind a fact concluded otherwise."""
    book_ = rulebook()
    for rule in book_.rules:
        moving = [name for name in rule.parameters if book_.parameters[name].stricter]
        assert not moving or rule.file.kind == "require", f"{rule.code} : {moving}"


def test_a_stricter_number_only_ever_adds_breaches() -> None:
    """Wherever it is compared, moving it the way it may turns no true condition false."""
    book_ = rulebook()
    for rule in book_.rules:
        for atom, is_positive in [*_atoms(rule.when), *_atoms(rule.breach)]:
            if not isinstance(atom.operand, ParameterRef):
                continue
            way = book_.parameters[atom.operand.parameter].stricter
            if way is not None:
                assert (way, atom.operator) in (STRICTER if is_positive else LOOSER), rule.code


def _atoms(tree: Tree | None, is_positive: bool = True) -> list[tuple[Atom, bool]]:
    if isinstance(tree, Atom):
        return [(tree, is_positive)]
    if isinstance(tree, Not):
        return _atoms(tree.part, not is_positive)
    if isinstance(tree, All | Any_):
        return [found for part in tree.parts for found in _atoms(part, is_positive)]
    return []
