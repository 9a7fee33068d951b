"""A supply in counts: they add up, and name nobody."""

from decimal import Decimal

from procure.domain.supply import CapacityTerms, Firm, Need, NeedItem
from procure.planning.capacity import Survey
from procure.planning.portrait import items_served, kinds, seats, trades_held, unsaid

SURVEY = Survey(
    terms=CapacityTerms(turnover_cap=Decimal("1.5"), turnover_cap_cite="CCP R2142-7",
                        contract_share=Decimal("0.3"), stretched_share=Decimal("0.5"),
                        small_staff=50),
    communes=("86194", "86027"),
    distance=lambda one, other: Decimal(0 if one == other else 20),
    titles={"86194": "Poitiers", "peinture": "Peinture"},
)  # fmt: skip
FIRMS = [
    Firm.model_validate(fields)
    for fields in [
        {"id": "a", "trades": ["peinture"], "commune": "86194", "reach_km": 30, "kind": "artisan",
         "turnover_excl_tax": 400000},
        {"id": "b", "trades": ["peinture", "sols"], "commune": "86027", "reach_km": 30,
         "turnover_excl_tax": 100000},
        {"id": "c", "trades": ["sols"], "commune": "86194", "kind": "sme"},
        {"id": "d"},
    ]
]  # fmt: skip
CAPACITIES = [SURVEY.capacity(firm) for firm in FIRMS]


def test_trades_come_by_number_of_firms_then_by_name() -> None:
    found = [
        (one.trade, one.title, one.firms, one.small) for one in trades_held(CAPACITIES, SURVEY)
    ]
    assert found == [("peinture", "Peinture", 2, 1), ("sols", "sols", 2, 0)]


def test_seats_add_up_to_the_firms() -> None:
    found = [(one.insee, one.name, one.firms) for one in seats(FIRMS, SURVEY)]
    assert found == [("86194", "Poitiers", 2), (None, "commune inconnue", 1), ("86027", "86027", 1)]
    assert sum(count for *_, count in found) == len(FIRMS)


def test_kinds_and_what_is_unsaid_are_counted() -> None:
    assert kinds(FIRMS) == {"artisan": 1, "sme": 1}
    missing = unsaid(FIRMS)
    assert (missing["turnover_excl_tax"], missing["trades"], missing["kind"]) == (2, 1, 2)


def test_every_firm_is_counted_once_for_an_item() -> None:
    item = NeedItem(id="i", label="Peinture", trade="peinture", communes=("86194",),
                    value_excl_tax=Decimal(40000))  # fmt: skip
    need = Need(items=(item,), made_from="items")
    (served,) = items_served(need, CAPACITIES, SURVEY, Decimal(15))
    assert (served.able, served.stretched, served.unable, served.unknown) == (1, 1, 1, 1)
    assert (served.small, served.near) == (1, 1)
