"""Which places lie next to each other, so that a lot over several is in one piece on the map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from procure.domain.supply import Distance

Place = frozenset[str]
"""The communes that a piece of the need covers."""


def neighbours(communes: Collection[str], distance: Distance) -> dict[str, frozenset[str]]:
    """
    Who lies next to whom among the communes of a need: no third one stands between them.

    A third stands between two when it lies inside the circle that joins them (Gabriel graph: it
    leaves no commune alone). A distance not known keeps nobody apart.
    """
    order = sorted(communes)
    near: dict[str, set[str]] = {code: set() for code in order}
    for one, other in combinations(order, 2):
        if not any(_between(one, other, third, distance) for third in order):
            near[one].add(other)
            near[other].add(one)
    return {code: frozenset(found) for code, found in near.items()}


def touching(places: Sequence[Place], near: dict[str, frozenset[str]]) -> list[int]:
    """For each place, as bits, the others that share a commune with it or lie next to it."""
    around = [place.union(*(near.get(code, frozenset()) for code in place)) for place in places]
    return [
        sum(1 << i for i, place in enumerate(places) if i != own and place & around[own])
        for own in range(len(places))
    ]


def _between(one: str, other: str, third: str, distance: Distance) -> bool:
    if third in (one, other):
        return False
    whole, first, second = distance(one, other), distance(one, third), distance(third, other)
    if whole is None or first is None or second is None:
        return False
    return first * first + second * second < whole * whole
