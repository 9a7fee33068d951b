"""Generated functions and the interpreter read trees alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import drawing
import pytest
from books import DAY, bound, require
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.api.rules import rulebook
from procure.engine.binding import BoundRule, bind
from procure.engine.evidence import deciding, truth
from procure.engine.inference import library
from procure.engine.judge import Judge
from procure.engine.literals import MAX_FLAGS, MAX_PATTERNS, stages_of
from procure.engine.program import Writer
from procure.rulebook.conditions import All, Any_, Atom, Not, Reach, Tree
from procure.rulebook.vocabulary import FactSpec

SPECS = [
    FactSpec("a.bool", "tender", "bool", "a"),
    FactSpec("b.bool", "tender", "bool", "b"),
    FactSpec("a.money", "tender", "money", "a"),
    FactSpec("b.money", "tender", "money", "b"),
    FactSpec("a.count", "tender", "count", "a"),
    FactSpec("a.code", "tender", "code", "a", values={"x": "x", "y": "y", "été": "été"}),
    FactSpec("a.codes", "tender", "codes", "a", values={"x": "x", "y": "y"}),
    FactSpec("a.date", "tender", "date", "a"),
    FactSpec("b.date", "tender", "date", "b"),
]
BY_NAME = {spec.name: spec for spec in SPECS}
SLOTS = {name: i for i, name in enumerate(BY_NAME)}
NUMBERS = [drawing.Decimal(40_000), drawing.Decimal(3)]


@pytest.fixture(scope="module")
def rule(tmp_path_factory: pytest.TempPathFactory) -> BoundRule:
    return bound(
        tmp_path_factory.mktemp("rules"), require("TST001", {"tender.is_urgent": {"is": True}})
    ).rules[0]


def compiled(tree: Tree, rule: BoundRule, facts: dict[str, Any]) -> Any:
    writer = Writer(SLOTS, ())
    return writer.function(writer.tree(tree, rule))([facts[name] for name in SLOTS])


def drawn(seed: int) -> tuple[Tree, dict[str, Any]]:
    random = Random(seed)
    tree = drawing.tree(random, SPECS, NUMBERS)
    return tree, drawing.facts(random, BY_NAME, BY_NAME, NUMBERS)


@settings(max_examples=800, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_the_generated_function_agrees_with_the_interpreter(rule: BoundRule, seed: int) -> None:
    tree, facts = drawn(seed)
    assert compiled(tree, rule, facts) is truth(tree, facts, rule)


@settings(max_examples=400, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_what_decides_a_tree_decides_it_alone(rule: BoundRule, seed: int) -> None:
    tree, facts = drawn(seed)
    value = truth(tree, facts, rule)
    names = set(deciding(tree, facts, rule))
    if value is not None:
        assert all(facts[name] is not None for name in names)
        assert truth(tree, {n: v for n, v in facts.items() if n in names}, rule) is value


@settings(max_examples=400, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_knowing_less_makes_a_tree_unknown_or_leaves_it(rule: BoundRule, seed: int) -> None:
    tree, facts = drawn(seed)
    before = truth(tree, facts, rule)
    for name in facts:
        assert truth(tree, facts | {name: None}, rule) in (before, None)


def test_random_trees_are_true_false_and_unknown(rule: BoundRule) -> None:
    found = Counter(truth(*drawn(seed), rule) for seed in range(400))
    assert min(found[True], found[False], found[None]) > 40


@pytest.mark.parametrize("is_rising", [True, False])
@pytest.mark.parametrize("ceiling", [None, "b.money"])
def test_reaching_the_mark_is_read_alike(
    rule: BoundRule, is_rising: bool, ceiling: str | None
) -> None:
    tree = Reach("a.money", ceiling, NUMBERS[1], is_rising)
    for a in (None, *map(drawing.Decimal, (2, 3, 4))):
        for b in (None, *map(drawing.Decimal, (2, 3, 4))):
            facts = dict.fromkeys(SLOTS) | {"a.money": a, "b.money": b}
            assert compiled(tree, rule, facts) is truth(tree, facts, rule)


def test_a_tree_that_two_rules_share_is_computed_once(rule: BoundRule) -> None:
    shared = Atom("a.code", "equals", "x")
    writer = Writer(SLOTS, ())
    first = writer.tree(All((shared, Not(shared))), rule)
    lines = len(writer.lines)
    writer.tree(Any_((shared, Not(shared))), rule)
    assert first
    assert len(writer.lines) == lines + 1


def test_blocks_stay_within_the_limits_of_the_library(tmp_path: Path) -> None:
    breach = {"tender.is_urgent": {"is": True}}
    rules = [
        require(f"TST{i:03}", breach | {"tender.value_excl_tax": {"above": i}}) for i in range(150)
    ]
    book = bound(tmp_path, *rules)
    (stage,) = stages_of(book.rules, "tender", {"tender.value_excl_tax": 0, "tender.is_urgent": 1})
    assert [len(block.patterns) for block in stage.blocks] == [40, 40, 40, 30]


def test_the_library_can_tell_every_flag_of_the_rulebook_from_the_others() -> None:
    judge = Judge(bind(rulebook(), DAY), "durable" if library() else "python")
    blocks = judge.blocks()
    assert all(len(b.patterns) <= MAX_PATTERNS and len(b.flags) <= MAX_FLAGS for b in blocks)
    flags = [flag for block in blocks for flag in (block.guard, *block.flags.values())]
    flags += ["start", "id"]
    assert len({fnv32(flag) for flag in flags}) == len(flags)


def fnv32(name: str) -> int:
    """The only way in which durable-rules tells properties apart."""
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value
