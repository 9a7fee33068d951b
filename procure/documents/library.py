"""
The library of clauses: read from `templates/clauses/`, filled in, and taken over by a tender.

A clause is one Markdown file, `<axis>/<id>.md`, with its front matter between two lines `---`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from procure.documents.rendering import fill
from procure.documents.values import Value, checked, markdown
from procure.domain.errors import Fault, InputError, LibraryError, ProcureError
from procure.domain.library import LibraryClause
from procure.domain.tender import Clause, ClauseKind, Criterion, Reservation
from procure.resources.document import Document
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import build, nearest
from procure.resources.yaml import parse

FOLDER = "templates/clauses"
_FENCE = re.compile(r"---[ \t]*")
ONE_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A field that is the value of a parameter."""

_KINDS: dict[str, ClauseKind] = {
    "execution": "execution",
    "specification": "specification",
    "selection": "selection",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a clause was read: its front matter with places, and the first line of its body."""

    front: Document
    body_line: int

    @property
    def name(self) -> str:
        return self.front.name

    def body_where(self, line: int = 0) -> str:
        """The place of a line of the body, 0 first."""
        return f"{self.name}, ligne {self.body_line + line}"


@dataclass(frozen=True, slots=True)
class Library:
    """The clauses, in the order of their ids, and where each was read."""

    clauses: tuple[LibraryClause, ...]
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False)

    def clause(self, id: str) -> LibraryClause:
        """
        A clause by its id.

        Raises:
            InputError: no such clause; names the nearest.
        """
        for one in self.clauses:
            if one.id == id:
                return one
        known = [one.id for one in self.clauses]
        expected = "un identifiant de « procure clauses list »"
        raise InputError(
            Fault(f"clause « {id} »", "elle est inconnue", expected, nearest(id, known))
        )


def load(folder: Path | None = None) -> Library:
    """
    The library, every file of it sound; see `lint` for what the clauses owe each other.

    Args:
        folder: `templates/clauses/` by default.

    Raises:
        LibraryError: with every fault of every file.
    """
    library, faults = read(folder)
    if faults:
        raise LibraryError(*faults)
    return library


def read(folder: Path | None = None) -> tuple[Library, list[Fault]]:
    """The clauses that can be read, and the faults of those that cannot."""
    root = folder or data_folder("templates") / "clauses"
    faults: list[Fault] = []
    found: dict[str, tuple[LibraryClause, Source]] = {}
    for path in sorted(root.rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            clause, source = _clause(path, name)
        except ProcureError as error:
            faults.extend(error.faults)
            continue
        if clause.id in found:
            what = f"l'identifiant « {clause.id} » est déjà pris par {found[clause.id][1].name}"
            faults.append(Fault(source.front.where(("id",)), what, "un identifiant par clause"))
            continue
        found[clause.id] = clause, source
    return _library(found), faults


def _library(found: Mapping[str, tuple[LibraryClause, Source]]) -> Library:
    ids = sorted(found)
    return Library(tuple(found[id][0] for id in ids), {id: found[id][1] for id in ids})


def _clause(path: Path, name: str) -> tuple[LibraryClause, Source]:
    shown = f"{FOLDER}/{name}"
    front, body, body_line = _parts(decode(read_bytes(path), shown), shown)
    document = parse(front, shown)
    value = document.value
    if isinstance(value, dict) and "body" in value:
        what = "« body » ne s'écrit pas dans l'en-tête"
        raise LibraryError(
            Fault(document.where(("body",)), what, "le texte, sous la ligne « --- »")
        )
    clause = build(LibraryClause, value, document.where, LibraryError)
    faults = list(_misplaced(clause, document, name))
    if faults:
        raise LibraryError(*faults)
    return clause.model_copy(update={"body": body}), Source(document, body_line)


def _parts(text: str, name: str) -> tuple[str, str, int]:
    """The front matter, its lines where they stand in the file; the body; its first line."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        what, expected = "l'en-tête manque", "une première ligne « --- »"
        raise LibraryError(Fault(f"{name}, ligne 1", what, expected))
    end = next((n for n, line in enumerate(lines[1:], 1) if _FENCE.fullmatch(line)), None)
    if end is None:
        what, expected = "l'en-tête n'est pas refermé", "une ligne « --- » avant le texte"
        raise LibraryError(Fault(f"{name}, ligne {len(lines)}", what, expected))
    start = next((n for n in range(end + 1, len(lines)) if lines[n].strip()), end + 1)
    return "\n".join(["", *lines[1:end]]), "\n".join(lines[start:]).strip() + "\n", start + 1


def _misplaced(clause: LibraryClause, document: Document, name: str) -> Iterator[Fault]:
    """The name of the file is the id, its folder the axis."""
    axis, _, file = name.rpartition("/")
    if clause.id != file.removesuffix(".md"):
        what = f"l'identifiant « {clause.id} » n'est pas le nom du fichier"
        yield Fault(document.where(("id",)), what, file.removesuffix(".md"))
    if clause.axis != axis:
        what = f"l'axe « {clause.axis} » n'est pas celui du dossier"
        yield Fault(document.where(("axis",)), what, axis or "social, environmental ou local")


# --- a clause with its values --------------------------------------------------------------------


def filled(clause: LibraryClause, values: Mapping[str, Any] | None = None) -> str:
    """
    The body in Markdown, each parameter with its unit: the value given, else the default.

    Raises:
        InputError: an unknown parameter, or a value that is not one of its own.
        LibraryError: the body names what is no parameter; see `lint`.
    """
    return _fill(clause, clause.body, checked(clause, values or {}))


def taken(clause: LibraryClause, values: Mapping[str, Any] | None = None) -> Clause:
    """
    The clause of a tender that takes over an execution, specification or selection clause.

    Raises:
        InputError: as `filled`.
        ValueError: the clause adds a criterion or a reservation; see `criterion_taken`,
            `reservation_taken`.
    """
    if clause.kind not in _KINDS:
        raise ValueError(f"{clause.id} is a {clause.kind}, not a clause of a tender")
    chosen = checked(clause, values or {})
    said = {key: said_of(clause, key, chosen) for key in PROOFS}
    own = {key: value for key, value in _fields(clause, chosen).items() if _is_own(key)}
    return Clause.model_validate(
        {
            "kind": _KINDS[clause.kind],
            "axis": clause.axis,
            "subject": clause.subject,
            "text": _fill(clause, clause.body, chosen),
            "library_id": clause.id,
            **said,
            **own,
        }
    )


def criterion_taken(clause: LibraryClause, values: Mapping[str, Any] | None = None) -> Criterion:
    """
    The award criterion that a clause adds; its text is the clause's body.

    Raises:
        ValueError: the clause adds no criterion.
    """
    if clause.criterion is None:
        raise ValueError(f"{clause.id} adds no criterion")
    chosen = checked(clause, values or {})
    return Criterion(
        label=clause.criterion.label,
        weight=clause.criterion.weight,
        kind="quality",
        themes=clause.criterion.themes,
        description=_fill(clause, clause.body, chosen),
        method=_fill(clause, clause.criterion.method, chosen),
        linked_to_object=True,
    )


def reservation_taken(
    clause: LibraryClause, values: Mapping[str, Any] | None = None
) -> Reservation:
    """
    The reservation that a clause writes; a field `reservation.workers_share` fills its share.

    Raises:
        ValueError: the clause reserves nothing.
    """
    if clause.reservation is None:
        raise ValueError(f"{clause.id} reserves nothing")
    own = {
        key.removeprefix("reservation."): value
        for key, value in _fields(clause, checked(clause, values or {})).items()
        if key.startswith("reservation.")
    }
    return Reservation.model_validate({"kind": clause.reservation, **own})


def tender_fields(clause: LibraryClause, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a clause fills in the tender or lot rather than in itself, by path: `advance.share`."""
    found = _fields(clause, checked(clause, values or {}))
    return {key: value for key, value in found.items() if not _is_own(key)}


PROOFS = ("proof", "checked_by", "checked_when", "penalty")
"""What makes a clause one that can be checked and enforced."""


def said_of(clause: LibraryClause, key: str, chosen: Mapping[str, Value]) -> str | None:
    """The proof, checker, moment or penalty, its parameters filled in."""
    text: str | None = getattr(clause, key)
    return None if text is None else _fill(clause, text, chosen)


def _fill(clause: LibraryClause, text: str, chosen: Mapping[str, Value]) -> str:
    context = {name: markdown(clause.parameters[name], value) for name, value in chosen.items()}
    try:
        return fill(text, context)
    except ValueError as error:
        raise _not_fillable(clause, str(error)) from error


def _is_own(key: str) -> bool:
    return key in Clause.model_fields


def _fields(clause: LibraryClause, chosen: Mapping[str, Value]) -> dict[str, Any]:
    """The fields, `{name}` alone replaced by the value of that parameter."""
    return {key: _field(clause, value, chosen) for key, value in clause.fields.items()}


def _field(clause: LibraryClause, value: Any, chosen: Mapping[str, Value]) -> Any:
    if not isinstance(value, str) or not (found := ONE_NAME.fullmatch(value)):
        return value
    if found[1] not in chosen:
        raise _not_fillable(clause, found[1])
    return chosen[found[1]]


def _not_fillable(clause: LibraryClause, what: str) -> LibraryError:
    said = f"elle ne peut pas être remplie ({what})"
    advice = "Voyez « procure clauses lint »"
    return LibraryError(Fault(f"clause « {clause.id} »", said, "", advice))
