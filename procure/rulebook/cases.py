"""
The cases beside a rule: facts given, verdict expected, words that must be said.

A case is about one rule alone: what other rules would conclude is given like any fact. `gaps`
lists the cases that a rule still needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from procure.domain.base import Label, Noun
from procure.domain.errors import Fault, RulebookError
from procure.resources.validation import build, nearest
from procure.resources.yaml import Document
from procure.rulebook.conditions import Atom, ConditionReader, ParameterRef, leaves_of
from procure.rulebook.loader import CASES, read_yaml
from procure.rulebook.schema import Rule, Rulebook
from procure.rulebook.vocabulary import FactSpec, Vocabulary

Expected = Literal["breach", "clear", "unknown", "not_applicable", "to_judge", "concludes"]


class CaseFile(Noun):
    """A file `<name>.cases.yaml`; `given` and `on` hold for every case that does not say."""

    given: dict[str, Any] = Field(default_factory=dict)
    on: date | None = None
    cases: tuple[WrittenCase, ...]


class WrittenCase(Noun):
    """A case as written; `value` is what a `qualify` rule concludes, null for nothing."""

    name: Label
    given: dict[str, Any] = Field(default_factory=dict)
    on: date | None = None
    expect: Expected
    value: Any = None
    mentions: tuple[str, ...] = ()
    points: Any = None


CaseFile.model_rebuild()


@dataclass(frozen=True, slots=True)
class Case:
    """A case ready to run: its facts are of their types, `where` is its place in the file."""

    rule: Rule
    where: str
    written: WrittenCase
    facts: dict[str, Any]
    on: date


def cases_of(rule: Rule, book: Rulebook, root: Path) -> list[Case]:
    """
    The cases written beside a rule.

    Raises:
        RulebookError: the file is missing or wrong; a fact is not one that the rule reads.
    """
    path = rule.path.removesuffix(".yaml") + CASES
    if not (root / path).is_file():
        raise RulebookError(
            Fault(
                f"rules/{rule.path}",
                "la règle n'a pas de cas",
                f"un fichier {path.rsplit('/')[-1]}",
            )
        )
    document = read_yaml(root / path, f"rules/{path}")
    file = build(CaseFile, document.value, document.where, RulebookError)
    return [_case(rule, book, document, file, i) for i in range(len(file.cases))]


def _case(rule: Rule, book: Rulebook, document: Document, file: CaseFile, i: int) -> Case:
    written = file.cases[i]
    shared = _typed(rule, book, document, file.given, ("given",))
    own = _typed(rule, book, document, written.given, ("cases", i, "given"))
    on = written.on or file.on
    where = document.where(("cases", i))
    if on is None:
        raise RulebookError(Fault(where, "le jour du cas manque", "« on: 2026-09-01 »"))
    return Case(rule, where, written, shared | own, on)


def _typed(
    rule: Rule, book: Rulebook, document: Document, given: dict[str, Any], path: tuple[Any, ...]
) -> dict[str, Any]:
    units = {name: str(parameter.unit) for name, parameter in book.parameters.items()}
    reader = ConditionReader(book.vocabulary, units, document.where, rule.file.scope)
    return {
        name: _value(rule, reader, name, value, (*path, name), document)
        for name, value in given.items()
    }


def _value(
    rule: Rule, reader: ConditionReader, name: str, value: Any, path: tuple[Any, ...], doc: Document
) -> Any:
    spec = reader.fact(name, path)
    if name not in rule.facts:
        facts = list(rule.facts)
        what = f"la règle ne lit pas le fait « {name} »"
        raise RulebookError(Fault(doc.where(path), what, ", ".join(facts), nearest(name, facts)))
    if value is None:
        return None
    if spec.type == "codes":
        return _codes(spec, reader, value, path, doc)
    return reader.operand(spec, "equals", value, path)


def _codes(
    spec: FactSpec, reader: ConditionReader, value: Any, path: tuple[Any, ...], document: Document
) -> frozenset[str]:
    if not isinstance(value, list):
        raise RulebookError(
            Fault(document.where(path), f"« {spec.name} » attend une liste", "[mot, mot]")
        )
    return frozenset(reader.operand(spec, "includes", v, (*path, i)) for i, v in enumerate(value))


def gaps(rule: Rule, book: Rulebook, cases: list[Case]) -> list[Fault]:
    """The cases that a rule still lacks: breach, clear, unknown, bounds, the day and its eve."""
    found = {case.written.expect for case in cases}
    wanted = {"require": ("clear", "unknown"), "reward": ("clear", "breach", "unknown")}
    missing: list[str] = [
        f"un cas « {expect} »"
        for expect in wanted.get(rule.file.kind, ("concludes",))
        if expect not in found
    ]
    if rule.file.kind == "require" and not found & {"breach", "to_judge"}:
        missing.append("un cas « breach » (ou « to_judge »)")
    if rule.file.kind == "qualify" and not any(_concludes_nothing(c) for c in cases):
        missing.append("un cas qui ne conclut rien, faute de fait (« value: null »)")
    missing += _missing_days(rule, book, cases)
    missing += _missing_bounds(rule, book, cases, book.vocabulary)
    path = rule.path.removesuffix(".yaml") + CASES
    return [Fault(f"rules/{path}", f"il manque {what}", "") for what in missing]


def _concludes_nothing(case: Case) -> bool:
    return case.written.expect == "concludes" and case.written.value is None


def _missing_days(rule: Rule, book: Rulebook, cases: list[Case]) -> list[str]:
    """A severity or a number that changes is tried on a day of change and on its eve."""
    severity = rule.file.severity
    changes = [[day for day in severity][-1:]] if isinstance(severity, dict) else []
    for name in rule.parameters:
        starts = [v.since for v in book.parameters[name].values if v.since]
        if len(book.parameters[name].values) > 1:
            changes.append(starts)
    days = {case.on for case in cases}
    return [
        f"un cas le jour et un la veille d'un changement ({', '.join(map(str, starts))})"
        for starts in changes
        if not any(day in days and day - timedelta(days=1) in days for day in starts)
    ]


def _missing_bounds(
    rule: Rule, book: Rulebook, cases: list[Case], vocabulary: Vocabulary
) -> list[str]:
    """A fact compared with a number of law is tried on the bound and beside it."""
    missing = []
    for tree in (rule.when, rule.breach, rule.earn):
        for leaf in leaves_of(tree):
            if isinstance(leaf, Atom) and isinstance(leaf.operand, ParameterRef):
                parameter = book.parameters[leaf.operand.parameter]
                values = [(c.facts.get(leaf.fact), parameter.version_on(c.on)) for c in cases]
                known = [(x, v.value) for x, v in values if x is not None and v is not None]
                if known and not any(x == value for x, value in known):
                    missing.append(
                        f"un cas où « {leaf.fact} » est sur la borne de {parameter.name}"
                    )
                if known and all(x == value for x, value in known):
                    missing.append(f"un cas où « {leaf.fact} » est à côté de {parameter.name}")
    return missing
