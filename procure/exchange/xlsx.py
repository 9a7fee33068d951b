"""
The door to openpyxl: sheets and boards become a workbook, the same bytes for the same cells.

Text stays text: nothing that begins like a formula is one; a formula is a `Formula`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from textwrap import wrap
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from procure.domain import french
from procure.exchange.boards import WRONG, Board, Formula, Kind, Look, Value
from procure.exchange.boards import Cell as BoardCell

__all__ = ["As", "Column", "Sheet", "Value", "write", "write_boards"]

FORMATS: dict[Kind, str] = {
    "text": "@",
    "count": "0",
    "score": "[$-40C]0.0",
    "money": "[$-40C]#,##0.00\\ €",
    "day": "dd/mm/yyyy",
    "share": "[$-40C]0.0#\\ %",
    "number": "[$-40C]#,##0.00",
}
LONGEST = 32_767
LINE_HEIGHT, TALLEST = 14.5, 409
WIDE = 220
"""The width in characters from which a sheet is printed on A3."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)

_HEADER = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="1F3A5F")
_LINE = Border(bottom=Side("thin", color="CFD6DE"))
_TEXT = Alignment(horizontal="left", wrap_text=True, vertical="top", indent=1)
_LEFT = Alignment(horizontal="left", vertical="top", indent=1)
_NUMBER = Alignment(horizontal="right", vertical="top")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, what its cells hold."""

    title: str
    width: int
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class As:
    """A value of another kind than the rest of its column."""

    value: Value
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a frozen header; `has_filter` where there are rows to choose from."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value | As]]
    has_filter: bool = True


def write(title: str, sheets: Sequence[Sheet], on: date) -> bytes:
    """
    A workbook of sheets.

    Args:
        on: the day written as its creation, so that the same rows give the same bytes.
    """
    workbook = _empty(title, on)
    for sheet in sheets:
        _sheet(workbook, sheet)
    return _packed(workbook)


def write_boards(title: str, boards: Sequence[Board], on: date) -> bytes:
    """
    A workbook of sheets to be filled in; what is not to be written is protected, without password.

    Args:
        on: as for `write`.
    """
    workbook = _empty(title, on)
    for board in boards:
        _board(workbook.create_sheet(INVALID_TITLE_REGEX.sub("", board.name)[:31]), board)
    return _packed(workbook)


def _empty(title: str, on: date) -> Workbook:
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    workbook.properties.title = clean(title)
    workbook.properties.creator = "procure"
    moment = datetime(on.year, on.month, on.day)
    workbook.properties.created = workbook.properties.modified = moment
    return workbook


def clean(text: str) -> str:
    """The text without the characters that a workbook cannot hold, and not too long."""
    kept = _UNWRITABLE.sub("", text)
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"


def _sheet(workbook: Workbook, sheet: Sheet) -> None:
    page = workbook.create_sheet(INVALID_TITLE_REGEX.sub("", sheet.name)[:31])
    for number, column in enumerate(sheet.columns, 1):
        _head(page.cell(1, number), column.title)
        page.column_dimensions[get_column_letter(number)].width = column.width
    for line, row in enumerate(sheet.rows, 2):
        for number, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            _fill(page.cell(line, number), value, column.kind)
        page.row_dimensions[line].height = _height(sheet.columns, row)
    page.row_dimensions[1].height = _height(sheet.columns, [c.title for c in sheet.columns])
    page.freeze_panes = "A2"
    if sheet.has_filter and sheet.rows:
        page.auto_filter.ref = page.dimensions
    _paper(page, sum(column.width for column in sheet.columns))


def _height(columns: Sequence[Column], row: Sequence[Value | As]) -> float:
    """The height that shows the longest text of a row; spreadsheets do not all find it."""
    texts = zip(columns, row, strict=True)
    lines = [_lines(value, column.width) for column, value in texts if isinstance(value, str)]
    return min(LINE_HEIGHT * max([1, *lines]) + 3, TALLEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, words kept whole."""
    return sum(len(wrap(line, max(width - 2, 5))) or 1 for line in text[:LONGEST].split("\n"))


