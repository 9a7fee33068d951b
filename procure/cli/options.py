"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from procure.domain.errors import Fault, ProcureError

ENGINES = ("auto", "durable", "python")

Day = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="JOUR",
        help="Jour où le droit est lu (2026-09-01) ; celui du dossier sinon.",
    ),
]
UsedOn = Annotated[
    str | None,
    typer.Option(
        "--used-on",
        metavar="JOUR",
        help="Jour où l'outil sert, pour dire ce qui est à relire ; aujourd'hui sinon.",
    ),
]
Profile = Annotated[
    str,
    typer.Option(
        "--profile", "-p", metavar="PROFIL", help="Politique d'achat : un nom, ou un fichier .yaml."
    ),
]
Engine = Annotated[
    str,
    typer.Option("--engine", metavar="MOTEUR", help="auto, durable ou python : mêmes résultats."),
]
Force = Annotated[bool, typer.Option("--force", help="Remplace les fichiers déjà là.")]


def day(text: str | None, option: str = "--on") -> date | None:
    """A day as people write it, « 2026-09-01 » or « 01/09/2026 »."""
    if text is None:
        return None
    parts = text.strip().split("/")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else text.strip())
    except ValueError:
        raise ProcureError(
            Fault(option, f"« {text} » n'est pas un jour", "par exemple 2026-09-01")
        ) from None


def asked_day(text: str, option: str) -> date:
    """A day that must be given; see `day`."""
    found = day(text, option)
    assert found is not None
    return found


def engine(name: str) -> Any:
    """An engine's name, checked."""
    if name not in ENGINES:
        raise ProcureError(Fault("--engine", f"« {name} » est inconnu", ", ".join(ENGINES)))
    return name
