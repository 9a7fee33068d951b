"""
The front between access and burden: the best cut, the fewest lots, and best cuts in between.

Seconds are turned into a number of branches, which is repeatable. The clock is a guard beyond them:
a plan that it stopped says so, for a faster machine may find another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR

from procure.domain.french import NBSP, plural
from procure.domain.lot_plan import Aim, LotPlan
from procure.planning.lots.model import Cut, Limits, united
from procure.planning.lots.parted import Parted
from procure.planning.lots.pieces import Kind
from procure.planning.lots.sensible import Sensible
from procure.planning.lots.telling import Found, Teller, groups_of

SPEED = 500_000
"""Branches looked at in a second, times the size of the program."""

LEAST_NODES = 20
MOST_NODES = 50_000
LEAST_SECONDS = 0.1
GUARD = 2
"""The clock stops a search after twice its seconds: branches should have ended it before."""

TITLES: dict[Aim, tuple[str, str]] = {
    "value": ("access", "Le plus d'accès aux petites entreprises"),
    "firms": ("firms", "Le plus d'entreprises différentes"),
}


@dataclass(frozen=True)
class Wish:
    """
    What is asked.

    Args:
        scenarios: how many cuts to propose, at the most.
        seconds: for the whole study.
    """

    aim: Aim = "value"
    scenarios: int = 3
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class _Point:
    """A cut on the front, what was asked of it, and how long it took."""

    cut: Cut
    aim: Aim
    most_lots: int
    seconds: float


class Front:
    """The search for the scenarios of a need; `notes` say in French what could not be kept."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        sensible: Sensible,
        teller: Teller,
        wish: Wish,
        clock: Callable[[], float],
    ) -> None:
        self.kinds, self.sensible, self.teller, self.wish = kinds, sensible, teller, wish
        self.clock, self.end, self.until = clock, clock() + GUARD * wish.seconds, 0.0
        self.model = Parted(
            kinds, sensible.sketches, teller.reach, teller.terms, lambda: self.until - clock()
        )
        self.notes: list[str] = []
        self.known: list[Cut] = []
        self.is_stopped = False

    def scenarios(self, told: Callable[[str], None]) -> list[LotPlan]:
        """The scenarios, the most access first; cut short when a person stops the search."""
        limits, fewest = self._least_undersized(Limits(nodes=self._nodes()))
        most_lots = self._most_lots(fewest)
        points: list[_Point] = []
        plans: list[LotPlan] = []

        def seek(aim: Aim, most: int, name: str, title: str) -> _Point | None:
            left = self.wish.scenarios - len(points)
            if left < 1 or (self.is_stopped and points):
                return None
            told(title)
            point = self._point(aim, replace(limits, most_lots=most), left)
            if point is None:
                self.notes.append(f"{title}{NBSP}: pas de découpage trouvé")
            elif all(point.cut.lots != other.cut.lots for other in points):
                points.append(point)
                plans.append(self._plan(point, name, title))
            return point

        widest = seek(self.wish.aim, most_lots, *TITLES[self.wish.aim])
        if widest is not None:
            for most in _steps(widest.cut.count, fewest, self.wish.scenarios - 1):
                seek(self.wish.aim, most, *_title(most, fewest))
            other: Aim = "firms" if self.wish.aim == "value" else "value"
            seek(other, most_lots, *TITLES[other])
        return plans

    def _point(self, aim: Aim, limits: Limits, parts: int) -> _Point | None:
        start = self.clock()
        found = self._timed(lambda: self.model.best(aim, limits), parts)
        cut = self._or_known(found, aim, limits.most_lots)
        if cut is None or limits.most_lots is None:
            return None
        self.known.append(cut)
        return _Point(cut, aim, limits.most_lots, self.clock() - start)

    def _or_known(self, found: Cut | None, aim: Aim, most: int | None) -> Cut | None:
        """What a search found, or a cut found before where that is worth more."""
        best = found
        for cut in self.known:
            worth = self.model.worth(cut.lots, aim)
            if (most is None or cut.count <= most) and (best is None or worth > best.worth):
                bound = self.model.roof(aim) if found is None else found.bound
                stopped = None if found is None else found.stopped
                best = Cut(cut.lots, worth, max(worth, bound), False, stopped)
        return best

    def _plan(self, point: _Point, name: str, title: str) -> LotPlan:
        cut, is_whole = point.cut, self.sensible.is_whole
        found = Found(
            name=name,
            title=title,
            aim=point.aim,
            bound=cut.bound if is_whole else max(cut.bound, self.model.roof(point.aim)),
            is_proven=cut.is_proven and is_whole,
            seconds=point.seconds,
            most_lots=point.most_lots,
            stopped=cut.stopped,
        )
        return self.teller.plan(groups_of(cut.lots, self.kinds), found)

    def _least_undersized(self, limits: Limits) -> tuple[Limits, int]:
        """
        The limits under which a cut exists, and the fewest lots under them.

        No lot is below the least value; where that cannot be, as few as can.
        """
        cut = self._timed(lambda: self.model.fewest(limits), self.wish.scenarios + 1)
        if cut is not None:
            self.known.append(cut)
            return limits, cut.count
        every = sum(kind.count for kind in self.kinds)
        free = replace(limits, most_undersized=every)
        least = self._timed(lambda: self.model.fewest(free, True), self.wish.scenarios + 1)
        small = every if least is None else -int(least.worth)
        said = plural(small, "lot reste", "lots restent")
        self.notes.append(f"{said} sous la taille souhaitée, faute de pouvoir être groupés")
        limits = replace(limits, most_undersized=small)
        cut = self._timed(lambda: self.model.fewest(limits), self.wish.scenarios + 1)
        if cut is None:
            return limits, every
        self.known.append(cut)
        return limits, cut.count

    def _most_lots(self, fewest: int) -> int:
        """Fewer lots than firms expected to bid, where that can be."""
        able = united(sketch.able for sketch in self.sensible.sketches).bit_count()
        share = self.teller.terms.bidding_share
        expected = int((able * share).to_integral_value(ROUND_FLOOR))
        if fewest >= expected:
            firms = plural(expected, "entreprise attendue", "entreprises attendues")
            self.notes.append(f"{firms}{NBSP}: pas plus que de lots, quel que soit le découpage")
        return max(1, expected - 1, fewest)

    def _timed(self, search: Callable[[], Cut | None], parts: int) -> Cut | None:
        """Search within a part of the seconds left, and note whether a person stopped it."""
        left = self.end - self.clock()
        self.until = self.clock() + max(LEAST_SECONDS, left / parts)
        cut = search()
        self.is_stopped |= cut is not None and cut.stopped == "hand"
        return cut

    def _nodes(self) -> int:
        size = sum(len(sketch.take) + 1 for sketch in self.sensible.sketches)
        nodes = int(self.wish.seconds / self.wish.scenarios * SPEED / max(1, size))
        return min(MOST_NODES, max(LEAST_NODES, nodes))


def _steps(widest: int, fewest: int, steps: int) -> list[int]:
    """Numbers of lots from the widest cut down to the fewest, evenly, the widest left aside."""
    counts = {widest - (widest - fewest) * step // steps for step in range(1, steps + 1)}
    return sorted((count for count in counts if fewest <= count < widest), reverse=True)


def _title(most: int, fewest: int) -> tuple[str, str]:
    if most == fewest:
        return "fewest_lots", "Le moins de lots"
    return f"balanced_{most}", f"Équilibre ({plural(most, 'lot')} au plus)"
