"""What the templates may say of a tender: words, or nothing where the tender says nothing."""

from __future__ import annotations

from typing import Any

from procure.documents.drafting import amounts
from procure.documents.drafting.lots import (
    framework,
    parts,
    places,
    renewals,
    reservation,
    value_of,
)
from procure.documents.drafting.words import (
    CCAGS,
    DIRECT_AWARDS,
    EXCLUSIONS,
    PROCEDURES,
    PUBLICATIONS,
    SOCIAL_WAIVERS,
)
from procure.domain.tender import Application, Tender
from procure.domain.words import NATURES

Row = dict[str, Any]


def need(tender: Tender) -> Row:
    """What is bought, by whom, where, for how much, how long."""
    return {
        "id": tender.id,
        "title": tender.title,
        "description": tender.description,
        "nature": NATURES.get(tender.nature or ""),
        "code": tender.nature,
        "cpv": tender.cpv,
        "more_cpv": ", ".join(tender.additional_cpv or ()) or None,
        "places": places(tender.places),
        "value": amounts.money(value_of(tender)),
        "yearly": amounts.money(tender.same_need_yearly_excl_tax),
        "duration": amounts.months(tender.duration_months),
        "renewals": renewals(tender),
        "framework": framework(tender),
        "framework_said": any(one.framework for one in (tender, *parts(tender))),
        "reservation": reservation(tender),
        "response_hours": amounts.hours(tender.response_hours),
        "form": tender.form,
        "regime": tender.regime,
        "ccag": CCAGS.get(tender.ccag or ""),
        "ccag_code": tender.ccag,
        "waiver": _waiver(tender),
    }


def buyer(tender: Tender) -> Row:
    """The buyer, and the group it purchases for."""
    group = tender.group
    return {
        "name": tender.buyer.name,
        "siret": tender.buyer.siret,
        "profile_url": tender.buyer.profile_url,
        "is_local": tender.buyer.kind == "local_authority",
        "group": group
        and {
            "name": group.name,
            "lead": group.lead_buyer,
            "signed_on": amounts.day(group.agreement_signed_on),
            "costs": group.costs_rule,
            "members": [_member(member) for member in group.members or ()],
        },
    }


def _member(member: Any) -> Row:
    return {"name": member.name, "value": amounts.money(member.value_excl_tax)}


def procedure(tender: Tender) -> Row:
    """How the contract is awarded, when, where it is announced."""
    variants, visit = tender.variants, tender.site_visit
    return {
        "code": tender.procedure,
        "name": PROCEDURES.get(tender.procedure or ""),
        "ground": DIRECT_AWARDS.get(tender.direct_award_ground or ""),
        "sent_on": amounts.day(tender.notice_sent_on),
        "launched_on": amounts.day(tender.launched_on),
        "due_on": amounts.day(tender.due_on),
        "published_in": [PUBLICATIONS[one] for one in tender.published_in or ()],
        "electronic": tender.electronic_submission,
        "is_urgent": bool(tender.is_urgent),
        "most_bid": tender.max_lots_bid,
        "most_won": tender.max_lots_won,
        "lots_rule": tender.lots_award_rule,
        "variable_offers": bool(tender.variable_offers),
        "variants": variants and variants.policy,
        "variants_least": variants and variants.minimum_requirements,
        "visit": visit and ("required" if visit.required else "free"),
        "visit_dates": visit and visit.dates_offered,
        "standstill": amounts.days(tender.standstill_days),
        "is_small_amount": tender.direct_award_ground == "small_amount",
        "sourcing_kept": bool(tender.sourcing and tender.sourcing.is_recorded),
        "sourcing": tender.sourcing and tender.sourcing.done,
        "firms_met": tender.sourcing and tender.sourcing.firms_met,
    }


def application(tender: Tender) -> Row:
    """What a firm sends to be admitted."""
    said = tender.application or Application()
    return {
        "is_said": tender.application is not None,
        "turnover": amounts.money(said.minimum_turnover_excl_tax),
        "turnover_reason": said.turnover_reason,
        "self_declaration": said.accepts_self_declaration,
        "references": said.references_required,
        "joint": said.joint_bids,
        "premises": said.premises,
        "premises_reason": said.premises_reason,
        "exclusions": [EXCLUSIONS[one] for one in said.optional_exclusions or ()],
        "small_share": bool(said.asks_small_firms_share),
    }


def payment(tender: Tender) -> Row:
    """How and when the contractor is paid."""
    advance = tender.advance
    fee = tender.late_fee
    return {
        "advance": None if advance is None else advance.granted,
        "advance_share": advance and amounts.share(advance.share),
        "guarantee": advance and advance.guarantee_required,
        "retention": amounts.share(tender.retention_share) if tender.retention_share else None,
        "no_retention": tender.retention_share == 0,
        "delay": amounts.days(tender.payment_delay_days),
        "revision": tender.price_revision,
        "late_points": amounts.points(tender.late_interest_points),
        "late_fee": None if fee is None else amounts.BY_UNIT["EUR_excl_tax"](fee),
        "sme_share": amounts.share(tender.sme_share_in_global),
    }


def sector(tender: Tender) -> Row:
    """What is asked of food, matter, vehicles and equipment."""
    food, matter, equipment = tender.food, tender.resources, tender.equipment
    vehicles = tender.vehicles
    said = {
        "quality": food and amounts.share(food.quality_share),
        "organic": food and amounts.share(food.organic_share),
        "meat_and_fish": food and amounts.share(food.quality_meat_and_fish_share),
        "european": food and food.european_origin == "required",
        "no_plastic": food and food.excludes_plastic_containers,
        "reused": matter and amounts.share(matter.reused_share),
        "recycled": matter and amounts.share(matter.recycled_share),
        "biobased": matter and amounts.share(matter.biobased_share),
        "retreaded": matter and matter.retreaded_tyres == "required",
        "reconditioned": matter and matter.accepts_reconditioned_buildings,
        "low_emission": vehicles and amounts.share(vehicles.low_emission_share),
        "repairability": equipment and equipment.counts_repairability,
        "durability": equipment and equipment.counts_durability,
        "digital_label": equipment and equipment.asks_responsible_label,
    }
    return said | {"is_said": any(said.values())}


def _waiver(tender: Tender) -> Row | None:
    said = tender.social_waiver
    if said is None or said.ground == "none":
        return None
    return {"ground": SOCIAL_WAIVERS.get(said.ground), "reason": said.reason}
