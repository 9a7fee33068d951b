"""The workbooks that go with a tender: to be sent, filled in, marked, followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procure.domain.library import LibraryClause
from procure.domain.tender import Tender
from procure.exchange.sheets.criteria import criteria_grid
from procure.exchange.sheets.evaluation import evaluation
from procure.exchange.sheets.frames import has_questions, reply_frames
from procure.exchange.sheets.insertion import (
    has_insertion,
    insertion_follow_up,
    insertion_reckoning,
)
from procure.exchange.sheets.prices import price_schedule

__all__ = [
    "Sheet",
    "criteria_grid",
    "evaluation",
    "insertion_follow_up",
    "insertion_reckoning",
    "price_schedule",
    "reply_frames",
    "workbooks_for",
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook: the name of its file, its title; `is_internal` is not to be sent to bidders."""

    name: str
    title: str
    content: bytes
    is_internal: bool = False


def workbooks_for(tender: Tender, clauses: Sequence[LibraryClause] = ()) -> list[Sheet]:
    """
    The workbooks that go with a tender, those that would be empty left out.

    Args:
        clauses: of the library, taken for this tender.
    """
    found = [
        Sheet("grille-criteres.xlsx", "Grille des critères d'attribution", criteria_grid(tender)),
        Sheet("cadre-prix.xlsx", "Cadre de prix", price_schedule(tender)),
        Sheet("analyse-offres.xlsx", "Analyse des offres", evaluation(tender), True),
    ]
    if has_questions(tender, clauses):
        found.append(Sheet("cadre-reponse.xlsx", "Cadre de réponse", reply_frames(tender, clauses)))
    if has_insertion(tender, clauses):
        reckoning, following = insertion_reckoning(tender), insertion_follow_up(tender)
        found.append(
            Sheet("insertion-calcul.xlsx", "Calcul des heures d'insertion", reckoning, True)
        )
        found.append(Sheet("insertion-suivi.xlsx", "Suivi des heures d'insertion", following))
    return found
