"""Capacity: able, stretched, unable or unknown, on the bounds and just beside them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.domain.supply import CapacityTerms, Firm, Fit, PerPerson, Staff, Task
from procure.planning.capacity import WORST_FIRST, Survey, is_small, turnover_of

BIARD, POITIERS, CHAUVIGNY, ELSEWHERE = "86027", "86194", "86070", "75056"
KILOMETRES = {
    (BIARD, BIARD): 0, (BIARD, POITIERS): 6, (BIARD, CHAUVIGNY): 29,
    (POITIERS, BIARD): 6, (POITIERS, POITIERS): 0, (POITIERS, CHAUVIGNY): 23,
}  # fmt: skip
TERMS = CapacityTerms(
    turnover_cap=Decimal("1.5"),
    turnover_cap_cite="CCP R2142-7",
    contract_share=Decimal("0.25"),
    stretched_share=Decimal("0.5"),
    assumed_reach_km=Decimal(20),
    small_staff=50,
    staff={
        "NN": Staff(title="sans salarié", least=0, most=0),
        "02": Staff(title="3 à 5 salariés", least=3, most=5),
        "12": Staff(title="20 à 49 salariés", least=20, most=49),
        "21": Staff(title="50 à 99 salariés", least=50, most=99),
        "53": Staff(title="10 000 salariés et plus", least=10000),
    },
    per_person=(
        PerPerson(naf=("",), least_excl_tax=Decimal(50000), most_excl_tax=Decimal(100000),
                  source="hypothèse", verified=False),
        PerPerson(naf=("43",), least_excl_tax=Decimal(80000), most_excl_tax=Decimal(160000),
                  source="hypothèse", verified=False),
    ),
)  # fmt: skip


def km(one: str, other: str) -> Decimal | None:
    found = KILOMETRES.get((one, other))
    return None if found is None else Decimal(found)


def survey(**changed: Any) -> Survey:
    return Survey(
        terms=TERMS.model_copy(update=changed.pop("terms", {})),
        communes=(BIARD, POITIERS, CHAUVIGNY),
        distance=km,
        trades_of=lambda naf: {"43.21A": ("electricite",)}.get(naf, ()),
        titles={POITIERS: "Poitiers", CHAUVIGNY: "Chauvigny", "peinture": "Peinture"},
        **changed,
    )


def firm(**changed: Any) -> Firm:
    known = {
        "id": "f1", "trades": ("electricite",), "commune": BIARD, "reach_km": 25,
        "turnover_excl_tax": 400000, "kind": "artisan",
    }  # fmt: skip
    return Firm.model_validate(known | changed)


def task(**changed: Any) -> Task:
    value = changed.get("value_excl_tax", 100000)
    known = {
        "id": "lot", "trades": ("electricite",), "communes": (POITIERS,),
        "value_excl_tax": value, "yearly_excl_tax": value,
    }  # fmt: skip
    return Task.model_validate(known | changed)


def judged(one: Firm, asked: Task, **changed: Any) -> Fit:
    known = survey(**changed)
    return known.fit(known.capacity(one), asked)


def codes(fit: Fit) -> set[str]:
    return {reason.code for reason in fit.reasons}


@pytest.mark.parametrize(
    ("value", "ability"),
    [
        ("100000.00", "able"),  # a quarter of 400 000
        ("100000.01", "stretched"),
        ("200000.00", "stretched"),  # a half
        ("200000.01", "unable"),
    ],
)
def test_the_share_of_a_year_decides_to_the_cent(value: str, ability: str) -> None:
    assert judged(firm(), task(value_excl_tax=value)).ability == ability


def test_what_is_able_says_how_much_of_the_year_it_takes() -> None:
    fit = judged(firm(), task())
    assert fit.distance_km == 6
    assert [reason.code for reason in fit.reasons] == ["within_means"]
    assert "100\u202f000\u00a0€ par an" in fit.reasons[0].says


def test_a_long_lot_is_weighed_by_the_year_but_admitted_on_the_whole() -> None:
    four_years = task(value_excl_tax=360000, yearly_excl_tax=90000)
    fit = judged(firm(), four_years)
    assert fit.ability == "stretched"
    assert codes(fit) == {"turnover_cap"}
    assert "540\u202f000\u00a0€ peut être demandé (CCP R2142-7)" in fit.reasons[0].says


@pytest.mark.parametrize(("value", "ability"), [("266666.66", "able"), ("266666.67", "stretched")])
def test_the_legal_cap_read_backwards_is_exact(value: str, ability: str) -> None:
    long = task(value_excl_tax=value, yearly_excl_tax=50000)
    assert judged(firm(), long).ability == ability


def test_a_cap_of_another_day_moves_the_bound() -> None:
    long = task(value_excl_tax=250000, yearly_excl_tax=50000)
    assert judged(firm(), long).ability == "able"
    assert judged(firm(), long, terms={"turnover_cap": Decimal(2)}).ability == "stretched"


@pytest.mark.parametrize(("asked", "ability"), [(400000, "able"), (400001, "unable")])
def test_a_turnover_asked_shuts_out_who_is_below(asked: int, ability: str) -> None:
    fit = judged(firm(), task(minimum_turnover_excl_tax=asked))
    assert fit.ability == ability


def test_a_low_turnover_asked_lifts_the_doubt_of_the_legal_cap() -> None:
    long = task(value_excl_tax=360000, yearly_excl_tax=90000, minimum_turnover_excl_tax=100000)
    assert judged(firm(), long).ability == "able"


def test_contracts_already_running_take_their_part() -> None:
    busy = firm(running=[{"yearly_excl_tax": 100000, "ends_on": "2027-06-30"}])
    assert judged(busy, task(value_excl_tax=75000)).ability == "able"
    assert judged(busy, task(value_excl_tax="75000.01")).ability == "stretched"


@pytest.mark.parametrize(
    ("start", "ability"), [(date(2027, 6, 30), "stretched"), (date(2027, 7, 1), "able")]
)
def test_a_contract_that_ends_before_the_work_does_not_count(start: date, ability: str) -> None:
    busy = firm(running=[{"yearly_excl_tax": 100000, "ends_on": "2027-06-30"}])
    assert judged(busy, task(), starts_on=start).ability == ability


def test_a_firm_with_more_running_than_its_turnover_has_nothing_left() -> None:
    full = firm(running=[{"yearly_excl_tax": 900000}])
    assert judged(full, task(value_excl_tax=1)).ability == "unable"


def test_another_trade_makes_unable_and_is_named() -> None:
    fit = judged(firm(), task(trades=("electricite", "peinture")))
    assert fit.ability == "unable"
    assert "Peinture" in fit.reasons[0].says


def test_trades_read_from_the_activity_are_assumed_and_never_make_unable() -> None:
    one = firm(trades=None, naf="43.21A")
    assert codes(judged(one, task())) == {"trade_assumed", "within_means"}
    assert judged(one, task(trades=("peinture",))).ability == "unknown"


def test_an_activity_that_the_table_does_not_know_leaves_the_trades_unknown() -> None:
    assert judged(firm(trades=None, naf="96.02A"), task()).ability == "unknown"
    assert judged(firm(trades=None, naf=None), task()).ability == "unknown"
    assert judged(firm(trades=()), task()).ability == "unable"


@pytest.mark.parametrize(
    ("changed", "asked", "ability", "code"),
    [
        ({"reach_km": 28}, {"communes": (CHAUVIGNY,)}, "unable", "too_far"),
        ({"reach_km": 29}, {"communes": (CHAUVIGNY,)}, "able", "within_means"),
        ({"reach_km": None}, {"communes": (POITIERS,)}, "able", "reach_assumed"),
        ({"reach_km": None}, {"communes": (CHAUVIGNY,)}, "unknown", "reach_assumed"),
        ({"reach_km": 28}, {"communes": (POITIERS, CHAUVIGNY)}, "unable", "too_far"),
        ({"commune": None}, {}, "unknown", "commune_unknown"),
        ({"commune": ELSEWHERE}, {}, "unknown", "commune_unknown"),
        ({}, {"communes": None}, "unknown", "place_unknown"),
    ],
)
def test_reach_decides_by_distance(
    changed: dict[str, Any], asked: dict[str, Any], ability: str, code: str
) -> None:
    fit = judged(firm(**changed), task(**asked))
    assert fit.ability == ability
    assert code in codes(fit)


def test_without_an_assumed_reach_an_unknown_reach_stays_unknown() -> None:
    fit = judged(firm(reach_km=None), task(), terms={"assumed_reach_km": None})
    assert codes(fit) == {"reach_unknown"}


@pytest.mark.parametrize(
    ("reservation", "kind", "ability"),
    [
        ("disability", "esat", "able"),
        ("disability", "ea", "able"),
        ("disability", "siae", "unable"),
        ("inclusion", "siae", "able"),
        ("inclusion", "artisan", "unable"),
        ("disability_and_inclusion", "siae", "able"),
        ("inclusion", None, "unknown"),
        ("prison", "siae", "unknown"),
        ("social_economy", "sme", "unknown"),
        ("none", "sme", "able"),
    ],
)
def test_a_reserved_lot_has_its_own_supply(
    reservation: str, kind: str | None, ability: str
) -> None:
    assert judged(firm(kind=kind), task(reservation=reservation)).ability == ability


@pytest.mark.parametrize(("belongs", "ability"), [(True, "able"), (False, "unable")])
def test_a_lot_of_the_social_economy_asks_for_it(belongs: bool, ability: str) -> None:
    one = firm(is_social_economy=belongs)
    assert judged(one, task(reservation="social_economy")).ability == ability


def test_a_turnover_read_from_staff_is_an_interval_with_its_source() -> None:
    found = turnover_of(firm(turnover_excl_tax=None, workforce="02", naf="43.21A"), TERMS)
    assert found is not None
    assert (found.least_excl_tax, found.most_excl_tax) == (240000, 960000)
    assert found.source == "3 à 5 salariés ; hypothèse" and not found.verified


@pytest.mark.parametrize(
    ("value", "ability", "code"),
    [
        ("60000", "able", "within_means"),  # a quarter of the least
        ("120000", "stretched", "contract_share"),  # half of the least
        ("120000.01", "unknown", "turnover_estimated"),
        ("480000", "unknown", "turnover_estimated"),  # half of the most
        ("480000.01", "unable", "stretched_share"),
    ],
)
def test_within_an_estimated_turnover_only_what_is_sure_is_said(
    value: str, ability: str, code: str
) -> None:
    fit = judged(firm(turnover_excl_tax=None, workforce="02", naf="43.21A"),
                 task(value_excl_tax=value, minimum_turnover_excl_tax=0))  # fmt: skip
    assert fit.ability == ability
    assert code in codes(fit)


def test_a_turnover_asked_inside_the_interval_is_unknown() -> None:
    one = firm(turnover_excl_tax=None, workforce="02", naf="43.21A")
    assert judged(one, task(minimum_turnover_excl_tax=300000)).ability == "unknown"
    assert judged(one, task(minimum_turnover_excl_tax=960001)).ability == "unable"


def test_the_largest_range_has_no_end_and_is_never_unable_by_size() -> None:
    giant = firm(turnover_excl_tax=None, workforce="53")
    assert judged(giant, task(value_excl_tax=9_000_000_000)).ability == "unknown"


def test_without_turnover_or_staff_nothing_is_known() -> None:
    fit = judged(firm(turnover_excl_tax=None), task())
    assert codes(fit) == {"turnover_unknown"} and fit.ability == "unknown"


def test_without_a_value_nothing_is_known() -> None:
    assert codes(judged(firm(), task(value_excl_tax=None))) == {"value_unknown"}


@pytest.mark.parametrize(
    ("workforce", "kind", "small"),
    [
        ("12", "sme", True),
        ("21", "sme", False),
        ("53", "large", False),
        (None, "artisan", True),
        (None, "sme", None),
    ],
)
def test_small_is_said_of_staff(workforce: str | None, kind: str, small: bool | None) -> None:
    assert is_small(firm(workforce=workforce, kind=kind), TERMS) is small


amounts = st.decimals(min_value=0, max_value=2_000_000, places=2)


@given(turnover=amounts, value=amounts, more=amounts)
def test_a_larger_lot_never_makes_a_firm_abler(
    turnover: Decimal, value: Decimal, more: Decimal
) -> None:
    one = firm(turnover_excl_tax=turnover)
    small = judged(one, task(value_excl_tax=value)).ability
    large = judged(one, task(value_excl_tax=value + more)).ability
    assert WORST_FIRST.index(large) <= WORST_FIRST.index(small)


@given(turnover=amounts, value=amounts)
def test_forgetting_a_turnover_never_makes_unable(turnover: Decimal, value: Decimal) -> None:
    asked = task(value_excl_tax=value)
    assert judged(firm(turnover_excl_tax=None), asked).ability == "unknown"
    assert judged(firm(turnover_excl_tax=turnover), asked).ability != "unknown"


@given(turnover=amounts, value=amounts)
def test_the_limits_of_a_capacity_say_the_same_as_its_fit(
    turnover: Decimal, value: Decimal
) -> None:
    known = survey()
    capacity = known.capacity(firm(turnover_excl_tax=turnover))
    able, stretched = capacity.able_yearly_excl_tax, capacity.stretched_yearly_excl_tax
    admitted = capacity.admitted_excl_tax
    assert able is not None and stretched is not None and admitted is not None
    if value <= min(able, admitted):
        expected = "able"
    else:
        expected = "stretched" if value <= stretched else "unable"
    assert known.fit(capacity, task(value_excl_tax=value)).ability == expected
