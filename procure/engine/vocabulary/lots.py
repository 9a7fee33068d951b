"""Facts of the division into lots, of each lot, and of reservations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from procure.domain.tender import Lot
from procure.engine.kleene import Tri, every, some, total
from procure.engine.views import LotView, TenderView
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import fact
from procure.engine.vocabulary.procedure import field_of, inside


def _count(view: TenderView) -> int | None:
    return None if view.tender.lots is None else len(view.tender.lots)


def _part_of_value(view: TenderView, keep: Callable[[Lot], Tri]) -> Decimal | None:
    """The share of the lots' value that `keep` keeps."""
    whole = view.lots_value
    kept = [(keep(lot.lot), lot.value) for lot in view.lots]
    if not whole or any(wanted is None for wanted, _ in kept):
        return None
    part = total(value for wanted, value in kept if wanted)
    return None if part is None else part / whole


def _is_small(lot: Lot) -> Tri:
    used = lot.small_lot_procedure
    return None if used is None else used != "none"


def _small_lots(view: TenderView) -> int | None:
    used = [_is_small(lot) for lot in view.tender.lots or ()]
    return None if view.tender.lots is None or None in used else used.count(True)


def _reservation(lot: Any) -> str | None:
    return None if lot is None else lot.kind


def _is_reserved(lot: Lot) -> Tri:
    return None if lot.reservation is None else lot.reservation.kind != "none"


def _reservations(view: TenderView) -> frozenset[str] | None:
    kinds = [r.kind if r is not None else None for r in view.each("reservation")]
    return None if None in kinds else frozenset(kind for kind in kinds if kind and kind != "none")


def _any_reserved(view: TenderView) -> Tri:
    return some(None if r is None else r.kind != "none" for r in view.each("reservation"))


def _mentioned(view: TenderView) -> Tri:
    reserved = [r for r in view.each("reservation") if r is None or r.kind != "none"]
    return every(r and r.mentioned_in_notice for r in reserved) if reserved else None


def _place_key(lot: Lot) -> tuple[str, ...] | None:
    names = [p.insee or p.commune or p.postcode or p.nuts for p in lot.places or ()]
    return None if not names or None in names else tuple(sorted(str(n) for n in names))


def _is_geographic(view: TenderView) -> Tri:
    """Whether lots of one kind differ by their place of performance."""
    if view.tender.lots is None:
        return None
    keys = [_place_key(lot) for lot in view.tender.lots]
    if len(keys) < 2:
        return False
    if None in keys:
        return True if len(set(keys) - {None}) > 1 else None
    return len(set(keys)) > 1


def _jei_share(view: TenderView) -> Decimal | None:
    return _part_of_value(
        view, lambda lot: None if (r := lot.reservation) is None else r.kind == "jei"
    )


def _written(name: str) -> Callable[[TenderView], Tri]:
    """Whether a text is there; a text that is not there may exist elsewhere: unknown."""
    return lambda view: True if getattr(view.tender, name) else None


def _no_lots_reason(view: TenderView) -> Tri:
    return True if view.tender.no_lots and view.tender.no_lots.reason else None


def _share_within(view: TenderView, low: Decimal, high: Decimal) -> Decimal | None:
    sizes = [lot.value for lot in view.lots]
    if not sizes or any(size is None for size in sizes):
        return None
    within = sum(1 for size in sizes if size is not None and low < size <= high)
    return Decimal(within) / len(sizes)


def _lot_reservation(lot: LotView) -> str | None:
    return _reservation(lot.get("reservation"))


def _lot_of_reservation(name: str) -> Callable[[LotView], Any]:
    def read(lot: LotView) -> Any:
        reservation = lot.get("reservation")
        return None if reservation is None else getattr(reservation, name)

    return read


def _lot_share(lot: LotView) -> Decimal | None:
    whole = lot.view.value
    return None if lot.value is None or not whole else lot.value / whole


