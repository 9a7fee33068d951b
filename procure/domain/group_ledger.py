"""What happens in the life of a purchasing group, and what the group is on a day."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from procure.domain.base import Count, Cpv, Day, Label, Money, Noun, Text
from procure.domain.parties import BuyerKind
from procure.domain.tender import Nature, Procedure, Regime

EventKind = Literal[
    "created",
    "invited",
    "deliberated",
    "signed",
    "need_changed",
    "joined",
    "left",
    "launched",
    "awarded",
    "invoiced",
]
Siret = Annotated[str, Field(pattern=r"^[0-9]{14}$")]
Standing = Literal["invited", "deliberated", "member", "left"]

EVENT_WORDS: dict[EventKind, str] = {
    "created": "création du groupement",
    "invited": "invitation",
    "deliberated": "délibération",
    "signed": "signature de la convention",
    "need_changed": "besoin déclaré",
    "joined": "adhésion",
    "left": "retrait",
    "launched": "lancement de la consultation",
    "awarded": "attribution",
    "invoiced": "facture",
}
STANDING_WORDS: dict[Standing, str] = {
    "invited": "ni délibération ni signature",
    "deliberated": "délibération prise, convention non signée",
    "member": "membre",
    "left": "retrait",
}

_PARTY = ("siret", "is_public", "applies_code", "population", "value_excl_tax")
NEEDED: dict[EventKind, tuple[str, ...]] = {
    "created": ("name", "lead_buyer"),
    "invited": ("member",),
    "deliberated": ("member",),
    "signed": ("member",),
    "need_changed": ("member", "value_excl_tax"),
    "joined": ("member",),
    "left": ("member",),
    "launched": (),
    "awarded": ("value_excl_tax",),
    "invoiced": ("reference", "value_excl_tax"),
}
"""What an event of each kind must say, besides its day."""

ALLOWED: dict[EventKind, tuple[str, ...]] = {
    "created": (
        *_PARTY,
        "buyer_kind",
        "is_contracting_entity",
        "nature",
        "regime",
        "cpv",
        "award_committee",
        "costs_rule",
        "intermunicipal_mandate",
        "mandate_in_statutes",
        "mandate_is_free",
    ),
    "invited": _PARTY,
    "deliberated": (),
    "signed": (),
    "need_changed": (),
    "joined": _PARTY,
    "left": (),
    "launched": ("reference", "procedure", "value_excl_tax", "maximum_excl_tax"),
    "awarded": ("reference", "contractor"),
    "invoiced": ("contractor",),
}
"""What it may say besides; any event may carry a note."""


class LedgerEvent(Noun):
    """
    One dated event of a group.

    Args:
        on: the day it happened, which need not be the day it was written.
        member: whose event it is; for `created`, the fields of a party are those of the leader.
        value_excl_tax: the need of the member, the estimated value launched, the amount awarded or
            that of the invoice, according to the kind.
    """

    on: Day
    kind: EventKind
    member: Label | None = None
    name: Label | None = None
    lead_buyer: Label | None = None
    buyer_kind: BuyerKind | None = None
    is_contracting_entity: bool | None = None
    siret: Siret | None = None
    is_public: bool | None = None
    applies_code: bool | None = None
    population: Count | None = None
    value_excl_tax: Money | None = None
    maximum_excl_tax: Money | None = None
    nature: Nature | None = None
    regime: Regime | None = None
    cpv: Cpv | None = None
    procedure: Procedure | None = None
    award_committee: Literal["none", "group", "lead_buyer"] | None = None
    costs_rule: Label | None = None
    intermunicipal_mandate: bool | None = None
    mandate_in_statutes: bool | None = None
    mandate_is_free: bool | None = None
    reference: Label | None = None
    contractor: Label | None = None
    note: Text | None = None


class Party(Noun):
    """One who was invited or joined, and where it stands; a member is who has signed."""

    name: Label
    standing: Standing = "invited"
    siret: Siret | None = None
    is_public: bool | None = None
    applies_code: bool | None = None
    population: Count | None = None
    value_excl_tax: Money | None = None
    deliberated_on: Day | None = None
    signed_on: Day | None = None
    joined_on: Day | None = None
    left_on: Day | None = None


class GroupState(Noun):
    """
    A group on a day, as the events up to that day tell it.

    Args:
        created: the event that founded it; None on a day before.
        launched: the last launch; `awarded` and `invoiced` are sums of their events.
    """

    on: Day
    created: LedgerEvent | None = None
    parties: tuple[Party, ...] = ()
    launched: LedgerEvent | None = None
    awarded_excl_tax: Money = Decimal(0)
    invoiced: Money = Decimal(0)
    events: int = 0

    @property
    def members(self) -> tuple[Party, ...]:
        """Who has signed, has joined and has not left."""
        return tuple(party for party in self.parties if party.standing == "member")

    @property
    def needs_excl_tax(self) -> Decimal | None:
        """The sum of the members' needs; None where one is not known."""
        needs = [party.value_excl_tax for party in self.members]
        known = [need for need in needs if need is not None]
        return sum(known, Decimal(0)) if len(known) == len(needs) else None

    @property
    def over_maximum_excl_tax(self) -> Decimal | None:
        """By how much the needs pass the maximum launched; None where one is not known."""
        maximum = self.launched.maximum_excl_tax if self.launched else None
        if maximum is None or self.needs_excl_tax is None:
            return None
        return max(self.needs_excl_tax - maximum, Decimal(0))
