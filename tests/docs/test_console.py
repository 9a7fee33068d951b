"""
The console blocks of the manual say what the commands print.

A block is ```console; each line that begins with `$ ` is run by bash from the root of the checkout,
and what follows is its output. `UPDATE_DOCS=1` writes what the commands print now.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs" / "fr").glob("*.md")))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def printed(command: str, folder: Path) -> str:
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "100", "NO_COLOR": "1", "OUT": str(folder), "PYTHONUTF8": "1",
    }  # fmt: skip
    line = ["bash", "-c", command]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True)
    text = (done.stdout + done.stderr).replace(str(folder), "$OUT")
    return "".join(f"{row.rstrip()}\n" for row in text.splitlines())


def run_again(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{printed(line[2:], folder)}" for line in commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    written = page.read_text(encoding="utf-8")
    again = BLOCK.sub(lambda block: f"```console\n{run_again(block[1], tmp_path)}```", written)
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(again, encoding="utf-8")
    assert BLOCK.search(written), f"{page.name} shows no command"
    assert again == page.read_text(encoding="utf-8")
