"""The stock of the Sirene register: what is kept, what is left and why, in bounded memory."""

import csv
import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from stdnum import luhn

from procure.domain.errors import InputError, UnreadableFile
from procure.exchange import sirene
from procure.exchange.sirene import read_sirene

COLUMNS = json.loads(
    (Path(__file__).resolve().parents[1] / "fixtures/sirene/columns.json").read_text("utf-8")
)
POITIERS, BIARD, ELSEWHERE = "86194", "86027", "75056"
PAINTER, HAIRDRESSER = "43.34Z", "96.02A"


def siret(number: int) -> str:
    """A made-up number with right keys."""
    start = f"{99_000_000 + number:08d}"
    siren = start + luhn.calc_check_digit(start)
    return siren + "0001" + luhn.calc_check_digit(siren + "0001")


def line(number: int, **changed: str) -> dict[str, str]:
    known = {
        "siret": siret(number),
        "siren": siret(number)[:9],
        "statutDiffusionEtablissement": "O",
        "etatAdministratifEtablissement": "A",
        "codeCommuneEtablissement": POITIERS,
        "activitePrincipaleEtablissement": PAINTER,
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "trancheEffectifsEtablissement": "02",
        "enseigne1Etablissement": "AUX COULEURS",
        "libelleVoieEtablissement": "DES LILAS",
    }
    return known | changed


def unit(number: int, **changed: str) -> dict[str, str]:
    known = {
        "siren": siret(number)[:9],
        "etatAdministratifUniteLegale": "A",
        "statutDiffusionUniteLegale": "O",
        "denominationUniteLegale": "COULEURS SAS",
        "categorieEntreprise": "PME",
        "economieSocialeSolidaireUniteLegale": "N",
        "nomUniteLegale": "PERSONNE",
        "prenom1UniteLegale": "PRENOM",
    }
    return known | changed


def stock(folder: Path, lines: Iterable[dict[str, str]], name: str = "StockEtablissement") -> Path:
    path = folder / f"{name}_utf8.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[name], restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines)
    return path


def kept(path: Path, **asked: Any) -> sirene.SireneReading:
    return read_sirene(path, {POITIERS, BIARD}, {PAINTER}, **asked)


def test_only_what_is_needed_of_an_establishment_is_kept(tmp_path: Path) -> None:
    reading = kept(stock(tmp_path, [line(1)]))
    (firm,) = reading.supply.firms
    assert firm.model_dump(exclude_none=True) == {
        "id": siret(1),
        "siret": siret(1),
        "name": "AUX COULEURS",
        "naf": PAINTER,
        "commune": POITIERS,
        "workforce": "02",
    }
    assert not reading.supply.is_synthetic


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"codeCommuneEtablissement": ELSEWHERE}, "autres communes"),
        ({"etatAdministratifEtablissement": "F"}, "établissements fermés"),
        ({"activitePrincipaleEtablissement": HAIRDRESSER}, "autres activités"),
        ({"nomenclatureActivitePrincipaleEtablissement": "NAF1993"},
         "activités d'une ancienne nomenclature"),
    ],
)  # fmt: skip
def test_what_is_left_is_counted_by_reason(
    tmp_path: Path, changed: dict[str, str], reason: str
) -> None:
    reading = kept(stock(tmp_path, [line(1), line(2, **changed), line(3, **changed)]))
    assert len(reading.supply.firms) == 1 and reading.rows == 3
    assert reading.left == {reason: 2}
    assert reading.notes == (f"{reason} : 2\u00a0lignes",)


def test_no_activity_asked_keeps_them_all(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1), line(2, activitePrincipaleEtablissement=HAIRDRESSER)])
    assert len(read_sirene(path, {POITIERS}, ()).supply.firms) == 2


def test_a_firm_of_the_register_of_trades_is_an_artisan(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1, activitePrincipaleRegistreMetiersEtablissement="4334ZA")])
    assert kept(path).supply.firms[0].kind == "artisan"


@pytest.mark.parametrize(
    ("changed", "workforce"),
    [
        ({"trancheEffectifsEtablissement": "", "caractereEmployeurEtablissement": "N"}, "NN"),
        ({"trancheEffectifsEtablissement": "", "caractereEmployeurEtablissement": "O"}, None),
        ({"trancheEffectifsEtablissement": "99"}, None),
        ({"trancheEffectifsEtablissement": "NN"}, "NN"),
    ],
)
def test_staff_is_read_or_unknown(
    tmp_path: Path, changed: dict[str, str], workforce: str | None
) -> None:
    assert kept(stock(tmp_path, [line(1, **changed)])).supply.firms[0].workforce == workforce


