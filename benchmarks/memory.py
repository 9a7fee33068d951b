"""
Resident memory over 40 000 tenders, each engine in a process of its own.

`python -m benchmarks.memory ENGINE` prints the growth in kilobytes of each ten thousand.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.engine import DAY, SHARE
from benchmarks.tenders import with_holes
from benchmarks.timing import table
from procure.api.rules import rulebook
from procure.engine.binding import bind
from procure.engine.inference import library
from procure.engine.judge import EngineName, Judge

STEPS, STEP, DIFFERENT = 4, 10_000, 250


def run() -> str:
    engines = ["python", "durable"] if library() is not None else ["python"]
    heads = ("KB of growth", *(f"{(i + 1) * STEP}" for i in range(STEPS)))
    return table(heads, [(engine, *_measured(engine)) for engine in engines])


def _measured(engine: str) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.memory", engine]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


def main(engine: EngineName) -> None:
    judge = Judge(bind(rulebook(), DAY), engine)
    tenders = [with_holes(seed) for seed in range(DIFFERENT)]
    _judge(judge, tenders, STEP)
    before = _resident()
    for _ in range(STEPS):
        _judge(judge, tenders, STEP)
        now = _resident()
        print(now - before)
        before = now


def _judge(judge: Judge, tenders: list, count: int) -> None:
    for number in range(count):
        judge.judge(tenders[number % len(tenders)], SHARE).findings()


def _resident() -> int:
    """Kilobytes of this process in memory."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0])


if __name__ == "__main__":
    main("durable" if sys.argv[1] == "durable" else "python")
