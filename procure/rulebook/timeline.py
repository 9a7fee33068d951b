"""The law as it changes: what is not on one day what it was on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from procure.domain.report import Severity
from procure.rulebook.schema import Parameter, Reference, Rule, Rulebook, Version

EVE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NumberMoved:
    """A number of law, and its version on each side; None where it is not known."""

    parameter: Parameter
    themes: tuple[str, ...]
    before: Version | None
    after: Version | None


@dataclass(frozen=True, slots=True)
class RuleMoved:
    """A rule that starts, ends or changes severity; `references` are the texts behind that."""

    rule: Rule
    change: Literal["start", "end", "severity"]
    before: Severity | None
    after: Severity | None
    references: tuple[Reference, ...]


Moved = NumberMoved | RuleMoved


def between(book: Rulebook, before: date, after: date) -> Iterator[Moved]:
    """What differs between the law of two days; numbers first, then rules by code."""
    themes = _themes(book)
    for name, parameter in sorted(book.parameters.items()):
        old, new = parameter.version_on(before), parameter.version_on(after)
        if (old and old.value) != (new and new.value):
            yield NumberMoved(parameter, themes.get(name, ()), old, new)
    for rule in book.rules:
        if (moved := _moved(rule, before, after)) is not None:
            yield moved


def timeline(book: Rulebook) -> Iterator[tuple[date, tuple[Moved, ...]]]:
    """Every day on which the law changes, after the first day it is known for."""
    for day in sorted(set(_days(book))):
        if day > book.law_known_from and (found := tuple(between(book, day - EVE, day))):
            yield day, found


def _days(book: Rulebook) -> Iterator[date]:
    """The days on which something may change."""
    for parameter in book.parameters.values():
        for version in parameter.values:
            yield from _start_and_end(version.since, version.until)
    for rule in book.rules:
        yield from _start_and_end(rule.file.since, rule.file.until)
        if isinstance(rule.file.severity, dict):
            yield from rule.file.severity
        for reference in rule.file.references:
            yield from _start_and_end(reference.since, reference.until)


def _start_and_end(since: date | None, until: date | None) -> Iterator[date]:
    if since is not None:
        yield since
    if until is not None and until < date.max:
        yield until + EVE


def _themes(book: Rulebook) -> dict[str, tuple[str, ...]]:
    """The themes of the rules that read each number."""
    found: dict[str, set[str]] = {}
    for rule in book.rules:
        for name in rule.parameters:
            found.setdefault(name, set()).add(rule.theme)
    return {name: tuple(sorted(themes)) for name, themes in found.items()}


def _moved(rule: Rule, before: date, after: date) -> RuleMoved | None:
    was, is_now = rule.in_force(before), rule.in_force(after)
    old = rule.severity_on(before) if was else None
    new = rule.severity_on(after) if is_now else None
    if (was, old) == (is_now, new):
        return None
    change: Literal["start", "end", "severity"] = (
        "start" if not was else "end" if not is_now else "severity"
    )
    return RuleMoved(rule, change, old, new, _texts(rule, before, after if is_now else before))


def _texts(rule: Rule, before: date, day: date) -> tuple[Reference, ...]:
    """The texts that started since; else those in force."""
    in_force = tuple(r for r in rule.file.references if r.in_force(day))
    started = tuple(r for r in in_force if r.since and r.since > before)
    return started or in_force or rule.file.references
