"""
The price schedules: unit prices and a detailed estimate, or the breakdown of a lump sum.

A framework agreement, or supplies, have unit prices on one sheet and an estimate on the next that
reads them; works and services have one sheet. What the buyer estimates is never written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from procure.domain.french import typeset
from procure.domain.tender import Item, Tender
from procure.exchange.boards import (
    BLANK,
    WRONG,
    Board,
    Cell,
    Formula,
    at,
    down,
    fixed,
    on_sheet,
    quote,
)
from procure.exchange.sheets.parts import Part, created, deadline, footer, opened, parts
from procure.exchange.xlsx import write_boards

HEADING = "Cadre de prix"
UNIT_PRICES, ESTIMATE, LUMP_SUM = "BPU", "DQE", "DPGF"
TITLES = {
    UNIT_PRICES: "Bordereau des prix unitaires (BPU)",
    ESTIMATE: "Détail quantitatif estimatif (DQE)",
    LUMP_SUM: "Décomposition du prix global et forfaitaire (DPGF)",
}
BLANK_LINES = 12
"""Lines left to write the need in, where its pieces are not known."""

HIGHEST = Decimal(10**12)
_Blank = Literal["entry", "wanted"]
_Line = Callable[[int, Item], None]
_LABEL, _UNIT, _QUANTITY, _PRICE, _AMOUNT, _RATE, _TAX = 2, 3, 4, 5, 6, 7, 8
_WIDTHS = (7, 56, 14, 14, 18, 18, 12, 18)
_FILLING = (
    "Cases bleues : à remplir par le candidat. Cases jaunes : à compléter par l'acheteur avant la "
    "publication. Montants hors taxes en euros, arrondis au centime ; le reste se calcule.",
)
_ESTIMATED = (
    "Les quantités sont estimatives : elles servent à comparer les offres et n'engagent pas "
    "l'acheteur. Les prix sont ceux du bordereau.",
)


def price_schedule(tender: Tender) -> bytes:
    """The schedules that bidders fill in, a lot a sheet; with several lots, a list of totals."""
    found = parts(tender)
    sheets = [sheet for part in found for sheet in _sheets(part)]
    boards = [sheet.board for sheet in sheets]
    totals = [sheet for sheet in sheets if sheet.total]
    if len(totals) > 1:
        boards.append(_listed(tender, found, totals))
    return write_boards(HEADING, boards, created(tender))


def has_unit_prices(part: Part) -> bool:
    """Whether the contract pays by unit: a framework agreement, or supplies."""
    return part.is_framework or part.nature == "supplies"


@dataclass(slots=True)
class _Schedule:
    """A sheet and the rows that others read: the lines of items, the totals."""

    board: Board
    lines: list[int]
    total: int = 0
    tax: int = 0
    with_tax: int = 0


def _sheets(part: Part) -> list[_Schedule]:
    items = list(part.items) or [Item(label=BLANK)] * BLANK_LINES
    if not has_unit_prices(part):
        return [_lump_sum(part, items)]
    prices = _unit_prices(part, items)
    return [prices, _estimate(part, items, prices)]


def _board(part: Part, kind: str, *notes: str) -> Board:
    name = f"{kind} {part.name}"
    board = Board(name, _WIDTHS, footer(f"{TITLES[kind]} · {part.name}", part.tender), frozen=2)
    opened(board, TITLES[kind], part.tender, part.title, *notes, deadline(part.tender))
    bidder = Cell(None, "entry", across=4)
    board.add(Cell("Candidat", "group", across=2), bidder, Cell(None, across=2))
    rate = Cell(None, "entry", "share", least=Decimal(0), most=Decimal(1))
    board.add(
        Cell("Taux de TVA de toutes les lignes (modifiable ligne à ligne)", "group", across=2), rate
    )
    return board


# --- unit prices ---------------------------------------------------------------------------------


def _unit_prices(part: Part, items: Sequence[Item]) -> _Schedule:
    board = _board(part, UNIT_PRICES, *_FILLING)
    rate = fixed(3, board.next_row - 1)
    board.headed(
        "N°", "Désignation", "Unité", Cell("Prix unitaire hors taxes", "head", across=2),
        Cell("Taux de TVA", "head", across=2), "Remarque du candidat",
    )  # fmt: skip
    lines = []
    for group, own in _grouped(items):
        if group:
            board.line(group, "group")
        for number, item in own:
            price = _money_entry(across=2)
            tax = _rate_cell(rate, across=2)
            lines.append(board.add(*_named(number, item), price, tax, Cell(None, "entry")))
    missing, whole = quote(f"{WRONG} : des prix manquent."), quote("Tous les prix sont remplis.")
    check = Formula(_checked(lines, ((_QUANTITY, missing),), whole))
    board.add(Cell("Contrôle", "total", across=2), Cell(check, "check", across=6))
    return _Schedule(board, lines)


def _estimate(part: Part, items: Sequence[Item], prices: _Schedule) -> _Schedule:
    board = _board(part, ESTIMATE, *_ESTIMATED)
    _link_head(board, prices.board)
    _head(board, "Prix unitaire hors taxes")
    schedule = _Schedule(board, [])
    waiting = iter(prices.lines)

    def line(number: int, item: Item) -> None:
        row, source = board.next_row, next(waiting)
        price = on_sheet(prices.board.name, at(_QUANTITY, source))
        rate = on_sheet(prices.board.name, at(6, source))
        board.add(
            *_linked(number, item, prices.board, source),
            _quantity(item, "wanted"),
            Cell(Formula(f'IF(ISNUMBER({price}),{price},"")'), "result", "money"),
            *_computed(row),
            Cell(Formula(f'IF(ISNUMBER({rate}),{rate},"")'), "result", "share"),
            _tax_cell(row),
        )
        schedule.lines.append(row)

    _lines(board, items, line)
    _totals(schedule)
    return schedule


def _link_head(board: Board, source: Board) -> None:
    """The bidder and the rate are written once, on the first sheet."""
    top = board.next_row - 2
    for row in (top, top + 1):
        said = _source_row(source, row - top)
        reference = on_sheet(source.name, fixed(3, said))
        kind = board.rows[row - 1][1].kind
        linked = Cell(Formula(f'IF({reference}="","",{reference})'), "result", kind)
        first, entry, *rest = board.rows[row - 1]
        board.rows[row - 1] = (first, _as_wide(linked, entry.across), *rest)


def _source_row(source: Board, offset: int) -> int:
    return source.head - 2 + offset


def _as_wide(cell: Cell, across: int) -> Cell:
    return Cell(cell.value, cell.look, cell.kind, across)


# --- a lump sum ----------------------------------------------------------------------------------


def _lump_sum(part: Part, items: Sequence[Item]) -> _Schedule:
    quantities = (
        "Le prix est global et forfaitaire : les quantités sont vérifiées par le candidat, qui les "
        "complète ou les corrige ; elles ne modifient pas le prix en cours d'exécution."
    )
    board = _board(part, LUMP_SUM, *_FILLING, quantities)
    rate = fixed(3, board.next_row - 1)
    _head(board, "Prix unitaire hors taxes")
    schedule = _Schedule(board, [])

    def line(number: int, item: Item) -> None:
        row = board.next_row
        board.add(
            *_named(number, item),
            _quantity(item, "entry", is_open=True),
            _money_entry(),
            *_computed(row),
            _rate_cell(rate),
            _tax_cell(row),
        )
        schedule.lines.append(row)

    _lines(board, items, line)
    _totals(schedule)
    return schedule


# --- what the sheets share -----------------------------------------------------------------------


def _head(board: Board, price: str) -> None:
    board.headed(
        "N°", "Désignation", "Unité", "Quantité", price, "Montant hors taxes", "Taux de TVA",
        "Montant de TVA",
    )  # fmt: skip


def _grouped(items: Sequence[Item]) -> Iterator[tuple[str, list[tuple[int, Item]]]]:
    """The items by phase, else by trade, side by side as they come; numbered from one."""
    numbered = list(enumerate(items, 1))
    for name, own in groupby(numbered, key=lambda pair: pair[1].phase or pair[1].trade or ""):
        yield name, list(own)


def _lines(board: Board, items: Sequence[Item], line: _Line) -> None:
    """The lines, with a subtotal by group where there are groups."""
    for name, own in _grouped(items):
        if name:
            board.line(name, "group")
        first = board.next_row
        for number, item in own:
            line(number, item)
        if name:
            _subtotal(board, range(first, board.next_row))


def _subtotal(board: Board, rows: range) -> None:
    board.add(
        Cell("Sous-total", "total", across=5),
        Cell(Formula(f"SUBTOTAL(9,{down(_AMOUNT, rows)})"), "total", "money"),
        Cell(None, "total"),
        Cell(Formula(f"SUBTOTAL(9,{down(_TAX, rows)})"), "total", "money"),
    )


def _named(number: int, item: Item) -> tuple[Cell, Cell, Cell]:
    is_blank = item.label == BLANK
    label = Cell(item.label, "wanted" if is_blank else "plain")
    unit = Cell(item.unit) if item.unit else Cell(None, "wanted")
    return Cell(number, kind="count"), label, unit


def _linked(number: int, item: Item, source: Board, row: int) -> tuple[Cell, Cell, Cell]:
    """The same line as on the sheet of unit prices; what is blank there is written there."""
    found = _named(number, item)

    def follow(column: int, cell: Cell) -> Cell:
        if cell.look != "wanted":
            return cell
        there = on_sheet(source.name, at(column, row))
        return Cell(Formula(f'IF({there}="","",{there})'), "result")

    return found[0], follow(_LABEL, found[1]), follow(_UNIT, found[2])


def _quantity(item: Item, blank: _Blank, is_open: bool | None = None) -> Cell:
    look: _Blank | Literal["plain"] = blank if item.quantity is None or is_open else "plain"
    return Cell(item.quantity, look, "number", open=is_open, least=Decimal(0), most=HIGHEST)


def _money_entry(across: int = 1) -> Cell:
    return Cell(None, "entry", "money", across, least=Decimal(0), most=HIGHEST)


def _rate_cell(rate: str, across: int = 1) -> Cell:
    """The rate of the line: the one written above, unless the bidder writes another."""
    return Cell(
        Formula(f'IF({rate}="","",{rate})'), "entry", "share", across,
        least=Decimal(0), most=Decimal(1),
    )  # fmt: skip


def _computed(row: int) -> tuple[Cell]:
    quantity, price = at(_QUANTITY, row), at(_PRICE, row)
    both = f"AND(ISNUMBER({quantity}),ISNUMBER({price}))"
    return (Cell(Formula(f'IF({both},ROUND({quantity}*{price},2),"")'), "result", "money"),)


def _tax_cell(row: int) -> Cell:
    amount, rate = at(_AMOUNT, row), at(_RATE, row)
    both = f"AND(ISNUMBER({amount}),ISNUMBER({rate}))"
    return Cell(Formula(f'IF({both},ROUND({amount}*{rate},2),"")'), "result", "money")


def _totals(schedule: _Schedule) -> None:
    board, rows = schedule.board, (schedule.lines[0], schedule.board.next_row - 1)
    amounts, taxes = down(_AMOUNT, rows), down(_TAX, rows)
    schedule.total = _total(board, "Total hors taxes", f"SUBTOTAL(9,{amounts})")
    schedule.tax = _total(board, "Montant de la TVA", f"SUBTOTAL(9,{taxes})")
    sum_ = f"{at(_AMOUNT, schedule.total)}+{at(_AMOUNT, schedule.tax)}"
    schedule.with_tax = _total(board, "Total toutes taxes comprises", sum_)
    board.add(Cell("Contrôle", "total", across=2), Cell(_complete(schedule), "check", across=6))


def _total(board: Board, label: str, formula: str) -> int:
    return board.add(
        Cell(label, "total", across=5),
        Cell(Formula(formula), "total", "money"),
        Cell(None, "total", across=2),
    )


def _complete(schedule: _Schedule) -> Formula:
    """Whether each line has its amount and its rate; subtotals, counted with them, are left out."""
    no_amount = quote(f"{WRONG} : des lignes sont sans montant.")
    no_rate = quote(f"{WRONG} : des taux de TVA manquent.")
    return Formula(
        _checked(schedule.lines, ((_AMOUNT, no_amount), (_RATE, no_rate)), quote("Cadre complet."))
    )


def _checked(lines: Sequence[int], columns: Sequence[tuple[int, str]], whole: str) -> str:
    """What is wrong first, by column; lines that the buyer left blank are not awaited."""
    awaited = "+".join(_written(run) for run in _runs(_LABEL, lines))
    told = whole
    for column, wrong in reversed(columns):
        told = f"IF({_counts(column, lines)}<{awaited},{wrong},{told})"
    none = quote(f"{WRONG} : aucune ligne n'est écrite.")
    return f"IF({awaited}=0,{none},{told})"


def _written(labels: str) -> str:
    return f'SUMPRODUCT(({labels}<>"")*({labels}<>"{BLANK}"))'


def _counts(column: int, rows: Sequence[int]) -> str:
    return "+".join(f"COUNT({run})" for run in _runs(column, rows))


def _runs(column: int, rows: Sequence[int]) -> Iterator[str]:
    """The rows as ranges of neighbours."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        yield down(column, [row for _, row in run])


def _listed(tender: Tender, found: Sequence[Part], totals: Sequence[_Schedule]) -> Board:
    heading = "Récapitulatif des lots"
    board = Board(heading, (60, 22, 22, 22), footer(heading, tender))
    note = "Chaque lot est jugé seul ; ce tableau reprend les totaux des lots remplis."
    opened(board, heading, tender, tender.title or BLANK, note)
    board.headed("Lot", "Total hors taxes", "TVA", "Total toutes taxes comprises")
    for part, sheet in zip(found, totals, strict=True):
        cells = (
            Cell(Formula(on_sheet(sheet.board.name, at(_AMOUNT, row))), "result", "money")
            for row in (sheet.total, sheet.tax, sheet.with_tax)
        )
        board.add(typeset(part.title), *cells)
    return board
