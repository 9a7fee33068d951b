"""
The hours of insertion: how they are reckoned, and the sheet that follows them month by month.

Hours = amount excluding tax × share of labour × rate of insertion ÷ cost of an hour. Each number
stands in its own cell; the first ones are a practice, said to be one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from procure.domain.french import number
from procure.domain.library import LibraryClause
from procure.domain.tender import Clause, Tender
from procure.exchange.boards import (
    BLANK,
    WRONG,
    Board,
    Cell,
    Formula,
    Kind,
    at,
    down,
    fixed,
    on_sheet,
    quote,
    span,
)
from procure.exchange.sheets.parts import Part, created, footer, opened, parts
from procure.exchange.sheets.wordings import assumptions
from procure.exchange.xlsx import write_boards

RECKONING = "Calcul des heures d'insertion"
FOLLOWING = "Suivi mensuel des heures d'insertion"
PEOPLE = 12
"""Lines of people on a sheet of a year."""

YEAR = 12
LONGEST_YEARS = 5
_FIRST_MONTH, LAST = 4, 16
"""The columns of the first month and of the total of the year."""

_HIGHEST_COST = Decimal(500)


def has_insertion(tender: Tender, clauses: Sequence[LibraryClause] = ()) -> bool:
    """Whether a clause of the tender, or one taken from the library, asks for insertion."""
    return bool(_concerned(tender)) or _is_taken(clauses)


def _is_taken(clauses: Sequence[LibraryClause]) -> bool:
    return any(one.subject == "insertion" and one.kind == "execution" for one in clauses)


def _concerned(tender: Tender) -> list[Part]:
    """The contracts with a clause of insertion."""
    return [p for p in parts(tender) if any(c.subject == "insertion" for c in p.clauses)]


def _hours(part: Part) -> Decimal | None:
    """The hours that the contract's own clauses ask; those of a whole tender are to be shared."""
    own = part.lot.clauses if part.lot else part.clauses
    return _asked(own or ())


def _asked(clauses: Sequence[Clause]) -> Decimal | None:
    said = [one.insertion_hours for one in clauses if one.insertion_hours is not None]
    return sum(said, Decimal(0)) if said else None


def _to_share(tender: Tender) -> list[str]:
    """What to do with hours that are asked of the lots together."""
    hours = _asked(tender.clauses or ()) if tender.lots else None
    if hours is None:
        return []
    return [f"Heures inscrites pour l'ensemble des lots : {number(hours)}, à répartir entre eux."]


# --- the reckoning -------------------------------------------------------------------------------


def insertion_reckoning(tender: Tender) -> bytes:
    """How many hours each contract can bear: a sheet for the buyer, every assumption editable."""
    board = Board("Calcul", (44, 18, 16, 16, 16, 16, 18, 40), footer(RECKONING, tender), frozen=1)
    notes = (
        "Document interne à l'acheteur. Cases jaunes : hypothèses à régler ; elles se changent en "
        "tête pour tous les lots, ou lot par lot.",
        "Heures = montant hors taxes × part de la main-d'œuvre × taux d'insertion ÷ coût horaire, "
        "arrondies à l'heure.",
        *_to_share(tender),
        f"Ces hypothèses sont un usage, non une règle de droit. {assumptions().source}",
    )
    opened(board, RECKONING, tender, tender.title or BLANK, *notes)
    shared = _shared_assumptions(board)
    board.headed(
        "Lot", "Montant hors taxes", "Part de la main-d'œuvre", "Taux d'insertion",
        "Coût horaire (€)", "Heures calculées", "Heures inscrites au marché", "Contrôle",
    )  # fmt: skip
    rows = [_reckoned(board, part, shared) for part in parts(tender)]
    board.add(
        Cell("Total", "total"),
        Cell(Formula(f"SUM({down(2, rows)})"), "total", "money"),
        Cell(None, "total", across=3),
        Cell(Formula(f"SUM({down(6, rows)})"), "total", "count"),
        Cell(Formula(f"SUM({down(7, rows)})"), "total", "count"),
        Cell(None, "total"),
    )
    return write_boards(RECKONING, [board], created(tender))


