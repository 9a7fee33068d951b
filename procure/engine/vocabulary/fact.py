"""A fact read from a tender: its description, how it is read, and which fields it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from procure.engine.kleene import Tri
from procure.rulebook.vocabulary import FactSpec, FactType, Scope

NOTHING = frozenset({"aucun", "aucune", "néant"})
"""The words by which a file states that a text does not exist."""


@dataclass(frozen=True, slots=True)
class Fact:
    """
    A word of the rules with its way to the tender.

    Args:
        read: from the view of its scope to a value of its type, None when unknown.
        fields: the fields it comes from, relative to its scope, most telling first; the origin
            shown is that of the first one found in the file.
    """

    spec: FactSpec
    read: Callable[[Any], Any]
    fields: tuple[str, ...]


def stated(text: str | None) -> Tri:
    """Whether a text exists; one that is not in the file may be elsewhere: unknown."""
    return None if text is None else text.strip(" .").casefold() not in NOTHING


def fact(
    name: str,
    type: FactType,
    label: str,
    read: Callable[[Any], Any],
    *fields: str,
    scope: Scope = "tender",
    description: str = "",
    values: Mapping[str, str] | None = None,
) -> Fact:
    """A fact in one call, as the tables of this package write it."""
    return Fact(FactSpec(name, scope, type, label, description, values), read, fields)
