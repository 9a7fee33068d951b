"""The code lists of eForms that are taken over, each code with ours (labels: eForms SDK 1.16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Codes = Mapping[str, Any]
"""A published code and our word for it; None: a known code for which we have no word."""

NATURES: Codes = {"works": "works", "supplies": "supplies", "services": "services"}

PROCEDURES: Codes = {
    "open": "open_call",
    "restricted": "restricted_call",
    "neg-w-call": "negotiated",
    "neg-wo-call": "direct_award",
    "comp-dial": "competitive_dialogue",
    "innovation": "innovation_partnership",
    "oth-single": "other",
    "oth-mult": "other",
    "comp-tend": "other",
    "exp-int-rail": "other",
}

# Who publishes a negotiation without prior call claims one of the cases that permit it.
DIRECT_AWARD_GROUNDS: Codes = {**dict.fromkeys(PROCEDURES), "neg-wo-call": "other"}

# A body governed by public law may be a public establishment, an association or a company: the
# code does not say which, so the kind stays unknown.
BUYER_KINDS: Codes = {
    "la": "local_authority",
    "ra": "local_authority",
    "cga": "state",
    "body-pl": None,
    "body-pl-cga": None,
    "body-pl-la": None,
    "body-pl-ra": None,
    "pub-undert": "other",
    "pub-undert-cga": "other",
    "pub-undert-la": "other",
    "pub-undert-ra": "other",
    "spec-rights-entity": "other",
    "org-sub": "other",
    "org-sub-cga": "other",
    "org-sub-la": "other",
    "org-sub-ra": "other",
    "def-cont": "other",
    "int-org": "other",
    "eu-ins-bod-ag": "other",
}

CONTRACTING_ENTITY: Codes = {"cont-ent": True, "not-cont-ent": False}
YES_OR_NO: Codes = {"true": True, "false": False}
IS_FRAMEWORK: Codes = {"none": False, "fa-mix": True, "fa-w-rc": True, "fa-wo-rc": True}
VARIANTS: Codes = {"allowed": "allowed", "not-allowed": "forbidden", "required": "required"}
SUBMISSION: Codes = {"required": True, "allowed": True, "not-allowed": False}

# Documents of restricted access may be online all the same: the notice does not say.
DOCUMENTS: Codes = {"non-restricted-document": True, "restricted-document": None}

# `res-ws` covers the workshops for disabled persons and the firms for disadvantaged ones together
# (directive 2014/24, art. 20), hence both kinds of French law (CCP L2113-12 to L2113-14).
RESERVATIONS: Codes = {
    "none": "none",
    "res-ws": "disability_and_inclusion",
    "res-pub-ser": "social_economy",
}

CRITERION_KINDS: Codes = {"price": "price", "cost": "cost", "quality": "quality"}
CRITERION_LABELS = {"price": "Prix", "cost": "Coût", "quality": "Qualité"}

# By notice subtype (OPP-070). The subtypes that say neither « standard regime » nor « light
# regime » leave the regime unknown: voluntary transparency (25, 26) and modification (38, 39)
# notices of the general and sectoral directives, voluntary notices (E1 to E6), CEI, transport (T).
# The light regime of concessions (14, 35) is a concession first: another part of the French code.
REGIMES: Mapping[str, str] = {
    **dict.fromkeys(("1", "2", "4", "5", "7", "8", "10", "11", "15", "16", "17"), "ordinary"),
    **dict.fromkeys(("23", "24", "29", "30", "36", "37"), "ordinary"),
    **dict.fromkeys(("12", "13", "20", "21", "33", "34"), "social_and_specific"),
    **dict.fromkeys(("3", "6", "9", "18", "22", "27", "31"), "defence"),
    **dict.fromkeys(("14", "19", "28", "32", "35", "40"), "concession"),
}
