"""The files of `rules/` as models: rules, parameters, profiles resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from procure.domain.base import Label, Noun, Share, Text
from procure.domain.report import AxisName, Severity
from procure.rulebook.conditions import ParameterRef, Reach, Tree, facts_of, parameters_of
from procure.rulebook.law_basis import LawBasis, SectionId
from procure.rulebook.vocabulary import Scope, Vocabulary

Kind = Literal["qualify", "require", "reward"]
Status = Literal["draft", "stable", "deprecated", "repealed"]
JudgedOn = Literal["consultation_start", "notification", "execution", "calendar_year"]
Code = Annotated[str, Field(pattern=r"^[A-Z]{3}[0-9]{3}$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Weight = Annotated[Decimal, Field(ge=0)]
RulePoints = Annotated[Decimal, Field(gt=0, le=100)]
SettingKey = Literal["parameters", "severities", "points", "choices"]


class Reference(Noun):
    """A text behind a rule; `says` quotes the few words that matter."""

    cite: Label
    since: date | None = None
    until: date | None = None
    says: Text | None = None
    url: Label | None = None
    verified: bool
    checked_on: date

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Conclusion(Noun):
    """
    What a `qualify` rule concludes.

    `value` when its condition holds, `otherwise` (if given) when it certainly does not; a value is
    a literal, `{parameter: name}` or `{fact: name}`.
    """

    fact: Label
    value: Any
    otherwise: Any = None


class OpenNumber(Noun):
    """A number that a profile may choose: a parameter of `kind: choice`."""

    parameter: Name


class Graded(Noun):
    """
    A share of the points that grows with a fact, from `zero_at` (nothing) to `full_at` (all).

    `ceiling` is the fact that says how far `fact` could still grow once what is missing is known.
    """

    fact: Label
    ceiling: Label | None = None
    zero_at: Decimal = Decimal(0)
    full_at: Decimal | OpenNumber

    def at(self, full: Decimal) -> Graded:
        """The same grades with their open number known."""
        return self.model_copy(update={"full_at": full})

    def share(self, value: Decimal | int) -> Decimal:
        """The part of the points that a value earns, between 0 and 1; no number is left open."""
        assert isinstance(self.full_at, Decimal)
        part = (Decimal(value) - self.zero_at) / (self.full_at - self.zero_at)
        return min(max(Decimal(0), part), Decimal(1))

    @model_validator(mode="after")
    def bounds_differ(self) -> Graded:
        if self.zero_at == self.full_at:
            raise ValueError("« zero_at » et « full_at » doivent différer")
        return self


class RuleFile(Noun):
    """
    A rule as written in its file; see HOUSE floor plan and CONTRIBUTING.

    `require`: law; breach when `when` and `breach` hold. With a `question`, that case is for a
    person to judge. `reward`: policy; `earn` (all or nothing) or `graded`. `qualify`: concludes a
    fact.
    """

    code: Code
    name: Name
    kind: Kind
    title: Label
    status: Status = "stable"
    scope: Scope = "tender"
    severity: Severity | dict[date, Severity | None] | None = None
    judged_on: JudgedOn = "consultation_start"
    since: date | None = None
    until: date | None = None
    references: tuple[Reference, ...]
    when: dict[str, Any] | None = None
    breach: dict[str, Any] | None = None
    question: Text | None = None
    conclude: Conclusion | None = None
    axis: AxisName | None = None
    points: RulePoints | None = None
    earn: dict[str, Any] | None = None
    graded: Graded | None = None
    message: Text | None = None
    clear: Text | None = None
    remedy: Text | None = None
    cures: tuple[Label, ...] = ()
    law_section: SectionId | tuple[SectionId, ...] = ()
    why: Text

    @model_validator(mode="after")
    def has_the_keys_of_its_kind(self) -> RuleFile:
        if not self.references:
            raise ValueError("au moins une référence est attendue")
        needed = {
            "require": ("severity", "breach", "message", "remedy"),
            "reward": ("axis", "points", "message", "remedy"),
            "qualify": ("conclude", "when"),
        }[self.kind]
        foreign = {
            "require": ("conclude", "axis", "points", "earn", "graded"),
            "reward": ("severity", "breach", "conclude", "question"),
            "qualify": ("severity", "breach", "axis", "points", "earn", "graded", "question"),
        }[self.kind]
        for key in needed:
            if getattr(self, key) is None:
                raise ValueError(f"une règle « {self.kind} » doit avoir la clé « {key} »")
        for key in foreign:
            if getattr(self, key) is not None:
                raise ValueError(f"une règle « {self.kind} » ne peut pas avoir la clé « {key} »")
        if self.kind == "reward" and (self.earn is None) == (self.graded is None):
            raise ValueError("une règle « reward » a soit « earn », soit « graded »")
        return self


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule whose conditions have been read and checked; `path` is relative to `rules/`."""

    file: RuleFile
    path: str
    theme: str
    when: Tree | None
    breach: Tree | None
    earn: Tree | Reach | None
    value: Any = None
    otherwise: Any = None

    @property
    def code(self) -> str:
        return self.file.code

    @property
    def law_sections(self) -> tuple[str, ...]:
        """The sections of the law basis that the rule answers to."""
        written = self.file.law_section
        return (written,) if isinstance(written, str) else written

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the rule reads, in order of appearance, each once."""
        names = [name for tree in (self.when, self.breach, self.earn) for name in facts_of(tree)]
        for side in (self.value, self.otherwise):
            if hasattr(side, "fact"):
                names.append(side.fact)
        return tuple(dict.fromkeys(names))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters the rule reads, in order of appearance, each once."""
        names = [n for tree in (self.when, self.breach, self.earn) for n in parameters_of(tree)]
        for side in (self.value, self.otherwise):
            if isinstance(side, ParameterRef):
                names.append(side.parameter)
        return tuple(dict.fromkeys(names))

    def severity_on(self, day: date) -> Severity | None:
        """The severity written for a day; None where the rule is not in force."""
        severity = self.file.severity
        if not isinstance(severity, dict):
            return severity
        started = [start for start in severity if start <= day]
        return severity[max(started)] if started else None

    def in_force(self, day: date) -> bool:
        """Whether the rule exists on a day."""
        if self.file.status == "repealed" or (self.file.until and day > self.file.until):
            return False
        if self.file.kind == "require" and self.severity_on(day) is None:
            return False
        since = self.file.since
        if since is None and not isinstance(self.file.severity, dict):
            starts = [r.since for r in self.file.references]
            since = None if None in starts else min(s for s in starts if s)
        return since is None or since <= day


