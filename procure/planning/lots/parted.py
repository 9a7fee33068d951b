"""
The best cut of a need in parts that no lot joins: each is solved by itself, then put together.

Where firms are counted, parts that a firm may serve together are one. With a limit on the lots,
each part is solved for every count that may serve, and the counts are shared out exactly; the
bounds of the parts are shared out in the same way, and bound the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from procure.domain.lot_plan import Aim, LotTerms
from procure.planning.lots.model import Cut, Limits, Model, Remaining
from procure.planning.lots.pieces import Kind
from procure.planning.lots.reach import Reach
from procure.planning.lots.sensible import Sketch
from procure.planning.solver import Stop

STOPS: tuple[Stop, ...] = ("hand", "clock", "nodes")


class Parted:
    """Answers as `Model` does, part by part where the need falls into parts."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        sketches: Sequence[Sketch],
        reach: Reach,
        terms: LotTerms,
        remaining: Remaining,
    ) -> None:
        self.kinds, self.sketches, self.remaining = kinds, sketches, remaining
        self.whole = Model(kinds, sketches, reach, terms, remaining)
        self._jobs, self._is_stopped = 1, False
        by_lots = _joined(kinds, sketches)
        by_firms = _joined_by_firms(by_lots, sketches)
        self._parts: dict[Aim, list[Model]] = {
            "value": [self._part(part, reach, terms) for part in by_lots],
            "firms": [self._part(part, reach, terms) for part in by_firms],
        }
        self._known: dict[tuple[Aim, int, int | None, int], Cut | None] = {}

    def roof(self, aim: Aim | None) -> Decimal:
        """More than any cut may be worth, without looking."""
        return self.whole.roof(aim)

    def worth(self, lots: Iterable[tuple[Sketch, int]], aim: Aim) -> Decimal:
        """What lots are worth together, exactly."""
        return self.whole.worth(lots, aim)

    def fewest(self, limits: Limits, only_undersized: bool = False) -> Cut | None:
        """The cut of fewest lots, or of fewest lots below the least value."""
        parts = self._parts["value"]
        if len(parts) == 1 or limits.most_undersized or limits.most_lots is not None:
            return self.whole.fewest(limits, only_undersized)
        cuts = self._each(parts, lambda part: part.fewest(limits, only_undersized))
        return _together(cuts)

    def best(self, aim: Aim, limits: Limits) -> Cut | None:
        """The cut worth most, or None where none respects the limits, or none was found."""
        parts = self._parts[aim]
        if len(parts) == 1 or limits.most_undersized:
            return self.whole.best(aim, limits)
        free = self._at(aim, [None] * len(parts), limits)
        whole = _together(free)
        if whole is None or limits.most_lots is None or whole.count <= limits.most_lots:
            return whole
        return self._shared_out(aim, limits, limits.most_lots, free)

    def _shared_out(
        self, aim: Aim, limits: Limits, most: int, free: Sequence[Cut | None]
    ) -> Cut | None:
        """The best way to share a number of lots out among the parts."""
        parts = self._parts[aim]
        bare = replace(limits, most_lots=None)
        fewest = self._each(parts, lambda part: part.fewest(bare))
        counts = [cut.count for cut in free if cut is not None]
        over = sum(counts) - most
        curves: list[list[tuple[int, Cut]]] = []
        self._jobs = sum(min(over, count) for count in counts)
        for number, (count, least) in enumerate(zip(counts, fewest, strict=True)):
            if least is None:
                return None
            lowest = max(least.count, count - over)
            curve = [(n, self._one(aim, number, n, limits)) for n in range(lowest, count)]
            found = [(n, cut) for n, cut in curve if cut is not None]
            top = free[number]
            assert top is not None
            curves.append([*found, (count, top)])
        floors = [
            max(_floor(least), count - over)
            for count, least in zip(counts, fewest, strict=True)
            if least is not None
        ]
        return _split(curves, floors, most)

    def _at(self, aim: Aim, counts: Sequence[int | None], limits: Limits) -> list[Cut | None]:
        self._jobs = len(counts)
        return [self._one(aim, number, count, limits) for number, count in enumerate(counts)]

    def _one(self, aim: Aim, number: int, count: int | None, limits: Limits) -> Cut | None:
        """The best cut of a part in so many lots at the most; looked for once."""
        key = (aim, number, count, limits.nodes)
        if key not in self._known:
            part = self._parts[aim][number]
            self._known[key] = self._heard(part.best(aim, replace(limits, most_lots=count)))
        self._jobs = max(1, self._jobs - 1)
        return self._known[key]

    def _each(
        self, parts: Sequence[Model], search: Callable[[Model], Cut | None]
    ) -> list[Cut | None]:
        found: list[Cut | None] = []
        for number, part in enumerate(parts):
            self._jobs = len(parts) - number
            found.append(self._heard(search(part)))
        return found

    def _heard(self, cut: Cut | None) -> Cut | None:
        """Leave no time to the other parts once a person stopped one."""
        self._is_stopped |= cut is not None and cut.stopped == "hand"
        return cut

    def _part(self, numbers: frozenset[int], reach: Reach, terms: LotTerms) -> Model:
        return Model(
            [kind for kind in self.kinds if kind.number in numbers],
            [sketch for sketch in self.sketches if sketch.take[0][0] in numbers],
            reach,
            terms,
            lambda: 0.0 if self._is_stopped else self.remaining() / self._jobs,
        )


