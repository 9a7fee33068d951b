"""`procure lots`: lots that local firms can win; their supply, from a file or from Sirene."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from procure.cli import lot_plans, options, output
from procure.domain.errors import Fault, ProcureError
from procure.domain.french import plural

FORMATS = ("text", "json")
NOTHING_READ = 2

app = typer.Typer(help="Étudie l'offre locale pour dessiner les lots.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Étudie l'offre locale pour dessiner les lots."""


@app.command("supply")
def supply(
    path: Annotated[
        Path, typer.Argument(metavar="ENTREPRISES", help="Le fichier des entreprises, csv ou xlsx.")
    ],
    need: Annotated[
        Path | None,
        typer.Option(
            "--need", "-n", metavar="FICHIER", help="Le dossier du marché, ou un avis eForms."
        ),
    ] = None,
    on: options.Day = None,
    profile: options.Profile = "grand-poitiers",
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")
    ] = "text",
) -> int:
    """
    Dit ce qu'un fichier d'entreprises contient, par métier et par commune.

    Avec un besoin, dit combien d'entreprises sont en capacité sur chaque élément.

    Code de sortie : 2 si aucune entreprise n'a pu être lue, 0 sinon.
    """
    from procure.api import supply as api
    from procure.cli.supply_lines import supply_lines

    if form not in FORMATS:
        raise ProcureError(Fault("--format", f"« {form} » est inconnu", ", ".join(FORMATS)))
    report = api.study(path, need, options.day(on), profile)
    if form == "json":
        output.raw(api.as_json(report))
    else:
        output.lines(supply_lines(report))
    return 0 if report.firms else NOTHING_READ


@app.command("sirene")
def sirene(
    stock: Annotated[
        Path,
        typer.Argument(metavar="STOCK", help="StockEtablissement de Sirene, .csv ou .zip."),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="SORTIE", help="Le fichier csv à écrire.")
    ],
    units: Annotated[
        Path | None,
        typer.Option(
            "--units", metavar="FICHIER", help="StockUniteLegale : noms, catégories, ESS."
        ),
    ] = None,
    trade: Annotated[
        list[str] | None,
        typer.Option("--trade", "-t", metavar="MÉTIER", help="Un métier de la table ; répétable."),
    ] = None,
    force: options.Force = False,
) -> int:
    """Tire du stock Sirene les entreprises actives des 40 communes, par métiers."""
    from procure.api import supply as api

    read = api.from_sirene(stock, units, tuple(trade or ()))
    for fault in read.faults:
        output.problem(str(fault))
    written = api.write_firms(out, read.supply, force)
    kept = plural(len(read.supply.firms), "entreprise")
    output.text(f"{plural(read.rows, 'ligne lue', 'lignes lues')}, {kept} dans {written}")
    for note in read.notes:
        output.text(f"  laissées : {note}")
    return 0


@app.command("sample")
def sample(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="SORTIE", help="Le fichier csv à écrire.")
    ],
    count: Annotated[int, typer.Option("--count", "-c", min=1, max=5000, help="Combien.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="Le tirage : le même rend le même.")] = 1,
    need: Annotated[
        Path | None,
        typer.Option(
            "--need", "-n", metavar="FICHIER", help="Ne tire que les métiers de ce besoin."
        ),
    ] = None,
    force: options.Force = False,
) -> int:
    """Tire une offre fictive, marquée comme telle, pour s'exercer."""
    from procure.api import needs
    from procure.api import supply as api

    drawn = api.made_up(count, seed, needs.from_file(need) if need else None)
    output.text(f"Offre fictive : {api.write_firms(out, drawn, force)}")
    return 0


@app.command("trades")
def trades(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MOT]…", help="Des mots, un code CPV ou un code NAF ; tout sinon."),
    ] = None,
) -> int:
    """
    Liste les métiers de la table, avec leurs codes CPV et NAF.

    Code de sortie : 2 si aucun métier ne répond, 0 sinon.
    """
    from procure.api.needs import known_trades

    found = known_trades(words or [])
    if not found:
        asked = ", ".join(words or [])
        expected = "un mot de métier, un code CPV de huit chiffres ou un code NAF"
        raise ProcureError(Fault("procure lots trades", f"rien ne répond à « {asked} »", expected))
    rows = [(one.id, one.title, ", ".join(one.cpv), ", ".join(one.naf)) for one in found]
    output.table("Métiers", ("Métier", "Titre", "Débuts de CPV", "NAF"), rows)
    return 0


app.command("suggest")(lot_plans.suggest)
app.command("check")(lot_plans.check)
