"""A tender holds what is known, knows the day its law is read, and refuses a lot twice."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from procure.domain.tender import Criterion, Lot, Tender


def test_a_tender_needs_nothing_but_an_id() -> None:
    tender = Tender(id="x")
    known = {name for name in Tender.model_fields if getattr(tender, name) not in (None, ())}
    assert known == {"id", "buyer", "clauses_are_complete"}


def test_unknown_lots_are_not_the_statement_that_there_are_none() -> None:
    assert Tender(id="x").lots is None
    assert Tender(id="x", lots=()).lots == ()


def test_the_law_is_read_on_the_day_of_the_notice_else_of_the_launch() -> None:
    notice, launch = date(2026, 9, 1), date(2026, 8, 1)
    assert Tender(id="x", notice_sent_on=notice, launched_on=launch).consultation_on == notice
    assert Tender(id="x", launched_on=launch).consultation_on == launch
    assert Tender(id="x").consultation_on is None


def test_two_lots_of_one_id_are_refused_and_the_second_is_named() -> None:
    with pytest.raises(ValidationError) as refusal:
        Tender(id="x", lots=(Lot(id="1"), Lot(id="2"), Lot(id="1")))
    (error,) = refusal.value.errors()
    assert error["ctx"]["at"] == ("lots", 2, "id")


def test_a_criterion_holds_criteria() -> None:
    criterion = Criterion(label="Technique", sub_criteria=(Criterion(label="Délai"),))
    assert criterion.sub_criteria is not None
    assert criterion.sub_criteria[0].label == "Délai"


@pytest.mark.parametrize("insee", ["86194", "2A004", "2B033"])
def test_the_communes_of_corsica_have_an_insee_code_too(insee: str) -> None:
    assert Tender.model_validate({"id": "x", "places": [{"insee": insee}]}).places
    with pytest.raises(ValidationError):
        Tender.model_validate({"id": "x", "places": [{"insee": insee + "0"}]})
