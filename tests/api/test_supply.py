"""The law and the choices by which capacity is reasoned, on a day and under a profile."""

from datetime import date
from decimal import Decimal

import pytest

from procure.api import supply
from procure.domain.errors import InputError
from procure.domain.supply import Firm, Task


@pytest.mark.parametrize(
    ("on", "cap"), [(date(2025, 12, 31), Decimal(2)), (date(2026, 1, 1), Decimal("1.5"))]
)
def test_the_cap_on_the_turnover_asked_is_that_of_the_day(on: date, cap: Decimal) -> None:
    found = supply.terms(on)
    assert found.turnover_cap == cap
    assert found.turnover_cap_cite == "CCP R2142-7"


def test_a_day_before_the_law_is_refused() -> None:
    with pytest.raises(InputError, match="n'est pas connu"):
        supply.terms(date(2010, 1, 1))


def test_the_shares_are_choices_in_order() -> None:
    found = supply.terms(date(2026, 9, 1))
    assert 0 < found.contract_share <= found.stretched_share <= 1


def test_the_same_lot_is_sure_on_one_day_and_not_on_the_eve() -> None:
    firm = Firm(id="f", trades=("peinture",), commune="86027", turnover_excl_tax=Decimal(300000))
    lot = Task(id="1", trades=("peinture",), communes=("86194",), value_excl_tax=Decimal(180000),
               yearly_excl_tax=Decimal(60000))  # fmt: skip
    eve, day = supply.survey(date(2025, 12, 31)), supply.survey(date(2026, 1, 1))
    assert eve.fit(eve.capacity(firm), lot).ability == "stretched"
    assert day.fit(day.capacity(firm), lot).ability == "able"


def test_a_firm_known_by_its_activity_and_staff_alone_can_be_able() -> None:
    known = supply.survey(date(2026, 9, 1))
    painter = Firm(id="p", naf="43.34Z", workforce="02", commune="86027")
    capacity = known.capacity(painter)
    assert capacity.trades is not None and "peinture" in capacity.trades
    assert capacity.trades_are_assumed and capacity.reach_is_assumed
    assert capacity.turnover is not None and not capacity.turnover.verified
    lot = Task(id="1", trades=("peinture",), communes=("86194",), value_excl_tax=Decimal(20000),
               yearly_excl_tax=Decimal(20000))  # fmt: skip
    assert known.fit(capacity, lot).ability == "able"
