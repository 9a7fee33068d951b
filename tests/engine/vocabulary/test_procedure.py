"""Facts of the procedure: exceptions count when claimed, amounts when they are known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from procure.domain.tender import FrameworkAgreement, Lot, Renewals, Tender
from procure.engine.views import TenderView
from procure.engine.vocabulary import FACTS


def read(name: str, **fields: Any) -> Any:
    return FACTS[name].read(TenderView(Tender(id="T", **fields), Decimal(1)))


@pytest.mark.parametrize(
    ("ground", "special", "innovative"),
    [
        (None, False, False),
        ("small_amount", False, False),
        ("innovation", False, True),
        ("urgency", True, False),
        ("exclusivity", True, False),
        ("no_suitable_bid", True, False),
        ("other", True, False),
    ],
)
def test_a_case_that_nobody_claims_is_not_one(
    ground: str | None, special: bool, innovative: bool
) -> None:
    assert read("procedure.claims_special_case", direct_award_ground=ground) is special
    assert read("procedure.claims_innovation", direct_award_ground=ground) is innovative


def test_an_innovative_purchase_claims_it() -> None:
    assert read("procedure.claims_innovation", is_innovative=True) is True
    assert read("procedure.claims_innovation", is_innovative=False) is False


def test_small_lots_are_claimed_lot_by_lot() -> None:
    small = Lot(id="1", small_lot_procedure="adapted")
    other = Lot(id="2", small_lot_procedure="direct_award")
    assert read("procedure.only_small_lots", lots=(small, other)) is True
    assert read("procedure.only_small_lots", lots=(small, Lot(id="2"))) is False
    assert read("procedure.only_small_lots", lots=()) is False
    assert read("procedure.only_small_lots") is False


def test_renewals_add_up_when_both_amounts_are_known() -> None:
    renewals = Renewals(count=3, months=Decimal(12), value_excl_tax=Decimal(58000))
    known = {"initial_value_excl_tax": Decimal(58000), "renewals": renewals}
    assert read("tender.value_with_renewals_excl_tax", **known) == 232000
    assert read("tender.value_with_renewals_excl_tax", renewals=renewals) is None
    assert read("tender.value_with_renewals_excl_tax", initial_value_excl_tax=Decimal(1)) is None


def test_places_of_publication_are_counted_once() -> None:
    assert read("publication.count", published_in=("boamp", "boamp", "ojeu")) == 2
    assert read("publication.count", published_in=()) == 0
    assert read("publication.count") is None


def test_a_framework_is_described_by_the_tender_or_by_a_lot() -> None:
    framework, plain = FrameworkAgreement(), FrameworkAgreement(is_framework=False)
    assert read("framework.is_described", framework=framework) is True
    assert read("framework.is_described", framework=plain) is False
    assert read("framework.is_described", lots=(Lot(id="1", framework=framework),)) is True
    assert read("framework.is_described") is False
