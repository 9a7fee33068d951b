"""A finding as a page shows it: what is said, what to do, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from procure.domain import french
from procure.domain.french import typeset
from procure.domain.outline import Told
from procure.domain.report import Finding, ParameterUsed
from procure.domain.words import AXIS_TITLES, SEVERITIES, version_reason

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A text, since when, what it says, whether somebody has checked it."""

    cite: str
    since: str
    says: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number of law in the version of the day, and why that version."""

    label: str
    shown: str
    why: str
    cite: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as the page shows it; `facts` are rows of place, fact, value, origin."""

    anchor: str
    rule: str
    title: str
    tag: str
    tone: str
    is_law: bool
    where: str
    message: str
    remedy: str
    question: str
    points: str
    effect: str
    references: tuple[Reference, ...]
    facts: tuple[Row, ...]
    has_places: bool
    answer: str
    numbers: tuple[Number, ...]
    notes: tuple[str, ...]


def card(told: Told) -> Card:
    """One thing said, at all its places."""
    first = told.first
    is_law = first.kind == "require"
    places = {finding.at for finding in told.findings}
    return Card(
        anchor=f"{first.rule}-{first.at}".replace(".", "-").replace("[", "").replace("]", ""),
        rule=first.rule,
        title=heading(first),
        tag=tag(first),
        tone=first.severity or "policy" if is_law else first.axis or "policy",
        is_law=is_law,
        where=told.places,
        message=first.message,
        remedy=first.remedy or "",
        question=first.question or "",
        points=points_text(told),
        effect=effect(told),
        references=tuple(_references(first)),
        facts=tuple(_fact_rows(told.findings)),
        has_places=len(places) > 1,
        answer="\n".join(_answer(finding) for finding in told.findings),
        numbers=tuple(number_of_law(parameter) for parameter in first.parameters),
        notes=tuple(note.text for note in first.notes),
    )


def heading(finding: Finding) -> str:
    """The title; that of a rule of law names a fault, which is ruled out where all is well."""
    is_ruled_out = finding.kind == "require" and finding.verdict == "clear"
    return typeset(f"Écarté : {finding.title}") if is_ruled_out else finding.title


def tag(finding: Finding) -> str:
    """The force of a rule of law, « Vérifié » where all is well; the axis of a policy."""
    if finding.kind == "reward":
        return AXIS_TITLES[finding.axis or "social"]
    if finding.verdict == "clear":
        return "Vérifié"
    return SEVERITIES[finding.severity or "advice"]


def points_text(told: Told) -> str:
    """« 4 points sur 8 ; 4 à gagner, soit + 3,1 sur la note »; nothing for a rule of law."""
    points = told.first.points
    if points is None:
        return ""
    got = f"{french.number(points.earned)} sur {french.number(points.available)} points"
    if not told.gain:
        return typeset(got)
    gain = f"{french.number(round(told.gain, 1))} point{'s' if told.gain >= 2 else ''}"
    said = f", soit {effect(told)} d'ensemble" if effect(told) else ""
    return typeset(f"{got} ; {gain} à gagner{said}")


def effect(told: Told) -> str:
    """« + 3,1 sur la note »; nothing where there is nothing to gain."""
    if not round(told.overall_gain, 1):
        return ""
    return f"+{french.NBSP}{french.number(told.overall_gain, 1)} sur la note"


def number_of_law(parameter: ParameterUsed) -> Number:
    """A number of law in French."""
    return Number(
        label=parameter.label.rstrip("."),
        shown=parameter.shown,
        why=version_reason(parameter),
        cite=parameter.cite,
        is_verified=parameter.verified,
    )


def _references(finding: Finding) -> Iterable[Reference]:
    for cited in finding.references:
        since = f"depuis le {french.day(cited.since)}" if cited.since else ""
        yield Reference(cited.cite, since, cited.says or "", cited.verified)


def _answer(finding: Finding) -> str:
    """The lines that answer a question, to copy into a tender file."""
    if finding.question is None:
        return ""
    lines = (
        "judgements:",
        f"  - rule: {finding.rule}",
        f"    at: {finding.at}",
        "    answer: compliant   # conforme ; not_compliant sinon",
        "    by: votre nom et votre fonction",
        "    on: jour de la réponse (jj/mm/aaaa)",
        "    reason: vos raisons",
    )
    return "\n".join(lines)


def _fact_rows(findings: Iterable[Finding]) -> Iterable[Row]:
    """Each fact once; the same fact at several places, once for each."""
    rows = [
        (finding.where, fact.label, fact.shown, fact.origin)
        for finding in findings
        for fact in finding.facts
    ]
    return dict.fromkeys(rows)
