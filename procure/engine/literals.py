"""
What durable-rules sees: for each rule, the literals that must all be true for it to fire.

A literal is a condition of a rule, computed by Python as True, False or unknown: the one that says
whom it concerns, the one that is tested; a message carries the true ones. Rules of one scope and
stage are read together, in blocks of one message each. A block keeps within the limits measured for
the library (properties of a fact, conditions that match at once); its guard, a flag that all its
messages carry and all its patterns ask for first, saves the library from trying the patterns of the
other blocks on each flag.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, NamedTuple

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
from procure.rulebook.conditions import Not, Tree
from procure.rulebook.vocabulary import Scope

MAX_PATTERNS = 40
MAX_FLAGS = 200

Reading = tuple[tuple[str, ...], "tuple[Pattern, ...]", list[int]]
"""
What a stage reads at a place: a message a block, the patterns that must fire, and the verdict of
each rule if it stays silent. A message is the flags that are true, as the inside of a JSON object.
"""


@dataclass(frozen=True, eq=False)
class Pattern:
    """
    One firing of durable-rules: its name, its rule, and the flags it waits for.

    `positive` is false for the conclusion drawn where a `qualify` rule certainly does not hold.
    `verdict` is the one that firing gives, and `slot` its place among the stage's verdicts; None
    where a fact is concluded instead.
    """

    name: str
    bound: BoundRule
    positive: bool
    flags: tuple[str, ...]
    verdict: int
    slot: int | None


@dataclass(eq=False)
class Block:
    """
    A kind of message: its guard, the flags it may carry, and the patterns that wait for them.

    Attributes:
        flags: by the variable of their literal.
    """

    guard: str
    patterns: list[Pattern] = field(default_factory=list)
    flags: dict[str, str] = field(default_factory=dict)

    def has_room(self, outcomes: Sequence[Outcome]) -> bool:
        flags = sum(len(outcome.trees) for outcome in outcomes)
        patterns = len(self.patterns) + len(outcomes)
        return patterns <= MAX_PATTERNS and len(self.flags) + flags <= MAX_FLAGS

    def flag(self, literal: str) -> str:
        return self.flags.setdefault(literal, f"{self.guard}x{len(self.flags)}")

    def definition(self) -> dict[str, Any]:
        """The rules of this block as durable-rules takes them: one message each."""
        guarded = {pattern.name: (self.guard, *pattern.flags) for pattern in self.patterns}
        return {
            name: {"all": [{"m": {"$and": [{flag: 1} for flag in flags]}}]}
            for name, flags in guarded.items()
        }


@dataclass(frozen=True, eq=False)
class Stage:
    """
    Rules of one scope that fire together: what they conclude is read by later stages.

    Attributes:
        run: reads a place.
    """

    blocks: tuple[Block, ...]
    run: Callable[[Values], Reading]


def stages_of(rules: Sequence[BoundRule], scope: Scope, slots: dict[str, int]) -> list[Stage]:
    """The stages of one scope; a stage ends where facts are concluded."""
    ends = sorted({bound.level for bound in rules if bound.rule.file.conclude})
    by_stage: list[list[BoundRule]] = [[] for _ in range(len(ends) + 1)]
    for bound in rules:
        by_stage[bisect_left(ends, bound.level)].append(bound)
    return [
        _Draft(f"{scope[:2]}{number}", Writer(slots, own)).stage(own)
        for number, own in enumerate(by_stage)
        if own
    ]


class _Draft:
    """A stage that is being written."""

    def __init__(self, name: str, writer: Writer) -> None:
        self.name = name
        self.writer = writer
        self.blocks: list[Block] = []
        self.expected: list[str] = []
        self.silent: list[str] = []

    def stage(self, rules: Sequence[BoundRule]) -> Stage:
        for bound in rules:
            self._add(bound)
        keep = self.writer.constant(compress)
        messages = tuple_of(self._message(block, keep) for block in self.blocks)
        expected = f"tuple(filter(None, {tuple_of(self.expected)}))"
        silent = "[" + ", ".join(self.silent) + "]"
        run = self.writer.function(f"{messages}, {expected}, {silent}")
        return Stage(tuple(self.blocks), run)

    def _add(self, bound: BoundRule) -> None:
        outcomes = _outcomes(bound)
        if not self.blocks or not self.blocks[-1].has_room(outcomes):
            self.blocks.append(Block(f"{self.name}{chr(97 + len(self.blocks))}"))
        is_judged = bound.rule.file.kind != "qualify"
        for outcome in outcomes:
            literals = [self.writer.tree(tree, bound) for tree in outcome.trees]
            pattern = Pattern(
                name=f"{bound.code}{'+' if outcome.positive else '-'}",
                bound=bound,
                positive=outcome.positive,
                flags=tuple(map(self.blocks[-1].flag, dict.fromkeys(literals))),
                verdict=CLEAR if bound.rule.file.kind == "reward" else BREACH,
                slot=len(self.silent) if is_judged else None,
            )
            self.blocks[-1].patterns.append(pattern)
            self.expected.append(" and ".join([*literals, self.writer.constant(pattern)]))
            if is_judged:
                self.silent.append(_silent(bound, *literals))

    def _message(self, block: Block, keep: str) -> str:
        texts = self.writer.constant(tuple(f',"{flag}":1' for flag in block.flags.values()))
        return f"""',"{block.guard}":1' + "".join({keep}({texts}, {tuple_of(block.flags)}))"""


def _silent(bound: BoundRule, *literals: str) -> str:
    """The verdict, from its literals, of a rule that did not fire."""
    *when, test = literals
    unmet = CLEAR if bound.rule.file.kind == "require" else BREACH
    verdict = f"{unmet} if {test} is False else {UNKNOWN}"
    for concerned in when:
        verdict = (
            f"{NOT_APPLICABLE} if {concerned} is False "
            f"else {UNKNOWN} if {concerned} is None else {verdict}"
        )
    return verdict


class Outcome(NamedTuple):
    """What durable-rules may fire for a rule: the trees that must all be true."""

    positive: bool
    trees: tuple[Tree, ...]


def _outcomes(bound: BoundRule) -> list[Outcome]:
    """The outcomes of a rule: breach, points earned, or one of two conclusions."""
    rule = bound.rule
    test = rule.breach if rule.file.kind == "require" else rule.earn
    outcomes = [Outcome(True, tuple(tree for tree in (rule.when, test) if tree is not None))]
    if rule.otherwise is not None and rule.when is not None:
        outcomes.append(Outcome(False, (Not(rule.when),)))
    return outcomes
