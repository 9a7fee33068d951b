"""Tenders for the sheets: hostile words everywhere, lots of each form, criteria with parts."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from procure.domain.tender import Tender

HOSTILE = "=HYPERLINK(1)"
CRITERIA = [
    {"label": "+Prix", "weight": "40 %", "kind": "price"},
    {
        "label": "=Qualité",
        "weight": "60 %",
        "kind": "quality",
        "sub_criteria": [
            {"label": "-Méthode", "weight": "25 %", "themes": ["technical"]},
            {"label": "@Air", "weight": "75 %", "themes": ["environmental"], "method": "=cmd|1"},
        ],
    },
]
INSERTION = {
    "kind": "execution",
    "axis": "social",
    "subject": "insertion",
    "insertion_hours": 400,
    "proof": "=1+1",
    "penalty": "60 € par heure",
}
LOTS = [
    {
        "id": "1",
        "title": HOSTILE,
        "value_excl_tax": 400_000,
        "clauses": [INSERTION],
        "items": [
            {"label": "=Dalle", "unit": "m²", "quantity": 120, "phase": "Gros œuvre"},
            {"label": "Mur", "unit": "m²", "phase": "Gros œuvre"},
            {"label": "Porte", "unit": "u", "quantity": 4, "phase": "Second œuvre"},
        ],
    },
    {
        "id": "a/b:[c]*?'x",
        "nature": "supplies",
        "value_excl_tax": 100_000,
        "items": [{"label": "+Chaise", "unit": "u", "quantity": 10}, {"label": "Table"}],
    },
    {"id": "A/b:[c]*?'x", "framework": {"maximum_excl_tax": 90_000}},
]


def tender(**changed: object) -> Tender:
    """A tender of three lots: a lump sum, supplies, a framework agreement; `changed` fields."""
    fields: dict[str, object] = {
        "id": "T1",
        "title": "=2+3 travaux",
        "nature": "works",
        "duration_months": 30,
        "buyer": {"name": "Commune d'essai"},
        "notice_sent_on": date(2026, 9, 15),
        "due_on": date(2026, 10, 27),
        "criteria": CRITERIA,
        "lots": LOTS,
    }
    return Tender.model_validate(fields | changed)


def pages(content: bytes) -> list[Worksheet]:
    return openpyxl.load_workbook(BytesIO(content)).worksheets


def cells(content: bytes) -> list[Cell]:
    """Every cell that holds something, of every page."""
    every = [cell for page in pages(content) for row in page.iter_rows() for cell in row]
    return [cell for cell in every if cell.value is not None]


def row_of(page: Worksheet, label: str, after: int = 0) -> int:
    """The first row whose first cell says `label`, beyond a row."""
    rows = range(after + 1, page.max_row + 1)
    return next(row for row in rows if page.cell(row, 1).value == label)
