"""A text or a number is fresh for six months to the day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from books import LARGE, REFERENCE, URGENT, book, require, threshold

from procure.rulebook.freshness import fresh_until, freshness, stale
from procure.rulebook.schema import Rulebook

DAY = date(2026, 9, 1)
READ, LAST = date(2026, 8, 31), date(2027, 2, 28)


def read_on(day: date, **more: Any) -> dict[str, Any]:
    return {**REFERENCE, "checked_on": day, **more}


def last_day(rules: Rulebook, day: date = DAY) -> date:
    return fresh_until(rules.rules[0], rules, day)


def test_exactly_six_months_is_fresh_and_the_day_after_is_not(tmp_path: Path) -> None:
    rules = book(tmp_path, require("TST001", URGENT, references=[read_on(READ)]))
    rule = rules.rules[0]
    assert last_day(rules) == LAST
    assert stale(rule, rules, DAY, {}, LAST) == ()
    (reading,) = stale(rule, rules, DAY, {}, LAST + timedelta(days=1))
    assert (reading.what, reading.name, reading.checked_on) == ("text", "CCP L1", READ)


def test_the_text_read_the_longest_ago_counts(tmp_path: Path) -> None:
    references = [read_on(date(2026, 11, 22)), read_on(READ, cite="CCP L2")]
    rules = book(tmp_path, require("TST001", URGENT, references=references))
    assert last_day(rules) == LAST


def test_a_text_no_longer_in_force_does_not_count(tmp_path: Path) -> None:
    old = read_on(date(2020, 1, 1), until=date(2025, 12, 31))
    rules = book(tmp_path, require("TST001", URGENT, references=[old, read_on(READ)]))
    assert last_day(rules) == LAST
    assert last_day(rules, date(2025, 6, 1)) == date(2020, 7, 1)


def test_the_number_in_the_version_of_the_day_counts(tmp_path: Path) -> None:
    rule = require("TST001", LARGE, references=[read_on(date(2026, 11, 22))])
    rules = book(tmp_path, rule, parameters=(threshold(date(2020, 1, 1), READ),))
    assert last_day(rules) == LAST
    assert last_day(rules, date(2025, 6, 1)) == date(2020, 7, 1)


def test_a_rulebook_says_how_many_rules_are_stale_and_when_the_next_will_be(tmp_path: Path) -> None:
    rules = book(
        tmp_path,
        require("TST001", URGENT, references=[read_on(READ)]),
        require("TST002", URGENT, references=[read_on(date(2026, 11, 22))]),
        require("TST003", URGENT, references=[read_on(date(2026, 11, 22))]),
    )
    before = freshness(rules, LAST)
    assert (before.stale, before.next_on, before.next) == ((), date(2027, 3, 1), ("TST001",))
    after = freshness(rules, date(2027, 3, 1))
    assert after.stale == ("TST001",)
    assert (after.next_on, after.next) == (date(2027, 5, 23), ("TST002", "TST003"))
    assert freshness(rules, date(2030, 1, 1)).next_on is None
