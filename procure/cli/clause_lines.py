"""A clause of the library as lines of text, in the order people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from procure.cli.lines import BLANK, Line
from procure.domain.french import typeset
from procure.domain.library import LibraryClause, LibraryReference
from procure.domain.words import AXIS_TITLES, TO_CONFIRM

KINDS = {
    "execution": "exécution",
    "specification": "spécification",
    "criterion": "critère",
    "selection": "candidature",
    "reservation": "réservation",
}
LEVELS = {"basic": "simple", "significant": "soutenu", "ambitious": "ambitieux"}
PIECES = {"rc": "RC", "ccap": "CCAP", "cctp": "CCTP", "ae": "AE", "grid": "grille"}
PROOF_TITLES = {
    "proof": "Preuve",
    "checked_by": "Qui vérifie",
    "checked_when": "Quand",
    "penalty": "Pénalité",
}
KIN_TITLES = {"requires": "Demande", "excludes": "Exclut", "replaces": "Remplace"}


def list_lines(clauses: Iterable[LibraryClause]) -> Iterator[Line]:
    """Each clause on two lines: its id and title, then what it is and where it stands."""
    for clause in clauses:
        pieces = ", ".join(PIECES[piece] for piece in clause.pieces)
        parts = (AXIS_TITLES[clause.axis], KINDS[clause.kind], LEVELS[clause.level], pieces)
        yield Line(f"{clause.id} · {typeset(clause.title)}", hang=2)
        yield Line(" · ".join(parts), "soft", indent=2)


def clause_lines(
    clause: LibraryClause, text: str, proofs: Mapping[str, str], values: Mapping[str, str]
) -> Iterator[Line]:
    """The clause filled in, then how it is enforced, why, and with which care."""
    yield Line(clause.title, "title")
    head = f"{clause.id}, version {clause.version} · {AXIS_TITLES[clause.axis]}"
    yield Line(head, "soft")
    yield BLANK
    yield from (Line(typeset(line), hang=2) for line in text.rstrip("\n").split("\n"))
    yield from _block("Contrôle", (f"{PROOF_TITLES[key]} : {said}" for key, said in proofs.items()))
    if clause.criterion:
        said = (f"{clause.criterion.label} : {clause.criterion.method}",)
        yield from _block("Méthode de notation", said)
    yield from _block("Valeurs", (_value(clause, name, said) for name, said in values.items()))
    yield from _block("Pourquoi", clause.why.strip().split("\n"))
    yield from _block("Précautions", clause.vigilance.strip().split("\n"))
    yield from _block("Textes", (_cited(reference) for reference in clause.references))
    yield from _block("Règles servies", (", ".join(clause.cures),) if clause.cures else ())
    yield from _block("Autres clauses", _kin(clause))


def _block(title: str, said: Iterable[str]) -> Iterator[Line]:
    if not (lines := list(said)):
        return
    yield BLANK
    yield Line(title, "heading")
    yield from (Line(typeset(one), indent=2, hang=2) for one in lines)


def _value(clause: LibraryClause, name: str, said: str) -> str:
    return f"{clause.parameters[name].title} : {said} (--set {name}=…)"


def _cited(reference: LibraryReference) -> str:
    says = f" : « {reference.says} »" if reference.says else ""
    return f"{reference.cite}{says}" + ("" if reference.verified else f" ({TO_CONFIRM})")


def _kin(clause: LibraryClause) -> Iterator[str]:
    for key, title in KIN_TITLES.items():
        if ids := getattr(clause, key):
            yield f"{title} : {', '.join(ids)}"
