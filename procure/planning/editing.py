"""Edits: what a change does to a tender. Edits are made together, so their order never matters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any, TypeVar

from procure.domain.base import Noun
from procure.domain.tender import Clause, Criterion, Lot, Purchase, Tender, Theme

Owner = TypeVar("Owner", Tender, Lot)
AnyNoun = TypeVar("AnyNoun", bound=Noun)
WHOLE = "tender"
CENT = Decimal("0.01")
_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """Fields of a place and their new values; a path goes down into blocks: `advance.share`."""

    at: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Removal:
    """A criterion or a clause that goes; the weight of a criterion goes to the others."""

    at: str


@dataclass(frozen=True, slots=True)
class NewClause:
    """A clause for the whole tender."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class Weighing:
    """
    What a theme weighs in every set of criteria: at least, or at most.

    `criterion` is the one that is added where none is on the theme alone. `known` says, for each
    owner of criteria, at which places the theme already has a criterion to itself.
    """

    theme: Theme
    criterion: Criterion | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    known: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


Edit = FieldEdit | Removal | NewClause | Weighing


def edited(tender: Tender, edits: Iterable[Edit]) -> Tender:
    """The tender with some edits made together."""
    made = list(edits)
    fields = [one for one in made if isinstance(one, FieldEdit)]
    for at in sorted({one.at for one in fields}):
        values = {k: v for one in fields if one.at == at for k, v in one.values.items()}
        tender = with_fields(tender, at, values)
    removals = {one.at for one in made if isinstance(one, Removal)}
    weighings = [one for one in made if isinstance(one, Weighing)]
    tender = _with_parts(tender, "", removals, weighings)
    if tender.lots:
        lots = tuple(
            _with_parts(lot, f"lots[{i}].", removals, weighings)
            for i, lot in enumerate(tender.lots)
        )
        tender = revised(tender, lots=lots)
    clauses = [one.clause for one in made if isinstance(one, NewClause)]
    return _with_clauses(tender, clauses) if clauses else tender


def revised(noun: AnyNoun, **updates: Any) -> AnyNoun:
    """A noun with some fields changed, checked again."""
    return type(noun).model_validate({**dict(noun), **updates})


def value_at(noun: Any, path: str) -> Any:
    """The value of a path (`lots[0].advance.share`); None where something on the way is unknown."""
    for name, place in _STEP.findall(path):
        noun = getattr(noun, name, None)
        if place and noun is not None:
            noun = noun[int(place)] if int(place) < len(noun) else None
        if noun is None:
            return None
    return noun


def noun_at(tender: Tender, at: str) -> Any:
    """The noun at a place of a report: `tender`, `lots[1]`, `lots[0].clauses[2]`."""
    return tender if at == WHOLE else value_at(tender, at)


def with_fields(noun: AnyNoun, at: str, values: Mapping[str, Any]) -> AnyNoun:
    """A noun whose part at a place has other values."""
    steps = [] if at == WHOLE else _STEP.findall(at)
    if not steps:
        return _with_values(noun, values)
    (name, place), rest = steps[0], at.partition(".")[2] or WHOLE
    part = getattr(noun, name)
    if not place:
        return revised(noun, **{name: with_fields(part, rest, values)})
    changed = with_fields(part[int(place)], rest, values)
    parts = tuple(changed if i == int(place) else one for i, one in enumerate(part))
    return revised(noun, **{name: parts})


def _with_values(noun: AnyNoun, values: Mapping[str, Any]) -> AnyNoun:
    """A noun with new values; a block that is not there yet is made."""
    own: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        head, _, rest = path.partition(".")
        if rest:
            inner.setdefault(head, {})[rest] = value
        else:
            own[head] = value
    for head, parts in inner.items():
        block = getattr(noun, head)
        own[head] = parts if block is None else _with_values(block, parts)
    return revised(noun, **own)


def _with_clauses(tender: Tender, clauses: Sequence[Clause]) -> Tender:
    """
    The tender with clauses that hold for every lot.

    Where the file does not say which clauses there are, those it does not show may still be there.
    """
    is_complete = tender.clauses_are_complete and tender.clauses is not None
    return revised(
        tender, clauses=(*(tender.clauses or ()), *clauses), clauses_are_complete=is_complete
    )


