"""Which documents a tender calls for, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from procure.documents.drafting.lots import value_of
from procure.domain.errors import Fault, InputError
from procure.domain.tender import Tender


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A kind of document: its short name, the folder of its template, its title.

    `is_numbered`: its headings are articles; `has_contents`: it opens with its table of contents;
    `by_lot`: there is one a lot; `is_compact`: it holds on one page if it can.
    """

    key: str
    folder: str
    title: str
    is_numbered: bool = True
    has_contents: bool = True
    by_lot: bool = False
    is_compact: bool = False


PAPERS = (
    Paper("rc", "consultation_rules", "Règlement de la consultation"),
    Paper("ccap", "administrative_clauses", "Cahier des clauses administratives particulières"),
    Paper("ccp", "single_clauses", "Cahier des clauses particulières"),
    Paper("cctp", "technical_clauses", "Cahier des clauses techniques particulières"),
    Paper("ae", "commitment", "Acte d'engagement", has_contents=False, by_lot=True),
    Paper("note", "reasons_note", "Note de motivation des choix", False, False),
    Paper("avis", "advertisement", "Avis de publicité", False, False),
    Paper("artisan", "artisan_page", "Le marché en une page", False, False, is_compact=True),
)
KEYS = tuple(paper.key for paper in PAPERS)


def papers(tender: Tender, least_notice: Decimal | None) -> tuple[Paper, ...]:
    """
    The documents of a tender.

    An adapted procedure below the value that calls for a notice (`least_notice`), and a purchase
    without competition, have one single document of clauses in the place of the CCAP and the CCTP.
    A purchase without competition has neither rules of consultation nor notice.
    """
    if tender.regime == "concession":
        what = "les modèles ne sont pas faits pour les concessions"
        raise InputError(Fault(tender.id, what, "un marché public"))
    left_out = {"ccap", "cctp"} if is_small(tender, least_notice) else {"ccp"}
    if tender.procedure == "direct_award":
        left_out |= {"rc", "avis"}
    return tuple(paper for paper in PAPERS if paper.key not in left_out)


def chosen(wanted: Sequence[Paper], only: Sequence[str]) -> tuple[Paper, ...]:
    """
    The documents asked for, among those of the tender.

    Raises:
        InputError: an unknown document, or one that this tender does not have.
    """
    keys = [paper.key for paper in wanted]
    for key in only:
        if key not in KEYS:
            raise InputError(Fault("--only", f"« {key} » est inconnu", ", ".join(KEYS)))
        if key not in keys:
            what = f"« {key} » est sans objet pour ce marché"
            raise InputError(Fault("--only", what, ", ".join(keys)))
    return tuple(paper for paper in wanted if not only or paper.key in only)


def is_small(tender: Tender, least_notice: Decimal | None) -> bool:
    """Whether one document of clauses is enough."""
    if tender.procedure == "direct_award":
        return True
    value = value_of(tender)
    is_adapted = tender.procedure == "adapted"
    return is_adapted and value is not None and least_notice is not None and value < least_notice
