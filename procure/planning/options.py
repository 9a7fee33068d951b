"""Options: changes as the plan sees them, by what they ask and what they allow beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Option:
    """
    A change that may be taken or left.

    Args:
        trait: what it does in kind; options of one trait that gain the same alone are taken to be
            worth the same together, until scoring says otherwise.
        answers: the rules it is known to move.
        families: at most one option of each is taken.
        requires, excludes: ids of other options.
    """

    id: str
    effort: int
    trait: str = ""
    answers: frozenset[str] = NONE
    families: frozenset[str] = NONE
    requires: frozenset[str] = NONE
    excludes: frozenset[str] = NONE


def complete(options: Sequence[Option]) -> list[Option]:
    """The options in order of id, without those that require one that is not there."""
    kept = {option.id: option for option in options}
    while lost := [o.id for o in kept.values() if not o.requires <= kept.keys()]:
        for id in lost:
            del kept[id]
    return [kept[id] for id in sorted(kept)]


def clashes(options: Sequence[Option]) -> Iterator[frozenset[str]]:
    """The sets of ids of which one at most may be taken."""
    families: dict[str, set[str]] = {}
    for option in options:
        for family in option.families:
            families.setdefault(family, set()).add(option.id)
    yield from (frozenset(ids) for _, ids in sorted(families.items()) if len(ids) > 1)
    known = {option.id for option in options}
    pairs = {frozenset((o.id, other)) for o in options for other in o.excludes & known}
    yield from sorted((p for p in pairs if len(p) == 2), key=sorted)


def may_stand(taken: Collection[str], options: Sequence[Option]) -> bool:
    """Whether options may be taken together."""
    chosen = frozenset(taken)
    needs = all(o.requires <= chosen for o in options if o.id in chosen)
    return needs and all(len(chosen & clash) < 2 for clash in clashes(options))


def with_needs(id: str, options: Sequence[Option]) -> frozenset[str]:
    """An option and all that it requires."""
    known = {option.id: option for option in options}
    found: set[str] = set()
    todo = [id]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += known[one].requires
    return frozenset(found)


def many(options: Sequence[Option], first: Iterable[str] = ()) -> frozenset[str]:
    """A set to which no option can be added, those of `first` before the others."""
    taken: frozenset[str] = NONE
    for id in (*first, *(option.id for option in options)):
        wider = taken | with_needs(id, options)
        if may_stand(wider, options):
            taken = wider
    return taken
