"""
The door to openpyxl for reading: the rows of a workbook as plain values, within bounds.

A workbook is an archive of XML: its parts are weighed before they are opened, and one that declares
a document type is refused, since that is how entities are smuggled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from procure.domain.errors import Fault, UnreadableFile

MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_SHEETS = 50
_DOCTYPE = b"<!DOCTYPE"
_AGAIN = "Ouvrez-le dans un tableur, puis enregistrez-le à nouveau en .xlsx"


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet: its name, and its rows with their number, from 1."""

    name: str
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


def read_sheets(content: bytes, name: str) -> Iterator[SheetRows]:
    """
    The sheets of a workbook; formulas give the value that was last worked out.

    Raises:
        UnreadableFile: not a workbook, hostile, or too large.
    """
    _weigh(content, name)
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise _unreadable(name) from error
    try:
        for page in workbook.worksheets[:MAX_SHEETS]:
            yield SheetRows(page.title, tuple(_rows(page, name)))
    finally:
        workbook.close()


def cell_name(row: int, column: int) -> str:
    """« C12 », for the twelfth row and the third column, from 1."""
    return f"{get_column_letter(column)}{row}"


def _weigh(content: bytes, name: str) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                what = "le classeur est trop gros une fois ouvert"
                expected = f"{MAX_UNPACKED // 1024 // 1024} Mo au plus"
                raise UnreadableFile(Fault(name, what, expected, "Gardez la feuille utile"))
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        _refuse_doctype(file.read(4096), name)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise _unreadable(name) from error


def _refuse_doctype(start: bytes, name: str) -> None:
    if _DOCTYPE in start.replace(b"\x00", b"").upper():
        what = "le classeur déclare un type de document, ce qu'aucun tableur n'écrit"
        raise UnreadableFile(Fault(name, what, "un classeur .xlsx", _AGAIN))


def _rows(page: Any, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    try:
        every = page.iter_rows(max_col=MAX_COLUMNS, values_only=True)
        for number, values in enumerate(islice(every, MAX_ROWS + 1), 1):
            if number > MAX_ROWS:
                what, expected = "la feuille est trop longue", f"{MAX_ROWS} lignes au plus"
                raise UnreadableFile(Fault(f"{name}, feuille « {page.title} »", what, expected))
            if any(value not in (None, "") for value in values):
                yield number, values
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise _unreadable(name) from error


def _unreadable(name: str) -> UnreadableFile:
    return UnreadableFile(
        Fault(name, "ce n'est pas un classeur lisible", "un fichier .xlsx entier", _AGAIN)
    )
