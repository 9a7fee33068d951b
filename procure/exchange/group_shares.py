"""The workbook of shares: who pays what, line by line, and the rule that was followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procure.domain.group_shares import SHARE_KEYS, SHARED_FOR, GroupShares
from procure.exchange.xlsx import As, Column, Sheet, Value, write


def shares_workbook(shares: GroupShares, title: str, on: date) -> bytes:
    """A workbook of shares; `on` is the day written as its creation."""
    return write(title, (_amounts(shares), _rule(shares, title)), on)


def _amounts(shares: GroupShares) -> Sheet:
    columns = (
        Column("Membre", 36),
        Column("Montant", 16, "money"),
        Column("Poids", 16, "number"),
        Column("Comment", 90),
    )
    rows: list[tuple[Value | As, ...]] = [
        (row.member, row.amount, row.weight, row.explanation) for row in shares.rows
    ]
    rows.append(("Total", sum(row.amount for row in shares.rows), None, None))
    return Sheet("Partage", columns, rows, has_filter=False)


def _rule(shares: GroupShares, title: str) -> Sheet:
    columns = (Column("Rubrique", 24), Column("Valeur", 100))
    return Sheet("Règle", columns, list(_rule_rows(shares, title)), has_filter=False)


def _rule_rows(shares: GroupShares, title: str) -> Iterator[tuple[Value | As, ...]]:
    rule = shares.rule
    yield "Groupement", title
    yield "Objet", SHARED_FOR[rule.purpose]
    yield "Montant partagé", As(shares.total, "money")
    yield "Clé", SHARE_KEYS[rule.by]
    if rule.fixed is not None:
        yield "Part fixe", As(rule.fixed, "share")
    yield "Calcul", shares.explanation
    for note in shares.notes:
        yield "Remarque", note
