"""`procure groups ledger`: init, add, show, check, repair."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from procure.cli import options, output
from procure.domain.errors import Fault, ProcureError
from procure.domain.french import day as french_day
from procure.domain.french import plural
from procure.domain.group_ledger import EVENT_WORDS

if TYPE_CHECKING:
    from procure.api.group_ledger import Written

app = typer.Typer(
    help="Le registre d'un groupement : un fichier daté où l'on ne fait qu'ajouter.",
    no_args_is_help=True,
)

WAITS = 1
SHOWN_SEAL = 16
Ledger = Annotated[Path, typer.Argument(metavar="REGISTRE", help="Le registre (.jsonl).")]
Day = Annotated[
    str | None,
    typer.Option("--on", metavar="JOUR", help="Le jour de l'événement ; aujourd'hui sinon."),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="CLÉ=VALEUR", help="population=937, applies_code=oui… ; répétable."
    ),
]
Amount = Annotated[
    str | None,
    typer.Option("--amount", metavar="MONTANT", help="Besoin, valeur ou facture, hors taxes."),
]


@app.command()
def init(
    path: Ledger,
    name: Annotated[str, typer.Option("--name", metavar="NOM", help="Le nom du groupement.")],
    lead: Annotated[str, typer.Option("--lead", metavar="NOM", help="Le coordonnateur.")],
    on: Day = None,
    amount: Amount = None,
    values: Values = None,
) -> int:
    """Crée le registre d'un groupement ; le coordonnateur y est invité."""
    from procure.api.group_ledger import start

    said = _said(values) | {"name": name, "lead_buyer": lead} | _given("value_excl_tax", amount)
    _tell(path, start(path, options.day(on), said))
    return 0


@app.command()
def add(
    path: Ledger,
    kind: Annotated[
        str,
        typer.Argument(metavar="ÉVÉNEMENT", help=", ".join(k for k in EVENT_WORDS)),
    ],
    member: Annotated[
        str | None, typer.Option("--member", "-m", metavar="NOM", help="Le membre concerné.")
    ] = None,
    on: Day = None,
    amount: Amount = None,
    reference: Annotated[
        str | None,
        typer.Option("--reference", metavar="TEXTE", help="Référence du marché ou de la facture."),
    ] = None,
    values: Values = None,
) -> int:
    """Ajoute un événement ; il est refusé s'il contredit les autres."""
    from procure.api.group_ledger import add as add_event

    said = _said(values) | _given("member", member) | _given("value_excl_tax", amount)
    said |= _given("reference", reference)
    _tell(path, add_event(path, kind, options.day(on), said))
    return 0


@app.command()
def show(
    path: Ledger,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="JOUR", help="Le jour regardé ; aujourd'hui sinon."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")
    ] = "text",
) -> int:
    """Montre le groupement tel qu'il est un jour donné."""
    from procure.api.group_ledger import state, state_json

    if form not in ("text", "json"):
        raise ProcureError(Fault("--format", f"« {form} » est inconnu", "text, json"))
    found = state(path, options.day(on))
    if form == "json":
        output.raw(state_json(found))
    else:
        from procure.cli.group_lines import state_lines

        output.lines(state_lines(found))
    return 0


@app.command()
def check(
    path: Ledger,
    seal: Annotated[
        str | None,
        typer.Option(
            "--seal", metavar="EMPREINTE", help="Une empreinte notée, qui doit s'y trouver encore."
        ),
    ] = None,
) -> int:
    """Vérifie chaque ligne : aucune changée, perdue ou à moitié écrite, aucune contradiction."""
    from procure.api.group_ledger import check as check_ledger

    found = check_ledger(path, seal)
    output.text(f"Registre intact : {plural(found.events, 'événement')}.")
    output.text(f"Empreinte de la dernière ligne, à noter ailleurs : {found.seal}")
    return 0


@app.command()
def repair(
    path: Ledger,
    yes: Annotated[
        bool,
        typer.Option("--yes", help="Met le reste de côté ; sinon, dit seulement ce qu'il est."),
    ] = False,
) -> int:
    """
    Met de côté une fin de ligne interrompue, et rien d'autre.

    Code de sortie : 1 s'il y a un reste et que --yes n'est pas donné.
    """
    from procure.api.group_ledger import repair as set_aside
    from procure.api.group_ledger import torn

    tail = torn(path)
    if tail is None:
        output.text("Rien à réparer : chaque ligne est entière.")
        return 0
    kept = plural(tail.after, "événement entier", "événements entiers")
    size = plural(len(tail.content), "octet")
    output.text(f"{path} : {kept}, puis {size} d'une ligne interrompue :")
    output.text(f"  {tail.content.decode(errors='replace')[:200]!r}")
    if not yes:
        output.text("Cet événement n'a pas été enregistré. Pour le mettre de côté, ajoutez --yes.")
        return WAITS
    output.text(f"Reste mis de côté : {set_aside(path, tail)}")
    output.text("Inscrivez à nouveau l'événement qu'il contenait.")
    return 0


def _said(values: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in values or ():
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not (key and equals and value):
            raise ProcureError(Fault("--set", f"« {pair} » n'est pas compris", "CLÉ=VALEUR"))
        found[key] = value
    return found


def _given(key: str, value: str | None) -> dict[str, str]:
    return {} if value is None else {key: value}


def _tell(path: Path, written: Written) -> None:
    event = written.event
    who = f", {event.member}" if event.member else ""
    head = f"{path}, ligne {written.sequence} : {EVENT_WORDS[event.kind]}{who}"
    output.text(f"{head}, {french_day(event.on)} (empreinte {written.seal[:SHOWN_SEAL]})")