class Version(Noun):
    """The value of a parameter between two days, both included."""

    value: Decimal | bool | date
    since: date | None = None
    until: date | None = None
    cite: Label
    url: Label | None = None
    verified: bool
    checked_on: date


class Parameter(Noun):
    """
    A number of law, by dates; `comparator` says on which side the bound itself falls.

    `stricter` says which way a profile may move it, if at all. A `choice` is a number of the house,
    that a profile sets between `least` and `most`.
    """

    name: Name
    kind: Literal["law", "choice"] = "law"
    description: Text
    unit: Literal[
        "EUR_excl_tax", "share", "days", "months", "hours", "count", "ratio", "percent_points"
    ]
    comparator: Literal["below", "at_most", "above", "at_least", "equals"]
    note: Text | None = None
    stricter: Literal["lower", "higher"] | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    values: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def versions_follow_each_other(self) -> Parameter:
        for before, after in zip(self.values, self.values[1:], strict=False):
            if before.until is None or after.since is None or before.until >= after.since:
                raise ValueError("les valeurs doivent se suivre dans le temps, sans chevauchement")
        return self

    @model_validator(mode="after")
    def a_choice_has_bounds(self) -> Parameter:
        bounds = (self.least, self.most)
        if self.kind == "law":
            if bounds != (None, None):
                raise ValueError("« least » et « most » vont avec « kind: choice »")
            return self
        if self.least is None or self.most is None or self.stricter or len(self.values) > 1:
            raise ValueError(
                "un choix a « least », « most » et une seule valeur, sans « stricter »"
            )
        value = self.values[0].value
        if self.values[0].since or self.values[0].until:
            raise ValueError("un choix n'a pas de date : il vaut tous les jours")
        if not isinstance(value, Decimal) or not self.least <= value <= self.most:
            raise ValueError("la valeur d'un choix est un nombre entre « least » et « most »")
        return self

    def is_stricter(self, value: Decimal, than: Decimal) -> bool:
        """Whether a value asks more than another."""
        return value < than if self.stricter == "lower" else value > than

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day, if the file knows it."""
        for version in self.values:
            if (version.since or date.min) <= day <= (version.until or date.max):
                return version
        return None


class Letters(Noun):
    """The least score of each letter, out of 100; below D is E."""

    A: Decimal
    B: Decimal
    C: Decimal
    D: Decimal


class Setting(Noun):
    """What a profile sets beyond its weights; `profile` is the one that says so."""

    key: SettingKey
    name: str
    value: Decimal | Severity
    profile: str

    @property
    def number(self) -> Decimal:
        """The value of a number, of points, of a choice."""
        assert isinstance(self.value, Decimal)
        return self.value

    @property
    def severity(self) -> Severity:
        """The value of a severity."""
        assert not isinstance(self.value, Decimal)
        return self.value


class Profile(Noun):
    """
    A policy: what each axis weighs, what a letter takes, what a clause nobody can check is worth,
    how sure a fact read in prose must be; and what it tightens or chooses among the rules.

    `overlay` is the digest of its file, None for a profile of `rules/`.
    """

    name: Name
    title: Label
    description: Text
    weights: dict[AxisName, Weight]
    letters: Letters
    unchecked_clause_share: Share
    least_confidence: Share = Decimal("0.8")
    settings: tuple[Setting, ...] = ()
    overlay: str | None = None


class RulebookFile(Noun):
    """
    The file `rules/rulebook.yaml`: what holds for all the rules.

    `fresh_months`: how long what was read stays fresh, in calendar months.
    """

    title: Label
    law_known_from: date
    law_read_up_to: date
    fresh_months: Annotated[int, Field(ge=1)] = 6
    jurisdiction: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that is written under `rules/`; `digest` changes with any of its words."""

    title: str
    law_known_from: date
    law_read_up_to: date
    jurisdiction: str
    rules: tuple[Rule, ...]
    parameters: dict[str, Parameter]
    profiles: dict[str, Profile]
    vocabulary: Vocabulary
    law_basis: LawBasis
    digest: str
    fresh_months: int = 6

    def rule(self, code_or_name: str) -> Rule | None:
        """The rule of a code or a name."""
        for rule in self.rules:
            if code_or_name in (rule.code, rule.file.name):
                return rule
        return None
