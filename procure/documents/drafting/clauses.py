"""
The clauses of a tender, put in the document that each belongs to.

A clause with its own words is written as it stands; one that only names a clause of the library
takes its text, filled with its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from procure.documents.drafting.lots import parts
from procure.documents.drafting.prose import HEADING, prose
from procure.documents.drafting.words import SUBJECTS
from procure.documents.library import PROOFS, Library, filled, said_of
from procure.documents.rendering import Markup
from procure.documents.values import checked
from procure.domain.errors import Fault, InputError
from procure.domain.library import LibraryClause, Piece
from procure.domain.tender import Clause, Tender

AXES = ("social", "environmental", "local", None)
_PIECES: Mapping[str | None, Piece] = {"specification": "cctp", "selection": "rc"}
_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Written:
    """
    A clause as a document holds it.

    `place` is where links find it, `id` and `version` what it is in the library; `proofs` are what
    is proved, who checks, when, and the penalty, where the text itself does not say them.
    """

    title: str
    body: Markup
    pieces: tuple[Piece, ...]
    place: str
    axis: str | None
    lot: str | None
    id: str | None = None
    version: int | None = None
    proofs: Mapping[str, str | None] | None = None

    @property
    def name(self) -> str:
        """« insertion-hours v1 »; the place of a clause of one's own."""
        return self.place if self.id is None else f"{self.id} v{self.version}"


def written_clauses(
    tender: Tender, library: Library, more: Sequence[str] = ()
) -> tuple[Written, ...]:
    """
    Every clause of a tender and of its lots, by axis.

    Args:
        more: ids of clauses of the library to add.

    Raises:
        InputError: an unknown clause; one that adds a criterion or a reservation; two that exclude
            each other.
    """
    said: list[tuple[Clause, str | None]] = [(clause, None) for clause in tender.clauses or ()]
    said += [(clause, lot.id) for lot in parts(tender) for clause in lot.clauses or ()]
    found = [_written(at, *one, library) for at, one in enumerate(said, 1)]
    taken = {one.id for one in found}
    found += [_from_library(library.clause(id), {}, None) for id in more if id not in taken]
    _check_together([one.id for one in found if one.id], library)
    return tuple(sorted(found, key=lambda one: AXES.index(one.axis)))


def in_piece(clauses: Iterable[Written], *pieces: Piece) -> list[Written]:
    """The clauses that stand in one of these documents."""
    return [one for one in clauses if set(one.pieces) & set(pieces)]


def _written(at: int, clause: Clause, lot: str | None, library: Library) -> Written:
    source = library.clause(clause.library_id) if clause.library_id else None
    if source is not None and clause.text is None:
        return _from_library(source, _values(source, clause), lot)
    return Written(
        title=source.title if source else SUBJECTS.get(clause.subject or "", "Autre condition"),
        body=prose(clause.text or "", source is not None),
        pieces=source.pieces if source else (_PIECES.get(clause.kind, "ccap"),),
        place=_place(source) if source else f"clause{at}",
        axis=clause.axis,
        lot=lot,
        id=source.id if source else None,
        version=source.version if source else None,
        proofs={key: getattr(clause, key) for key in PROOFS},
    )


def _from_library(source: LibraryClause, values: Mapping[str, Any], lot: str | None) -> Written:
    if source.kind in ("criterion", "reservation"):
        what = "elle ajoute un critère ou une réservation, pas une clause"
        advice = "Écrivez le critère ou la réservation dans le dossier"
        raise InputError(Fault(f"clause « {source.id} »", what, "", advice))
    chosen = checked(source, values)
    lines = filled(source, values).strip().split("\n")
    body = "\n".join(lines[1:] if HEADING.match(lines[0]) else lines)
    return Written(
        title=source.title,
        body=Markup(re.sub(r"^#{3,6} (.*)$", r"**\1**", body, flags=re.MULTILINE).strip()),
        pieces=source.pieces,
        place=_place(source),
        axis=source.axis,
        lot=lot,
        id=source.id,
        version=source.version,
        proofs={key: _said(said_of(source, key, chosen)) for key in PROOFS},
    )


def _values(source: LibraryClause, clause: Clause) -> dict[str, Any]:
    """The values of the parameters that the clause of the tender itself holds."""
    found: dict[str, Any] = {}
    for key, template in source.fields.items():
        name = _NAME.fullmatch(str(template))
        value = getattr(clause, key, None)
        if name and value is not None:
            found[name[1]] = value
    return found


def _place(source: LibraryClause) -> str:
    """A place that Word takes too: forty characters at the most."""
    return f"c-{source.id[:32].rstrip('-')}-v{source.version}"


def _said(markdown: str | None) -> Markup | None:
    return None if markdown is None else Markup(markdown)


def _check_together(ids: Sequence[str], library: Library) -> None:
    for id in ids:
        against = next((one for one in library.clause(id).excludes if one in ids), None)
        if against is not None:
            what = f"elle exclut la clause « {against} », présente elle aussi"
            raise InputError(Fault(f"clause « {id} »", what, "", "Gardez l'une des deux"))
