"""`procure draft` and `procure templates check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from procure.cli import options, output
from procure.domain.errors import Fault, ProcureError
from procure.domain.french import plural

if TYPE_CHECKING:
    from procure.api.drafting import Drafted

app = typer.Typer(help="Les modèles de documents : vérifier.", no_args_is_help=True)

FORMATS = ("docx", "odt", "pdf", "html", "xlsx", "json")
DEFAULT = ("docx", "pdf", "xlsx")
BREACH = 1


def draft(
    path: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le dossier du marché.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DOSSIER", help="Où écrire les documents.")
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="PIÈCE",
            help="rc, ccap, ccp, cctp, ae, note, avis, artisan ; ou un classeur xlsx par son nom.",
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="docx, odt, pdf, html, xlsx ; json dit ce qui est écrit. Plusieurs à la fois.",
        ),
    ] = None,
    more: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="CLAUSE", help="Clause de la bibliothèque à ajouter."),
    ] = None,
    on: options.Day = None,
    profile: options.Profile = "grand-poitiers",
    force: Annotated[
        bool, typer.Option("--force", help="Rédige malgré un manquement, et le dit en tête.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Remplace les fichiers déjà là.")
    ] = False,
) -> int:
    """
    Rédige les documents de la consultation, prêts à compléter.

    Code de sortie : 1 si un manquement bloque le marché (rien n'est écrit sans --force), 0 sinon.
    """
    from procure.api.drafting import Order, to_json
    from procure.api.drafting import draft as write

    asked = _words(formats) or list(DEFAULT)
    files = tuple(one for one in FORMATS if one in asked and one != "json")
    order = Order(
        out=out,
        only=tuple(_words(only)),
        formats=files or DEFAULT,
        more=tuple(_words(more)),
        on=options.day(on),
        profile=profile,
        force=force,
        replace=replace,
    )
    _check(asked)
    done = write(path, order)
    if "json" in asked:
        output.raw(to_json(done))
    elif not done.files:
        _refused(done)
    else:
        _told(done, out)
    return BREACH if done.breaches and not force else 0


@app.command()
def check() -> int:
    """Rédige chaque exemple avec chaque modèle, et dit ce qui n'y va pas."""
    from procure.api.templates import check_templates

    checked = check_templates()
    if checked.faults:
        output.error(ProcureError(*checked.faults))
    output.text(
        f"{plural(checked.drafts, 'document')} de {plural(checked.tenders, 'exemple')}, "
        f"{plural(len(checked.faults), 'défaut')}"
    )
    return BREACH if checked.faults else 0


def _words(said: list[str] | None) -> list[str]:
    return [word.strip() for words in said or () for word in words.split(",") if word.strip()]


def _check(asked: list[str]) -> None:
    unknown = [word for word in asked if word not in FORMATS]
    if unknown:
        raise ProcureError(Fault("--format", f"« {unknown[0]} » est inconnu", ", ".join(FORMATS)))


def _refused(done: Drafted) -> None:
    output.text("Rien n'est rédigé : le marché comporte des manquements qui le bloquent.")
    for breach in done.breaches:
        output.text(f"- {breach}")
    output.text("Corrigez le dossier, ou ajoutez --force pour rédiger un projet marqué comme tel.")


def _told(done: Drafted, out: Path) -> None:
    if done.breaches:
        output.text("PROJET – NON CONFORME : chaque document liste les manquements.")
    for file in done.files:
        output.text(f"Rédigé : {file.path}")
    output.text(f"{plural(len(done.files), 'fichier')} dans {out}")
    documents = {blank["document"] for blank in done.blanks}
    for document in sorted(documents):
        count = sum(1 for blank in done.blanks if blank["document"] == document)
        output.text(f"À compléter dans {document} : {plural(count, 'point')}")
