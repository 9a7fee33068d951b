"""Small worlds of options and rules, where every set can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from hypothesis import strategies as st

from procure.domain.improvement import Earned, Outcome
from procure.domain.report import AXES, AxisName
from procure.planning.options import Option, may_stand

WEIGHTS: dict[AxisName, float] = {"social": 1.0, "environmental": 1.0, "local": 2.0}
Taken = frozenset[str]


@dataclass(frozen=True)
class Reward:
    """A policy rule: `kind` says how the options of `members` earn its points."""

    code: str
    axis: AxisName
    kind: str
    members: tuple[str, ...]
    points: int
    full_at: int

    def share(self, taken: Taken) -> Decimal | None:
        """The part of the points earned; None where the rule does not apply."""
        count = sum(member in taken for member in self.members)
        if self.kind == "any":
            return Decimal(min(count, 1))
        if self.kind == "all":
            return Decimal(int(count == len(self.members)))
        if self.kind == "from_the_second":
            return min(Decimal(1), max(Decimal(0), Decimal(count - 1) / self.full_at))
        if self.kind == "applies_once_taken":
            return Decimal(int(count > 1)) if self.members[0] in taken else None
        first, last = self.members[0] in taken, self.members[-1] in taken
        return Decimal("0.5") + Decimal("0.3") * first - Decimal("0.2") * last


@dataclass(frozen=True)
class Duty:
    """A rule of law: mended by one or by all of `cures`, broken anew by one of `harms`."""

    code: str
    cures: tuple[str, ...]
    harms: tuple[str, ...]
    needs_all: bool
    is_broken: bool

    def breaches(self, taken: Taken) -> int:
        mended = [cure in taken for cure in self.cures]
        if all(mended) if self.needs_all else any(mended):
            return 0
        return int(self.is_broken or any(harm in taken for harm in self.harms))


@dataclass(frozen=True)
class World:
    options: tuple[Option, ...]
    rewards: tuple[Reward, ...]
    duties: tuple[Duty, ...]

    def evaluate(self, taken: Taken) -> Outcome:
        earned = {
            rule.code: Earned(rule.axis, share * rule.points, Decimal(rule.points))
            for rule in self.rewards
            if (share := rule.share(taken)) is not None
        }
        broken = {d.code: n for d in self.duties if (n := d.breaches(taken))}
        return Outcome(broken, earned, low(earned), None, frozenset(broken))

    def sets(self) -> Iterator[Taken]:
        ids = [option.id for option in self.options]
        for count in range(len(ids) + 1):
            for chosen in combinations(ids, count):
                if may_stand(chosen, self.options):
                    yield frozenset(chosen)

    def effort(self, taken: Taken) -> int:
        return sum(option.effort for option in self.options if option.id in taken)


def low(earned: dict[str, Earned]) -> float | None:
    """The score as the engine makes it: the mean of the axes, to a tenth."""
    total, weight = Decimal(0), Decimal(0)
    for axis in AXES:
        own = [one for one in earned.values() if one.axis == axis]
        available = sum((one.available for one in own), Decimal(0))
        if available:
            share = Decimal(WEIGHTS[axis])
            weight += share
            total += share * 100 * sum((one.points for one in own), Decimal(0)) / available
    return float((total / weight).quantize(Decimal("0.1"))) if weight else None


@st.composite
def worlds(draw: st.DrawFn) -> World:
    ids = [f"o{i}" for i in range(draw(st.integers(1, 8)))]
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True).map(tuple)
    few = st.lists(st.sampled_from(ids), max_size=1).map(tuple)
    kinds = ("any", "all", "from_the_second", "applies_once_taken", "turns")
    rewards = tuple(
        Reward(
            f"R{i}",
            draw(st.sampled_from(AXES)),
            draw(st.sampled_from(kinds)),
            draw(some),
            draw(st.integers(1, 8)),
            draw(st.integers(1, 3)),
        )
        for i in range(draw(st.integers(1, 6)))
    )
    duties = tuple(
        Duty(f"B{i}", draw(some), draw(few), draw(st.booleans()), draw(st.booleans()))
        for i in range(draw(st.integers(0, 3)))
    )
    return World(tuple(_options(draw, ids, rewards, duties)), rewards, duties)


def _options(
    draw: st.DrawFn, ids: list[str], rewards: tuple[Reward, ...], duties: tuple[Duty, ...]
) -> Iterator[Option]:
    for i, id in enumerate(ids):
        others = st.frozensets(st.sampled_from(ids[:i]), max_size=1) if i else st.just(frozenset())
        moved = {r.code for r in rewards if id in r.members}
        moved |= {d.code for d in duties if id in d.cures + d.harms}
        is_bound = draw(st.integers(0, 5)) == 0
        yield Option(
            id=id,
            effort=draw(st.integers(1, 9)),
            trait=draw(st.sampled_from(("", "a", "b"))),
            answers=frozenset(moved),
            families=draw(st.frozensets(st.sampled_from("fg"), max_size=1))
            if is_bound
            else frozenset(),
            requires=draw(others) if is_bound else frozenset(),
            excludes=draw(others) if draw(st.integers(0, 5)) == 0 else frozenset(),
        )
