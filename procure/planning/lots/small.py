"""
The small lots of a cut: which may leave the formal procedure, the most of them, to the cent.

The numbers of law come in as values (CCP R2123-1, 2° and R2122-8). The cap is a part of the value
of all lots; the smallest are taken first, so that as many lots as can be are eased.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from procure.domain.french import NBSP, euros, percent, plural
from procure.domain.lot_plan import PlannedLot, SmallLots, SmallLotsLaw


def small_lots(
    lots: Sequence[PlannedLot], law: SmallLotsLaw, beside: Decimal = Decimal(0)
) -> SmallLots:
    """
    The small lots of a cut; none where the whole need is under the threshold.

    Args:
        beside: the value of what stands in no lot of the cut, for all lots count in the cap.
    """
    whole = sum((lot.value_excl_tax for lot in lots), beside)
    cap = whole * law.share
    if law.is_formal is not True or law.limit_excl_tax is None:
        return _plain(law, whole, cap)
    limit = law.limit_excl_tax
    candidates = [lot for lot in lots if lot.value_excl_tax < limit]
    chosen: list[PlannedLot] = []
    total = Decimal(0)
    for lot in sorted(candidates, key=lambda one: one.value_excl_tax):
        if total + lot.value_excl_tax <= cap:
            chosen.append(lot)
            total += lot.value_excl_tax
    taken = {lot.id for lot in chosen}
    award = law.direct_award_excl_tax
    return SmallLots(
        applies=True,
        procedure=law.procedure,
        candidates=tuple(lot.id for lot in candidates),
        lots=tuple(lot.id for lot in lots if lot.id in taken),
        direct_award=tuple(
            lot.id for lot in lots if lot.id in taken and award and lot.value_excl_tax < award
        ),
        total_excl_tax=total,
        all_lots_excl_tax=whole,
        cap_excl_tax=floor(cap),
        share=total / whole if whole else Decimal(0),
        says=_said(law, len(candidates), chosen, total, whole),
    )


def floor(value: Decimal) -> Decimal:
    """To the cent below, so that a cap is never passed by rounding."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_FLOOR)


def _plain(law: SmallLotsLaw, whole: Decimal, cap: Decimal) -> SmallLots:
    if law.is_formal is False:
        says = "Le besoin est sous le seuil de procédure formalisée : l'exception est sans utilité."
    elif law.is_formal is None:
        says = "On ne sait pas si le besoin atteint le seuil de procédure formalisée."
    else:
        says = "La nature du marché n'est pas dite : le plafond d'un petit lot n'est pas connu."
    return SmallLots(
        applies=False,
        procedure=law.procedure,
        all_lots_excl_tax=whole,
        cap_excl_tax=floor(cap),
        says=says,
    )


def _said(
    law: SmallLotsLaw, candidates: int, chosen: Sequence[PlannedLot], total: Decimal, whole: Decimal
) -> str:
    assert law.limit_excl_tax is not None
    if not candidates:
        return f"Aucun lot sous {euros(law.limit_excl_tax)} : tous suivent la même procédure."
    below = f"{plural(candidates, 'lot')} sous {euros(law.limit_excl_tax)}"
    cap = f"{percent(law.share)} de {euros(whole)}, soit {euros(floor(whole * law.share))}"
    if not chosen:
        return f"{below}, aucun dans le plafond de {cap} ({law.cite})."
    taken = plural(len(chosen), "lot peut suivre", "lots peuvent suivre")
    return (
        f"{taken} une procédure adaptée, pour {euros(total)} ensemble{NBSP}; {below}, plafond de "
        f"{cap} ({law.cite})."
    )
