"""
The need in items that lots are made of: from the items of a tender, its lots, or the whole of it.

The codes of trades and communes are looked up by functions passed in; what cannot be read is told
in the notes of the need, and stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from procure.domain.french import NBSP
from procure.domain.supply import Need, NeedItem, Task, Trade
from procure.domain.tender import Item, Lot, Place, Purchase, ReservationKind, Tender

CENT = Decimal("0.01")
MONTHS = Decimal(12)
DAYS = Decimal("365.25")


@dataclass(frozen=True)
class Lookups:
    """
    How words become codes.

    Args:
        trade: the trade of some words and a CPV code, either of which may be missing.
        communes: the INSEE codes of a place; None where it is not one commune or a few.
    """

    trade: Callable[[str | None, str | None], Trade | None]
    communes: Callable[[Place], Sequence[str] | None]


def need_of(tender: Tender, lookups: Lookups) -> Need:
    """
    The need of a tender.

    Its items, and those of its lots, when a person wrote some; else each of its lots as one item;
    else the whole as one.
    """
    reader = _Reader(tender, lookups)
    if any(part.items for part in (tender, *(tender.lots or ()))):
        items, made_from = [*reader.written()], "items"
    elif tender.lots:
        items, made_from = [reader.of_lot(lot) for lot in tender.lots], "lots"
    else:
        items, made_from = [reader.of_whole()], "whole"
    return Need.model_validate(
        {
            "title": tender.title,
            "nature": tender.nature,
            "value_excl_tax": _whole(tender, items),
            "items": items,
            "made_from": made_from,
            "notes": tuple(_notes(items)),
        }
    )


def task_of(id: str, items: Sequence[NeedItem]) -> Task:
    """
    What a set of items asks of one firm.

    Reserved as soon as one item is; the turnover asked is the highest; one unknown trade, place or
    value makes that of the whole unknown.
    """
    values = [item.value_excl_tax for item in items]
    reserved = (item.reservation for item in items if item.reservation != "none")
    asked = [item.minimum_turnover_excl_tax for item in items]
    kind: ReservationKind = next(reserved, "none")
    return Task(
        id=id,
        trades=_all(None if item.trade is None else (item.trade,) for item in items),
        communes=_all(item.communes for item in items),
        value_excl_tax=_sum(values),
        yearly_excl_tax=_sum([yearly(item) for item in items]),
        starts_on=min((item.starts_on for item in items if item.starts_on), default=None),
        reservation=kind,
        minimum_turnover_excl_tax=max((one for one in asked if one is not None), default=None),
    )


def yearly(item: NeedItem) -> Decimal | None:
    """The value of an item for a year: the whole of it where it lasts no longer, or is unsaid."""
    value = item.value_excl_tax
    years = _years(item)
    if value is None or years is None or years <= 1:
        return value
    return (value / years).quantize(CENT, rounding=ROUND_HALF_UP)


def _years(item: NeedItem) -> Decimal | None:
    if item.duration_months is not None:
        return item.duration_months / MONTHS
    if item.starts_on and item.ends_on:
        return Decimal((item.ends_on - item.starts_on).days + 1) / DAYS
    return None


@dataclass(frozen=True)
class _Reader:
    tender: Tender
    lookups: Lookups

    def written(self) -> Iterator[NeedItem]:
        """The items that a person wrote, those of the tender first, then those of each lot."""
        taken: set[str] = set()
        holders: list[tuple[Purchase, Lot | None]] = [(self.tender, None)]
        holders += [(lot, lot) for lot in self.tender.lots or ()]
        for holder, lot in holders:
            for item in holder.items or ():
                yield self._of_item(item, lot, _fresh(item.label, taken))

    def of_lot(self, lot: Lot) -> NeedItem:
        return self._of_purchase(lot, lot.id, lot.title or f"Lot {lot.id}", lot.id)

    def of_whole(self) -> NeedItem:
        tender = self.tender
        return self._of_purchase(tender, tender.id, tender.title or tender.id, None)

    def _of_item(self, item: Item, lot: Lot | None, id: str) -> NeedItem:
        cpv = item.cpv or (lot and lot.cpv) or self.tender.cpv
        trade = self.lookups.trade(item.trade, item.cpv) or self.lookups.trade(item.label, cpv)
        places = (item.place,) if item.place else self._places(lot)
        return NeedItem(
            id=id,
            label=item.label,
            cpv=cpv,
            value_excl_tax=item.value_excl_tax,
            communes=self._communes(places),
            quantity=item.quantity,
            unit=item.unit,
            starts_on=item.starts_on,
            ends_on=item.ends_on,
            phase=item.phase,
            together_with=item.together_with,
            apart_from=item.apart_from,
            lot=lot.id if lot else None,
            **_of_trade(trade),
            **self._shared(lot or self.tender, has_dates=bool(item.starts_on and item.ends_on)),
        )

    def _of_purchase(self, part: Purchase, id: str, label: str, lot: str | None) -> NeedItem:
        own = None if self._is_shared(part.cpv) else part.cpv
        cpv = part.cpv or self.tender.cpv
        trade = self.lookups.trade(None, own) or self.lookups.trade(label, cpv)
        return NeedItem(
            id=id,
            label=label,
            cpv=cpv,
            value_excl_tax=_value(part),
            communes=self._communes(self._places(part)),
            lot=lot,
            **_of_trade(trade),
            **self._shared(part, has_dates=False),
        )

    def _shared(self, part: Purchase, has_dates: bool) -> dict[str, object]:
        """What a lot says for all its items, else the tender."""
        reservation = part.reservation or self.tender.reservation
        application = part.application or self.tender.application
        months = part.duration_months or self.tender.duration_months
        return {
            "duration_months": None if has_dates else months,
            "reservation": reservation.kind if reservation else "none",
            "minimum_turnover_excl_tax": application and application.minimum_turnover_excl_tax,
        }

    def _is_shared(self, cpv: str | None) -> bool:
        """Whether several lots bear a code: it then names the operation, not the trade of a lot."""
        return sum(lot.cpv == cpv for lot in self.tender.lots or ()) > 1

    def _places(self, part: Purchase | None) -> tuple[Place, ...]:
        return (part and part.places) or self.tender.places or ()

    def _communes(self, places: Iterable[Place]) -> tuple[str, ...] | None:
        return _all(self.lookups.communes(place) for place in places)


def _value(part: Purchase) -> Decimal | None:
    """The value stated, else the maximum of a framework agreement (CCP R2121-8)."""
    if part.value_excl_tax is not None or part.framework is None:
        return part.value_excl_tax
    return part.framework.maximum_excl_tax


def _of_trade(trade: Trade | None) -> dict[str, str | None]:
    if trade is None:
        return {"trade": None, "family": None}
    return {"trade": trade.id, "family": trade.family}


def _fresh(label: str, taken: set[str]) -> str:
    """The label, numbered where another item has it already."""
    number, id = 1, label
    while id in taken:
        number += 1
        id = f"{label} ({number})"
    taken.add(id)
    return id


def _all(parts: Iterable[Sequence[str] | None]) -> tuple[str, ...] | None:
    """Every code of the parts once, in order; None where one is unknown, or there is none."""
    found: dict[str, None] = {}
    for part in parts:
        if part is None:
            return None
        found.update(dict.fromkeys(part))
    return tuple(sorted(found)) or None


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _whole(tender: Tender, items: Sequence[NeedItem]) -> Decimal | None:
    if (stated := _value(tender)) is not None:
        return stated
    return _sum([item.value_excl_tax for item in items])


def _notes(items: Sequence[NeedItem]) -> Iterator[str]:
    missing: tuple[tuple[str, str], ...] = (
        ("trade", "son métier n'est pas reconnu"),
        ("communes", "sa commune n'est pas reconnue"),
        ("value_excl_tax", "sa valeur n'est pas connue"),
    )
    for item in items:
        said = [words for name, words in missing if getattr(item, name) is None]
        if said:
            yield f"«{NBSP}{item.label[:200]}{NBSP}»{NBSP}: {', '.join(said)}"
