"""
Sheets to be filled in: cells with a look, formulas, choices, blanks; the model, no library.

A board is built from top to bottom; `add` returns the number of the row, for formulas to name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from procure.domain.french import typeset

Kind = Literal["text", "count", "score", "money", "day", "share", "number"]
Value = str | int | float | Decimal | date | None
Look = Literal[
    "plain", "title", "note", "head", "group", "entry", "wanted", "result", "total", "check"
]
"""`entry` is filled by who receives the sheet, `wanted` by the buyer before it is sent."""

OPEN_LOOKS: tuple[Look, ...] = ("entry", "wanted")
WRONG = "À corriger"
"""How a check begins when something is wrong; shown in red."""

BLANK = "[à compléter]"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, with English names of functions and without its equals sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """
    A cell, or several merged `across`; `is_open` is whether it can be written in.

    `least` and `most` bound the number that may be written; `choices` lists what may be.
    """

    value: Value | Formula = None
    look: Look = "plain"
    kind: Kind = "text"
    across: int = 1
    choices: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    open: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.look in OPEN_LOOKS if self.open is None else self.open


Given = Cell | str | None


@dataclass(slots=True)
class Board:
    """
    A sheet to be filled in.

    `head` is the row repeated on each printed page, 0 for none; `frozen` the number of columns
    that stay in view with it; `heights` those of rows that wait for a long answer, in lines.
    """

    name: str
    widths: tuple[int, ...]
    footer: str
    head: int = 0
    frozen: int = 0
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    heights: dict[int, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.widths)

    @property
    def next_row(self) -> int:
        return len(self.rows) + 1

    def add(self, *cells: Given, lines: int | None = None) -> int:
        """A row of cells from the left; returns its number, 1 first."""
        self.rows.append(tuple(_set(cell) for cell in cells))
        if lines is not None:
            self.heights[len(self.rows)] = lines
        return len(self.rows)

    def line(self, text: Value | Formula, look: Look = "plain") -> int:
        """A row of one cell across the sheet."""
        return self.add(Cell(text, look, across=self.width))

    def headed(self, *cells: Given) -> int:
        """The header of the table: it stays in view and is printed on each page."""
        self.head = self.add(*(_head(cell) for cell in cells))
        return self.head


def _head(cell: Given) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell, "head")


def _set(given: Given) -> Cell:
    """A cell, its words with the spaces that French wants."""
    cell = given if isinstance(given, Cell) else Cell(given)
    return replace(cell, value=typeset(cell.value)) if isinstance(cell.value, str) else cell


def quote(text: str) -> str:
    """Words inside a formula; ours, never those of a tender."""
    return '"' + typeset(text).replace('"', '""') + '"'


def at(column: int, row: int) -> str:
    """« C7 », for the column 3."""
    return f"{letter(column)}{row}"


def fixed(column: int, row: int) -> str:
    """« $C$7 »."""
    return f"${letter(column)}${row}"


def span(first: str, last: str) -> str:
    return f"{first}:{last}"


def down(column: int, rows: Sequence[int]) -> str:
    """« C7:C12 »: a column, from the first to the last of the rows."""
    return span(at(column, rows[0]), at(column, rows[-1]))


def letter(column: int) -> str:
    """« A », « AB »; 1 first."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def on_sheet(name: str, cells: str) -> str:
    """A reference to cells of another sheet."""
    return "'" + name.replace("'", "''") + "'!" + cells
