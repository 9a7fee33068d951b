"""The parts of a tender that make a contract each: its lots, or itself; with what each inherits."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from procure.domain.french import day, typeset
from procure.domain.tender import (
    Clause,
    Criterion,
    FrameworkAgreement,
    Item,
    Lot,
    Nature,
    Tender,
)
from procure.exchange.boards import BLANK, Board

NEVER = date(2000, 1, 1)
"""Written as the creation of a workbook whose tender has no day yet."""

LONGEST_NAME = 18
_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]'\x00-\x1f]")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part:
    """A contract to come: `name` is short and its own, for a sheet; `title` is for people."""

    name: str
    title: str
    tender: Tender
    lot: Lot | None = None

    def said(self, field: str) -> Any:
        """A field of the lot, or of the tender where the lot does not say."""
        own = getattr(self.lot, field) if self.lot else None
        return own if own is not None else getattr(self.tender, field)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(self.said("criteria") or ())

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(self.said("clauses") or ())

    @property
    def nature(self) -> Nature | None:
        nature: Nature | None = self.said("nature")
        return nature

    @property
    def is_framework(self) -> bool:
        framework: FrameworkAgreement | None = self.said("framework")
        return framework is not None and framework.is_framework

    @property
    def months(self) -> Decimal | None:
        months: Decimal | None = self.said("duration_months")
        return months

    @property
    def items(self) -> tuple[Item, ...]:
        """The pieces of the need of this contract alone."""
        own = self.lot if self.lot else self.tender
        return own.items or ()

    @property
    def value(self) -> Decimal | None:
        """The value of this contract alone, excluding tax."""
        own = self.lot if self.lot else self.tender
        return own.value_excl_tax


def parts(tender: Tender) -> list[Part]:
    """The lots in their order, or the tender itself where it has none."""
    if not tender.lots:
        return [Part("Marché", tender.title or BLANK, tender)]
    taken: set[str] = set()
    return [_lot(tender, lot, place, taken) for place, lot in enumerate(tender.lots, 1)]


def _lot(tender: Tender, lot: Lot, place: int, taken: set[str]) -> Part:
    named = lot.id if re.match(r"lot\b", lot.id, re.IGNORECASE) else f"Lot {lot.id}"
    name = _NOT_IN_NAMES.sub("", named).strip()
    if len(name) > LONGEST_NAME or name.casefold() in taken:
        name = f"Lot n° {place}"
    while name.casefold() in taken:
        name += " bis"
    taken.add(name.casefold())
    return Part(name, typeset(f"{named} : {lot.title or BLANK}"), tender, lot)


def groups(found: Iterable[Part], key: Callable[[Part], Key]) -> list[list[Part]]:
    """The parts that share something, in their order."""
    shared: dict[Key, list[Part]] = {}
    for part in found:
        shared.setdefault(key(part), []).append(part)
    return list(shared.values())


def group_name(group: list[Part], tender: Tender) -> str:
    """The name of a sheet for several parts: « Tous les lots », « Lot 1 et suivants »."""
    if len(group) == 1:
        return group[0].name
    whole = len(group) == len(tender.lots or ())
    return "Tous les lots" if whole else f"{group[0].name} et autres"


def group_title(group: list[Part]) -> str:
    """Which contracts a sheet is for."""
    if len(group) == 1:
        return group[0].title
    return "Lots concernés : " + ", ".join(part.name.removeprefix("Lot ") for part in group)


def opened(board: Board, heading: str, tender: Tender, subtitle: str, *notes: str) -> None:
    """The first lines of every sheet: what it is, of which tender and lot, how to fill it."""
    board.line(heading, "title")
    subject = f"{tender.title or BLANK} · {tender.buyer.name or BLANK} · référence {tender.id}"
    board.line(subject, "note")
    if subtitle != tender.title:
        board.line(subtitle, "group")
    for note in notes:
        board.line(typeset(note), "note")


def footer(heading: str, tender: Tender) -> str:
    return f"{heading} · {tender.title or tender.id}"


def created(tender: Tender) -> date:
    """The day written in a workbook: the tender's, so that it is the same bytes each time."""
    return tender.consultation_on or NEVER


def deadline(tender: Tender) -> str:
    """« Date limite : 27 octobre 2026 »."""
    return f"Date limite de remise des offres : {day(tender.due_on) if tender.due_on else BLANK}"
