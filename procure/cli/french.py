"""The words of the command line framework in French; it asks gettext for some, says others."""

from __future__ import annotations

import gettext
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


def speak() -> None:
    """Answer in French to the framework's requests for words; call before importing it."""
    asked = gettext.gettext
    gettext.gettext = lambda message: _WORDS.get(message, asked(message))


def mistake(error: Any) -> tuple[str, str]:
    """What is wrong in a command line, and what to do, from the framework's error."""
    kind = type(error).__name__
    what = _MISTAKES.get(kind, "la commande n'est pas comprise")
    parameter = getattr(error, "param", None)
    named = getattr(error, "option_name", None) or (
        parameter.metavar or parameter.name if parameter else ""
    )
    if named:
        what = f"{what} : {named}"
    possible = getattr(error, "possibilities", None)
    advice = f"Vouliez-vous écrire {' ou '.join(possible)}" if possible else ""
    return what, advice
