"""Facts of the division into lots, of each lot, and of reservations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import compress
from typing import Any

from procure.domain.tender import Lot, Purchase, Reservation
from procure.engine.kleene import Tri, every, some, total
from procure.engine.views import LotView, TenderView, first_period
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import fact, stated
from procure.engine.vocabulary.procedure import field_of, inside, span

WORKERS = ("disability", "inclusion", "disability_and_inclusion", "prison")
"""The reservations that rest on a share of certain workers (CCP R2113-7)."""


def _count(view: TenderView) -> int | None:
    return None if view.tender.lots is None else len(view.tender.lots)


def _part_of_value(view: TenderView, keep: Callable[[Lot], Tri]) -> Decimal | None:
    """The share of the lots' value that `keep` keeps."""
    whole = view.lots_value
    kept = [keep(lot) for lot in view.tender.lots or ()]
    if not whole or None in kept:
        return None
    part = total(compress(view.lot_values, kept))
    return None if part is None else part / whole


def _is_small(lot: Lot) -> Tri:
    used = lot.small_lot_procedure
    return None if used is None else used != "none"


def _claims_small(lot: Lot) -> Tri:
    """Whether the file uses the small-lot exception for a lot; unsaid is not used."""
    return lot.small_lot_procedure not in (None, "none")


def _claims_direct_award(lot: Lot) -> Tri:
    return lot.small_lot_procedure == "direct_award"


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
    return None if not names or None in names else tuple(sorted(filter(None, names)))


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
    return lambda view: stated(getattr(view.tender, name))


def _no_lots_reason(view: TenderView) -> Tri:
    return stated(view.tender.no_lots.reason) if view.tender.no_lots else None


def _reserved(view: TenderView, *kinds: str) -> list[tuple[Purchase, Reservation]]:
    """The contracts that the file reserves to some kinds; unsaid is not reserved."""
    if not any(r is not None and r.kind in kinds for r in view.each("reservation")):
        return []
    found = [(contract, view.inherited(contract, "reservation")) for contract in view.contracts]
    return [(contract, r) for contract, r in found if r is not None and r.kind in kinds]


def _stated_kinds(view: TenderView) -> frozenset[str]:
    stated_ones = {r.kind for r in view.each("reservation") if r is not None}
    return frozenset(stated_ones - {"none"})


def _stated_mention(view: TenderView) -> Tri:
    """Whether the notice mentions every reservation that the file states."""
    mentions = [r.mentioned_in_notice for r in view.each("reservation") if r and r.kind != "none"]
    return every(mentions) if mentions else None


def _workers_share(view: TenderView) -> Decimal | None:
    """The lowest share asked of the operators that employ a share of certain workers."""
    shares = [r.workers_share for _, r in _reserved(view, *WORKERS)]
    known = [share for share in shares if share is not None]
    return min(known) if known and len(known) == len(shares) else None


def _social_economy_months(view: TenderView) -> Decimal | None:
    spans = [span(view, contract) for contract, _ in _reserved(view, "social_economy")]
    known = [months for months in spans if months is not None]
    return max(known) if known and len(known) == len(spans) else None


def _stated_jei_share(view: TenderView) -> Decimal | None:
    return _part_of_value(view, lambda lot: bool(lot.reservation and lot.reservation.kind == "jei"))


def initial_value(view: TenderView, contract: Purchase) -> Decimal | None:
    """The amount of the first period, without renewals; unknown while these are."""
    if (first := first_period(contract)) is not None:
        return first
    renewals = view.inherited(contract, "renewals")
    return contract.value_excl_tax if renewals is not None and renewals.count == 0 else None


def _lot_advance_refused(lot: LotView) -> bool:
    advance = lot.get("advance")
    return advance is not None and advance.granted is False