def _with_parts(
    owner: Owner, prefix: str, removals: set[str], weighings: Sequence[Weighing]
) -> Owner:
    updates: dict[str, Any] = {}
    if owner.clauses and any(at.startswith(f"{prefix}clauses[") for at in removals):
        updates["clauses"] = tuple(
            c for i, c in enumerate(owner.clauses) if f"{prefix}clauses[{i}]" not in removals
        )
    criteria = weighed(owner, prefix, removals, weighings)
    if criteria is not None and criteria != owner.criteria:
        updates["criteria"] = criteria
    return revised(owner, **updates) if updates else owner


def weighed(
    owner: Purchase, prefix: str, removals: set[str], weighings: Sequence[Weighing]
) -> tuple[Criterion, ...] | None:
    """
    The criteria of a tender or lot once weighed again; None where it has none of its own.

    The themes raised get their weight, a theme held down no more than its own; the others share
    the rest in the proportions they had. Weights are whole per cents and make one hundred.
    """
    criteria = owner.criteria
    if not criteria:
        return None
    gone = {i for i in range(len(criteria)) if f"{prefix}criteria[{i}]" in removals}
    if not gone and not weighings:
        return criteria
    kept = {i: criterion for i, criterion in enumerate(criteria) if i not in gone}
    known = {i: c.weight for i, c in kept.items() if c.weight is not None}
    if len(known) < len(kept):
        return tuple(kept.values()) if gone and not weighings else criteria
    fixed, capped, new = _asked(prefix, known, weighings)
    added = sum((c.weight or Decimal(0) for c in new), Decimal(0))
    shares = _shares(known, fixed, capped, added)
    old = tuple(revised(kept[i], weight=share) for i, share in shares.items())
    return (*old, *new)


def _asked(
    prefix: str, weights: Mapping[int, Decimal], weighings: Sequence[Weighing]
) -> tuple[dict[int, Decimal], dict[int, Decimal], list[Criterion]]:
    """The weights that are set, those that are held down, and the criteria to add."""
    fixed: dict[int, Decimal] = {}
    capped: dict[int, Decimal] = {}
    new: list[Criterion] = []
    for one in weighings:
        places = [i for i in one.known.get(prefix, ()) if i in weights]
        total = sum((weights[i] for i in places), Decimal(0))
        if one.least is not None and places:
            raised = max(one.least, total)
            first = max(places, key=lambda i: weights[i])
            fixed |= {i: weights[i] for i in places}
            fixed[first] += raised - total
        elif one.least is not None and one.criterion is not None:
            new.append(revised(one.criterion, weight=one.least))
        elif one.most is not None and places:
            first = max(places, key=lambda i: weights[i])
            capped[first] = max(Decimal(0), one.most - total + weights[first])
    return fixed, capped, new


def _shares(
    weights: Mapping[int, Decimal],
    fixed: Mapping[int, Decimal],
    capped: Mapping[int, Decimal],
    added: Decimal,
) -> dict[int, Decimal]:
    """New weights, in whole per cents where they change, of sum one with what is added."""
    left = max(Decimal(0), 1 - added - sum(fixed.values(), Decimal(0)))
    free = {i: weight for i, weight in weights.items() if i not in fixed}
    shares = dict(fixed) | _in_proportion(free, left)
    over = {i: cap for i, cap in capped.items() if i in free and shares[i] > cap}
    others = {i: weight for i, weight in free.items() if i not in over}
    if over and others:
        shares |= over
        shares |= _in_proportion(others, left - sum(over.values(), Decimal(0)))
    return {i: shares[i] for i in weights}


def _in_proportion(weights: Mapping[int, Decimal], whole: Decimal) -> dict[int, Decimal]:
    """A whole shared in proportion, in whole per cents; the largest remainders round up."""
    total = sum(weights.values(), Decimal(0))
    if not weights:
        return {}
    if total == whole:
        return dict(weights)
    exact = {
        i: whole * weight / total if total else whole / len(weights)
        for i, weight in weights.items()
    }
    shares = {i: part.quantize(CENT, ROUND_FLOOR) for i, part in exact.items()}
    rest = whole - sum(shares.values(), Decimal(0))
    for i in sorted(exact, key=lambda i: (shares[i] - exact[i], i)):
        if rest < CENT:
            break
        shares[i] += CENT
        rest -= CENT
    last = max(shares, key=lambda i: shares[i])
    shares[last] += rest
    return shares
