"""
The sheet on which offers are marked: marks out of ten, points out of a hundred, rank; live.

An offer counts once it has its amounts and all its marks, and unless it is ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from procure.domain.french import plural
from procure.domain.tender import Criterion, Tender
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
    span,
)
from procure.exchange.sheets.criteria import weight_cell, whole_check
from procure.exchange.sheets.marking import criteria_of, is_amount
from procure.exchange.sheets.parts import Part, created, footer, opened, parts
from procure.exchange.xlsx import write_boards

HEADING = "Analyse des offres"
SUMMARY = "Synthèse"
FEWEST, MOST = 3, 20
USUAL = 6
"""Offers a sheet has room for, when it is not known how many came."""

FIRST = 4
"""The column of the first offer; before it, the label, the weight and a remark."""

PROPORTIONAL, LINEAR = "proportionnelle", "linéaire"
TO_MARK, TIE = "à noter", "égalité"
UNNAMED = "Candidat "
"""How an offer is called until its candidate is named."""

REGULAR = "Régulière"
STATES = (REGULAR, "Irrégulière", "Inacceptable", "Inappropriée", "Rejetée car anormalement basse")
_NOTES = (
    "Document interne à l'acheteur. Cases bleues : à remplir ; le reste se calcule. Une note va de "
    "0 à 10. Une offre écartée, ou dont une note manque, n'a ni total ni rang.",
    "Écrivez le nom des candidats dans l'en-tête. Le calcul de la note de prix doit être celui du "
    "règlement de la consultation.",
)


def evaluation(tender: Tender, bidders: int | None = None) -> bytes:
    """
    The sheet where each lot's offers are marked and ranked, and a summary of who comes first.

    Args:
        bidders: offers to make room for; those received, or six, by default.
    """
    room = min(max(bidders or tender.bids_received or USUAL, FEWEST), MOST)
    found = [_Marked(part, room) for part in parts(tender)]
    boards = [one.board for one in found]
    return write_boards(HEADING, [_summary(tender, found), *boards], created(tender))


@dataclass(slots=True)
class _Marked:
    """A lot's board, and the rows that its formulas name."""

    part: Part
    room: int
    board: Board = field(init=False)
    names: int = field(init=False, default=0)
    method: int = field(init=False, default=0)
    state: int = field(init=False, default=0)
    kept: dict[tuple[int, ...], int] = field(init=False, default_factory=dict)
    marks: list[int] = field(init=False, default_factory=list)
    points: list[int] = field(init=False, default_factory=list)
    subs: list[tuple[str, list[int], str]] = field(init=False, default_factory=list)
    total: int = field(init=False, default=0)
    rank: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        widths = (38, 10, 44, *([15] * self.room))
        heading = f"{HEADING} · {self.part.name}"
        self.board = Board(self.part.name, widths, footer(heading, self.part.tender), frozen=2)
        opened(self.board, HEADING, self.part.tender, self.part.title, *_NOTES)
        self._choose_method()
        names = (Cell(f"{UNNAMED}{n}", "head", open=True) for n in range(1, self.room + 1))
        self.names = self.board.headed("Critère", "Poids", "Remarque", *names)
        self._amounts()
        self._marks()
        self._points()
        self._checks()
        self._words()

    @property
    def columns(self) -> range:
        return range(FIRST, FIRST + self.room)

    def across(self, row: int) -> str:
        """« $D$7:$I$7 »: a row, from the first offer to the last."""
        return span(fixed(self.columns[0], row), fixed(self.columns[-1], row))

    def each(self, make: Callable[[int], Cell]) -> list[Cell]:
        return [make(column) for column in self.columns]

    def _choose_method(self) -> None:
        straight = quote(
            "Note = 10 × (2 − montant de l'offre ÷ montant le plus bas), zéro au moins"
        )
        inverse = quote("Note = 10 × montant le plus bas ÷ montant de l'offre")
        told = f'IF(B{self.board.next_row}="{LINEAR}",{straight},{inverse})'
        choice = Cell(PROPORTIONAL, "entry", choices=(PROPORTIONAL, LINEAR), across=2)
        said = Cell(Formula(told), "result", across=self.board.width - 3)
        self.method = self.board.add("Calcul de la note de prix", choice, said)

    # --- the offers: ruled out or not, and their amounts

    def _amounts(self) -> None:
        self.board.line("1. Recevabilité et montants", "group")
        remark = "Régulière ou vide : l'offre est notée."
        choose = Cell(None, "entry", choices=STATES)
        self.state = self.board.add("État de l'offre", None, remark, *([choose] * self.room))
        for path, criterion, parent in self._leaves():
            if is_amount(criterion, parent):
                self._amount(path, criterion)

    def _leaves(self) -> list[tuple[tuple[int, ...], Criterion, Criterion | None]]:
        found: list[tuple[tuple[int, ...], Criterion, Criterion | None]] = []
        for n, criterion in enumerate(criteria_of(self.part)):
            subs = criterion.sub_criteria or ()
            found.extend(((n, m), sub, criterion) for m, sub in enumerate(subs))
            if not subs:
                found.append(((n,), criterion, None))
        return found

    def _amount(self, path: tuple[int, ...], criterion: Criterion) -> None:
        entry = Cell(None, "entry", "money", least=Decimal(0), most=Decimal(10**12))
        row = self.board.add(
            f"{criterion.label} : montant", None, "Hors taxes, tel que comparé.",
            *([entry] * self.room),
        )  # fmt: skip

        def kept(column: int) -> Cell:
            given, state = at(column, row), at(column, self.state)
            admitted = f'OR({state}="",{state}="{REGULAR}")'
            return Cell(
                Formula(f'IF(AND(ISNUMBER({given}),{admitted}),IF({given}>0,{given},""),"")'),
                "result",
                "money",
            )

        self.kept[path] = self.board.add("Montant retenu", None, None, *self.each(kept))

    # --- marks out of ten

    def _marks(self) -> None:
        self.board.line("2. Notes sur 10", "group")
        for n, criterion in enumerate(criteria_of(self.part)):
            if criterion.sub_criteria:
                self.marks.append(self._mark_of_parts(n, criterion))
            else:
                label = Cell(criterion.label, "wanted" if criterion.label == BLANK else "plain")
                remark = _remark(criterion)
                self.marks.append(self._mark((n,), label, None, remark))

    def _mark_of_parts(self, n: int, criterion: Criterion) -> int:
        """A criterion's mark: the mean of its parts, weighted; the parts follow it."""
        subs = criterion.sub_criteria or ()
        row = self.board.next_row
        rows = range(row + 1, row + 1 + len(subs))
        weights = span(fixed(2, rows[0]), fixed(2, rows[-1]))

        def mean(column: int) -> Cell:
            notes = down(column, rows)
            whole = f"AND(COUNT({notes})={len(subs)},COUNT({weights})={len(subs)})"
            value = f"ROUND(SUMPRODUCT({weights},{notes})/SUM({weights}),2)"
            return Cell(Formula(f'IF({whole},{value},"")'), "total", "number")

        self.board.add(Cell(criterion.label, "total"), None, _remark(criterion), *self.each(mean))
        for m, sub in enumerate(subs):
            self._mark((n, m), Cell(f"– {sub.label}"), weight_cell(sub), _remark(sub))
        self.subs.append((criterion.label, list(rows), weights))
        return row

    def _mark(self, path: tuple[int, ...], label: Cell, weight: Cell | None, remark: str) -> int:
        kept = self.kept.get(path)
        if kept is None:
            entry = Cell(None, "entry", "number", least=Decimal(0), most=Decimal(10))
            return self.board.add(label, weight, remark, *([entry] * self.room))

        def mark(column: int) -> Cell:
            own, lowest = at(column, kept), f"MIN({self.across(kept)})"
            straight = f"MAX(0,10*(2-{own}/{lowest}))"
            chosen = f'IF({fixed(2, self.method)}="{LINEAR}",{straight},10*{lowest}/{own})'
            return Cell(Formula(f'IF({own}="","",ROUND({chosen},2))'), "result", "number")

        return self.board.add(label, weight, "Calculée sur le montant retenu.", *self.each(mark))

    # --- points out of a hundred, total, rank

    def _points(self) -> None:
        self.board.line("3. Points sur 100", "group")
        for criterion, mark in zip(criteria_of(self.part), self.marks, strict=True):
            row = self.board.next_row

            def points(column: int, mark: int = mark, row: int = row) -> Cell:
                own, weight = at(column, mark), fixed(2, row)
                right = f"AND(ISNUMBER({own}),ISNUMBER({weight}))"
                return Cell(
                    Formula(f'IF({right},ROUND({own}*{weight}*10,2),"")'), "result", "number"
                )

            label = (
                Cell(Formula(at(1, mark))) if criterion.label == BLANK else Cell(criterion.label)
            )
            remark = "Note × poids × 10"
            self.points.append(
                self.board.add(label, weight_cell(criterion), remark, *self.each(points))
            )
        self._total()
        self._rank()

    def _total(self) -> None:
        def total(column: int) -> Cell:
            rows, state = down(column, self.points), at(column, self.state)
            whole = f"COUNT({rows})={len(self.points)}"
            admitted = f'OR({state}="",{state}="{REGULAR}")'
            return Cell(Formula(f'IF(AND({whole},{admitted}),SUM({rows}),"")'), "total", "number")

        weights = Cell(Formula(f"SUM({down(2, self.points)})"), "total", "share")
        self.total = self.board.add(
            Cell("Total", "total"), weights, Cell("Vide tant qu'une note manque.", "total"),
            *self.each(total),
        )  # fmt: skip

    def _rank(self) -> None:
        def rank(column: int) -> Cell:
            own = at(column, self.total)
            ranked = f"RANK({own},{self.across(self.total)},0)"
            return Cell(Formula(f'IF({own}="","",{ranked})'), "total", "count")

        title = (Cell("Rang", "total"), Cell(None, "total"), Cell(None, "total"))
        self.rank = self.board.add(*title, *self.each(rank))

    # --- checks and words

    def _checks(self) -> None:
        wide = self.board.width - 1
        weights = down(2, self.points)
        check = whole_check(weights, len(self.points), "Les poids des critères")
        self.board.add("Contrôle des poids", Cell(check, "check", across=wide))
        for label, rows, found in self.subs:
            told = whole_check(found, len(rows), "Les poids des sous-critères")
            self.board.add(f"Contrôle : {label}", Cell(told, "check", across=wide))
        firsts = f"COUNTIF({self.across(self.rank)},1)"
        tied = quote(f"{WRONG} : égalité en tête, appliquez la règle du règlement.")
        alone, none = quote("Une offre est seule en tête."), quote("Aucune offre n'est classée.")
        tie = f"IF({firsts}>1,{tied},IF({firsts}=1,{alone},{none}))"
        self.board.add("Égalité", Cell(Formula(tie), "check", across=wide))

    def _words(self) -> None:
        """Room for what is said of each offer: the letter to those not chosen draws on it."""
        self.board.line("4. Appréciations, à reprendre dans les lettres aux candidats", "group")
        entry = Cell(None, "entry")
        for criterion in criteria_of(self.part):
            if not is_amount(criterion):
                remark = "Points forts, points à améliorer, preuve lue."
                self.board.add(criterion.label, None, remark, *([entry] * self.room), lines=4)

    # --- what the summary reads

    def named_first(self) -> str:
        """The name of the offer ranked first; « à noter » before, « égalité » if there are two."""
        names, ranks = (on_sheet(self.board.name, self.across(r)) for r in (self.names, self.rank))
        first = f'IFERROR(INDEX({names},MATCH(1,{ranks},0)),"{TO_MARK}")'
        return f'IF(COUNTIF({ranks},1)>1,"{TIE}",{first})'

    def of_first(self, row: int) -> str:
        values, ranks = (on_sheet(self.board.name, self.across(r)) for r in (row, self.rank))
        return f'IFERROR(INDEX({values},MATCH(1,{ranks},0)),"")'

    def counted(self) -> str:
        return f"COUNT({on_sheet(self.board.name, self.across(self.rank))})"


