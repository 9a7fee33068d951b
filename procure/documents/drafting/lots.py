"""What is bought and in which parts: the need, the lots, the reservations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from procure.documents.drafting import amounts
from procure.documents.drafting.words import NO_LOTS, RESERVED_BY, RESERVED_FOR, WORKERS
from procure.domain.tender import Lot, Place, Purchase, Tender

Row = dict[str, Any]


def parts(tender: Tender) -> tuple[Lot, ...]:
    """The lots; none where the need is one contract."""
    return tender.lots or ()


def lot_rows(tender: Tender) -> list[Row]:
    """Each lot as documents show it; what it does not say is that of the tender."""
    return [lot_row(lot, tender) for lot in parts(tender)]


def lot_row(lot: Lot, tender: Tender) -> Row:
    """One lot: number, title, what it is worth, where and how long."""
    return {
        "id": lot.id,
        "name": f"Lot {lot.id}" + (f" – {lot.title}" if lot.title else ""),
        "title": lot.title,
        "description": lot.description,
        "cpv": lot.cpv or tender.cpv,
        "value": amounts.money(value_of(lot)),
        "places": places(lot.places or tender.places),
        "duration": amounts.months(_inherited(lot, tender, "duration_months")),
        "due_on": amounts.day(lot.due_on or tender.due_on),
        "reservation": reservation(lot) or reservation(tender),
        "framework": framework(lot) or framework(tender),
        "small": lot.small_lot_procedure,
        "response_hours": amounts.hours(_inherited(lot, tender, "response_hours")),
    }


def value_of(purchase: Purchase) -> Decimal | None:
    """The value of a need, or the maximum of its framework where only that is said."""
    if purchase.value_excl_tax is None and purchase.framework:
        return purchase.framework.maximum_excl_tax
    return purchase.value_excl_tax


def reservation(purchase: Purchase) -> Row | None:
    """Whom a contract is kept for, by which article."""
    said = purchase.reservation
    if said is None or said.kind == "none":
        return None
    return {
        "whom": RESERVED_FOR[said.kind],
        "article": RESERVED_BY[said.kind],
        "workers": WORKERS.get(said.kind),
        "share": amounts.share(said.workers_share),
    }


def framework(purchase: Purchase) -> Row | None:
    """The bounds of a framework agreement."""
    said = purchase.framework
    if said is None or not said.is_framework:
        return None
    return {
        "maximum": amounts.money(said.maximum_excl_tax),
        "minimum": amounts.money(said.minimum_excl_tax),
        "contractors": said.contractors,
        "longer": said.longer_duration_reason,
    }


def renewals(tender: Tender) -> Row | None:
    """How often and how long the contract may be renewed, how long it may last in all."""
    said = tender.renewals
    if said is None or said.count == 0:
        return None
    total = None
    if said.months is not None and tender.duration_months is not None:
        total = tender.duration_months + said.count * said.months
    return {
        "count": said.count,
        "months": amounts.months(said.months),
        "value": amounts.money(said.value_excl_tax),
        "total": amounts.months(total),
    }


def places(said: Iterable[Place] | None) -> str | None:
    """« Biard, Ligugé, Dissay »."""
    names = [place.commune or place.insee or place.postcode or place.nuts for place in said or ()]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def no_lots(tender: Tender) -> Row | None:
    """Why the contract is not divided."""
    if tender.no_lots is None or tender.no_lots.ground == "none":
        return None
    return {"ground": NO_LOTS.get(tender.no_lots.ground), "reason": tender.no_lots.reason}


def item_rows(tender: Tender, lot: Lot | None = None) -> list[Row]:
    """The pieces of the need, of a lot where they are told by lot."""
    said = (lot.items if lot else tender.items) or ()
    return [
        {
            "label": item.label,
            "trade": item.trade,
            "quantity": _quantity(item.quantity, item.unit),
            "place": places((item.place,)) if item.place else None,
        }
        for item in said
    ]


def _quantity(quantity: Decimal | None, unit: str | None) -> str | None:
    from procure.domain import french

    if quantity is None:
        return None
    return french.number(quantity) + (f" {unit}" if unit else "")


def _inherited(lot: Lot, tender: Tender, field: str) -> Any:
    own = getattr(lot, field)
    return getattr(tender, field) if own is None else own
