"""
The best cut of a need into sensible lots: one integer program over all of them.

Every kind of piece is taken exactly as often as there are pieces. What a cut is worth is counted
again from the data, exactly; the solver only chooses. Steps: the program without whole numbers
bounds it and prices every lot; a good cut is sought among the lots it likes; then the lots that can
no longer be part of a better one are left out, and the others solved. A search that the clock ends
falls back on the good cut, which does not depend on the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal
from typing import Protocol

from procure.domain.lot_plan import Aim, LotTerms
from procure.planning.lots.pieces import Kind, amount
from procure.planning.lots.reach import Reach
from procure.planning.lots.sensible import Sketch, Take
from procure.planning.solver import Program, Solution, Stop, solve

LOT_IN_FIRMS = Decimal("0.2")
"""Where firms are counted, one more lot must bring at least a fifth of a firm."""

LIKED = 40
"""How many lots for each kind of piece are weighed in the first, narrow search."""

NARROW_NODES = 50
NUMBER = "number"
"""The number of lots is an unknown of its own: the solver branches on it, which proves faster."""

CENT = Decimal("0.01")
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What a cut must respect, and how long to look.

    Args:
        most_lots: no more lots than that.
        most_undersized: how many lots may be below the least value.
        nodes: how many branches are looked at, at the most.
    """

    most_lots: int | None = None
    most_undersized: int = 0
    nodes: int = 1_000


