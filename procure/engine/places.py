"""
The places of a tender that rules of each scope judge, with the path a report calls them by.

A tender that does not say its lots, criteria or clauses has one place whose facts are unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from procure.engine.views import ClauseView, CriterionView, MemberView, TenderView
from procure.rulebook.vocabulary import Scope

Parts = list[tuple[str, Any]]


def _lots(view: TenderView) -> Parts:
    if view.tender.lots is None:
        return [("tender", None)]
    return [(f"lots[{lot.index}]", lot) for lot in view.lots]


def _criteria(view: TenderView) -> Parts:
    found: Parts = [
        (f"{prefix}criteria[{i}]", CriterionView(view, criterion))
        for prefix, owner in _owners(view, "criteria")
        for i, criterion in enumerate(owner.criteria)
    ]
    is_competitive = view.tender.procedure != "direct_award"
    may_have_others = is_competitive and any(s.criteria is None for s in view.criteria_sets)
    return found or ([("tender", None)] if may_have_others else [])


def _clauses(view: TenderView) -> Parts:
    found: Parts = [
        (f"{prefix}clauses[{i}]", ClauseView(view, clause))
        for prefix, owner in _owners(view, "clauses")
        for i, clause in enumerate(owner.clauses)
    ]
    is_complete = all(clauses.is_complete for clauses in view.clause_sets)
    return found if is_complete else [*found, ("tender", None)]


def _members(view: TenderView) -> Parts:
    """The members of the group; a tender without a group block has none to judge."""
    group = view.tender.group
    if group is None:
        return []
    if group.members is None:
        return [("tender", None)]
    return [(f"group.members[{i}]", MemberView(view, m)) for i, m in enumerate(group.members)]


def _owners(view: TenderView, field: str) -> Iterator[tuple[str, Any]]:
    """The tender and the lots that have some criteria, or clauses, of their own."""
    if getattr(view.tender, field):
        yield "", view.tender
    if field in view.stated_by_lots:
        for i, lot in enumerate(view.contracts):
            if getattr(lot, field):
                yield f"lots[{i}].", lot


PARTS: dict[Scope, Callable[[TenderView], Parts]] = {
    "lot": _lots,
    "criterion": _criteria,
    "clause": _clauses,
    "member": _members,
}
