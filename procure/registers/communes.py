"""
The communes of the territory, the distances between their centres, and who lies next to whom.

Source and date of the data: `rules/registers/SOURCES.md`. Distances are great circles, as the crow
flies: roads are longer.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import StringIO
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from procure.domain.supply import Commune
from procure.registers.naming import key
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes

REGISTER = "registers/communes.csv"
EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@cache
def communes() -> Mapping[str, Commune]:
    """Every commune by its INSEE code, in the order of the codes."""
    text = decode(read_bytes(data_folder("rules") / REGISTER), REGISTER)
    found = (_commune(row) for row in csv.DictReader(StringIO(text)))
    return {one.insee: one for one in sorted(found, key=lambda one: one.insee)}


def _commune(row: Mapping[str, str]) -> Commune:
    return Commune(
        insee=row["insee"],
        name=row["nom"],
        postcodes=tuple(row["codes_postaux"].split()),
        population=int(row["population"]),
        latitude=Decimal(row["latitude"]),
        longitude=Decimal(row["longitude"]),
    )


def by_name(name: str) -> Commune | None:
    """The commune of that name, however it is spelled: « ST BENOIT » is Saint-Benoît."""
    found = _names().get(key(name))
    return communes()[found] if found else None


def by_postcode(postcode: str) -> tuple[Commune, ...]:
    """The communes that share a postcode."""
    return tuple(one for one in communes().values() if postcode.strip() in one.postcodes)


@cache
def _names() -> Mapping[str, str]:
    return {key(one.name): one.insee for one in communes().values()}


@cache
def distance_km(one: str, other: str) -> Decimal | None:
    """Kilometres between two centres, to a tenth; None where a commune is not of the territory."""
    known = communes()
    if one not in known or other not in known:
        return None
    return haversine_km(_degrees(known[one]), _degrees(known[other]))


def haversine_km(one: tuple[float, float], other: tuple[float, float]) -> Decimal:
    """The great circle between two points in degrees of latitude and longitude, to a tenth."""
    north, east, north_other, east_other = map(radians, (*one, *other))
    half = sin((north_other - north) / 2) ** 2
    half += cos(north) * cos(north_other) * sin((east_other - east) / 2) ** 2
    length = 2 * EARTH_RADIUS_KM * asin(sqrt(half))
    return Decimal(length).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def within(centre: str, reach_km: Decimal) -> tuple[str, ...]:
    """The communes whose centre lies within a distance of another's, itself included."""
    near = ((code, distance_km(centre, code)) for code in communes())
    return tuple(code for code, far in near if far is not None and far <= reach_km)


@cache
def neighbours() -> Mapping[str, frozenset[str]]:
    """
    Who lies next to whom: two communes without a third inside the circle that joins their centres.

    The Gabriel graph of the centres: connected, and made without the outlines, which the register
    does not hold.
    """
    touching: dict[str, set[str]] = {code: set() for code in communes()}
    for one, other in combinations(communes(), 2):
        if not any(_stands_between(one, other, third) for third in communes()):
            touching[one].add(other)
            touching[other].add(one)
    return {code: frozenset(near) for code, near in touching.items()}


def _stands_between(one: str, other: str, third: str) -> bool:
    if third in (one, other):
        return False
    return _square(one, third) + _square(third, other) < _square(one, other)


def _square(one: str, other: str) -> float:
    """The square of a distance on a flat map, enough at the size of a territory."""
    (north, east), (north_other, east_other) = (_degrees(communes()[code]) for code in (one, other))
    shrink = cos(radians((north + north_other) / 2))
    return float((north - north_other) ** 2 + ((east - east_other) * shrink) ** 2)


def _degrees(commune: Commune) -> tuple[float, float]:
    return float(commune.latitude), float(commune.longitude)