class Remaining(Protocol):
    """Seconds left before the guard of the clock."""

    def __call__(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Cut:
    """
    Lots that cover the need: each sketch with how many of it are made.

    `worth` is exact; `bound` is the most any cut may be worth, `worth` itself where proven.
    """

    lots: tuple[tuple[Sketch, int], ...]
    worth: Decimal
    bound: Decimal
    is_proven: bool
    stopped: Stop | None = None

    @property
    def count(self) -> int:
        return sum(times for _, times in self.lots)


@dataclass
class Model:
    """The program over some sensible lots, and its answers."""

    kinds: Sequence[Kind]
    sketches: Sequence[Sketch]
    reach: Reach
    terms: LotTerms
    remaining: Remaining
    _groups: list[tuple[int, tuple[int, ...]]] | None = field(default=None, repr=False)
    _places: dict[Take, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._places = {sketch.take: place for place, sketch in enumerate(self.sketches)}

    def best(self, aim: Aim, limits: Limits) -> Cut | None:
        """The cut worth most, or None where none respects the limits, or none was found."""
        gains = [float(self.gain(sketch, aim)) for sketch in self.sketches]
        return self._search(gains, aim, limits)

    def fewest(self, limits: Limits, only_undersized: bool = False) -> Cut | None:
        """The cut of fewest lots, or of fewest lots below the least value."""
        costs = [-1.0 if not only_undersized or self._is_small(s) else 0.0 for s in self.sketches]
        return self._search(costs, None, limits)

    # --- what a cut is worth, exactly ------------------------------------------------------------

    def gain(self, sketch: Sketch, aim: Aim) -> Decimal:
        """What one lot adds by itself: value within reach of small firms, less what it costs."""
        if aim == "firms":
            return -LOT_IN_FIRMS
        return access(sketch.cents, sketch.able, self.reach, self.terms)

    def worth(self, lots: Iterable[tuple[Sketch, int]], aim: Aim) -> Decimal:
        """What lots are worth together."""
        chosen = list(lots)
        own = sum((self.gain(one, aim) * times for one, times in chosen), Decimal(0))
        if aim == "value":
            return own
        return own + united(sketch.able for sketch, _ in chosen).bit_count()

    def roof(self, aim: Aim | None) -> Decimal:
        """More than any cut may be worth, without looking."""
        if aim == "firms":
            every = united(sketch.able for sketch in self.sketches)
            return every.bit_count() - LOT_IN_FIRMS
        if aim is None:
            return Decimal(0)
        whole = sum(piece.cents for kind in self.kinds for piece in kind.pieces)
        return amount(whole) - self.terms.lot_cost_excl_tax

    # --- the program -----------------------------------------------------------------------------

    def _search(self, gains: Sequence[float], aim: Aim | None, limits: Limits) -> Cut | None:
        every = [place for place, sketch in enumerate(self.sketches) if self._may(sketch, limits)]
        whole = self._program(every, aim, limits)
        goal = self._goal(every, gains, aim)
        loose = solve(whole.relaxed(), goal, is_most=True, seconds=self._seconds())
        if loose.status == "infeasible":
            alone = self._first(limits, gains, aim) if loose.stopped else None
            return alone and replace(alone, stopped=loose.stopped)
        good = self._narrow(every, gains, aim, limits, loose)
        if good is not None and good.stopped == "hand":
            return replace(good, bound=_ceiling(loose.value, good.worth))
        left = every if good is None else self._promising(every, loose, good, gains, aim)
        program = self._program(left, aim, limits)
        start = None if good is None else self._start(good, left)
        found = solve(
            program,
            self._goal(left, gains, aim),
            is_most=True,
            nodes=limits.nodes,
            seconds=self._seconds(),
            start=start,
        )
        return self._settled(found, good, loose.value, gains, aim)

    def _program(self, places: Sequence[int], aim: Aim | None, limits: Limits) -> Program:
        program = Program()
        rows: dict[int, dict[str, float]] = {kind.number: {} for kind in self.kinds}
        counts = {kind.number: kind.count for kind in self.kinds}
        for place in places:
            take = self.sketches[place].take
            most = min(counts[number] // count for number, count in take)
            name = program.choice(_lot(place), 0, most)
            for number, count in take:
                rows[number][name] = float(count)
        for kind in self.kinds:
            program.add(rows[kind.number], kind.count, kind.count)
        every = sum(counts.values())
        whole = program.choice(NUMBER, 0, every if limits.most_lots is None else limits.most_lots)
        program.add({**{_lot(place): 1.0 for place in places}, whole: -1.0}, 0, 0)
        small = [place for place in places if self._is_small(self.sketches[place])]
        if small:
            program.add({_lot(place): 1.0 for place in small}, most=limits.most_undersized)
        if aim == "firms":
            self._add_firms(program, places)
        return program

    def _add_firms(self, program: Program, places: Sequence[int]) -> None:
        """Firms count once a lot they can take is made; those able for the same lots are one."""
        kept = set(places)
        for number, (_, lots) in enumerate(self._alike()):
            here = [place for place in lots if place in kept]
            name = program.amount(f"firms {number}", 0, 1 if here else 0)
            if here:
                program.add({name: 1.0, **{_lot(place): -1.0 for place in here}}, most=0)

    def _alike(self) -> list[tuple[int, tuple[int, ...]]]:
        """Groups of firms able for the same lots: how many, and the lots."""
        if self._groups is None:
            lots: list[list[int]] = [[] for _ in self.reach.capacities]
            for place, sketch in enumerate(self.sketches):
                mask = sketch.able
                while mask:
                    low = mask & -mask
                    lots[low.bit_length() - 1].append(place)
                    mask ^= low
            counted: dict[tuple[int, ...], int] = {}
            for able in lots:
                if able:
                    counted[tuple(able)] = counted.get(tuple(able), 0) + 1
            self._groups = [(count, places) for places, count in counted.items()]
        return self._groups

    def _goal(
        self, places: Sequence[int], gains: Sequence[float], aim: Aim | None
    ) -> dict[str, float]:
        goal = {_lot(place): gains[place] for place in places}
        if aim == "firms":
            for number, (count, _) in enumerate(self._alike()):
                goal[f"firms {number}"] = float(count)
        return goal

    # --- the search ------------------------------------------------------------------------------

    def _narrow(
        self,
        every: Sequence[int],
        gains: Sequence[float],
        aim: Aim | None,
        limits: Limits,
        loose: Solution,
    ) -> Cut | None:
        """A good cut among the lots that the program without whole numbers likes."""
        liked = sorted(every, key=lambda place: (-loose.prices.get(_lot(place), 0.0), place))
        alone = [place for place in every if len(self.sketches[place].take) == 1]
        places = sorted({*liked[: LIKED * len(self.kinds)], *alone})
        if len(places) == len(every):
            return self._first(limits, gains, aim)
        found = solve(
            self._program(places, aim, limits),
            self._goal(places, gains, aim),
            is_most=True,
            nodes=NARROW_NODES,
            seconds=self._seconds(),
        )
        if found.status == "infeasible" or found.stopped == "clock":
            plain = self._first(limits, gains, aim)
            return plain and replace(plain, stopped=found.stopped)
        return self._cut(found, loose.value, gains, aim, is_proven=False)

    def _promising(
        self,
        every: Sequence[int],
        loose: Solution,
        good: Cut,
        gains: Sequence[float],
        aim: Aim | None,
    ) -> list[int]:
        """The lots that a better cut may hold: the others cost more than what is still to win."""
        to_win = loose.value - float(self._worth(good.lots, gains, aim)) + SLACK * abs(loose.value)
        kept = {place for place in every if -loose.prices.get(_lot(place), 0.0) <= to_win + SLACK}
        kept |= {self._place(sketch) for sketch, _ in good.lots}
        return sorted(kept)

    def _first(self, limits: Limits, gains: Sequence[float], aim: Aim | None) -> Cut | None:
        """Each piece by itself, where that respects the limits."""
        lots: list[tuple[Sketch, int]] = []
        for kind in self.kinds:
            place = self._places.get(((kind.number, 1),))
            if place is None:
                return None
            lots.append((self.sketches[place], kind.count))
        count = sum(times for _, times in lots)
        small = sum(times for sketch, times in lots if self._is_small(sketch))
        if small > limits.most_undersized or count > (limits.most_lots or count):
            return None
        worth = self._worth(lots, gains, aim)
        return Cut(tuple(lots), worth, max(worth, self.roof(aim)), False)

    def _start(self, cut: Cut, places: Sequence[int]) -> dict[str, float]:
        made = {self._place(sketch): float(times) for sketch, times in cut.lots}
        start = {_lot(place): made.get(place, 0.0) for place in places}
        start[NUMBER] = float(cut.count)
        for number, (_, lots) in enumerate(self._alike() if self._groups else ()):
            start[f"firms {number}"] = float(any(place in made for place in lots))
        return start

    def _settled(
        self,
        found: Solution,
        good: Cut | None,
        top: float,
        gains: Sequence[float],
        aim: Aim | None,
    ) -> Cut | None:
        """What is kept of the search; one that the clock ended leaves the good cut."""
        if found.status == "infeasible" or found.stopped == "clock":
            if good is None and found.status != "infeasible":
                good = self._cut(found, top, gains, aim, is_proven=False)
            if good is None or (found.status == "infeasible" and found.stopped is None):
                return good
            return Cut(good.lots, good.worth, _ceiling(top, good.worth), False, found.stopped)
        if found.status == "optimal":
            return self._cut(found, found.value, gains, aim, is_proven=True)
        bound = min(top, max(found.bound, found.value))
        return self._cut(found, bound, gains, aim, is_proven=False)

    def _cut(
        self,
        found: Solution,
        bound: float,
        gains: Sequence[float],
        aim: Aim | None,
        is_proven: bool,
    ) -> Cut:
        lots: list[tuple[Sketch, int]] = []
        for name, value in found.values.items():
            times = round(value)
            if name.startswith("lot ") and times:
                lots.append((self.sketches[int(name[4:])], times))
        worth = self._worth(lots, gains, aim)
        top = worth if is_proven else _ceiling(bound, worth)
        return Cut(tuple(lots), worth, top, is_proven, found.stopped)

    def _worth(
        self, lots: Iterable[tuple[Sketch, int]], gains: Sequence[float], aim: Aim | None
    ) -> Decimal:
        if aim is not None:
            return self.worth(lots, aim)
        return sum(
            (Decimal(int(gains[self._place(sketch)])) * times for sketch, times in lots),
            Decimal(0),
        )

    def _place(self, sketch: Sketch) -> int:
        return self._places[sketch.take]

    # --- limits ----------------------------------------------------------------------------------

    def _is_small(self, sketch: Sketch) -> bool:
        return amount(sketch.cents) < self.terms.least_value_excl_tax

    def _may(self, sketch: Sketch, limits: Limits) -> bool:
        return limits.most_undersized > 0 or not self._is_small(sketch)

    def _seconds(self) -> float:
        return max(0.05, self.remaining())


def access(value: int, able: int, reach: Reach, terms: LotTerms) -> Decimal:
    """The value of a lot held within reach of small firms, less what a lot costs."""
    steps = terms.access_by_small_firms
    small = (able & reach.small).bit_count()
    return amount(value) * steps[min(small, len(steps) - 1)] - terms.lot_cost_excl_tax


def united(masks: Iterable[int]) -> int:
    """The firms of all the masks, each once."""
    found = 0
    for mask in masks:
        found |= mask
    return found


def _lot(place: int) -> str:
    return f"lot {place}"


def _ceiling(bound: float, worth: Decimal) -> Decimal:
    """A bound to the cent above, never below what was found."""
    return max(worth, Decimal(str(bound)).quantize(CENT, rounding=ROUND_CEILING))
