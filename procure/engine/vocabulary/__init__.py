"""
The facts that rules may use, with their way to the tender; written out in docs/facts.md.

A fact reads one thing and decides nothing. One module a subject; `fact.py` says what a fact is.
"""

from __future__ import annotations

from procure.engine.vocabulary import (
    award,
    clauses,
    criteria,
    groups,
    lots,
    money,
    policy,
    procedure,
    sectors,
)
from procure.engine.vocabulary.fact import Fact
from procure.rulebook.vocabulary import FactSpec

FACTS: dict[str, Fact] = {
    fact.spec.name: fact
    for module in (procedure, award, money, lots, criteria, clauses, groups, policy, sectors)
    for fact in module.FACTS
}
SPECS: dict[str, FactSpec] = {name: fact.spec for name, fact in FACTS.items()}
