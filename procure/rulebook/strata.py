"""Orders rules so that every derived fact is concluded before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from procure.domain.errors import Fault, RulebookError
from procure.rulebook.schema import Rule


def concluded_by(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules that conclude each derived fact."""
    by_fact: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.file.conclude:
            by_fact.setdefault(rule.file.conclude.fact, []).append(rule)
    return by_fact


def check_no_cycle(rules: Sequence[Rule]) -> None:
    """
    Refuse rules that conclude facts from one another in a circle.

    Raises:
        RulebookError: names the rules of the circle.
    """
    levels(rules)


def levels(rules: Sequence[Rule]) -> dict[str, int]:
    """
    The level of each rule by code: 0 reads no derived fact, n reads facts concluded at n-1.

    Raises:
        RulebookError: the rules conclude facts in a circle.
    """
    by_fact = concluded_by(rules)
    before = {
        rule.code: {other.code for fact in rule.facts for other in by_fact.get(fact, ())}
        for rule in rules
    }
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError as error:
        circle = error.args[1]
        paths = {rule.code: rule.path for rule in rules}
        raise RulebookError(
            Fault(
                f"rules/{paths[circle[0]]}, ligne 1",
                f"des règles se concluent l'une l'autre en cercle : {' → '.join(circle)}",
                "des faits conclus de faits lus dans le dossier",
            )
        ) from None
    level: dict[str, int] = {}
    for code in order:
        level[code] = 1 + max((level[other] for other in before[code]), default=-1)
    return level
