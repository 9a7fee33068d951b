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
) -> int:
    """Montre la preuve de chaque constat : article, faits et leur origine, version du paramètre."""
    from procure.api.explaining import explain as explain_file

    for tree in explain_file(path, code, options.day(on), profile, options.engine(engine)):
        output.tree(tree)
    return 0
