"""Files of firms as people keep them: what is read, what is left, and how that is told."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from procure.domain.errors import InputError, UnreadableFile
from procure.domain.supply import Firm
from procure.exchange.firms import HEADERS, FirmsReading, read_firms
from procure.registers.naming import key

GOOD, POSTE, OTHER = "73282932000074", "35600000009075", "99999999800019"
HEADER = "SIRET;Nom;Code NAF;Métiers;Commune;Effectif;Chiffre d'affaires;Rayon (km);Type"
LINE = f"{GOOD};Peinture Exemple;43.34Z;peinture;Biard;4;450 000 €;30;artisan"


def read(folder: Path, text: str, encoding: str = "utf-8") -> FirmsReading:
    path = folder / "entreprises.csv"
    path.write_bytes(text.encode(encoding))
    return read_firms(path)


def only(reading: FirmsReading) -> Firm:
    assert [str(fault) for fault in reading.faults] == []
    (firm,) = reading.supply.firms
    return firm


def told(reading: FirmsReading) -> str:
    return "\n".join(str(fault) for fault in reading.faults).replace("\u00a0", " ")


def workbook(folder: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    path = folder / "entreprises.xlsx"
    book.save(path)
    return path


def test_a_line_in_french_is_read_whole(tmp_path: Path) -> None:
    assert only(read(tmp_path, f"{HEADER}\n{LINE}\n")) == Firm(
        id=GOOD,
        siret=GOOD,
        name="Peinture Exemple",
        naf="43.34Z",
        trades=("peinture",),
        commune="86027",
        workforce="02",
        turnover_excl_tax=Decimal(450000),
        reach_km=Decimal(30),
        kind="artisan",
    )


@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";"])
def test_any_usual_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = f"{HEADER}\n{LINE}\n".replace(";", delimiter)
    assert only(read(tmp_path, text)).commune == "86027"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, f"{HEADER}\n{LINE.replace('Biard', 'Béruges')}\n", encoding)
    assert only(reading).commune == "86024"
    assert bool(reading.notes) == (encoding in ("cp1252", "utf-16"))


def test_a_header_may_stand_below_a_title(tmp_path: Path) -> None:
    reading = read(tmp_path, f"Annuaire 2026;;\n;;\n{HEADER}\n{LINE}\n")
    assert only(reading).siret == GOOD


def test_a_file_without_header_says_which_columns_it_expects(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="aucune ligne n'est un en-tête"):
        read(tmp_path, f"{LINE}\n")


def test_no_two_headers_are_spelled_alike() -> None:
    every = [key(said) for words in HEADERS.values() for said in words]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("siret", [GOOD, "732 829 320 00074", POSTE, " 732.829.320.00074 "])
def test_a_siret_may_be_spaced_and_la_poste_has_its_rule(tmp_path: Path, siret: str) -> None:
    firm = only(read(tmp_path, f"SIRET;Nom\n{siret};A\n"))
    assert firm.siret in (GOOD, POSTE)


@pytest.mark.parametrize(
    ("siret", "said"),
    [
        ("73282932000075", "sa clé de contrôle est fausse"),
        ("35600000009076", "sa clé de contrôle est fausse"),
        ("732829320", "il compte 9 chiffres au lieu de 14"),
        ("néant", "il contient autre chose que des chiffres"),
        ("7,32829E+13", "notation scientifique"),
    ],
)
def test_a_wrong_siret_leaves_its_firm_out_and_tells_where(
    tmp_path: Path, siret: str, said: str
) -> None:
    reading = read(tmp_path, f"{HEADER}\n{LINE.replace(GOOD, siret)}\n")
    assert reading.supply.firms == () and reading.rows == 1
    assert "entreprises.csv, ligne 2, colonne « SIRET »" in told(reading)
    assert said in told(reading) and "n'est pas retenue" in told(reading)


@pytest.mark.parametrize(
    ("title", "cell", "said"),
    [
        ("NAF", "43.99X", "n'est pas un code NAF"),
        ("Métiers", "magie", "métier inconnu : « magie »"),
        ("Commune", "Niort", "la commune « Niort » n'est pas de Grand Poitiers"),
        ("Code INSEE", "Poitiers", "n'est pas un code INSEE"),
        ("Code postal", "86580", "est celui de Biard, Vouneuil-sous-Biard"),
        ("Code postal", "75001", "n'est pas un code postal de Grand Poitiers"),
        ("Effectif", "quelques-uns", "l'effectif « quelques-uns » n'est pas lisible"),
        ("Effectif", "03-mai", "n'est pas lisible"),
        ("CA HT", "beaucoup", "le montant « beaucoup » n'est pas lisible"),
        ("CA HT", "12.500", "se lit de deux façons"),
        ("CA HT", "-5", "n'est pas lisible"),
        ("CA HT", "1e99999999k", "n'est pas lisible"),
        ("Rayon", "loin", "n'est pas un nombre"),
        ("Rayon", "-3", "n'est pas possible"),
        ("Rayon", "nan", "n'est pas possible"),
        ("Type", "licorne", "le type « licorne » est inconnu"),
        ("ESS", "peut-être", "ne dit ni oui ni non"),
        ("Métiers", "x" * 5000, "la cellule compte 5000 caractères"),
        ("Effectif", "9" * 5000, "la cellule compte 5000 caractères"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_its_firm_kept(
    tmp_path: Path, title: str, cell: str, said: str
) -> None:
    reading = read(tmp_path, f"SIRET;Nom;{title}\n{GOOD};A;{cell}\n")
    (firm,) = reading.supply.firms
    assert firm == Firm(id=GOOD, siret=GOOD, name="A")
    assert f"ligne 2, colonne « {title} »" in told(reading)
    assert said in told(reading) and "retenue sans elle" in told(reading)
    assert "Attendu : " in told(reading)


@pytest.mark.parametrize(
    ("title", "cell", "name", "value"),
    [
        ("NAF", "4334z", "naf", "43.34Z"),
        ("APE", "43.34Z Travaux de peinture", "naf", "43.34Z"),
        ("Métiers", "Peinture, Sols souples", "trades", ("peinture", "sols-souples")),
        ("Métier", "espaces-verts", "trades", ("espaces-verts",)),
        ("Commune", "86000 POITIERS CEDEX", "commune", "86194"),
        ("Ville", "ST BENOIT", "commune", "86214"),
        ("Commune", "86194", "commune", "86194"),
        ("Code INSEE", "86066", "commune", "86066"),
        ("Code postal", "86190", "commune", "86024"),
        ("Effectif", "0", "workforce", "00"),
        ("Effectif", "sans salarié", "workforce", "00"),
        ("Effectif", "3 à 5 salariés", "workforce", "02"),
        ("Effectif", "NN", "workforce", "NN"),
        ("Tranche d'effectif", "02", "workforce", "02"),
        ("Effectif", "1 200", "workforce", "42"),
        ("CA", "450k€", "turnover_excl_tax", Decimal(450000)),
        ("CA", "1,2 M€", "turnover_excl_tax", Decimal(1200000)),
        ("CA HT (€)", "1 250 000,50 € HT", "turnover_excl_tax", Decimal("1250000.50")),
        ("Chiffre d'affaires annuel", "90000 € / an", "turnover_excl_tax", Decimal(90000)),
        ("Rayon d'action", "30 km", "reach_km", Decimal(30)),
        ("Rayon", "7,5", "reach_km", Decimal("7.5")),
        ("Qualifications", "RGE | Qualibat 2112", "qualifications", ("RGE", "Qualibat 2112")),
        ("Type", "Entreprise d'insertion", "kind", "siae"),
        ("Type", "TPE", "kind", "sme"),
        ("Type", "ESAT", "kind", "esat"),
        ("ESS", "Oui", "is_social_economy", True),
        ("Marchés en cours", "0", "running", ()),
    ],
)
def test_a_cell_may_be_written_as_people_do(
    tmp_path: Path, title: str, cell: str, name: str, value: Any
) -> None:
    text = f'SIRET;Nom;"{title}"\n{GOOD};A;"{cell}"\n'
    assert getattr(only(read(tmp_path, text)), name) == value


def test_the_known_trades_of_a_list_are_kept_when_one_is_not(tmp_path: Path) -> None:
    reading = read(tmp_path, f"SIRET;Métiers\n{GOOD};peinture / magie\n")
    assert reading.supply.firms[0].trades == ("peinture",)
    assert "magie" in told(reading)


def test_contracts_already_running_have_their_last_day(tmp_path: Path) -> None:
    header = "SIRET;Nom;Marchés en cours;Fin des marchés en cours"
    firm = only(read(tmp_path, f"{header}\n{GOOD};A;80 000 €;30/06/2027\n"))
    assert firm.running is not None
    assert firm.running[0].yearly_excl_tax == 80000
    assert str(firm.running[0].ends_on) == "2027-06-30"


def test_a_running_contract_with_a_faulty_day_is_kept_without_it(tmp_path: Path) -> None:
    header = "SIRET;Nom;Marchés en cours;Fin des marchés en cours"
    reading = read(tmp_path, f"{header}\n{GOOD};A;80 000 €;bientôt\n")
    (held,) = reading.supply.firms[0].running or ()
    assert held.ends_on is None and "n'est pas une date" in told(reading)


def test_the_same_establishment_twice_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, f"SIRET;Nom\n{GOOD};A\n{GOOD};B\n")
    assert [firm.name for firm in reading.supply.firms] == ["A"]
    assert "ligne 3" in told(reading) and "est déjà à la ligne 2" in told(reading)


def test_a_row_that_names_nobody_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, f"SIRET;Nom;Commune\n{GOOD};A;Biard\n;;Poitiers\n;;\n")
    assert len(reading.supply.firms) == 1 and reading.rows == 2
    assert "la ligne ne nomme personne" in told(reading)


def test_a_firm_may_have_a_name_and_no_siret(tmp_path: Path) -> None:
    assert only(read(tmp_path, "Nom;Commune\nAtelier;Biard\n")).id == "ligne 2"


def test_columns_of_contacts_are_not_kept_and_it_is_said(tmp_path: Path) -> None:
    reading = read(tmp_path, f"SIRET;Nom;Téléphone;Courriel\n{GOOD};A;0549000000;a@b.fr\n")
    assert only(reading).model_dump(exclude_none=True) == {
        "id": GOOD, "siret": GOOD, "name": "A"
    }  # fmt: skip
    assert any("Téléphone" in note and "Courriel" in note for note in reading.notes)


def test_a_row_shorter_or_longer_than_its_header_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, f"SIRET;Nom;Commune\n{GOOD}\n{OTHER};B;Biard;;;trop\n")
    assert [firm.commune for firm in reading.supply.firms] == [None, "86027"]
    assert reading.faults == ()


def test_a_quote_left_open_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="ligne 3"):
        read(tmp_path, f'SIRET;Nom\n{GOOD};A\n{OTHER};"B\n{POSTE};C\n')


def test_line_numbers_hold_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    reading = read(tmp_path, f'SIRET;Nom\n{GOOD};"A\nB"\n123;C\n')
    assert reading.supply.firms[0].name == "A B"
    assert "ligne 4" in told(reading)


def test_synthetic_supply_says_so(tmp_path: Path) -> None:
    reading = read(tmp_path, "Identifiant;Nom;Fictif\nF1;A;oui\n")
    assert reading.supply.is_synthetic
    assert not read(tmp_path, f"SIRET;Nom\n{GOOD};A\n").supply.is_synthetic


def test_a_workbook_is_read_and_told_by_its_cells(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ("Lisez-moi", [["Annuaire des entreprises"]]),
        ("Entreprises", [
            ["Titre", None, None, None],
            ["N° SIRET", "Raison sociale", "Effectif", "CA HT (€)"],
            [int(GOOD), "A", 4, 450000.0],
            [None, None, None, None],
            [int(OTHER), "B", "beaucoup", 12.3456],
        ]),
    )  # fmt: skip
    reading = read_firms(path)
    first, second = reading.supply.firms
    assert (first.siret, first.workforce, first.turnover_excl_tax) == (GOOD, "02", 450000)
    assert (second.workforce, second.turnover_excl_tax) == (None, Decimal("12.35"))
    assert "feuille « Entreprises », cellule C5" in told(reading)


def test_the_zero_that_a_spreadsheet_drops_is_put_back(tmp_path: Path) -> None:
    siret = "00123456600014"
    path = workbook(tmp_path, ("F", [["SIRET", "Nom"], [int(siret), "A"], [732829320, "B"]]))
    reading = read_firms(path)
    assert [firm.siret for firm in reading.supply.firms] == [siret]
    assert "il compte 9 chiffres" in told(reading)


def test_a_formula_is_text_or_its_last_value_never_run(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("F", [["SIRET", "Nom"], [GOOD, "=1+1"]]))
    assert only(read_firms(path)).name is None  # never worked out by a spreadsheet


def test_a_range_that_a_spreadsheet_took_for_a_day_is_told(tmp_path: Path) -> None:
    from datetime import datetime

    path = workbook(tmp_path, ("F", [["SIRET", "Effectif"], [GOOD, datetime(2026, 5, 3)]]))
    assert "n'est pas lisible" in told(read_firms(path))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"ceci n'est pas un classeur", "n'est pas un classeur lisible"),
        ("a.xlsx", b"PK\x03\x04 tronque", "n'est pas un classeur lisible"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien format"),
        ("a.pdf", b"%PDF-1.7", "ce format n'est pas lu"),
        ("a.csv", b"SIRET;Nom\n\x00;b\n", "caractère de commande"),
        ("a.csv", b"", "aucune ligne n'est un en-tête"),
    ],
)
def test_what_is_not_a_table_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_firms(tmp_path / name)


def test_a_workbook_that_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("F", [["SIRET", "Nom"], [GOOD, "A"]]))
    hostile = BytesIO()
    with ZipFile(path) as source, ZipFile(hostile, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + part
            target.writestr(name, part)
    path.write_bytes(hostile.getvalue())
    with pytest.raises(UnreadableFile, match="déclare un type de document"):
        read_firms(path)


def test_a_workbook_that_swells_is_refused(tmp_path: Path) -> None:
    swollen = BytesIO()
    with ZipFile(swollen, "w", 8) as target:
        for number in range(11):
            target.writestr(f"xl/{number}.bin", bytes(20 * 1024 * 1024))
    (tmp_path / "a.xlsx").write_bytes(swollen.getvalue())
    with pytest.raises(UnreadableFile, match="trop gros une fois ouvert"):
        read_firms(tmp_path / "a.xlsx")
