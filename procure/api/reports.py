"""Reports for people and programs: JSON, a page, a workbook; and the workbook of a portfolio."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from procure.api.scoring import to_json
from procure.api.writing import check_free, write_whole
from procure.domain.errors import Fault, ProcureError
from procure.domain.portfolio import PortfolioRow
from procure.domain.report import Report

Format = Literal["json", "html", "xlsx"]
PORTFOLIO = "portefeuille.xlsx"
LONGEST_STEM = 200
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\<>:"|?*]')

__all__ = ["Format", "PortfolioRow", "portfolio_path", "render", "write", "write_portfolio"]


def render(report: Report, format: Format) -> bytes:
    """A report in a format; the same report always gives the same bytes."""
    if format == "json":
        return to_json(report).encode()
    if format == "html":
        from procure.documents.contexts import report_context
        from procure.documents.rendering import render as fill

        return fill("reports/report.html.j2", report_context(report)).encode()
    from procure.exchange.workbooks import report_workbook

    return report_workbook(report)


def write(report: Report, format: Format, folder: Path, stem: str, force: bool = False) -> Path:
    """
    Write a report to `<folder>/<stem>.<format>`, whole or not at all.

    Raises:
        ProcureError: the name is not that of a file in the folder; the file exists and `force` is
            false; the folder cannot be written.
    """
    path = folder / f"{_safe(stem)}.{format}"
    check_free(path, force)
    return write_whole(path, render(report, format), force)


def portfolio_path(folder: Path, force: bool = False) -> Path:
    """
    Where the workbook of a portfolio goes.

    Raises:
        ProcureError: it is already there and `force` is false.
    """
    path = folder / PORTFOLIO
    check_free(path, force)
    return path


def write_portfolio(rows: Sequence[PortfolioRow], folder: Path, force: bool = False) -> Path:
    """
    Write the workbook of many files: one line a file, all the breaches, the files not read.

    Raises:
        ProcureError: it is already there and `force` is false; the folder cannot be written.
    """
    from procure.exchange.workbooks import portfolio_workbook

    path = portfolio_path(folder, force)
    return write_whole(path, portfolio_workbook(rows), force)


def _safe(stem: str) -> str:
    """A stem that names a file of its folder and of no other."""
    is_dots = not stem.strip(". ")
    if is_dots or _UNSAFE.search(stem) or len(stem.encode("utf-8", "replace")) > LONGEST_STEM:
        raise ProcureError(
            Fault(
                f"nom de rapport {stem[:60]!r}",
                "ce nom ne convient pas à un fichier",
                'un nom court, sans dossier ni signe < > : " | ? *',
            )
        )
    return stem
