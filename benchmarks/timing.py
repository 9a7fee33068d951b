"""Medians of interleaved rounds: what slows the machine down slows every candidate down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

ROUNDS = 15
ROUND_SECONDS = 0.15


def medians(
    candidates: Mapping[str, Callable[[], object]], rounds: int = ROUNDS
) -> dict[str, float]:
    """Microseconds a call of each candidate, the median over rounds run one after the other."""
    repeats = {name: _repeats(call) for name, call in candidates.items()}
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, call in candidates.items():
            seconds[name].append(_seconds(call, repeats[name]) / repeats[name])
    return {name: median(found) * 1e6 for name, found in seconds.items()}


def _repeats(call: Callable[[], object]) -> int:
    call()
    return max(1, int(ROUND_SECONDS / max(_seconds(call, 3) / 3, 1e-9)))


def _seconds(call: Callable[[], object], times: int) -> float:
    start = perf_counter()
    for _ in range(times):
        call()
    return perf_counter() - start


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Rows as a Markdown table, numbers to the right."""
    line = "| --- |" + " ---: |" * (len(heads) - 1)
    return "\n".join(
        ["| " + " | ".join(heads) + " |", line, *(f"| {' | '.join(r)} |" for r in rows)]
    )
