"""What changes when the law does: numbers, rules, and what is said of a tender."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from procure.domain.base import Noun
from procure.domain.report import (
    AxisName,
    AxisScore,
    LawVerdict,
    OverallScore,
    Points,
    Severity,
    Verdict,
)


class Source(Noun):
    """The text behind a change, and whether it was checked at its source."""

    cite: str
    verified: bool


class LawChange(Noun):
    """
    A number or a rule that is not on a day what it was before.

    `shown` are its two states in French. A number that starts or ends has no value on one side.
    """

    subject: Literal["parameter", "rule"]
    change: Literal["value", "start", "end", "severity"]
    name: str
    title: str
    themes: tuple[str, ...]
    before: Any
    after: Any
    shown: tuple[str, str]
    sources: tuple[Source, ...]


class LawDay(Noun):
    """All that changes on a day."""

    day: date
    changes: tuple[LawChange, ...]


class FindingMoved(Noun):
    """
    What a rule says at one place, before and after.

    A verdict is None where the rule is not in force.
    """

    rule: str
    title: str
    kind: Literal["require", "reward"]
    axis: AxisName | None
    at: str
    where: str
    before: Verdict | None
    after: Verdict | None
    severity_before: Severity | None
    severity_after: Severity | None
    points_before: Points | None
    points_after: Points | None


class TenderMoved(Noun):
    """What a change of law does to one tender."""

    file: str
    title: str
    law_before: LawVerdict
    law_after: LawVerdict
    overall_before: OverallScore
    overall_after: OverallScore
    axes_before: dict[AxisName, AxisScore]
    axes_after: dict[AxisName, AxisScore]
    findings: tuple[FindingMoved, ...]


class Unread(Noun):
    """A file that could not be read, and why."""

    file: str
    error: str


class LawDiff(Noun):
    """The law of a day against that of another, and what it changes for some tenders."""

    before: date
    after: date
    profile: str
    changes: tuple[LawChange, ...]
    tenders: tuple[TenderMoved, ...]
    unread: tuple[Unread, ...]
