"""The published schema says of a tender file what our reader says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from procure.domain import parties, tender
from procure.domain.errors import ProcureError
from procure.domain.tender import Tender
from procure.exchange.fields import field_words, ordered, words
from procure.exchange.native import read_yaml
from procure.exchange.schema import tender_schema
from procure.exchange.skeleton import skeleton
from procure.resources import json, yaml

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
VALID = sorted(path for path in SAMPLES.glob("*.yaml") if not path.name.startswith("INVALID_"))
SCHEMA = tender_schema()
DEFS: dict[str, Any] = SCHEMA["$defs"]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

BEYOND_SHAPE = {
    "INVALID_date-impossible.yaml": "a pattern does not know the calendar",
    "INVALID_deux-lots-de-meme-numero.yaml": "a schema does not compare one lot with another",
    "INVALID_date-a-la-place-du-titre.yaml": "JSON has no dates, so a day is a text",
}
"""Faulty samples whose fault no JSON Schema can see."""


def as_json(value: Any) -> Any:
    """What the same YAML would be in JSON: days as text."""
    if isinstance(value, dict):
        return {str(key): as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def parsed(path: Path) -> Any:
    """The plain values of a file; None when it is no YAML or JSON at all."""
    parse = json.parse if path.suffix == ".json" else yaml.parse
    try:
        return as_json(parse(path.read_text("utf-8"), path.name).value)
    except (ProcureError, UnicodeDecodeError):
        return None


FAULTY = [path for path in sorted(SAMPLES.glob("INVALID_*")) if parsed(path) is not None]


def test_the_schema_is_itself_a_valid_schema_of_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_sample_is_valid_for_the_schema(path: Path) -> None:
    VALIDATOR.validate(parsed(path))


def test_most_faulty_samples_can_be_parsed() -> None:
    assert len(FAULTY) >= 12


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_a_sample_with_a_wrong_shape_is_not_valid_for_the_schema(path: Path) -> None:
    assert VALIDATOR.is_valid(parsed(path)) is (path.name in BEYOND_SHAPE)


def test_the_skeleton_is_valid_for_the_schema() -> None:
    VALIDATOR.validate(as_json(yaml.parse(skeleton(), "modèle").value))


def test_every_field_of_every_block_is_described_in_the_schema() -> None:
    for block in [SCHEMA, *DEFS.values()]:
        assert block["title"] and block["description"]
        for name, field in block["properties"].items():
            assert len(field["description"]) > 2, name


def test_a_described_field_gives_the_meaning_of_each_word_to_choose_from() -> None:
    said = SCHEMA["properties"]["nature"]["description"]
    assert said.endswith("(works = travaux; supplies = fournitures; services = services)")


AS_PEOPLE_WRITE = [
    ("value_excl_tax", "1 250 000,50 €"),
    ("value_excl_tax", "1\u202f250\u202f000 €"),
    ("value_excl_tax", "48000"),
    ("value_excl_tax", "12,50"),
    ("value_excl_tax", "beaucoup"),
    ("value_excl_tax", "12,500"),
    ("value_excl_tax", "1,250,000"),
    ("value_excl_tax", "-5"),
    ("value_excl_tax", "5 $"),
    ("retention_share", "3 %"),
    ("retention_share", "2,5 %"),
    ("retention_share", "100 %"),
    ("retention_share", "101 %"),
    ("retention_share", "0,03"),
    ("retention_share", "3"),
    ("notice_sent_on", "2026-09-01"),
    ("notice_sent_on", "01/09/2026"),
    ("notice_sent_on", "1/9/2026"),
    ("notice_sent_on", "septembre"),
    ("payment_delay_days", "30"),
    ("payment_delay_days", "1 000"),
    ("payment_delay_days", "30 jours"),
    ("cpv", "45214210"),
    ("cpv", "4521421"),
    ("cpv", "45214210-2"),
    ("nature", "works"),
    ("nature", "travaux"),
    ("duration_months", "7,5"),
    ("duration_months", "un an"),
    ("title", "Cour"),
    ("title", ""),
]


@pytest.mark.parametrize(("field", "text"), AS_PEOPLE_WRITE)
def test_the_schema_and_the_reader_agree_on_what_people_write(field: str, text: str) -> None:
    assert VALIDATOR.is_valid({"id": "x", field: text}) is readable({"id": "x", field: text})


AS_NUMBERS = [
    ("cpv", 45214210),
    ("cpv", 452142),
    ("value_excl_tax", 48000),
    ("value_excl_tax", -1),
    ("retention_share", 0.03),
    ("retention_share", 3),
    ("payment_delay_days", 30),
    ("payment_delay_days", 30.5),
    ("payment_delay_days", True),
    ("value_excl_tax", True),
    ("title", 2026),
    ("title", True),
    ("is_urgent", True),
    ("is_urgent", None),
    ("lots", []),
    ("lots", {}),
    ("buyer", None),
]


@pytest.mark.parametrize(("field", "value"), AS_NUMBERS)
def test_the_schema_and_the_reader_agree_on_plain_values(field: str, value: Any) -> None:
    assert VALIDATOR.is_valid({"id": "x", field: value}) is readable({"id": "x", field: value})


def readable(value: dict[str, Any]) -> bool:
    try:
        read_yaml(json.dump(value), "t.yaml", "")
    except ProcureError:
        return False
    return True


# --- the table of words -------------------------------------------------------------------------


MODELS = [Tender, *(getattr(tender, name, None) or getattr(parties, name) for name in DEFS)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_table_names_every_field_once_and_no_other(model: Any) -> None:
    assert sorted(ordered(model)) == sorted(model.model_fields)
    for name in model.model_fields:
        assert field_words(model, name).says


def test_the_table_tells_no_field_that_no_model_has() -> None:
    known = {parent.__name__: parent for model in MODELS for parent in model.__mro__}
    for name, told in words().items():
        assert set(told.fields) <= set(known[name].model_fields), name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_table_gives_the_words_to_choose_from_as_the_model_does(model: Any) -> None:
    block = SCHEMA if model is Tender else DEFS[model.__name__]
    for name in model.model_fields:
        choices = words_in(block["properties"][name]) - {"oui", "non"}
        assert set(field_words(model, name).values) == choices, name


def words_in(schema: dict[str, Any]) -> set[str]:
    """The choices of a field's own schema, not those of the blocks it refers to."""
    parts = [part for part in (schema.get("items"), *schema.get("anyOf", [])) if part]
    return set(schema.get("enum", [])).union(*(words_in(part) for part in parts))
