"""Workbooks hold text as text and numbers as numbers, and are the same bytes each time."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sample_report import FORMULA, finding, hostile, report

from procure.domain.portfolio import PortfolioRow
from procure.domain.report import Note
from procure.exchange.workbooks import portfolio_workbook, report_workbook
from procure.exchange.xlsx import LONGEST, As, Column, Sheet, write

DAY = date(2026, 9, 15)
ROWS = [
    PortfolioRow("marchés/vêtements.yaml", report()),
    PortfolioRow("=1+1.yaml", hostile()),
    PortfolioRow("abîmé.yaml", None, "abîmé.yaml : le fichier est vide."),
]


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def sheet(content: bytes, name: str) -> Worksheet:
    return opened(content)[name]


def cells(content: bytes, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by the titles of their columns."""
    titles, *rows = sheet(content, name).values
    return [dict(zip(map(str, titles), row, strict=True)) for row in rows]


def written(*values: object) -> Worksheet:
    columns = tuple(Column(f"C{i}", 20) for i, _ in enumerate(values))
    return sheet(write("Essai", [Sheet("Feuille", columns, [values])], DAY), "Feuille")  # type: ignore[list-item]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "="])
def test_a_text_that_begins_like_a_formula_stays_text(sign: str) -> None:
    cell = written(f"{sign}1+1")["A2"]
    assert (cell.data_type, cell.value) == ("s", f"{sign}1+1")
    assert cell.quotePrefix


@pytest.mark.parametrize(
    "text", ["#N/A", "#REF!", "http://example.org", "00123", "1e5", "2026-01-01"]
)
def test_a_text_that_looks_like_something_else_stays_text(text: str) -> None:
    page = written(text)
    assert (page["A2"].data_type, page["A2"].value) == ("s", text)
    assert page["A2"].hyperlink is None


def test_characters_a_workbook_cannot_hold_are_left_out() -> None:
    assert written("a\x00\x1b\ud800b")["A2"].value == "ab"


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    value = written("é" * (LONGEST + 5))["A2"].value
    assert len(str(value)) == LONGEST and str(value).endswith("…")


def test_numbers_are_numbers_with_french_formats() -> None:
    page = written(As(Decimal("1250000.5"), "money"), As(DAY, "day"), As(42.5, "score"))
    assert page["A2"].value == 1250000.5 and "€" in page["A2"].number_format
    assert page["B2"].value == datetime(2026, 9, 15) and page["B2"].number_format == "dd/mm/yyyy"
    assert page["C2"].value == 42.5


def test_no_part_of_a_workbook_holds_a_formula() -> None:
    for content in (report_workbook(hostile()), portfolio_workbook(ROWS)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [archive.read(n) for n in archive.namelist() if "worksheets/" in n]
        assert parts and not any(b"<f>" in part or b"<f " in part for part in parts)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report_workbook(report()) == report_workbook(report())
    assert portfolio_workbook(ROWS) == portfolio_workbook(ROWS)


def test_a_workbook_says_no_hour_of_writing() -> None:
    with zipfile.ZipFile(BytesIO(report_workbook(report()))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-09-15T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_report_has_its_six_sheets_with_frozen_headers_and_widths() -> None:
    book = opened(report_workbook(report()))
    names = ["Synthèse", "Constats", "À compléter", "Points", "Faits déduits", "Reçu"]
    assert book.sheetnames == names
    for page in book:
        assert page.freeze_panes == "A2"
        assert all(page.column_dimensions[c.column_letter].width >= 8 for c in page[1])
    assert book["Constats"].auto_filter.ref


def test_each_finding_is_a_line() -> None:
    rows = cells(report_workbook(report()), "Constats")
    assert len(rows) == len(report().findings)
    blocking = next(row for row in rows if row["Règle"] == "BLO001")
    assert (blocking["Verdict"], blocking["Force"]) == ("manquement", "Bloquant")
    assert blocking["Faits retenus"] == "valeur estimée du besoin : 460 000 € [ligne 14, colonne 1]"
    gain = next(row for row in rows if row["Règle"] == "GAI001")
    assert gain["Verdict"] == "points à gagner"
    assert gain["Textes"] == "Politique d'achat (à confirmer)"


def test_what_is_to_know_of_a_finding_follows_it() -> None:
    note = Note(kind="profile", text="Seuil abaissé.")
    content = report_workbook(report(findings=(finding("BLO001", notes=(note,)),)))
    assert cells(content, "Constats")[0]["Constat"] == "Constat de BLO001.\nSeuil abaissé."


def test_what_is_missing_names_its_key_and_the_rules_that_wait() -> None:
    (row,) = cells(report_workbook(report()), "À compléter")
    assert row["Clé du dossier"] == "lots › nature"
    assert (row["Règles en attente"], row["Lesquelles"]) == (2, "UNK001, WAI001")


def test_points_come_with_what_they_would_add() -> None:
    rows = cells(report_workbook(report()), "Points")
    assert [row["Règle"] for row in rows] == ["GAI001", "GAI002", "WAI001", "FIN002"]
    assert (rows[1]["À gagner"], rows[1]["Effet sur la note"]) == (6, 7.5)


def test_a_portfolio_has_a_line_for_each_file_read_or_not() -> None:
    content = portfolio_workbook(ROWS)
    rows = cells(content, "Dossiers")
    assert [row["Fichier"] for row in rows] == [row.file for row in ROWS]
    assert (rows[0]["Verdict de droit"], rows[0]["Lettre"], rows[0]["Social, haut"]) == (
        "Manquement",
        "D",
        60,
    )
    assert rows[0]["Valeur hors taxes"] == 460000
    assert rows[1]["Référence"] == FORMULA
    assert (rows[2]["Référence"], rows[2]["Erreur"]) == (None, ROWS[2].error)
    assert cells(content, "Fichiers illisibles") == [
        {"Fichier": "abîmé.yaml", "Raison": ROWS[2].error}
    ]


def test_a_portfolio_lists_every_breach() -> None:
    rows = cells(portfolio_workbook(ROWS), "Manquements")
    assert [row["Règle"] for row in rows] == ["BLO001", "LOT001", "ADV001", "BLO001"]
    assert rows[1]["Où"] == "lot 1, lot 2"


def test_a_portfolio_of_nothing_readable_is_a_workbook() -> None:
    assert cells(portfolio_workbook(ROWS[2:]), "Manquements") == []
