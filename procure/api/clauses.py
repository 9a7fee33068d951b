"""The library of clauses: listed, found, filled in, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from procure.api.rules import rulebook
from procure.documents.finding import search
from procure.documents.library import (
    PROOFS,
    Library,
    filled,
    load,
    read,
    said_of,
)
from procure.documents.lint import Codes, Linted, lint
from procure.documents.values import checked, shown
from procure.domain.errors import Fault, InputError
from procure.domain.library import LibraryClause
from procure.resources.cache import remembered
from procure.resources.folders import data_folder
from procure.resources.validation import nearest


@cache
def library() -> Library:
    """
    The clauses of this installation.

    Raises:
        LibraryError: a file of `templates/clauses/` is wrong; every fault is named.
    """
    return remembered("clauses", data_folder("templates") / "clauses", Library, load)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the clauses listed must all be; None and empty ask for nothing."""

    words: tuple[str, ...] = ()
    axis: str | None = None
    place: str | None = None
    level: str | None = None
    kind: str | None = None
    cpv: str | None = None


def listed(wish: Wish) -> list[LibraryClause]:
    """
    The clauses that answer a wish: by words the best first, otherwise by axis and id.

    Raises:
        InputError: no clause is of the axis, piece, level or kind asked for.
    """
    _check_wish(wish)
    kept = [clause for clause in library().clauses if _answers(clause, wish)]
    if wish.words:
        return search(kept, wish.words)
    return sorted(kept, key=lambda clause: (clause.axis, clause.id))


def _check_wish(wish: Wish) -> None:
    known: dict[str, tuple[str, ...]] = {
        "axis": ("social", "environmental", "local"),
        "place": ("rc", "ccap", "cctp", "ae", "grid"),
        "level": ("basic", "significant", "ambitious"),
        "kind": ("execution", "specification", "criterion", "selection", "reservation"),
    }
    faults = [
        Fault(f"--{key}", f"« {asked} » est inconnu", ", ".join(words), nearest(asked, words))
        for key, words in known.items()
        if (asked := getattr(wish, key)) is not None and asked not in words
    ]
    if wish.cpv is not None and not (wish.cpv.isdecimal() and 2 <= len(wish.cpv) <= 8):
        faults.append(
            Fault("--cpv", f"« {wish.cpv} » n'est pas un code", "de deux à huit chiffres")
        )
    if faults:
        raise InputError(*faults)


def _answers(clause: LibraryClause, wish: Wish) -> bool:
    return (
        wish.axis in (None, clause.axis)
        and wish.level in (None, clause.level)
        and wish.kind in (None, clause.kind)
        and (wish.place is None or wish.place in clause.pieces)
        and (wish.cpv is None or _suits_cpv(clause, wish.cpv))
    )


def _suits_cpv(clause: LibraryClause, code: str) -> bool:
    """A clause for « 45 » suits 45214210, and a search for « 45 » finds a clause for 4521."""
    starts = clause.suits.cpv
    return not starts or any(code.startswith(s) or s.startswith(code) for s in starts)


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause with its values: the text, how it is enforced, and each parameter's value."""

    clause: LibraryClause
    text: str
    proofs: dict[str, str]
    values: dict[str, str]


def show(id: str, values: Mapping[str, Any]) -> Shown:
    """
    A clause filled in.

    Raises:
        InputError: no such clause or parameter, or a value out of bounds.
    """
    clause = library().clause(id)
    chosen = checked(clause, values)
    proofs = {key: said for key in PROOFS if (said := said_of(clause, key, chosen)) is not None}
    units = {name: shown(clause.parameters[name], value) for name, value in chosen.items()}
    return Shown(clause, filled(clause, values), proofs, units)


def lint_clauses(
    names: Sequence[str] = (), folder: Path | None = None
) -> tuple[list[Linted], list[Fault]]:
    """
    The clauses checked, and the faults of the files that cannot be read.

    Args:
        names: ids or axes; all when empty.
        folder: `templates/clauses/` by default.
    """
    found, faults = read(folder)
    kept = [
        one
        for one in lint(found, _codes())
        if not names or one.clause.id in names or one.clause.axis in names
    ]
    unread = [fault for fault in faults if not names or any(n in fault.where for n in names)]
    return kept, unread


def _codes() -> Codes:
    rules = rulebook().rules
    repealed = frozenset(rule.code for rule in rules if rule.file.status == "repealed")
    return Codes(frozenset(rule.code for rule in rules) - repealed, repealed)
