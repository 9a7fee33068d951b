"""
Condition trees as generated Python: one function a scope for the plain engine, one a scope and
level for the literals that durable-rules joins.

A tree that several rules share is computed once. Every value is True, False or None (unknown).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from procure.engine.binding import BoundRule
from procure.rulebook.conditions import All, Any_, Atom, FactRef, Not, Reach, Tree

NOT_APPLICABLE, CLEAR, BREACH, UNKNOWN = range(4)
Values = Sequence[Any]

Judged = tuple[BoundRule, str, int, tuple[Any, ...]]
"""A rule, a place, the verdict there, and the values of the facts the rule reads, in its order."""

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

    A tree that rules share gets a line of its own; any other is computed inside the expression that
    reads it, and only if that expression comes to it.

    Args:
        slots: the index in `f` of each fact.
        rules: those whose trees will be written.
    """

    def __init__(self, slots: dict[str, int], rules: Iterable[BoundRule]) -> None:
        self.slots = slots
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {}
        self.known: dict[Any, str] = {}
        self.names = 0
        self.uses: Counter[Any] = Counter()
        for bound in rules:
            for tree in (bound.rule.when, bound.rule.breach, bound.rule.earn):
                self._count(tree, bound)

    def tree(self, tree: Tree, bound: BoundRule) -> str:
        """The name of the variable that holds a tree's value, computed on a line of its own."""
        key = _key(tree, bound)
        if key not in self.known:
            self.known[key] = self._assign(self._expression(tree, bound))
        return self.known[key]

    def first(self, tree: Tree, bound: BoundRule) -> tuple[str, str]:
        """What to write where an expression comes first to a tree, and where it comes again."""
        if isinstance(tree, Atom) and tree.operand is True:
            return (self.fact(tree.fact),) * 2
        key = _key(tree, bound)
        if key in self.known or self.uses[key] != 1:
            return (self.tree(tree, bound),) * 2
        expression, name = self._expression(tree, bound), self._name()
        return f"({name} := {expression})", name

    def fact(self, name: str) -> str:
        """The name of the variable that holds a fact."""
        if name not in self.known:
            self.known[name] = self._assign(f"f[{self.slots[name]}]")
        return self.known[name]

    def set_fact(self, name: str, expression: str) -> None:
        """Give a derived fact its value, for the lines that follow."""
        self.known[name] = self._assign(f"f[{self.slots[name]}] = {expression}")

    def constant(self, value: Any) -> str:
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def function(self, result: str) -> Callable[[Values], Any]:
        """The compiled function of the lines so far."""
        return compiled("f", [*self.lines, f"return {result}"], self.constants)

    def _count(self, tree: Tree | None, bound: BoundRule) -> None:
        if tree is None:
            return
        key = _key(tree, bound)
        self.uses[key] += 1
        if self.uses[key] == 1:
            for part in _parts(tree):
                self._count(part, bound)

    def _name(self) -> str:
        self.names += 1
        return f"v{self.names}"

    def _assign(self, expression: str) -> str:
        name = self._name()
        self.lines.append(f"{name} = {expression}")
        return name

    def _expression(self, tree: Tree, bound: BoundRule) -> str:
        if isinstance(tree, Atom):
            return self._atom(tree, bound)
        if isinstance(tree, Reach):
            return self._reach(tree)
        if isinstance(tree, Not):
            first, again = self.first(tree.part, bound)
            return f"None if {first} is None else not {again}"
        parts = [self.first(part, bound) for part in tree.parts]
        unknown = " or ".join(f"{again} is None" for _, again in parts)
        if isinstance(tree, All):
            false = " or ".join(f"{first} is False" for first, _ in parts)
            return f"False if {false} else None if {unknown} else True"
        true = " or ".join(first for first, _ in parts)
        return f"True if {true} else None if {unknown} else False"

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


def _key(tree: Tree, bound: BoundRule) -> Any:
    """What two trees that have the same value share: their conditions and their numbers of law."""
    return tree, tuple(sorted((n, v and v.value) for n, v in bound.versions.items()))


def _parts(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Not):
        return (tree.part,)
    return tree.parts if isinstance(tree, All | Any_) else ()


def compiled(arguments: str, lines: Sequence[str], constants: dict[str, Any]) -> Callable[..., Any]:
    """The function of some lines."""
    body = "\n    ".join(lines)
    namespace = dict(constants)
    exec(compile(f"def run({arguments}):\n    {body}\n", "<rules>", "exec"), namespace)
    run: Callable[..., Any] = namespace["run"]
    return run


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
        writer = Writer(self.slots, self.bound)
        verdicts = []
        for bound in self.bound:
            if bound.rule.file.kind == "qualify":
                _conclude(writer, bound)
            else:
                verdicts.append(_verdict(writer, bound))
        return writer.function("[" + ", ".join(verdicts) + "]")

    @cached_property
    def findings(self) -> Callable[[Values, str, Sequence[int]], list[Judged]]:
        """From facts, the place and its verdicts to every verdict but `not_applicable`."""
        verdicts = tuple_of(f"v{i}" for i in range(len(self.rules)))
        reads = [tuple_of(f"f[{self.slots[n]}]" for n in bound.rule.facts) for bound in self.rules]
        found = tuple_of(f"v{i} and (R{i}, at, v{i}, {read})" for i, read in enumerate(reads))
        lines = [f"{verdicts} = verdicts", f"return list(filter(None, {found}))"]
        named = {f"R{i}": bound for i, bound in enumerate(self.rules)}
        return compiled("f, at, verdicts", lines, named)


def tuple_of(expressions: Iterable[str]) -> str:
    return "(" + "".join(f"{expression}, " for expression in expressions) + ")"


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
    found, again = writer.first(test, bound)
    true, false = (BREACH, CLEAR) if rule.file.kind == "require" else (CLEAR, BREACH)
    judged = f"{true} if {found} else {false} if {again} is False else {UNKNOWN}"
    if rule.when is None:
        return f"({judged})"
    when, again = writer.first(rule.when, bound)
    return f"({NOT_APPLICABLE} if {when} is False else {UNKNOWN} if {again} is None else {judged})"
