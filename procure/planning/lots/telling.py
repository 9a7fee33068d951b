"""A cut of the need as a plan that people read: lots with who is able to take each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from procure.domain.french import NBSP, plural
from procure.domain.lot_plan import (
    Able,
    Aim,
    LotPlan,
    LotTerms,
    PlannedLot,
    PlanStatus,
    StopCode,
)
from procure.domain.supply import Distance
from procure.planning.lots.model import LOT_IN_FIRMS, access, united
from procure.planning.lots.pieces import Kind, Piece, amount
from procure.planning.lots.reach import Load, Reach, load_of
from procure.planning.lots.sensible import Sketch, clash

GROWN = Decimal("1.2")
RATIO = Decimal("0.000001")
MOST_NAMED = 4

Group = tuple[Piece, ...]
"""The pieces of one lot."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a plan beside its lots."""

    name: str
    title: str
    aim: Aim
    bound: Decimal
    is_proven: bool
    seconds: float = 0.0
    most_lots: int | None = None
    stopped: StopCode | None = None


@dataclass
class Teller:
    """Turns groups of pieces into plans; what is counted once for a lot is kept."""

    reach: Reach
    terms: LotTerms
    distance: Distance
    titles: Mapping[str, str]
    _near: dict[frozenset[str], int] = field(default_factory=dict, repr=False)

    def plan(self, groups: Iterable[Group], found: Found) -> LotPlan:
        """The plan of some lots, numbered in the order of the items."""
        ordered = sorted(groups, key=lambda group: min(piece.number for piece in group))
        places = {code for group in ordered for piece in group for code in piece.communes}
        lots = tuple(
            self._lot(str(number), group, places) for number, group in enumerate(ordered, 1)
        )
        able = [self.reach.able(load_of(group)) for group in ordered]
        worth = self.worth(ordered, found.aim)
        bound = max(worth, found.bound)
        every = united(able)
        return LotPlan(
            name=found.name,
            title=found.title,
            aim=found.aim,
            status=_status(found, worth),
            objective=worth,
            bound=bound,
            gap=_gap(worth, bound),
            seconds=round(found.seconds, 3),
            lots=lots,
            value_excl_tax=sum((lot.value_excl_tax for lot in lots), Decimal(0)),
            accessible_share=_share(lots),
            firms=every.bit_count(),
            small_firms=(every & self.reach.small).bit_count(),
            most_lots=found.most_lots,
            stopped=found.stopped,
            problems=tuple(self._problems(lots, ordered)),
        )

    def worth(self, groups: Iterable[Group], aim: Aim) -> Decimal:
        """What a cut is worth, exactly, sensible or not."""
        masks = [(sum(p.cents for p in group), self.able(group)) for group in groups]
        if aim == "firms":
            return united(able for _, able in masks).bit_count() - LOT_IN_FIRMS * len(masks)
        worths = (access(value, able, self.reach, self.terms) for value, able in masks)
        return sum(worths, Decimal(0))

    def able(self, group: Group) -> int:
        return self.reach.able(load_of(group))

    def _lot(self, id: str, group: Group, places: set[str]) -> PlannedLot:
        load = load_of(group)
        return PlannedLot(
            id=id,
            title=self._title(load, places),
            items=tuple(item.id for piece in group for item in piece.items),
            labels=tuple(item.label for piece in group for item in piece.items),
            trades=tuple(sorted(load.trades)),
            communes=tuple(sorted(load.communes)),
            value_excl_tax=amount(load.cents),
            reservation=load.reservation,
            able=self._able(load),
            stretched=self.reach.stretched(load).bit_count(),
            grown=self._able(load.times(GROWN)),
        )

    def _able(self, load: Load) -> Able:
        able = self.reach.able(load)
        return Able(
            total=able.bit_count(),
            small=(able & self.reach.small).bit_count(),
            near=(able & self._near_bits(load.communes)).bit_count(),
        )

    def _near_bits(self, communes: frozenset[str]) -> int:
        """The firms near every commune of a lot."""
        if communes not in self._near:
            self._near[communes] = sum(
                1 << place
                for place, firm in enumerate(self.reach.capacities)
                if firm.commune and self._is_near(firm.commune, communes)
            )
        return self._near[communes]

    def _is_near(self, home: str, communes: frozenset[str]) -> bool:
        far = [self.distance(home, code) for code in communes]
        return all(km is not None and km <= self.terms.near_km for km in far)

    def _title(self, load: Load, places: set[str]) -> str:
        trades = _few([self.titles.get(code, code) for code in sorted(load.trades)])
        if load.communes == places and len(places) > 1:
            return f"{trades} (tous les lieux)"
        return f"{trades} ({_few([self.titles.get(code, code) for code in sorted(load.communes)])})"

    def _problems(self, lots: Sequence[PlannedLot], groups: Sequence[Group]) -> Iterable[str]:
        """Why such a cut would not be proposed."""
        without = [lot.id for lot in lots if lot.able.total == 0]
        if without:
            said = plural(len(without), "lot n'a", "lots n'ont")
            yield f"{said} aucune entreprise en capacité{NBSP}: {_numbers(without)}"
        mixed = [
            lot.id
            for lot, group in zip(lots, groups, strict=True)
            if len({piece.mixing for piece in group}) > 1
        ]
        if mixed:
            what = "des éléments réservés, ou à chiffre d'affaires demandé, mêlés à d'autres"
            yield f"{what}{NBSP}: {_numbers(mixed)}"
        apart = [lot.id for lot, group in zip(lots, groups, strict=True) if clash(group)]
        if apart:
            yield f"des éléments à tenir à part sont ensemble{NBSP}: {_numbers(apart)}"


def groups_of(lots: Iterable[tuple[Sketch, int]], kinds: Sequence[Kind]) -> list[Group]:
    """The pieces of each lot of a cut; equal pieces are dealt in their order."""
    dealt = {kind.number: iter(kind.pieces) for kind in kinds}
    return [
        tuple(next(dealt[number]) for number, count in sketch.take for _ in range(count))
        for sketch, times in sorted(lots, key=lambda one: one[0].take)
        for _ in range(times)
    ]


def _gap(worth: Decimal, bound: Decimal) -> Decimal:
    """What may be left to win, as a part of the greater of the two, to a millionth above."""
    whole = max(abs(worth), abs(bound), Decimal(1))
    return ((bound - worth) / whole).quantize(RATIO, ROUND_CEILING)


def _share(lots: Sequence[PlannedLot]) -> Decimal:
    """The part of the value in lots that a small firm at least is able to take."""
    whole = sum((lot.value_excl_tax for lot in lots), Decimal(0))
    reached = sum((lot.value_excl_tax for lot in lots if lot.able.small), Decimal(0))
    return reached / whole if whole else Decimal(0)


def _status(found: Found, worth: Decimal) -> PlanStatus:
    return "optimal" if found.is_proven and worth >= found.bound else "feasible"


def _few(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} et {len(names) - MOST_NAMED} autres"


def _numbers(ids: Sequence[str]) -> str:
    return f"lots {', '.join(ids)}" if len(ids) > 1 else f"lot {ids[0]}"
