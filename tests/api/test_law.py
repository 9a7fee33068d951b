"""The law in time: day by day, and between two days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from procure.api.law import diff, timeline
from procure.domain.errors import InputError, RulebookError

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
BREACH = SAMPLES / "fournitures-bureau-prix-seul.yaml"
INVALID = SAMPLES / "INVALID_cpv-trop-court.yaml"
EVE, AFTER = date(2026, 8, 20), date(2026, 8, 22)
SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})


def test_the_timeline_tells_the_threshold_of_april_2026() -> None:
    (day,) = [one for one in timeline() if one.day == date(2026, 4, 1)]
    (change,) = [one for one in day.changes if one.name == "direct-award-supplies-services"]
    assert [shown.translate(SPACES) for shown in change.shown] == ["40 000 € HT", "60 000 € HT"]
    assert (change.before, change.after) == (40000, 60000)
    assert [(one.cite, one.verified) for one in change.sources] == [
        ("CCP R2122-8 (décret 2025-1386)", True)
    ]


def test_days_follow_each_other_and_none_is_empty() -> None:
    found = timeline()
    assert [one.day for one in found] == sorted({one.day for one in found})
    assert all(one.changes for one in found)


def test_a_theme_keeps_its_rules_and_the_numbers_they_read() -> None:
    changes = [change for day in timeline("payment") for change in day.changes]
    assert changes
    assert {change.subject for change in changes} == {"parameter", "rule"}
    assert all("payment" in change.themes for change in changes)


def test_an_unknown_theme_names_the_nearest() -> None:
    with pytest.raises(RulebookError, match=r"écrire «.payment.»"):
        timeline("paymnt")


def test_two_days_move_rules_and_what_they_say_of_a_tender() -> None:
    found = diff(EVE, AFTER, [BREACH])
    assert "CRI001" in {change.name for change in found.changes}
    (tender,) = found.tenders
    assert (tender.law_before, tender.law_after) == ("lawful", "breach")
    (moved,) = [one for one in tender.findings if one.rule == "CRI001"]
    assert (moved.before, moved.after) == ("breach", "breach")
    assert (moved.severity_before, moved.severity_after) == ("advice", "blocking")


def test_a_rule_that_is_not_in_force_has_no_verdict() -> None:
    (tender,) = diff(EVE, AFTER, [BREACH]).tenders
    (moved,) = [one for one in tender.findings if one.rule == "CLA002"]
    assert (moved.before, moved.after) == (None, "to_judge")


def test_the_same_day_twice_changes_nothing() -> None:
    found = diff(AFTER, AFTER, [BREACH])
    assert found.changes == ()
    assert found.tenders[0].findings == ()
    assert found.tenders[0].overall_before == found.tenders[0].overall_after


def test_both_days_are_included() -> None:
    """A duty of the 21st is there on the 21st, and not on the eve."""
    first = date(2026, 8, 21)
    assert "CRI001" in {change.name for change in diff(EVE, first).changes}
    assert "CRI001" not in {change.name for change in diff(first, AFTER).changes}


def test_a_file_that_cannot_be_read_never_stops_the_others() -> None:
    found = diff(EVE, AFTER, [INVALID, BREACH])
    assert [one.file for one in found.tenders] == [str(BREACH)]
    assert "cpv" in found.unread[0].error


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (date(2018, 1, 1), AFTER, "1er avril 2019"),
        (EVE, date(2018, 1, 1), "1er avril 2019"),
        (AFTER, EVE, "Échangez"),
    ],
)
def test_days_that_cannot_be_compared_are_refused(before: date, after: date, said: str) -> None:
    with pytest.raises(InputError, match=said):
        diff(before, after)
