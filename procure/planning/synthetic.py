"""
Made-up supply for samples, tests and measures: drawn by a seed, marked as such, nobody's.

The firms have no SIRET, so that none can be taken for a real one, and names that say what they are.
The proportions are plausible, not measured: many small firms, few large ones, more of them where
more people live.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

from procure.domain.supply import Commune, Firm, FirmKind, Running, Supply, Trade, Workforce

Code = TypeVar("Code", bound=str)

SIZES: Mapping[Workforce, int] = {
    "NN": 22, "01": 26, "02": 20, "03": 13, "11": 9, "12": 6, "21": 2, "22": 2,
}  # fmt: skip
"""How many firms in a hundred have this staff."""

PEOPLE: Mapping[Workforce, int] = {
    "NN": 1, "01": 2, "02": 5, "03": 8, "11": 14, "12": 32, "21": 70, "22": 140,
}  # fmt: skip
REACH_KM: Mapping[Workforce, int] = {
    "NN": 20, "01": 25, "02": 30, "03": 35, "11": 45, "12": 60, "21": 80, "22": 100,
}  # fmt: skip
TURNOVER_KNOWN, RUNNING_KNOWN, REACH_KNOWN = 0.6, 0.5, 0.8
SOLIDARITY = 0.06
"""The part of firms that are SIAE, EA or ESAT, in trades where they are found."""

SOLIDARITY_FAMILIES = ("espaces-verts", "proprete", "restauration", "second-oeuvre", "impression")
SOLIDARITY_KINDS: Sequence[FirmKind] = ("siae", "ea", "esat")
ARTISANS: Sequence[Workforce] = ("NN", "01", "02")


def draw_supply(
    count: int, trades: Sequence[Trade], communes: Sequence[Commune], seed: int = 1
) -> Supply:
    """
    Firms of some trades over some communes; the same seed gives the same firms.

    Each trade is held by some firm as soon as there are as many firms as trades.
    """
    draw = Random(seed)
    firms = tuple(_firm(number, draw, trades, communes) for number in range(1, count + 1))
    return Supply(firms=firms, name=f"Offre fictive n° {seed}", is_synthetic=True)


def _firm(number: int, draw: Random, trades: Sequence[Trade], communes: Sequence[Commune]) -> Firm:
    main = trades[(number - 1) % len(trades)]
    workforce = _weighted(draw, SIZES)
    commune = _weighted(draw, {one.insee: (one.population or 1) + 500 for one in communes})
    turnover = _turnover(draw, workforce)
    return Firm(
        id=f"FICTIF-{number:04d}",
        name=f"Entreprise fictive {number} ({main.title})",
        naf=main.naf[0] if main.naf else None,
        trades=_held(draw, main, trades, workforce),
        commune=commune,
        workforce=workforce,
        turnover_excl_tax=turnover if draw.random() < TURNOVER_KNOWN else None,
        reach_km=_reach(draw, workforce),
        kind=_kind(draw, main, workforce),
        running=_running(draw, turnover),
    )


def _held(
    draw: Random, main: Trade, trades: Sequence[Trade], workforce: Workforce
) -> tuple[str, ...]:
    """The trade of a firm, and for larger ones some others of its family."""
    others = [one.id for one in trades if one.family == main.family and one.id != main.id]
    most = min(len(others), 1 + PEOPLE[workforce] // 12)
    more = draw.sample(others, draw.randint(0, most)) if others else []
    return (main.id, *sorted(more))


def _turnover(draw: Random, workforce: Workforce) -> Decimal:
    """Between 70 000 and 150 000 euros a person, to the thousand."""
    return Decimal(PEOPLE[workforce] * draw.randint(70, 150) * 1000)


def _reach(draw: Random, workforce: Workforce) -> Decimal | None:
    if draw.random() >= REACH_KNOWN:
        return None
    return Decimal(max(5, REACH_KM[workforce] + draw.choice((-10, -5, 0, 0, 5, 10))))


def _kind(draw: Random, main: Trade, workforce: Workforce) -> FirmKind:
    if main.family in SOLIDARITY_FAMILIES and draw.random() < SOLIDARITY:
        return draw.choice(SOLIDARITY_KINDS)
    return "artisan" if workforce in ARTISANS else "sme"


def _running(draw: Random, turnover: Decimal) -> tuple[Running, ...] | None:
    """Contracts already held, where they are known: up to two fifths of a year's turnover."""
    if draw.random() >= RUNNING_KNOWN:
        return None
    yearly = (turnover * draw.choice((0, 0, 10, 20, 40)) / 100).quantize(Decimal(1))
    return (Running(yearly_excl_tax=yearly),) if yearly else ()


def _weighted(draw: Random, weights: Mapping[Code, int]) -> Code:
    return draw.choices(list(weights), list(weights.values()))[0]
