"""
The consultation: what is bought, in which lots, by which rules, under which conditions.

`Tender` is the consultation, not the bid (glossary). Amounts exclude tax and cover the whole need:
options, renewals and all lots (CCP R2121-1), unless a field says otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from procure.domain.base import Count, Cpv, Day, Label, Money, Noun, Number, Share, Text
from procure.domain.parties import Buyer, PurchasingGroup

Nature = Literal["works", "supplies", "services"]
Regime = Literal["ordinary", "social_and_specific", "defence", "concession", "excluded"]
Form = Literal["ordinary", "global", "partnership"]
Procedure = Literal[
    "direct_award",
    "adapted",
    "open_call",
    "restricted_call",
    "negotiated",
    "competitive_dialogue",
    "innovation_partnership",
    "other",
]
Theme = Literal[
    "price",
    "cost",
    "technical",
    "delay",
    "environmental",
    "social",
    "local_preference",
    "general_policy",
    "other",
]
LocalPreference = Literal["none", "lawful", "risky", "unlawful"]
Axis = Literal["social", "environmental", "local"]
ClauseKind = Literal["execution", "specification", "selection", "other"]
ClauseSubject = Literal[
    "insertion",
    "equality",
    "accessibility",
    "working_conditions",
    "youth",
    "training",
    "subcontracting",
    "fair_trade",
    "packaging",
    "waste",
    "transport",
    "energy",
    "water",
    "materials",
    "chemicals",
    "biodiversity",
    "reuse",
    "food_quality",
    "food_waste",
    "digital_sobriety",
    "eco_design",
    "carbon",
    "single_use_plastic",
    "direct_supply",
    "response_time",
    "small_firm_access",
    "payment",
    "other",
]
ReservationKind = Literal[
    "none", "disability", "inclusion", "disability_and_inclusion", "prison", "social_economy", "jei"
]
NoLotsGround = Literal[
    "none",
    "no_distinct_services",
    "cannot_coordinate",
    "restricts_competition",
    "unsuccessful_risk",
    "other",
]
SocialWaiverGround = Literal[
    "none",
    "immediately_available",
    "no_sufficient_link",
    "restricts_competition",
    "works_under_six_months",
    "other",
]
DirectAwardGround = Literal[
    "small_amount", "innovation", "books", "urgency", "exclusivity", "no_suitable_bid", "other"
]
Ccag = Literal[
    "works", "engineering", "supplies_services", "industrial", "intellectual", "digital", "none"
]
OptionalExclusion = Literal["vigilance_plan", "sustainability_report", "emissions_report"]
RetreadedTyres = Literal["required", "not_required", "unsuccessful_call", "emergency_vehicles"]
EuropeanOrigin = Literal["required", "unavailable", "not_required"]
Publication = Literal["boamp", "legal_gazette", "ojeu", "buyer_profile", "specialised_press"]

CLAUSE_SUBJECTS: tuple[ClauseSubject, ...] = get_args(ClauseSubject)
SUBJECT_AXIS: dict[str, Axis] = {
    **dict.fromkeys(
        ("insertion", "equality", "accessibility", "working_conditions", "youth", "training",
         "subcontracting", "fair_trade"), "social"),
    **dict.fromkeys(
        ("packaging", "waste", "transport", "energy", "water", "materials", "chemicals",
         "biodiversity", "reuse", "food_quality", "food_waste", "digital_sobriety", "eco_design",
         "carbon", "single_use_plastic"), "environmental"),
    **dict.fromkeys(("direct_supply", "response_time", "small_firm_access", "payment"), "local"),
}  # fmt: skip
"""The axis that a subject belongs to; « other » belongs to none."""


class Place(Noun):
    """Where the contract is performed; any one of the fields is enough."""

    commune: Label | None = None
    insee: Annotated[str, Field(pattern=r"^([0-9]{5}|2[AB][0-9]{3})$")] | None = None
    postcode: Annotated[str, Field(max_length=12)] | None = None
    nuts: Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z0-9]{0,3}$")] | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None


class Criterion(Noun):
    """
    An award criterion.

    `weight` is a share of its set (0.40 for 40 %); where the notice only gives an order of
    importance, `weight` is unknown and `rank` says the order, 1 first. `themes` are all of its
    themes, unless `themes_are_complete` is false; `local_preference` is what its words say of it.
    """

    label: Label
    weight: Share | None = None
    rank: Count | None = None
    kind: Literal["price", "cost", "quality"] | None = None
    themes: tuple[Theme, ...] | None = None
    themes_are_complete: bool = True
    local_preference: LocalPreference | None = None
    description: Text | None = None
    method: Text | None = None
    linked_to_object: bool | None = None
    sub_criteria: tuple[Criterion, ...] | None = None


class Clause(Noun):
    """
    A condition the contractor must respect.

    A clause can be enforced when proof, checker, moment and penalty are all stated.
    """

    kind: ClauseKind | None = None
    axis: Axis | None = None
    subject: ClauseSubject | None = None
    text: Text | None = None
    proof: Text | None = None
    checked_by: Text | None = None
    checked_when: Text | None = None
    penalty: Text | None = None
    library_id: Label | None = None
    insertion_hours: Number | None = None
    brand: Label | None = None
    label: Label | None = None
    imposed_origin: Label | None = None
    accepts_equivalent: bool | None = None
    linked_to_object: bool | None = None
    requires_french: bool | None = None
    local_preference: LocalPreference | None = None


class Reservation(Noun):
    """
    A contract or lot kept for certain operators.

    `workers_share` is the share of disabled or disadvantaged workers asked of them (CCP R2113-7).
    """

    kind: ReservationKind
    workers_share: Share | None = None
    mentioned_in_notice: bool | None = None


class Strategic(Noun):
    """
    What a notice declares of its sustainable aims; eForms codes as published.

    `aims` is BT-06, `environmental` BT-774, `social` BT-775, `innovation` BT-776,
    `green_criteria` BT-805, `accessibility` BT-754; `description` is BT-777.
    """

    aims: tuple[str, ...] | None = None
    environmental: tuple[str, ...] | None = None
    social: tuple[str, ...] | None = None
    innovation: tuple[str, ...] | None = None
    green_criteria: tuple[str, ...] | None = None
    accessibility: str | None = None
    description: Text | None = None


class Renewals(Noun):
    """Renewals of the contract: how many, how long each, and the amount of each."""

    count: Count
    months: Number | None = None
    value_excl_tax: Money | None = None


class FrameworkAgreement(Noun):
    """A framework agreement; `is_framework: false` states that the contract is not one."""

    is_framework: bool = True
    maximum_excl_tax: Money | None = None
    minimum_excl_tax: Money | None = None
    has_maximum: bool | None = None
    contractors: Count | None = None
    longer_duration_reason: Text | None = None


class Variants(Noun):
    """
    What the documents say of variants (CCP L2151-2, R2151-8 to R2151-10).

    `unstated` states that the documents say nothing.
    """

    policy: Literal["allowed", "forbidden", "required", "unstated"]
    minimum_requirements: Text | None = None


class Advance(Noun):
    """The advance paid to the contractor; `share` of the amount including tax."""

    granted: bool | None = None
    share: Share | None = None
    guarantee_required: bool | None = None


class SiteVisit(Noun):
    """A visit of the place before bidding."""

    required: bool
    dates_offered: Count | None = None


class Sourcing(Noun):
    """What was asked of the market before the consultation (CCP R2111-1)."""

    done: bool
    firms_met: Count | None = None
    is_recorded: bool | None = None


class Application(Noun):
    """
    What a firm must send and prove to be admitted.

    `minimum_turnover_excl_tax` is yearly. `premises` says when premises near the place of
    performance are asked: `before_award` shuts out, `after_award` is a duty of the contractor.
    `exclusion_declaration` is the firm's word that no ground of exclusion holds (CCP L2141-1 to
    L2141-5); `optional_exclusions` are those the buyer chooses to use (L2141-7-1, L2141-7-2).
    """

    minimum_turnover_excl_tax: Money | None = None
    turnover_reason: Text | None = None
    documents_count: Count | None = None
    accepts_self_declaration: bool | None = None
    references_required: bool | None = None
    joint_bids: Literal["free", "imposed_form", "forbidden"] | None = None
    premises: Literal["none", "before_award", "after_award"] | None = None
    premises_reason: Text | None = None
    exclusion_declaration: bool | None = None
    optional_exclusions: tuple[OptionalExclusion, ...] | None = None
    asks_small_firms_share: bool | None = None
    limits_third_countries: bool | None = None


class Resources(Noun):
    """
    What is asked of the matter of the goods: reused, recycled, bio-based, retreaded.

    Shares are of the amount; `biobased_share` is of the works (c. env. L228-4).
    """

    reused_share: Share | None = None
    recycled_share: Share | None = None
    biobased_share: Share | None = None
    retreaded_tyres: RetreadedTyres | None = None
    accepts_reconditioned_buildings: bool | None = None


class Food(Noun):
    """What is asked of food and meals; shares are of the amount (code rural L230-5-1)."""

    for_public_canteen: bool | None = None
    for_children: bool | None = None
    quality_share: Share | None = None
    organic_share: Share | None = None
    quality_meat_and_fish_share: Share | None = None
    european_origin: EuropeanOrigin | None = None
    excludes_plastic_containers: bool | None = None


class Vehicles(Noun):
    """The fleet of light vehicles that is renewed, and the low-emission part of this purchase."""

    fleet_size: Count | None = None
    low_emission_share: Share | None = None


class Equipment(Noun):
    """What is asked of digital equipment."""

    counts_repairability: bool | None = None
    counts_durability: bool | None = None
    asks_responsible_label: bool | None = None
    label_accepts_equivalent: bool | None = None


class Waiver(Noun):
    """A written reason for not doing what the law asks by default."""

    ground: Label
    reason: Text | None = None


class NoLots(Waiver):
    """Why the contract is not divided (CCP L2113-10 and L2113-11)."""

    ground: NoLotsGround


class SocialWaiver(Waiver):
    """Why no social condition is set above the European thresholds (CCP L2112-2-1)."""

    ground: SocialWaiverGround


class Item(Noun):
    """A piece of the need, that lots are made of."""

    label: Label
    cpv: Cpv | None = None
    trade: Label | None = None
    value_excl_tax: Money | None = None
    quantity: Number | None = None
    unit: Label | None = None
    place: Place | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    phase: Label | None = None
    together_with: tuple[Label, ...] = ()
    apart_from: tuple[Label, ...] = ()


class Judgement(Noun):
    """A person's answer to a question that no machine can settle."""

    rule: Annotated[str, Field(pattern=r"^[A-Z]{3}[0-9]{3}$")]
    at: Label = "tender"
    answer: Literal["compliant", "not_compliant"]
    by: Label
    on: Day
    reason: Text


