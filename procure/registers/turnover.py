"""
Ranges of staff, and the turnover they let one assume: `rules/registers/turnover.yaml`.

The amounts are assumptions of the house, and say so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from pydantic import Field

from procure.domain.base import Label, Noun
from procure.domain.errors import RulebookError
from procure.domain.supply import WORKFORCES, PerPerson, Staff, Workforce
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import build
from procure.resources.yaml import parse

REGISTER = "registers/turnover.yaml"


class _Line(Noun):
    naf: tuple[str, ...] = Field(min_length=1)
    least: Decimal
    most: Decimal


class _File(Noun):
    source: Label
    verified: bool
    checked_on: date
    staff: dict[Workforce, Staff]
    per_person: tuple[_Line, ...]


@cache
def staff() -> dict[Workforce, Staff]:
    """The people that each range of staff stands for."""
    return dict(_file().staff)


def workforce_of(people: int) -> Workforce:
    """The range of staff that a number of people falls in."""
    return next(code for code in reversed(WORKFORCES) if staff()[code].least <= people)


@cache
def per_person() -> tuple[PerPerson, ...]:
    """The turnover of one person at work, by activity."""
    file = _file()
    return tuple(
        PerPerson(
            naf=line.naf,
            least_excl_tax=line.least,
            most_excl_tax=line.most,
            source=file.source,
            verified=file.verified,
        )
        for line in file.per_person
    )


@cache
def _file() -> _File:
    text = decode(read_bytes(data_folder("rules") / REGISTER), f"rules/{REGISTER}")
    document = parse(text, f"rules/{REGISTER}")
    return build(_File, document.value, document.where, RulebookError)
