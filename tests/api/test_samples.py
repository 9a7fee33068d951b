"""Each sample says in its first lines which verdict of law is expected; the rules agree."""

import re
from pathlib import Path

import pytest

from procure.api import score

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
OWN = sorted(path for path in SAMPLES.glob("*.yaml") if not path.name.startswith("INVALID_"))
VERDICTS = {"conforme": "lawful", "manquement": "breach", "à compléter": "to_complete"}


def expected(path: Path) -> str:
    head = path.read_text(encoding="utf-8").split("\nid:")[0]
    found = re.search(r"Verdict attendu[\s\u00a0\u202f]*:\s*([^.,;(–-]+)", head)
    assert found, f"{path.name} does not say which verdict is expected"
    return VERDICTS[found[1].strip().lower()]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_verdict_is_the_one_its_story_tells(path: Path) -> None:
    report = score(path).report
    blocking = [
        f.rule for f in report.findings if f.severity == "blocking" and f.verdict == "breach"
    ]
    assert report.law.verdict == expected(path), blocking
