"""The tender as its report recalls it."""

from __future__ import annotations

from collections.abc import Iterator

from procure.domain.report import CriterionSummary, LotSummary, TenderSummary
from procure.domain.tender import Criterion, Lot, Tender
from procure.engine.views import TenderView, themes_of, whole_value
from procure.registers import cpv


def summary(view: TenderView) -> TenderSummary:
    """Identity, lots and criteria; the amounts are those of the whole need."""
    tender = view.tender
    criteria = tuple(_criteria(tender))
    owners = (tender, *(tender.lots or ()))
    is_known = any(owner.criteria is not None for owner in owners)
    return TenderSummary(
        id=tender.id,
        title=tender.title,
        buyer=tender.buyer.name,
        nature=tender.nature,
        cpv=tender.cpv,
        cpv_label=cpv.label(tender.cpv) if tender.cpv else None,
        value_excl_tax=view.value,
        lots=None if tender.lots is None else tuple(_lot(lot) for lot in tender.lots),
        criteria=criteria if is_known else None,
    )


def _lot(lot: Lot) -> LotSummary:
    reserved = None if lot.reservation is None else lot.reservation.kind != "none"
    return LotSummary(
        id=lot.id, title=lot.title, value_excl_tax=whole_value(lot), reserved=reserved
    )


def _criteria(tender: Tender) -> Iterator[CriterionSummary]:
    for i, criterion in enumerate(tender.criteria or ()):
        yield _criterion(criterion, f"criteria[{i}]")
    for k, lot in enumerate(tender.lots or ()):
        for i, criterion in enumerate(lot.criteria or ()):
            yield _criterion(criterion, f"lots[{k}].criteria[{i}]")


def _criterion(criterion: Criterion, at: str) -> CriterionSummary:
    themes = themes_of(criterion)
    return CriterionSummary(
        label=criterion.label,
        weight=criterion.weight,
        theme=themes[0] if themes else None,
        at=at,
    )
