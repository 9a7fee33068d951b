"""The facts of policy say what is sure, what may still be, and never guess."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from procure.domain.tender import Tender
from procure.engine.views import TenderView
from procure.engine.vocabulary.policy import FACTS

READ = {fact.spec.name: fact.read for fact in FACTS}
CHECKED = {"proof": "p", "checked_by": "c", "checked_when": "w", "penalty": "100 €"}


def value(name: str, **fields: Any) -> Any:
    view = TenderView(Tender.model_validate({"id": "T", **fields}), Decimal("0.25"))
    return READ[name](view)


def pair(name: str, twin: str, **fields: Any) -> tuple[Any, Any]:
    return value(name, **fields), value(twin, **fields)


def hours(**fields: Any) -> tuple[Any, Any]:
    name = "insertion.hours_per_100k"
    return pair(name, f"{name}_potential", **fields)


def clause(subject: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "execution", "subject": subject, **fields}


def lot(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": str(number), **fields}


def test_hours_are_counted_for_one_hundred_thousand_euros() -> None:
    asked = [clause("insertion", axis="social", insertion_hours=500)]
    assert hours(value_excl_tax=1_250_000, clauses=asked) == (40, 40)


def test_a_clause_shared_by_lots_is_counted_once() -> None:
    lots = [lot(i, value_excl_tax=100_000, clauses=[clause("waste")]) for i in (1, 2)]
    shared = [clause("insertion", insertion_hours=100)]
    assert hours(lots=lots, clauses=shared) == (50, 50)


def test_no_insertion_clause_in_a_complete_file_is_zero_hours() -> None:
    assert hours(value_excl_tax=100_000, clauses=[clause("waste")]) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "sure"),
    [
        ({"clauses": [clause("insertion")]}, None),
        ({"clauses": [{"axis": "social"}]}, None),
        ({"clauses": [{"text": "t"}]}, None),
        ({"clauses": [], "clauses_are_complete": False}, None),
        ({}, None),
        ({"clauses": [clause("insertion", insertion_hours=10), clause("insertion")]}, 10),
    ],
)
def test_hours_not_said_leave_the_potential_open(fields: dict[str, Any], sure: Any) -> None:
    assert hours(value_excl_tax=100_000, **fields) == (sure, None)


def test_hours_of_a_need_without_value_are_unknown() -> None:
    assert hours(clauses=[clause("insertion", insertion_hours=10)]) == (None, None)


def reserved(**fields: Any) -> tuple[Any, Any]:
    return pair("reservation.social_share", "reservation.social_potential", **fields)


def test_a_reserved_contract_without_lots_is_wholly_reserved() -> None:
    assert reserved(reservation={"kind": "inclusion"}, lots=[]) == (1, 1)
    assert value("reservation.covers_all", reservation={"kind": "inclusion"}) is True


def test_a_lot_kept_for_innovative_firms_is_no_social_reservation() -> None:
    assert reserved(reservation={"kind": "jei"}) == (0, 0)
    assert value("reservation.covers_all", reservation={"kind": "jei"}) is False


def test_reserved_lots_count_by_value() -> None:
    lots = [
        lot(1, value_excl_tax=30_000, reservation={"kind": "disability"}),
        lot(2, value_excl_tax=70_000, reservation={"kind": "none"}),
    ]
    assert reserved(lots=lots) == (Decimal("0.3"), Decimal("0.3"))


def test_a_lot_that_says_nothing_may_be_reserved() -> None:
    lots = [
        lot(1, value_excl_tax=30_000),
        lot(2, value_excl_tax=60_000, reservation={"kind": "none"}),
        lot(3, value_excl_tax=10_000, reservation={"kind": "inclusion"}),
    ]
    assert reserved(lots=lots) == (Decimal("0.1"), None)
    assert reserved(lots=lots[:2]) == (None, None)
    assert value("reservation.covers_all", lots=lots) is False


def test_a_reserved_lot_without_value_has_no_known_share() -> None:
    lots = [lot(1, reservation={"kind": "disability"}), lot(2, reservation={"kind": "none"})]
    assert reserved(lots=lots) == (None, None)


def test_reservations_never_said_are_unknown() -> None:
    assert reserved() == (None, None)
    assert value("reservation.covers_all") is None


def subjects(**fields: Any) -> tuple[Any, Any]:
    name = "clauses.environmental.subjects"
    return pair(f"{name}_count", f"{name}_potential", **fields)


def test_subjects_are_counted_once_in_the_poorest_lot() -> None:
    lots = [lot(1, clauses=[clause("energy")]), lot(2, clauses=[clause("waste")])]
    assert subjects(lots=lots, clauses=[clause("waste"), clause("equality")]) == (1, 1)


def test_a_clause_without_subject_makes_at_least_one() -> None:
    assert subjects(clauses=[{"axis": "environmental"}]) == (1, None)
    assert subjects(clauses=[{"axis": "environmental"}, clause("waste")]) == (1, None)
    assert subjects(clauses=[{"axis": "social"}]) == (0, 0)


def test_subjects_of_an_incomplete_file_have_no_bound() -> None:
    assert subjects(clauses=[clause("waste")], clauses_are_complete=False) == (1, None)
    assert subjects() == (0, None)
    assert subjects(clauses=[clause("other")]) == (0, None)


def enforceable(**fields: Any) -> tuple[Any, Any]:
    name = "clauses.social.enforceable"
    return pair(f"{name}_share", f"{name}_potential", **fields)


def test_a_clause_that_lacks_its_penalty_may_have_it_elsewhere() -> None:
    clauses = [clause("equality", **CHECKED), clause("youth", proof="p")]
    assert enforceable(clauses=clauses) == (Decimal("0.5"), None)


def test_without_a_clause_of_the_axis_none_can_be_enforced() -> None:
    assert enforceable(clauses=[clause("waste", **CHECKED)]) == (0, 0)


def test_a_clause_without_axis_may_be_one_of_the_axis() -> None:
    assert enforceable(clauses=[clause("equality", **CHECKED), {"text": "t"}])[0] == Decimal("0.5")


def test_an_incomplete_file_is_not_said_enforceable() -> None:
    clauses = [clause("equality", **CHECKED)]
    assert enforceable(clauses=clauses, clauses_are_complete=False) == (None, None)


def young(**fields: Any) -> tuple[Any, Any]:
    name = "clauses.youth_or_training"
    return pair(f"{name}.strength", f"{name}.potential", **fields)


def test_one_of_two_clauses_is_enough() -> None:
    assert young(clauses=[clause("training", **CHECKED)]) == (1, 1)
    assert young(clauses=[clause("youth", **CHECKED), clause("training")]) == (1, 1)
    assert young(clauses=[clause("youth")]) == (Decimal("0.25"), 1)
    assert young(clauses=[]) == (0, 0)
    assert young() == (None, None)


@pytest.mark.parametrize(
    ("advance", "share"),
    [
        ({"granted": False}, 0),
        ({"granted": True, "share": "20 %"}, Decimal("0.2")),
        ({"share": "20 %"}, Decimal("0.2")),
        ({"granted": True}, None),
        (None, None),
    ],
)
def test_an_advance_refused_is_zero_and_one_not_said_unknown(advance: Any, share: Any) -> None:
    assert value("advance.offered_share", advance=advance) == share


def test_the_least_advance_of_the_lots_counts() -> None:
    lots = [lot(1, advance={"share": "5 %"}), lot(2)]
    assert value("advance.offered_share", lots=lots, advance={"share": "20 %"}) == Decimal("0.05")
    assert value("advance.offered_share", lots=lots) is None


def test_the_largest_lot_is_a_share_of_all() -> None:
    lots = [lot(1, value_excl_tax=60_000), lot(2, value_excl_tax=40_000)]
    assert value("lots.largest_share", lots=lots) == Decimal("0.6")
    assert value("lots.largest_share", lots=[*lots, lot(3)]) is None
    assert value("lots.largest_share", lots=[]) is None


def test_places_are_counted_once_every_contract_says_its_own() -> None:
    there = [{"insee": "86194"}]
    lots = [lot(1, places=there), lot(2, places=[*there, {"insee": "86041"}])]
    assert value("places.count", lots=lots) == 2
    assert value("places.count", lots=[*lots, lot(3)]) is None
    assert value("places.count", places=there) == 1
    assert value("places.count") is None
