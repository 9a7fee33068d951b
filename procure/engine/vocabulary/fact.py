"""A fact read from a tender: its description, how it is read, and which fields it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from procure.rulebook.vocabulary import FactSpec, FactType, Scope


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
