"""Three-valued logic over True, False and None (unknown): strong Kleene."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

Tri = bool | None
ZERO = Decimal(0)


def every(values: Iterable[Tri]) -> Tri:
    """False as soon as one is false; true when all are; else unknown."""
    known = True
    for value in values:
        if value is False:
            return False
        known = known and value is not None
    return True if known else None


def some(values: Iterable[Tri]) -> Tri:
    """True as soon as one is true; false when all are; else unknown."""
    known = True
    for value in values:
        if value is True:
            return True
        known = known and value is not None
    return False if known else None


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The exact sum, or unknown when one part is."""
    amount = ZERO
    for value in values:
        if value is None:
            return None
        amount += value
    return amount
