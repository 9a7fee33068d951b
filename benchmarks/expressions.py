"""
The conditions of a bound rulebook, written in the expression languages of the peers.

A tree becomes two expressions, « it holds » and « it certainly does not », with guards on null;
a verdict is read from those two, as strong Kleene has it. The order of rules, the levels of
derived facts and the constants are those of the same bound rulebook.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from procure.engine.binding import BoundRule
from procure.engine.program import BREACH, CLEAR, NOT_APPLICABLE, UNKNOWN
from procure.rulebook.conditions import All, Any_, Atom, FactRef, Not, Reach, Tree

_FLIPPED = {"==": "!=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_SIGNS = {
    "equals": "==",
    "below": "<",
    "at_most": "<=",
    "above": ">",
    "at_least": ">=",
    "before": "<",
    "from": ">=",
}
_OPPOSITES = {"differs": "equals", "not_in": "in", "excludes": "includes"}


class Two(NamedTuple):
    """The expressions « holds » and « certainly does not hold »."""

    true: str
    false: str


@dataclass(frozen=True)
class Language:
    """How a peer writes the few things that differ."""

    both: str
    either: str
    starts: str
    includes: str

    def all(self, parts: Sequence[str]) -> str:
        return _joined(parts, self.both, "true", "false")

    def any(self, parts: Sequence[str]) -> str:
        return _joined(parts, self.either, "false", "true")

    def tree(self, tree: Tree | None, bound: BoundRule, names: dict[str, str]) -> Two:
        """The two expressions of a tree; `names` gives the peer's name of each fact."""
        if tree is None:
            return Two("true", "false")
        if isinstance(tree, Atom):
            return self._atom(tree, bound, names)
        if isinstance(tree, Reach):
            return self._reach(tree, names)
        if isinstance(tree, Not):
            inner = self.tree(tree.part, bound, names)
            return Two(inner.false, inner.true)
        parts = [self.tree(part, bound, names) for part in tree.parts]
        trues, falses = [p.true for p in parts], [p.false for p in parts]
        if isinstance(tree, All):
            return Two(self.all(trues), self.any(falses))
        assert isinstance(tree, Any_)
        return Two(self.any(trues), self.all(falses))

    def _atom(self, atom: Atom, bound: BoundRule, names: dict[str, str]) -> Two:
        x = names[atom.fact]
        if atom.operator in _OPPOSITES:
            same = Atom(atom.fact, _OPPOSITES[atom.operator], atom.operand)
            found = self._atom(same, bound, names)
            return Two(found.false, found.true)
        if isinstance(atom.operand, bool):
            return Two(f"{x} == {_literal(atom.operand)}", f"{x} == {_literal(not atom.operand)}")
        if isinstance(atom.operand, FactRef):
            y = names[atom.operand.fact]
            return self._compared(atom.operator, x, y, (f"{x} != null", f"{y} != null"))
        value = bound.constant(atom.operand)
        if value is None:
            return Two("false", "false")
        if atom.operator == "starts_with":
            prefixes = value if isinstance(value, tuple) else (value,)
            test = self.any([self.starts.format(x=x, k=_literal(p)) for p in prefixes])
            return self._guarded(test, f"!({test})", (f"{x} != null",))
        if atom.operator in ("equals", "in"):
            sign = "==" if atom.operator == "equals" else "in"
            true = f"({x} {sign} {_literal(value)})"
            return Two(true, self.all([f"{x} != null", f"!({true})"]))
        return self._compared(atom.operator, x, _literal(value), (f"{x} != null",))

    def _compared(self, operator: str, x: str, k: str, known: tuple[str, ...]) -> Two:
        if operator == "includes":
            test = self.includes.format(x=x, k=k)
            return self._guarded(test, f"!({test})", known)
        sign = _SIGNS[operator]
        return self._guarded(f"{x} {sign} {k}", f"{x} {_FLIPPED[sign]} {k}", known)

    def _guarded(self, true: str, false: str, known: tuple[str, ...]) -> Two:
        return Two(self.all([*known, true]), self.all([*known, false]))

    def _reach(self, reach: Reach, names: dict[str, str]) -> Two:
        above, below = (">=", "<") if reach.is_rising else ("<=", ">")
        full, x = _literal(reach.full_at), names[reach.fact]
        true = self.all([f"{x} != null", f"{x} {above} {full}"])
        if reach.ceiling is None:
            return Two(true, self.all([f"{x} != null", f"{x} {below} {full}"]))
        y = names[reach.ceiling]
        short = self.any([f"{x} == null", f"{x} {below} {full}"])
        return Two(true, self.all([f"{y} != null", f"{y} {below} {full}", short]))

    def verdict(self, bound: BoundRule, names: dict[str, str]) -> str:
        """The expression of a rule's verdict, as the number that the engine gives it."""
        return self._guarding(bound, names, self._judged(bound, names), str(UNKNOWN))

    def finding(self, bound: BoundRule, names: dict[str, str]) -> str:
        """The same as a list with the facts that the rule reads behind; not applicable stays 0."""
        facts = [names[name] for name in bound.rule.facts]
        judged, unknown = (
            "[" + ", ".join([verdict, *facts]) + "]"
            for verdict in (self._judged(bound, names), str(UNKNOWN))
        )
        return self._guarding(bound, names, judged, unknown)

    def _judged(self, bound: BoundRule, names: dict[str, str]) -> str:
        """The verdict of a rule that applies."""
        rule = bound.rule
        is_law = rule.file.kind == "require"
        test = self.tree(rule.breach if is_law else rule.earn, bound, names)
        true, false = (BREACH, CLEAR) if is_law else (CLEAR, BREACH)
        return f"({test.true} ? {true} : ({test.false} ? {false} : {UNKNOWN}))"

    def _guarding(self, bound: BoundRule, names: dict[str, str], judged: str, unknown: str) -> str:
        """What a rule answers where it applies, where it does not, where nobody knows."""
        if bound.rule.when is None:
            return judged
        when = self.tree(bound.rule.when, bound, names)
        return f"({when.true} ? {judged} : ({when.false} ? {NOT_APPLICABLE} : {unknown}))"

    def concluded(self, rules: Sequence[BoundRule], names: dict[str, str]) -> str:
        """The expression of a derived fact from the rules that conclude it, first one first."""
        expression = "null"
        for bound in reversed(rules):
            when = self.tree(bound.rule.when, bound, names)
            value, otherwise = (
                names[side.fact] if isinstance(side, FactRef) else _literal(bound.constant(side))
                for side in (bound.rule.value, bound.rule.otherwise)
            )
            if bound.rule.otherwise is not None:
                expression = f"({when.false} ? {otherwise} : {expression})"
            expression = f"({when.true} ? {value} : {expression})"
        return expression


def plain(value: Any) -> Any:
    """A fact's value as the peers take it: numbers as floats, days as their ordinal."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | Decimal):
        return float(value)
    if isinstance(value, date):
        return float(value.toordinal())
    return sorted(value)


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return "[" + ", ".join(_literal(part) for part in value) + "]"
    plain_value = plain(value)
    return repr(plain_value) if isinstance(plain_value, float) else json.dumps(plain_value)


def _joined(parts: Sequence[str], sign: str, neutral: str, absorbing: str) -> str:
    """Parts joined by a sign, with what true and false literals allow to leave out."""
    kept = [part for part in dict.fromkeys(parts) if part != neutral]
    if absorbing in kept:
        return absorbing
    if not kept:
        return neutral
    return kept[0] if len(kept) == 1 else "(" + sign.join(kept) + ")"


CEL = Language(" && ", " || ", "{x}.startsWith({k})", "({k} in {x})")
ZEN = Language(" and ", " or ", "startsWith({x}, {k})", "({k} in {x})")
