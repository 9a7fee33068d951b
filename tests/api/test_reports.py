"""Reports are written whole or not at all, into the folder asked for and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_report import report

from procure.api.reports import PortfolioRow, portfolio_path, render, write, write_portfolio
from procure.domain.errors import ProcureError


@pytest.mark.parametrize("form", ["json", "html", "xlsx"])
def test_a_report_is_written_as_it_is_rendered(tmp_path: Path, form: str) -> None:
    path = write(report(), form, tmp_path / "neuf", "marché")  # type: ignore[arg-type]
    assert path == tmp_path / "neuf" / f"marché.{form}"
    assert path.read_bytes() == render(report(), form)  # type: ignore[arg-type]
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_json_is_the_report() -> None:
    assert json.loads(render(report(), "json"))["receipt"]["day"] == "2026-09-15"


def test_nothing_is_replaced_without_force(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("déjà là")
    with pytest.raises(ProcureError, match="existe déjà"):
        write(report(), "html", tmp_path, "a")
    assert (tmp_path / "a.html").read_text() == "déjà là"
    assert write(report(), "html", tmp_path, "a", force=True).read_text() != "déjà là"


@pytest.mark.parametrize(
    "stem",
    ["../a", "a/b", "/etc/a", "..", ".", "", " ", "a\\b", "a\x00b", "c:a", "é" * 150, "a\nb"],
)
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, stem: str) -> None:
    with pytest.raises(ProcureError, match="ne convient pas"):
        write(report(), "json", tmp_path / "ici", stem)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(ProcureError, match="écriture impossible"):
        write(report(), "json", tmp_path / "fichier", "a")


def test_a_portfolio_is_refused_before_anything_is_scored(tmp_path: Path) -> None:
    rows = [PortfolioRow("a.yaml", report())]
    path = write_portfolio(rows, tmp_path)
    assert path.name == "portefeuille.xlsx"
    with pytest.raises(ProcureError, match="--force"):
        portfolio_path(tmp_path)
    assert write_portfolio(rows, tmp_path, force=True) == path