def test_a_firm_that_asked_not_to_be_shown_has_no_name(tmp_path: Path) -> None:
    hidden = line(1, statutDiffusionEtablissement="P")
    assert kept(stock(tmp_path, [hidden])).supply.firms[0].name is None


def test_a_legal_unit_completes_its_establishments_without_naming_people(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1, enseigne1Etablissement=""), line(2)])
    units = stock(
        tmp_path,
        [unit(1, economieSocialeSolidaireUniteLegale="O"),
         unit(2, denominationUniteLegale="", categorieEntreprise="ETI")],
        "StockUniteLegale",
    )  # fmt: skip
    by_siret = {firm.siret: firm for firm in kept(path, units=units).supply.firms}
    first, second = by_siret[siret(1)], by_siret[siret(2)]
    assert (first.name, first.kind, first.is_social_economy) == ("COULEURS SAS", "sme", True)
    assert (second.name, second.kind, second.is_social_economy) == (
        "AUX COULEURS", "mid_cap", False
    )  # fmt: skip
    assert "PERSONNE" not in str(by_siret)


def test_an_artisan_stays_one_whatever_the_category_of_its_unit(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1, activitePrincipaleRegistreMetiersEtablissement="4334ZA")])
    units = stock(tmp_path, [unit(1)], "StockUniteLegale")
    assert kept(path, units=units).supply.firms[0].kind == "artisan"


def test_the_establishments_of_a_unit_that_has_ceased_are_left(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1)])
    units = stock(tmp_path, [unit(1, etatAdministratifUniteLegale="C")], "StockUniteLegale")
    reading = kept(path, units=units)
    assert reading.supply.firms == ()
    assert reading.left == {"entreprises qui ont cessé": 1}


def test_a_wrong_siret_and_one_read_twice_are_left(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1), line(1), line(2, siret="99000002600011")])
    reading = kept(path)
    assert len(reading.supply.firms) == 1
    assert reading.left == {"établissements déjà lus": 1, "lignes illisibles": 1}
    assert "ligne 4" in str(reading.faults[0]) and "est faux" in str(reading.faults[0])


def test_a_line_of_another_length_is_told_and_the_rest_read(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1)])
    with path.open("a", encoding="utf-8") as file:
        file.write("a,b,c\n\n")
    reading = kept(path)
    assert len(reading.supply.firms) == 1
    assert "ligne 3 : la ligne compte 3 cellules" in str(reading.faults[0]).replace("\u00a0", " ")


def test_only_the_first_faulty_lines_are_told_all_are_counted(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1)])
    with path.open("a", encoding="utf-8") as file:
        file.write("a,b\n" * 500)
    reading = kept(path)
    assert len(reading.faults) == sirene.MAX_TOLD
    assert reading.left["lignes illisibles"] == 500


def test_the_firms_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    reading = kept(stock(tmp_path, [line(number) for number in (7, 3, 5)]))
    assert [firm.siret for firm in reading.supply.firms] == sorted(map(siret, (3, 5, 7)))


def test_a_zip_is_read_as_it_comes(tmp_path: Path) -> None:
    path = stock(tmp_path, [line(1)])
    with ZipFile(tmp_path / "stock.zip", "w", 8) as archive:
        archive.write(path, "StockEtablissement_utf8.csv")
    assert len(kept(tmp_path / "stock.zip").supply.firms) == 1


def test_more_firms_than_can_be_studied_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sirene, "MAX_KEPT", 3)
    with pytest.raises(InputError, match="moins de communes"):
        kept(stock(tmp_path, [line(number) for number in range(4)]))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"siret,nom\n1,2\n", "il manque les colonnes etatAdministratifEtablissement"),
        ("a.csv", b"", "il manque les colonnes"),
        ("a.csv", b"siret,\xe9\n", "encod"),
        ("a.zip", b"PK pas une archive", "n'est pas lisible"),
    ],
)
def test_what_is_no_stock_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=said):
        kept(tmp_path / name)


def test_an_archive_of_several_files_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    with pytest.raises(UnreadableFile, match="l'archive contient 2"):
        kept(tmp_path / "a.zip")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="n'existe pas"):
        kept(tmp_path / "absent.csv")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(lines: int) -> int:
        path = stock(
            tmp_path,
            (line(n, codeCommuneEtablissement=ELSEWHERE if n % 100 else POITIERS)
             for n in range(lines)),
        )  # fmt: skip
        tracemalloc.start()
        reading = kept(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert reading.rows == lines and len(reading.supply.firms) == lines // 100
        return most

    small, large = peak(1_000), peak(20_000)
    assert large < small + 2_000_000


def test_progress_adds_up_to_the_lines_read(tmp_path: Path) -> None:
    told: list[int] = []
    kept(stock(tmp_path, [line(number) for number in range(25)]), advance=told.append)
    assert sum(told) == 25