FACTS = (
    fact("lots.count", "count", "nombre de lots", _count, "lots"),
    fact("lots.is_divided", "bool", "marché alloti", lambda v: v.is_divided, "lots"),
    fact("lots.no_lots_ground", "code", "motif de non-allotissement", inside("no_lots", "ground"),
         "no_lots.ground", "no_lots", values=codes.NO_LOTS_GROUNDS),
    fact("lots.has_no_lots_reason", "bool", "motif de non-allotissement rédigé", _no_lots_reason,
         "no_lots.reason", "no_lots"),
    fact("lots.largest_value_excl_tax", "money", "valeur du plus grand lot",
         lambda v: None if not v.lots or v.lots_value is None else max(lot.value for lot in v.lots), "lots"),
    fact("lots.small_count", "count", "nombre de petits lots utilisés", _small_lots, "lots"),
    fact("lots.small_share", "share", "part des petits lots dans la valeur de tous les lots",
         lambda v: _part_of_value(v, _is_small), "lots",
         description="Lots passés en procédure adaptée ou sans mise en concurrence au titre de leur petit "
         "montant, rapportés à la valeur de tous les lots (CCP R2123-1 2°)."),
    fact("lots.max_bid", "count", "nombre maximal de lots par candidat", field_of("max_lots_bid"),
         "max_lots_bid"),
    fact("lots.max_won", "count", "nombre maximal de lots attribués", field_of("max_lots_won"),
         "max_lots_won"),
    fact("lots.has_award_rule", "bool", "règle de départage entre lots écrite", _written("lots_award_rule"),
         "lots_award_rule"),
    fact("lots.variable_offers", "bool", "offres variables selon le nombre de lots",
         field_of("variable_offers"), "variable_offers"),
    fact("lots.is_geographic", "bool", "lots géographiques", _is_geographic, "lots"),
    fact("lots.under_25k_share", "share", "part des lots d'au plus 25 000 €",
         lambda v: _share_within(v, Decimal(-1), Decimal(25_000)), "lots",
         description="En nombre de lots. Seuil tiré de la littérature (Hoekman et Taş 2022), pas du droit."),
    fact("lots.under_200k_share", "share", "part des lots d'au plus 200 000 €",
         lambda v: _share_within(v, Decimal(-1), Decimal(200_000)), "lots",
         description="En nombre de lots. Ordre de grandeur de ce qu'un artisan peut porter ; hypothèse."),
    fact("reservation.any", "bool", "marché ou lot réservé", _any_reserved, "reservation", "lots"),
    fact("reservation.kinds", "codes", "réservations du marché", _reservations, "reservation", "lots",
         values=codes.RESERVATIONS),
    fact("reservation.value_share", "share", "part réservée de la valeur des lots",
         lambda v: _part_of_value(v, _is_reserved), "lots"),
    fact("reservation.jei_share", "share", "part des lots réservés aux jeunes entreprises innovantes",
         _jei_share, "lots"),
    fact("reservation.is_mentioned", "bool", "réservation mentionnée dans l'avis", _mentioned,
         "reservation.mentioned_in_notice", "lots"),
    fact("lot.nature", "code", "nature du lot", lambda lot: lot.get("nature"), "nature", scope="lot",
         values=codes.NATURES),
    fact("lot.value_excl_tax", "money", "valeur du lot", lambda lot: lot.value, "value_excl_tax",
         "framework.maximum_excl_tax", "initial_value_excl_tax", scope="lot"),
    fact("lot.value_share", "share", "part du lot dans la valeur du besoin", _lot_share, "value_excl_tax",
         scope="lot"),
    fact("lot.small_lot_procedure", "code", "dérogation « petit lot » utilisée",
         lambda lot: lot.lot.small_lot_procedure, "small_lot_procedure", scope="lot",
         values=codes.SMALL_LOTS),
    fact("lot.duration_months", "months", "durée du lot", lambda lot: lot.get("duration_months"),
         "duration_months", scope="lot"),
    fact("lot.reservation", "code", "réservation du lot", _lot_reservation, "reservation.kind",
         "reservation", scope="lot", values=codes.RESERVATIONS),
    fact("lot.reserved_workers_share", "share", "part de travailleurs visés exigée",
         _lot_of_reservation("workers_share"), "reservation.workers_share", scope="lot"),
    fact("lot.reservation_is_mentioned", "bool", "réservation du lot mentionnée dans l'avis",
         _lot_of_reservation("mentioned_in_notice"), "reservation.mentioned_in_notice", scope="lot"),
    fact("lot.suitable_for_sme", "bool", "lot signalé comme adapté aux PME",
         lambda lot: lot.get("suitable_for_sme"), "suitable_for_sme", scope="lot"),
    fact("lot.cpv", "code", "code CPV du lot", lambda lot: lot.get("cpv"), "cpv", scope="lot"),
)  # fmt: skip
