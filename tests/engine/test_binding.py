"""The rulebook on a day: what is stale, what a profile tightens or chooses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from books import DAY, LARGE, REFERENCE, URGENT, book, require, reward, threshold

from procure.engine.binding import BoundRule, bind
from procure.engine.judge import EngineName, Judge
from procure.engine.notes import is_by_profile, notes
from procure.engine.program import BREACH, CLEAR
from procure.rulebook.schema import Setting

READ, LAST, AFTER = date(2026, 8, 31), date(2027, 2, 28), date(2027, 3, 1)
FRESH = {**REFERENCE, "checked_on": date(2027, 1, 1)}
CHOICE = {
    "name": "mark",
    "kind": "choice",
    "description": "Un repère.",
    "unit": "share",
    "comparator": "at_least",
    "least": "0.10",
    "most": "0.50",
    "values": [{"value": Decimal("0.30"), "cite": "P", "verified": False, "checked_on": DAY}],
}
GRADED = {"fact": "criteria.social.weight", "full_at": {"parameter": "mark"}}


def lower(*checked: date) -> dict[str, Any]:
    return {**threshold(*checked), "stricter": "lower"}


def said(key: str, name: str, value: Any) -> Setting:
    return Setting(key=key, name=name, value=value, profile="Le nôtre")  # type: ignore[arg-type]


def only(
    root: Path, rule: dict[str, Any], *settings: Setting, used_on: date | None = None, **more: Any
) -> BoundRule:
    return bind(book(root, rule, **more), DAY, None, used_on, settings).rules[0]


def test_a_blocking_rule_read_too_long_ago_warns_from_the_day_after_six_months(
    tmp_path: Path,
) -> None:
    rule = require("TST001", URGENT, references=[{**REFERENCE, "checked_on": READ}])
    on_the_day = only(tmp_path, rule, used_on=LAST)
    after = only(tmp_path, rule, used_on=AFTER)
    assert (on_the_day.severity, on_the_day.awaits_check, on_the_day.stale) == (
        "blocking",
        False,
        (),
    )
    assert (after.severity, after.awaits_check, len(after.stale)) == ("warning", True, 1)


def test_a_number_read_too_long_ago_counts_as_well(tmp_path: Path) -> None:
    rule = require("TST001", LARGE, references=[FRESH])
    bound = only(tmp_path, rule, used_on=AFTER, parameters=(threshold(READ),))
    assert (bound.severity, [one.name for one in bound.stale]) == ("warning", ["threshold"])


def test_without_a_day_of_use_nothing_is_stale(tmp_path: Path) -> None:
    bound = only(tmp_path, require("TST001", URGENT))
    assert (bound.severity, bound.stale) == ("blocking", ())


@pytest.mark.parametrize(("value", "expected"), [(8_000, 8_000), (15_000, 10_000)])
def test_a_number_moves_only_where_that_is_stricter_on_the_day(
    tmp_path: Path, value: int, expected: int
) -> None:
    rule = require("TST001", LARGE)
    ours = said("parameters", "threshold", value)
    bound = only(tmp_path, rule, ours, parameters=(lower(READ),))
    version = bound.versions["threshold"]
    assert version is not None and version.value == expected
    assert bound.settings == ((ours,) if expected == value else ())


def test_a_severity_is_raised_but_a_text_not_verified_still_never_blocks(tmp_path: Path) -> None:
    ours = said("severities", "TST001", "blocking")
    rule = require("TST001", URGENT, severity="advice")
    assert only(tmp_path / "a", rule, ours).severity == "blocking"
    doubtful = {**rule, "references": [{**REFERENCE, "verified": False}]}
    bound = only(tmp_path / "b", doubtful, ours)
    assert (bound.severity, bound.awaits_check) == ("warning", True)
    stale = only(tmp_path / "c", rule, ours, used_on=date(2030, 1, 1))
    assert (stale.severity, stale.awaits_check) == ("warning", True)


def test_a_rule_not_yet_in_force_is_not_raised_into_force(tmp_path: Path) -> None:
    rule = require("TST001", URGENT, severity={date(2027, 1, 1): "warning"})
    ours = said("severities", "TST001", "blocking")
    assert bind(book(tmp_path, rule), DAY, None, None, (ours,)).rules == ()


def test_points_are_those_of_the_profile(tmp_path: Path) -> None:
    bound = only(tmp_path, reward("TST001", URGENT), said("points", "TST001", 25))
    assert bound.rule.file.points == 25


@pytest.mark.parametrize("engine", ["python", "auto"])
def test_a_choice_moves_the_full_mark(tmp_path: Path, engine: EngineName) -> None:
    rules = book(tmp_path, reward("TST001", None, graded=GRADED), parameters=(CHOICE,))
    facts = {"criteria.social.weight": Decimal("0.20")}
    for chosen, verdict in (((), BREACH), ((said("choices", "mark", Decimal("0.20")),), CLEAR)):
        judge = Judge(bind(rules, DAY, None, None, chosen), engine)
        assert judge.judge_facts("tender", facts)[0] == [verdict]


def test_a_note_says_who_tightened_what_and_that_the_law_alone_is_respected(
    tmp_path: Path,
) -> None:
    ours = said("parameters", "threshold", 8_000)
    rules = book(tmp_path, require("TST001", LARGE), parameters=(lower(READ),))
    bound_book = bind(rules, DAY, None, DAY, (ours,))
    bound = bound_book.rules[0]
    between, above = {"tender.value_excl_tax": 9_000}, {"tender.value_excl_tax": 11_000}
    assert is_by_profile(bound, "breach", between)
    assert not is_by_profile(bound, "breach", above)
    (note,) = notes(bound, bound_book, by_profile=True)
    assert note.kind == "profile"
    text = note.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert text == (
        "Seuil abaissé par le profil « Le nôtre » : 8 000 € (droit : 10 000 €, CCP R1). "
        "Le droit seul est respecté."
    )


def test_a_note_says_the_day_something_was_read_and_what_follows(tmp_path: Path) -> None:
    rule = require("TST001", URGENT, references=[{**REFERENCE, "checked_on": READ}])
    bound_book = bind(book(tmp_path, rule), DAY, None, AFTER)
    (note,) = notes(bound_book.rules[0], bound_book, by_profile=False)
    assert note.kind == "stale"
    assert "31 août 2026" in note.text and "1er mars 2027" in note.text
    assert note.text.endswith("la règle avertit sans bloquer.")
