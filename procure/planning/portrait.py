"""What a supply looks like, in counts: by trade, by commune, by item of a need. Names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from procure.domain.supply import (
    FIRM_KINDS,
    Capacity,
    CommuneCount,
    Firm,
    FirmKind,
    ItemSupply,
    Need,
    NeedItem,
    TradeCount,
)
from procure.planning.capacity import Survey
from procure.planning.needs import task_of

NOWHERE = "commune inconnue"
FACTS = ("trades", "commune", "workforce", "turnover_excl_tax", "reach_km", "kind", "running")


def trades_held(capacities: Sequence[Capacity], survey: Survey) -> Iterator[TradeCount]:
    """How many firms hold each trade, the most common first."""
    held = Counter(trade for one in capacities for trade in one.trades or ())
    small = Counter(trade for one in capacities if one.is_small for trade in one.trades or ())
    for trade, firms in sorted(held.items(), key=lambda pair: (-pair[1], pair[0])):
        title = survey.titles.get(trade, trade)
        yield TradeCount(trade=trade, title=title, firms=firms, small=small[trade])


def seats(firms: Sequence[Firm], survey: Survey) -> Iterator[CommuneCount]:
    """How many firms have their seat in each commune, the most common first."""
    found = Counter(firm.commune for firm in firms)
    for insee, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0] or "")):
        name = survey.titles.get(insee, insee) if insee else NOWHERE
        yield CommuneCount(insee=insee, name=name, firms=count)


def kinds(firms: Sequence[Firm]) -> dict[FirmKind, int]:
    """How many firms are of each kind; those of unknown kind are not counted."""
    found = Counter(firm.kind for firm in firms)
    return {kind: found[kind] for kind in FIRM_KINDS if found[kind]}


def unsaid(firms: Sequence[Firm]) -> dict[str, int]:
    """How many firms leave each fact unsaid."""
    return {name: sum(getattr(firm, name) is None for firm in firms) for name in FACTS}


def items_served(
    need: Need, capacities: Sequence[Capacity], survey: Survey, near_km: Decimal
) -> Iterator[ItemSupply]:
    """How many firms fit each item of a need alone."""
    return (_served(item, capacities, survey, near_km) for item in need.items)


def _served(
    item: NeedItem, capacities: Sequence[Capacity], survey: Survey, near_km: Decimal
) -> ItemSupply:
    task = task_of(item.id, [item])
    found = [(one, survey.fit(one, task)) for one in capacities]
    count = Counter(fit.ability for _, fit in found)
    able = [(one, fit) for one, fit in found if fit.ability == "able"]
    return ItemSupply(
        item=item.id,
        label=item.label,
        trade=item.trade,
        communes=item.communes,
        value_excl_tax=item.value_excl_tax,
        able=count["able"],
        stretched=count["stretched"],
        unable=count["unable"],
        unknown=count["unknown"],
        small=sum(bool(one.is_small) for one, _ in able),
        near=sum(fit.distance_km is not None and fit.distance_km <= near_km for _, fit in able),
    )
