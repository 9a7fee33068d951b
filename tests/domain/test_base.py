"""Amounts, shares, counts and days are read as people write them, and nothing else is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from procure.domain.base import Count, Cpv, Day, Label, Money, Noun, Number, Share

KINDS: dict[str, TypeAdapter[Any]] = {
    "money": TypeAdapter(Money),
    "share": TypeAdapter(Share),
    "number": TypeAdapter(Number),
    "count": TypeAdapter(Count),
    "day": TypeAdapter(Day),
    "cpv": TypeAdapter(Cpv),
}


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("money", "1 250 000,50 €", Decimal("1250000.50")),
        ("money", "1\u202f250\u202f000\u00a0€", Decimal(1250000)),
        ("money", "48000", Decimal(48000)),
        ("money", "12,5", Decimal("12.5")),
        ("money", 48000, Decimal(48000)),
        ("money", Decimal("0.01"), Decimal("0.01")),
        ("money", 0, Decimal(0)),
        ("share", "30 %", Decimal("0.30")),
        ("share", "2,5%", Decimal("0.025")),
        ("share", "0,3", Decimal("0.3")),
        ("share", "100 %", Decimal(1)),
        ("share", Decimal("0.3"), Decimal("0.3")),
        ("number", "12,500", Decimal("12.5")),
        ("number", "3 120", Decimal(3120)),
        ("count", "89 472", 89472),
        ("count", 12, 12),
        ("day", "01/09/2026", date(2026, 9, 1)),
        ("day", "1/9/2026", date(2026, 9, 1)),
        ("day", "2026-09-01", date(2026, 9, 1)),
        ("day", date(2026, 9, 1), date(2026, 9, 1)),
        ("cpv", "45214210", "45214210"),
    ],
)
def test_a_value_is_read_as_people_write_it(kind: str, written: Any, value: Any) -> None:
    found = KINDS[kind].validate_python(written)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("money", "-1"),
        ("money", "12,500"),
        ("money", "1,250,000"),
        ("money", "12,345 €"),
        ("money", "1.250.000,00"),
        ("money", "0.001"),
        ("money", "NaN"),
        ("money", "Infinity"),
        ("money", "1e5"),
        ("money", "1_000"),
        ("money", "12 k€"),
        ("money", "€"),
        ("money", ""),
        ("money", "9" * 16),
        ("money", "9" * 1_000_000),
        ("money", "٤٨٠٠٠"),
        ("money", True),
        ("money", [1]),
        ("share", "130 %"),
        ("share", "%"),
        ("share", "1,01"),
        ("share", "-5 %"),
        ("share", 30),
        ("share", False),
        ("number", "1e999999999"),
        ("number", Decimal("1e99")),
        ("number", "NaN"),
        ("number", True),
        ("count", "30 jours"),
        ("count", "3,5"),
        ("count", -1),
        ("count", 1_000_001),
        ("count", "9" * 5_000),
        ("count", True),
        ("day", "31/09/2026"),
        ("day", "2026-02-29"),
        ("day", "2026-13-01"),
        ("day", "septembre 2026"),
        ("day", "2026-09-01T10:00:00"),
        ("day", "09-01-2026"),
        ("day", "0"),
        ("day", 0),
        ("day", 1_788_220_800),
        ("day", datetime(2026, 9, 1, 10)),
        ("day", True),
        ("cpv", "4521421"),
        ("cpv", "45214210-2"),
        ("cpv", "٤٥٢١٤٢١٠"),
    ],
)
def test_what_could_be_read_in_two_ways_or_in_none_is_refused(kind: str, written: Any) -> None:
    with pytest.raises(ValidationError):
        KINDS[kind].validate_python(written)


@given(st.decimals(0, 10**12, places=2))
def test_any_amount_is_read_back_from_french(amount: Decimal) -> None:
    french = f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",") + " €"
    assert KINDS["money"].validate_python(french) == amount


class Thing(Noun):
    name: Label | None = None


def test_a_noun_is_frozen_closed_and_trims_its_texts() -> None:
    thing = Thing(name="  cour  ")
    assert thing.name == "cour"
    with pytest.raises(ValidationError):
        thing.name = "autre"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Thing.model_validate({"nom": "cour"})


def test_a_number_is_taken_for_its_text_and_a_yes_is_not() -> None:
    assert Thing.model_validate({"name": 2026}).name == "2026"
    with pytest.raises(ValidationError):
        Thing.model_validate({"name": True})
