"""Who pays what in a purchasing group: the payers, the key, and the amounts to the cent."""

from __future__ import annotations

from typing import Literal

from procure.domain.base import Label, Money, Noun, Number, Share, Text

ShareKey = Literal["population", "volume", "equal", "mixed"]
WeightKey = Literal["population", "volume"]
SharedFor = Literal["costs", "invoice"]

SHARE_KEYS: dict[ShareKey, str] = {
    "population": "au prorata de la population",
    "volume": "au prorata des besoins",
    "equal": "à parts égales",
    "mixed": "part fixe égale, puis part variable",
}
SHARED_FOR: dict[SharedFor, str] = {
    "costs": "frais de procédure",
    "invoice": "facture",
}


class Payer(Noun):
    """A member who pays, with what its part may be reckoned on; None is not known."""

    name: Label
    population: Number | None = None
    volume: Number | None = None


class ShareRule(Noun):
    """
    How an amount is shared.

    Args:
        fixed: of a mixed rule, the part of the amount shared equally.
        variable: of a mixed rule, what the rest is reckoned on.
        purpose: a member without need pays no part of an invoice.
    """

    by: ShareKey
    fixed: Share | None = None
    variable: WeightKey = "volume"
    purpose: SharedFor = "costs"


class GroupShare(Noun):
    """
    What one member pays, and why.

    Args:
        weight: what the part was reckoned on; None for equal parts.
        has_extra_cent: whether it bears one of the cents that the rounding down left.
    """

    member: Label
    amount: Money
    weight: Number | None = None
    has_extra_cent: bool = False
    explanation: Text


class GroupShares(Noun):
    """An amount shared to the cent: the rows add up to the total, in the order of the names."""

    total: Money
    rule: ShareRule
    rows: tuple[GroupShare, ...]
    explanation: Text
    notes: tuple[Text, ...] = ()