def _together(cuts: Sequence[Cut | None]) -> Cut | None:
    """The cuts of all the parts as one; None where a part has none."""
    known = [cut for cut in cuts if cut is not None]
    if len(known) < len(cuts):
        return None
    return Cut(
        lots=tuple(sorted((lot for cut in known for lot in cut.lots), key=lambda lot: lot[0].take)),
        worth=sum((cut.worth for cut in known), Decimal(0)),
        bound=sum((cut.bound for cut in known), Decimal(0)),
        is_proven=all(cut.is_proven for cut in known),
        stopped=min((cut.stopped for cut in known if cut.stopped), key=STOPS.index, default=None),
    )


def _split(
    curves: Sequence[Sequence[tuple[int, Cut]]], floors: Sequence[int], most: int
) -> Cut | None:
    """One cut of each curve, the best together within a number of lots, and its bound."""
    states: dict[int, tuple[Decimal, tuple[Cut, ...]]] = {0: (Decimal(0), ())}
    bounds: dict[int, Decimal] = {0: Decimal(0)}
    for curve, floor in zip(curves, floors, strict=True):
        states = _added(states, curve, most)
        tops = [(min(floor, curve[0][0]), curve[0][1].bound), *((n, c.bound) for n, c in curve)]
        bounds = _bounded(bounds, tops, most)
    if not states:
        return None
    worth, cuts = max(states.values(), key=lambda state: state[0])
    merged = _together(cuts)
    assert merged is not None
    bound = max(worth, *bounds.values())
    return replace(merged, bound=bound, is_proven=bound == worth)


def _added(
    states: dict[int, tuple[Decimal, tuple[Cut, ...]]], curve: Sequence[tuple[int, Cut]], most: int
) -> dict[int, tuple[Decimal, tuple[Cut, ...]]]:
    wider: dict[int, tuple[Decimal, tuple[Cut, ...]]] = {}
    for used, (worth, cuts) in states.items():
        for _, cut in curve:
            count = used + cut.count
            total = worth + cut.worth
            if count <= most and (count not in wider or wider[count][0] < total):
                wider[count] = total, (*cuts, cut)
    return wider


def _bounded(
    bounds: dict[int, Decimal], tops: Sequence[tuple[int, Decimal]], most: int
) -> dict[int, Decimal]:
    wider: dict[int, Decimal] = {}
    for used, bound in bounds.items():
        for count, top in tops:
            if used + count <= most:
                wider[used + count] = max(bound + top, wider.get(used + count, bound + top))
    return wider


def _floor(fewest: Cut) -> int:
    """No cut has fewer lots: what is proven, whole."""
    return int((-fewest.bound).to_integral_value(ROUND_CEILING))


def _joined(kinds: Sequence[Kind], sketches: Sequence[Sketch]) -> list[frozenset[int]]:
    """The kinds that lots join, near or far."""
    leader = {kind.number: kind.number for kind in kinds}

    def find(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for sketch in sketches:
        first = find(sketch.take[0][0])
        for number, _ in sketch.take[1:]:
            other = find(number)
            first, other = min(first, other), max(first, other)
            leader[other] = first
    parts: dict[int, set[int]] = {}
    for kind in kinds:
        parts.setdefault(find(kind.number), set()).add(kind.number)
    return _in_order([frozenset(part) for part in parts.values()], sketches)


def _in_order(parts: Sequence[frozenset[int]], sketches: Sequence[Sketch]) -> list[frozenset[int]]:
    """The least work first, so that what it leaves of the clock goes to the greatest."""
    lots = {part: 0 for part in parts}
    part_of = {number: part for part in parts for number in part}
    for sketch in sketches:
        lots[part_of[sketch.take[0][0]]] += 1
    return sorted(parts, key=lambda part: (lots[part], min(part)))


def _joined_by_firms(
    parts: Sequence[frozenset[int]], sketches: Sequence[Sketch]
) -> list[frozenset[int]]:
    """The same, parts that one firm may serve put together."""
    part_of = {number: place for place, part in enumerate(parts) for number in part}
    masks = [0] * len(parts)
    for sketch in sketches:
        masks[part_of[sketch.take[0][0]]] |= sketch.able
    merged: list[tuple[frozenset[int], int]] = []
    for part, mask in zip(parts, masks, strict=True):
        touched = [one for one in merged if one[1] & mask]
        merged = [one for one in merged if not one[1] & mask]
        for other, firms in touched:
            part, mask = part | other, mask | firms
        merged.append((part, mask))
    return _in_order([part for part, _ in merged], sketches)