def _shared_assumptions(board: Board) -> tuple[str, str, str]:
    """The three numbers of the formula, once for all the lots; where each stands."""
    first = assumptions()
    cells = (
        ("Part de la main-d'œuvre", first.labour_share.note, _share(first.labour_share.value)),
        ("Taux d'insertion", first.rate.note, _share(first.rate.value)),
        ("Coût horaire chargé, en euros", first.hourly_cost.note, _cost(first.hourly_cost.value)),
    )
    places = [
        fixed(2, board.add(label, cell, Cell(note, "note", across=board.width - 2)))
        for label, note, cell in cells
    ]
    return places[0], places[1], places[2]


def _reckoned(board: Board, part: Part, shared: tuple[str, str, str]) -> int:
    row = board.next_row
    cells = [at(column, row) for column in range(2, 6)]
    money, labour, rate, cost = cells
    ready = f"AND(COUNT({span(cells[0], cells[-1])})=4,N({cost})>0)"
    reckoned = f'IF({ready},ROUND({money}*{labour}*{rate}/{cost},0),"")'
    return board.add(
        part.title,
        Cell(part.value, "wanted", "money"),
        _share(Formula(shared[0])),
        _share(Formula(shared[1])),
        _cost(Formula(shared[2])),
        Cell(Formula(reckoned), "result", "count"),
        Cell(_hours(part), "wanted", "count"),
        Cell(_compared(row), "check"),
    )


def _share(value: Decimal | Formula) -> Cell:
    return Cell(value, "wanted", "share", least=Decimal(0), most=Decimal(1))


def _cost(value: Decimal | Formula) -> Cell:
    return Cell(value, "wanted", "number", least=Decimal(1), most=_HIGHEST_COST)


def _compared(row: int) -> Formula:
    reckoned, written = at(6, row), at(7, row)
    above = quote(f"{WRONG} : plus d'heures que le calcul, à justifier.")
    return Formula(
        f'IF(NOT(ISNUMBER({written})),"Heures à inscrire.",IF(NOT(ISNUMBER({reckoned})),'
        f'"Montant à compléter.",IF({written}>{reckoned},{above},"Dans le calcul.")))'
    )


# --- the follow-up -------------------------------------------------------------------------------


def insertion_follow_up(tender: Tender) -> bytes:
    """The sheets that the contractor fills each month, a contract and a year each."""
    found = _concerned(tender) or parts(tender)
    boards = [board for part in found for board in _years(part)]
    return write_boards(FOLLOWING, boards, created(tender))


def _years(part: Part) -> list[Board]:
    months = part.months or Decimal(YEAR)
    count = int((months / YEAR).to_integral_value(ROUND_CEILING))
    found: list[_Year] = []
    for year in range(1, min(max(count, 1), LONGEST_YEARS) + 1):
        found.append(_Year(part, year, found[-1] if found else None))
    return [year.board for year in found]


