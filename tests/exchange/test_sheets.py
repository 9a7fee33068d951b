"""The workbooks of a tender: each lot has its sheets, words stay words, blanks are marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from sheet_tenders import CRITERIA, HOSTILE, INSERTION, cells, pages, row_of, tender
from tenders import tenders

from procure.domain.library import LibraryClause
from procure.domain.tender import Tender
from procure.exchange.sheets import (
    criteria_grid,
    evaluation,
    insertion_follow_up,
    insertion_reckoning,
    price_schedule,
    reply_frames,
    workbooks_for,
)
from procure.exchange.sheets.wordings import assumptions, replies

WRITERS = (
    criteria_grid, evaluation, insertion_follow_up, insertion_reckoning, price_schedule,
    reply_frames,
)  # fmt: skip
Writer = Callable[[Tender], bytes]


def library_clause(**changed: object) -> LibraryClause:
    fields: dict[str, object] = {
        "id": "some-hours",
        "version": 1,
        "title": "Heures prises à la bibliothèque",
        "axis": "social",
        "subject": "insertion",
        "pieces": ["ccap"],
        "kind": "execution",
        "level": "basic",
        "references": [{"cite": "Un texte", "verified": False, "checked_on": date(2026, 11, 22)}],
        "costs": {"buyer": "low", "supplier": "low"},
        "why": "Parce que.",
        "vigilance": "Attention.",
        "review": {"state": "draft", "on": date(2026, 11, 22)},
    }
    return LibraryClause.model_validate(fields | changed)


@pytest.mark.parametrize("writer", WRITERS)
def test_no_word_of_a_tender_becomes_a_formula(writer: Writer) -> None:
    for cell in cells(writer(tender())):
        if cell.data_type == "f":
            assert not any(word in str(cell.value) for word in ("HYPERLINK", "cmd", "1+1", "2+3"))


@pytest.mark.parametrize("writer", WRITERS)
def test_words_that_begin_like_a_formula_are_quoted(writer: Writer) -> None:
    words = [cell for cell in cells(writer(tender())) if cell.data_type == "s"]
    hostile = [cell for cell in words if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in hostile)


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_tender_gives_the_same_bytes(writer: Writer) -> None:
    assert writer(tender()) == writer(tender())


@pytest.mark.parametrize("writer", WRITERS)
def test_pages_are_printed_on_a4_across_with_numbers_and_headers(writer: Writer) -> None:
    for page in pages(writer(tender())):
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize == int(page.PAPERSIZE_A4)
        assert page.page_setup.fitToHeight == 0 and page.sheet_properties.pageSetUpPr.fitToPage
        assert page.oddFooter.right.text == "&P / &N"
        assert page.print_title_rows and page.freeze_panes


@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_not_to_be_written_is_protected_without_password(writer: Writer) -> None:
    for page in pages(writer(tender())):
        assert page.protection.sheet and not page.protection.password
        formulas = [c for row in page.iter_rows() for c in row if c.data_type == "f"]
        blue_or_yellow = ("00EAF3FB", "00FFF4C2")
        for cell in formulas:
            is_open = cell.fill.fgColor.rgb in blue_or_yellow
            assert cell.protection.locked is not is_open


@pytest.mark.parametrize("writer", WRITERS)
def test_every_reference_leads_to_a_sheet_that_exists(writer: Writer) -> None:
    content = writer(tender())
    names = {page.title for page in pages(content)}
    for cell in cells(content):
        if cell.data_type == "f" and "'!" in str(cell.value):
            named = str(cell.value).split("'!")[0].rsplit("'", 1)[1]
            assert named in names


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tenders())
def test_any_tender_has_workbooks_that_open(made: Tender) -> None:
    for sheet in workbooks_for(made):
        assert pages(sheet.content), sheet.name


def test_a_tender_without_anything_has_marked_blanks() -> None:
    empty = Tender(id="T0")
    assert [sheet.name for sheet in workbooks_for(empty)] == [
        "grille-criteres.xlsx", "cadre-prix.xlsx", "analyse-offres.xlsx",
    ]  # fmt: skip
    for sheet in workbooks_for(empty):
        assert "[à compléter]" in " ".join(str(cell.value) for cell in cells(sheet.content))


def test_what_is_internal_is_said_so() -> None:
    internal = {sheet.name for sheet in workbooks_for(tender()) if sheet.is_internal}
    assert internal == {"analyse-offres.xlsx", "insertion-calcul.xlsx"}


def test_the_value_of_a_lot_is_never_shown_to_bidders() -> None:
    for sheet in workbooks_for(tender()):
        values = {cell.value for cell in cells(sheet.content)}
        assert sheet.is_internal or not {400_000, 100_000} & values


# --- criteria ------------------------------------------------------------------------------------


def test_lots_with_the_same_criteria_share_a_grid() -> None:
    assert [page.title for page in pages(criteria_grid(tender()))] == ["Tous les lots"]


def test_a_lot_with_its_own_criteria_has_its_own_grid() -> None:
    lots = [{"id": "1"}, {"id": "2"}, {"id": "3", "criteria": [CRITERIA[0]]}]
    names = [page.title for page in pages(criteria_grid(tender(lots=lots)))]
    assert names == ["Lot 1 et autres", "Lot 3"]


def test_a_weight_that_is_not_known_is_a_yellow_blank() -> None:
    page = pages(criteria_grid(tender(criteria=[{"label": "Prix"}], lots=None)))[0]
    blank = page.cell(row_of(page, "N°") + 1, 3)
    assert blank.value is None
    assert blank.fill.fgColor.rgb == "00FFF4C2" and not blank.protection.locked


# --- marking -------------------------------------------------------------------------------------


def test_there_is_room_for_every_offer_received() -> None:
    page = pages(evaluation(tender(lots=None, bids_received=9)))[1]
    assert page.cell(row_of(page, "Critère"), 12).value == "Candidat 9"


def test_a_state_and_a_method_are_chosen_in_a_list() -> None:
    page = pages(evaluation(tender(lots=None)))[1]
    lists = [v.formula1 for v in page.data_validations.dataValidation if v.type == "list"]
    assert any("Irrégulière" in listed for listed in lists)
    assert any("linéaire" in listed for listed in lists)


def test_a_mark_is_from_zero_to_ten() -> None:
    page = pages(evaluation(tender(lots=None)))[1]
    marks = [v for v in page.data_validations.dataValidation if v.formula2 == "10"]
    assert marks and marks[0].error == "Un nombre de 0 à 10."


def test_the_rule_of_a_cap_of_lots_is_recalled() -> None:
    summary = pages(evaluation(tender(max_lots_won=2, lots_award_rule="=Par ordre de valeur")))[0]
    said = [str(row[0].value) for row in summary.iter_rows(max_row=6)]
    assert any("Par ordre de valeur" in text for text in said)
    assert any("2\u00a0lots" in text for text in said)


# --- prices --------------------------------------------------------------------------------------


def test_each_lot_has_the_schedule_of_its_form() -> None:
    assert [page.title for page in pages(price_schedule(tender()))] == [
        "DPGF Lot 1", "BPU Lot abcx", "DQE Lot abcx", "BPU Lot n° 3", "DQE Lot n° 3",
        "Récapitulatif des lots",
    ]  # fmt: skip


def test_the_items_of_the_need_are_the_lines_of_the_schedule() -> None:
    page = pages(price_schedule(tender()))[0]
    lines = {row[1].value: (row[2].value, row[3].value) for row in page.iter_rows(min_row=8)}
    assert lines["=Dalle"] == ("m²", 120) and lines["Porte"] == ("u", 4)
    assert lines["Mur"] == ("m²", None)


def test_no_rate_of_tax_is_written_for_the_bidder() -> None:
    page = pages(price_schedule(tender(lots=None)))[0]
    label = "Taux de TVA de toutes les lignes (modifiable ligne à ligne)"
    rate = page.cell(row_of(page, label), 3)
    assert rate.value is None and not rate.protection.locked


# --- replies -------------------------------------------------------------------------------------


def test_each_criterion_and_clause_has_its_questions() -> None:
    content = reply_frames(tender(clauses=[INSERTION]))
    said = [str(cell.value) for cell in cells(content)]
    assert "=Qualité › @Air (75\u00a0%)" in said
    assert "Insertion de personnes éloignées de l'emploi" in said
    assert not any("+Prix" in text for text in said)


def test_a_clause_of_the_library_is_named_by_its_title_and_asked_once() -> None:
    taken = library_clause()
    own = INSERTION | {"library_id": "some-hours"}
    said = [str(c.value) for c in cells(reply_frames(tender(clauses=[own], lots=None), [taken]))]
    assert said.count("Heures prises à la bibliothèque") == 1


def test_a_clause_of_the_library_that_the_tender_lacks_is_asked_too() -> None:
    bare = tender(criteria=None, lots=None)
    assert "cadre-reponse.xlsx" in {s.name for s in workbooks_for(bare, [library_clause()])}
    assert "cadre-reponse.xlsx" not in {s.name for s in workbooks_for(bare)}


def test_every_subject_and_theme_judged_has_its_questions() -> None:
    from procure.domain.tender import CLAUSE_SUBJECTS

    assert set(replies().subjects) == set(CLAUSE_SUBJECTS)
    assert {"environmental", "social", "technical", "delay", "other"} <= set(replies().themes)


# --- insertion -----------------------------------------------------------------------------------


def test_only_a_contract_with_a_clause_of_insertion_is_followed_year_by_year() -> None:
    names = [page.title for page in pages(insertion_follow_up(tender()))]
    assert names == ["Lot 1 an 1", "Lot 1 an 2", "Lot 1 an 3"]


def test_the_assumptions_are_in_open_cells_and_said_to_be_a_practice() -> None:
    page = pages(insertion_reckoning(tender()))[0]
    row = row_of(page, "Taux d'insertion")
    assert Decimal(str(page.cell(row, 2).value)) == assumptions().rate.value
    assert not page.cell(row, 2).protection.locked
    assert "non une règle de droit" in " ".join(str(r[0].value) for r in page.iter_rows(max_row=7))


def test_hours_asked_of_all_lots_together_are_to_be_shared() -> None:
    lots = [{"id": "1"}, {"id": "2"}]
    page = pages(insertion_reckoning(tender(clauses=[INSERTION], lots=lots)))[0]
    said = " ".join(str(row[0].value) for row in page.iter_rows(max_row=7))
    assert "Heures inscrites pour l'ensemble des lots\u00a0: 400" in said
    assert page.cell(row_of(page, "Lot") + 1, 7).value is None


def test_a_hostile_title_stands_in_the_sheet_as_it_is() -> None:
    assert any(HOSTILE in str(cell.value) for cell in cells(price_schedule(tender())))
