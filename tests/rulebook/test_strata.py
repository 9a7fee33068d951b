"""The order in which facts are concluded."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import book, qualify, require

from procure.domain.errors import RulebookError
from procure.rulebook.strata import concluded_by, levels

URGENT = {"tender.is_urgent": {"is": True}}
FIRST = {"first.derived": {"is": True}}
SECOND = {"second.derived": {"is": True}}


def test_a_rule_comes_after_all_those_that_conclude_what_it_reads(tmp_path: Path) -> None:
    rules = book(
        tmp_path,
        qualify("TST001", SECOND, "procedure.required", "formal"),
        qualify("TST002", FIRST, "second.derived", True),
        qualify("TST003", URGENT, "first.derived", True),
        require("TST004", URGENT),
    ).rules
    assert levels(rules) == {"TST003": 0, "TST004": 0, "TST002": 1, "TST001": 2}


def test_several_rules_may_conclude_one_fact(tmp_path: Path) -> None:
    rules = book(
        tmp_path,
        qualify("TST001", URGENT, "first.derived", True),
        qualify("TST002", {"tender.is_innovative": {"is": True}}, "first.derived", False),
    ).rules
    assert [rule.code for rule in concluded_by(rules)["first.derived"]] == ["TST001", "TST002"]


@pytest.mark.parametrize(
    "circle", [("first.derived",), ("first.derived", "second.derived")], ids=len
)
def test_a_circle_of_any_length_is_refused(tmp_path: Path, circle: tuple[str, ...]) -> None:
    rules = [
        qualify(f"TST00{i}", {circle[i - 1]: {"is": True}}, fact, True)
        for i, fact in enumerate(circle)
    ]
    with pytest.raises(RulebookError, match="en cercle"):
        book(tmp_path, *rules)