class Purchase(Noun):
    """What a tender and each of its lots have in common; a lot inherits what it does not say."""

    title: Label | None = None
    description: Text | None = None
    nature: Nature | None = None
    cpv: Cpv | None = None
    additional_cpv: tuple[Cpv, ...] | None = None
    places: tuple[Place, ...] | None = None
    value_excl_tax: Money | None = None
    initial_value_excl_tax: Money | None = None
    duration_months: Number | None = None
    renewals: Renewals | None = None
    framework: FrameworkAgreement | None = None
    reservation: Reservation | None = None
    criteria: tuple[Criterion, ...] | None = None
    criteria_ranking: Literal["weights", "order", "none"] | None = None
    clauses: tuple[Clause, ...] | None = None
    clauses_are_complete: bool = True
    variants: Variants | None = None
    strategic: Strategic | None = None
    application: Application | None = None
    advance: Advance | None = None
    suitable_for_sme: bool | None = None
    response_hours: Number | None = None
    items: tuple[Item, ...] | None = None


class Lot(Purchase):
    """
    A lot; `small_lot_procedure` says whether the buyer uses R2123-1 2° (adapted) or R2122-8 (direct
    award) for it although the whole need is above the European threshold.
    """

    id: Label
    small_lot_procedure: Literal["none", "adapted", "direct_award"] | None = None
    due_on: Day | None = None


