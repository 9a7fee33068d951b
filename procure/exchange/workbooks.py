"""What the workbooks hold: the sheets of a report, the sheets of a portfolio of tenders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from procure.domain.french import plural
from procure.domain.outline import Outline, Told, law_sentence, score_sentence
from procure.domain.portfolio import PortfolioRow
from procure.domain.report import AXES, FactUsed, Finding, Report
from procure.domain.words import (
    AXIS_TITLES,
    LAW_VERDICTS,
    NATURES,
    SEVERITIES,
    TO_CONFIRM,
    key_path,
    verdict_of,
)
from procure.exchange.xlsx import As, Column, Sheet, Value, write

Row = Sequence[Value | As]
PORTFOLIO_DAY = date(2000, 1, 1)
"""Written as the creation of a portfolio in which nothing could be read."""

KINDS = {"require": "droit", "reward": "politique"}


def report_workbook(report: Report) -> bytes:
    """The workbook of one report."""
    sheets = (
        _summary(report),
        _findings(report),
        _wanted(report),
        _points(report),
        _derived(report),
        _receipt(report),
    )
    return write(report.tender.title or report.tender.id, sheets, report.day)


def portfolio_workbook(rows: Sequence[PortfolioRow]) -> bytes:
    """The workbook of many files: one line each, all the breaches, the files not read."""
    days = [row.report.day for row in rows if row.report]
    sheets = (_tenders(rows), _breaches(rows), _unreadable(rows))
    return write("Portefeuille de marchés", sheets, max(days, default=PORTFOLIO_DAY))


def _summary(report: Report) -> Sheet:
    columns = (
        Column("Rubrique", 28),
        Column("Valeur", 44),
        Column("Jusqu'à", 12, "score"),
        Column("Précision", 70),
    )
    return Sheet("Synthèse", columns, list(_summary_rows(report)), has_filter=False)


def _summary_rows(report: Report) -> Iterator[Row]:
    tender, law, overall = report.tender, report.law, report.score.overall
    outline = Outline(report)
    yield "Objet", tender.title, None, None
    yield "Acheteur", tender.buyer, None, None
    yield "Référence", tender.id, None, None
    yield "Nature", NATURES.get(tender.nature or ""), None, None
    yield "Catégorie (CPV)", tender.cpv, None, tender.cpv_label
    yield "Valeur estimée hors taxes", As(tender.value_excl_tax, "money"), None, None
    yield "Jour jugé", As(report.day, "day"), None, None
    yield "Droit lu jusqu'au", As(law.read_up_to, "day"), None, None
    yield "Verdict de droit", LAW_VERDICTS[law.verdict], None, law_sentence(outline)
    yield "Note d'ensemble sur 100", As(overall.low, "score"), overall.high, score_sentence(report)
    yield "Lettre acquise", overall.letter, None, None
    yield "Lettre possible", overall.letter_high, None, None
    for axis in AXES:
        score = report.score.axes[axis]
        waits = plural(score.unknown, "règle") + " en attente" if score.unknown else None
        yield f"Note, {AXIS_TITLES[axis]}", As(score.low, "score"), score.high, waits


def _findings(report: Report) -> Sheet:
    columns = (
        Column("Règle", 10),
        Column("Nature", 11),
        Column("Verdict", 16),
        Column("Force", 15),
        Column("Axe", 17),
        Column("Titre", 36),
        Column("Où", 16),
        Column("Constat", 52),
        Column("Que faire", 52),
        Column("Question à juger", 30),
        Column("Textes", 34),
        Column("Faits retenus", 60),
        Column("Nombres de droit", 44),
    )
    return Sheet("Constats", columns, [_finding(finding) for finding in report.findings])


def _finding(finding: Finding) -> Row:
    numbers = (f"{p.label} : {p.shown} ({p.cite})" for p in finding.parameters)
    return (
        finding.rule,
        KINDS[finding.kind],
        verdict_of(finding),
        SEVERITIES[finding.severity] if finding.severity else None,
        AXIS_TITLES[finding.axis] if finding.axis else None,
        finding.title,
        finding.where,
        "\n".join((finding.message, *(note.text for note in finding.notes))),
        finding.remedy,
        finding.question,
        texts(finding),
        _facts(finding.facts),
        "\n".join(numbers),
    )


def _wanted(report: Report) -> Sheet:
    columns = (
        Column("À renseigner", 60),
        Column("Clé du dossier", 40),
        Column("Où", 30),
        Column("Règles en attente", 18, "count"),
        Column("Lesquelles", 50),
    )
    rows = [
        (
            ", ".join(field.labels),
            key_path(field),
            ", ".join(field.places),
            len(field.rules),
            ", ".join(field.rules),
        )
        for field in report.to_complete
    ]
    return Sheet("À compléter", columns, rows)


def _points(report: Report) -> Sheet:
    columns = (
        Column("Règle", 10),
        Column("Axe", 17),
        Column("Titre", 44),
        Column("Où", 18),
        Column("Acquis", 10, "score"),
        Column("Possibles", 10, "score"),
        Column("Sur", 10, "score"),
        Column("À gagner", 10, "score"),
        Column("Effet sur la note", 12, "score"),
        Column("Que faire", 70),
    )
    outline = Outline(report)
    told = [t for t in (*outline.gains, *outline.waiting, *outline.fine) if t.first.points]
    return Sheet("Points", columns, [_point(one) for one in told])


def _point(told: Told) -> Row:
    first = told.first
    points = first.points
    return (
        first.rule,
        AXIS_TITLES[first.axis] if first.axis else None,
        first.title,
        told.places,
        points.earned if points else None,
        points.possible if points else None,
        points.available if points else None,
        told.gain,
        told.overall_gain,
        first.remedy or first.message,
    )


def _derived(report: Report) -> Sheet:
    columns = (
        Column("Fait déduit", 40),
        Column("Valeur", 30),
        Column("Où", 18),
        Column("Règle", 10),
        Column("Parce que", 90),
    )
    rows = [(d.label, d.shown, d.where, d.rule, _facts(d.because)) for d in report.derived]
    return Sheet("Faits déduits", columns, rows)


def _receipt(report: Report) -> Sheet:
    receipt = report.receipt
    rows: list[Row] = [
        ("Version de procure", receipt.version),
        ("Empreinte des règles", receipt.rulebook),
        ("Empreinte du dossier", receipt.input),
        ("Profil", receipt.profile),
        ("Jour jugé", As(receipt.day, "day")),
        ("Droit lu jusqu'au", As(receipt.law_read_up_to, "day")),
    ]
    return Sheet("Reçu", (Column("Rubrique", 28), Column("Valeur", 72)), rows, has_filter=False)


def _tenders(rows: Sequence[PortfolioRow]) -> Sheet:
    axes = [
        Column(f"{AXIS_TITLES[axis]}, {bound}", 13, "score")
        for axis in AXES
        for bound in ("bas", "haut")
    ]
    columns = (
        Column("Fichier", 40),
        Column("Référence", 24),
        Column("Objet", 50),
        Column("Acheteur", 30),
        Column("Valeur hors taxes", 18, "money"),
        Column("Jour jugé", 12, "day"),
        Column("Verdict de droit", 15),
        Column("Manquements bloquants", 14, "count"),
        Column("Avertissements", 15, "count"),
        Column("Questions à juger", 12, "count"),
        Column("Faits à compléter", 12, "count"),
        Column("Lettre", 8),
        Column("Lettre possible", 10),
        Column("Note, bas", 9, "score"),
        Column("Note, haut", 9, "score"),
        *axes,
        Column("Erreur", 60),
    )
    return Sheet("Dossiers", columns, [_tender(row, len(columns)) for row in rows])


def _tender(row: PortfolioRow, width: int) -> Row:
    report = row.report
    if report is None:
        return (row.file, *[None] * (width - 2), row.error)
    outline, tender, overall = Outline(report), report.tender, report.score.overall
    axes = [report.score.axes[axis] for axis in AXES]
    return (
        row.file,
        tender.id,
        tender.title,
        tender.buyer,
        tender.value_excl_tax,
        report.day,
        LAW_VERDICTS[report.law.verdict],
        outline.severity_count("blocking"),
        outline.severity_count("warning"),
        len(outline.questions),
        len(report.to_complete),
        overall.letter,
        overall.letter_high,
        overall.low,
        overall.high,
        *(bound for axis in axes for bound in (axis.low, axis.high)),
        row.error,
    )


def _breaches(rows: Iterable[PortfolioRow]) -> Sheet:
    columns = (
        Column("Fichier", 40),
        Column("Référence", 24),
        Column("Règle", 10),
        Column("Force", 15),
        Column("Titre", 44),
        Column("Où", 20),
        Column("Constat", 60),
        Column("Que faire", 60),
        Column("Textes", 36),
    )
    found = [
        (row.file, row.report.tender.id, *_breach(told))
        for row in rows
        if row.report
        for told in Outline(row.report).breaches
    ]
    return Sheet("Manquements", columns, found)


def _breach(told: Told) -> Row:
    first = told.first
    force = SEVERITIES[first.severity] if first.severity else None
    said = (first.title, told.places, first.message, first.remedy)
    return (first.rule, force, *said, texts(first))


def _unreadable(rows: Iterable[PortfolioRow]) -> Sheet:
    found = [(row.file, row.error) for row in rows if row.report is None]
    return Sheet("Fichiers illisibles", (Column("Fichier", 50), Column("Raison", 110)), found)


def texts(finding: Finding) -> str:
    """The texts behind a finding, one a line; those not checked are marked."""
    return "\n".join(
        text.cite if text.verified else f"{text.cite} ({TO_CONFIRM})" for text in finding.references
    )


def _facts(facts: Iterable[FactUsed]) -> str:
    return "\n".join(f"{fact.label} : {fact.shown} [{fact.origin}]" for fact in facts)
