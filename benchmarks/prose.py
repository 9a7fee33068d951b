"""Reading prose: 100 kB against reading the file and cutting it by one regular expression."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import medians, table
from procure.wording.lexicon import load
from procure.wording.spotting import Spotter

FIXTURES = Path(__file__).parents[1] / "tests/fixtures/wording"
SIZE = 100_000
OWN_TEXT = "PROSE"
"""Names a file of one's own to read instead of the labelled sentences."""

SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n+")


def run() -> str:
    """Medians over one text; a new spotter a call has seen none of its words before."""
    text, lexicon = _text(), load()
    spotter = Spotter(lexicon)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text, encoding="utf-8")
        split = "read and split by a regex"
        found = medians(
            {
                split: lambda: SENTENCES.split(path.read_text("utf-8")),
                "procure, words seen before": _read(path, lambda: spotter),
                "procure, words never seen": _read(path, lambda: Spotter(lexicon)),
                "procure, making a spotter": lambda: Spotter(lexicon),
                "procure, loading the lexicon": load,
            },
            rounds=7,
        )
    rows = [(name, f"{t / 1000:.1f}", f"{t / found[split]:.0f}") for name, t in found.items()]
    size = f"{len(text.encode()) / 1000:.0f} kB, {len(spotter.spot(text).hits)} hits."
    return f"{size}\n\n{table(('', 'ms', 'ratio'), rows)}"


def _read(path: Path, spotter: Callable[[], Spotter]) -> Callable[[], object]:
    return lambda: spotter().spot(path.read_text("utf-8"), "document")


def _text() -> str:
    """Labelled sentences one after the other up to the size, or the start of one's own file."""
    if own := os.environ.get(OWN_TEXT):
        return Path(own).read_text("utf-8")[:SIZE]
    lines, length = [], 0
    for line in itertools.cycle(_sentences()):
        lines.append(line)
        length += len(line) + 1
        if length >= SIZE:
            return "\n".join(lines)
    raise AssertionError("no sentence")


def _sentences() -> Iterator[str]:
    for path in sorted(FIXTURES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row.get("text") or row["texte"]
