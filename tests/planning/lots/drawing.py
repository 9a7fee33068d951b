"""Small needs and supplies, drawn at random, and what a plain reading says of every cut."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from procure.domain.lot_plan import LotTerms
from procure.domain.supply import Capacity, CapacityTerms, Firm, Need, NeedItem
from procure.planning.capacity import Survey
from procure.planning.lots.study import Setting
from procure.planning.needs import task_of

PLACES = ("86001", "86002", "86003")
ALONG = {code: number * 10 for number, code in enumerate(PLACES)}
FAMILY = {"peinture": "finitions", "sols": "finitions", "elec": "technique"}
TERMS = LotTerms(
    able_firms=2,
    lot_cost_excl_tax=Decimal(2000),
    least_value_excl_tax=Decimal(0),
    bidding_share=Decimal(1),
    near_km=Decimal(15),
)
CAPACITY = CapacityTerms(
    turnover_cap=Decimal("1.5"),
    turnover_cap_cite="essai",
    contract_share=Decimal("0.3"),
    stretched_share=Decimal("0.5"),
    assumed_reach_km=Decimal(20),
    small_staff=50,
)


def km(one: str, other: str) -> Decimal | None:
    """Three communes on a line, ten kilometres apart."""
    if one in ALONG and other in ALONG:
        return Decimal(abs(ALONG[one] - ALONG[other]))
    return None


SURVEY = Survey(terms=CAPACITY, communes=PLACES, distance=km)


def item(number: int, **fields: object) -> NeedItem:
    trade = str(fields.pop("trade", "peinture"))
    known = {
        "id": f"i{number}", "label": f"i{number}", "trade": trade, "family": FAMILY[trade],
        "communes": (PLACES[0],), "value_excl_tax": Decimal(20000),
    }  # fmt: skip
    return NeedItem.model_validate(known | fields)


def drawn_items(random: Random, count: int) -> list[NeedItem]:
    items = [
        item(
            number,
            trade=random.choice(list(FAMILY)),
            communes=(random.choice(PLACES),),
            value_excl_tax=Decimal(random.choice((8000, 20000, 20000, 45050))),
        )
        for number in range(count)
    ]
    if random.random() < 0.4:
        items[0] = items[0].model_copy(update={"together_with": (items[-1].id,)})
    elif random.random() < 0.5:
        items[0] = items[0].model_copy(update={"apart_from": (items[1].id,)})
    return items


def drawn_firms(random: Random, count: int) -> list[Firm]:
    return [
        Firm.model_validate({
            "id": f"f{number}",
            "trades": tuple(random.sample(list(FAMILY), random.randint(1, 3))),
            "commune": random.choice(PLACES),
            "reach_km": random.choice((5, 12, 25)),
            "turnover_excl_tax": random.choice((60000, 150000, 400000, 1000000)),
            "kind": random.choice(("artisan", "sme", "siae")),
        })
        for number in range(count)
    ]  # fmt: skip


def need(items: Sequence[NeedItem]) -> Need:
    return Need(items=tuple(items), made_from="items")


def setting(capacities: Sequence[Capacity], terms: LotTerms = TERMS) -> Setting:
    return Setting(list(capacities), terms, km, {}, clock=lambda: 0.0)


def able(items: Sequence[NeedItem], capacities: Sequence[Capacity]) -> list[Capacity]:
    """The firms able to take some items, firm by firm, by the reference."""
    task = task_of("lot", items)
    return [one for one in capacities if SURVEY.fit(one, task).ability == "able"]


def partitions(items: Sequence[NeedItem]) -> Iterator[list[list[NeedItem]]]:
    """Every way to cut items into lots."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for cut in partitions(rest):
        yield [[first], *cut]
        for place in range(len(cut)):
            yield [*cut[:place], [first, *cut[place]], *cut[place + 1 :]]
