"""Renewals are part of the need, also where the declared value forgets them (CCP R2121-1)."""

from decimal import Decimal

import pytest

from procure.domain.tender import Renewals, Tender
from procure.engine.views import TenderView


def need(declared: int | None, initial: int | None, count: int, each: int | None) -> Decimal | None:
    tender = Tender(
        id="T",
        value_excl_tax=declared,
        initial_value_excl_tax=initial,
        renewals=Renewals(count=count, value_excl_tax=each),
    )
    return TenderView(tender, Decimal("0.25")).value


@pytest.mark.parametrize(
    ("declared", "initial", "count", "each", "expected"),
    [
        (80_000, None, 3, 80_000, 320_000),
        (20_000, None, 3, 20_000, 80_000),
        (240_000, None, 2, 80_000, 240_000),
        (100_000, None, 1, 80_000, 100_000),
        (None, 80_000, 3, 80_000, 320_000),
        (320_000, 80_000, 3, 80_000, 320_000),
        (80_000, 80_000, 0, None, 80_000),
        (80_000, None, 0, None, 80_000),
        (80_000, None, 3, None, 80_000),
        (None, None, 3, 80_000, None),
        (None, 80_000, 3, None, None),
    ],
)
def test_a_value_that_its_renewals_reach_cannot_hold_them(
    declared: int | None, initial: int | None, count: int, each: int | None, expected: int | None
) -> None:
    assert need(declared, initial, count, each) == expected
