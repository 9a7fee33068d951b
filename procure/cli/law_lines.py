"""The law in time as lines of text; `output.py` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from procure.cli.lines import BLANK, Line
from procure.domain.change import FindingMoved, LawChange, LawDay, LawDiff, Source, TenderMoved
from procure.domain.french import day, number, plural, typeset
from procure.domain.outline import interval
from procure.domain.report import AXES, OverallScore, Points, Severity, Verdict
from procure.domain.words import (
    AXIS_TITLES,
    LAW_VERDICTS,
    SEVERITIES,
    TO_CONFIRM,
    VERDICTS,
    WHOLE,
)

ARROW = " → "
NOT_IN_FORCE = "pas en vigueur"


def timeline_lines(days: Sequence[LawDay]) -> Iterator[Line]:
    """Each day with what it changes, then how much there is."""
    for one in days:
        yield Line(day(one.day), "heading")
        yield from _changes(one.changes)
        yield BLANK
    count = sum(len(one.changes) for one in days)
    yield Line(f"{plural(count, 'changement')}, {plural(len(days), 'jour')}")


def diff_lines(found: LawDiff) -> Iterator[Line]:
    """Numbers and rules that change, then each tender that does."""
    title = f"Droit du {day(found.before)}, puis du {day(found.after)}"
    yield Line(title, "title")
    yield BLANK
    yield Line(f"NOMBRES ET RÈGLES ({len(found.changes)})", "heading")
    yield from _changes(found.changes)
    if not found.changes:
        yield Line("Rien ne change entre ces deux jours.", indent=2)
    for tender in found.tenders:
        yield BLANK
        yield from _tender(tender)


def _changes(changes: Iterable[LawChange]) -> Iterator[Line]:
    for change in changes:
        said = f"{change.name} : {ARROW.join(change.shown)}"
        yield Line(typeset(said), "strong", indent=2, hang=2)
        yield Line(change.title, indent=4)
        yield Line(typeset(_sources(change.sources)), "soft", indent=4, hang=2)


def _sources(sources: Iterable[Source]) -> str:
    cited = (s.cite if s.verified else f"{s.cite} ({TO_CONFIRM})" for s in sources)
    return " ; ".join(dict.fromkeys(cited))


def _tender(tender: TenderMoved) -> Iterator[Line]:
    yield Line(f"{tender.title} ({tender.file})", "heading")
    law = _both(LAW_VERDICTS[tender.law_before], LAW_VERDICTS[tender.law_after])
    yield Line(typeset(f"Droit : {law}"), indent=2)
    yield Line(typeset(f"Note : {_overall(tender)}"), indent=2)
    for axis in AXES:
        old, new = tender.axes_before[axis], tender.axes_after[axis]
        if old != new:
            scores = _both(interval(old.low, old.high), interval(new.low, new.high))
            points = _both(
                f"{number(old.earned)} sur {number(old.available)}",
                f"{number(new.earned)} sur {number(new.available)}",
            )
            yield Line(typeset(f"{AXIS_TITLES[axis]} : {scores} ; points : {points}"), indent=4)
    for finding in tender.findings:
        yield from _finding(finding)
    if not tender.findings:
        yield Line("Aucun constat ne change.", indent=2)


def _overall(tender: TenderMoved) -> str:
    return _both(_score(tender.overall_before), _score(tender.overall_after))


def _score(overall: OverallScore) -> str:
    letter = f", lettre {overall.letter}" if overall.letter else ""
    return f"{interval(overall.low, overall.high)}{letter}"


def _finding(found: FindingMoved) -> Iterator[Line]:
    where = "" if found.where == WHOLE else f" · {found.where}"
    said = _both(_verdict(found, found.before), _verdict(found, found.after))
    head = f"{found.rule}{where} · {found.title}"
    yield Line(head, "strong", indent=2, hang=2)
    parts = [said]
    if found.kind == "require":
        parts.append(_both(_force(found.severity_before), _force(found.severity_after)))
    else:
        parts.append(f"points : {_both(_points(found.points_before), _points(found.points_after))}")
    yield Line(typeset(" ; ".join(parts)), indent=4, hang=2)


def _verdict(found: FindingMoved, verdict: Verdict | None) -> str:
    if verdict is None:
        return NOT_IN_FORCE
    if found.kind == "reward" and verdict in ("clear", "breach"):
        return "points acquis" if verdict == "clear" else "points à gagner"
    return VERDICTS[verdict]


def _force(severity: Severity | None) -> str:
    return SEVERITIES[severity].lower() if severity else "sans effet"


def _points(points: Points | None) -> str:
    return "aucun" if points is None else f"{number(points.earned)} sur {number(points.available)}"


def _both(before: str, after: str) -> str:
    """« avant → après », or once where nothing moved."""
    return before if before == after else f"{before}{ARROW}{after}"
