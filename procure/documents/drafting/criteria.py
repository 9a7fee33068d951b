"""The award criteria, as one table a set: of all lots, or of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure.documents.drafting import amounts
from procure.documents.drafting.lots import parts
from procure.documents.drafting.prose import prose
from procure.domain.tender import Criterion, Tender

Row = dict[str, Any]
LONGEST = 400
"""How long a description may be in the cell of a table; longer, it stands under it."""


def criteria_sets(tender: Tender) -> list[Row]:
    """
    The sets of criteria; a lot without its own is judged by those of the tender.

    `ranking`: « weights », « order » or None where neither is known.
    """
    own = [lot for lot in parts(tender) if lot.criteria is not None]
    sets = [_set(f"Lot {lot.id}", lot.criteria or (), lot.criteria_ranking) for lot in own]
    if tender.criteria is not None and (len(own) < len(parts(tender)) or not own):
        place = "Tous les lots" if parts(tender) else None
        place = "Autres lots" if own else place
        sets.insert(0, _set(place, tender.criteria, tender.criteria_ranking))
    return sets


def _set(place: str | None, criteria: Sequence[Criterion], ranking: str | None) -> Row:
    rows = [_row(criterion) for criterion in criteria]
    if ranking is None and rows:
        weighed = all(criterion.weight is not None for criterion in criteria)
        ranked = all(criterion.rank is not None for criterion in criteria)
        ranking = "weights" if weighed else "order" if ranked else None
    if ranking == "order":
        rows.sort(key=lambda row: row["rank"] or len(rows))
    return {"place": place, "ranking": ranking, "rows": rows}


def _row(criterion: Criterion) -> Row:
    is_long = len(criterion.description or "") > LONGEST or "\n" in (criterion.description or "")
    return {
        "label": criterion.label,
        "weight": amounts.share(criterion.weight),
        "rank": criterion.rank,
        "description": None if is_long else criterion.description,
        "detail": prose(criterion.description, True) if is_long and criterion.description else None,
        "method": criterion.method,
        "is_price": criterion.kind in ("price", "cost") or "price" in (criterion.themes or ()),
        "subs": [_row(sub) for sub in criterion.sub_criteria or ()],
        "environmental": "environmental" in (criterion.themes or ()),
        "social": "social" in (criterion.themes or ()),
    }
