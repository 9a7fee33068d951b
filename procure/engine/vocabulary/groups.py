"""Facts of purchasing groups and of their members."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from procure.engine.kleene import Tri, every, total
from procure.engine.views import TenderView
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import fact
from procure.engine.vocabulary.procedure import inside


def _members(view: TenderView) -> Any:
    return None if view.tender.group is None else view.tender.group.members


def _members_count(view: TenderView) -> int | None:
    members = _members(view)
    return None if members is None else len(members)


def _agreement_signed(view: TenderView) -> Tri:
    group = view.tender.group
    return None if group is None else _signed(view, group.has_agreement, group.agreement_signed_on)


def _signed(view: TenderView, is_stated: Tri, signed_on: date | None) -> Tri:
    """Whether a signature came before the consultation; what is stated counts without a day."""
    return is_stated if signed_on is None else _before_launch(view, signed_on)


def _before_launch(view: TenderView, signed_on: date | None) -> Tri:
    """Whether a signature came before the consultation; unknown without both days."""
    launch = view.tender.consultation_on
    return None if signed_on is None or launch is None else signed_on <= launch


def _all_signed(view: TenderView) -> Tri:
    members = _members(view)
    if members is None:
        return None
    return every(_signed(view, m.has_signed, m.signed_on) for m in members)


def _members_value(view: TenderView) -> Decimal | None:
    members = _members(view)
    return None if members is None else total(m.value_excl_tax for m in members)


def _is_there(stated: str, words: str) -> Callable[[TenderView], Tri]:
    """Whether the group has what `words` would say; the file may state it without the words."""

    def read(view: TenderView) -> Tri:
        group = view.tender.group
        if group is None:
            return None
        return True if getattr(group, words) else getattr(group, stated)

    return read


def _leader_is_member(view: TenderView) -> Tri:
    """Whether the lead buyer is named among the members, letter case aside."""
    members, group = _members(view), view.tender.group
    if members is None or group is None or group.lead_buyer is None:
        return None
    return group.lead_buyer.casefold() in {member.name.casefold() for member in members}


FACTS = (
    fact("group.exists", "bool", "groupement de commandes", lambda v: v.tender.group is not None,
         "group",
         description="Vrai si le dossier décrit un groupement ; sans lui, l'achat est jugé comme "
         "celui d'un seul acheteur."),
    fact("group.members_count", "count", "nombre de membres", _members_count, "group.members",
         "group"),
    fact("group.agreement_signed", "bool", "convention signée avant la consultation",
         _agreement_signed, "group.agreement_signed_on", "group.has_agreement", "group"),
    fact("group.all_members_signed", "bool", "tous les membres signataires avant la consultation",
         _all_signed, "group.members", "group"),
    fact("group.members_value_excl_tax", "money", "somme des besoins des membres", _members_value,
         "group.members"),
    fact("group.has_lead_buyer", "bool", "coordonnateur désigné",
         _is_there("has_lead_buyer", "lead_buyer"), "group.lead_buyer", "group.has_lead_buyer",
         "group"),
    fact("group.lead_buyer_is_member", "bool", "coordonnateur parmi les membres", _leader_is_member,
         "group.lead_buyer", "group.members"),
    fact("group.award_committee", "code", "commission d'appel d'offres compétente",
         inside("group", "award_committee"), "group.award_committee",
         values=codes.AWARD_COMMITTEES),
    fact("group.has_costs_rule", "bool", "partage des frais écrit",
         _is_there("has_costs_rule", "costs_rule"), "group.costs_rule", "group.has_costs_rule"),
    fact("group.claims_mandate", "bool", "mandat confié à l'intercommunalité",
         lambda v: v.tender.group is not None and v.tender.group.intermunicipal_mandate is True,
         "group.intermunicipal_mandate", "group",
         description="Vrai si le dossier le dit (CGCT L5211-4-4 I)."),
    fact("group.mandate_in_statutes", "bool", "mandat prévu par les statuts",
         inside("group", "mandate_in_statutes"), "group.mandate_in_statutes"),
    fact("group.mandate_is_free", "bool", "mandat gratuit", inside("group", "mandate_is_free"),
         "group.mandate_is_free"),
    fact("member.is_public", "bool", "membre acheteur public", lambda v: v.member.is_public,
         "is_public", scope="member"),
    fact("member.applies_code", "bool", "membre appliquant le code",
         lambda v: v.member.applies_code, "applies_code", scope="member"),
    fact("member.signed", "bool", "membre signataire avant la consultation",
         lambda m: _signed(m.view, m.member.has_signed, m.member.signed_on), "signed_on",
         "has_signed", scope="member"),
    fact("member.has_deliberated", "bool", "délibération du membre",
         lambda m: _before_launch(m.view, m.member.deliberated_on), "deliberated_on",
         scope="member"),
)  # fmt: skip
