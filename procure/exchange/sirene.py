"""
Reads the stock files of the Sirene register: the establishments of some communes and activities.

The files hold every establishment of the country, one a line: they are read once from end to end,
and only what is kept stays in memory. Only firms in activity are kept, with what the study of
supply needs: no address, no name of a person.
"""

from __future__ import annotations

import csv
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, get_args
from zipfile import BadZipFile, ZipFile

from procure.domain.errors import Fault, InputError, UnreadableFile
from procure.domain.french import plural
from procure.domain.supply import Firm, FirmKind, Supply, Workforce
from procure.registers import naf
from procure.registers.siret import mistake

MAX_KEPT = 50_000
MAX_TOLD = 20
STEP = 10_000
"""How many lines are read between two signs of progress."""

ACTIVE, PUBLIC, CURRENT = "A", "O", "NAFRev2"
SIREN_LENGTH = 9
NEEDED = (
    "siret",
    "etatAdministratifEtablissement",
    "codeCommuneEtablissement",
    "activitePrincipaleEtablissement",
)
WANTED = (
    "statutDiffusionEtablissement",
    "trancheEffectifsEtablissement",
    "caractereEmployeurEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "activitePrincipaleRegistreMetiersEtablissement",
    "enseigne1Etablissement",
    "denominationUsuelleEtablissement",
)
UNIT_NEEDED = ("siren", "etatAdministratifUniteLegale")
UNIT_WANTED = (
    "statutDiffusionUniteLegale",
    "denominationUniteLegale",
    "categorieEntreprise",
    "economieSocialeSolidaireUniteLegale",
)
CATEGORIES: Mapping[str, FirmKind] = {"PME": "sme", "ETI": "mid_cap", "GE": "large"}
_WORKFORCES = frozenset(get_args(Workforce))
_HIDDEN = "[ND]"
_BROKEN = (BadZipFile, OSError, RuntimeError, EOFError, zlib.error)
"""What a file that is cut short, protected or no archive raises."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SireneReading:
    """
    The firms kept, and why the other lines were not.

    Args:
        rows: lines read, header left aside.
        left: lines left, by reason, in French.
        faults: the first lines that could not be read.
    """

    supply: Supply
    rows: int
    left: Mapping[str, int]
    faults: tuple[Fault, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """Why lines were left, with how many."""
        return tuple(f"{reason} : {plural(count, 'ligne')}" for reason, count in self.left.items())


@dataclass
class _Sieve:
    """What is asked for, and the count of what is left."""

    communes: Collection[str]
    activities: Collection[str]
    name: str
    left: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0

    def leave(self, reason: str) -> None:
        self.left[reason] += 1

    def tell(self, line: int, what: str, expected: str) -> None:
        self.leave("lignes illisibles")
        if len(self.faults) < MAX_TOLD:
            advice = "Cette ligne n'est pas retenue"
            self.faults.append(Fault(f"{self.name}, ligne {line}", what, expected, advice))


def read_sirene(
    establishments: Path,
    communes: Collection[str],
    activities: Collection[str],
    units: Path | None = None,
    advance: Progress = lambda lines: None,
) -> SireneReading:
    """
    Read the stock of establishments, csv or the zip that holds it.

    Args:
        communes: INSEE codes; those of other communes are left.
        activities: NAF codes of five signs; empty keeps them all.
        units: the stock of legal units, for names, categories and the social economy.
        advance: called with the number of lines read since the last call.

    Raises:
        UnreadableFile: not such a file; names the columns that are missing.
        InputError: more firms than can be studied.
    """
    sieve = _Sieve(frozenset(communes), frozenset(activities), establishments.name)
    firms = {firm.id: firm for firm in _kept(establishments, sieve, advance)}
    if units is not None:
        firms = _completed(firms, units, sieve, advance)
    kept = tuple(firms[siret] for siret in sorted(firms))
    supply = Supply(firms=kept, name=f"Sirene, {establishments.stem}")
    return SireneReading(supply, sieve.rows, dict(sieve.left), tuple(sieve.faults))


def _kept(path: Path, sieve: _Sieve, advance: Progress) -> Iterator[Firm]:
    seen: set[str] = set()
    with _lines(path) as lines:
        for line, cell in _cells(lines, path.name, NEEDED, WANTED, sieve, advance):
            sieve.rows += 1
            if not _is_asked(cell, sieve):
                continue
            siret = cell["siret"]
            if (wrong := mistake(siret)) is not None:
                sieve.tell(line, f"le SIRET « {siret[:20]} » est faux : {wrong}", "un SIRET")
            elif siret in seen:
                sieve.leave("établissements déjà lus")
            elif len(seen) >= MAX_KEPT:
                what = f"plus de {MAX_KEPT} établissements répondent"
                advice = "Demandez moins de communes ou d'activités"
                raise InputError(Fault(path.name, what, "une offre qui s'étudie", advice))
            else:
                seen.add(siret)
                yield _firm(cell)


def _is_asked(cell: Mapping[str, str], sieve: _Sieve) -> bool:
    """Whether an establishment is of the communes, in activity and of the activities asked for."""
    if cell["codeCommuneEtablissement"] not in sieve.communes:
        sieve.leave("autres communes")
    elif cell["etatAdministratifEtablissement"] != ACTIVE:
        sieve.leave("établissements fermés")
    elif cell["nomenclatureActivitePrincipaleEtablissement"] not in ("", CURRENT):
        sieve.leave("activités d'une ancienne nomenclature")
    elif sieve.activities and cell["activitePrincipaleEtablissement"] not in sieve.activities:
        sieve.leave("autres activités")
    else:
        return True
    return False


def _firm(cell: Mapping[str, str]) -> Firm:
    is_public = cell["statutDiffusionEtablissement"] in ("", PUBLIC)
    name = cell["enseigne1Etablissement"] or cell["denominationUsuelleEtablissement"]
    found: dict[str, Any] = {
        "id": cell["siret"],
        "siret": cell["siret"],
        "name": name[:200] if is_public and name and name != _HIDDEN else None,
        "naf": naf.code(cell["activitePrincipaleEtablissement"]),
        "commune": cell["codeCommuneEtablissement"],
        "workforce": _workforce(cell),
        "kind": "artisan" if cell["activitePrincipaleRegistreMetiersEtablissement"] else None,
    }
    return Firm.model_validate(found)


def _workforce(cell: Mapping[str, str]) -> str | None:
    code = cell["trancheEffectifsEtablissement"]
    if code in _WORKFORCES:
        return code
    return "NN" if cell["caractereEmployeurEtablissement"] == "N" else None


def _completed(
    firms: dict[str, Firm], path: Path, sieve: _Sieve, advance: Progress
) -> dict[str, Firm]:
    """The firms with what their legal unit says; those whose unit has ceased are left."""
    by_siren: dict[str, list[str]] = {}
    for siret in firms:
        by_siren.setdefault(siret[:SIREN_LENGTH], []).append(siret)
    found = dict(firms)
    with _lines(path) as lines:
        for _, cell in _cells(lines, path.name, UNIT_NEEDED, UNIT_WANTED, sieve, advance):
            for siret in by_siren.pop(cell["siren"], ()):
                if cell["etatAdministratifUniteLegale"] == ACTIVE:
                    found[siret] = _with_unit(found[siret], cell)
                else:
                    del found[siret]
                    sieve.leave("entreprises qui ont cessé")
    return found


def _with_unit(firm: Firm, cell: Mapping[str, str]) -> Firm:
    known: dict[str, Any] = {}
    name = cell["denominationUniteLegale"]
    is_public = cell["statutDiffusionUniteLegale"] in ("", PUBLIC)
    if firm.name is None and is_public and name and name != _HIDDEN:
        known["name"] = name[:200]
    if firm.kind is None:
        known["kind"] = CATEGORIES.get(cell["categorieEntreprise"])
    social = cell["economieSocialeSolidaireUniteLegale"]
    if social in ("O", "N"):
        known["is_social_economy"] = social == "O"
    return firm.model_copy(update=known)


# --- lines ---------------------------------------------------------------------------------------


@contextmanager
def _lines(path: Path) -> Iterator[IO[str]]:
    """The lines of a csv file, or of the only csv of a zip, read as they come."""
    try:
        if path.suffix.lower() == ".zip":
            with ZipFile(path) as archive, archive.open(_only_csv(archive, path)) as file:
                yield TextIOWrapper(file, "utf-8-sig", newline="")
        else:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                yield lines
    except FileNotFoundError as error:
        raise _refused(path, "le fichier n'existe pas", "un fichier stock de Sirene") from error
    except UnicodeDecodeError as error:
        raise _refused(path, "le fichier n'est pas encodé en UTF-8", "UTF-8") from error
    except _BROKEN as error:
        raise _refused(path, "le fichier n'est pas lisible", "un .csv ou un .zip entier") from error


def _only_csv(archive: ZipFile, path: Path) -> str:
    found = [part for part in archive.namelist() if part.lower().endswith(".csv")]
    if len(found) != 1:
        what = f"l'archive contient {plural(len(found), 'fichier')} .csv"
        raise _refused(path, what, "un seul fichier .csv")
    return found[0]


def _cells(
    lines: IO[str],
    name: str,
    needed: Sequence[str],
    wanted: Sequence[str],
    sieve: _Sieve,
    advance: Progress,
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line as its cells that are of use; a column that is missing and not needed is empty."""
    reader = csv.reader(lines)
    header = _next(reader, name) or []
    if missing := [column for column in needed if column not in header]:
        what = f"il manque les colonnes {', '.join(missing)}"
        raise UnreadableFile(Fault(f"{name}, ligne 1", what, "un fichier stock de Sirene"))
    places = [(column, header.index(column)) for column in (*needed, *wanted) if column in header]
    absent = {column: "" for column in wanted if column not in header}
    since = 0
    while (row := _next(reader, name)) is not None:
        since += 1
        if since == STEP:
            advance(since)
            since = 0
        if len(row) != len(header):
            if row:
                what = f"la ligne compte {plural(len(row), 'cellule')}"
                sieve.tell(reader.line_num, what, plural(len(header), "cellule"))
            continue
        yield reader.line_num, {**absent, **{column: row[at] for column, at in places}}
    advance(since)


def _next(reader: Any, name: str) -> list[str] | None:
    try:
        found: list[str] | None = next(reader, None)
    except csv.Error as error:
        where = f"{name}, ligne {reader.line_num}"
        what = "une cellule n'a pas de fin"
        raise UnreadableFile(Fault(where, what, "un guillemet refermé")) from error
    return found


def _refused(path: Path, what: str, expected: str) -> UnreadableFile:
    return UnreadableFile(Fault(path.name, what, expected, "Vérifiez le fichier"))