class _Year:
    """A sheet of twelve months, and the rows that the next year's reads."""

    def __init__(self, part: Part, year: int, before: _Year | None) -> None:
        name = f"{part.name} an {year}"
        widths = (8, 30, 22, *([8] * YEAR), 11)
        self.before = before
        self.board = Board(name, widths, footer(f"{FOLLOWING} · {name}", part.tender), frozen=3)
        self.board.line(f"{FOLLOWING}, année {year}", "title")
        self.board.line(part.title, "group")
        self.board.line(_PRIVACY, "note")
        self._aims(part)
        months = (f"M{(year - 1) * YEAR + n}" for n in range(1, YEAR + 1))
        self.board.headed("N°", "Employeur ou structure", "Voie", *months, "Total")
        rows = [self._person(n) for n in range(1, PEOPLE + 1)]
        self._sums(rows)

    def _aims(self, part: Part) -> None:
        """The hours due, done and left, the penalty; the sheet's sums stand further down."""
        self.goal = self.board.next_row
        self.total = self.goal + _AIMS + PEOPLE + 1
        goal, carry, own, done, left, _, cost = (fixed(3, self.goal + n) for n in range(7))
        self._aim("Objectif du marché, en heures", self._goal_cell(part))
        self._aim("Report des années précédentes", self._carried())
        self._aim("Réalisé cette année", _hours_cell(at(LAST, self.total)))
        self._aim("Réalisé depuis le début", _hours_cell(f"{carry}+{own}"))
        self._aim("Reste à réaliser", _hours_cell(f'IF({goal}="","",MAX(0,{goal}-{done}))'))
        reached = f'IF(N({goal})>0,{done}/{goal},"")'
        self._aim("Avancement", Cell(Formula(reached), "total", "share"))
        self._aim("Pénalité par heure non réalisée", self._penalty_cell())
        due = f'IF(AND(ISNUMBER({left}),ISNUMBER({cost})),ROUND({left}*{cost},2),"")'
        self._aim("Pénalité au bilan, si rien de plus", Cell(Formula(due), "total", "money"))

    def _aim(self, label: str, cell: Cell) -> None:
        self.board.add(Cell(label, "group", across=2), cell)

    def _goal_cell(self, part: Part) -> Cell:
        return self.before.read(0) if self.before else Cell(_hours(part), "wanted", "number")

    def _penalty_cell(self) -> Cell:
        if self.before:
            return self.before.read(6, "money")
        return Cell(None, "wanted", "money", least=Decimal(0), most=_HIGHEST_COST)

    def _carried(self) -> Cell:
        return self.before.read(3) if self.before else Cell(0, "result", "number")

    def read(self, aim: int, kind: Kind = "number") -> Cell:
        """An aim of this year, as the next one shows it."""
        there = on_sheet(self.board.name, fixed(3, self.goal + aim))
        return Cell(Formula(f'IF({there}="","",{there})'), "result", kind)

    def _person(self, place: int) -> int:
        row = self.board.next_row
        hours = Cell(None, "entry", "number", least=Decimal(0), most=Decimal(250))
        whole = span(at(_FIRST_MONTH, row), at(LAST - 1, row))
        return self.board.add(
            Cell(place, kind="count"),
            Cell(None, "entry"),
            Cell(None, "entry", choices=assumptions().ways),
            *([hours] * YEAR),
            Cell(Formula(f"SUM({whole})"), "result", "number"),
        )

    def _sums(self, rows: list[int]) -> None:
        months = range(_FIRST_MONTH, LAST)
        sums = (Cell(Formula(f"SUM({down(c, rows)})"), "total", "number") for c in (*months, LAST))
        self.board.add(Cell("Total du mois", "total", across=3), *sums)
        carry = fixed(3, self.goal + 1)
        first = fixed(_FIRST_MONTH, self.total)
        done = (f"{carry}+SUM({first}:{at(column, self.total)})" for column in months)
        cells = (Cell(Formula(formula), "result", "number") for formula in done)
        self.board.add(
            Cell("Cumul depuis le début", "total", across=3), *cells, Cell(None, "result")
        )
        self.board.add(
            Cell("Visa de l'acheteur", "group", across=3), *([Cell(None, "entry")] * (YEAR + 1))
        )


def _hours_cell(formula: str) -> Cell:
    return Cell(Formula(formula), "total", "number")


_AIMS = 8
"""Lines between the first aim and the header."""

_PRIVACY = (
    "Un numéro par personne, sans nom ni donnée de santé : les pièces nominatives restent chez "
    "l'employeur et le facilitateur. Cases bleues : à remplir chaque mois par le titulaire ; "
    "cases jaunes : à fixer par l'acheteur. Joindre l'attestation de chaque employeur."
)
