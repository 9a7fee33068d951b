"""
Condition trees as generated Python: one function a scope for the plain engine, one a scope and
level for the literals that durable-rules joins.

A tree that several rules share is computed once. Every value is True, False or None (unknown).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from procure.engine.binding import BoundRule
from procure.rulebook.conditions import All, Any_, Atom, FactRef, Not, Reach, Tree

NOT_APPLICABLE, CLEAR, BREACH, UNKNOWN = range(4)
Values = Sequence[Any]

_COMPARISONS = {
    "is": "{x} == {k}",
    "equals": "{x} == {k}",
    "differs": "{x} != {k}",
    "below": "{x} < {k}",
    "at_most": "{x} <= {k}",
    "above": "{x} > {k}",
    "at_least": "{x} >= {k}",
    "before": "{x} < {k}",
    "from": "{x} >= {k}",
    "in": "{x} in {k}",
    "not_in": "{x} not in {k}",
    "includes": "{k} in {x}",
    "excludes": "{k} not in {x}",
    "starts_with": "{x}.startswith({k})",
}


class Writer:
    """
    Writes the lines that compute trees over a list `f` of fact values.

    Args:
        slots: the index in `f` of each fact.
    """

    def __init__(self, slots: dict[str, int]) -> None:
        self.slots = slots
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {}
        self.known: dict[Any, str] = {}

    def tree(self, tree: Tree, bound: BoundRule) -> str:
        """The name of the variable that holds a tree's value."""
        key = (tree, tuple(sorted((n, v and v.value) for n, v in bound.versions.items())))
        if key not in self.known:
            self.known[key] = self._assign(self._expression(tree, bound))
        return self.known[key]

    def fact(self, name: str) -> str:
        """The name of the variable that holds a fact."""
        if name not in self.known:
            self.known[name] = self._assign(f"f[{self.slots[name]}]")
        return self.known[name]

    def set_fact(self, name: str, expression: str) -> None:
        """Give a derived fact its value, for the lines that follow."""
        slot = self.slots[name]
        self.lines.append(f"f[{slot}] = {expression}")
        self.known[name] = self._assign(f"f[{slot}]")

    def constant(self, value: Any) -> str:
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def function(self, result: str) -> Callable[[Values], Any]:
        """The compiled function of the lines so far."""
        body = "\n    ".join([*self.lines, f"return {result}"])
        namespace = dict(self.constants)
        exec(compile(f"def run(f):\n    {body}\n", "<rules>", "exec"), namespace)
        run: Callable[[Values], Any] = namespace["run"]
        return run

    def _assign(self, expression: str) -> str:
        name = f"v{len(self.lines)}"
        self.lines.append(f"{name} = {expression}")
        return name

    def _expression(self, tree: Tree, bound: BoundRule) -> str:
        if isinstance(tree, Atom):
            return self._atom(tree, bound)
        if isinstance(tree, Reach):
            return self._reach(tree)
        if isinstance(tree, Not):
            inner = self.tree(tree.part, bound)
            return f"None if {inner} is None else not {inner}"
        parts = [self.tree(part, bound) for part in tree.parts]
        if isinstance(tree, All):
            false = " or ".join(f"{part} is False" for part in parts)
            return f"True if {' and '.join(parts)} else False if {false} else None"
        assert isinstance(tree, Any_)
        unknown = " or ".join(f"{part} is None" for part in parts)
        return f"True if {' or '.join(parts)} else None if {unknown} else False"

    def _atom(self, atom: Atom, bound: BoundRule) -> str:
        x = self.fact(atom.fact)
        if isinstance(atom.operand, bool):
            return x if atom.operand else f"None if {x} is None else not {x}"
        comparison = _COMPARISONS[atom.operator]
        if isinstance(atom.operand, FactRef):
            k = self.fact(atom.operand.fact)
            return f"None if {x} is None or {k} is None else {comparison.format(x=x, k=k)}"
        value = bound.constant(atom.operand)
        if value is None:
            return "None"
        return f"None if {x} is None else {comparison.format(x=x, k=self.constant(value))}"

    def _reach(self, reach: Reach) -> str:
        full, compare = self.constant(reach.full_at), ">=" if reach.is_rising else "<="
        x = self.fact(reach.fact)
        if reach.ceiling is None:
            return f"None if {x} is None else {x} {compare} {full}"
        y = self.fact(reach.ceiling)
        return (
            f"True if {x} is not None and {x} {compare} {full} "
            f"else False if {y} is not None and not ({y} {compare} {full}) else None"
        )


@dataclass(frozen=True, eq=False)
class ScopeProgram:
    """
    The plain function of one scope, compiled when it is first needed.

    Args:
        bound: all the rules of the scope, those that conclude facts first.
        slots: the index of each fact among the values of a place.
    """

    bound: tuple[BoundRule, ...]
    slots: dict[str, int]

    @cached_property
    def rules(self) -> tuple[BoundRule, ...]:
        """The rules that give a verdict, in order."""
        return tuple(bound for bound in self.bound if bound.rule.file.kind != "qualify")

    @cached_property
    def run(self) -> Callable[[Values], list[int]]:
        """From facts to one verdict a rule; fills the slots of the derived facts on its way."""
        writer = Writer(self.slots)
        verdicts = []
        for bound in self.bound:
            if bound.rule.file.kind == "qualify":
                _conclude(writer, bound)
            else:
                verdicts.append(_verdict(writer, bound))
        return writer.function("[" + ", ".join(verdicts) + "]")


def _conclude(writer: Writer, bound: BoundRule) -> None:
    rule = bound.rule
    assert rule.file.conclude and rule.when
    name, when = rule.file.conclude.fact, writer.tree(rule.when, bound)
    now, value = writer.fact(name), side(writer, bound, rule.value)
    otherwise = "None" if rule.otherwise is None else side(writer, bound, rule.otherwise)
    new = f"{value} if {when} else {otherwise} if {when} is False else None"
    writer.set_fact(name, f"{now} if {now} is not None else {new}")


def side(writer: Writer, bound: BoundRule, value: Any) -> str:
    """The expression of what a `qualify` rule concludes."""
    if isinstance(value, FactRef):
        return writer.fact(value.fact)
    return writer.constant(bound.constant(value))


def _verdict(writer: Writer, bound: BoundRule) -> str:
    rule = bound.rule
    test = rule.breach if rule.file.kind == "require" else rule.earn
    assert test is not None
    found = writer.tree(test, bound)
    true, false = (BREACH, CLEAR) if rule.file.kind == "require" else (CLEAR, BREACH)
    judged = f"{true} if {found} else {false} if {found} is False else {UNKNOWN}"
    if rule.when is None:
        return f"({judged})"
    when = writer.tree(rule.when, bound)
    return f"({NOT_APPLICABLE} if {when} is False else {UNKNOWN} if {when} is None else {judged})"
