"""
Points of policy: what is sure, what may be, out of what; then the three axes and their mean.

Unknown rules give an interval: the low bound counts them as nothing, the high one as full. Removing
a fact never raises the low bound nor lowers the high one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from procure.domain.report import AXES, AxisName, AxisScore, OverallScore, Points, Score
from procure.engine.binding import BoundRule
from procure.engine.evidence import truth
from procure.rulebook.schema import Letters, Profile

ZERO, ONE = Decimal(0), Decimal(1)
Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Reward:
    """The points of one policy rule over all the places where it applies or may apply."""

    bound: BoundRule
    low: Decimal
    high: Decimal
    available: Decimal


def interval(bound: BoundRule, facts: Mapping[str, Any]) -> Interval:
    """The share of its points that a rule earns at one place where it applies or may apply."""
    rule = bound.rule
    if truth(rule.when, facts, bound) is not True:
        return ZERO, ONE
    graded = rule.file.graded
    if graded is None:
        earned = truth(rule.earn, facts, bound)
        return (ZERO, ONE) if earned is None else (ONE, ONE) if earned else (ZERO, ZERO)
    value = facts.get(graded.fact)
    ceiling = facts.get(graded.ceiling) if graded.ceiling else value
    low = ZERO if value is None else graded.share(value)
    high = ONE if ceiling is None else graded.share(ceiling)
    return low, max(low, high)


def reward(bound: BoundRule, shares: list[Interval]) -> Reward:
    """The points of a rule from its shares at each place, each place counting the same."""
    available = bound.rule.file.points or ZERO
    low = sum((share[0] for share in shares), ZERO) / len(shares)
    high = sum((share[1] for share in shares), ZERO) / len(shares)
    return Reward(bound, low * available, high * available, available)


def points(bound: BoundRule, share: Interval) -> Points:
    """The points of a rule at one place, as a report shows them."""
    available = bound.rule.file.points or ZERO
    return Points(
        earned=_rounded(share[0] * available),
        possible=_rounded(share[1] * available),
        available=_rounded(available),
    )


def score(rewards: Iterable[Reward], profile: Profile) -> Score:
    """The three axes out of 100, and their mean weighted by the profile."""
    all_rewards = list(rewards)
    bounds = {axis: _axis_bounds(_of(axis, all_rewards)) for axis in AXES}
    axes = {axis: _axis(bounds[axis], _of(axis, all_rewards)) for axis in AXES}
    return Score(
        overall=_overall(bounds, profile),
        axes=axes,
        weights={axis: float(profile.weights.get(axis, ZERO)) for axis in AXES},
        letters={name: float(least) for name, least in profile.letters},
    )


def _of(axis: AxisName, rewards: list[Reward]) -> list[Reward]:
    return [reward for reward in rewards if reward.bound.rule.file.axis == axis]


def _axis_bounds(rewards: list[Reward]) -> Interval | None:
    available = sum((r.available for r in rewards), ZERO)
    if available == 0:
        return None
    low = sum((r.low for r in rewards), ZERO) / available
    high = sum((r.high for r in rewards), ZERO) / available
    return low * 100, high * 100


def _axis(bounds: Interval | None, rewards: list[Reward]) -> AxisScore:
    return AxisScore(
        low=_bound(bounds, 0),
        high=_bound(bounds, 1),
        earned=_rounded(sum((r.low for r in rewards), ZERO)),
        available=_rounded(sum((r.available for r in rewards), ZERO)),
        unknown=sum(1 for r in rewards if r.low != r.high),
    )


def _overall(bounds: dict[AxisName, Interval | None], profile: Profile) -> OverallScore:
    known = {axis: b for axis, b in bounds.items() if b is not None}
    weight = sum((profile.weights.get(axis, ZERO) for axis in known), ZERO)
    if weight == 0:
        return OverallScore(low=None, high=None, letter=None, letter_high=None)
    low, high = (
        sum((profile.weights.get(axis, ZERO) * b[side] for axis, b in known.items()), ZERO) / weight
        for side in (0, 1)
    )
    return OverallScore(
        low=_rounded(low),
        high=_rounded(high),
        letter=letter(low, profile.letters),
        letter_high=letter(high, profile.letters),
    )


def letter(value: Decimal, letters: Letters) -> str:
    """The letter of a score; a score on the bound of a letter has it."""
    rounded = value.quantize(Decimal("0.1"))
    for name in ("A", "B", "C", "D"):
        if rounded >= getattr(letters, name):
            return name
    return "E"


def _bound(bounds: Interval | None, side: int) -> float | None:
    return None if bounds is None else _rounded(bounds[side])


def _rounded(value: Decimal) -> float:
    return float(value.quantize(Decimal("0.1")))
