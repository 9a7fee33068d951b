"""Whatever a file of firms holds, it is read or refused in words: never a crash."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from procure.domain.errors import ProcureError
from procure.exchange.firms import HEADERS, FirmsReading, read_firms
from procure.exchange.sirene import read_sirene

TITLES = [words[0] for words in HEADERS.values()]
odd = st.sampled_from(
    ["", " ", "0", "-1", "1e400", "1E+13", "NaN", "inf", "٣", "¼", "²", "\u2028", "=1+1", "é" * 300,
     "2026-02-30", "12.500", "1 2 3", "oui", "k€", "1k", "m", "|", "/;,", "00", "NN", "0" * 40]
)  # fmt: skip
cells = st.one_of(odd, st.text(max_size=20), st.integers().map(str), st.floats().map(str))
values = st.one_of(cells, st.integers(), st.floats(), st.booleans(), st.dates(), st.none())


def kept_or_told(reading: FirmsReading) -> None:
    """Every row is a firm or is told."""
    assert len(reading.supply.firms) + len(reading.faults) >= reading.rows
    assert len(reading.supply.firms) <= reading.rows
    assert all(str(fault) and fault.expected for fault in reading.faults)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(cells, min_size=1, max_size=len(TITLES) + 2), max_size=5))
def test_any_cells_under_right_headers(tmp_path: Path, rows: list[list[str]]) -> None:
    import csv

    path = tmp_path / "f.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows([TITLES, *rows])
    try:
        kept_or_told(read_firms(path))
    except ProcureError as error:
        assert str(error)


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
@given(rows=st.lists(st.lists(values, min_size=1, max_size=len(TITLES)), max_size=4))
def test_any_values_in_a_workbook(tmp_path: Path, rows: list[list[Any]]) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(TITLES)
    for row in rows:
        try:
            page.append(row)
        except (ValueError, IllegalCharacterError):  # what no spreadsheet holds
            continue
    packed = BytesIO()
    try:
        book.save(packed)
    except (ValueError, OverflowError):
        return
    path = tmp_path / "f.xlsx"
    path.write_bytes(packed.getvalue())
    try:
        kept_or_told(read_firms(path))
    except ProcureError as error:
        assert str(error)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".xlsx", ".zip", ".pdf"]))
def test_any_bytes(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"f{suffix}"
    for start in (b"", b"SIRET;Nom\n", b"PK\x03\x04"):
        path.write_bytes(start + content)
        for read in (read_firms, lambda p: read_sirene(p, {"86194"}, ())):
            try:
                read(path)
            except ProcureError as error:
                assert str(error)


@pytest.mark.parametrize("cut", range(100, 5000, 487))
def test_a_workbook_cut_short(tmp_path: Path, cut: int) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["SIRET", "Nom"])
    page.append(["73282932000074", "A"])
    packed = BytesIO()
    book.save(packed)
    path = tmp_path / "f.xlsx"
    path.write_bytes(packed.getvalue()[:cut])
    try:
        read_firms(path)
    except ProcureError as error:
        assert "f.xlsx" in str(error)
