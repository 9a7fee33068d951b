"""The words of the command line framework in French; it asks gettext for some, says others."""

from __future__ import annotations

import gettext
import re
from difflib import get_close_matches
from typing import Any

_WORDS = {
    "Usage: ": "Usage : ",
    "Arguments": "Arguments",
    "Options": "Options",
    "Commands": "Commandes",
    "Error": "Erreur",
    "Aborted.": "Interrompu.",
    "(deprecated) ": "(à ne plus utiliser) ",
    "[default: {}]": "[par défaut : {}]",
    "[required]": "[obligatoire]",
    "Try [blue]'{command_path} {help_option}'[/] for help.": (
        "Voir [blue]'{command_path} {help_option}'[/]."
    ),
    "Show this message and exit.": "Affiche cette aide.",
}
_MISTAKES = {
    "NoSuchOption": "l'option est inconnue",
    "MissingParameter": "il manque un argument",
    "BadParameter": "une valeur ne convient pas",
    "BadOptionUsage": "une option attend une valeur",
    "BadArgumentUsage": "un argument ne convient pas",
}

_UNKNOWN_COMMAND = re.compile(r"No such command '([^']*)'")


def speak() -> None:
    """Answer in French to the framework's requests for words; call before importing it."""
    asked = gettext.gettext
    gettext.gettext = lambda message: _WORDS.get(message, asked(message))


def mistake(error: Any, commands: list[str]) -> tuple[str, str]:
    """
    What is wrong in a command line, and what to do, from the framework's error.

    Args:
        commands: those that exist, to name the nearest to a mistyped one.
    """
    kind = type(error).__name__
    if unknown := _UNKNOWN_COMMAND.search(str(error)):
        nearest = get_close_matches(unknown[1], commands, n=1, cutoff=0.6)
        return f"la commande « {unknown[1]} » est inconnue", _question(nearest)
    what = _MISTAKES.get(kind, "la commande n'est pas comprise")
    parameter = getattr(error, "param", None)
    named = getattr(error, "option_name", None) or (
        parameter.metavar or parameter.name if parameter else ""
    )
    if named:
        what = f"{what} : {named}"
    return what, _question(getattr(error, "possibilities", None) or [])


def _question(words: list[str]) -> str:
    return f"Vouliez-vous écrire {' ou '.join(words)} ?" if words else ""
