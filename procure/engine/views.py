"""
A tender as the facts see it: what a lot inherits, which contracts it makes, what they sum to.

A need is one contract (no lots) or one contract a lot; each has its set of criteria and clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar, cast

from procure.domain.parties import Member
from procure.domain.tender import SUBJECT_AXIS, Clause, Criterion, Lot, Purchase, Tender, Theme
from procure.engine.kleene import ZERO, Tri, every, total

Read = TypeVar("Read")
_NEVER = object()


class kept(Generic[Read]):
    """A property computed once; `functools.cached_property` without the lock it has in 3.11."""

    def __init__(self, read: Callable[[Any], Read]) -> None:
        self.read = read

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> Read:
        value: Read = self.read(instance)
        instance.__dict__[self.name] = value
        return value


@dataclass(frozen=True, eq=False)
class ClauseSet:
    """
    The clauses of some contracts; `is_complete` is false where others may exist unseen.

    `contracts` says how many contracts have these very clauses.
    """

    clauses: tuple[Clause, ...]
    is_complete: bool
    contracts: int

    @kept
    def enforceable(self) -> dict[str, bool]:
        """The subjects named, and whether a clause on each can be enforced."""
        found: dict[str, bool] = {}
        for clause in self.clauses:
            if clause.subject is not None:
                found[clause.subject] = found.get(clause.subject, False) or is_enforceable(clause)
        return found

    @kept
    def unnamed_axes(self) -> frozenset[str | None]:
        """The axes of the clauses that do not name their subject."""
        return frozenset(clause.axis for clause in self.clauses if clause.subject is None)

    def has(self, tests: Any) -> Tri:
        """Whether a clause passes `tests` (a function to True, False or unknown)."""
        found: Tri = False if self.is_complete else None
        for clause in self.clauses:
            passes = tests(clause)
            if passes:
                return True
            if passes is None:
                found = None
        return found


@dataclass(frozen=True, eq=False)
class CriteriaSet:
    """The criteria of some contracts; None where they are unknown."""

    criteria: tuple[Criterion, ...] | None

    @kept
    def themes(self) -> tuple[frozenset[str], bool]:
        """The themes stated, sub-criteria included, and whether every criterion states its own."""
        criteria = list(_all_criteria(self.criteria or ()))
        stated = frozenset(theme for criterion in criteria for theme in known_themes(criterion))
        return stated, all(themes_of(criterion) is not None for criterion in criteria)

    def deals_with(self, theme: Theme) -> Tri:
        """Whether a criterion, or one of its sub-criteria, deals with a theme."""
        if self.criteria is None:
            return None
        stated, are_all_stated = self.themes
        return True if theme in stated else False if are_all_stated else None

    def weight(self, theme: Theme) -> Decimal | None:
        """The weight of a theme in the whole set."""
        if self.criteria is None:
            return None
        if self.deals_with(theme) is False:
            return ZERO
        return total([theme_weight(criterion, theme) for criterion in self.criteria])


@dataclass(frozen=True, eq=False)
class TenderView:
    """A tender, and what the facts of all scopes share; what is read twice is kept."""

    tender: Tender
    unchecked_clause_share: Decimal
    memory: dict[Any, Any] = field(default_factory=dict)
    said: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def once(self, read: Callable[[TenderView], Read]) -> Read:
        """What `read` says of this tender, computed the first time."""
        found = self.memory.get(read, _NEVER)
        if found is _NEVER:
            found = self.memory[read] = read(self)
        return cast(Read, found)

    @kept
    def lots(self) -> tuple[LotView, ...]:
        return tuple(LotView(self, lot, i) for i, lot in enumerate(self.tender.lots or ()))

    @kept
    def contracts(self) -> tuple[Purchase, ...]:
        return self.tender.lots or (self.tender,)

    @kept
    def value(self) -> Decimal | None:
        """The whole need: the largest of what is declared, summed or capped (CCP R2121-1, -8)."""
        own = whole_value(self.tender)
        parts = self.lots_value
        known = [amount for amount in (own, parts) if amount is not None]
        return max(known) if known else None

    @kept
    def lots_value(self) -> Decimal | None:
        return total(self.lot_values) if self.lots else None

    @kept
    def lot_values(self) -> tuple[Decimal | None, ...]:
        return tuple([lot.value for lot in self.lots])

    @kept
    def criteria_sets(self) -> tuple[CriteriaSet, ...]:
        """The set of each contract, those that share one once."""
        sets = {id(criteria): criteria for criteria in self.each("criteria")}
        return tuple(CriteriaSet(criteria) for criteria in sets.values())

    @kept
    def clause_sets(self) -> tuple[ClauseSet, ...]:
        """The clauses of each contract, shared and own; contracts with none of their own once."""
        shared, is_complete = self.tender.clauses, self.tender.clauses_are_complete
        if not self.tender.lots:
            return (ClauseSet(shared or (), is_complete and shared is not None, 1),)
        own = [(lot.clauses, is_complete and lot.clauses_are_complete) for lot in self.tender.lots]
        return tuple(
            ClauseSet(
                (shared or ()) + (clauses or ()),
                complete and not (shared is None and clauses is None),
                count,
            )
            for (clauses, complete), count in _grouped(own)
        )

    @kept
    def is_divided(self) -> Tri:
        return None if self.tender.lots is None else len(self.tender.lots) > 1

    def inherited(self, contract: Purchase, field: str) -> Any:
        """A field of a lot, or of the tender where the lot does not say."""
        own = getattr(contract, field)
        return own if own is not None else getattr(self.tender, field)

    def each(self, field: str) -> tuple[Any, ...]:
        """What the contracts say of a field, inherited by lots that do not; what is shared once."""
        found = self.said.get(field)
        if found is None:
            said = {id(value): value for value in self._column(field)}
            found = self.said[field] = tuple(said.values())
        return found

    def together(self, *fields: str) -> Iterable[tuple[Any, ...]]:
        """The same of several fields, side by side."""
        if self.stated_by_lots.isdisjoint(fields):
            return [tuple([getattr(self.tender, field) for field in fields])]
        columns = [self._column(field) for field in fields]
        count = len(self.contracts)
        rows = zip(*[c if len(c) == count else c * count for c in columns], strict=True)
        return {tuple(map(id, row)): row for row in rows}.values()

    def _column(self, field: str) -> list[Any]:
        """A field of every contract; once where no lot says its own."""
        shared = getattr(self.tender, field)
        if field not in self.stated_by_lots:
            return [shared]
        own = [getattr(lot, field) for lot in self.contracts]
        return [shared if value is None else value for value in own]

    @kept
    def stated_by_lots(self) -> frozenset[str]:
        """The fields that at least one lot says."""
        return frozenset().union(*[lot.model_fields_set for lot in self.tender.lots or ()])


@dataclass(eq=False)
class LotView:
    """A lot inside its tender."""

    view: TenderView
    lot: Lot
    index: int

    @kept
    def value(self) -> Decimal | None:
        return whole_value(self.lot)

    def get(self, field: str) -> Any:
        """What the lot says of a field, or the tender where the lot does not say."""
        own = getattr(self.lot, field)
        return own if own is not None else getattr(self.view.tender, field)


@dataclass(eq=False)
class CriterionView:
    view: TenderView
    criterion: Criterion


@dataclass(eq=False)
class ClauseView:
    view: TenderView
    clause: Clause


@dataclass(eq=False)
class MemberView:
    view: TenderView
    member: Member


def _grouped(
    own: Sequence[tuple[tuple[Clause, ...] | None, bool]],
) -> list[tuple[tuple[tuple[Clause, ...] | None, bool], int]]:
    """Each pair with how many times it comes; clauses are told apart by identity."""
    groups: dict[tuple[int, bool], list[tuple[tuple[Clause, ...] | None, bool]]] = {}
    for pair in own:
        groups.setdefault((id(pair[0]), pair[1]), []).append(pair)
    return [(group[0], len(group)) for group in groups.values()]


def _all_criteria(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        if criterion.sub_criteria:
            yield from _all_criteria(criterion.sub_criteria)


def whole_value(purchase: Purchase) -> Decimal | None:
    """
    The value of a need with its renewals, or the maximum of its framework (CCP R2121-1, R2121-8).

    The largest of the amounts that the file allows to compute; unknown when none can be.
    """
    amounts = [purchase.value_excl_tax]
    if purchase.initial_value_excl_tax is not None or purchase.renewals is not None:
        amounts.append(with_renewals(purchase))
    if purchase.framework is not None:
        amounts.append(purchase.framework.maximum_excl_tax)
    known = [amount for amount in amounts if amount is not None]
    return max(known) if known else None


def with_renewals(purchase: Purchase) -> Decimal | None:
    """The first period and all its renewals (CCP R2121-1); unknown without their amounts."""
    first, renewals = first_period(purchase), purchase.renewals
    if first is None:
        return None
    if renewals is None or renewals.count == 0:
        return first
    if renewals.value_excl_tax is None:
        return None
    return first + renewals.count * renewals.value_excl_tax


def first_period(purchase: Purchase) -> Decimal | None:
    """
    The amount of the first period.

    Where the file does not state it and the renewals alone reach the declared value, that value
    cannot hold them: it is the first period's.
    """
    declared, renewals = purchase.value_excl_tax, purchase.renewals
    if purchase.initial_value_excl_tax is not None:
        return purchase.initial_value_excl_tax
    if declared is None or renewals is None or renewals.value_excl_tax is None:
        return None
    later = renewals.count * renewals.value_excl_tax
    return declared if renewals.count and later >= declared else None


def themes_of(criterion: Criterion) -> tuple[Theme, ...] | None:
    """
    All the themes of a criterion; None where some may be unsaid.

    Price and cost say theirs by their kind.
    """
    if criterion.themes is not None:
        return criterion.themes if criterion.themes_are_complete else None
    if criterion.kind == "price":
        return ("price",)
    return ("cost",) if criterion.kind == "cost" else None


def known_themes(criterion: Criterion) -> tuple[Theme, ...]:
    """The themes a criterion has for sure; it may have others."""
    return criterion.themes or themes_of(criterion) or ()


def theme_weight(criterion: Criterion, theme: Theme) -> Decimal | None:
    """
    The weight a criterion gives to a theme, as a share of the whole set.

    Sub-criteria are shares of their parent; a criterion with several themes and no sub-criteria is
    shared equally between them (an assumption, said in docs/facts.md).
    """
    if criterion.sub_criteria:
        parts = total(theme_weight(sub, theme) for sub in criterion.sub_criteria)
        if parts is None or parts > 0:
            return None if parts is None or criterion.weight is None else parts * criterion.weight
    themes = themes_of(criterion)
    if themes is None:
        return None
    if theme not in themes:
        return ZERO
    return None if criterion.weight is None else criterion.weight / len(themes)


def is_enforceable(clause: Clause) -> bool:
    """Whether proof, checker, moment and penalty are all stated."""
    return bool(clause.proof and clause.checked_by and clause.checked_when and clause.penalty)


def is_about(clause: Clause, axis: str) -> Tri:
    """Whether a clause is on an axis; its subject tells it where the file does not."""
    own = clause.axis or SUBJECT_AXIS.get(clause.subject or "")
    return None if own is None else own == axis


def is_execution(clause: Clause) -> Tri:
    """Whether a clause is an execution condition."""
    return None if clause.kind is None else clause.kind == "execution"


def execution_on(axis: str) -> Callable[[Clause], Tri]:
    """The test « an execution condition on this axis »."""

    def test(clause: Clause) -> Tri:
        is_on_axis = is_about(clause, axis)
        return is_on_axis if is_on_axis is False else every((is_on_axis, is_execution(clause)))

    return test
