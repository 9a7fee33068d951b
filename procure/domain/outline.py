"""
A report in the order people read it: breaches, questions, gaps, points to gain, what is fine.

The same finding at several places is told once, with its places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from procure.domain.french import number, plural
from procure.domain.report import Finding, ProseRead, Report, Severity

WHOLE = "tender"
TO_CHECK = " à un texte qui reste à vérifier"
SEVERITY_ORDER: tuple[Severity | None, ...] = ("blocking", "warning", "advice", None)


@dataclass(frozen=True)
class Told:
    """
    Findings that say the same thing, at all their places.

    `gain` is the points of its axis that can still be earned there, `overall_gain` what they add
    to the score out of 100.
    """

    findings: tuple[Finding, ...]
    gain: float = 0
    overall_gain: float = 0

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def places(self) -> str:
        """« lot 1, lot 2 »; beyond six, how many there are; nothing for the tender as a whole."""
        found = list(dict.fromkeys(f.where for f in self.findings if f.at != WHOLE))
        if len(found) > 6:
            others = plural(len(found) - 4, "autre endroit", "autres endroits")
            return f"{', '.join(found[:4])} et {others}"
        return ", ".join(found)


@dataclass(frozen=True)
class Outline:
    """The findings of a report by what they ask of the reader."""

    report: Report

    @cached_property
    def breaches(self) -> list[Told]:
        """Law broken; blocking first, then warnings, then advice."""
        found = _told(f for f in self.report.findings if _is_law(f) and f.verdict == "breach")
        return sorted(found, key=lambda told: SEVERITY_ORDER.index(told.first.severity))

    @cached_property
    def questions(self) -> list[Told]:
        return _told(f for f in self.report.findings if f.verdict == "to_judge")

    @cached_property
    def waiting(self) -> list[Told]:
        """Rules that wait for facts; law before policy, blocking first."""
        found = _told((f for f in self.report.findings if f.verdict == "unknown"), self._gain)
        return sorted(found, key=_weight_of_waiting)

    @cached_property
    def gains(self) -> list[Told]:
        """Policy not followed, or in part; what adds most to the score comes first."""
        rewards = (f for f in self.report.findings if f.points and f.verdict == "breach")
        return sorted(_told(rewards, self._gain), key=lambda told: -told.overall_gain)

    @cached_property
    def to_confirm(self) -> list[ProseRead]:
        """What prose says without enough confidence: each waits for one line in the file."""
        return [read for read in self.report.prose if not read.is_used]

    @cached_property
    def read(self) -> list[ProseRead]:
        """What was read in prose and used."""
        return [read for read in self.report.prose if read.is_used]

    @cached_property
    def fine(self) -> list[Told]:
        return _told(f for f in self.report.findings if f.verdict == "clear")

    def severity_count(self, severity: Severity) -> int:
        return sum(1 for told in self.breaches if told.first.severity == severity)

    def _gain(self, findings: tuple[Finding, ...]) -> tuple[float, float]:
        """Points still to earn, each place of the rule counting the same, and their effect."""
        first = findings[0]
        if first.points is None or first.axis is None:
            return 0, 0
        places = sum(1 for f in self.report.findings if f.rule == first.rule)
        lost = sum(f.points.available - f.points.earned for f in findings if f.points)
        gain = lost / places
        score = self.report.score
        rated = [axis for axis, one in score.axes.items() if one.low is not None]
        weight = sum(score.weights[axis] for axis in rated)
        available = score.axes[first.axis].available
        if not weight or not available:
            return gain, 0
        return gain, gain / available * 100 * score.weights[first.axis] / weight


def law_sentence(outline: Outline) -> str:
    """What the verdict of law rests on, in a sentence."""
    blocking = sum(1 for told in outline.breaches if _blocks(told) and not told.first.by_profile)
    waits = sum(1 for told in outline.waiting if _blocks(told) and not told.first.by_profile)
    asks = sum(1 for told in outline.questions if _counts(told))
    checks = sum(1 for told in outline.breaches if told.first.awaits_check)
    rest = [
        text
        for count, text in (
            (waits, plural(waits, "règle attend", "règles attendent") + " des faits"),
            (asks, plural(asks, "question attend", "questions attendent") + " une réponse"),
            (checks, plural(checks, "avertissement tient", "avertissements tiennent") + TO_CHECK),
        )
        if count
    ]
    verdict = outline.report.law.verdict
    if verdict == "breach":
        said = plural(blocking, "manquement bloquant", "manquements bloquants")
        said = f"{said}." + (f" En outre, {' et '.join(rest)}." if rest else "")
    elif verdict == "to_complete":
        said = f"Aucun manquement bloquant constaté, mais {' et '.join(rest)} avant de conclure."
    else:
        warnings = outline.severity_count("warning")
        more = f" {plural(warnings, 'avertissement')} à lire." if warnings else ""
        said = f"Aucun manquement bloquant parmi les règles de droit appliquées.{more}"
    return said + _of_profile(outline)


def _of_profile(outline: Outline) -> str:
    """What the profile blocks, where the law does not."""
    own = sum(1 for told in outline.breaches if _blocks(told) and told.first.by_profile)
    if not own:
        return ""
    added = plural(own, "manquement bloquant", "manquements bloquants")
    return f" Le profil {outline.report.profile}, plus strict que le droit, ajoute {added}."


def is_blocked(report: Report) -> bool:
    """Whether a breach blocks the tender: of the law, or of what the profile adds to it."""
    return any(f.verdict == "breach" and f.severity == "blocking" for f in report.findings)


def _blocks(told: Told) -> bool:
    return told.first.severity == "blocking"


def _counts(told: Told) -> bool:
    """Whether the verdict of law waits for an answer."""
    return told.first.severity != "advice" and not told.first.by_profile


def score_sentence(report: Report) -> str:
    """The overall score and its letter, in a sentence."""
    overall = report.score.overall
    if overall.low is None or overall.high is None:
        return "Aucune règle de politique d'achat ne s'applique : il n'y a pas de note."
    if overall.low == overall.high:
        return f"{number(overall.low)} sur 100 : lettre {overall.letter}."
    span = f"De {number(overall.low)} à {number(overall.high)} sur 100"
    if overall.letter == overall.letter_high:
        return f"{span} : lettre {overall.letter}, quels que soient les faits manquants."
    letters = f"lettre {overall.letter} acquise, {overall.letter_high} possible"
    return f"{span} : {letters} selon les faits manquants."


def interval(low: float | None, high: float | None) -> str:
    """« de 42 à 67 », « 42 », « sans objet »."""
    if low is None or high is None:
        return "sans objet"
    return number(low) if low == high else f"de {number(low)} à {number(high)}"


def _is_law(finding: Finding) -> bool:
    return finding.kind == "require"


def _weight_of_waiting(told: Told) -> tuple[int, float, str]:
    order = SEVERITY_ORDER.index(told.first.severity)
    return (
        order if _is_law(told.first) else len(SEVERITY_ORDER),
        -told.overall_gain,
        told.first.rule,
    )


def _same(finding: Finding) -> tuple[str, ...]:
    said = (finding.rule, finding.verdict, finding.severity, finding.message, finding.remedy)
    by_profile = "profile" if finding.by_profile else ""
    return tuple(part or "" for part in (*said, finding.question, by_profile))


def _told(
    findings: Iterable[Finding],
    gain: Callable[[tuple[Finding, ...]], tuple[float, float]] = lambda _: (0, 0),
) -> list[Told]:
    """The findings grouped by what they say, in order of rule."""
    ordered: Any = groupby(sorted(findings, key=_same), key=_same)
    groups = [tuple(group) for _, group in ordered]
    return [Told(group, *gain(group)) for group in groups]
