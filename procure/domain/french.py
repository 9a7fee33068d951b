"""French typography: amounts, shares, days, and the spaces before the double signs."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"
NBSP = "\u00a0"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip


def number(value: Decimal | int | float, places: int | None = None) -> str:
    """« 1 250 000,5 »; `places` fixes the number of decimals, otherwise as many as needed."""
    amount = Decimal(str(value))
    if places is not None:
        amount = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    else:
        amount = amount.normalize()
    sign, text = ("−" if amount < 0 else ""), f"{abs(amount):f}"
    whole, _, decimals = text.partition(".")
    groups = re.sub(r"(?<=\d)(?=(\d{3})+$)", NARROW, whole)
    return sign + groups + ("," + decimals if decimals else "")


def euros(value: Decimal) -> str:
    """« 216 000 € », « 1 250 000,50 € »."""
    places = 0 if value == value.to_integral_value() else 2
    return f"{number(value, places)}{NBSP}€"


def percent(share: Decimal) -> str:
    """« 30 % », « 12,5 % », « 20,0003 % »; see `rounded`."""
    return f"{number(rounded(share * 100))}{NBSP}%"


def rounded(value: Decimal) -> Decimal:
    """At most two decimals, four where two would hide that a whole number is passed."""
    short = value.quantize(Decimal("0.01"))
    hides = short != value and short == short.to_integral_value()
    return value.quantize(Decimal("0.0001")) if hides else short


def day(value: date) -> str:
    """« 1er décembre 2026 »."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first} {MONTHS[value.month - 1]} {value.year}"


def plural(count: int, singular: str, many: str | None = None) -> str:
    """« 1 lot », « 3 lots »; in French, zero and one are singular."""
    return f"{number(count)}{NBSP}{singular if count < 2 else many or singular + 's'}"


def typeset(text: str) -> str:
    """The narrow no-break spaces that French wants before « ; : ! ? » and inside guillemets."""
    text = re.sub(
        r"(?<=[^\s\u00a0\u202f:/]) ?([;!?])(?=[\s\u00a0\u202f)»]|$)", NARROW + r"\1", text
    )
    text = re.sub(r"(?<=[^\s\u00a0\u202f]) :(?=\s|$)", NBSP + ":", text)
    text = re.sub(r"«[ \u00a0]?(?=\S)", "«" + NBSP, text)
    text = re.sub(r"(?<=\S)[ \u00a0]?»", NBSP + "»", text)
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NARROW, text)
    return re.sub(r"(?<=\d) (?=[%€])", NBSP, text)
