"""
The score as a picture: where each bar begins and ends, in per cent of its width.

Widths are relative so that the picture fits a page and a phone with letters of the same size.
"""

from __future__ import annotations

from dataclasses import dataclass

from procure.domain.french import number, typeset
from procure.domain.outline import interval
from procure.domain.report import AXES, AxisName, AxisScore, Report
from procure.domain.words import AXIS_TITLES

ROW_HEIGHT = 50
SCALE_HEIGHT = 96


@dataclass(frozen=True, slots=True)
class Bar:
    """One axis: a full part that is sure, a hatched part that missing facts may add."""

    axis: AxisName
    title: str
    said: str
    top: int
    sure: str
    maybe: str
    is_rated: bool
    has_maybe: bool


@dataclass(frozen=True, slots=True)
class Band:
    """One letter on the scale; `is_sure` and `is_possible` for the letters of the score."""

    letter: str
    start: str
    width: str
    middle: str
    is_sure: bool
    is_possible: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A number under the scale."""

    text: str
    at: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture; `low` and `high` are the ends of the mark of the overall score."""

    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    low: str | None
    high: str | None
    is_interval: bool
    scale_top: int
    height: int
    description: str


def chart(report: Report) -> Chart:
    """The picture of a report's score."""
    overall = report.score.overall
    bars = tuple(_bar(axis, report.score.axes[axis], i) for i, axis in enumerate(AXES))
    top = ROW_HEIGHT * len(bars)
    return Chart(
        bars=bars,
        bands=tuple(_bands(report)),
        ticks=tuple(_ticks(report)),
        low=None if overall.low is None else _percent(overall.low),
        high=None if overall.high is None else _percent(overall.high),
        is_interval=overall.low != overall.high,
        scale_top=top,
        height=top + SCALE_HEIGHT,
        description=_description(report),
    )


def _bar(axis: AxisName, score: AxisScore, position: int) -> Bar:
    low, high = score.low or 0, score.high or 0
    return Bar(
        axis=axis,
        title=AXIS_TITLES[axis],
        said=interval(score.low, score.high),
        top=position * ROW_HEIGHT,
        sure=_percent(low),
        maybe=_percent(high - low),
        is_rated=score.low is not None,
        has_maybe=high > low,
    )


def _bands(report: Report) -> list[Band]:
    """The letters from the worst to the best, each up to the next one's least score."""
    steps = _steps(report)
    overall = report.score.overall
    reached = _between(overall.letter, overall.letter_high)
    ends = [start for _, start in steps[1:]] + [100.0]
    return [
        Band(
            letter=letter,
            start=_percent(start),
            width=_percent(end - start),
            middle=_percent((start + end) / 2),
            is_sure=letter == overall.letter,
            is_possible=letter in reached,
        )
        for (letter, start), end in zip(steps, ends, strict=True)
    ]


def _ticks(report: Report) -> list[Tick]:
    starts = [start for _, start in _steps(report)]
    inner = [Tick(number(start), _percent(start), "middle") for start in starts[1:]]
    return [Tick("0", "0%", "start"), *inner, Tick("100", "100%", "end")]


def _steps(report: Report) -> list[tuple[str, float]]:
    """The letters with their least score, lowest first; the last letter starts at nothing."""
    known = sorted(report.score.letters.items(), key=lambda step: step[1])
    return [("E", 0.0), *known]


def _between(low: str | None, high: str | None) -> set[str]:
    if low is None or high is None:
        return set()
    return {letter for letter in "ABCDE" if high <= letter <= low}


def _description(report: Report) -> str:
    axes = report.score.axes
    parts = [f"{AXIS_TITLES[axis]} : {interval(axes[axis].low, axes[axis].high)}" for axis in AXES]
    overall = report.score.overall
    letters = "" if overall.letter is None else f", lettre {overall.letter}"
    if overall.letter_high != overall.letter:
        letters += f" à {overall.letter_high}"
    mean = f"Ensemble : {interval(overall.low, overall.high)}{letters}"
    return typeset(" ; ".join([*parts, mean]) + ", sur 100.")


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
