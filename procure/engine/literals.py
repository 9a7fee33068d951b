"""
What durable-rules sees: for each rule, the literals that must all be true for it to fire.

A literal is a part of the rule's top conjunction, computed by Python as True, False or unknown; a
message carries the true ones. Rules of one scope and level share a message; blocks keep it within
the limits measured for the library (properties of a fact, conditions that match at once).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

from procure.engine.binding import BoundRule
from procure.engine.program import (
    BREACH,
    CLEAR,
    NOT_APPLICABLE,
    UNKNOWN,
    Values,
    Writer,
    tuple_of,
)
from procure.rulebook.conditions import Not, Tree, conjuncts
from procure.rulebook.vocabulary import Scope

MAX_PATTERNS = 56
MAX_FLAGS = 200

Reading = tuple[tuple[Any, ...], tuple[Any, ...], list[int]]
"""The literals, whether each pattern must fire, and the verdict of each rule if it stays silent."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """
    One firing of durable-rules: its name, its rule, and the flags it waits for.

    `positive` is false for the conclusion drawn where a `qualify` rule certainly does not hold.
    `verdict` is the one that firing gives, and `slot` its place among the block's verdicts; None
    where a fact is concluded instead.
    """

    name: str
    bound: BoundRule
    positive: bool
    flags: tuple[str, ...]
    verdict: int
    slot: int | None


@dataclass(frozen=True, eq=False)
class Block:
    """A message: the flags it may carry, and the patterns that wait for them."""

    scope: Scope
    level: int
    patterns: tuple[Pattern, ...]
    flags: tuple[str, ...]
    run: Callable[[Values], Reading]

    def message(self, literals: Sequence[Any]) -> str:
        """The flags of the literals that are true, as the inside of a JSON object."""
        return "".join(compress(self.texts, literals))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(f',"{flag}":1' for flag in self.flags)

    def definition(self) -> dict[str, Any]:
        """The rules of this block as durable-rules takes them: one message each."""
        return {
            pattern.name: {"all": [{"m": {"$and": [{flag: 1} for flag in pattern.flags]}}]}
            for pattern in self.patterns
        }


def blocks_of(rules: Sequence[BoundRule], scope: Scope, slots: dict[str, int]) -> list[Block]:
    """The blocks of one scope, in order of level; a block holds rules of one level only."""
    blocks: list[Block] = []
    for level in sorted({bound.level for bound in rules}):
        draft = _Draft(f"{scope[:2]}{len(blocks)}", Writer(slots, rules))
        for bound in (b for b in rules if b.level == level):
            if draft.is_full(bound):
                blocks.append(draft.block(scope, level))
                draft = _Draft(f"{scope[:2]}{len(blocks)}", Writer(slots, rules))
            draft.add(bound)
        blocks.append(draft.block(scope, level))
    return blocks


class _Draft:
    def __init__(self, name: str, writer: Writer) -> None:
        self.name = name
        self.writer = writer
        self.flags: dict[str, str] = {}
        self.patterns: list[Pattern] = []
        self.expected: list[str] = []
        self.silent: list[str] = []

    def is_full(self, bound: BoundRule) -> bool:
        outcomes = _outcomes(bound)
        flags = sum(len(when) + len(test) for _, when, test in outcomes)
        patterns = len(self.patterns) + len(outcomes)
        return patterns > MAX_PATTERNS or len(self.flags) + flags > MAX_FLAGS

    def add(self, bound: BoundRule) -> None:
        is_judged = bound.rule.file.kind != "qualify"
        for positive, *parts in _outcomes(bound):
            when, test = ([self.writer.tree(t, bound) for t in part] for part in parts)
            variables = tuple(dict.fromkeys(test + when))
            self.patterns.append(
                Pattern(
                    name=f"{bound.code}{'+' if positive else '-'}",
                    bound=bound,
                    positive=positive,
                    flags=tuple(self._flag(variable) for variable in variables),
                    verdict=CLEAR if bound.rule.file.kind == "reward" else BREACH,
                    slot=len(self.silent) if is_judged else None,
                )
            )
            self.expected.append(" and ".join(variables))
            if is_judged:
                self.silent.append(_silent(bound, when, test))

    def _flag(self, variable: str) -> str:
        return self.flags.setdefault(variable, f"{self.name}x{len(self.flags)}")

    def block(self, scope: Scope, level: int) -> Block:
        silent = "[" + ", ".join(self.silent) + "]"
        run = self.writer.function(f"{tuple_of(self.flags)}, {tuple_of(self.expected)}, {silent}")
        return Block(scope, level, tuple(self.patterns), tuple(self.flags.values()), run)


def _silent(bound: BoundRule, when: list[str], test: list[str]) -> str:
    """The verdict, from its literals, of a rule that did not fire."""
    unmet = CLEAR if bound.rule.file.kind == "require" else BREACH
    verdict = f"{unmet} if {_some('False', test)} else {UNKNOWN}"
    if not when:
        return verdict
    return (
        f"{NOT_APPLICABLE} if {_some('False', when)} "
        f"else {UNKNOWN} if {_some('None', when)} else {verdict}"
    )


def _some(value: str, variables: list[str]) -> str:
    return " or ".join(f"{variable} is {value}" for variable in variables)


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
