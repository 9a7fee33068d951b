"""`procure explain`: the proof of each finding."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from procure.cli import options, output


def explain(
    path: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le dossier du marché.")],
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Une règle (code ou nom) ; toutes sinon.")
    ] = None,
    on: options.Day = None,
    profile: options.Profile = "grand-poitiers",
    engine: options.Engine = "auto",
    used_on: options.UsedOn = None,
) -> int:
    """Montre la preuve de chaque constat : article, faits et leur origine, version du paramètre."""
    from procure.api.explaining import explain as explain_file

    used = options.day(used_on, "--used-on")
    day, chosen = options.day(on), options.engine(engine)
    for tree in explain_file(path, code, day, profile, chosen, used):
        output.tree(tree)
    return 0
