"""
Better tenders: the changes a buyer may choose, and the least set of them that reaches a goal.

A change is only ever a choice of the buyer: never a value, a date, a population or any other fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from procure.domain.base import Label, Noun, Text
from procure.domain.library import Costs, LibraryClause, RuleCode, Slug
from procure.domain.report import AxisName, Law, Score
from procure.domain.tender import Axis, Clause, Criterion, Lot, Reservation, Tender, Theme

Part = Literal["proof", "checked_by", "checked_when", "penalty"]
FACTS = frozenset(
    {
        "id", "title", "description", "nature", "cpv", "additional_cpv", "places", "items", "buyer",
        "group", "regime", "form", "value_excl_tax", "initial_value_excl_tax", "duration_months",
        "renewals", "same_need_yearly_excl_tax", "procedure", "direct_award_ground", "lots",
        "notice_sent_on", "launched_on", "due_on", "notified_on", "award_notice_sent_on",
        "essential_data_published_on", "had_prior_information", "is_urgent", "is_innovative",
        "bids_received", "rejections_sent_electronically", "is_written", "sent_to_prefect",
        "no_lots", "social_waiver", "sourcing", "last_contractor_again", "judgements", "quantity",
        "linked_to_object",
    }
)  # fmt: skip
"""Fields that say what is so, not what the buyer chooses: no change ever writes them."""

PARTS: tuple[Part, ...] = ("proof", "checked_by", "checked_when", "penalty")
Status = Literal["optimal", "feasible", "unreachable", "nothing_to_change"]


class ThemeShare(Noun):
    """
    How much a theme is to weigh among the criteria; a share, or `{parameter: name}`.

    The other criteria keep their proportions. `label` and `method` are those of the criterion
    written where no criterion is on this theme alone.
    """

    theme: Theme
    at_least: Any = None
    at_most: Any = None
    label: Label | None = None
    method: Text | None = None

    @model_validator(mode="after")
    def has_one_bound(self) -> ThemeShare:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("« at_least » ou « at_most » est attendu, l'un des deux")
        if self.at_least is not None and (self.label is None or self.method is None):
            raise ValueError("« at_least » demande aussi « label » et « method »")
        return self


class ChangeFile(Noun):
    """
    A change as its file of `rules/changes/` writes it.

    `answers` are the rules it answers: it is proposed where one of them is broken, or has points to
    give. `at` says where it is made: the whole tender, each lot by itself, or the place of the
    finding. `only_if` lists the values that a field must have now, null for unknown; `carried_by`
    the axis on which the tender must already have a clause or a criterion. A value of `set` is a
    value, `{parameter: name}`, `{field: name}`, or one of these under `at_least`, `at_most` or
    `includes`. `parameters` takes the clauses of the library that answer the same
    rules with these values for each 100 000 euros of the need.
    """

    name: Slug
    title: Label
    answers: Annotated[tuple[RuleCode, ...], Field(min_length=1)]
    at: Literal["tender", "lot", "place"] = "tender"
    only_if: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    carried_by: Axis | None = None
    set: dict[str, Any] = Field(default_factory=dict)
    remove: bool = False
    complete: dict[Part, Text] = Field(default_factory=dict)
    criterion: ThemeShare | None = None
    parameters: dict[str, Decimal] = Field(default_factory=dict)
    costs: Costs
    note: Text

    @model_validator(mode="after")
    def does_one_thing(self) -> ChangeFile:
        done = [bool(self.set), self.remove, bool(self.complete), self.criterion is not None]
        done.append(bool(self.parameters))
        if done.count(True) != 1:
            keys = "« set », « remove », « complete », « criterion », « parameters »"
            raise ValueError(f"un seul de {keys}")
        return self

    @model_validator(mode="after")
    def writes_choices_that_exist(self) -> ChangeFile:
        models: dict[str, tuple[type[Noun], ...]] = {
            "tender": (Tender,),
            "lot": (Lot,),
            "place": (Clause, Criterion, Lot, Tender),
        }
        for path in (*self.set, *self.only_if):
            if not any(holds(model, path) for model in models[self.at]):
                raise ValueError(f"le champ « {path} » n'existe pas là")
        for path in self.set:
            if is_fact(path):
                raise ValueError(f"« {path} » est un fait : aucun changement ne l'écrit")
        return self


def is_fact(path: str) -> bool:
    """Whether a field is a fact; the amount of a framework is a choice."""
    head, *rest = path.split(".")
    return head in FACTS or (bool(rest) and rest[-1] in ("quantity", "population"))


def holds(model: type[Noun], path: str) -> bool:
    """Whether a path of names leads to a field of a model."""
    head, _, rest = path.partition(".")
    found = model.model_fields.get(head)
    if found is None or not rest:
        return found is not None
    inner = _noun_in(found.annotation)
    return inner is not None and holds(inner, rest)


def _noun_in(annotation: Any) -> type[Noun] | None:
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return annotation
    return next((n for part in get_args(annotation) if (n := _noun_in(part))), None)


@dataclass(frozen=True, slots=True)
class Offer:
    """
    A clause of the library, and what it gives once taken.

    `variant` names the change whose values were given instead of the clause's own, with its `costs`
    and `note`.
    """

    source: LibraryClause
    clause: Clause | None = None
    criterion: Criterion | None = None
    reservation: Reservation | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    variant: str | None = None
    costs: Costs | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Earned:
    """The points of a policy rule: those already sure, out of those there are."""

    axis: AxisName
    points: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a tender is worth, as far as changes can move it.

    `breaches` counts the places where each blocking or warning rule is broken; `blocking` are those
    that block.
    """

    breaches: Mapping[str, int]
    earned: Mapping[str, Earned]
    low: float | None
    letter: str | None = None
    blocking: frozenset[str] = frozenset()


class Situation(Noun):
    """The score and the verdict of law, as a report says them."""

    score: Score
    law: Law


class Step(Noun):
    """
    A change: what, where, what it gains out of 100, what it asks of both sides, the legal note.

    In a plan, gains add up to the whole gain; alone, a gain is that of the change by itself.
    """

    what: str
    where: str
    gain: float
    effort: int
    note: str


class Improvement(Noun):
    """
    The least changes that remove the breaches and reach the target, and what they lead to.

    `singles` are the changes by themselves, those that gain most for their effort first. `bound`
    is the least effort that is proven necessary; `reason` says what is not reached, and why.
    """

    before: Situation
    after: Situation
    changes: tuple[Step, ...]
    reached: bool
    status: Status
    reason: str
    effort: int = 0
    bound: int | None = None
    singles: tuple[Step, ...] = ()
