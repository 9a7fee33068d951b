"""The grid of the award criteria, as it stands in the rules of the consultation."""

from __future__ import annotations

from procure.domain.tender import Criterion, Tender
from procure.domain.words import THEMES
from procure.exchange.boards import BLANK, WRONG, Board, Cell, Formula, down, quote
from procure.exchange.sheets.marking import criteria_of, is_amount
from procure.exchange.sheets.parts import (
    Part,
    created,
    footer,
    group_name,
    group_title,
    groups,
    opened,
    parts,
)
from procure.exchange.xlsx import write_boards

HEADING = "Grille des critères d'attribution"
PRICE_METHOD = "Note sur 10 = 10 × montant le plus bas ÷ montant de l'offre."
_NOTES = (
    "Cases jaunes : à compléter par l'acheteur avant la publication.",
    "Les poids des sous-critères sont des parts de leur critère ; un critère se note sur 10.",
)


def criteria_grid(tender: Tender) -> bytes:
    """The criteria, their weights, methods and proofs; lots that are alike share a sheet."""
    shared = groups(parts(tender), lambda part: part.criteria)
    return write_boards(HEADING, [_board(group, tender) for group in shared], created(tender))


def _board(group: list[Part], tender: Tender) -> Board:
    board = Board(
        group_name(group, tender), (6, 38, 12, 12, 24, 62, 40), footer(HEADING, tender), frozen=2
    )
    opened(board, HEADING, tender, group_title(group), *_NOTES)
    board.headed(
        "N°", "Critère", "Poids", "Part du critère", "Thèmes", "Ce qui est regardé, comment",
        "Pièce qui le prouve",
    )  # fmt: skip
    rows = [_criterion(board, n, one) for n, one in enumerate(criteria_of(group[0]), 1)]
    weights = down(3, range(rows[0], board.next_row))
    board.add(
        Cell("Total", "total", across=2),
        Cell(Formula(f"SUM({weights})"), "total", "share"),
        Cell(whole_check(weights, len(rows), "Les poids"), "check", across=4),
    )
    return board


def _criterion(board: Board, number: int, criterion: Criterion) -> int:
    row = board.add(
        Cell(number, "group", "count"),
        _label(criterion),
        weight_cell(criterion),
        Cell(None, "result"),
        *_rest(criterion, is_amount(criterion)),
    )
    for place, sub in enumerate(criterion.sub_criteria or (), 1):
        board.add(
            Cell(f"{number}.{place}"),
            Cell(sub.label),
            Cell(None, "result"),
            weight_cell(sub),
            *_rest(sub, is_amount(sub, criterion)),
        )
    return row


def _label(criterion: Criterion) -> Cell:
    return Cell(criterion.label, "wanted" if criterion.label == BLANK else "group")


def weight_cell(criterion: Criterion) -> Cell:
    """The weight, or a blank for the buyer where it is not settled."""
    if criterion.weight is None:
        return Cell(None, "wanted", "share")
    return Cell(criterion.weight, "plain", "share")


def _rest(criterion: Criterion, is_price: bool) -> tuple[Cell, Cell, Cell]:
    themes = ", ".join(THEMES.get(theme, theme) for theme in criterion.themes or ())
    return Cell(themes or None), _looked_at(criterion, is_price), _proof(is_price)


def _looked_at(criterion: Criterion, is_price: bool) -> Cell:
    told = [text for text in (criterion.description, criterion.method) if text]
    if not told and is_price:
        told = [PRICE_METHOD]
    if not told and criterion.sub_criteria:
        told = ["Voir ses sous-critères."]
    return Cell("\n".join(told)) if told else Cell(BLANK, "wanted")


def _proof(is_price: bool) -> Cell:
    return Cell("Cadre de prix rempli") if is_price else Cell("Cadre de réponse rempli", "wanted")


def whole_check(weights: str, expected: int, what: str) -> Formula:
    """A formula that says whether all the weights are there and make the whole."""
    right, missing = quote(f"{what} font 100 %."), quote(f"{WRONG} : des poids manquent.")
    wrong = quote(f"{WRONG} : {what[0].lower()}{what[1:]} ne font pas 100 %.")
    return Formula(
        f"IF(COUNT({weights})<{expected},{missing},IF(ROUND(SUM({weights}),4)=1,{right},{wrong}))"
    )
