"""The verdict of law: what blocks, what waits, what is left aside."""

from typing import Any

import pytest

from procure.domain.report import Finding
from procure.engine.reporting import law_verdict


def finding(verdict: str, severity: str | None = "blocking", **others: Any) -> Finding:
    written = {
        "rule": "AAA001",
        "name": "a",
        "kind": "require",
        "at": "tender",
        "where": "le dossier",
    }
    said = {"title": "t", "message": "m", "verdict": verdict, "severity": severity}
    return Finding.model_validate({**written, **said, **others})


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "lawful"),
        ([finding("clear")], "lawful"),
        ([finding("breach", "warning")], "lawful"),
        ([finding("breach", "advice")], "lawful"),
        ([finding("unknown", "warning")], "lawful"),
        ([finding("unknown")], "to_complete"),
        ([finding("to_judge", "warning")], "to_complete"),
        ([finding("to_judge", "advice")], "lawful"),
        ([finding("breach", "warning", awaits_check=True)], "to_complete"),
        ([finding("unknown", "warning", awaits_check=True)], "lawful"),
        ([finding("breach"), finding("unknown")], "breach"),
        ([finding("breach", None, kind="reward")], "lawful"),
    ],
)
def test_only_a_blocking_breach_is_a_breach(findings: list[Finding], expected: str) -> None:
    assert law_verdict(tuple(findings)) == expected
