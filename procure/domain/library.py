"""A clause of the library: what a lawyer writes once, and a tender takes over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from procure.domain.base import Label, Noun, Share, Text
from procure.domain.tender import Axis, ClauseSubject, Nature, ReservationKind, Theme

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
RuleCode = Annotated[str, Field(pattern=r"^[A-Z]{3}[0-9]{3}$")]
Piece = Literal["rc", "ccap", "cctp", "ae", "grid"]
LibraryKind = Literal["execution", "specification", "criterion", "selection", "reservation"]
Level = Literal["basic", "significant", "ambitious"]
Effort = Literal["none", "low", "medium", "high"]
EFFORTS: dict[Effort, int] = {"none": 0, "low": 1, "medium": 3, "high": 8}
"""What an effort counts for when changes are compared; a convention, said where it is shown."""


class LibraryReference(Noun):
    """A text behind a clause; `verified` once a person has read it at its source."""

    cite: Label
    says: Text | None = None
    url: Label | None = None
    verified: bool
    checked_on: date


class Parameter(Noun):
    """A value that an officer may change in a clause, between two bounds."""

    title: Label
    type: Literal["hours", "days", "months", "share", "money", "count", "number", "text", "choice"]
    default: Any
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[Label, ...] = ()
    unit: Label | None = None


class Suits(Noun):
    """What a clause is made for; an empty list suits all. `cpv` are beginnings of codes."""

    natures: tuple[Nature, ...] = ()
    cpv: tuple[Annotated[str, Field(pattern=r"^[0-9]{2,8}$")], ...] = ()
    least_value_excl_tax: Decimal | None = None
    most_value_excl_tax: Decimal | None = None


class Costs(Noun):
    """What a clause costs each side, in words that can be compared."""

    buyer: Effort
    supplier: Effort
    note: Text | None = None


class LibraryCriterion(Noun):
    """The award criterion that a clause adds; `weight` is a share of the whole set."""

    label: Label
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    weight: Share
    method: Text


class Review(Noun):
    """Who stands behind a clause, and since when."""

    state: Literal["draft", "reviewed", "approved"]
    on: date
    by: Label | None = None


class LibraryClause(Noun):
    """
    A clause of `templates/clauses/`: its front matter and its body.

    `pieces` are the documents it stands in; `cures` the rules it answers. A clause that can be
    enforced states `proof`, `checked_by`, `checked_when` and `penalty`. `body` is Markdown with
    the names of its parameters between double braces.
    """

    id: Slug
    version: Annotated[int, Field(ge=1)]
    title: Label
    axis: Axis
    subject: ClauseSubject | None = None
    pieces: Annotated[tuple[Piece, ...], Field(min_length=1)]
    kind: LibraryKind
    level: Level
    suits: Suits = Suits()
    references: Annotated[tuple[LibraryReference, ...], Field(min_length=1)]
    cures: tuple[RuleCode, ...] = ()
    proof: Text | None = None
    checked_by: Text | None = None
    checked_when: Text | None = None
    penalty: Text | None = None
    costs: Costs
    requires: tuple[Slug, ...] = ()
    excludes: tuple[Slug, ...] = ()
    replaces: tuple[Slug, ...] = ()
    parameters: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Parameter] = Field(
        default_factory=dict
    )
    criterion: LibraryCriterion | None = None
    reservation: ReservationKind | None = None
    fields: dict[str, Any] = Field(default_factory=dict)
    why: Text
    vigilance: Text
    review: Review
    body: str = ""
