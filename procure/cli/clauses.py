"""`procure clauses`: list, find, show, lint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from procure.cli import output
from procure.domain.errors import Fault, ProcureError
from procure.domain.french import plural

if TYPE_CHECKING:
    from procure.domain.library import LibraryClause

app = typer.Typer(
    help="La bibliothèque de clauses : chercher, lire, vérifier.", no_args_is_help=True
)

FAILED = 1
FORMATS = ("text", "json")
Words = Annotated[
    list[str] | None, typer.Argument(metavar="[MOT]…", help="Mots cherchés ; tout sinon.")
]
Axis = Annotated[
    str | None, typer.Option("--axis", metavar="AXE", help="social, environmental ou local.")
]
Place = Annotated[
    str | None, typer.Option("--place", metavar="PIÈCE", help="rc, ccap, cctp, ae ou grid.")
]
Level = Annotated[
    str | None,
    typer.Option("--level", metavar="NIVEAU", help="basic, significant ou ambitious."),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="NATURE",
        help="execution, specification, criterion, selection ou reservation.",
    ),
]
CpvCode = Annotated[
    str | None, typer.Option("--cpv", metavar="CODE", help="Début d'un code CPV : 45, 90910000.")
]
Form = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")]


@app.command("list")
def list_clauses(
    words: Words = None,
    axis: Axis = None,
    place: Place = None,
    level: Level = None,
    kind: Kind = None,
    cpv: CpvCode = None,
    form: Form = "text",
) -> int:
    """Liste les clauses ; des mots et des options en choisissent."""
    from procure.api.clauses import Wish, listed

    is_json = _is_json(form)
    _print(listed(Wish(tuple(words or ()), axis, place, level, kind, cpv)), is_json)
    return 0


@app.command()
def find(
    words: Annotated[list[str], typer.Argument(metavar="MOT…", help="Avec ou sans accents.")],
    form: Form = "text",
) -> int:
    """Cherche des clauses par leurs mots, les plus proches d'abord."""
    from procure.api.clauses import Wish, listed

    is_json = _is_json(form)
    _print(listed(Wish(words=tuple(words))), is_json)
    return 0


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Identifiant d'une clause.")],
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NOM=VALEUR", help="Valeur d'un paramètre ; répétable."),
    ] = None,
) -> int:
    """Montre une clause : son texte rempli, ses preuves, ses sources, ses précautions."""
    from procure.api.clauses import show as show_clause
    from procure.cli.clause_lines import clause_lines

    shown = show_clause(id, _values(values or ()))
    output.lines(clause_lines(shown.clause, shown.text, shown.proofs, shown.values))
    return 0


@app.command()
def lint(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NOM]…", help="Identifiants ou axes ; tout sinon."),
    ] = None,
) -> int:
    """
    Vérifie les clauses : preuves, paramètres, renvois, titres.

    Code de sortie : 1 si une clause est en défaut, 0 sinon.
    """
    from procure.api.clauses import lint_clauses

    linted, unread = lint_clauses(tuple(names or ()))
    faults = [*unread, *(fault for one in linted for fault in one.faults)]
    warnings = [fault for one in linted for fault in one.warnings]
    if faults:
        output.error(ProcureError(*faults))
    for warning in warnings:
        output.text(f"À revoir : {warning}")
    said = [
        plural(len(linted), "clause"),
        plural(len(faults), "défaut"),
        plural(len(warnings), "point à revoir", "points à revoir"),
    ]
    output.text(", ".join(said))
    return FAILED if faults else 0


def _values(said: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in said:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            what = f"« {one} » ne dit pas une valeur"
            raise ProcureError(Fault("--set", what, "nom=valeur", "Par exemple : --set hours=300"))
        values[name.strip()] = value.strip()
    return values


def _print(clauses: Sequence[LibraryClause], is_json: bool) -> None:
    from procure.cli.clause_lines import list_lines

    if is_json:
        output.raw(json.dumps([_short(one) for one in clauses], ensure_ascii=False, indent=2))
        return
    output.lines(list_lines(clauses))
    output.text(plural(len(clauses), "clause"))


def _short(clause: LibraryClause) -> dict[str, object]:
    return {
        "id": clause.id,
        "version": clause.version,
        "axis": clause.axis,
        "place": list(clause.pieces),
        "kind": clause.kind,
        "level": clause.level,
        "cures": list(clause.cures),
    }


def _is_json(form: str) -> bool:
    if form not in FORMATS:
        near = get_close_matches(form, FORMATS, n=1)
        advice = f"Vouliez-vous écrire « {near[0]} » ?" if near else ""
        raise ProcureError(Fault("--format", f"« {form} » est inconnu", ", ".join(FORMATS), advice))
    return form == "json"
