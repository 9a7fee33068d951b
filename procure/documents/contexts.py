"""What the template of a report needs: cards of findings, rows of French text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procure.documents.cards import Row, card, number_of_law
from procure.documents.chart import chart
from procure.domain import french
from procure.domain.french import typeset
from procure.domain.outline import Outline, interval, law_sentence, score_sentence
from procure.domain.report import AXES, ProseRead, Report, TenderSummary, Wanted
from procure.domain.words import (
    AXIS_TITLES,
    LAW_VERDICTS,
    NATURES,
    THEMES,
    UNSAID,
    WHOLE,
    capital,
    holder,
    key_path,
    shortened,
    words_read,
)

FULL_GAINS = 5
"""How many points to gain are told in full; the others open on demand."""


def report_context(report: Report) -> dict[str, Any]:
    """The context of `reports/report.html.j2`."""
    outline = Outline(report)
    return {
        "parts": _parts(outline),
        "title": report.tender.title or report.tender.id,
        "identity": identity(report),
        "law": {
            "code": report.law.verdict,
            "word": LAW_VERDICTS[report.law.verdict],
            "sentence": typeset(law_sentence(outline)),
        },
        "score_sentence": typeset(score_sentence(report)),
        "chart": chart(report),
        "overall_said": interval(report.score.overall.low, report.score.overall.high),
        "axes": axis_rows(report),
        "breaches": [card(told) for told in outline.breaches],
        "questions": [card(told) for told in outline.questions],
        "to_confirm": [(prose_row(read), holder(read), read.line) for read in outline.to_confirm],
        "read": [prose_row(read) for read in outline.read],
        "wanted_has_places": any(field.places != (WHOLE,) for field in report.to_complete),
        "wanted": [wanted_row(field) for field in report.to_complete],
        "waiting": [card(told) for told in outline.waiting],
        "gains": [card(told) for told in outline.gains[:FULL_GAINS]],
        "more_gains": [card(told) for told in outline.gains[FULL_GAINS:]],
        "fine": [card(told) for told in outline.fine],
        "lots": lot_rows(report),
        "no_lots": no_lots(report),
        "criteria": criterion_rows(report),
        "derived": derived_rows(report),
        "not_applicable": report.not_applicable,
        "receipt": receipt_rows(report),
    }


def _parts(outline: Outline) -> list[Row]:
    """The parts of the page, as pairs of an anchor and a heading."""
    parts = [
        ("droit", "Le droit"),
        ("note", "La note"),
        ("manquements", f"Manquements et avertissements ({len(outline.breaches)})"),
        ("questions", f"Questions à juger ({len(outline.questions)})"),
        ("confirmer", f"À confirmer ({len(outline.to_confirm)})"),
        ("completer", f"À compléter ({len(outline.report.to_complete)})"),
        ("gagner", f"Points à gagner ({len(outline.gains)})"),
        ("bien", f"Ce qui va bien ({len(outline.fine)})"),
        ("lu", f"Lu dans la prose ({len(outline.read)})"),
        ("dossier", "Le dossier"),
        ("deduits", "Faits déduits"),
        ("mots", "Les mots"),
        ("recu", "Reçu"),
    ]
    absent = {
        "questions": outline.questions,
        "confirmer": outline.to_confirm,
        "lu": outline.read,
        "deduits": outline.report.derived,
    }
    return [part for part in parts if absent.get(part[0], True)]


def identity(report: Report) -> list[Row]:
    """The tender and the day, as pairs of a label and a value."""
    tender = report.tender
    return [
        ("Acheteur", tender.buyer or UNSAID),
        ("Référence", tender.id),
        ("Nature", NATURES.get(tender.nature or "", UNSAID)),
        ("Catégorie (CPV)", _category(tender)),
        ("Valeur estimée hors taxes", money(tender.value_excl_tax)),
        ("Jour jugé", french.day(report.day)),
        ("Droit lu jusqu'au", french.day(report.law.read_up_to)),
        ("Profil", report.profile),
    ]


def _category(tender: TenderSummary) -> str:
    return " · ".join(part for part in (tender.cpv, tender.cpv_label) if part) or UNSAID


def axis_rows(report: Report) -> list[Row]:
    """Axis, score out of 100, points, rules that wait, weight in the mean."""
    rows: list[Row] = []
    total = sum(report.score.weights.values()) or 1
    for axis in AXES:
        score = report.score.axes[axis]
        points = f"{french.number(score.earned)} sur {french.number(score.available)}"
        rows.append(
            (
                AXIS_TITLES[axis],
                interval(score.low, score.high),
                points if score.low is not None else "–",
                french.number(score.unknown),
                french.percent(Decimal(str(round(report.score.weights[axis] / total, 2)))),
            )
        )
    return rows


def prose_row(read: ProseRead) -> tuple[str, str, str]:
    """What was read in prose: where, what it says, its words."""
    return capital(read.where), read.title, words_read(read)


def wanted_row(field: Wanted) -> dict[str, str | None]:
    """A field to fill in: what it would tell, its key, where, which rules wait."""
    return {
        "label": capital(shortened(field.labels, 6)),
        "key": key_path(field),
        "where": shortened(field.places, 4),
        "rules": ", ".join(field.rules),
    }


def no_lots(report: Report) -> str:
    """What is said where there is no lot to show."""
    known = report.tender.lots is not None
    return "Marché non alloti." if known else "Lots : non renseignés."


def lot_rows(report: Report) -> list[Row]:
    """Number, title, value, whether it is reserved."""
    reserved = {True: "oui", False: "non", None: UNSAID}
    return [
        (lot.id, lot.title or UNSAID, money(lot.value_excl_tax), reserved[lot.reserved])
        for lot in report.tender.lots or ()
    ]


def criterion_rows(report: Report) -> list[Row]:
    """Label, weight, theme, place."""
    rows: list[Row] = []
    for criterion in report.tender.criteria or ():
        weight = UNSAID if criterion.weight is None else french.percent(criterion.weight)
        theme = THEMES.get(criterion.theme or "", UNSAID)
        rows.append((criterion.label, weight, theme, _lot_of(criterion.at)))
    return rows


def derived_rows(report: Report) -> list[dict[str, Any]]:
    """Each fact concluded, by which rule, from which facts."""
    return [
        {
            "label": derived.label,
            "shown": derived.shown,
            "where": derived.where,
            "rule": derived.rule,
            "because": [(fact.label, fact.shown, fact.origin) for fact in derived.because],
            "numbers": [number_of_law(parameter) for parameter in derived.parameters],
        }
        for derived in report.derived
    ]


def receipt_rows(report: Report) -> list[Row]:
    """What is needed to compute the report again."""
    receipt = report.receipt
    rows: list[Row] = [
        ("Version de procure", receipt.version),
        ("Empreinte des règles", receipt.rulebook),
        ("Empreinte du dossier", receipt.input),
        ("Profil", receipt.profile),
        ("Jour jugé", french.day(receipt.day)),
        ("Droit lu jusqu'au", french.day(receipt.law_read_up_to)),
    ]
    if receipt.used_on:
        rows.append(("Jour d'usage", french.day(receipt.used_on)))
    if receipt.overlay:
        rows.append(("Empreinte du profil", receipt.overlay))
    return rows


def money(value: Decimal | None) -> str:
    return UNSAID if value is None else french.euros(value)


def _lot_of(at: str) -> str:
    """The lot of a criterion, « tous » for those of the whole tender."""
    if not at.startswith("lots["):
        return "tous"
    return f"lot {int(at[5 : at.index(']')]) + 1}"
