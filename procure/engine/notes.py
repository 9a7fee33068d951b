"""What is said beside a finding: texts read too long ago, what a profile made stricter or chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from procure.domain import french
from procure.domain.report import Note, Verdict
from procure.domain.words import SEVERITIES
from procure.engine import speech
from procure.engine.binding import BoundRule, BoundRulebook
from procure.engine.evidence import truth
from procure.rulebook.freshness import Reading
from procure.rulebook.overlays import FORCE
from procure.rulebook.schema import Setting


def notes(bound: BoundRule, book: BoundRulebook, by_profile: bool) -> Iterator[Note]:
    """
    What to know of a finding.

    Args:
        by_profile: the law alone would say less; see `is_by_profile`.
    """
    for reading in bound.stale:
        yield Note(kind="stale", text=french.typeset(_stale(reading, bound, book)))
    for setting in bound.settings:
        yield Note(kind="profile", text=french.typeset(_set(setting, bound, book, by_profile)))


def is_by_profile(bound: BoundRule, verdict: Verdict, facts: Mapping[str, Any]) -> bool:
    """Whether a rule of law says more than the law alone would, because a profile asks more."""
    if bound.rule.file.kind != "require" or verdict == "clear" or not bound.settings:
        return False
    if FORCE.index(bound.severity) > FORCE.index(bound.force):
        return True
    if verdict == "unknown":
        return False
    alone = replace(bound, versions={**bound.versions, **bound.without})
    holds = truth(bound.rule.when, facts, alone), truth(bound.rule.breach, facts, alone)
    return holds != (True, True)


def _stale(reading: Reading, bound: BoundRule, book: BoundRulebook) -> str:
    assert book.used_on is not None
    name = book.rulebook.parameters[reading.name].description if reading.name in bound.units else ""
    read = {"text": f"Texte « {reading.name} » relu", "number": f"Nombre « {name} » relu"}
    said = (
        f"{read[reading.what]} le {french.day(reading.checked_on)}, plus de "
        f"{book.rulebook.fresh_months} mois avant le {french.day(book.used_on)} : à relire"
    )
    return f"{said}, la règle avertit sans bloquer." if bound.awaits_check else f"{said}."


def _set(setting: Setting, bound: BoundRule, book: BoundRulebook, by_profile: bool) -> str:
    by = f"par le profil « {setting.profile} »"
    if setting.key == "points":
        before = book.rulebook.rule(bound.code)
        assert before is not None and before.file.points is not None
        said = f"{french.number(setting.number)} au lieu de {french.number(before.file.points)}"
        return f"Points relevés {by} : {said}."
    if setting.key == "severities":
        assert bound.force is not None
        raised = f"{_force(setting.severity)} au lieu de {_force(bound.force)}"
        wait = " Le texte reste à vérifier : la règle avertit sans bloquer."
        return f"Force relevée {by} : {raised}.{wait if bound.awaits_check else ''}"
    return f"{_number(setting, bound, book, by)}{_alone(setting, by_profile)}"


def _number(setting: Setting, bound: BoundRule, book: BoundRulebook, by: str) -> str:
    shown = speech.parameter(bound, setting.name)
    without = speech.parameter(replace(bound, versions=dict(bound.without)), setting.name)
    if setting.key == "choices":
        return f"Repère choisi {by} : {shown} (sans lui : {without})."
    is_lower = book.rulebook.parameters[setting.name].stricter == "lower"
    moved = "abaissé" if is_lower else "relevé"
    return f"Seuil {moved} {by} : {shown} (droit : {without}, {bound.without[setting.name].cite})."


def _alone(setting: Setting, by_profile: bool) -> str:
    return " Le droit seul est respecté." if by_profile and setting.key == "parameters" else ""


def _force(severity: Any) -> str:
    return f"« {SEVERITIES[severity].lower()} »"
