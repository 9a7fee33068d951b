"""`procure new` and `procure schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from procure.cli import options, output
from procure.domain.errors import Fault, ProcureError


def new(
    path: Annotated[
        Path | None, typer.Argument(metavar="[FICHIER]", help="Le fichier à créer ; affiché sinon.")
    ] = None,
    force: options.Force = False,
) -> int:
    """Crée un dossier de marché à remplir, chaque champ expliqué."""
    from procure.api.files import skeleton, write_text

    if path is None:
        output.raw(skeleton())
        return 0
    output.text(f"Dossier à remplir : {write_text(path, skeleton(), force)}")
    return 0


def schema(
    name: Annotated[str, typer.Argument(metavar="NOM", help="tender ou report.")] = "tender",
) -> int:
    """Affiche le schéma JSON d'un dossier de marché (tender) ou d'un rapport (report)."""
    from procure.api.files import SCHEMAS, schema_json

    if name not in SCHEMAS:
        raise ProcureError(Fault("procure schema", f"« {name} » est inconnu", ", ".join(SCHEMAS)))
    output.raw(schema_json(name))
    return 0
