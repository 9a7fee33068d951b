"""`procure groups`: buying together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from procure.cli import group_ledger, options, output
from procure.domain.errors import Fault, ProcureError

app = typer.Typer(
    help="Acheter ensemble : registre d'un groupement, partage des frais, contrôle.",
    no_args_is_help=True,
)
app.add_typer(group_ledger.app, name="ledger")

BREACH = 1
Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="SORTIE", help="Le fichier à écrire.")
]


@app.command()
def shares(
    path: Annotated[
        Path,
        typer.Argument(metavar="FICHIER", help="Dossier d'un groupement, ou registre .jsonl."),
    ],
    amount: Annotated[
        str, typer.Option("--amount", metavar="MONTANT", help="À partager : 12345,67.")
    ],
    by: Annotated[
        str, typer.Option("--by", metavar="CLÉ", help="population, volume, equal ou mixed.")
    ],
    fixed: Annotated[
        str | None,
        typer.Option("--fixed", metavar="PART", help="Part fixe égale de mixed : 30 %."),
    ] = None,
    variable: Annotated[
        str,
        typer.Option("--variable", metavar="CLÉ", help="Le reste de mixed : volume ou population."),
    ] = "volume",
    purpose: Annotated[
        str,
        typer.Option("--for", metavar="OBJET", help="costs (frais de procédure) ou invoice."),
    ] = "costs",
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="JOUR", help="Les membres de ce jour ; aujourd'hui sinon."),
    ] = None,
    population: Annotated[
        list[str] | None,
        typer.Option("--population", metavar="NOM=NOMBRE", help="Une population ; répétable."),
    ] = None,
    volume: Annotated[
        list[str] | None,
        typer.Option("--volume", metavar="NOM=MONTANT", help="Un besoin ; répétable."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json ou xlsx.")
    ] = "text",
    out: Out = None,
    force: options.Force = False,
) -> int:
    """Partage un montant entre les membres, au centime, et explique chaque ligne."""
    from procure.api.group_shares import Order, share, to_json, write_xlsx

    _check_format(form, ("text", "json", "xlsx"))
    if (form == "xlsx") != (out is not None):
        what = "un classeur s'écrit dans un fichier, et lui seul"
        raise ProcureError(Fault("--out", what, "--format xlsx --out partage.xlsx"))
    told = (tuple(population or ()), tuple(volume or ()))
    order = Order(amount, by, fixed, variable, purpose, options.day(on), *told)
    found = share(path, order)
    if form == "json":
        output.raw(to_json(found))
    elif out is not None:
        output.text(f"Partage : {write_xlsx(found, out, force)}")
    else:
        from procure.cli.group_lines import share_lines

        output.lines(share_lines(found.shares, found.title))
    return 0


@app.command()
def judge(
    path: Annotated[Path, typer.Argument(metavar="REGISTRE", help="Le registre du groupement.")],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="JOUR", help="Le jour examiné ; aujourd'hui sinon."),
    ] = None,
    profile: options.Profile = "grand-poitiers",
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")
    ] = "text",
) -> int:
    """
    Applique les règles des groupements à un registre, au jour demandé.

    Code de sortie : 1 si un manquement bloque, 2 si le registre est illisible, 0 sinon.
    """
    from procure.api.group_ledger import judge as judge_ledger
    from procure.api.group_ledger import judged_json

    _check_format(form, ("text", "json"))
    found = judge_ledger(path, options.day(on), profile)
    if form == "json":
        output.raw(judged_json(found))
    else:
        from procure.cli.group_lines import judged_lines

        output.lines(judged_lines(found.state, found.findings))
    return BREACH if found.is_blocked else 0


def _check_format(form: str, known: tuple[str, ...]) -> None:
    if form not in known:
        raise ProcureError(Fault("--format", f"« {form} » est inconnu", ", ".join(known)))
