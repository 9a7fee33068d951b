"""`procure lots`, from the outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from procure.cli.app import run

NEED = Path(__file__).resolve().parents[2] / "sample_tenders/renovation-ecole-six-corps-d-etat.yaml"
DIRTY = """\
SIRET;Nom;Métiers;Commune;Effectif;Chiffre d'affaires;Rayon;Type
73282932000074;Peinture Exemple;peinture;Biard;4;450 000 €;30;artisan
73282932000075;Clé fausse;peinture;Biard;4;;;artisan
;Isolation Exemple;isolation;Poitiers;beaucoup;900 000;40;PME
"""


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    path = tmp_path / "entreprises.csv"
    path.write_text(DIRTY, encoding="utf-8")
    return path


def test_what_was_read_is_told_by_trade_and_commune(
    dirty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lots", "supply", str(dirty)]) == 0
    told = said(capsys)
    assert "2 entreprises retenues sur 3 lignes" in told
    assert "Peinture : 1 entreprise, dont 1 petite" in told
    assert "Biard : 1 entreprise" in told
    assert "ligne 3, colonne « SIRET »" in told and "clé de contrôle" in told
    assert "ligne 4, colonne « Effectif »" in told
    assert "jamais pour choisir les entreprises" in told
    assert "Peinture Exemple" not in told


def test_the_study_is_json_for_other_programs(
    dirty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lots", "supply", str(dirty), "--need", str(NEED), "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["firms"], len(found["faults"])) == (3, 2, 2)
    assert {one["trade"] for one in found["trades"]} == {"peinture", "isolation"}
    by_item = {item["item"]: item for item in found["items"]}
    paint = by_item["Peinture Biard"]
    assert paint["able"] == paint["small"] == paint["near"] == 1
    assert all(
        item["able"] + item["stretched"] + item["unable"] + item["unknown"] == found["firms"]
        for item in found["items"]
    )


def test_the_same_files_give_the_same_bytes(
    dirty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["lots", "supply", str(dirty), "--need", str(NEED), "--format", "json"]
    assert run(arguments) == 0
    first = capsys.readouterr().out
    assert run(arguments) == 0
    assert capsys.readouterr().out == first


def test_a_file_without_a_firm_ends_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vide.csv"
    path.write_text("SIRET;Nom\n1;A\n", encoding="utf-8")
    assert run(["lots", "supply", str(path)]) == 2
    assert "il compte 1 chiffre au lieu de 14" in said(capsys)


def test_a_missing_file_and_an_unknown_format_are_told(
    dirty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lots", "supply", str(tmp_path / "absent.csv")]) == 2
    assert "n'existe pas" in capsys.readouterr().err
    assert run(["lots", "supply", str(dirty), "--format", "pdf"]) == 2
    assert "text, json" in capsys.readouterr().err


def test_a_sample_of_supply_is_made_up_marked_and_the_same_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (first, again):
        assert run(["lots", "sample", "-c", "40", "--need", str(NEED), "-o", str(path)]) == 0
    assert first.read_bytes() == again.read_bytes()
    capsys.readouterr()
    assert run(["lots", "supply", str(first)]) == 0
    told = said(capsys)
    assert "aucune de ces entreprises n'existe" in told
    assert "40 entreprises retenues sur 40 lignes" in told
    assert "à corriger" not in told


def test_a_file_already_there_is_not_replaced(
    dirty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lots", "sample", "-o", str(dirty)]) == 2
    assert dirty.read_text(encoding="utf-8") == DIRTY


def test_firms_of_sirene_are_written_as_a_file_of_firms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stock, out = tmp_path / "stock.csv", tmp_path / "entreprises.csv"
    stock.write_text(
        "siret,etatAdministratifEtablissement,codeCommuneEtablissement,"
        "activitePrincipaleEtablissement,trancheEffectifsEtablissement\n"
        "73282932000074,A,86194,43.34Z,02\n"
        "73282932000075,A,86194,43.34Z,02\n"
        "99999999800019,F,86194,43.34Z,02\n"
    )
    assert run(["lots", "sirene", str(stock), "--trade", "peinture", "-o", str(out)]) == 0
    assert "1 entreprise dans" in said(capsys)
    assert run(["lots", "supply", str(out)]) == 0
    assert "Peinture : 1 entreprise" in said(capsys)


def test_an_unknown_trade_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lots", "sirene", "x.csv", "--trade", "magie", "-o", str(tmp_path / "o")]) == 2
    assert "le métier « magie » est inconnu" in capsys.readouterr().err.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("word", "trade"), [("peintre", "peinture"), ("45331000", "chauffage"), ("10.71C", "pain")]
)
def test_a_trade_is_found_by_a_word_or_a_code(
    word: str, trade: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lots", "trades", word]) == 0
    assert trade in said(capsys)


def test_every_trade_is_listed_without_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lots", "trades"]) == 0
    assert "demolition" in (told := said(capsys)) and "bois-energie" in told


def test_a_word_that_no_trade_has_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lots", "trades", "licorne"]) == 2
    assert "rien ne répond" in capsys.readouterr().err
