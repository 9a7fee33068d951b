"""Who buys: the buyer, and the purchasing group it may act for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from procure.domain.base import Count, Day, Label, Money, Noun, Share

BuyerKind = Literal["local_authority", "state", "public_establishment", "other"]


class Buyer(Noun):
    """
    The authority whose purchase it is.

    `operating_expenditure` is the yearly real operating expenditure (year N-2) that CCP R2191-7
    and R2191-33 look at; `yearly_purchases_excl_tax` the amount that L2111-3 looks at.
    """

    name: Label | None = None
    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")] | None = None
    kind: BuyerKind | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = "FRA"
    is_contracting_entity: bool | None = None
    population: Count | None = None
    yearly_purchases_excl_tax: Money | None = None
    operating_expenditure: Money | None = None
    has_purchasing_plan: bool | None = None
    has_digital_strategy: bool | None = None
    profile_url: Label | None = None


class Member(Noun):
    """One member of a purchasing group and its part of the need."""

    name: Label
    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")] | None = None
    is_public: bool | None = None
    applies_code: bool | None = None
    deliberated_on: Day | None = None
    has_signed: bool | None = None
    signed_on: Day | None = None
    value_excl_tax: Money | None = None
    share: Share | None = None


class PurchasingGroup(Noun):
    """
    Buyers who purchase together under a founding agreement (groupement de commandes).

    `has_agreement`, `has_lead_buyer` and `has_costs_rule` state that there is one, or none, where
    the day, the name or the words are not given.

    `intermunicipal_mandate`: the members entrust the purchase to their intermunicipal body, free of
    charge where its statutes allow it.

    Source: CCP L2113-6 to L2113-8; CGCT L1414-3, L5211-4-4 I.
    """

    name: Label | None = None
    has_lead_buyer: bool | None = None
    lead_buyer: Label | None = None
    members: tuple[Member, ...] | None = None
    has_agreement: bool | None = None
    agreement_signed_on: Day | None = None
    award_committee: Literal["none", "group", "lead_buyer"] | None = None
    has_costs_rule: bool | None = None
    costs_rule: Label | None = None
    intermunicipal_mandate: bool | None = None
    mandate_in_statutes: bool | None = None
    mandate_is_free: bool | None = None
