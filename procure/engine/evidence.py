"""
Why a condition has its value: a plain interpreter of trees, and the facts that decided.

The interpreter is the third, slowest and simplest reading of a tree; tests hold the two engines
against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from procure.engine.binding import BoundRule
from procure.engine.kleene import Tri, every, some
from procure.rulebook.conditions import All, Any_, Atom, FactRef, Not, Reach, Tree

Facts = Mapping[str, Any]

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda x, k: bool(x == k),
    "equals": lambda x, k: bool(x == k),
    "differs": lambda x, k: bool(x != k),
    "below": lambda x, k: bool(x < k),
    "at_most": lambda x, k: bool(x <= k),
    "above": lambda x, k: bool(x > k),
    "at_least": lambda x, k: bool(x >= k),
    "before": lambda x, k: bool(x < k),
    "from": lambda x, k: bool(x >= k),
    "in": lambda x, k: x in k,
    "not_in": lambda x, k: x not in k,
    "includes": lambda x, k: k in x,
    "excludes": lambda x, k: k not in x,
    "starts_with": lambda x, k: bool(x.startswith(k)),
}


def truth(tree: Tree | None, facts: Facts, bound: BoundRule) -> Tri:
    """The value of a tree; no tree is always true."""
    if tree is None:
        return True
    if isinstance(tree, Atom):
        return _compare(tree, facts, bound)
    if isinstance(tree, Reach):
        return _reach(tree, facts)
    if isinstance(tree, Not):
        inner = truth(tree.part, facts, bound)
        return None if inner is None else not inner
    values = [truth(part, facts, bound) for part in tree.parts]
    return every(values) if isinstance(tree, All) else some(values)


def _compare(atom: Atom, facts: Facts, bound: BoundRule) -> Tri:
    left = facts.get(atom.fact)
    operand = atom.operand
    right = facts.get(operand.fact) if isinstance(operand, FactRef) else bound.constant(operand)
    return None if left is None or right is None else _COMPARE[atom.operator](left, right)


def _reach(reach: Reach, facts: Facts) -> Tri:
    def full(value: Any) -> bool:
        return bool(value >= reach.full_at if reach.is_rising else value <= reach.full_at)

    value = facts.get(reach.fact)
    if value is not None and full(value):
        return True
    bound = value if reach.ceiling is None else facts.get(reach.ceiling)
    return None if bound is None or full(bound) else False


def deciding(tree: Tree | None, facts: Facts, bound: BoundRule) -> Iterator[str]:
    """The facts that give a tree the value it has, in order of appearance."""
    if tree is None:
        return
    if isinstance(tree, Atom):
        yield tree.fact
        if isinstance(tree.operand, FactRef):
            yield tree.operand.fact
    elif isinstance(tree, Reach):
        yield from _deciding_reach(tree, facts)
    elif isinstance(tree, Not):
        yield from deciding(tree.part, facts, bound)
    else:
        yield from _deciding_parts(tree, facts, bound)


def _deciding_reach(reach: Reach, facts: Facts) -> Iterator[str]:
    """A fact that reaches the mark decides alone; else its ceiling does, with the fact if known."""
    value = _reach(reach, facts)
    for name in (reach.fact,) if value else (reach.fact, reach.ceiling):
        if name and (value is None or facts.get(name) is not None):
            yield name


def _deciding_parts(tree: All | Any_, facts: Facts, bound: BoundRule) -> Iterator[str]:
    """One false part decides a conjunction, one true part a disjunction; else every part does."""
    value = truth(tree, facts, bound)
    alone = False if isinstance(tree, All) else True
    for part in tree.parts:
        one = truth(part, facts, bound)
        if value is alone and one is alone:
            yield from deciding(part, facts, bound)
            return
        if value is None and one is not None:
            continue
        if value is not alone:
            yield from deciding(part, facts, bound)


def used(bound: BoundRule, facts: Facts) -> tuple[str, ...]:
    """The facts that decided a rule's verdict, each once."""
    rule = bound.rule
    names = list(deciding(rule.when, facts, bound))
    if truth(rule.when, facts, bound):
        test = rule.breach if rule.file.kind == "require" else rule.earn
        names += deciding(test, facts, bound)
    return tuple(dict.fromkeys(names))
