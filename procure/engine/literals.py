"""
What durable-rules sees: for each rule, the literals that must all be true for it to fire.

A literal is a part of the rule's top conjunction, computed by Python as True, False or unknown.
Rules of one scope and level share a message; blocks keep a message and its rules within the limits
measured for the library (properties of a fact, conditions that match at once).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from procure.engine.binding import BoundRule
from procure.engine.program import Values, Writer
from procure.rulebook.conditions import Not, Tree, conjuncts
from procure.rulebook.vocabulary import Scope

MAX_RULES = 40
MAX_FLAGS = 200


@dataclass(frozen=True)
class Pattern:
    """
    One firing of durable-rules: its name, its rule, and the flags it waits for.

    `when` and `test` are the flags of the rule's two parts; `positive` is false for the conclusion
    drawn where a `qualify` rule certainly does not hold.
    """

    name: str
    bound: BoundRule
    positive: bool
    when: tuple[int, ...]
    test: tuple[int, ...]

    @property
    def flags(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.when + self.test))


@dataclass(frozen=True)
class Block:
    """A message: the literals it carries, and the patterns that wait for it."""

    name: str
    scope: Scope
    level: int
    patterns: tuple[Pattern, ...]
    flags: tuple[str, ...]
    run: Callable[[Values], tuple[Any, ...]]

    def definition(self) -> dict[str, Any]:
        """The rules of this block as durable-rules takes them: one guarded message each."""
        return {
            pattern.name: {
                "all": [
                    {"m": {"$and": [{self.name: 1}, *({self.flags[i]: 1} for i in pattern.flags)]}}
                ]
            }
            for pattern in self.patterns
        }


def blocks_of(rules: Sequence[BoundRule], scope: Scope, slots: dict[str, int]) -> list[Block]:
    """The blocks of one scope, in order of level; a block holds rules of one level only."""
    blocks: list[Block] = []
    for level in sorted({bound.level for bound in rules}):
        draft = _Draft(slots)
        for bound in (b for b in rules if b.level == level):
            if draft.is_full(bound):
                blocks.append(draft.block(scope, level, len(blocks)))
                draft = _Draft(slots)
            draft.add(bound)
        blocks.append(draft.block(scope, level, len(blocks)))
    return blocks


class _Draft:
    def __init__(self, slots: dict[str, int]) -> None:
        self.writer = Writer(slots)
        self.variables: dict[str, int] = {}
        self.patterns: list[Pattern] = []

    def is_full(self, bound: BoundRule) -> bool:
        flags = sum(len(when) + len(test) for _, when, test in _outcomes(bound))
        return len(self.patterns) >= MAX_RULES or len(self.variables) + flags > MAX_FLAGS

    def add(self, bound: BoundRule) -> None:
        for positive, *parts in _outcomes(bound):
            when, test = (tuple(self._flag(tree, bound) for tree in part) for part in parts)
            name = f"{bound.code}{'+' if positive else '-'}"
            self.patterns.append(Pattern(name, bound, positive, when, test))

    def _flag(self, tree: Tree, bound: BoundRule) -> int:
        variable = self.writer.tree(tree, bound)
        return self.variables.setdefault(variable, len(self.variables))

    def block(self, scope: Scope, level: int, number: int) -> Block:
        name = f"{scope}{number}"
        flags = tuple(f"f{i}" for i in range(len(self.variables)))
        result = "(" + "".join(f"{variable}, " for variable in self.variables) + ")"
        run = self.writer.function(result)
        return Block(name, scope, level, tuple(self.patterns), flags, run)


def _outcomes(bound: BoundRule) -> list[tuple[bool, tuple[Tree, ...], tuple[Tree, ...]]]:
    """
    The outcomes durable-rules fires for a rule: breach, points earned, or a conclusion.

    Each with the literals of `when` and those of what is tested.
    """
    rule = bound.rule
    when = conjuncts(rule.when)
    if rule.file.kind == "qualify":
        outcomes: list[tuple[bool, tuple[Tree, ...], tuple[Tree, ...]]] = [(True, when, ())]
        if rule.otherwise is not None and rule.when is not None:
            outcomes.append((False, (Not(rule.when),), ()))
        return outcomes
    test = rule.breach if rule.file.kind == "require" else rule.earn
    return [(True, when, conjuncts(test))]
