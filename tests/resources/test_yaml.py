"""YAML is read with the place of everything, within a safe subset, and written back the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.domain.errors import Fault, UnreadableFile
from procure.resources.yaml import dump, parse

LETTERS = st.one_of(
    st.sampled_from("\n\t\r\x85 :-#'\"{}[]&*!|>%@`,?é\u00a0\u2028\ufeff012.onuil~"),
    st.characters(exclude_categories=("Cs", "Cc", "Cn")),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**12), 10**12, places=3),
    st.dates(),
    st.text(LETTERS, max_size=60),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(LETTERS, max_size=9), inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(VALUES)
def test_what_is_dumped_is_parsed_back_the_same(value: Any) -> None:
    assert parse(dump(value), "f").value == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("12.50", Decimal("12.50")),
        ("012", "012"),
        ("86000", 86000),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        (".5", ".5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("oui", True),
        ("Non", False),
        ("TRUE", True),
        ("yes", "yes"),
        ("on", "on"),
        ("~", None),
        ("null", None),
        ("", None),
        ('"oui"', "oui"),
        ("'12'", "12"),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-02-31", "2026-02-31"),
        ("2026-09-01T10:00:00", "2026-09-01T10:00:00"),
        ("9" * 29, int("9" * 29)),
        ("9" * 30, "9" * 30),
    ],
)
def test_a_plain_word_means_what_a_french_officer_means(written: str, value: Any) -> None:
    found = parse(f"a: {written}", "f").value["a"]
    assert found == value
    assert type(found) is type(value)


def test_keys_stay_as_they_are_written_but_for_days() -> None:
    assert parse("oui: 1\n86000: 2\n2026-01-01: 3", "f").value == {
        "oui": 1,
        "86000": 2,
        date(2026, 1, 1): 3,
    }


def test_the_place_of_an_entry_is_its_key_and_of_an_element_its_start() -> None:
    places = parse("a:\n  b: 1\n  c:\n    - x\n    - {d: 2}\n", "f").places
    assert places == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", "b"): (2, 3),
        ("a", "c"): (3, 3),
        ("a", "c", 0): (4, 7),
        ("a", "c", 1): (5, 7),
        ("a", "c", 1, "d"): (5, 8),
    }


def test_a_part_that_is_not_there_is_placed_at_its_nearest_parent() -> None:
    document = parse("a:\n  b: 1\n", "f.yaml")
    assert document.where(("a", "absent", 3)) == "f.yaml, ligne 1, colonne 1"
    assert document.where() == "f.yaml, ligne 1, colonne 1"


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n", "---\n", "--- ~\n...\n", "\ufeff"])
def test_an_empty_document_is_none(text: str) -> None:
    assert parse(text, "f").value is None


def fault(text: str) -> Fault:
    with pytest.raises(UnreadableFile) as refusal:
        parse(text, "f")
    (one,) = refusal.value.faults
    return one


REFUSED = {
    "a: !!str x": (1, 4, "l'étiquette « tag:yaml.org,2002:str » n'est pas acceptée"),
    "a: ! x": (1, 4, "l'étiquette « ! » n'est pas acceptée"),
    "!!map {a: 1}": (1, 1, "l'étiquette « tag:yaml.org,2002:map » n'est pas acceptée"),
    "a: [!!python/name:os.system ]": (1, 5, "l'étiquette « tag:yaml.org,2002:python/name:os.sys"),
    "a: &x 1": (1, 4, "les ancres (&) et les alias (*) ne sont pas acceptés"),
    "&x a: 1": (1, 1, "les ancres (&) et les alias (*) ne sont pas acceptés"),
    "a: *x": (1, 4, "les ancres (&) et les alias (*) ne sont pas acceptés"),
    "*x : 1": (1, 1, "les ancres (&) et les alias (*) ne sont pas acceptés"),
    "a: 1\nb: 2\na: 3": (3, 1, "la clé « a » est écrite deux fois dans le même bloc"),
    "a: {b: 1, b: 2}": (1, 11, "la clé « b » est écrite deux fois dans le même bloc"),
    "2026-01-01: 1\n2026-01-01: 2": (2, 1, "la clé « 2026-01-01 » est écrite deux fois"),
    "{a: 1}: 2": (1, 1, "une clé n'est pas un mot"),
    "? [a, b]\n: 1": (1, 3, "une clé n'est pas un mot"),
    "a: 1\n---\nb: 2": (2, 1, "un second document suit le premier"),
    "a: 1\n...\nb: 2": (3, 1, "du texte suit la fin du document"),
    "{a: 1} b": (1, 8, "du texte suit la fin du document"),
    'a: "\\0"': (1, 4, "le texte contient un caractère de commande (U+0000)"),
    '"\\e": 1': (1, 1, "le texte contient un caractère de commande (U+001B)"),
    "a:\n\tb: 1": (2, 1, "une tabulation commence la ligne"),
    "a: 1\n\tb: 1": (2, 1, "une tabulation commence la ligne"),
    "a:\n  \tb: 1": (2, 3, "une tabulation commence la ligne"),
    "a: b: c": (1, 5, "deux-points inattendus"),
    'a: "b': (1, 6, "un guillemet ouvert n'est pas refermé"),
    "a: [1, 2\nb: 3": (2, 2, "un crochet ou une accolade n'est pas refermé"),
    "a: @b": (1, 4, "ce signe ne peut pas commencer une valeur"),
    "a: %b": (1, 4, "ce signe ne peut pas commencer une valeur"),
    "a\nb: 1": (2, 2, "deux-points inattendus"),
    "a: 1\n b: 2\n": (2, 3, "deux-points inattendus"),
    ": 1": (1, 1, "la mise en forme YAML est incorrecte"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_safe_yaml_is_refused_at_its_place(text: str) -> None:
    line, column, what = REFUSED[text]
    found = fault(text)
    assert found.where == f"f, ligne {line}, colonne {column}"
    assert found.what.startswith(what)
    assert found.expected


def test_forty_levels_are_read_and_forty_one_are_refused() -> None:
    assert parse("[" * 41 + "]" * 41, "f").value is not None
    assert fault("[" * 42).what == "trop de niveaux imbriqués"


def test_two_hundred_thousand_values_are_read_and_one_more_is_refused() -> None:
    most = 200_000
    assert len(parse("- 1\n" * (most - 1), "f").value) == most - 1
    assert fault("- 1\n" * most).what == "trop de valeurs"


def test_a_directive_changes_nothing() -> None:
    assert parse("%YAML 1.1\n---\na: 0o7\n", "f").value == {"a": "0o7"}


def test_lists_are_dumped_in_from_their_key_and_long_texts_folded() -> None:
    written = dump({"a": ["b", {"c": "d"}], "e": [], "f": {}, "g": "mot " * 40 + "fin"})
    assert written.startswith("a:\n  - b\n  - c: d\ne: []\nf: {}\ng: mot")
    assert max(len(line) for line in written.split("\n")) <= 104


def test_text_that_looks_like_something_else_is_dumped_in_quotes() -> None:
    assert dump(["oui", "12", "2026-09-01", "", "~", "mot"]) == (
        '- "oui"\n- "12"\n- "2026-09-01"\n- ""\n- "~"\n- mot\n'
    )
