"""
Profiles: what a house weighs, and what it tightens or chooses among the rules.

A profile may start from another one. It may make the law stricter for itself and never looser; it
may set the numbers that the policy leaves open, between their bounds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field, model_validator

from procure.domain import french
from procure.domain.base import Label, Noun, Quantity, Share, Text
from procure.domain.errors import Fault, RulebookError
from procure.domain.report import AxisName, Severity
from procure.resources.validation import build, nearest
from procure.resources.yaml import Document
from procure.rulebook.schema import (
    Letters,
    Name,
    Parameter,
    Profile,
    Rule,
    RulePoints,
    Setting,
    SettingKey,
    Weight,
)

FORCE: tuple[Severity | None, ...] = (None, "advice", "warning", "blocking")
_OF_ONE_PROFILE = ("weights", "letters", "unchecked_clause_share")


class ProfileFile(Noun):
    """A profile as written; with `based_on`, what is not said is that of the profile named."""

    name: Name
    title: Label
    description: Text
    based_on: Name | None = None
    weights: dict[AxisName, Weight] | None = None
    letters: Letters | None = None
    unchecked_clause_share: Share | None = None
    least_confidence: Share | None = None
    parameters: dict[str, Quantity] = Field(default_factory=dict)
    severities: dict[str, Severity] = Field(default_factory=dict)
    points: dict[str, RulePoints] = Field(default_factory=dict)
    choices: dict[str, Quantity] = Field(default_factory=dict)

    @model_validator(mode="after")
    def stands_alone_or_on_another(self) -> ProfileFile:
        missing = [key for key in _OF_ONE_PROFILE if getattr(self, key) is None]
        if missing and self.based_on is None:
            raise ValueError(
                f"il manque « {missing[0]} » : écrivez cette clé, ou partez d'un profil "
                "avec « based_on »"
            )
        return self


@dataclass(frozen=True)
class House:
    """What a profile may speak of: the rules, the numbers, the other profiles."""

    rules: Sequence[Rule]
    parameters: Mapping[str, Parameter]
    profiles: Mapping[str, Profile]


def shipped_profiles(
    documents: Iterable[Document], rules: Sequence[Rule], parameters: Mapping[str, Parameter]
) -> dict[str, Profile]:
    """
    The profiles of `rules/profiles/`, each after the one it is based on.

    Raises:
        RulebookError: a file is wrong, loosens the law, or leads back to itself.
    """
    waiting = {}
    for document in documents:
        file = build(ProfileFile, document.value, document.where, RulebookError)
        waiting[file.name] = (file, document)
    done: dict[str, Profile] = {}
    while waiting:
        ready = [name for name, (file, _) in waiting.items() if file.based_on not in waiting]
        if not ready:
            _, document = next(iter(waiting.values()))
            circle = f"des profils se renvoient l'un à l'autre : {', '.join(waiting)}"
            raise RulebookError(Fault(document.where(("based_on",)), circle, "un profil complet"))
        for name in ready:
            file, document = waiting.pop(name)
            done[name] = _resolved(file, document, House(rules, parameters, done))
    return dict(sorted(done.items()))


def overlay(document: Document, content: bytes, house: House) -> Profile:
    """
    The profile of a file from outside `rules/`.

    Raises:
        RulebookError: the file is wrong, takes the name of a profile of `rules/`, loosens the law.
    """
    file = build(ProfileFile, document.value, document.where, RulebookError)
    if file.name in house.profiles:
        what = f"le nom « {file.name} » est celui d'un profil de procure"
        advice = f"Pour ce profil-là, écrivez --profile {file.name}"
        raise RulebookError(Fault(document.where(("name",)), what, "un autre nom", advice))
    found = _resolved(file, document, house)
    return found.model_copy(update={"overlay": hashlib.sha256(content).hexdigest()})


def _resolved(file: ProfileFile, document: Document, house: House) -> Profile:
    base = None if file.based_on is None else house.profiles.get(file.based_on)
    if file.based_on is not None and base is None:
        known = sorted(house.profiles)
        what = f"le profil « {file.based_on} » est inconnu"
        advice = nearest(file.based_on, known)
        raise RulebookError(Fault(document.where(("based_on",)), what, ", ".join(known), advice))
    check = _Check(file, document, house, base)
    faults = list(check.faults())
    if faults:
        raise RulebookError(*faults)
    given = file.model_dump(
        exclude={"based_on", "parameters", "severities", "points", "choices"}, exclude_none=True
    )
    inherited = {} if base is None else dict(base)
    return Profile.model_validate(inherited | given | {"settings": check.settings()})


@dataclass(frozen=True)
class _Check:
    """Reads what a file sets, against the rules and the profile it is based on."""

    file: ProfileFile
    document: Document
    house: House
    base: Profile | None

    def settings(self) -> tuple[Setting, ...]:
        """What the base sets, then what the file sets; the last word on a name is the file's."""
        before = {(s.key, s.name): s for s in (self.base.settings if self.base else ())}
        own = {
            (key, name): Setting(key=key, name=name, value=value, profile=self.file.title)
            for key, said in self._said()
            for name, value in said.items()
        }
        return tuple((before | own).values())

    def _said(self) -> Iterator[tuple[SettingKey, Mapping[str, Any]]]:
        yield "parameters", self.file.parameters
        yield "severities", self.file.severities
        yield "points", self.file.points
        yield "choices", self.file.choices

    def faults(self) -> Iterator[Fault]:
        for name, number in self.file.parameters.items():
            yield from self._number(name, number)
        for code, severity in self.file.severities.items():
            yield from self._severity(code, severity)
        for code, points in self.file.points.items():
            yield from self._points(code, points)
        for name, number in self.file.choices.items():
            yield from self._choice(name, number)

    def _number(self, name: str, value: Decimal) -> Iterator[Fault]:
        found = self.house.parameters.get(name)
        open_ones = [p.name for p in self.house.parameters.values() if p.stricter]
        if found is None:
            yield self._unknown("parameters", name, "le nombre", open_ones)
        elif found.kind == "choice":
            what = f"« {name} » n'est pas un nombre du droit"
            yield self._fault("parameters", name, what, "ce choix sous « choices »")
        elif found.stricter is None:
            what = f"le nombre « {name} » ne se resserre pas"
            yield self._fault("parameters", name, what, _one_of(open_ones))
        else:
            least = Decimal(self._before("parameters", name, found.values[-1].value))
            if found.is_stricter(least, value):
                than = "le droit" if least == found.values[-1].value else "le profil de départ"
                what = f"« {name} » vaut {_shown(found, value)}, plus souple que {than}"
                side = "au plus" if found.stricter == "lower" else "au moins"
                yield self._fault("parameters", name, what, f"{_shown(found, least)} {side}")

    def _severity(self, code: str, severity: Severity) -> Iterator[Fault]:
        rule = self._rule(code)
        if rule is None:
            yield self._unknown_rule("severities", code)
        elif rule.file.kind != "require":
            what = f"{code} n'est pas une règle de droit qui juge"
            yield self._fault("severities", code, what, "une règle « require »")
        else:
            before = self._before("severities", code, rule.severity_on(date.max))
            if FORCE.index(severity) < FORCE.index(before):
                what = f"{code} ne peut pas descendre de « {before} » à « {severity} »"
                allowed = [str(force) for force in FORCE[FORCE.index(before) :]]
                yield self._fault("severities", code, what, " ou ".join(allowed))

    def _points(self, code: str, points: Decimal) -> Iterator[Fault]:
        rule = self._rule(code)
        if rule is None:
            yield self._unknown_rule("points", code)
        elif rule.file.points is None:
            what = f"{code} ne donne pas de points"
            yield self._fault("points", code, what, "une règle « reward »")
        elif points < (least := Decimal(self._before("points", code, rule.file.points))):
            what = f"{code} ne peut pas descendre à {french.number(points)} points"
            yield self._fault("points", code, what, f"{french.number(least)} points au moins")

    def _choice(self, name: str, value: Decimal) -> Iterator[Fault]:
        found = self.house.parameters.get(name)
        if found is not None and found.kind != "choice":
            what = f"« {name} » est un nombre du droit"
            yield self._fault("choices", name, what, "ce nombre sous « parameters »")
            return
        if found is None:
            choices = [p.name for p in self.house.parameters.values() if p.kind == "choice"]
            yield self._unknown("choices", name, "le choix", choices)
            return
        assert found.least is not None and found.most is not None
        if not found.least <= value <= found.most:
            bounds = f"de {_shown(found, found.least)} à {_shown(found, found.most)}"
            what = f"« {name} » vaut {_shown(found, value)}, hors de ses bornes"
            yield self._fault("choices", name, what, bounds)

    def _before(self, key: SettingKey, name: str, rule_says: Any) -> Any:
        """What held before this file: the base's word, or that of the rules."""
        said = setting(self.base.settings, key, name) if self.base else None
        return said.value if said else rule_says

    def _rule(self, code: str) -> Rule | None:
        return next((rule for rule in self.house.rules if rule.code == code), None)

    def _unknown_rule(self, key: SettingKey, code: str) -> Fault:
        kind = "require" if key == "severities" else "reward"
        codes = [rule.code for rule in self.house.rules if rule.file.kind == kind]
        advice = nearest(code.upper(), codes)
        what = f"la règle « {code} » est inconnue"
        return self._fault(key, code, what, "un code de « procure rules list »", advice)

    def _unknown(self, key: SettingKey, name: str, kind: str, known: list[str]) -> Fault:
        what = f"{kind} « {name} » est inconnu"
        return self._fault(key, name, what, _one_of(known), nearest(name, known))

    def _fault(
        self, key: SettingKey, name: str, what: str, expected: str, advice: str = ""
    ) -> Fault:
        return Fault(self.document.where((key, name)), what, expected, advice)


def setting(settings: Iterable[Setting], key: SettingKey, name: str) -> Setting | None:
    """What is set under a key for a name."""
    return next((s for s in settings if (s.key, s.name) == (key, name)), None)


def _shown(parameter: Parameter, value: Decimal) -> str:
    return french.percent(value) if parameter.unit == "share" else french.number(value)


def _one_of(names: list[str]) -> str:
    return "un parmi " + ", ".join(sorted(names))
