"""
Whether what was read of the law is still fresh on the day it is used.

A text or a number read exactly `fresh_months` before is fresh; the day after, it is to read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from procure.domain.days import months_later
from procure.rulebook.schema import Rule, Rulebook, Version


@dataclass(frozen=True, slots=True)
class Reading:
    """The day somebody last read a text, or a number, that a rule rests on."""

    what: Literal["text", "number"]
    name: str
    checked_on: date


def readings(rule: Rule, day: date, versions: Mapping[str, Version | None]) -> Iterator[Reading]:
    """The reference in force read the longest ago, and every number that the rule reads."""
    written = rule.file.references
    in_force = [r for r in written if r.in_force(day)] or list(written)
    oldest = min(in_force, key=lambda reference: reference.checked_on)
    yield Reading("text", oldest.cite, oldest.checked_on)
    for name, version in versions.items():
        if version is not None:
            yield Reading("number", name, version.checked_on)


def stale(
    rule: Rule, rulebook: Rulebook, day: date, versions: Mapping[str, Version | None], used_on: date
) -> tuple[Reading, ...]:
    """What a rule rests on and is to be read again, on the day it is used."""
    return tuple(
        reading
        for reading in readings(rule, day, versions)
        if used_on > months_later(reading.checked_on, rulebook.fresh_months)
    )


@dataclass(frozen=True, slots=True)
class Freshness:
    """The rules in force that are to be read again on a day, and the next ones to be."""

    day: date
    stale: tuple[str, ...]
    next_on: date | None
    next: tuple[str, ...]


def freshness(rulebook: Rulebook, day: date) -> Freshness:
    """How fresh the rules in force on a day are."""
    last_days = {
        rule.code: fresh_until(rule, rulebook, day) for rule in rulebook.rules if rule.in_force(day)
    }
    fresh = {code: last for code, last in last_days.items() if last >= day}
    first = min(fresh.values(), default=None)
    return Freshness(
        day=day,
        stale=tuple(code for code in last_days if code not in fresh),
        next_on=first and first + timedelta(days=1),
        next=tuple(code for code, last in fresh.items() if last == first),
    )


def fresh_until(rule: Rule, rulebook: Rulebook, day: date) -> date:
    """The last day on which everything the rule of a day rests on is fresh."""
    versions = {name: rulebook.parameters[name].version_on(day) for name in rule.parameters}
    oldest = min(reading.checked_on for reading in readings(rule, day, versions))
    return months_later(oldest, rulebook.fresh_months)
