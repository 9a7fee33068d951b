"""
The places of a tender that rules of each scope judge, with the path a report calls them by.

A tender that does not say its lots, criteria or clauses has one place whose facts are unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from procure.domain.tender import Clause, Criterion
from procure.engine.views import ClauseView, CriterionView, MemberView, TenderView
from procure.rulebook.vocabulary import Scope

Parts = list[tuple[str, Any]]


def _lots(view: TenderView) -> Parts:
    if view.tender.lots is None:
        return [("tender", None)]
    return [(f"lots[{lot.index}]", lot) for lot in view.lots]


def _criteria(view: TenderView) -> Parts:
    found: Parts = [
        (path, CriterionView(view, criterion))
        for prefix, owner in _owners(view)
        for path, criterion in _numbered(f"{prefix}criteria", owner.criteria)
    ]
    is_competitive = view.tender.procedure != "direct_award"
    may_have_others = is_competitive and any(s.criteria is None for s in view.criteria_sets)
    return found or ([("tender", None)] if may_have_others else [])


def _clauses(view: TenderView) -> Parts:
    found: Parts = [
        (path, ClauseView(view, clause))
        for prefix, owner in _owners(view)
        for path, clause in _numbered(f"{prefix}clauses", owner.clauses)
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


def _owners(view: TenderView) -> Iterator[tuple[str, Any]]:
    yield "", view.tender
    for lot in view.lots:
        yield f"lots[{lot.index}].", lot.lot


def _numbered(path: str, parts: tuple[Criterion, ...] | tuple[Clause, ...] | None) -> Iterator[Any]:
    for i, part in enumerate(parts or ()):
        yield f"{path}[{i}]", part


PARTS: dict[Scope, Callable[[TenderView], Parts]] = {
    "lot": _lots,
    "criterion": _criteria,
    "clause": _clauses,
    "member": _members,
}
