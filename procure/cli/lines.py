"""A report as lines of text, in the order people read it; `output.py` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from procure.domain.french import NBSP, day, number, plural, typeset
from procure.domain.outline import Outline, Told, interval, law_sentence, score_sentence
from procure.domain.portfolio import PortfolioRow
from procure.domain.report import AXES, AxisScore, Cited, Finding, Report, Wanted
from procure.domain.words import (
    AXIS_TITLES,
    LAW_VERDICTS,
    SEVERITIES,
    TO_CONFIRM,
    capital,
    holder,
    key_path,
    shortened,
    words_read,
)

Style = Literal[
    "title", "heading", "breach", "warning", "to_complete", "lawful", "soft", "strong", "plain"
]
BAR = 30
FULL_WANTED = 12
"""How many fields to fill in are told with what they would tell; the others are named."""

FULL_GAINS = 5
"""How many points to gain are told with what to do; the others are named."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, set in by `indent`; what does not fit goes on below, set in by `hang` more."""

    text: str
    style: Style = "plain"
    indent: int = 0
    hang: int = 0


BLANK = Line("")


def report_lines(report: Report, notes: Sequence[str] = ()) -> Iterator[Line]:
    """The whole report, and what the reader of its file had to say."""
    outline = Outline(report)
    yield from _head(report)
    yield from _law(outline)
    yield from _score(report)
    yield from _breaches(outline)
    yield from _questions(outline)
    yield from _to_confirm(outline)
    yield from _wanted(report.to_complete)
    yield from _gains(outline)
    yield from _fine(outline)
    yield from _read(outline)
    if notes:
        yield from _heading("Lecture du fichier", len(notes))
        yield from (Line(f"- {note}", indent=2, hang=2) for note in notes)
    yield BLANK
    yield Line(_receipt(report), "soft")


def portfolio_rows(rows: Iterable[PortfolioRow]) -> list[tuple[str, ...]]:
    """File, verdict of law, letter, overall score and axes of each report."""
    return [_portfolio_row(row.file, row.report) for row in rows if row.report]


def _portfolio_row(file: str, report: Report) -> tuple[str, ...]:
    overall, axes = report.score.overall, report.score.axes
    low, high = overall.letter or "–", overall.letter_high or "–"
    return (
        PurePath(file).name,
        LAW_VERDICTS[report.law.verdict],
        low if low == high else f"{low} à {high}",
        _short(overall.low, overall.high),
        *(_short(axes[axis].low, axes[axis].high) for axis in AXES),
    )


def _short(low: float | None, high: float | None) -> str:
    """« 42–67 », to the unit."""
    if low is None or high is None:
        return "–"
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def _head(report: Report) -> Iterator[Line]:
    tender = report.tender
    yield Line(tender.title or tender.id, "title")
    yield Line(" · ".join(part for part in (tender.buyer, tender.id) if part))
    read = f"droit lu jusqu'au {day(report.law.read_up_to)}"
    yield Line(typeset(f"Jour jugé : {day(report.day)} · {read}"), "soft")


def _heading(title: str, count: int | None = None) -> Iterator[Line]:
    yield BLANK
    shown = title.upper() if count is None else f"{title.upper()} ({count})"
    yield Line(shown, "heading")


def _law(outline: Outline) -> Iterator[Line]:
    verdict = outline.report.law.verdict
    yield from _heading("Droit")
    yield Line(LAW_VERDICTS[verdict], verdict, indent=2)
    yield Line(typeset(law_sentence(outline)), indent=2)


def _score(report: Report) -> Iterator[Line]:
    yield from _heading("Note")
    yield Line(typeset(score_sentence(report)), indent=2)
    for axis in AXES:
        score = report.score.axes[axis]
        said = interval(score.low, score.high)
        yield Line(f"{AXIS_TITLES[axis]:<16}{bar(score)}  {said}", indent=2)
    if any(score.low != score.high for score in report.score.axes.values()):
        yield Line("█ points sûrs  ▒ points possibles, selon les faits manquants", "soft", indent=2)


def bar(score: AxisScore) -> str:
    """What is sure, what may be, and the rest, out of 100."""
    if score.low is None or score.high is None:
        return "·" * BAR
    sure, high = round(score.low * BAR / 100), round(score.high * BAR / 100)
    return "█" * sure + "▒" * (high - sure) + "·" * (BAR - high)


def _breaches(outline: Outline) -> Iterator[Line]:
    if not outline.breaches:
        return
    yield from _heading("Manquements et avertissements", len(outline.breaches))
    for told in outline.breaches:
        severity = told.first.severity or "advice"
        style: Style = "breach" if severity == "blocking" else "warning"
        yield from _told(told, f"{SEVERITIES[severity]} ", style)


def _questions(outline: Outline) -> Iterator[Line]:
    if not outline.questions:
        return
    yield from _heading("Questions à juger", len(outline.questions))
    for told in outline.questions:
        yield from _told(told, "", "strong")
    answer = "Répondez dans le dossier, sous « judgements » : rule, at, answer, by, on, reason."
    yield Line(typeset(answer), "soft", indent=2)