def _paper(page: Any, width: int) -> None:
    """A sheet of paper across, as wide as the columns, with the header on each page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4 if width < WIDE else page.PAPERSIZE_A3
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _head(cell: Cell, title: str) -> None:
    cell.value = title
    cell.font, cell.fill = _HEADER, _HEADER_FILL
    cell.alignment = Alignment(horizontal="left", wrap_text=True, vertical="center", indent=1)


def _fill(cell: Cell, value: Value | As, kind: Kind) -> None:
    is_apart = isinstance(value, As)
    if isinstance(value, As):
        kind, value = value.kind, value.value
    cell.border = _LINE
    if value is None:
        return
    if isinstance(value, str):
        _write_text(cell, clean(value))
        return
    cell.value = value
    cell.number_format = FORMATS[kind]
    cell.alignment = _LEFT if is_apart else _NUMBER


def _write_text(cell: Cell, text: str) -> None:
    """A text cell, whatever the text begins with."""
    cell.value = text
    cell.data_type = "s"
    cell.alignment = _TEXT
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True


# --- boards --------------------------------------------------------------------------------------

_NAVY, _RED = "1F3A5F", "B3261E"
_FONTS: dict[Look, Font] = {
    "title": Font(name="Calibri", size=15, bold=True, color=_NAVY),
    "note": Font(name="Calibri", size=10, italic=True, color="4A5560"),
    "head": _HEADER,
    "group": Font(name="Calibri", size=11, bold=True, color=_NAVY),
    "total": Font(name="Calibri", size=11, bold=True),
    "check": Font(name="Calibri", size=11, bold=True, color="1B5E20"),
}
_FILLS: dict[Look, PatternFill] = {
    "head": _HEADER_FILL,
    "group": PatternFill("solid", fgColor="DCE4EE"),
    "entry": PatternFill("solid", fgColor="EAF3FB"),
    "wanted": PatternFill("solid", fgColor="FFF4C2"),
    "result": PatternFill("solid", fgColor="F3F5F7"),
    "total": PatternFill("solid", fgColor="E6EAEF"),
}
_BOX_SIDE = Side("thin", color="9AA7B5")
_DOTTED = Side("dashed", color="7A6A1C")
_BOX = Border(left=_BOX_SIDE, right=_BOX_SIDE, top=_BOX_SIDE, bottom=_BOX_SIDE)
_BLANK_BOX = Border(left=_DOTTED, right=_DOTTED, top=_DOTTED, bottom=_DOTTED)
_BARE: tuple[Look, ...] = ("title", "note")
_LEFT_LOOKS: tuple[Look, ...] = ("title", "note", "group", "check")
_ALARM = Font(bold=True, color=_RED)


def _board(page: Any, board: Board) -> None:
    for number, width in enumerate(board.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    for row, cells in enumerate(board.rows, 1):
        column = 1
        for cell in cells:
            _place(page, row, column, cell)
            column += cell.across
        page.row_dimensions[row].height = _board_height(board, row)
    if board.head:
        page.freeze_panes = f"{get_column_letter(board.frozen + 1)}{board.head + 1}"
    _protect(page)
    _board_paper(page, board)


def _place(page: Any, row: int, column: int, given: BoardCell) -> None:
    cell = page.cell(row, column)
    last = page.cell(row, column + given.across - 1)
    if given.across > 1:
        page.merge_cells(f"{cell.coordinate}:{last.coordinate}")
    for number in range(column, column + given.across):
        _dress(page.cell(row, number), given)
    if isinstance(given.value, str):
        _write_text(cell, clean(given.value))
        cell.alignment = _alignment(given)
    elif isinstance(given.value, Formula):
        cell.value = f"={given.value.text}"
    else:
        cell.value = given.value
    _restrict(page, cell, given)


def _dress(cell: Any, given: BoardCell) -> None:
    look = given.look
    cell.font = _FONTS.get(look, Font(name="Calibri", size=11))
    if fill := _FILLS.get(look):
        cell.fill = fill
    if look not in _BARE:
        cell.border = _BLANK_BOX if look == "wanted" else _BOX
    cell.alignment = _alignment(given)
    cell.number_format = "General" if _is_words(given) else FORMATS[given.kind]
    cell.protection = Protection(locked=not given.is_open)


def _is_words(given: BoardCell) -> bool:
    """A formula that gives words must not be formatted as text: it would be shown, not computed."""
    return given.kind == "text" and isinstance(given.value, Formula)


def _alignment(given: BoardCell) -> Alignment:
    if given.look == "head":
        return Alignment(horizontal="left", wrap_text=True, vertical="center", indent=1)
    if given.look in _LEFT_LOOKS or given.kind == "text":
        vertical = "top" if given.look == "entry" else "center"
        return Alignment(horizontal="left", wrap_text=True, vertical=vertical, indent=1)
    return Alignment(horizontal="right", vertical="center")


def _restrict(page: Any, cell: Any, given: BoardCell) -> None:
    if given.look == "check":
        wrong = f'LEFT({cell.coordinate},{len(WRONG)})="{WRONG}"'
        alarm = FormulaRule([wrong], font=_ALARM)  # type: ignore[no-untyped-call]
        page.conditional_formatting.add(cell.coordinate, alarm)
    if given.choices:
        listed = ",".join(given.choices)
        _validate(page, cell, DataValidation("list", formula1=f'"{listed}"', allow_blank=True))
    elif given.least is not None and given.most is not None:
        least, most = str(given.least), str(given.most)
        rule = DataValidation(
            "decimal", operator="between", formula1=least, formula2=most, allow_blank=True
        )
        rule.error = f"Un nombre de {french.number(given.least)} à {french.number(given.most)}."
        _validate(page, cell, rule)


def _validate(page: Any, cell: Any, rule: DataValidation) -> None:
    rule.errorTitle = "Valeur refusée"
    rule.error = rule.error or "Choisissez dans la liste."
    rule.showErrorMessage = True
    same = (d for d in page.data_validations.dataValidation if _is_same(d, rule))
    kept = next(same, None)
    if kept is None:
        page.add_data_validation(rule)
        kept = rule
    kept.add(cell)


def _is_same(one: DataValidation, other: DataValidation) -> bool:
    return (one.type, one.formula1, one.formula2) == (other.type, other.formula1, other.formula2)


def _board_height(board: Board, row: int) -> float:
    lines, column = [board.heights.get(row, 1)], 0
    for cell in board.rows[row - 1]:
        width = sum(board.widths[column : column + cell.across])
        if isinstance(cell.value, str):
            lines.append(_lines(cell.value, width))
        column += cell.across
    tall = 8 if board.rows[row - 1] and board.rows[row - 1][0].look == "title" else 4
    return min(LINE_HEIGHT * max(lines) + tall, TALLEST)


def _protect(page: Any) -> None:
    """No password: it guards from slips, not from people."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def _board_paper(page: Any, board: Board) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.4
    if board.head:
        page.print_title_rows = f"{board.head}:{board.head}"
    page.oddFooter.left.text = clean(board.footer)[:120].replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"


def _packed(workbook: Workbook) -> bytes:
    """The workbook's bytes, its parts in order and without the hour of writing."""
    loose, packed = BytesIO(), BytesIO()
    with ZipFile(loose, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()
    with ZipFile(loose) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            target.writestr(part, source.read(name))
    return packed.getvalue()
