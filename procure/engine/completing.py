"""What to fill in: the missing facts of a report as fields of the tender, most awaited first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from procure.domain.report import Finding, Wanted
from procure.engine.speech import place
from procure.engine.vocabulary import FACTS
from procure.rulebook.vocabulary import Vocabulary

LISTS = {"lot": "lots", "criterion": "criteria", "clause": "clauses", "member": "group.members"}
"""The field that holds the places of each scope; itself missing where no place is known."""

Wait = tuple[str, str, str]
"""A missing fact, the place where it is missing, the rule that waits for it."""


def wanted(
    findings: Iterable[Finding], origins: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Wanted, ...]:
    """The fields to fill in; those that most rules wait for come first."""
    waits: dict[str | None, list[Wait]] = {}
    for finding in findings:
        for fact in finding.missing:
            at = _place_of(fact, finding.at)
            waits.setdefault(_key(fact, at, origins), []).append((fact, at, finding.rule))
    fields = [_field(key, found, vocabulary) for key, found in waits.items()]
    return tuple(sorted(fields, key=lambda field: (-len(field.rules), field.key or "~")))


def _field(key: str | None, waits: list[Wait], vocabulary: Vocabulary) -> Wanted:
    facts = dict.fromkeys(fact for fact, _, _ in waits)
    labels = dict.fromkeys(vocabulary[fact].label for fact in facts)
    places = dict.fromkeys(place(at) for _, at, _ in waits)
    rules = sorted({rule for _, _, rule in waits})
    return Wanted(
        key=key, facts=tuple(facts), labels=tuple(labels), places=tuple(places), rules=tuple(rules)
    )


def _place_of(fact: str, at: str) -> str:
    """Where a fact is missing: a rule on a lot also reads the facts of the whole tender."""
    known = FACTS.get(fact)
    scope = known.spec.scope if known else "tender"
    return "tender" if scope == "tender" else at.split(".")[0] if scope == "lot" else at


def _key(fact: str, at: str, origins: Mapping[str, str]) -> str | None:
    """The first of the fact's fields that the file does not have; else the first."""
    known = FACTS.get(fact)
    if known is None:
        return None
    if known.spec.scope != "tender" and "[" not in at:
        return LISTS[known.spec.scope]
    prefix = "" if at == "tender" else f"{at}."
    absent = (f for f in known.fields if f != "lots" and prefix + f not in origins)
    field = next(absent, known.fields[0])
    return re.sub(r"\[\d+\]", "[]", prefix) + field
