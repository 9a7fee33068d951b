"""Wall time of `procure score` in a fresh process, against that of importing what it stands on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import medians, table

SAMPLE = Path(__file__).parents[1] / "sample_tenders/renovation-ecole-six-corps-d-etat.yaml"


def run() -> str:
    with TemporaryDirectory() as folder:
        score = ["-m", "procure", "score", str(SAMPLE), "--format", "json", "--out"]
        found = medians(
            {
                "import typer, pydantic, yaml": lambda: _python(
                    "-c", "import typer, pydantic, yaml"
                ),
                "procure --version": lambda: _python("-m", "procure", "--version"),
                "procure score": lambda: _python(*score, f"{folder}/r.json", "--force"),
                "procure score --engine python": lambda: _python(
                    *score, f"{folder}/r.json", "--force", "--engine", "python"
                ),
            },
            rounds=9,
        )
    base = found["import typer, pydantic, yaml"]
    rows = [(name, f"{t / 1000:.0f}", f"{t / base:.1f}") for name, t in found.items()]
    return table(("", "ms", "ratio"), rows)


def _python(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
