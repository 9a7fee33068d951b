"""
The rulebook on one day: rules in force, their severity, the version of each number of law.

A blocking rule whose text or numbers are not verified, or were read too long ago, warns instead. A
profile may make a number or a rule stricter, and sets the numbers left open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from procure.domain.report import Severity
from procure.rulebook.conditions import ParameterRef, Reach
from procure.rulebook.freshness import Reading, stale
from procure.rulebook.overlays import FORCE, setting
from procure.rulebook.schema import OpenNumber, Rule, Rulebook, Setting, SettingKey, Version
from procure.rulebook.strata import levels
from procure.rulebook.vocabulary import SCOPES, Scope


@dataclass(frozen=True)
class BoundRule:
    """
    A rule on its day.

    `versions` holds the number chosen for each parameter, None if unknown; `awaits_check` says that
    the rule would block if its text and its numbers were verified and fresh; `stale` is what was
    read too long ago. `settings` is what a profile changed here, `without` the numbers and `force`
    the severity that hold without it.
    """

    rule: Rule
    day: date
    level: int
    severity: Severity | None
    versions: dict[str, Version | None]
    units: dict[str, str]
    awaits_check: bool = False
    stale: tuple[Reading, ...] = ()
    settings: tuple[Setting, ...] = ()
    without: Mapping[str, Version] = field(default_factory=dict)
    force: Severity | None = None

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
    used_on: date | None = None

    @cached_property
    def by_scope(self) -> dict[Scope, tuple[BoundRule, ...]]:
        return {
            scope: tuple(r for r in self.rules if r.rule.file.scope == scope) for scope in SCOPES
        }


@dataclass(frozen=True, slots=True)
class _Binder:
    """What binds every rule: the rulebook, what a profile sets, the day of use."""

    rulebook: Rulebook
    settings: tuple[Setting, ...]
    used_on: date | None

    def bind(self, rule: Rule, day: date, level: int) -> BoundRule:
        law = {name: self.rulebook.parameters[name].version_on(day) for name in rule.parameters}
        numbers = self._numbers(law)
        versions = law | {
            name: version.model_copy(update={"value": numbers[name].value})
            for name, version in law.items()
            if version is not None and name in numbers
        }
        force = rule.severity_on(day) if rule.file.kind == "require" else None
        severity, raised = self._severity(rule, force)
        points = setting(self.settings, "points", rule.code)
        old = () if self.used_on is None else stale(rule, self.rulebook, day, law, self.used_on)
        awaits_check = severity == "blocking" and (bool(old) or not _is_verified(rule, day, law))
        return BoundRule(
            rule=_with_numbers(rule, versions, points),
            day=day,
            level=level,
            severity="warning" if awaits_check else severity,
            versions=versions,
            units={name: str(self.rulebook.parameters[name].unit) for name in rule.parameters},
            awaits_check=awaits_check,
            stale=old,
            settings=(*numbers.values(), *filter(None, (raised, points))),
            without={name: v for name in numbers if (v := law[name]) is not None},
            force=force,
        )

    def _numbers(self, law: Mapping[str, Version | None]) -> dict[str, Setting]:
        """What the profile says of a rule's numbers, where it changes them on that day."""
        found = {}
        for name, version in law.items():
            parameter = self.rulebook.parameters[name]
            key: SettingKey = "choices" if parameter.kind == "choice" else "parameters"
            said = setting(self.settings, key, name)
            value = None if version is None else version.value
            if said is None or not isinstance(value, Decimal) or said.number == value:
                continue
            if parameter.kind == "choice" or parameter.is_stricter(said.number, value):
                found[name] = said
        return found

    def _severity(
        self, rule: Rule, force: Severity | None
    ) -> tuple[Severity | None, Setting | None]:
        """The severity of a rule, and what raised it; a rule without force on a day gets none."""
        said = setting(self.settings, "severities", rule.code)
        if said is None or force is None or FORCE.index(said.severity) <= FORCE.index(force):
            return force, None
        return said.severity, said


def bind(
    rulebook: Rulebook,
    day: date,
    notified_on: date | None = None,
    used_on: date | None = None,
    settings: tuple[Setting, ...] = (),
) -> BoundRulebook:
    """
    The rulebook on the day judged.

    Args:
        day: the day the consultation is engaged or the notice sent.
        notified_on: the day of notification, for the rules judged on it; `day` when not known.
        used_on: the day the rules are used, for what was read too long ago; None to leave it aside.
        settings: what a profile tightens or chooses.
    """
    in_force = [rule for rule in rulebook.rules if rule.in_force(_day_of(rule, day, notified_on))]
    level = levels(in_force)
    binder = _Binder(rulebook, settings, used_on)
    bound = [
        binder.bind(rule, _day_of(rule, day, notified_on), level[rule.code]) for rule in in_force
    ]
    ordered = tuple(sorted(bound, key=lambda b: (b.level, b.code)))
    return BoundRulebook(rulebook, day, ordered, used_on)


def _day_of(rule: Rule, day: date, notified_on: date | None) -> date:
    after = rule.file.judged_on in ("notification", "execution")
    return notified_on if after and notified_on else day


def _with_numbers(
    rule: Rule, versions: Mapping[str, Version | None], points: Setting | None
) -> Rule:
    """The rule with its open numbers known and the points that a profile gives it."""
    file, earn = rule.file, rule.earn
    if points is not None:
        file = file.model_copy(update={"points": points.number})
    if file.graded and isinstance(file.graded.full_at, OpenNumber):
        version = versions[file.graded.full_at.parameter]
        assert version is not None and isinstance(version.value, Decimal)
        file = file.model_copy(update={"graded": file.graded.at(version.value)})
        assert isinstance(earn, Reach)
        earn = replace(earn, full_at=version.value)
    return rule if file is rule.file else replace(rule, file=file, earn=earn)


def _is_verified(rule: Rule, day: date, versions: Mapping[str, Version | None]) -> bool:
    text = any(r.verified for r in rule.file.references if r.in_force(day))
    return text and all(v is not None and v.verified for v in versions.values())