def _share_within(view: TenderView, low: Decimal, high: Decimal) -> Decimal | None:
    sizes = view.lot_values
    if not sizes or None in sizes:
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
         lambda v: None if not v.lots or v.lots_value is None else max(lot.value for lot in v.lots),
         "lots"),
    fact("lots.small_count", "count", "nombre de petits lots utilisés", _small_lots, "lots"),
    fact("lots.small_share", "share", "part des petits lots dans la valeur de tous les lots",
         lambda v: _part_of_value(v, _claims_small), "lots",
         description="Lots passés en procédure adaptée ou sans mise en concurrence au titre de "
         "leur petit "
         "montant, rapportés à la valeur de tous les lots (CCP R2123-1 2°)."),
    fact("lots.small_claimed", "bool", "procédure allégée pour de petits lots",
         lambda v: any(_claims_small(lot) for lot in v.tender.lots or ()), "lots",
         description="Vrai si le dossier l'utilise pour un lot au moins (CCP R2123-1 2°)."),
    fact("lots.direct_award_claimed", "bool", "lots passés sans mise en concurrence",
         lambda v: any(_claims_direct_award(lot) for lot in v.tender.lots or ()), "lots",
         description="Vrai si le dossier le dit pour un lot au moins (CCP R2122-8)."),
    fact("lots.direct_award_share", "share", "part des lots passés sans mise en concurrence",
         lambda v: _part_of_value(v, _claims_direct_award), "lots",
         description="Lots que le dossier passe sans mise en concurrence, rapportés à la valeur de "
         "tous les lots (CCP R2122-8)."),
    fact("lots.max_bid", "count", "nombre maximal de lots par candidat", field_of("max_lots_bid"),
         "max_lots_bid"),
    fact("lots.max_won", "count", "nombre maximal de lots attribués", field_of("max_lots_won"),
         "max_lots_won"),
    fact("lots.has_award_rule", "bool", "règle de départage entre lots écrite",
         _written("lots_award_rule"),
         "lots_award_rule"),
    fact("lots.has_award_cap", "bool", "nombre de lots par titulaire limité",
         lambda v: v.tender.max_lots_won is not None, "max_lots_won",
         description="Vrai si le dossier fixe une limite."),
    fact("lots.allows_variable_offers", "bool", "offres variables admises",
         lambda v: v.tender.variable_offers is True, "variable_offers",
         description="Vrai si le dossier admet des offres variables selon le nombre de lots."),
    fact("lots.variable_offers", "bool", "offres variables selon le nombre de lots",
         field_of("variable_offers"), "variable_offers"),
    fact("lots.is_geographic", "bool", "lots géographiques", _is_geographic, "lots"),
    fact("lots.under_25k_share", "share", "part des lots d'au plus 25 000 €",
         lambda v: _share_within(v, Decimal(-1), Decimal(25_000)), "lots",
         description="En nombre de lots. Seuil tiré de la littérature (Hoekman et Taş 2022), pas "
         "du droit."),
    fact("lots.under_200k_share", "share", "part des lots d'au plus 200 000 €",
         lambda v: _share_within(v, Decimal(-1), Decimal(200_000)), "lots",
         description="En nombre de lots. Ordre de grandeur de ce qu'un artisan peut porter ; "
         "hypothèse."),
    fact("reservation.any", "bool", "marché ou lot réservé", _any_reserved, "reservation", "lots"),
    fact("reservation.kinds", "codes", "réservations du marché", _reservations, "reservation",
         "lots",
         values=codes.RESERVATIONS),
    fact("reservation.is_stated", "bool", "réservation écrite dans le dossier",
         lambda v: bool(_stated_kinds(v)), "reservation", "lots"),
    fact("reservation.stated_kinds", "codes", "réservations écrites dans le dossier", _stated_kinds,
         "reservation", "lots", values=codes.RESERVATIONS,
         description="Un lot dont le dossier ne dit rien n'y ajoute rien."),
    fact("reservation.stated_is_mentioned", "bool", "réservations écrites, dites dans l'avis",
         _stated_mention, "reservation.mentioned_in_notice", "lots",
         description="Un lot dont le dossier ne dit rien ne compte pas."),
    fact("reservation.workers_share", "share", "plus faible part de travailleurs visés",
         _workers_share, "reservation.workers_share", "lots",
         description="Parmi les lots réservés aux EA, ESAT, SIAE et au travail pénitentiaire."),
    fact("reservation.social_economy_months", "months", "durée réservée à l'économie sociale",
         _social_economy_months, "duration_months", "renewals", "lots",
         description="La plus longue, reconductions comprises, parmi les lots ainsi réservés."),
    fact("reservation.stated_jei_share", "share", "part réservée aux jeunes entreprises innovantes",
         _stated_jei_share, "lots",
         description="Valeur des lots que le dossier leur réserve, rapportée à tous les lots."),
    fact("reservation.value_share", "share", "part réservée de la valeur des lots",
         lambda v: _part_of_value(v, _is_reserved), "lots"),
    fact("reservation.jei_share", "share",
         "part des lots réservés aux jeunes entreprises innovantes",
         _jei_share, "lots"),
    fact("reservation.is_mentioned", "bool", "réservation mentionnée dans l'avis", _mentioned,
         "reservation.mentioned_in_notice", "lots"),
    fact("lot.nature", "code", "nature du lot", lambda lot: lot.get("nature"), "nature",
         scope="lot",
         values=codes.NATURES),
    fact("lot.value_excl_tax", "money", "valeur du lot", lambda lot: lot.value, "value_excl_tax",
         "framework.maximum_excl_tax", "initial_value_excl_tax", scope="lot"),
    fact("lot.value_share", "share", "part du lot dans la valeur du besoin", _lot_share,
         "value_excl_tax",
         scope="lot"),
    fact("lot.initial_value_excl_tax", "money", "montant initial du lot",
         lambda lot: initial_value(lot.view, lot.lot), "initial_value_excl_tax", "renewals",
         scope="lot", description="Sans les reconductions (CCP R2191-3)."),
    fact("lot.advance_refused", "bool", "avance refusée sur le lot", _lot_advance_refused,
         "advance.granted", "advance", scope="lot",
         description="Vrai si le dossier dit qu'aucune avance n'est accordée."),
    fact("lot.small_lot_procedure", "code", "dérogation « petit lot » utilisée",
         lambda lot: lot.lot.small_lot_procedure or "none", "small_lot_procedure", scope="lot",
         values=codes.SMALL_LOTS,
         description="Celle que le dossier utilise ; ce qu'il ne dit pas n'est pas utilisé."),
    fact("lot.duration_months", "months", "durée du lot", lambda lot: lot.get("duration_months"),
         "duration_months", scope="lot"),
    fact("lot.reservation", "code", "réservation du lot", _lot_reservation, "reservation.kind",
         "reservation", scope="lot", values=codes.RESERVATIONS),
    fact("lot.reserved_workers_share", "share", "part de travailleurs visés exigée",
         _lot_of_reservation("workers_share"), "reservation.workers_share", scope="lot"),
    fact("lot.reservation_is_mentioned", "bool", "réservation du lot mentionnée dans l'avis",
         _lot_of_reservation("mentioned_in_notice"), "reservation.mentioned_in_notice",
         scope="lot"),
    fact("lot.suitable_for_sme", "bool", "lot signalé comme adapté aux PME",
         lambda lot: lot.get("suitable_for_sme"), "suitable_for_sme", scope="lot"),
    fact("lot.cpv", "code", "code CPV du lot", lambda lot: lot.get("cpv"), "cpv", scope="lot"),
)  # fmt: skip