def _told(told: Told, tag: str, style: Style) -> Iterator[Line]:
    """A finding: code and title, where, message, question, what to do, texts."""
    first = told.first
    where = f" · {told.places}" if told.places else ""
    yield Line(f"{tag}{first.rule}{where} · {first.title}", style, indent=2, hang=2)
    yield Line(first.message, indent=4)
    if origin := next((fact.origin for fact in first.facts if fact.confidence), None):
        yield Line(f"{capital(origin)}.", "soft", indent=4, hang=2)
    yield from _notes(first)
    if first.question:
        yield Line(typeset(f"Question : {first.question}"), indent=4, hang=2)
    if first.remedy:
        yield Line(typeset(f"Que faire : {first.remedy}"), indent=4, hang=2)
    if first.references:
        cited = " ; ".join(_cited(text) for text in first.references)
        yield Line(typeset(f"Textes : {cited}"), "soft", indent=4, hang=2)


def _notes(finding: Finding) -> Iterator[Line]:
    """What was read too long ago, what the profile made stricter or chose."""
    for note in finding.notes:
        yield Line(note.text, "warning" if note.kind == "stale" else "soft", indent=4, hang=2)


def _cited(text: Cited) -> str:
    return text.cite if text.verified else f"{text.cite} ({TO_CONFIRM})"


def _to_confirm(outline: Outline) -> Iterator[Line]:
    """What prose may say: the line to write in the file if it does."""
    if not outline.to_confirm:
        return
    yield from _heading("À confirmer d'une ligne", len(outline.to_confirm))
    for read in outline.to_confirm:
        said = f"{capital(read.where)} · {read.title} ? {words_read(read)}"
        yield Line(typeset(said), indent=2, hang=2)
        yield Line(typeset(f"Si oui, sous « {holder(read)} » : {read.line}"), "soft", indent=4)


def _read(outline: Outline) -> Iterator[Line]:
    """What was read in prose and used: a wrong reading is mended in the file."""
    if not outline.read:
        return
    yield from _heading("Lu dans la prose", len(outline.read))
    for read in outline.read:
        said = f"{capital(read.where)} · {read.title} : {words_read(read)}"
        yield Line(typeset(said), indent=2, hang=2)
    mend = "Une lecture fausse ? Écrivez la bonne valeur dans le dossier : elle l'emporte."
    yield Line(typeset(mend), "soft", indent=2)


def _wanted(fields: Sequence[Wanted]) -> Iterator[Line]:
    if not fields:
        return
    yield from _heading("À compléter", len(fields))
    for field in fields[:FULL_WANTED]:
        yield Line(capital(shortened(field.labels, 4)), indent=2, hang=2)
        key = f"clé {key_path(field)}, " if field.key else ""
        waits = "attend" if len(field.rules) < 2 else "attendent"
        rules = f"{shortened(field.rules, 8)} {waits}"
        yield Line(f"{key}{rules}", "soft", indent=4, hang=2)
    if rest := [key_path(field) for field in fields[FULL_WANTED:] if field.key]:
        yield Line(typeset(f"Et aussi : {', '.join(rest)}."), "soft", indent=2, hang=2)


def _gains(outline: Outline) -> Iterator[Line]:
    gains = outline.gains
    if not gains:
        return
    yield from _heading("Points à gagner", len(gains))
    for told in gains[:FULL_GAINS]:
        first = told.first
        where = f" · {told.places}" if told.places else ""
        effect = f"+{NBSP}{number(told.overall_gain, 1)}"
        yield Line(f"{effect} · {first.rule}{where} · {first.title}", "strong", indent=2, hang=2)
        yield Line(first.message, indent=4)
        yield from _notes(first)
        if first.remedy:
            yield Line(typeset(f"Que faire : {first.remedy}"), indent=4, hang=2)
    if rest := [told.first.rule for told in gains[FULL_GAINS:]]:
        named = ", ".join(dict.fromkeys(rest))
        yield Line(typeset(f"Et aussi : {named}."), "soft", indent=2, hang=2)
    yield Line("+ : ce que le point ajoute à la note d'ensemble.", "soft", indent=2)


def _fine(outline: Outline) -> Iterator[Line]:
    if not outline.fine:
        return
    codes = list(dict.fromkeys(told.first.rule for told in outline.fine))
    yield from _heading("Ce qui va bien")
    said = plural(len(codes), "règle satisfaite", "règles satisfaites")
    yield Line(typeset(f"{said} : {', '.join(codes)}."), indent=2, hang=2)


def _receipt(report: Report) -> str:
    receipt = report.receipt
    overlay = f" {receipt.overlay[:12]}" if receipt.overlay else ""
    parts = [
        f"procure {receipt.version}",
        f"règles {receipt.rulebook[:12]}",
        f"dossier {receipt.input[:12]}",
        f"profil {receipt.profile}{overlay}",
        f"jour {receipt.day.isoformat()}",
    ]
    if receipt.used_on:
        parts.append(f"usage {receipt.used_on.isoformat()}")
    return typeset(f"Reçu : {' · '.join(parts)}")
