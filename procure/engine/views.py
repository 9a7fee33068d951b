"""
A tender as the facts see it: what a lot inherits, which contracts it makes, what they sum to.

A need is one contract (no lots) or one contract a lot; each has its set of criteria and clauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from procure.domain.parties import Member
from procure.domain.tender import Clause, Criterion, Lot, Purchase, Tender, Theme
from procure.engine.kleene import Tri, every, some, total


@dataclass(frozen=True)
class ClauseSet:
    """The clauses of one contract; `is_complete` is false where others may exist unseen."""

    clauses: tuple[Clause, ...]
    is_complete: bool

    def has(self, tests: Any) -> Tri:
        """Whether a clause passes `tests` (a function to True, False or unknown)."""
        found = some(tests(clause) for clause in self.clauses)
        return None if found is False and not self.is_complete else found


@dataclass(frozen=True)
class TenderView:
    """A tender, and what the facts of all scopes share."""

    tender: Tender
    unchecked_clause_share: Decimal

    @cached_property
    def lots(self) -> tuple[LotView, ...]:
        return tuple(LotView(self, lot, i) for i, lot in enumerate(self.tender.lots or ()))

    @cached_property
    def contracts(self) -> tuple[Purchase, ...]:
        return self.tender.lots or (self.tender,)

    @cached_property
    def value(self) -> Decimal | None:
        """The whole need: the largest of what is declared, summed or capped (CCP R2121-1, -8)."""
        own = whole_value(self.tender)
        parts = self.lots_value
        known = [amount for amount in (own, parts) if amount is not None]
        return max(known) if known else None

    @cached_property
    def lots_value(self) -> Decimal | None:
        if not self.tender.lots:
            return None
        return total(whole_value(lot) for lot in self.tender.lots)

    @cached_property
    def criteria_sets(self) -> tuple[tuple[Criterion, ...] | None, ...]:
        """The set of each contract, equal ones once."""
        sets = (
            contract.criteria if contract.criteria is not None else self.tender.criteria
            for contract in self.contracts
        )
        return tuple(dict.fromkeys(sets))

    @cached_property
    def clause_sets(self) -> tuple[ClauseSet, ...]:
        return tuple(dict.fromkeys(self._clauses(contract) for contract in self.contracts))

    def _clauses(self, contract: Purchase) -> ClauseSet:
        shared = self.tender.clauses
        own = contract.clauses if contract is not self.tender else None
        is_complete = self.tender.clauses_are_complete and contract.clauses_are_complete
        if shared is None and own is None:
            return ClauseSet((), False)
        return ClauseSet((shared or ()) + (own or ()), is_complete)

    @cached_property
    def is_divided(self) -> Tri:
        return None if self.tender.lots is None else len(self.tender.lots) > 1

    def inherited(self, contract: Purchase, field: str) -> Any:
        """A field of a lot, or of the tender where the lot does not say."""
        own = getattr(contract, field)
        return own if own is not None else getattr(self.tender, field)

    def each(self, field: str) -> tuple[Any, ...]:
        """A field of every contract, inherited where the lot does not say."""
        return tuple(self.inherited(contract, field) for contract in self.contracts)


@dataclass(frozen=True)
class LotView:
    """A lot inside its tender."""

    view: TenderView
    lot: Lot
    index: int

    @cached_property
    def value(self) -> Decimal | None:
        return whole_value(self.lot)

    def get(self, field: str) -> Any:
        return self.view.inherited(self.lot, field)


@dataclass(frozen=True)
class CriterionView:
    view: TenderView
    criterion: Criterion


@dataclass(frozen=True)
class ClauseView:
    view: TenderView
    clause: Clause


@dataclass(frozen=True)
class MemberView:
    view: TenderView
    member: Member


def whole_value(purchase: Purchase) -> Decimal | None:
    """
    The value of a need with its renewals, or the maximum of its framework (CCP R2121-1, R2121-8).

    The largest of the amounts that the file allows to compute; unknown when none can be.
    """
    amounts = [purchase.value_excl_tax, _with_renewals(purchase)]
    if purchase.framework is not None:
        amounts.append(purchase.framework.maximum_excl_tax)
    known = [amount for amount in amounts if amount is not None]
    return max(known) if known else None


def _with_renewals(purchase: Purchase) -> Decimal | None:
    initial, renewals = purchase.initial_value_excl_tax, purchase.renewals
    if initial is None:
        return None
    if renewals is None or renewals.count == 0:
        return initial
    if renewals.value_excl_tax is None:
        return None
    return initial + renewals.count * renewals.value_excl_tax


def themes_of(criterion: Criterion) -> tuple[Theme, ...] | None:
    """The themes stated for a criterion; price and cost say theirs by their kind."""
    if criterion.themes is not None:
        return criterion.themes
    if criterion.kind == "price":
        return ("price",)
    return ("cost",) if criterion.kind == "cost" else None


def deals_with(criterion: Criterion, theme: Theme) -> Tri:
    """Whether a criterion, or one of its sub-criteria, deals with a theme."""
    themes = themes_of(criterion)
    if themes is not None and theme in themes:
        return True
    inside = some(deals_with(sub, theme) for sub in criterion.sub_criteria or ())
    return True if inside else (None if themes is None else inside)


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
        return Decimal(0)
    return None if criterion.weight is None else criterion.weight / len(themes)


def is_about(clause: Clause, axis: str) -> Tri:
    """Whether a clause is on an axis."""
    return None if clause.axis is None else clause.axis == axis


def is_execution(clause: Clause) -> Tri:
    """Whether a clause is an execution condition."""
    return None if clause.kind is None else clause.kind == "execution"


def execution_on(axis: str) -> Any:
    """The test « an execution condition on this axis »."""
    return lambda clause: every((is_about(clause, axis), is_execution(clause)))
