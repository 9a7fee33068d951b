"""Many tenders side by side: one row a file, scored or not."""

from __future__ import annotations

from dataclasses import dataclass

from procure.domain.report import Report


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One file: its report, or why it could not be read."""

    file: str
    report: Report | None
    error: str | None = None
