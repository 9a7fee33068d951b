"""
Condition trees: `all`, `any`, `not` over `fact: {operator: value}`.

Facts are three-valued, so are trees (strong Kleene): an atom on an unknown fact is unknown.
Trees are hashable, so that equal ones are evaluated once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from procure.domain.errors import Fault, RulebookError
from procure.resources.validation import nearest
from procure.rulebook.vocabulary import NUMERIC, FactSpec, FactType, Vocabulary

Literal_ = bool | int | Decimal | str | date | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FactRef:
    """The right side of an atom is another fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """The right side of an atom is a dated parameter."""

    parameter: str


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison of a fact with a value."""

    fact: str
    operator: str
    operand: Literal_ | FactRef | ParameterRef


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Any_:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Tree


@dataclass(frozen=True, slots=True)
class Reach:
    """
    Whether a fact reaches the full mark of a graded rule.

    True when `fact` does, false when `ceiling` (or `fact` itself) cannot, else unknown.
    """

    fact: str
    ceiling: str | None
    full_at: Decimal | ParameterRef
    is_rising: bool


Tree = Atom | All | Any_ | Not | Reach

OPERATORS: dict[str, frozenset[FactType]] = {
    "is": frozenset({"bool"}),
    "equals": frozenset({*NUMERIC, "code", "text", "date"}),  # type: ignore[arg-type]
    "differs": frozenset({*NUMERIC, "code", "text", "date"}),  # type: ignore[arg-type]
    "in": frozenset({"code"}),
    "not_in": frozenset({"code"}),
    "below": frozenset({*NUMERIC}),  # type: ignore[arg-type]
    "at_most": frozenset({*NUMERIC}),  # type: ignore[arg-type]
    "above": frozenset({*NUMERIC}),  # type: ignore[arg-type]
    "at_least": frozenset({*NUMERIC}),  # type: ignore[arg-type]
    "before": frozenset({"date"}),
    "from": frozenset({"date"}),
    "includes": frozenset({"codes"}),
    "excludes": frozenset({"codes"}),
    "starts_with": frozenset({"code", "text"}),
}
"""Each operator and the types of fact it takes. `starts_with` takes one prefix or a list."""

_COMPARING = frozenset(
    {"is", "equals", "differs", "below", "at_most", "above", "at_least", "before", "from"}
)
MAX_DEPTH = 8
UNITS = {
    "money": "EUR_excl_tax",
    "share": "share",
    "days": "days",
    "months": "months",
    "hours": "hours",
}


def facts_of(tree: Tree | None) -> Iterator[str]:
    """The facts a tree reads, left to right, with repeats."""
    for leaf in leaves_of(tree):
        yield leaf.fact
        if isinstance(leaf, Reach):
            if leaf.ceiling:
                yield leaf.ceiling
        elif isinstance(leaf.operand, FactRef):
            yield leaf.operand.fact


def parameters_of(tree: Tree | None) -> Iterator[str]:
    """The parameters a tree reads, with repeats."""
    for leaf in leaves_of(tree):
        side = leaf.full_at if isinstance(leaf, Reach) else leaf.operand
        if isinstance(side, ParameterRef):
            yield side.parameter


def leaves_of(tree: Tree | None) -> Iterator[Atom | Reach]:
    """The comparisons of a tree, left to right."""
    if tree is None:
        return
    if isinstance(tree, Atom | Reach):
        yield tree
    elif isinstance(tree, Not):
        yield from leaves_of(tree.part)
    else:
        for part in tree.parts:
            yield from leaves_of(part)


class ConditionReader:
    """
    Reads the condition trees of one rule file.

    Args:
        where: the place of a path of the file, in French.
        parameters: the units of the known parameters, by name.
    """

    def __init__(
        self, vocabulary: Vocabulary, parameters: dict[str, str], where: Any, scope: str
    ) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters
        self.where = where
        self.scope = scope

    def read(self, value: Any, path: tuple[str | int, ...], depth: int = 0) -> Tree:
        """
        The tree written at `path`.

        Raises:
            RulebookError: unknown fact, operator, parameter or word; value of the wrong type.
        """
        if depth > MAX_DEPTH:
            raise self._error(path, "trop de conditions imbriquées", f"{MAX_DEPTH} niveaux au plus")
        if not isinstance(value, dict) or not value:
            raise self._error(path, "une condition est attendue", "« fait: {opérateur: valeur} »")
        parts = tuple(self._part(key, inner, (*path, key), depth) for key, inner in value.items())
        return parts[0] if len(parts) == 1 else All(parts)

    def _part(self, key: str, value: Any, path: tuple[str | int, ...], depth: int) -> Tree:
        if key == "not":
            return Not(self.read(value, path, depth + 1))
        if key in ("all", "any"):
            if not isinstance(value, list) or not value:
                raise self._error(path, f"« {key} » attend une liste de conditions")
            parts = tuple(self.read(v, (*path, i), depth + 1) for i, v in enumerate(value))
            return All(parts) if key == "all" else Any_(parts)
        return self._fact(key, value, path)

    def _fact(self, name: str, value: Any, path: tuple[str | int, ...]) -> Tree:
        spec = self.fact(name, path)
        if not isinstance(value, dict) or not value:
            raise self._error(path, f"« {name} » attend un opérateur", "par exemple {is: true}")
        atoms = tuple(self._atom(spec, op, v, (*path, op)) for op, v in value.items())
        return atoms[0] if len(atoms) == 1 else All(atoms)

    def fact(self, name: str, path: tuple[str | int, ...]) -> FactSpec:
        """The spec of a fact this rule may read; refused with the nearest right word."""
        spec = self.vocabulary.get(name)
        if spec is None:
            raise self._error(
                path, f"le fait « {name} » est inconnu", "un fait de docs/facts.md",
                nearest(name, list(self.vocabulary)),
            )  # fmt: skip
        if spec.scope not in ("tender", self.scope):
            raise self._error(
                path,
                f"le fait « {name} » est de portée {spec.scope}",
                " ou ".join(f"portée {scope}" for scope in dict.fromkeys(("tender", self.scope))),
            )
        return spec

    def numeric(self, name: str, path: tuple[str | int, ...]) -> FactSpec:
        """The spec of a fact that can be graded."""
        spec = self.fact(name, path)
        if spec.type not in NUMERIC:
            raise self._error(
                path, f"« {name} » est de type {spec.type}", "un fait qui est un nombre"
            )
        return spec

    def _atom(self, spec: FactSpec, op: str, value: Any, path: tuple[str | int, ...]) -> Atom:
        if op not in OPERATORS:
            raise self._error(
                path, f"l'opérateur « {op} » est inconnu", "un parmi " + ", ".join(OPERATORS),
                nearest(op, list(OPERATORS)),
            )  # fmt: skip
        if spec.type not in OPERATORS[op]:
            fitting = ", ".join(o for o, types in OPERATORS.items() if spec.type in types)
            raise self._error(
                path,
                f"« {op} » ne va pas avec « {spec.name} » (type {spec.type})",
                f"un parmi {fitting}",
            )
        return Atom(spec.name, op, self.operand(spec, op, value, path))

    def operand(self, spec: FactSpec, op: str, value: Any, path: tuple[str | int, ...]) -> Any:
        """The right side: a literal of the fact's type, `{parameter: name}` or `{fact: name}`."""
        if isinstance(value, dict):
            if op not in _COMPARING:
                raise self._error(path, f"« {op} » ne prend ni fait ni paramètre", "une valeur")
            return self._reference(spec, value, path)
        if op in ("in", "not_in") or (op == "starts_with" and isinstance(value, list)):
            if not isinstance(value, list) or not value:
                raise self._error(path, f"« {op} » attend une liste", "[mot, mot]")
            return tuple(self._literal(spec, op, v, (*path, i)) for i, v in enumerate(value))
        return self._literal(spec, op, value, path)

    def _reference(self, spec: FactSpec, value: dict[str, Any], path: tuple[str | int, ...]) -> Any:
        if set(value) == {"parameter"}:
            if spec.type not in NUMERIC:
                raise self._error(path, f"« {spec.name} » n'est pas un nombre", "une valeur")
            return ParameterRef(self.parameter(str(value["parameter"]), path, UNITS.get(spec.type)))
        if set(value) == {"fact"}:
            other = self.fact(str(value["fact"]), path)
            if other.type != spec.type:
                raise self._error(
                    path, f"« {other.name} » est de type {other.type}", f"type {spec.type}"
                )
            return FactRef(other.name)
        raise self._error(path, "une valeur est attendue", "{parameter: nom} ou {fact: nom}")

    def parameter(self, name: str, path: tuple[str | int, ...], unit: str | None = None) -> str:
        """The name of a known parameter of the unit wanted."""
        if name not in self.parameters:
            raise self._error(
                path, f"le paramètre « {name} » est inconnu", "un fichier de rules/parameters/",
                nearest(name, list(self.parameters)),
            )  # fmt: skip
        if unit and self.parameters[name] != unit:
            raise self._error(path, f"« {name} » est en {self.parameters[name]}", unit)
        return name

    def _literal(self, spec: FactSpec, op: str, value: Any, path: tuple[str | int, ...]) -> Any:
        if spec.type == "bool" and isinstance(value, bool):
            return value
        if (
            spec.type in NUMERIC
            and isinstance(value, int | Decimal)
            and not isinstance(value, bool)
        ):
            return value
        if spec.type == "date" and isinstance(value, date):
            return value
        if (
            spec.type in ("code", "codes", "text")
            and isinstance(value, str | int)
            and value is not True
        ):
            return self._code(spec, op, str(value), path)
        raise self._error(path, f"« {value} » ne va pas avec « {spec.name} »", f"type {spec.type}")

    def _code(self, spec: FactSpec, op: str, value: str, path: tuple[str | int, ...]) -> str:
        if spec.values is not None and value not in spec.values and op != "starts_with":
            raise self._error(
                path, f"« {value} » n'est pas une valeur de « {spec.name} »",
                "un parmi " + ", ".join(spec.values), nearest(value, list(spec.values)),
            )  # fmt: skip
        return value

    def _error(
        self, path: tuple[str | int, ...], what: str, expected: str = "", advice: str = ""
    ) -> RulebookError:
        return RulebookError(Fault(self.where(path), what, expected, advice))
