"""What this installation can do."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from procure import __version__
from procure.api.rules import freshness_on, rulebook
from procure.domain import french
from procure.domain.errors import ProcureError
from procure.engine.inference import library
from procure.rulebook.schema import Rulebook


@dataclass(frozen=True, slots=True)
class Check:
    """One point examined; `is_needed` false where the tool works without it."""

    what: str
    found: str
    is_fine: bool
    is_needed: bool = True


def examine() -> list[Check]:
    """The points that `procure doctor` shows."""
    return [
        Check("procure", f"version {__version__}, Python {platform.python_version()}", True),
        _engine(),
        *_rules(),
    ]


def _engine() -> Check:
    if library() is not None:
        return Check("moteur", "durable-rules, contrôlé à chaque dossier", True, False)
    found = "python seul (durable-rules n'est pas chargeable ici) : mêmes résultats"
    return Check("moteur", found, False, False)


def _counted(book: Rulebook) -> str:
    choices = sum(1 for parameter in book.parameters.values() if parameter.kind == "choice")
    numbers = len(book.parameters) - choices
    return f"{len(book.rules)} règles, {numbers} nombres du droit, {choices} choix de la maison"


def _freshness() -> Check:
    found = freshness_on()
    said = f"{french.plural(len(found.stale), 'règle')} à relire au {french.day(found.day)}"
    if found.next_on is not None:
        said += f" ; {french.plural(len(found.next), 'règle')} le {french.day(found.next_on)}"
    return Check("relecture", french.typeset(said), not found.stale, False)


def _rules() -> list[Check]:
    try:
        book = rulebook()
    except ProcureError as error:
        return [Check("règles", str(error), False)]
    read = f"jusqu'au {french.day(book.law_read_up_to)}"
    return [
        Check("règles", _counted(book), True),
        Check("empreinte des règles", book.digest[:16], True),
        Check("droit lu", read, True),
        _freshness(),
        Check("profils", ", ".join(book.profiles), bool(book.profiles)),
    ]
