"""`procure lots suggest` and `procure lots check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from procure.cli import options, output
from procure.domain.errors import Fault, ProcureError

FORMATS = ("text", "json")
AIMS = {"value": "value", "firms": "firms", "valeur": "value", "entreprises": "firms"}
SHORT_OF = 1

Need = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="Le dossier du marché, ou un avis eForms.")
]
Supply = Annotated[
    Path,
    typer.Option("--supply", "-s", metavar="ENTREPRISES", help="Les entreprises, csv ou xlsx."),
]
Aim = Annotated[
    str,
    typer.Option(
        "--aim",
        "-a",
        metavar="BUT",
        help="value : la valeur à portée des petites entreprises ; firms : le nombre "
        "d'entreprises différentes.",
    ),
]
Form = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")]


def suggest(
    path: Need,
    supply: Supply,
    scenarios: Annotated[
        int, typer.Option("--scenarios", "-n", metavar="N", help="Combien de scénarios, 1 à 5.")
    ] = 3,
    seconds: Annotated[
        float,
        typer.Option(
            "--seconds",
            metavar="S",
            help="Combien chercher ; le résultat est le même d'une fois à l'autre.",
        ),
    ] = 60.0,
    aim: Aim = "value",
    on: options.Day = None,
    profile: options.Profile = "grand-poitiers",
    form: Form = "text",
) -> int:
    """
    Propose des lots que les entreprises de l'offre peuvent prendre.

    Du plus d'accès au moins de lots, à côté des découpages simples et de celui d'aujourd'hui.

    Code de sortie : 1 si un élément n'entre dans aucun lot, 2 si un fichier est illisible, 0 sinon.
    """
    from procure.api import lots as api

    asked = api.Asked(options.day(on), profile, _aim(aim), scenarios, seconds)
    found = api.suggest(path, supply, _checked(form, asked), output.step)
    _show(found, path.name, form)
    return SHORT_OF if found.study.unserved or not found.study.scenarios else 0


def check(
    path: Need,
    supply: Supply,
    aim: Aim = "value",
    on: options.Day = None,
    profile: options.Profile = "grand-poitiers",
    form: Form = "text",
) -> int:
    """
    Dit qui peut prendre les lots d'aujourd'hui, et ce que donneraient les découpages simples.

    Code de sortie : 1 si un lot d'aujourd'hui n'a aucune entreprise en capacité, 2 si un fichier
    est illisible, 0 sinon.
    """
    from procure.api import lots as api

    asked = api.Asked(options.day(on), profile, _aim(aim))
    found = api.check(path, supply, _checked(form, asked))
    _show(found, path.name, form)
    today = [plan for plan in found.study.baselines if plan.name == "today"]
    return SHORT_OF if found.study.unserved or any(plan.problems for plan in today) else 0


def _show(found: Any, name: str, form: str) -> None:
    from procure.api.lots import as_json
    from procure.cli.lot_lines import study_lines

    for fault in found.supply.faults:
        output.problem(str(fault))
    if form == "json":
        output.raw(as_json(found))
    else:
        output.lines(study_lines(found.study, name))


def _aim(word: str) -> Any:
    found = AIMS.get(word.strip().lower())
    if found is None:
        raise ProcureError(Fault("--aim", f"« {word} » est inconnu", "value ou firms"))
    return found


def _checked(form: str, asked: Any) -> Any:
    if form not in FORMATS:
        raise ProcureError(Fault("--format", f"« {form} » est inconnu", ", ".join(FORMATS)))
    return asked