def _remark(criterion: Criterion) -> str:
    return criterion.method or criterion.description or ""


def _summary(tender: Tender, found: Sequence[_Marked]) -> Board:
    board = Board(SUMMARY, (34, 34, 14, 18, 14, 20, 40), footer(f"{HEADING} · {SUMMARY}", tender))
    opened(board, f"{HEADING} : {SUMMARY.lower()}", tender, tender.title or BLANK, *_rules(tender))
    board.headed(
        "Lot", "Offre classée première", "Total", "Montant retenu", "Offres classées",
        "Lots en tête", "Contrôle",
    )  # fmt: skip
    rows = range(board.next_row, board.next_row + len(found))
    for row, one in zip(rows, found, strict=True):
        amount = next(iter(one.kept.values()), None)
        board.add(
            one.part.title,
            Cell(Formula(one.named_first()), "total"),
            Cell(Formula(one.of_first(one.total)), "total", "number"),
            Cell(Formula(one.of_first(amount)) if amount else None, "result", "money"),
            Cell(Formula(one.counted()), "result", "count"),
            Cell(Formula(_wins(row, rows)), "result", "count"),
            Cell(_cap(row, tender), "check"),
        )
    return board


def _rules(tender: Tender) -> list[str]:
    told = ["Se remplit seule, d'après la feuille de chaque lot."]
    if tender.max_lots_won:
        told.append(f"Un même candidat reçoit au plus {plural(tender.max_lots_won, 'lot')}.")
        told.append(f"Règle de départage : {tender.lots_award_rule or BLANK}")
    return told


def _wins(row: int, rows: range) -> str:
    named = span(fixed(2, rows[0]), fixed(2, rows[-1]))
    return f'IF({_unsettled(row)},"",SUMPRODUCT(({named}=B{row})*1))'


def _unsettled(row: int) -> str:
    return f'OR(B{row}="{TO_MARK}",B{row}="{TIE}")'


def _cap(row: int, tender: Tender) -> Formula:
    tied = quote(f"{WRONG} : égalité en tête.")
    waits = f'IF(B{row}="{TIE}",{tied},"À noter")'
    settled = '"Classement établi."'
    if tender.max_lots_won:
        over = quote(f"{WRONG} : plus de lots que le maximum, appliquez la règle.")
        unnamed = f'LEFT(B{row},{len(UNNAMED)})="{UNNAMED}"'
        limited = f'IF({at(6, row)}>{tender.max_lots_won},{over},"Dans la limite.")'
        settled = f'IF({unnamed},"Nommez les candidats.",{limited})'
    return Formula(f"IF({_unsettled(row)},{waits},{settled})")
