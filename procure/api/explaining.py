"""The proof of each finding, as a tree: finding, article, facts, parameters, derived facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from procure.api.rules import find_rule, rulebook
from procure.api.scoring import score
from procure.domain import french
from procure.domain.report import Derived, FactUsed, Finding, ParameterUsed, Report
from procure.engine import speech
from procure.engine.judge import EngineName

VERDICTS = {
    "breach": "manquement",
    "clear": "vérifié",
    "unknown": "à compléter",
    "to_judge": "à juger",
    "not_applicable": "sans objet",
}


POLICY_VERDICTS = {**VERDICTS, "breach": "points à gagner", "clear": "points acquis"}


@dataclass(frozen=True, slots=True)
class Node:
    """A line of a proof, and what it rests on."""

    text: str
    children: tuple[Node, ...] = ()


def explain(
    path: Path,
    code: str | None,
    on: date | None,
    profile_name: str,
    engine: EngineName,
    used_on: date | None = None,
) -> list[Node]:
    """
    The proofs of the findings of one rule, or of all of them.

    Raises:
        RulebookError: no rule has that code or name; names the nearest.
        InputError: the file cannot be read.
    """
    rule = None if code is None else find_rule(code).code
    report = score(path, on, profile_name, engine, used_on).report
    if rule is None:
        return [_finding(finding, report) for finding in report.findings]
    return _one(rule, report)


def _one(code: str, report: Report) -> list[Node]:
    findings = [_finding(finding, report) for finding in report.findings if finding.rule == code]
    derived = [_derived(one, report) for one in report.derived if one.rule == code]
    if findings or derived:
        return findings + derived
    rule = rulebook().rule(code)
    title = rule.file.title if rule else ""
    reason = "ne concerne pas ce marché" if code in report.not_applicable else "ne conclut rien ici"
    return [Node(french.typeset(f"{code} {reason} : {title}"))]


def _finding(finding: Finding, report: Report) -> Node:
    words = POLICY_VERDICTS if finding.kind == "reward" else VERDICTS
    verdict = words[finding.verdict]
    head = f"{finding.rule} · {verdict} · {speech.place(finding.at)} : {finding.title}"
    children = [Node(finding.message)]
    if finding.points:
        got, out_of = finding.points.earned, finding.points.available
        children.append(Node(f"Points : {french.number(got)} sur {french.number(out_of)}"))
    children += [Node(note.text) for note in finding.notes]
    children += [Node(_reference(r.cite, r.since, r.verified)) for r in finding.references]
    children += [_fact(fact, finding.at, report) for fact in finding.facts]
    children += [_parameter(parameter) for parameter in finding.parameters]
    if finding.remedy:
        children.append(Node(f"Que faire : {finding.remedy}"))
    return Node(french.typeset(head), tuple(children))


def _reference(cite: str, since: date | None, verified: bool) -> str:
    start = f", depuis le {french.day(since)}" if since else ""
    return french.typeset(f"Texte : {cite}{start}{'' if verified else ' (à confirmer)'}")


def _fact(fact: FactUsed, at: str, report: Report) -> Node:
    """A fact, with the proof of its value where rules concluded it."""
    proofs = tuple(_proofs(fact.name, at, report))
    return Node(french.typeset(f"Fait : {fact.label} = {fact.shown} [{fact.origin}]"), proofs)


def _proofs(name: str, at: str, report: Report) -> Iterator[Node]:
    for derived in report.derived:
        if derived.fact == name and derived.at in (at, "tender"):
            yield _derived(derived, report)


def _derived(derived: Derived, report: Report) -> Node:
    rule = rulebook().rule(derived.rule)
    title = rule.file.title if rule else ""
    facts = tuple(_fact(fact, derived.at, report) for fact in derived.because)
    parameters = tuple(_parameter(parameter) for parameter in derived.parameters)
    return Node(french.typeset(f"{derived.rule} : {title}"), facts + parameters)


def _parameter(parameter: ParameterUsed) -> Node:
    """A number of law, and why this version of it was chosen."""
    since = f"du {french.day(parameter.since)}" if parameter.since else "depuis l'origine"
    until = f" au {french.day(parameter.until)}" if parameter.until else ", sans fin connue"
    why = f"version {since}{until}, car le jour jugé est le {french.day(parameter.day)}"
    doubt = "" if parameter.verified else ", à confirmer"
    return Node(
        french.typeset(
            f"Nombre : {parameter.name} = {parameter.shown} ({parameter.cite} ; {why}{doubt})"
        )
    )
