"""A report tells a person what to give next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from procure.api.scoring import score

CLAUSE = "{axis: environmental, kind: execution, subject: packaging, proof: bons de livraison}"
TENDER = f"id: T\nnature: supplies\nclauses: [{CLAUSE}]\n"


def test_a_clause_known_in_part_says_what_is_still_to_be_written(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(TENDER, encoding="utf-8")
    findings = {f.rule: f for f in score(path, date(2026, 9, 15)).report.findings}
    half = findings["ENP005"]
    assert half.verdict == "unknown"
    assert half.missing == ("clauses.packaging.potential",)
    assert "pénalité de la clause" in half.message
    assert half.points is not None
    assert (half.points.earned, half.points.possible, half.points.available) == (0.8, 3, 3)
