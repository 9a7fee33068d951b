"""What a criterion is marked on: an amount or a mark out of ten; its parts."""

from __future__ import annotations

from procure.domain.tender import Criterion
from procure.exchange.boards import BLANK
from procure.exchange.sheets.parts import Part

_AMOUNTS = ("price", "cost")
UNKNOWN = (
    Criterion(label="Prix", kind="price", themes=("price",)),
    Criterion(label=BLANK),
    Criterion(label=BLANK),
)
"""The lines of a grid whose criteria are not known yet."""


def criteria_of(part: Part) -> tuple[Criterion, ...]:
    """The criteria of a part, or blank lines to write them in."""
    return part.criteria or UNKNOWN


def is_amount(criterion: Criterion, parent: Criterion | None = None) -> bool:
    """Whether an amount of the offer is compared, rather than its quality judged."""
    if criterion.kind is not None:
        return criterion.kind in _AMOUNTS
    if criterion.themes:
        return all(theme in _AMOUNTS for theme in criterion.themes)
    return parent is not None and is_amount(parent)
