"""
Reads a file of firms as people keep it: French headers, French numbers, csv or xlsx.

A row whose SIRET is wrong, or that names nobody, is left out; any other cell that cannot be read is
left aside and its firm kept, with that fact unknown. Everything left is told. Columns that are not
asked for (telephone, contact…) are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from procure.domain.errors import Fault, InputError
from procure.domain.french import NBSP
from procure.domain.supply import Firm, Supply
from procure.exchange.firm_cells import LONGEST_CELL, READERS, Unread, text_of
from procure.exchange.rows import Row, Table, read_tables
from procure.registers.naming import key
from procure.registers.siret import compact, mistake

HEADER_LINES = 15
"""How far down a header is looked for, below titles and blanks."""

LEAST_COLUMNS = 2
LEFT_OUT = "Corrigez cette cellule ; en attendant, l'entreprise n'est pas retenue"
LINE_LEFT_OUT = "Corrigez cette ligne ; en attendant, l'entreprise n'est pas retenue"
LEFT_ASIDE = "Corrigez cette cellule ; en attendant, l'entreprise est retenue sans elle"

HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("identifiant", "id", "référence", "numéro"),
    "siret": ("siret", "n° siret", "numéro siret", "no siret", "num siret", "siret établissement"),
    "name": ("nom", "raison sociale", "entreprise", "dénomination", "nom de l'entreprise",
             "dénomination sociale", "enseigne", "société", "name"),
    "naf": ("naf", "code naf", "ape", "code ape", "naf ape", "activité principale", "ape naf"),
    "trades": ("métier", "métiers exercés", "corps d'état", "spécialité", "activité", "trades",
               "corps de métier", "prestations"),
    "insee": ("insee", "code insee", "code commune", "code insee commune", "commune insee"),
    "commune": ("commune", "ville", "localité", "siège", "commune du siège", "commune entreprise"),
    "postcode": ("code postal", "cp", "postal"),
    "workforce": ("effectif", "tranche d'effectif", "nombre de salariés", "salariés", "nb salariés",
                  "effectif salarié", "taille", "tranche effectif salarié"),
    "turnover": ("chiffre d'affaires", "ca", "ca ht", "chiffre d'affaires ht", "ca annuel",
                 "chiffre d'affaires annuel", "ca annuel ht", "turnover"),
    "reach": ("rayon", "rayon km", "rayon d'action", "rayon d'action km", "rayon d'intervention",
              "distance km", "déplacement km", "zone d'intervention km", "reach km", "km"),
    "qualifications": ("qualification", "label", "certification", "qualibat", "agrément"),
    "kind": ("type", "statut", "catégorie", "nature", "type d'entreprise", "kind",
             "catégorie d'entreprise"),
    "is_social_economy": ("ess", "économie sociale et solidaire", "économie sociale"),
    "running": ("marchés en cours", "contrats en cours", "montant annuel des marchés en cours",
                "engagements en cours", "marchés en cours ht par an", "en cours"),
    "running_until": ("fin des marchés en cours", "fin des contrats en cours", "échéance",
                      "fin en cours"),
    "is_synthetic": ("fictif", "offre fictive", "entreprise fictive"),
}  # fmt: skip
SIRET_LENGTH = 14
_ZEROS_LOST = (12, 13)
"""Lengths of a SIRET kept as a number: a spreadsheet drops the zeros at its start."""

_BY_HEADER = {key(said): name for name, every in HEADERS.items() for said in every}
_SHOWN = "SIRET, Nom, NAF, Métiers, Commune, Effectif, Chiffre d'affaires, Rayon, Type"


@dataclass(frozen=True, slots=True)
class FirmsReading:
    """
    The firms of a file, and all that could not be read.

    Args:
        rows: how many rows hold something, header left aside.
        faults: one for each row left out or cell left aside, in the order of the file.
        notes: columns that were not read, what was guessed, in French.
    """

    supply: Supply
    rows: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_firms(path: Path) -> FirmsReading:
    """
    Read a file of firms.

    Raises:
        UnreadableFile: the file is missing, hostile, or of a format that is not read.
        InputError: no line of it can be a header.
    """
    tables = list(read_tables(path))
    for table in tables:
        if (headed := _headed(table)) is not None:
            return _Firms(table, *headed).read(path.stem)
    what = "aucune ligne n'est un en-tête de colonnes d'entreprises"
    advice = "Nommez les colonnes en première ligne"
    raise InputError(Fault(path.name, what, f"des colonnes comme {_SHOWN}", advice))


def _headed(table: Table) -> tuple[int, dict[int, str]] | None:
    """The position of the header among the rows, and the field of each of its columns."""
    for position, row in enumerate(islice(table.rows, HEADER_LINES)):
        fields = _fields(row)
        if len(fields) >= LEAST_COLUMNS and {"siret", "name", "id"} & set(fields.values()):
            return position, fields
    return None


def _fields(row: Row) -> dict[int, str]:
    """The field of each column; the first column of a field counts."""
    found: dict[int, str] = {}
    for column, cell in enumerate(row.cells):
        name = _BY_HEADER.get(key(_without_unit(text_of(cell))))
        if name and name not in found.values():
            found[column] = name
    return found


def _without_unit(title: str) -> str:
    """« Rayon (km) » is « Rayon km »; a line break in a header is a space."""
    return title.replace("(", " ").replace(")", " ").replace("\n", " ")


@dataclass
class _Firms:
    """Reads the rows below a header."""

    table: Table
    position: int
    fields: dict[int, str]
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    synthetic: int = 0

    def read(self, name: str) -> FirmsReading:
        rows = self.table.rows[self.position + 1 :]
        firms = [firm for row in rows if (firm := self._firm(row)) is not None]
        supply = Supply(
            firms=tuple(firms), name=name or "entreprises", is_synthetic=self.synthetic > 0
        )
        return FirmsReading(supply, len(rows), tuple(self.faults), tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        header = self.table.rows[self.position]
        left = [
            title
            for column, cell in enumerate(header.cells)
            if column not in self.fields and (title := text_of(cell))
        ]
        if left:
            named = ", ".join(f"«{NBSP}{title[:40]}{NBSP}»" for title in left[:12])
            yield f"colonnes laissées de côté{NBSP}: {named}"
        if self.table.note:
            yield self.table.note

    def _firm(self, row: Row) -> Firm | None:
        cells = {
            name: (column, row.cells[column])
            for column, name in self.fields.items()
            if column < len(row.cells) and text_of(row.cells[column])
        }
        known = {name: cell for name, (_, cell) in cells.items()}
        siret = self._siret(row, cells)
        if siret is None and "siret" in cells:
            return None
        if siret is None and not ({"id", "name"} & set(cells)):
            what = "la ligne ne nomme personne"
            self._tell(row.line, what, "un SIRET, un nom ou un identifiant", LINE_LEFT_OUT)
            return None
        id = siret or text_of(known.get("id", ""))[:200] or f"ligne {row.number}"
        if id in self.seen:
            what = f"«{NBSP}{id}{NBSP}» est déjà à la ligne {self.seen[id]}"
            self._tell(row.line, what, "une seule ligne par établissement", LINE_LEFT_OUT)
            return None
        self.seen[id] = row.number
        return self._built(row, id, siret, cells, known)

    def _built(
        self,
        row: Row,
        id: str,
        siret: str | None,
        cells: Mapping[str, tuple[int, Any]],
        known: Mapping[str, Any],
    ) -> Firm:
        found: dict[str, Any] = {"id": id, "siret": siret}
        for name, reader in READERS.items():
            if name not in cells:
                continue
            column, cell = cells[name]
            try:
                if len(text_of(cell)) > LONGEST_CELL:
                    what = f"la cellule compte {len(text_of(cell))} caractères"
                    raise Unread(what, f"{LONGEST_CELL} caractères au plus")
                found |= reader(cell, known)
            except Unread as unread:
                found |= unread.kept
                title = text_of(self.table.rows[self.position].cells[column])
                self._tell(row.place(column, title), unread.what, unread.expected, LEFT_ASIDE)
        self.synthetic += bool(found.pop("is_synthetic", False))
        return Firm.model_validate(found)

    def _siret(self, row: Row, cells: Mapping[str, tuple[int, Any]]) -> str | None:
        if "siret" not in cells:
            return None
        column, cell = cells["siret"]
        text = text_of(cell)
        title = text_of(self.table.rows[self.position].cells[column])
        if "e+" in text.lower():
            what = f"le SIRET «{NBSP}{text[:40]}{NBSP}» est en notation scientifique"
            expected = "quatorze chiffres, dans une colonne au format Texte"
            self._tell(row.place(column, title), what, expected, LEFT_OUT)
            return None
        number = compact(text)
        if not isinstance(cell, str) and len(number) in _ZEROS_LOST:
            number = number.zfill(SIRET_LENGTH)
        if (wrong := mistake(number)) is not None:
            what = f"le SIRET «{NBSP}{text[:40]}{NBSP}» est faux{NBSP}: {wrong}"
            self._tell(row.place(column, title), what, "un SIRET de quatorze chiffres", LEFT_OUT)
            return None
        return number

    def _tell(self, where: str, what: str, expected: str, advice: str) -> None:
        self.faults.append(Fault(where, what, expected, advice))
