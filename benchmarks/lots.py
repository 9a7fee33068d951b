"""
Lots: time, bound and gap as items and firms grow, against a plain set-partitioning model.

Supply and needs are drawn by a seeded generator over the communes of the register; no real firm.
The plain model has the same lots, one column a lot and one row a piece, in the same solver.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from time import perf_counter

from benchmarks.timing import table
from procure.domain.lot_plan import Aim, LotTerms
from procure.domain.supply import CapacityTerms, Firm, NeedItem
from procure.planning.capacity import Survey
from procure.planning.lots import baselines
from procure.planning.lots.front import MOST_NODES
from procure.planning.lots.model import Cut, Limits, Model
from procure.planning.lots.parted import Parted
from procure.planning.lots.pieces import Kind, kinds_of, pieces_of
from procure.planning.lots.reach import Reach
from procure.planning.lots.sensible import Sensible, sensible_lots
from procure.planning.lots.telling import Teller
from procure.planning.solver import Program, solve
from procure.registers import communes

SIZES = tuple((items, firms) for items in (20, 60, 120, 200) for firms in (100, 250, 500))
SECONDS = 60.0
FAMILIES = {"a": 5, "b": 4, "c": 4, "d": 3, "e": 2, "f": 2}
PLACES = 10
TWO_FAMILIES = 0.1
CAPACITY = CapacityTerms(
    turnover_cap=Decimal("1.5"),
    turnover_cap_cite="banc d'essai",
    contract_share=Decimal("0.3"),
    stretched_share=Decimal("0.5"),
    assumed_reach_km=Decimal(25),
    small_staff=50,
)
TERMS = LotTerms(
    able_firms=3,
    lot_cost_excl_tax=Decimal(2000),
    least_value_excl_tax=Decimal(0),
    bidding_share=Decimal("0.5"),
    near_km=Decimal(15),
)


@dataclass(frozen=True)
class Case:
    """A need and a supply, ready for the model."""

    kinds: list[Kind]
    reach: Reach
    sensible: Sensible
    seconds: float


def drawn(
    items: int, firms: int, seed: int, two_families: float
) -> tuple[list[NeedItem], Survey, list[Firm]]:
    """
    A need over ten communes and twenty trades, and firms of one to four trades.

    `two_families` is the part of the firms that work in two families: they tie families together.
    """
    random = Random(seed * 1000 + items + firms)
    every = list(communes.communes())
    centre = random.choice(every)
    places = sorted(every, key=lambda code: communes.distance_km(centre, code) or 0)[:PLACES]
    trades = [(f"{family}{i}", family) for i in range(5) for family, n in FAMILIES.items() if i < n]
    cells = [(trade, family, place) for trade, family in trades for place in places]
    need = [
        NeedItem(id=f"i{n}", label=f"i{n}", trade=trade, family=family, communes=(place,),
                 value_excl_tax=Decimal(random.randint(20, 400) * 100))
        for n, (trade, family, place) in enumerate(cells[:items])
    ]  # fmt: skip
    by_family = {family: [t for t, f in trades if f == family] for family in FAMILIES}
    supply = []
    for n in range(firms):
        own = by_family[random.choice(list(FAMILIES))]
        if random.random() < two_families:
            own = own + by_family[random.choice(list(FAMILIES))]
            own = list(dict.fromkeys(own))
        supply.append(
            Firm(
                id=f"f{n}",
                trades=tuple(random.sample(own, min(len(own), random.randint(1, 4)))),
                commune=random.choice(every),
                reach_km=Decimal(random.randint(10, 60)),
                turnover_excl_tax=Decimal(round(random.lognormvariate(13, 1), 0)),
                workforce=random.choice(("00", "01", "02", "03", "11", "12", "21", "22")),
                kind=random.choice(("artisan", "artisan", "sme")),
            )
        )
    return need, Survey(CAPACITY, tuple(places), communes.distance_km), supply


def prepared(items: int, firms: int, seed: int, two_families: float = TWO_FAMILIES) -> Case:
    need, survey, supply = drawn(items, firms, seed, two_families)
    reach = Reach([survey.capacity(firm) for firm in supply])
    start = perf_counter()
    pieces = [p for p in pieces_of(need) if Teller(reach, TERMS, survey.distance, {}).able((p,))]
    kinds = kinds_of(pieces)
    known = baselines.takes(baselines.baselines(pieces, "items"), kinds)
    sensible = sensible_lots(kinds, reach, TERMS.able_firms, survey.distance, known)
    return Case(kinds, reach, sensible, perf_counter() - start)


def ours(case: Case, aim: Aim, seconds: float) -> tuple[Cut | None, float]:
    start = perf_counter()
    until = start + seconds
    model = Parted(
        case.kinds, case.sensible.sketches, case.reach, TERMS, lambda: until - perf_counter()
    )
    limits = Limits(nodes=MOST_NODES)
    return model.best(aim, limits), perf_counter() - start


def plain(case: Case, aim: Aim, seconds: float) -> tuple[float, float, float]:
    """Value, bound and seconds of the textbook model, straight into the solver."""
    model = Model(case.kinds, case.sensible.sketches, case.reach, TERMS, lambda: seconds)
    start = perf_counter()
    program, goal = Program(), {}
    rows: dict[int, dict[str, float]] = {kind.number: {} for kind in case.kinds}
    firms: dict[int, dict[str, float]] = {}
    for n, sketch in enumerate(case.sensible.sketches):
        name = program.choice(f"x{n}")
        goal[name] = float(model.gain(sketch, aim))
        for number, count in sketch.take:
            rows[number][name] = float(count)
        for bit in range(len(case.reach.capacities) if aim == "firms" else 0):
            if sketch.able >> bit & 1:
                firms.setdefault(bit, {})[name] = -1.0
    for kind in case.kinds:
        program.add(rows[kind.number], kind.count, kind.count)
    for bit, row in firms.items():
        goal[program.choice(f"y{bit}")] = 1.0
        program.add({f"y{bit}": 1.0, **row}, most=0)
    found = solve(program, goal, is_most=True, nodes=10**9, seconds=seconds)
    return found.value, found.bound, perf_counter() - start


def run() -> str:
    """Both aims at every size."""
    return "\n\n".join(run_aim(aim, SIZES, SECONDS) for aim in ("value", "firms"))


def run_aim(aim: Aim, sizes: tuple[tuple[int, int], ...], seconds: float, seed: int = 1) -> str:
    rows = []
    for items, firms in sizes:
        case = prepared(items, firms, seed)
        cut, took = ours(case, aim, seconds)
        value, bound, plain_took = plain(case, aim, seconds)
        assert cut is not None
        rows.append((
            f"{items} × {firms}", str(len(case.sensible.sketches)), f"{case.seconds:.2f}",
            f"{took:.2f}", f"{cut.worth}", _gap(float(cut.worth), float(cut.bound)),
            f"{plain_took:.2f}", f"{value:.1f}", _gap(value, bound),
        ))  # fmt: skip
        print(rows[-1], cut.stopped, flush=True)
    title = {"value": "Value within reach of small firms", "firms": "Distinct firms"}[aim]
    head = ("items × firms", "lots weighed", "s to list them", "s to solve", "worth", "gap",
            "s plain", "worth plain", "gap plain")  # fmt: skip
    return f"### {title}\n\n{table(head, rows)}"


def _gap(value: float, bound: float) -> str:
    part = (bound - value) / max(1.0, abs(value))
    return "proven" if part < 1e-6 else f"{100 * part:.1f} %"


if __name__ == "__main__":
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    chosen = SIZES[: int(sys.argv[2])] if len(sys.argv) > 2 else SIZES
    for aim_ in sys.argv[3:] or ["value", "firms"]:
        print(run_aim(aim_, chosen, limit))  # type: ignore[arg-type]
