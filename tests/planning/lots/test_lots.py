"""Lots: proven best against every cut there is, never without able firms, always the same."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.domain.errors import InputError
from procure.domain.lot_plan import LotPlan, LotStudy
from procure.domain.supply import Capacity, Firm, NeedItem
from procure.planning.lots.front import Wish
from procure.planning.lots.pieces import kinds_of, pieces_of
from procure.planning.lots.reach import Reach, load_of
from procure.planning.lots.study import study, today
from tests.planning.lots import drawing
from tests.planning.lots.drawing import PLACES, SURVEY, TERMS, able, item, partitions

GAINS = (Decimal(0), Decimal("0.5"), Decimal("0.8"), Decimal(1))


def studied(
    items: Sequence[NeedItem], capacities: Sequence[Capacity], wish: Wish | None = None
) -> LotStudy:
    return study(drawing.need(items), drawing.setting(capacities), wish or Wish())


def draw(seed: int, items: int = 6, firms: int = 9) -> tuple[list[NeedItem], list[Capacity]]:
    random = Random(seed)
    need = drawing.drawn_items(random, items)
    return need, [SURVEY.capacity(firm) for firm in drawing.drawn_firms(random, firms)]


def placed(items: Sequence[NeedItem], found: LotStudy) -> list[NeedItem]:
    left = {one.item for one in found.unserved}
    return [one for one in items if one.id not in left]


# --- a plain reading of what a sensible lot is ----------------------------------------------------


def is_sensible(lot: list[NeedItem], need: list[NeedItem], capacities: list[Capacity]) -> bool:
    """The definition read word by word, on items; ties make several items one piece."""
    ties = {one.id: set(one.together_with) for one in need}
    names = {one.id for one in lot}
    if any((ties[one.id] & names) != ties[one.id] for one in lot):
        return False
    if any(one.id not in names for one in need if set(one.together_with) & names):
        return False
    if any(set(one.apart_from) & names for one in lot):
        return False
    count = len(able(lot, capacities))
    pieces = groups(lot)
    cells = {cell(piece) for piece in pieces}
    if len(cells) == 1 and len({alone(piece, need) for piece in pieces}) == 1:
        scarcest = min(len(able(piece, capacities)) for piece in pieces)
        if count >= max(1, min(TERMS.able_firms, scarcest)):
            return True
    if count < TERMS.able_firms:
        return False
    return is_block(pieces, need) or is_families(pieces, need) or is_plain(lot, need)


def groups(items: Sequence[NeedItem]) -> list[list[NeedItem]]:
    """Items that are tied, together; the drawings have one tie at the most."""
    tied = [one for one in items if one.together_with or any(
        one.id in other.together_with for other in items)]  # fmt: skip
    others = [[one] for one in items if one not in tied]
    return [tied, *others] if tied else others


def cell(piece: list[NeedItem]) -> tuple[frozenset[str], frozenset[str]]:
    return trades_of(piece), places_of(piece)


def trades_of(piece: list[NeedItem]) -> frozenset[str]:
    return frozenset(one.trade or "" for one in piece)


def places_of(piece: list[NeedItem]) -> frozenset[str]:
    return frozenset(code for one in piece for code in one.communes or ())


def family_of(piece: list[NeedItem]) -> frozenset[str]:
    return frozenset(one.family or "" for one in piece)


def alone(piece: list[NeedItem], need: list[NeedItem]) -> str:
    """A piece kept apart from another is a trade of its own."""
    names = {one.id for one in piece}
    split = any(one.apart_from for one in piece) or any(set(o.apart_from) & names for o in need)
    return min(names) if split else ""


def is_block(pieces: list[list[NeedItem]], need: list[NeedItem]) -> bool:
    if len({family_of(piece) for piece in pieces}) > 1:
        return False
    family = family_of(pieces[0])
    every = [piece for piece in groups(need) if family_of(piece) == family]
    zones = list(dict.fromkeys(places_of(piece) for piece in every))
    rows = {(trades_of(piece), alone(piece, need)) for piece in pieces}
    for size in range(1, len(zones) + 1):
        for zone in combinations(zones, size):
            if not is_connected(zone):
                continue
            here = [p for p in every if places_of(p) in zone
                    and (trades_of(p), alone(p, need)) in rows]  # fmt: skip
            if sorted(map(key, here)) == sorted(map(key, pieces)):
                return True
    return False


def is_connected(zone: tuple[frozenset[str], ...]) -> bool:
    """Communes stand on a line: each touches the next one that the need knows."""
    reached, left = [zone[0]], list(zone[1:])
    while True:
        found = [z for z in left if any(touch(z, other) for other in reached)]
        if not found:
            return not left
        reached += found
        left = [z for z in left if z not in found]


KNOWN: set[str] = set()


def touch(one: frozenset[str], other: frozenset[str]) -> bool:
    order = sorted(KNOWN)
    near = {(a, b) for a, b in pairwise(order)}
    return bool(one & other) or any((min(a, b), max(a, b)) in near for a in one for b in other)


def is_families(pieces: list[list[NeedItem]], need: list[NeedItem]) -> bool:
    places = {places_of(piece) for piece in pieces}
    if len(places) > 1:
        return False
    families = {family_of(piece) for piece in pieces}
    whole = [p for p in groups(need) if places_of(p) in places and family_of(p) in families]
    return sorted(map(key, whole)) == sorted(map(key, pieces))


def is_plain(lot: list[NeedItem], need: list[NeedItem]) -> bool:
    """A lot of the plain cuts: all, a trade, a trade in a place."""
    pieces = groups(lot)
    every = groups(need)
    trade = [p for p in every if trades_of(p) == trades_of(pieces[0])]
    here = [p for p in trade if places_of(p) == places_of(pieces[0])]
    return any(sorted(map(key, pieces)) == sorted(map(key, one)) for one in (every, trade, here))


def key(piece: list[NeedItem]) -> list[str]:
    return sorted(one.id for one in piece)


def worth(cut: list[list[NeedItem]], capacities: list[Capacity], aim: str) -> Decimal:
    if aim == "firms":
        firms = {one.firm for lot in cut for one in able(lot, capacities)}
        return len(firms) - Decimal("0.2") * len(cut)
    total = Decimal(0)
    for lot in cut:
        small = sum(bool(one.is_small) for one in able(lot, capacities))
        value = sum((one.value_excl_tax or Decimal(0) for one in lot), Decimal(0))
        total += value * GAINS[min(small, 3)] - TERMS.lot_cost_excl_tax
    return total


@pytest.mark.parametrize("aim", ["value", "firms"])
@pytest.mark.parametrize("seed", range(14))
def test_the_first_scenario_is_the_best_of_all_cuts_into_sensible_lots(seed: int, aim: str) -> None:
    items, capacities = draw(seed)
    found = studied(items, capacities, Wish(aim=aim, scenarios=1))  # type: ignore[arg-type]
    need = placed(items, found)
    KNOWN.clear()
    KNOWN.update(code for one in need for code in one.communes or ())
    plan = found.scenarios[0]
    sensible: dict[tuple[str, ...], bool] = {}

    def holds(lot: list[NeedItem]) -> bool:
        name = tuple(sorted(one.id for one in lot))
        if name not in sensible:
            sensible[name] = is_sensible(lot, need, capacities)
        return sensible[name]

    cuts = [cut for cut in partitions(need) if len(cut) <= (plan.most_lots or 99)]
    worths = [worth(cut, capacities, aim) for cut in cuts if all(holds(lot) for lot in cut)]
    assert plan.status == "optimal"
    assert plan.objective == plan.bound == max(worths)
    assert plan.gap == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_every_item_is_in_one_lot_that_firms_are_able_to_take(seed: int) -> None:
    items, capacities = draw(seed, items=9, firms=12)
    try:
        found = studied(items, capacities, Wish(scenarios=5))
    except InputError:
        assert all(not able([one], capacities) for one in items if not one.together_with)
        return
    need = {one.id: one for one in placed(items, found)}
    for plan in found.scenarios:
        assert sorted(name for lot in plan.lots for name in lot.items) == sorted(need)
        check_counts(plan, need, capacities)
    counts = [len(plan.lots) for plan in found.scenarios if plan.aim == "value"]
    assert counts == sorted(counts, reverse=True)


def check_counts(plan: LotPlan, need: dict[str, NeedItem], capacities: list[Capacity]) -> None:
    reached = Decimal(0)
    for lot in plan.lots:
        firms = able([need[name] for name in lot.items], capacities)
        assert lot.able.total == len(firms) > 0
        assert lot.able.small == sum(bool(one.is_small) for one in firms)
        assert lot.value_excl_tax == sum(need[name].value_excl_tax or 0 for name in lot.items)
        reached += lot.value_excl_tax if lot.able.small else 0
    assert plan.value_excl_tax == sum(one.value_excl_tax or 0 for one in need.values())
    assert plan.accessible_share == reached / plan.value_excl_tax
    assert plan.objective <= plan.bound


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sets(st.integers(0, 5), min_size=1))
def test_bits_say_able_where_the_reference_does(seed: int, chosen: set[int]) -> None:
    items, capacities = draw(seed)
    lot = [items[number].model_copy(update={"together_with": (), "apart_from": ()})
           for number in sorted(chosen)]  # fmt: skip
    mask = Reach(capacities).able(load_of(pieces_of(lot)))
    assert [one for place, one in enumerate(capacities) if mask >> place & 1] == able(
        lot, capacities
    )


def test_the_same_input_gives_the_same_output_also_when_the_clock_stops_it() -> None:
    items, capacities = draw(3, items=9, firms=12)
    ticks = iter(range(0, 10**9, 1000))
    late = drawing.setting(capacities)
    runs = [study(drawing.need(items), late, Wish(scenarios=3)) for _ in range(2)]
    assert runs[0] == runs[1]
    hurried = [
        study(
            drawing.need(items),
            type(late)(capacities, TERMS, drawing.km, {}, clock=lambda: float(next(ticks))),
            Wish(scenarios=3, seconds=0.001),
        )
        for _ in range(2)
    ]
    lots = [[plan.lots for plan in run.scenarios] for run in hurried]
    assert lots[0] == lots[1]


def firms(count: int, **fields: object) -> list[Capacity]:
    known = {"trades": ("peinture", "sols", "elec"), "commune": PLACES[0], "reach_km": 50,
             "turnover_excl_tax": 10_000_000, "kind": "artisan"}  # fmt: skip
    return [
        SURVEY.capacity(Firm.model_validate({"id": f"f{n}", **known, **fields}))
        for n in range(count)
    ]


def test_what_must_stay_together_is_in_one_lot_and_what_must_not_is_apart() -> None:
    items = [
        item(0, together_with=("i1",)),
        item(1, trade="elec", communes=(PLACES[2],)),
        item(2, apart_from=("i3",)),
        item(3),
    ]
    plan = studied(items, firms(4)).scenarios[0]
    lots = [set(lot.items) for lot in plan.lots]
    assert any({"i0", "i1"} <= lot for lot in lots)
    assert not any({"i2", "i3"} <= lot for lot in lots)


def test_together_and_apart_at_once_is_refused() -> None:
    items = [item(0, together_with=("i1",), apart_from=("i1",)), item(1)]
    with pytest.raises(InputError, match="ensemble et à part"):
        studied(items, firms(3))


def test_a_word_that_names_no_item_is_refused() -> None:
    with pytest.raises(InputError, match=r"i9.*n.est pas un élément"):
        studied([item(0, together_with=("i9",)), item(1)], firms(3))


def test_an_item_without_able_firm_is_told_and_left_out_of_the_lots() -> None:
    found = studied([item(0), item(1, value_excl_tax=Decimal(90_000_000))], firms(3))
    assert [one.item for one in found.unserved] == ["i1"]
    assert "3" in found.unserved[0].reason
    assert all(lot.items == ("i0",) for plan in found.scenarios for lot in plan.lots)


def test_nothing_to_place_is_an_error_that_says_why() -> None:
    with pytest.raises(InputError, match="son métier n'est pas reconnu"):
        studied([item(0, trade="peinture").model_copy(update={"trade": None})], firms(3))


def test_no_lot_is_below_the_least_value_where_that_can_be() -> None:
    items = [item(0, value_excl_tax=Decimal(3000)), item(1, trade="sols")]
    terms = TERMS.model_copy(update={"least_value_excl_tax": Decimal(5000)})
    found = study(drawing.need(items), drawing.setting(firms(4), terms), Wish(scenarios=1))
    assert [lot.items for lot in found.scenarios[0].lots] == [("i0", "i1")]
    alone = study(drawing.need(items[:1]), drawing.setting(firms(4), terms), Wish(scenarios=1))
    assert len(alone.scenarios[0].lots) == 1
    assert any("sous la taille" in note for note in alone.notes)


def test_a_reserved_item_shares_no_lot_and_counts_its_own_firms() -> None:
    items = [item(0, reservation="inclusion"), item(1)]
    capacities = [*firms(3), *firms(2, kind="siae")]
    plan = studied(items, capacities).scenarios[0]
    assert [(lot.items, lot.able.total) for lot in plan.lots] == [(("i0",), 2), (("i1",), 5)]


def test_equal_items_are_one_kind() -> None:
    kinds = kinds_of(pieces_of([item(0), item(1), item(2, value_excl_tax=Decimal(1))]))
    assert [kind.count for kind in kinds] == [2, 1]


def test_a_cut_that_nobody_can_take_is_told_among_the_plain_ones() -> None:
    items = [item(0, value_excl_tax=Decimal(2_000_000)), item(1, value_excl_tax=Decimal(2_500_000))]
    found = today(drawing.need(items), drawing.setting(firms(3)))
    one = next(plan for plan in found.baselines if plan.name == "one_lot")
    assert one.lots[0].able.total == 0 and "aucune entreprise" in one.problems[0]
