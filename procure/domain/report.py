"""
What is said of a tender: findings, derived facts, score, receipt.

The shape of `Report` in JSON is a contract with other programs (docs/report.md).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer

from procure.domain.base import Noun


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


Amount = Annotated[Decimal, PlainSerializer(_number, when_used="json")]
"""A decimal written in JSON as a number."""


def _is_empty(value: Any) -> bool:
    return not value


Verdict = Literal["clear", "breach", "unknown", "not_applicable", "to_judge"]
Severity = Literal["blocking", "warning", "advice"]
LawVerdict = Literal["lawful", "breach", "to_complete"]
AxisName = Literal["social", "environmental", "local"]
AXES: tuple[AxisName, ...] = ("social", "environmental", "local")


class FactUsed(Noun):
    """
    A fact that decided a finding, with where it was found.

    `label` and `shown` are its name and value in French; `confidence` says how sure it is where it
    was read in prose.
    """

    name: str
    value: Any
    origin: str
    label: str
    shown: str
    confidence: Annotated[float | None, Field(exclude_if=_is_empty)] = None


class ProseRead(Noun):
    """
    What was read in the prose of a tender.

    `is_used` is false where the confidence is below the profile's: the fact stays unknown until
    someone writes `line` under `key` in the tender file. `concept` is that of the lexicon.
    """

    key: str
    where: str
    line: str
    concept: str
    title: str
    passage: str
    confidence: float
    is_used: bool


class Cited(Noun):
    """An article or a policy text behind a finding."""

    cite: str
    since: date | None
    verified: bool
    says: str | None = None


class ParameterUsed(Noun):
    """
    A number of law, and why this version of it was chosen.

    `label` and `shown` are what it is and its value in French.
    """

    name: str
    label: str
    value: Any
    shown: str
    unit: str
    since: date | None
    until: date | None
    cite: str
    verified: bool
    day: date


class Note(Noun):
    """
    What to know of a finding, in French.

    `stale`: something it rests on was read too long ago; `profile`: a profile made it stricter, or
    chose a number of it.
    """

    kind: Literal["stale", "profile"]
    text: str


class Points(Noun):
    """Points of a policy rule: what is sure, what may be, out of what."""

    earned: float
    possible: float
    available: float


class Finding(Noun):
    """
    What one rule says at one place of the tender; `where` is that place in French.

    `awaits_check`: the rule warns because its text is not verified, or was read too long ago; else
    it would block. `by_profile`: the law alone would say less, so the verdict of law leaves it out.
    `notes` and `by_profile` are written in JSON only where there is something to say.
    """

    rule: str
    name: str
    kind: Literal["require", "reward"]
    axis: AxisName | None = None
    verdict: Verdict
    severity: Severity | None = None
    awaits_check: bool = False
    at: str
    where: str
    title: str
    message: str
    remedy: str | None = None
    question: str | None = None
    references: tuple[Cited, ...] = ()
    facts: tuple[FactUsed, ...] = ()
    missing: tuple[str, ...] = ()
    parameters: tuple[ParameterUsed, ...] = ()
    points: Points | None = None
    by_profile: Annotated[bool, Field(exclude_if=_is_empty)] = False
    notes: Annotated[tuple[Note, ...], Field(exclude_if=_is_empty)] = ()


class Derived(Noun):
    """A fact concluded by a `qualify` rule, and the facts it was concluded from."""

    fact: str
    label: str
    value: Any
    shown: str
    at: str
    where: str
    rule: str
    because: tuple[FactUsed, ...]
    parameters: tuple[ParameterUsed, ...] = ()


class Wanted(Noun):
    """
    A field to fill in, the facts it would tell, and the rules that wait for them.

    `key` is its path in a tender file, `[]` for each element of a list; None where the facts come
    from no single field.
    """

    key: str | None
    facts: tuple[str, ...]
    labels: tuple[str, ...]
    places: tuple[str, ...]
    rules: tuple[str, ...]


class AxisScore(Noun):
    """Points of one axis; low and high out of 100, None where no rule applies."""

    low: float | None
    high: float | None
    earned: float
    available: float
    unknown: int


class OverallScore(Noun):
    """
    The weighted mean of the axes.

    `letter` is the letter of the low bound, the one already earned; `letter_high` the letter that
    the missing facts could still bring.
    """

    low: float | None
    high: float | None
    letter: str | None
    letter_high: str | None


class Score(Noun):
    """
    The three axes and their weighted mean.

    `weights` is what each axis weighs in the mean, `letters` the least score of each letter.
    """

    overall: OverallScore
    axes: dict[AxisName, AxisScore]
    weights: dict[AxisName, float]
    letters: dict[str, float]


class Law(Noun):
    """The verdict of law, which points never change."""

    verdict: LawVerdict
    read_up_to: date


class LotSummary(Noun):
    """A lot as the report recalls it."""

    id: str
    title: str | None
    value_excl_tax: Amount | None
    reserved: bool | None


class CriterionSummary(Noun):
    """A criterion as the report recalls it."""

    label: str
    weight: Amount | None
    theme: str | None
    at: str


class TenderSummary(Noun):
    """The tender as the report recalls it."""

    id: str
    title: str | None
    buyer: str | None
    nature: str | None
    cpv: str | None = None
    cpv_label: str | None = None
    value_excl_tax: Amount | None
    lots: tuple[LotSummary, ...] | None
    criteria: tuple[CriterionSummary, ...] | None


class Receipt(Noun):
    """
    What is needed to compute the report again, to the byte.

    `used_on` is the day the rules were used, which tells what was read too long ago; `overlay` the
    digest of the profile's file, where it is not one of `rules/`.
    """

    version: str
    rulebook: str
    profile: str
    day: date
    input: str
    law_read_up_to: date
    used_on: date | None = None
    overlay: Annotated[str | None, Field(exclude_if=_is_empty)] = None


class Report(Noun):
    """Everything said of one tender on one day."""

    tender: TenderSummary
    day: date
    profile: str
    law: Law
    score: Score
    findings: tuple[Finding, ...]
    to_complete: tuple[Wanted, ...]
    derived: tuple[Derived, ...]
    prose: Annotated[tuple[ProseRead, ...], Field(exclude_if=_is_empty)] = ()
    not_applicable: tuple[str, ...]
    receipt: Receipt
