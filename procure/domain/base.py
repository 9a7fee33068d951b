"""What every noun of the domain shares: frozen, closed, and unknown is None."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Noun(BaseModel):
    """
    A frozen model that refuses unknown keys.

    A field that is None is unknown: never zero, empty or false. An empty tuple is the statement
    that there are none.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True
    )


SPACES = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"-?[0-9]{1,40}([.,][0-9]{1,40})?")
_WHOLE = re.compile(r"-?[0-9]{1,40}")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}([,.][0-9]{3})+")
_FRENCH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _plain_number(value: Any) -> Any:
    """Accept a number as people write it in French: « 1 250 000,50 € »."""
    if isinstance(value, bool):
        raise PydanticCustomError("decimal_type", "a number, not a yes or no")
    if not isinstance(value, str):
        return value
    text = SPACES.sub("", value).removesuffix("€")
    if not _NUMBER.fullmatch(text):
        raise PydanticCustomError("decimal_parsing", "a number")
    return text.replace(",", ".")


def _plain_amount(value: Any) -> Any:
    """Accept an amount as in French; « 12,500 », « 12.500 » could be read in two ways: refused."""
    text = str(value) if isinstance(value, str | Decimal) else ""
    if _THOUSANDS.fullmatch(SPACES.sub("", text).removesuffix("€")):
        raise PydanticCustomError("ambiguous_amount", "a comma or a dot before three digits")
    return _plain_number(value)


def _plain_share(value: Any) -> Any:
    """Accept a share as people write it in French: « 30 % »."""
    if isinstance(value, str) and (text := SPACES.sub("", value)).endswith("%"):
        return Decimal(_plain_number(text[:-1])) / 100
    return _plain_number(value)


def _plain_count(value: Any) -> Any:
    """Accept a whole number as people write it in French: « 89 472 »."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "a whole number, not a yes or no")
    if not isinstance(value, str):
        return value
    text = SPACES.sub("", value)
    if not _WHOLE.fullmatch(text):
        raise PydanticCustomError("int_parsing", "a whole number")
    return text


def _plain_day(value: Any) -> Any:
    """Accept a day as people write it in French, « 01/09/2026 », and no count of seconds."""
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if parts := _FRENCH_DAY.fullmatch(text):
        return f"{parts[3]}-{parts[2]:0>2}-{parts[1]:0>2}"
    if not _ISO_DAY.fullmatch(text):
        raise PydanticCustomError("date_parsing", "a day")
    return text


Money = Annotated[
    Decimal, Field(ge=0, max_digits=15, decimal_places=2), BeforeValidator(_plain_amount)
]
"""Euros excluding tax, to the cent."""

Share = Annotated[Decimal, Field(ge=0, le=1), BeforeValidator(_plain_share)]
"""A part of one: 0.30 is thirty per cent."""

Quantity = Annotated[Decimal, Field(ge=0, le=1_000_000_000_000), BeforeValidator(_plain_share)]
"""A number that may be a share: « 30 % » is 0.30."""

Number = Annotated[Decimal, Field(ge=0, le=1_000_000_000_000), BeforeValidator(_plain_number)]
Day = Annotated[date, BeforeValidator(_plain_day)]

Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Label = Annotated[str, Field(min_length=1, max_length=1_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_plain_count)]
Cpv = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
"""A CPV 2008 code of eight digits, without its check digit."""
