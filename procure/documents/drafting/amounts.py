"""Amounts, shares, durations and days in words; nothing for what is not known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from procure.domain import french
from procure.domain.french import NBSP


def money(value: Decimal | None) -> str | None:
    """« 216 000 € HT »: every amount of a tender excludes tax."""
    return None if value is None else f"{french.euros(value)}{NBSP}HT"


def share(value: Decimal | None) -> str | None:
    """« 30 % »."""
    return None if value is None else french.percent(value)


def months(value: Decimal | int | None) -> str | None:
    """« 12 mois »."""
    return None if value is None else f"{french.number(value)}{NBSP}mois"


def days(value: Decimal | int | None) -> str | None:
    """« 1 jour », « 30 jours »."""
    return None if value is None else _counted(value, "jour")


def hours(value: Decimal | None) -> str | None:
    """« 1 240 heures »."""
    return None if value is None else _counted(value, "heure")


def points(value: Decimal | None) -> str | None:
    """« 8 points »."""
    return None if value is None else _counted(value, "point")


def day(value: date | None) -> str | None:
    """« 1er décembre 2026 »."""
    return None if value is None else french.day(value)


def _counted(value: Decimal | int, word: str) -> str:
    return f"{french.number(value)}{NBSP}{word}{'' if value < 2 else 's'}"


BY_UNIT: dict[str, Callable[[Decimal], str | None]] = {
    "EUR_excl_tax": french.euros,
    "share": french.percent,
    "days": days,
    "months": months,
    "hours": hours,
    "percent_points": points,
}
"""How a number of law is said, by its unit."""
