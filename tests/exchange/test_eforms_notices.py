"""
Published notices are read as they were published.

`expected.json` was drawn from the same notices with another parser, and for the converted ones
from the original TED notices: see `tests/fixtures/PROVENANCE.md`.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from procure.domain.tender import Criterion, Lot
from procure.exchange.eforms import read_notice
from procure.exchange.reading import Reading

FIXTURES = Path(__file__).parents[1] / "fixtures" / "eforms"
SAMPLES = Path(__file__).parents[2] / "sample_tenders" / "real"
EXPECTED: dict[str, Any] = json.loads((FIXTURES / "expected.json").read_text("utf-8"))
REAL = sorted(EXPECTED["real"].items())
CONVERTED = sorted(EXPECTED["converted"].items())
NOTICES = sorted(FIXTURES.glob("*.xml"))

FRAMEWORK = {None: None, "none": False, "fa-wo-rc": True, "fa-w-rc": True, "fa-mix": True}


def read(name: str) -> Reading:
    return read_notice((FIXTURES / name).read_bytes(), name, "0" * 64)


def lots_of(reading: Reading) -> tuple[Lot, ...]:
    return reading.tender.lots or ()


def weights(criteria: tuple[Criterion, ...] | None) -> list[list[Any]] | None:
    if criteria is None:
        return None
    return [[each.kind, None if each.weight is None else float(each.weight)] for each in criteria]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def test_every_notice_has_its_expectations() -> None:
    assert {path.name for path in NOTICES} == {*EXPECTED["real"], *EXPECTED["converted"]}
    assert (len(REAL), len(CONVERTED)) == (22, 7)


@pytest.mark.parametrize(("name", "expected"), REAL)
def test_the_lots_and_criteria_are_as_many_as_the_index_counts(
    name: str, expected: dict[str, Any]
) -> None:
    lots, index = lots_of(read(name)), expected["index"]
    assert len(lots) == index["lots"]
    criteria = sum(len(lot.criteria or ()) for lot in lots)
    assert criteria == index["criteria"] - index["criteria_of_groups"]


@pytest.mark.parametrize(("name", "expected"), REAL)
def test_each_criterion_has_its_kind_and_its_share(name: str, expected: dict[str, Any]) -> None:
    read_weights = [weights(lot.criteria) for lot in lots_of(read(name))]
    assert read_weights == [lot["criteria"] for lot in expected["lots"]]


@pytest.mark.parametrize(("name", "expected"), REAL)
def test_each_lot_says_what_the_notice_says_of_it(name: str, expected: dict[str, Any]) -> None:
    for lot, said in zip(lots_of(read(name)), expected["lots"], strict=True):
        assert (lot.id, lot.cpv, lot.due_on) == (said["id"], said["cpv"], day(said["due_on"]))
        assert (lot.framework.is_framework if lot.framework else None) == FRAMEWORK[
            said["framework"]
        ]
        assert (lot.reservation.kind if lot.reservation else None) == said["reserved"]
        assert len(lot.clauses or ()) == said["conditions"]
        assert sorted({place.nuts for place in lot.places or () if place.nuts}) == said["nuts"]
        declared = lot.strategic.model_dump() if lot.strategic else {}
        for aim in ("aims", "environmental", "green_criteria"):
            assert declared.get(aim) == (tuple(said[aim]) if said[aim] else None)


@pytest.mark.parametrize(("name", "expected"), REAL)
def test_only_amounts_in_euros_become_values(name: str, expected: dict[str, Any]) -> None:
    for lot, said in zip(lots_of(read(name)), expected["lots"], strict=True):
        value = said["value"] and Decimal(said["value"][1]) if said["value"] else None
        assert lot.value_excl_tax == (value if value and said["value"][0] == "EUR" else None)


@pytest.mark.parametrize(("name", "expected"), REAL)
def test_the_day_of_the_call_is_that_of_a_call_only(name: str, expected: dict[str, Any]) -> None:
    reading = read(name)
    assert reading.tender.id == expected["id"]
    assert reading.tender.notice_sent_on == day(expected["sent_on"])


@pytest.mark.parametrize(("name", "expected"), CONVERTED)
def test_a_converted_notice_reads_as_its_original(name: str, expected: dict[str, Any]) -> None:
    tender = read(name).tender
    assert (tender.cpv, tender.nature) == (expected["cpv"], expected["nature"])
    assert tender.value_excl_tax == (Decimal(expected["value"]) if expected["value"] else None)
    assert tender.notice_sent_on == day(expected["sent_on"])
    assert tender.due_on == day(expected["due_on"])
    assert tender.notified_on == day(expected["notified_on"])
    lots = [
        {
            "id": lot.id,
            "criteria": weights(lot.criteria),
            "months": int(lot.duration_months) if lot.duration_months else None,
        }
        for lot in tender.lots or ()
    ]
    assert lots == expected["lots"]


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_every_value_has_its_origin_in_the_notice(path: Path) -> None:
    reading = read(path.name)
    said = reading.tender.model_dump(exclude_unset=True, exclude={"buyer": {"country"}})
    missing = [
        place
        for place in leaves(said)
        if place not in reading.origins and not place.endswith("clauses_are_complete")
    ]
    assert not missing
    assert all(re.match(r"/\w+/(\w+:)", origin) for origin in reading.origins.values())


def leaves(value: Any, at: str = "") -> list[str]:
    """The paths of the values that are not None; a tuple of words is one value."""
    if isinstance(value, dict):
        inner = ((f"{at}.{key}" if at else key, each) for key, each in value.items())
        return [leaf for path, each in inner for leaf in leaves(each, path)]
    if isinstance(value, tuple) and value and isinstance(value[0], dict):
        return [leaf for i, each in enumerate(value) for leaf in leaves(each, f"{at}[{i}]")]
    return [] if value is None else [at]


@pytest.mark.parametrize("path", [*NOTICES, *sorted(SAMPLES.glob("*.xml"))], ids=lambda p: p.name)
def test_no_notice_in_the_repository_names_a_person(path: Path) -> None:
    text = path.read_text("utf-8")
    mails = set(re.findall(r"[\w.+-]+@[\w.-]+\w", text))
    phones = set(re.findall(r"<cbc:Tele(?:phone|fax)>([^<]*)<", text))
    contacts = set(re.findall(r"<cac:Contact>\s*<cbc:Name[^>]*>([^<]*)<", text))
    assert mails <= {"contact@example.org"}
    assert phones <= {"+33 100000000"}
    assert contacts <= {"Service des marchés"}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xml")), ids=lambda path: path.name)
def test_every_real_sample_is_french_and_read(path: Path) -> None:
    reading = read_notice(path.read_bytes(), path.name, "0" * 64)
    assert reading.format == "eforms"
    assert reading.tender.buyer.country == "FRA"
    assert reading.tender.lots


def test_criteria_of_several_groups_keep_their_own_method() -> None:
    (lot,) = lots_of(read("2024-OJS056-00163529.xml"))
    methods = [each.method or "" for each in lot.criteria or ()]
    assert [method[:14] for method in methods] == [
        "De punten van ",
        "Voor wat betre",
        "Onder de flexi",
    ]


def test_amounts_fixed_in_advance_are_no_weights() -> None:
    (lot,) = lots_of(read("2024-OJS065-00191536.xml"))
    assert {each.weight for each in lot.criteria or ()} == {None}


def test_a_text_in_french_is_preferred_to_the_language_of_the_notice() -> None:
    reading = read("2023-OJS167-00524889.xml")
    assert (reading.tender.title or "").startswith("Marchés de services cadres")


def test_a_notice_of_four_buyers_says_that_one_is_taken() -> None:
    reading = read("2024-OJS198-00611835.xml")
    assert any("4 acheteurs" in note for note in reading.notes)


def test_an_amount_in_zlotys_is_unknown_and_said_so() -> None:
    reading = read("2024-OJS072-00215550-modif.xml")
    assert reading.tender.value_excl_tax is None
    assert any("PLN" in note and "pas en euros" in note for note in reading.notes)


def test_a_corrected_notice_does_not_give_its_own_day_as_that_of_the_call() -> None:
    reading = read("00155175_2025.xml")
    assert reading.tender.notice_sent_on is None
    assert any("rectifie" in note for note in reading.notes)


def test_an_execution_said_reserved_by_a_conversion_is_doubted() -> None:
    reading = read("eforms_21-363118.xml")
    (lot,) = lots_of(reading)
    assert lot.reservation is None
    assert any("BT-736" in note for note in reading.notes)
