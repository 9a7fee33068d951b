"""
Reports of samples, as printed, reviewed as diffs; `UPDATE_GOLDEN=1` accepts what is printed now.

The receipt is left out: it changes with any word of any rule.
"""

import os
from pathlib import Path

import pytest

from procure.api import score
from procure.cli.lines import report_lines

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "sample_tenders"
NAMES = (
    "renovation-ecole-six-corps-d-etat.yaml",
    "espaces-verts-deux-lots-reserves.yaml",
    "voirie-entreprise-du-departement.yaml",
    "projet-aire-de-jeux-a-completer.yaml",
    "real/collecte-verre-papier-2024.xml",
)


def said(name: str) -> str:
    scored = score(SAMPLES / name)
    lines = [
        " " * line.indent + line.text for line in report_lines(scored.report, scored.reading.notes)
    ]
    return "\n".join(line for line in lines if not line.startswith("Reçu")) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_report_reads_as_reviewed(name: str) -> None:
    golden = HERE / f"{Path(name).stem}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said(name), encoding="utf-8")
    assert said(name) == golden.read_text(encoding="utf-8")
