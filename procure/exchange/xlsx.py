"""
The door to openpyxl: sheets of rows become a workbook, the same bytes for the same rows.

Text stays text: nothing that begins like a formula is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.writer.excel import ExcelWriter

Kind = Literal["text", "count", "score", "money", "day"]
Value = str | int | float | Decimal | date | None

FORMATS: dict[Kind, str] = {
    "text": "@",
    "count": "0",
    "score": "[$-40C]0.0",
    "money": "[$-40C]#,##0.00\\ €",
    "day": "dd/mm/yyyy",
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
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    workbook.properties.title = clean(title)
    workbook.properties.creator = "procure"
    moment = datetime(on.year, on.month, on.day)
    workbook.properties.created = workbook.properties.modified = moment
    for sheet in sheets:
        _sheet(workbook, sheet)
    return _packed(workbook)


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
