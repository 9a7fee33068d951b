"""Both engines on thousands of random tenders, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
THOROUGH = int(os.environ.get("PROCURE_TENDERS", "3200"))
PART = 400


@pytest.mark.parametrize("first", range(0, THOROUGH, PART))
def test_the_engines_agree_and_unknown_facts_never_help_nor_accuse(first: int) -> None:
    run([sys.executable, str(HERE / "batch.py"), str(first), str(PART)])


def test_the_engines_write_the_same_report_for_every_case_of_the_rules() -> None:
    run([sys.executable, str(HERE / "every_case.py")])


def run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parents[1])
    assert done.returncode == 0, f"exit {done.returncode}\n{done.stdout}\n{done.stderr[-2000:]}"
