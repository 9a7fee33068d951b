"""The formulas of the sheets, filled in and recalculated by LibreOffice, give the right numbers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sheet_tenders import CRITERIA, row_of, tender

from procure.exchange.sheets import (
    evaluation,
    insertion_follow_up,
    insertion_reckoning,
    price_schedule,
    reply_frames,
)

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
Books = dict[str, Workbook]


def marked(page: Worksheet) -> None:
    """Three offers and one ruled out, the lowest; quality in two parts, a quarter and the rest."""
    amounts = row_of(page, "+Prix\u00a0: montant")
    for column, amount, method, air in (
        (4, 100, 8, 6),
        (5, 120, 10, 10),
        (6, 90, 4, 4),
        (7, 50, 9, 9),
    ):
        page.cell(amounts, column).value = amount
        page.cell(row_of(page, "– -Méthode"), column).value = method
        page.cell(row_of(page, "– @Air"), column).value = air
    page.cell(row_of(page, "État de l'offre"), 7).value = "Irrégulière"
    page.cell(row_of(page, "Critère"), 5).value = "Menuiserie Deux"


def fill_marks(book: Workbook) -> None:
    first, second = book.worksheets[1:3]
    marked(first)
    marked(second)
    second.cell(row_of(second, "Calcul de la note de prix"), 2).value = "linéaire"


def fill_wrong_weights(book: Workbook) -> None:
    """Every mark is given, a weight of a part is not."""
    marked(book.worksheets[1])


def fill_prices(book: Workbook) -> None:
    lump, prices, estimate = book.worksheets[:3]
    rate = row_of(lump, "Candidat") + 1
    lump.cell(rate, 3).value = 0.2
    for line, quantity, price in ((rate + 3, 120, 10.005), (rate + 4, 2, 50), (rate + 7, 4, 25)):
        lump.cell(line, 4).value, lump.cell(line, 5).value = quantity, price
    rate = row_of(prices, "Candidat") + 1
    prices.cell(rate - 1, 3).value = "Chaises et Cie"
    prices.cell(rate, 3).value = 0.055
    prices.cell(rate + 2, 4).value, prices.cell(rate + 3, 4).value = 30, 100
    prices.cell(rate + 3, 6).value = 0.2
    estimate.cell(row_of(estimate, "N°") + 2, 4).value = 3


def fill_one_line(book: Workbook) -> None:
    prices, estimate = book.worksheets
    line = row_of(prices, "N°") + 1
    for column, value in ((2, "Ramette"), (3, "u"), (4, 4), (6, 0.2)):
        prices.cell(line, column).value = value
    estimate.cell(row_of(estimate, "N°") + 1, 4).value = 5


def fill_months(book: Workbook) -> None:
    first, second = book.worksheets[:2]
    head = row_of(first, "N°")
    first.cell(head + 1, 4).value, first.cell(head + 2, 15).value = 100, 50
    first.cell(row_of(first, "Pénalité par heure non réalisée"), 3).value = 20
    second.cell(head + 1, 4).value = 30


def fill_replies(book: Workbook) -> None:
    page = book.worksheets[0]
    head = row_of(page, "N°")
    page.cell(head + 3, 4).value = "é" * 12
    page.cell(head + 5, 4).value = "é" * 2501


def nothing(_: Workbook) -> None:
    return


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    parts = [
        CRITERIA[1] | {"sub_criteria": [{"label": "-Méthode"}, {"label": "@Air", "weight": 0.7}]}
    ]
    unsettled = tender(lots=None, criteria=[CRITERIA[0], *parts])
    contents: dict[str, tuple[bytes, Callable[[Workbook], None]]] = {
        "marks": (evaluation(tender(max_lots_won=1)), fill_marks),
        "unsettled": (evaluation(unsettled), fill_wrong_weights),
        "prices": (price_schedule(tender()), fill_prices),
        "empty": (price_schedule(tender()), nothing),
        "few": (price_schedule(tender(lots=None, nature="supplies")), fill_one_line),
        "hours": (insertion_reckoning(tender()), nothing),
        "months": (insertion_follow_up(tender()), fill_months),
        "replies": (reply_frames(tender(lots=None)), fill_replies),
    }
    folder = tmp_path_factory.mktemp("sheets")
    for name, (content, fill) in contents.items():
        book = openpyxl.load_workbook(BytesIO(content))
        fill(book)
        book.save(folder / f"{name}.xlsx")
    _convert(folder, list(contents))
    out = folder / "out"
    return {name: openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True) for name in contents}


def _convert(folder: Path, names: list[str]) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(folder / f"{name}.xlsx") for name in names]
    command = [str(SOFFICE), "--headless", profile, "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def values(page: Worksheet, label: str, after: int = 0) -> list[object]:
    """What follows a label on its row, from the column of the first offer."""
    row = row_of(page, label, after)
    return [page.cell(row, column).value for column in range(4, 8)]


def test_the_price_is_marked_from_the_lowest_offer_that_counts(books: Books) -> None:
    page = books["marks"].worksheets[1]
    assert values(page, "+Prix") == [9, 7.5, 10, None]


def test_the_price_can_be_marked_in_a_straight_line(books: Books) -> None:
    page = books["marks"].worksheets[2]
    assert values(page, "+Prix") == [8.89, 6.67, 10, None]
    said = str(page.cell(row_of(page, "Calcul de la note de prix"), 4).value)
    assert said.startswith("Note = 10 × (2 −")


def test_a_criterion_is_the_weighted_mean_of_its_parts(books: Books) -> None:
    page = books["marks"].worksheets[1]
    assert values(page, "=Qualité") == [6.5, 10, 4, 9]


def test_points_make_a_total_and_a_rank_for_the_offers_that_count(books: Books) -> None:
    page = books["marks"].worksheets[1]
    assert values(page, "Total") == [75, 90, 64, None]
    assert values(page, "Rang") == [2, 1, 3, None]


def test_the_summary_names_who_comes_first_and_sees_a_cap_passed(books: Books) -> None:
    summary = books["marks"].worksheets[0]
    rows = [
        [cell.value for cell in row]
        for row in summary.iter_rows(min_row=row_of(summary, "Lot") + 1)
    ]
    assert rows[0][1:6] == ["Menuiserie Deux", 90, 120, 3, 2]
    assert str(rows[0][6]).startswith("À corriger")
    assert rows[2][1] == "à noter"


def test_weights_that_are_missing_are_said_and_give_no_total(books: Books) -> None:
    page = books["unsettled"].worksheets[1]
    assert (
        page.cell(row_of(page, "Contrôle\u00a0: =Qualité"), 2).value
        == "À corriger\u00a0: des poids manquent."
    )
    assert values(page, "Total") == [None] * 4


def test_a_lump_sum_adds_up_with_its_subtotals_and_tax(books: Books) -> None:
    page = books["prices"].worksheets[0]
    totals = {
        page.cell(row, 1).value: page.cell(row, 6).value for row in range(9, page.max_row + 1)
    }
    assert totals["Total hors taxes"] == pytest.approx(1200.6 + 100 + 100)
    assert totals["Montant de la TVA"] == pytest.approx(240.12 + 20 + 20)
    assert totals["Total toutes taxes comprises"] == pytest.approx(1680.72)
    assert totals["Sous-total"] == 100
    assert page.cell(row_of(page, "Contrôle"), 3).value == "Cadre complet."


def test_an_estimate_reads_the_unit_prices_and_each_line_its_rate(books: Books) -> None:
    page = books["prices"].worksheets[2]
    assert page.cell(row_of(page, "Candidat"), 3).value == "Chaises et Cie"
    assert page.cell(row_of(page, "Total hors taxes"), 6).value == 600
    assert page.cell(row_of(page, "Montant de la TVA"), 6).value == pytest.approx(16.5 + 60)


def test_the_list_of_lots_takes_up_their_totals(books: Books) -> None:
    page = books["prices"].worksheets[-1]
    assert [page.cell(row_of(page, "Lot") + n, 2).value for n in (1, 2, 3)] == [
        pytest.approx(1400.6), 600, 0,
    ]  # fmt: skip


def test_a_schedule_left_empty_says_what_is_missing(books: Books) -> None:
    for page in books["empty"].worksheets[:-1]:
        said = str(page.cell(row_of(page, "Contrôle"), 3).value)
        assert said.startswith("À corriger\u00a0: ")


def test_lines_that_the_buyer_left_blank_are_not_awaited(books: Books) -> None:
    prices, estimate = books["few"].worksheets
    assert prices.cell(row_of(prices, "Contrôle"), 3).value == "Tous les prix sont remplis."
    assert estimate.cell(row_of(estimate, "Contrôle"), 3).value == "Cadre complet."
    assert estimate.cell(row_of(estimate, "Total toutes taxes comprises"), 6).value == 24


def test_hours_are_reckoned_from_their_four_numbers(books: Books) -> None:
    page = books["hours"].worksheets[0]
    row = row_of(page, "Lot") + 1
    assert page.cell(row, 6).value == 333
    assert str(page.cell(row, 8).value).startswith("À corriger")
    assert page.cell(row_of(page, "Total"), 6).value == 333 + 83


def test_hours_done_are_carried_to_the_next_year_with_what_is_left_to_pay(books: Books) -> None:
    second = books["months"].worksheets[1]
    told = {second.cell(row, 1).value: second.cell(row, 3).value for row in range(4, 12)}
    assert told["Objectif du marché, en heures"] == 400
    assert told["Report des années précédentes"] == 150
    assert told["Réalisé depuis le début"] == 180
    assert told["Reste à réaliser"] == 220
    assert told["Avancement"] == pytest.approx(0.45)
    assert told["Pénalité au bilan, si rien de plus"] == 4400


def test_an_answer_is_counted_and_refused_when_too_long(books: Books) -> None:
    page = books["replies"].worksheets[0]
    head = row_of(page, "N°")
    assert page.cell(head + 3, 6).value == "12 signes"
    assert page.cell(head + 5, 6).value == "À corriger\u00a0: trop long"


def test_no_formula_ends_in_an_error(books: Books) -> None:
    for name, book in books.items():
        for page in book.worksheets:
            for row in page.iter_rows():
                assert not any(cell.data_type == "e" for cell in row), (name, page.title)
