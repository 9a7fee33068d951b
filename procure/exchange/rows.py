"""Tables that people keep, csv or xlsx, as rows of cells that know where they stand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from procure.domain.errors import Fault, UnreadableFile
from procure.resources.text import decode, read_bytes

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
DELIMITERS = ";,\t|"
MAX_ROWS = 100_000
LINES_SNIFFED = 20
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and where each stands, in French."""

    where: str
    cells: tuple[Any, ...]
    number: int
    is_sheet: bool

    def place(self, column: int, title: str) -> str:
        """« firms.csv, ligne 3, colonne « Effectif » », « firms.xlsx, …, cellule C3 »."""
        if not self.is_sheet:
            return f"{self.where}, ligne {self.number}, colonne « {title} »"
        from procure.exchange.xlsx_rows import cell_name

        return f"{self.where}, cellule {cell_name(self.number, column + 1)}"

    @property
    def line(self) -> str:
        """« firms.csv, ligne 3 »."""
        return f"{self.where}, ligne {self.number}"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a whole csv file; `note` says what had to be guessed to read it."""

    where: str
    rows: tuple[Row, ...]
    note: str | None = None


def read_tables(path: Path) -> Iterator[Table]:
    """
    The tables of a file: one of a csv, one a sheet of a workbook.

    Raises:
        UnreadableFile: no such file, no such format, or not what it says.
    """
    content = read_bytes(path)
    if content.startswith(_ZIP):
        yield from _sheets(content, path.name)
    elif content.startswith(_OLD_EXCEL):
        what = "ce classeur est d'un ancien format (.xls), ou protégé par un mot de passe"
        advice = "Enregistrez-le à nouveau en .xlsx, sans mot de passe"
        raise UnreadableFile(Fault(path.name, what, "un classeur .xlsx ou un fichier .csv", advice))
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _sheets(content, path.name)
    elif path.suffix.lower() in SUFFIXES:
        yield _text_table(content, path.name)
    else:
        what = "ce format n'est pas lu"
        raise UnreadableFile(Fault(path.name, what, "un fichier .csv ou .xlsx"))


def _sheets(content: bytes, name: str) -> Iterator[Table]:
    from procure.exchange.xlsx_rows import read_sheets

    for sheet in read_sheets(content, name):
        where = f"{name}, feuille « {sheet.name} »"
        yield Table(where, tuple(Row(where, cells, number, True) for number, cells in sheet.rows))


def _text_table(content: bytes, name: str) -> Table:
    text, note = _decoded(content, name)
    return Table(name, _split(text, _delimiter(text), name), note)


def _delimiter(text: str) -> str:
    """The sign that splits most of the first lines, in most cells."""
    first = list(islice(StringIO(text), LINES_SNIFFED))

    def width(delimiter: str) -> tuple[int, int]:
        widths = [len(cells) for cells in csv.reader(first, delimiter=delimiter)]
        return sum(width > 1 for width in widths), max(widths, default=0)

    try:
        return max(DELIMITERS, key=width)
    except csv.Error:
        return DELIMITERS[0]


def _decoded(content: bytes, name: str) -> tuple[str, str | None]:
    """The text, and how it was guessed where it is not in UTF-8, as old spreadsheets write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return decode(content.decode("utf-16").encode(), name), "lu en UTF-16"
        except UnicodeDecodeError:
            return decode(content, name), None  # says what is wrong
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        return decode(text.encode(), name), "lu en Windows-1252, l'encodage des anciens tableurs"
    return decode(content, name), None


def _split(text: str, delimiter: str, name: str) -> tuple[Row, ...]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(Row(name, tuple(cells), start, False))
            start = reader.line_num + 1
            if len(found) > MAX_ROWS:
                what, expected = "le fichier est trop long", f"{MAX_ROWS} lignes au plus"
                raise UnreadableFile(Fault(name, what, expected))
    except csv.Error as error:
        what = "une cellule n'est pas lisible, un guillemet n'est peut-être pas refermé"
        raise UnreadableFile(
            Fault(f"{name}, ligne {start}", what, "une ligne par entreprise")
        ) from error
    return tuple(found)
