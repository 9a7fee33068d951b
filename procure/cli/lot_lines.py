"""A study of lots as lines of text: the front, the plain cuts, the lots of each scenario."""

from __future__ import annotations

from collections.abc import Iterator

from procure.cli.lines import BLANK, Line
from procure.domain.french import NBSP, euros, number, percent, plural, typeset
from procure.domain.lot_plan import LotPlan, LotStudy, PlannedLot
from procure.domain.supply_words import NEVER_TO_CHOOSE, SYNTHETIC

STOPS = {
    "nodes": "la recherche a atteint sa limite",
    "clock": "la durée donnée est passée ; une autre machine peut trouver mieux",
    "hand": "la recherche a été interrompue",
}


def study_lines(study: LotStudy, name: str) -> Iterator[Line]:
    """The whole study."""
    yield Line(study.title or name, "title")
    if study.is_synthetic:
        yield Line(typeset(f"({SYNTHETIC})"), "warning")
    if study.scenarios:
        yield BLANK
        yield Line("SCÉNARIOS", "heading")
        for plan in study.scenarios:
            yield from _summary(plan)
    yield BLANK
    yield Line("DÉCOUPAGES SIMPLES, POUR COMPARER", "heading")
    for plan in study.baselines:
        yield from _summary(plan)
    shown = study.scenarios or tuple(one for one in study.baselines if one.name == "today")
    for plan in shown:
        yield from _lots(plan)
    yield from _left(study)
    yield BLANK
    yield Line(typeset(NEVER_TO_CHOOSE), "soft")


def _summary(plan: LotPlan) -> Iterator[Line]:
    firms = plural(plan.firms, "entreprise peut", "entreprises peuvent")
    reached = percent(plan.accessible_share.quantize(plan.accessible_share.__class__("0.001")))
    said = f"{plan.title} : {plural(len(plan.lots), 'lot')}, {reached} de la valeur à portée"
    yield Line(
        typeset(f"{said} d'une petite entreprise, {firms} prendre un lot au moins"),
        "strong",
        indent=2,
        hang=2,
    )
    if plan.most_lots is not None:
        yield Line(typeset(_proof(plan)), "soft", indent=4, hang=0)
    for problem in plan.problems:
        yield Line(typeset(problem), "warning", indent=4, hang=0)


def _proof(plan: LotPlan) -> str:
    unit = f"{NBSP}€" if plan.aim == "value" else " entreprises"
    worth = f"objectif {number(plan.objective)}{unit}, borne {number(plan.bound)}{unit}"
    if plan.status == "optimal":
        return f"{worth} : prouvé, aucun découpage de lots sensés ne fait mieux"
    stopped = f" ({STOPS[plan.stopped]})" if plan.stopped else ""
    return f"{worth} : à {percent(plan.gap)} près, non prouvé{stopped}"


def _lots(plan: LotPlan) -> Iterator[Line]:
    yield BLANK
    yield Line(typeset(plan.title.upper()), "heading")
    for lot in plan.lots:
        yield from _lot(lot)
    if plan.small_lots is not None:
        yield Line(typeset(plan.small_lots.says), "soft", indent=2)


def _lot(lot: PlannedLot) -> Iterator[Line]:
    yield Line(typeset(f"{lot.id}. {lot.title} : {euros(lot.value_excl_tax)}"), indent=2, hang=3)
    able = lot.able
    said = (
        f"{plural(able.total, 'entreprise')} en capacité, dont {plural(able.small, 'petite')} et "
        f"{plural(able.near, 'proche')} ; {plural(lot.stretched, 'tendue')} ; "
        f"{plural(lot.grown.total, 'reste', 'restent')} si la valeur croît d'un cinquième"
    )
    yield Line(typeset(said), "soft", indent=5)
    if len(lot.items) > 1:
        yield Line(typeset(" ; ".join(lot.labels)), "soft", indent=5)


def _left(study: LotStudy) -> Iterator[Line]:
    if study.unserved:
        yield BLANK
        yield Line(f"SANS LOT ({len(study.unserved)})", "heading")
        for one in study.unserved:
            yield Line(typeset(f"{one.label} : {one.reason}"), "warning", indent=2, hang=2)
    if study.notes:
        yield BLANK
        for note in study.notes:
            yield Line(typeset(f"- {note}"), "soft", indent=2, hang=2)
    if not study.is_whole:
        said = f"Plus de {number(study.counted)} lots possibles : tous n'ont pas été pesés."
        yield Line(typeset(said), "warning")
