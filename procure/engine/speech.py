"""Puts facts and findings into French: values by their type, places, messages of rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from procure.domain import french
from procure.engine.binding import BoundRule
from procure.rulebook.loader import PLACEHOLDER
from procure.rulebook.vocabulary import FactSpec, Vocabulary

UNKNOWN_VALUE = "non renseigné"
_UNITS = {"days": "jour", "months": "mois", "hours": "heure"}
_PARAMETER_TYPES = {
    "EUR_excl_tax": "money", "share": "share", "days": "days", "months": "months", "hours": "hours",
    "count": "count", "ratio": "number", "percent_points": "number",
}  # fmt: skip
_SCOPES = {
    "lots": "lot",
    "criteria": "critère",
    "sub_criteria": "sous-critère",
    "clauses": "clause",
    "members": "membre",
}


def value(spec: FactSpec, amount: Any) -> str:
    """A fact's value as people read it."""
    if amount is None:
        return UNKNOWN_VALUE
    if spec.type in ("code", "codes"):
        names = spec.values or {}
        codes = sorted(amount) if isinstance(amount, frozenset) else [amount]
        return ", ".join(names.get(code, str(code)) for code in codes) or "aucun"
    return _typed(spec.type, amount)


def _typed(kind: str, amount: Any) -> str:
    if isinstance(amount, bool):
        return "oui" if amount else "non"
    if isinstance(amount, date):
        return french.day(amount)
    if kind == "money":
        return french.euros(Decimal(amount))
    if kind == "share":
        return french.percent(Decimal(amount))
    if kind in _UNITS:
        unit = _UNITS[kind]
        text = french.number(Decimal(amount).quantize(Decimal("0.1")))
        return f"{text}{french.NBSP}{unit}{'s' if abs(amount) >= 2 and unit != 'mois' else ''}"
    if isinstance(amount, Decimal | int):
        return french.number(french.rounded(Decimal(amount)))
    return str(amount)


def message(text: str, bound: BoundRule, facts: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    """A text of a rule, with its facts and numbers of law in their places."""

    def fill(match: Any) -> str:
        word = match.group(1)
        if word.startswith("parameter:"):
            return parameter(bound, word.removeprefix("parameter:"))
        return value(vocabulary[word], facts.get(word))

    return french.typeset(PLACEHOLDER.sub(fill, text).strip())


def parameter(bound: BoundRule, name: str) -> str:
    """A number of law as people read it, in the version of the day."""
    version = bound.versions.get(name)
    if version is None:
        return UNKNOWN_VALUE
    return in_unit(bound.units[name], version.value)


def in_unit(unit: str, amount: Any) -> str:
    """A number of a parameter as people read it."""
    return _typed(_PARAMETER_TYPES[unit], amount)


def place(at: str) -> str:
    """« lots[2].criteria[0] » as « lot 3, critère 1 »; « tender » as « le dossier »."""
    if at == "tender":
        return "le dossier"
    words = []
    for part in at.removeprefix("group.").split("."):
        name, _, number = part.rstrip("]").partition("[")
        words.append(f"{_SCOPES.get(name, name)} {int(number) + 1}")
    return ", ".join(words)
