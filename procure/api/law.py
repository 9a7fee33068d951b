"""The law in time: its changes day by day, and what two days do to rules and tenders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from procure.api.rules import profile, rulebook
from procure.api.scoring import DEFAULT_PROFILE, before_the_law, score_reading
from procure.domain import french
from procure.domain.change import (
    FindingMoved,
    LawChange,
    LawDay,
    LawDiff,
    Source,
    TenderMoved,
    Unread,
)
from procure.domain.errors import Fault, InputError, RulebookError
from procure.domain.report import AXES, Finding, Report, Verdict
from procure.domain.words import SEVERITIES
from procure.engine import speech
from procure.engine.judge import EngineName
from procure.engine.reporting import plain
from procure.exchange.reader import read
from procure.resources.validation import nearest
from procure.rulebook import timeline as rulebook_timeline
from procure.rulebook.schema import Parameter, Version
from procure.rulebook.timeline import Moved, NumberMoved, RuleMoved

UNITS = {"EUR_excl_tax": " HT", "ratio": " fois"}
NO_NUMBER = "inconnu"
NO_RULE = "pas en vigueur"


@dataclass(frozen=True, slots=True)
class Terms:
    """How the tenders are judged on both days."""

    profile: str = DEFAULT_PROFILE
    engine: EngineName = "auto"
    used_on: date | None = None


def timeline(theme: str | None = None) -> list[LawDay]:
    """
    Every change of law that the rules know, by day.

    Args:
        theme: a folder of rules; the numbers that its rules read come with it.

    Raises:
        RulebookError: no such theme; names the nearest.
    """
    book = rulebook()
    themes = sorted({rule.theme for rule in book.rules})
    if theme is not None and theme not in themes:
        raise RulebookError(
            Fault("--theme", f"« {theme} » est inconnu", ", ".join(themes), nearest(theme, themes))
        )
    days = (
        LawDay(day=day, changes=tuple(_changes(moved, theme)))
        for day, moved in rulebook_timeline.timeline(book)
    )
    return [day for day in days if day.changes]


def diff(
    before: date,
    after: date,
    paths: Iterable[Path] = (),
    terms: Terms | None = None,
    advance: Callable[[], None] = lambda: None,
) -> LawDiff:
    """
    The law of a day against that of another, and what it changes for some tenders.

    Args:
        paths: files of tenders; each is judged on the two days instead of its own.
        advance: called after each file.

    Raises:
        InputError: a day is before the law that the rules know; the days are in the wrong order.
        RulebookError: no such profile.
    """
    check_days(before, after)
    terms = terms or Terms()
    policy = profile(terms.profile)
    tenders, unread = [], []
    for path in paths:
        try:
            tenders.append(_tender(path, before, after, terms))
        except InputError as error:
            unread.append(Unread(file=str(path), error=str(error)))
        advance()
    return LawDiff(
        before=before,
        after=after,
        profile=policy.name,
        changes=tuple(_changes(rulebook_timeline.between(rulebook(), before, after), None)),
        tenders=tuple(tenders),
        unread=tuple(unread),
    )


def check_days(before: date, after: date) -> None:
    """
    Refuse two days that cannot be compared.

    Raises:
        InputError: a day is before the law that the rules know, or they are in the wrong order.
    """
    for option, day in (("--from", before), ("--to", after)):
        if day < rulebook().law_known_from:
            raise before_the_law(option, day, "Donnez un autre jour")
    if after < before:
        what = f"le {french.day(after)} est avant le {french.day(before)}"
        raise InputError(Fault("--to", what, "un jour qui suit --from", "Échangez les deux jours"))


def _changes(moved: Iterable[Moved], theme: str | None) -> Iterator[LawChange]:
    for one in moved:
        change = _number(one) if isinstance(one, NumberMoved) else _rule(one)
        if theme is None or theme in change.themes:
            yield change


def _number(moved: NumberMoved) -> LawChange:
    parameter, version = moved.parameter, moved.after or moved.before
    assert version is not None
    return LawChange(
        subject="parameter",
        change="start" if moved.before is None else "end" if moved.after is None else "value",
        name=parameter.name,
        title=french.typeset(parameter.description.strip()),
        themes=moved.themes,
        before=_plain(moved.before),
        after=_plain(moved.after),
        shown=(_shown(parameter, moved.before), _shown(parameter, moved.after)),
        sources=(Source(cite=version.cite, verified=version.verified),),
    )


def _plain(version: Version | None) -> Any:
    return None if version is None else plain(version.value)


def _shown(parameter: Parameter, version: Version | None) -> str:
    if version is None:
        return NO_NUMBER
    said = speech.in_unit(parameter.unit, version.value)
    return f"{said}{UNITS.get(parameter.unit, '')}"


def _rule(moved: RuleMoved) -> LawChange:
    rule = moved.rule
    return LawChange(
        subject="rule",
        change=moved.change,
        name=rule.code,
        title=french.typeset(rule.file.title),
        themes=(rule.theme,),
        before=moved.before,
        after=moved.after,
        shown=(_force(moved, moved.change != "start", moved.before),
               _force(moved, moved.change != "end", moved.after)),
        sources=tuple(Source(cite=r.cite, verified=r.verified) for r in moved.references),
    )  # fmt: skip


def _force(moved: RuleMoved, is_in_force: bool, severity: Any) -> str:
    if not is_in_force:
        return NO_RULE
    if moved.rule.file.kind == "reward":
        return f"{french.number(moved.rule.file.points or 0)} points"
    return SEVERITIES[severity].lower() if severity else "déduction"


def _tender(path: Path, before: date, after: date, terms: Terms) -> TenderMoved:
    reading = read(path)
    old, new = (
        score_reading(reading, path.name, day, terms.profile, terms.engine, terms.used_on)
        for day in (before, after)
    )
    return TenderMoved(
        file=str(path),
        title=new.tender.title or new.tender.id,
        law_before=old.law.verdict,
        law_after=new.law.verdict,
        overall_before=old.score.overall,
        overall_after=new.score.overall,
        axes_before=old.score.axes,
        axes_after=new.score.axes,
        findings=tuple(_findings(old, new)),
    )


def _findings(old: Report, new: Report) -> Iterator[FindingMoved]:
    """What is no longer said as it was; law first, then policy by axis."""
    before, after = ({(f.rule, f.at): f for f in report.findings} for report in (old, new))
    moved = [
        _finding(before.get(key), after.get(key), old, new)
        for key in sorted({*before, *after})
        if _said(before.get(key)) != _said(after.get(key))
    ]
    yield from sorted(moved, key=lambda f: AXES.index(f.axis) + 1 if f.axis else 0)


def _said(finding: Finding | None) -> tuple[Any, ...] | None:
    return None if finding is None else (finding.verdict, finding.severity, finding.points)


def _finding(old: Finding | None, new: Finding | None, was: Report, now: Report) -> FindingMoved:
    known = new or old
    assert known is not None
    return FindingMoved(
        rule=known.rule,
        title=known.title,
        kind=known.kind,
        axis=known.axis,
        at=known.at,
        where=known.where,
        before=old.verdict if old else _absence(known.rule, was),
        after=new.verdict if new else _absence(known.rule, now),
        severity_before=old and old.severity,
        severity_after=new and new.severity,
        points_before=old and old.points,
        points_after=new and new.points,
    )


def _absence(code: str, report: Report) -> Verdict | None:
    """Why a rule says nothing at a place: it does not concern it, or it is not in force."""
    concerns = code in report.not_applicable or any(f.rule == code for f in report.findings)
    return "not_applicable" if concerns else None