class Tender(Purchase):
    """
    The consultation judged, scored and drafted.

    `lots` None: not known whether the need is divided; empty: stated not divided.
    `notice_sent_on` is the day the call for competition is sent, `launched_on` the day the
    consultation is engaged where there is no notice; the law is read on that day.
    `same_need_yearly_excl_tax` is what the buyer spends in a year on this homogeneous need, this
    contract included (CCP R2121-6 and R2121-7). `late_interest_points` are added to the rate of the
    European Central Bank (CCP R2192-31).
    """

    id: Label
    buyer: Buyer = Buyer()
    group: PurchasingGroup | None = None
    regime: Regime | None = None
    form: Form | None = None
    procedure: Procedure | None = None
    direct_award_ground: DirectAwardGround | None = None
    same_need_yearly_excl_tax: Money | None = None
    lots: tuple[Lot, ...] | None = None
    notice_sent_on: Day | None = None
    launched_on: Day | None = None
    due_on: Day | None = None
    notified_on: Day | None = None
    award_notice_sent_on: Day | None = None
    essential_data_published_on: Day | None = None
    published_in: tuple[Publication, ...] | None = None
    documents_online: bool | None = None
    electronic_submission: bool | None = None
    had_prior_information: bool | None = None
    is_urgent: bool | None = None
    is_innovative: bool | None = None
    bids_received: Count | None = None
    standstill_days: Count | None = None
    rejections_sent_electronically: bool | None = None
    is_written: bool | None = None
    sent_to_prefect: bool | None = None
    no_lots: NoLots | None = None
    max_lots_bid: Count | None = None
    max_lots_won: Count | None = None
    lots_award_rule: Text | None = None
    variable_offers: bool | None = None
    social_waiver: SocialWaiver | None = None
    retention_share: Share | None = None
    payment_delay_days: Count | None = None
    price_revision: bool | None = None
    late_interest_points: Number | None = None
    late_fee: Money | None = None
    ccag: Ccag | None = None
    resources: Resources | None = None
    food: Food | None = None
    vehicles: Vehicles | None = None
    equipment: Equipment | None = None
    site_visit: SiteVisit | None = None
    sourcing: Sourcing | None = None
    sme_share_in_global: Share | None = None
    last_contractor_again: bool | None = None
    judgements: tuple[Judgement, ...] = ()

    @model_validator(mode="after")
    def lots_have_their_own_ids(self) -> Tender:
        seen: set[str] = set()
        for position, lot in enumerate(self.lots or ()):
            if lot.id in seen:
                raise PydanticCustomError(
                    "same_lot_twice",
                    "deux lots portent le même identifiant « {id} »",
                    {"id": lot.id, "at": ("lots", position, "id")},
                )
            seen.add(lot.id)
        return self

    @property
    def consultation_on(self) -> date | None:
        """The day the law is read: the notice sent, else the consultation engaged (R2121-3)."""
        return self.notice_sent_on or self.launched_on
