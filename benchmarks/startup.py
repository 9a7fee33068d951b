"""Wall time of `procure score` in a fresh process, against that of importing what it stands on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import medians, table

SAMPLE = Path(__file__).parents[1] / "sample_tenders/renovation-ecole-six-corps-d-etat.yaml"
BASE = "import typer, pydantic, yaml"


def run() -> str:
    """Medians of fresh processes, with the modules already compiled to bytecode."""
    with TemporaryDirectory() as folder:
        score = ("-m", "procure", "score", str(SAMPLE), "--format", "json", "--force")
        written = ("--out", f"{folder}/reports")
        found = medians(
            {
                BASE: _python(folder, "-c", BASE),
                "procure --version": _python(folder, "-m", "procure", "--version"),
                "procure score": _python(folder, *score, *written),
                "procure score --engine python": _python(
                    folder, *score, *written, "--engine", "python"
                ),
            },
            rounds=11,
        )
    rows = [(name, f"{t / 1000:.0f}", f"{t / found[BASE]:.1f}") for name, t in found.items()]
    return table(("", "ms", "ratio"), rows)


def _python(folder: str, *arguments: str) -> Callable[[], None]:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def call() -> None:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
        assert done.returncode in (0, 1), done.stderr.decode()

    return call
