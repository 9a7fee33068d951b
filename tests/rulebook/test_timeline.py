"""The law in time: what a day changes, what two days differ by."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from books import LARGE, REFERENCE, URGENT, book, require, threshold

from procure.rulebook.timeline import NumberMoved, RuleMoved, between, timeline

READ = date(2026, 9, 1)


def days(root: Path, *rules: dict[str, Any], **more: Any) -> dict[date, Any]:
    return dict(timeline(book(root, *rules, **more)))


def test_a_number_moves_on_the_first_day_of_its_new_version(tmp_path: Path) -> None:
    parameters = (threshold(READ, READ),)
    found = days(tmp_path, require("TST001", LARGE), parameters=parameters)
    assert list(found) == [date(2020, 1, 1), date(2026, 1, 1)]
    (moved,) = found[date(2026, 1, 1)]
    assert isinstance(moved, NumberMoved)
    assert (moved.before and moved.before.value, moved.after and moved.after.value) == (
        10000,
        20000,
    )
    assert moved.themes == ("theme",)


def test_a_number_whose_text_alone_changes_does_not_move(tmp_path: Path) -> None:
    same = threshold(READ, READ)
    same["values"][1]["value"] = same["values"][0]["value"]
    found = days(tmp_path, require("TST001", LARGE), parameters=(same,))
    assert list(found) == [date(2020, 1, 1)]


def test_a_number_without_a_next_version_ends(tmp_path: Path) -> None:
    one = threshold(READ)
    one["values"][0] |= {"until": date(2027, 12, 31)}
    (moved,) = days(tmp_path, require("TST001", LARGE), parameters=(one,))[date(2028, 1, 1)]
    assert isinstance(moved, NumberMoved)
    assert moved.after is None


def test_a_rule_starts_changes_severity_and_ends(tmp_path: Path) -> None:
    severity = {date(2024, 1, 1): "advice", date(2026, 8, 21): "blocking"}
    references = [
        {**REFERENCE, "since": date(2026, 8, 21), "cite": "CCP L2"},
        {**REFERENCE, "since": date(2024, 1, 1)},
    ]
    rule = require(
        "TST001", URGENT, severity=severity, until=date(2026, 12, 31), references=references
    )
    found = [(day, *moved) for day, moved in days(tmp_path, rule).items()]
    assert [(day, one.change, one.before, one.after) for day, one in found] == [
        (date(2024, 1, 1), "start", None, "advice"),
        (date(2026, 8, 21), "severity", "advice", "blocking"),
        (date(2027, 1, 1), "end", "blocking", None),
    ]
    assert [r.cite for r in found[1][1].references] == ["CCP L2"]


def test_what_the_law_was_on_its_first_known_day_is_no_change(tmp_path: Path) -> None:
    assert days(tmp_path, require("TST001", URGENT)) == {}


def test_two_days_are_compared_state_with_state(tmp_path: Path) -> None:
    rule = require("TST001", URGENT, since=date(2026, 8, 21))
    rules = book(tmp_path, rule)
    day, eve = date(2026, 8, 21), date(2026, 8, 21) - timedelta(days=1)
    assert list(between(rules, day, date(2026, 12, 1))) == []
    assert list(between(rules, eve, eve)) == []
    (moved,) = between(rules, eve, day)
    assert isinstance(moved, RuleMoved) and moved.change == "start"
