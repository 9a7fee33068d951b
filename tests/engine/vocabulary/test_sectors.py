"""What the law asks by kind of purchase: what is said counts, what is not said accuses nobody."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from procure.domain.tender import Tender
from procure.engine.views import TenderView
from procure.engine.vocabulary import FACTS


def read(name: str, **fields: Any) -> Any:
    tender = Tender.model_validate({"id": "T", **fields})
    return FACTS[name].read(TenderView(tender, Decimal("0.25")))


@pytest.mark.parametrize(
    ("resources", "expected"),
    [(None, False), ({}, False), ({"reused_share": 0}, True), ({"reused_share": "0.2"}, True)],
)
def test_a_share_of_nothing_is_a_stated_share(resources: Any, expected: bool) -> None:
    assert read("resources.reused_share_is_stated", resources=resources) is expected


@pytest.mark.parametrize(("accepts", "expected"), [(None, False), (True, False), (False, True)])
def test_a_file_that_does_not_shut_out_used_buildings_accepts_them(
    accepts: bool | None, expected: bool
) -> None:
    resources = {"accepts_reconditioned_buildings": accepts}
    assert read("resources.excludes_reconditioned", resources=resources) is expected


@pytest.mark.parametrize(
    ("equipment", "expected"),
    [
        (None, None),
        ({}, None),
        ({"asks_responsible_label": False}, False),
        ({"asks_responsible_label": True}, None),
        ({"asks_responsible_label": True, "label_accepts_equivalent": False}, False),
        ({"asks_responsible_label": True, "label_accepts_equivalent": True}, True),
    ],
)
def test_a_label_counts_with_its_equivalents(equipment: Any, expected: bool | None) -> None:
    assert read("equipment.responsible_label", equipment=equipment) is expected


def test_an_exclusion_is_announced_when_every_lot_announces_it() -> None:
    shared = {"optional_exclusions": ["emissions_report"]}
    own = {"optional_exclusions": ["emissions_report", "vigilance_plan"]}
    lots = [{"id": "1"}, {"id": "2", "application": own}]
    name = "application.optional_exclusions"
    assert read(name, application=shared, lots=lots) == {"emissions_report"}
    assert read(name, lots=lots) is None


@pytest.mark.parametrize(
    ("group", "expected"),
    [(None, False), ({}, False), ({"intermunicipal_mandate": True}, True)],
)
def test_a_mandate_that_is_not_said_is_not_claimed(group: Any, expected: bool) -> None:
    assert read("group.claims_mandate", group=group) is expected


@pytest.mark.parametrize(
    ("ground", "expected"), [(None, False), ("small_amount", False), ("books", True)]
)
def test_books_are_claimed_by_name(ground: str | None, expected: bool) -> None:
    assert read("procedure.claims_books", direct_award_ground=ground) is expected
    assert read("procedure.claims_special_case", direct_award_ground=ground) is False


def test_late_interest_of_nothing_is_stated() -> None:
    assert read("payment.late_interest_is_stated", late_interest_points=0) is True
    assert read("payment.late_fee_is_stated") is False
