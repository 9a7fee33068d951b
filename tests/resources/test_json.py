"""JSON is read strictly, with places, and written back the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.domain.errors import UnreadableFile
from procure.resources.json import dump, parse

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=20)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**12), 10**12),
        st.decimals(-(10**12), 10**12, places=3),
        TEXT,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_what_is_dumped_is_parsed_back_the_same(value: Any) -> None:
    assert parse(dump(value), "f").value == value


def test_numbers_are_integers_or_exact_decimals() -> None:
    found = parse("[1, -0.1, 12.50, 1.5e3, 2E-2]", "f").value
    assert found == [1, Decimal("-0.1"), Decimal("12.50"), Decimal("1.5e3"), Decimal("0.02")]
    assert {type(number) for number in found} == {int, Decimal}


def test_escapes_are_read_as_the_characters_they_stand_for() -> None:
    assert parse(r'"\u00e9\ud83d\ude00\n\t\/"', "f").value == "é😀\n\t/"


def test_the_place_of_an_entry_is_its_key_and_of_an_element_its_start() -> None:
    places = parse('{\n  "a": [1,\n    {"b": 2}]\n}', "f").places
    assert places == {
        (): (1, 1),
        ("a",): (2, 3),
        ("a", 0): (2, 9),
        ("a", 1): (3, 5),
        ("a", 1, "b"): (3, 6),
    }


def test_a_fault_is_placed_where_it_stands() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        parse('{"a": 1,\n "b": 2,\n "a": 3}', "f")
    (fault,) = refusal.value.faults
    assert fault.where == "f, ligne 3, colonne 2"
    assert fault.what == "la clé « a » est écrite deux fois dans le même bloc"


@pytest.mark.parametrize("text", ["", " \n", "\t"])
def test_an_empty_text_is_none(text: str) -> None:
    assert parse(text, "f").value is None


def test_forty_levels_are_read_and_forty_one_are_refused() -> None:
    assert parse("[" * 41 + "]" * 41, "f").value is not None
    with pytest.raises(UnreadableFile, match="trop de niveaux imbriqués"):
        parse("[" * 42 + "]" * 42, "f")


@pytest.mark.parametrize(
    "text",
    ["[1 2]", "[,]", "{,}", "[1,]", "{1: 2}", "[+1]", "[01]", "[1.]", "[.5]", "tru", "\u00a01"],
)
def test_what_is_nearly_json_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        parse(text, "f")
    assert refusal.value.faults[0].expected
