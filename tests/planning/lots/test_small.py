"""Small lots: the share of all lots, to the cent, and the limits on their bounds."""

from decimal import Decimal

import pytest

from procure.domain.lot_plan import Able, PlannedLot, SmallLotsLaw
from procure.planning.lots.small import small_lots

NOBODY = Able(total=0, small=0, near=0)
LAW = SmallLotsLaw(
    nature="services",
    is_formal=True,
    limit_excl_tax=Decimal(80000),
    share=Decimal("0.2"),
    cite="CCP R2123-1",
    direct_award_excl_tax=Decimal(60000),
    direct_award_cite="CCP R2122-8",
)


def lots(*values: str) -> list[PlannedLot]:
    return [
        PlannedLot(id=str(number), title="Lot", items=("i",), labels=("i",), trades=(), communes=(),
                   value_excl_tax=Decimal(value), able=NOBODY, stretched=0, grown=NOBODY)
        for number, value in enumerate(values, 1)
    ]  # fmt: skip


def test_the_share_may_be_reached_and_not_passed_by_a_cent() -> None:
    at = small_lots(lots("79999.99", "320000.01"), LAW)
    assert at.lots == ("1",) and at.total_excl_tax <= at.cap_excl_tax
    assert small_lots(lots("79999.99", "319999.96"), LAW).lots == ("1",)
    assert small_lots(lots("79999.99", "319999.95"), LAW).lots == ()


def test_a_lot_at_the_limit_is_not_small() -> None:
    assert small_lots(lots("80000", "2000000"), LAW).candidates == ()
    assert small_lots(lots("79999.99", "2000000"), LAW).candidates == ("1",)


def test_as_many_lots_as_can_be_are_eased() -> None:
    found = small_lots(lots("70000", "40000", "30000", "260000"), LAW)
    assert found.cap_excl_tax == Decimal("80000.00")
    assert found.lots == ("2", "3") and found.total_excl_tax == Decimal(70000)
    assert found.share == Decimal(70000) / Decimal(400000)


def test_below_the_amount_of_dispense_a_lot_may_go_without_call() -> None:
    found = small_lots(lots("60000", "59999.99", "900000"), LAW)
    assert found.direct_award == ("2",)


def test_what_stands_in_no_lot_counts_in_the_whole() -> None:
    assert small_lots(lots("79000", "100000"), LAW).lots == ()
    assert small_lots(lots("79000", "100000"), LAW, Decimal(216000)).lots == ("1",)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"is_formal": False}, "sous le seuil"),
        ({"is_formal": None}, "On ne sait pas"),
        ({"limit_excl_tax": None}, "nature"),
    ],
)
def test_where_the_exception_is_not_known_to_serve_nothing_is_chosen(
    changed: dict[str, object], says: str
) -> None:
    found = small_lots(lots("1000", "900000"), LAW.model_copy(update=changed))
    assert not found.applies and found.lots == () and says in found.says
