"""The typed words that rules may use: facts read from a tender, facts concluded by rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field

from procure.domain.base import Label, Noun

Scope = Literal["tender", "lot", "criterion", "clause", "member"]
FactType = Literal[
    "bool", "count", "number", "money", "share", "days", "months", "hours", "code", "codes", "text",
    "date",
]  # fmt: skip
SCOPES: tuple[Scope, ...] = get_args(Scope)
NUMERIC: frozenset[str] = frozenset(
    {"count", "number", "money", "share", "days", "months", "hours"}
)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """
    A fact that rules may read.

    Args:
        name: dotted, unique; the rules' word for it.
        label: what a report calls it in French, without article.
        values: the codes a `code` or `codes` fact may take, with their French names.
        is_derived: concluded by `qualify` rules rather than read from the tender.
    """

    name: str
    scope: Scope
    type: FactType
    label: str
    description: str = ""
    values: Mapping[str, str] | None = None
    is_derived: bool = False


Vocabulary = Mapping[str, FactSpec]


class DerivedFact(Noun):
    """A derived fact as declared in `rules/derived.yaml`."""

    scope: Scope = "tender"
    type: FactType
    label: Label
    description: str = ""
    values: dict[str, Label] | None = None

    def spec(self, name: str) -> FactSpec:
        return FactSpec(
            name, self.scope, self.type, self.label, self.description, self.values, is_derived=True
        )


class DerivedFacts(Noun):
    """The file `rules/derived.yaml`."""

    facts: dict[str, DerivedFact] = Field(default_factory=dict)
