"""The cases beside a rule: how they are read, which are missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from books import DAY, path_of, qualify, require, reward, write

from procure.domain.errors import RulebookError
from procure.engine.vocabulary import SPECS
from procure.resources.yaml import dump
from procure.rulebook.cases import Case, cases_of, gaps
from procure.rulebook.loader import load
from procure.rulebook.schema import Rulebook

ABOVE = {"tender.value_excl_tax": {"above": {"parameter": "threshold"}}}
PUBLISHED = {"publication.places": {"includes": "boamp"}}


def threshold(*values: tuple[int, str | None, str | None]) -> dict[str, Any]:
    written = [
        {"value": value, "since": since, "until": until, "cite": "CCP R1", "verified": True,
         "checked_on": DAY}
        for value, since, until in values
    ]  # fmt: skip
    return {
        "name": "threshold",
        "description": "Un seuil.",
        "unit": "EUR_excl_tax",
        "comparator": "above",
        "values": [{k: v for k, v in one.items() if v is not None} for one in written],
    }


def read(
    root: Path, rule: dict[str, Any], cases: dict[str, Any], *parameters: dict[str, Any]
) -> tuple[Rulebook, list[Case]]:
    write(root, rule, parameters=parameters or (threshold((40_000, None, None)),))
    path = root / path_of(rule, ".cases.yaml")
    path.write_text(dump(cases), encoding="utf-8")
    book = load(SPECS, root)
    return book, cases_of(book.rules[0], book, root)


def missing(root: Path, rule: dict[str, Any], *cases: dict[str, Any], **more: Any) -> list[str]:
    book, found = read(root, rule, {"on": DAY, "cases": list(cases)}, *more.get("parameters", ()))
    return [fault.what for fault in gaps(book.rules[0], book, found)]


def case(expect: str, value: Any = None, **more: Any) -> dict[str, Any]:
    given = {} if value is None else {"given": {"tender.value_excl_tax": value}}
    return {"name": f"le dossier est {expect} {value} {more}", "expect": expect, **given, **more}


def test_a_case_takes_what_all_share_and_its_own_wins(tmp_path: Path) -> None:
    cases = {
        "on": DAY,
        "given": {"tender.value_excl_tax": 1},
        "cases": [case("breach"), case("clear", 50_000, on=date(2026, 1, 1))],
    }
    _, found = read(tmp_path, require("TST001", ABOVE), cases)
    assert [one.facts["tender.value_excl_tax"] for one in found] == [1, 50_000]
    assert [one.on for one in found] == [DAY, date(2026, 1, 1)]


def test_a_list_of_codes_becomes_a_set(tmp_path: Path) -> None:
    given = {"publication.places": ["boamp", "ojeu"]}
    cases = {"on": DAY, "cases": [{"name": "publié", "expect": "breach", "given": given}]}
    _, found = read(tmp_path, require("TST001", PUBLISHED), cases)
    assert found[0].facts["publication.places"] == frozenset({"boamp", "ojeu"})


def test_a_rule_without_cases_is_said(tmp_path: Path) -> None:
    book = load(SPECS, write(tmp_path, require("TST001", PUBLISHED)))
    with pytest.raises(RulebookError, match="la règle n'a pas de cas"):
        cases_of(book.rules[0], book, tmp_path)


def test_a_rule_of_law_wants_a_breach_a_clear_and_an_unknown_case(tmp_path: Path) -> None:
    rule = require("TST001", PUBLISHED)
    assert missing(tmp_path, rule) == [
        "il manque un cas « clear »",
        "il manque un cas « unknown »",
        "il manque un cas « breach » (ou « to_judge »)",
    ]


def test_a_rule_of_policy_wants_all_three_too(tmp_path: Path) -> None:
    rule = reward("TST001", PUBLISHED)
    given = {"given": {"publication.places": ["boamp"]}}
    assert missing(tmp_path, rule, case("clear", **given), case("unknown")) == [
        "il manque un cas « breach »"
    ]


def test_a_conclusion_wants_a_case_that_concludes_nothing(tmp_path: Path) -> None:
    rule = qualify("TST001", PUBLISHED, "first.derived", True)
    given = {"given": {"publication.places": ["boamp"]}}
    concluded = {"name": "publié", "expect": "concludes", "value": True, **given}
    assert len(missing(tmp_path, rule, concluded)) == 1
    assert missing(tmp_path, rule, concluded, case("concludes")) == []


def test_a_number_of_law_wants_its_bound_and_beside(tmp_path: Path) -> None:
    rule = require("TST001", ABOVE)
    cases = [case("breach", 50_000), case("clear", 39_999), case("unknown")]
    assert missing(tmp_path, rule, *cases) == [
        "il manque un cas où « tender.value_excl_tax » est sur la borne de threshold"
    ]
    assert missing(tmp_path, rule, *cases, case("clear", Decimal(40_000))) == []


def test_a_number_that_changes_wants_the_day_and_its_eve(tmp_path: Path) -> None:
    rule = require("TST001", ABOVE)
    changing = threshold((25_000, None, "2025-12-31"), (40_000, "2026-01-01", None))
    cases = [case("breach", 50_000), case("clear", 40_000), case("unknown")]
    wanted = "il manque un cas le jour et un la veille d'un changement (2026-01-01)"
    assert missing(tmp_path, rule, *cases, parameters=(changing,)) == [wanted]
    days = [
        case("clear", 40_000, on=date(2026, 1, 1)),
        case("breach", 40_000, on=date(2025, 12, 31)),
    ]
    assert missing(tmp_path, rule, *cases, *days, parameters=(changing,)) == []


def test_a_severity_that_changes_wants_the_day_and_its_eve(tmp_path: Path) -> None:
    severity = {date(2019, 4, 1): "advice", date(2026, 8, 21): "blocking"}
    rule = require("TST001", PUBLISHED, severity=severity)
    given = {"given": {"publication.places": ["boamp"]}}
    cases = [case("breach", **given), case("clear", **given), case("unknown")]
    assert len(missing(tmp_path, rule, *cases)) == 1
    days = [case("breach", on=date(2026, 8, day), **given) for day in (20, 21)]
    assert missing(tmp_path, rule, *cases, *days) == []
