"""Holds each section of the law basis to a rule, or to the reason why it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from procure.domain.errors import Fault
from procure.resources.validation import nearest
from procure.rulebook.law_basis import FILE, LawBasis
from procure.rulebook.schema import Rule

Where = Callable[[str, tuple[str | int, ...]], str]


def faults(basis: LawBasis, rules: Iterable[Rule], where: Where) -> Iterator[Fault]:
    """
    A rule in no known section; a section named twice, or with neither rule nor reason, or both.

    Args:
        where: the place of a path of a file, in French.
    """
    rules, known = tuple(rules), basis.sections
    answered = [(rule, section) for rule in rules for section in rule.law_sections]
    for rule, section in answered:
        if section not in known:
            yield Fault(
                where(rule.path, ("law_section",)),
                f"la section « {section} » n'est pas dans rules/{FILE}",
                "le numéro d'une section",
                nearest(section, list(known)),
            )
    yield from _sections_at_fault(basis, {section for _, section in answered}, where)


def _sections_at_fault(basis: LawBasis, covered: set[str], where: Where) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, section in basis.placed():
        name = f"la section « {section.id} »"
        if section.id in seen:
            what = f"{name} est écrite deux fois"
            yield Fault(where(FILE, path), what, "un numéro pour elle seule")
        elif section.id in covered and section.none_because:
            yield Fault(
                where(FILE, path),
                f"{name} a des règles, et une raison de n'en pas avoir",
                "l'un ou l'autre",
                "Ôtez « none_because », ou donnez une autre section à ces règles",
            )
        elif section.id not in covered and not section.none_because:
            yield Fault(
                where(FILE, path),
                f"{name} n'a ni règle, ni raison de n'en pas avoir",
                "une règle dont « law_section » est ce numéro, ou « none_because »",
            )
        seen.add(section.id)
