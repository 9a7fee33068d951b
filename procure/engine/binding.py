"""
The rulebook on one day: rules in force, their severity, the version of each number of law.

A blocking rule whose text or numbers are not verified warns instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from procure.domain.report import Severity
from procure.rulebook.conditions import ParameterRef
from procure.rulebook.schema import Rule, Rulebook, Version
from procure.rulebook.strata import levels
from procure.rulebook.vocabulary import SCOPES, Scope


@dataclass(frozen=True)
class BoundRule:
    """
    A rule on its day.

    `versions` holds the number chosen for each parameter, None if unknown; `awaits_check` says that
    the rule would block if its text and its numbers were verified.
    """

    rule: Rule
    day: date
    level: int
    severity: Severity | None
    versions: dict[str, Version | None]
    units: dict[str, str]
    awaits_check: bool = False

    @property
    def code(self) -> str:
        return self.rule.code

    def constant(self, side: Any) -> Any:
        """A literal, or the number of law behind a reference; None when that number is unknown."""
        if isinstance(side, ParameterRef):
            version = self.versions[side.parameter]
            return None if version is None else version.value
        return side


@dataclass(frozen=True)
class BoundRulebook:
    """The rules in force, by scope, in an order where facts are concluded before they are read."""

    rulebook: Rulebook
    day: date
    rules: tuple[BoundRule, ...]

    @cached_property
    def by_scope(self) -> dict[Scope, tuple[BoundRule, ...]]:
        return {
            scope: tuple(r for r in self.rules if r.rule.file.scope == scope) for scope in SCOPES
        }


def bind(rulebook: Rulebook, day: date, notified_on: date | None = None) -> BoundRulebook:
    """
    The rulebook on the day judged.

    Args:
        day: the day the consultation is engaged or the notice sent.
        notified_on: the day of notification, for the rules judged on it; `day` when not known.
    """
    in_force = [rule for rule in rulebook.rules if rule.in_force(_day_of(rule, day, notified_on))]
    level = levels(in_force)
    bound = [
        _bind(rule, rulebook, _day_of(rule, day, notified_on), level[rule.code])
        for rule in in_force
    ]
    return BoundRulebook(rulebook, day, tuple(sorted(bound, key=lambda b: (b.level, b.code))))


def _day_of(rule: Rule, day: date, notified_on: date | None) -> date:
    after = rule.file.judged_on in ("notification", "execution")
    return notified_on if after and notified_on else day


def _bind(rule: Rule, rulebook: Rulebook, day: date, level: int) -> BoundRule:
    versions = {name: rulebook.parameters[name].version_on(day) for name in rule.parameters}
    severity = rule.severity_on(day) if rule.file.kind == "require" else None
    awaits_check = severity == "blocking" and not _is_verified(rule, day, versions)
    if awaits_check:
        severity = "warning"
    units = {name: str(rulebook.parameters[name].unit) for name in rule.parameters}
    return BoundRule(rule, day, level, severity, versions, units, awaits_check)


def _is_verified(rule: Rule, day: date, versions: dict[str, Version | None]) -> bool:
    text = any(r.verified for r in rule.file.references if r.in_force(day))
    return text and all(v is not None and v.verified for v in versions.values())
