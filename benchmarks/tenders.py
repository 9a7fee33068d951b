"""Tenders to measure on: a full one with any number of lots, and others with holes in them."""

from __future__ import annotations

from random import Random
from typing import Any

from procure.domain.tender import Tender

_TRADES = (
    ("Gros œuvre", "45223220"),
    ("Charpente et ossature bois", "45261100"),
    ("Étanchéité", "45261420"),
    ("Menuiseries extérieures", "45421000"),
    ("Plâtrerie et isolation", "45410000"),
    ("Électricité", "45310000"),
    ("Chauffage et ventilation", "45331000"),
    ("Plomberie", "45332000"),
    ("Peinture et sols souples", "45442100"),
    ("Espaces verts", "45112700"),
)
_CRITERIA: list[dict[str, Any]] = [
    {"label": "Prix des prestations", "weight": "0.40", "kind": "price"},
    {
        "label": "Valeur technique",
        "weight": "0.30",
        "kind": "quality",
        "themes": ["technical", "delay"],
        "sub_criteria": [
            {"label": "Moyens et méthodes", "weight": "0.60", "themes": ["technical"]},
            {"label": "Calendrier", "weight": "0.40", "themes": ["delay"]},
        ],
    },
    {"label": "Environnement", "weight": "0.20", "kind": "quality", "themes": ["environmental"]},
    {"label": "Insertion", "weight": "0.10", "kind": "quality", "themes": ["social"]},
]
_CLAUSES: list[dict[str, Any]] = [
    {
        "kind": "execution",
        "axis": "social",
        "subject": "insertion",
        "proof": "Relevé mensuel des heures",
        "checked_by": "Facilitateur",
        "checked_when": "Chaque mois",
        "penalty": "50 € par heure non réalisée",
        "insertion_hours": 1240,
    },
    {"kind": "execution", "axis": "environmental", "subject": "waste", "proof": "Bordereaux"},
    {"kind": "specification", "axis": "environmental", "subject": "materials", "label": "PEFC",
     "accepts_equivalent": True},
    {"kind": "execution", "axis": "social", "subject": "working_conditions"},
]  # fmt: skip


def full(lots: int = 10) -> Tender:
    """A renovation in lots, with all that an officer would write down."""
    return Tender.model_validate(_written(lots))


def with_holes(seed: int, lots: int = 10) -> Tender:
    """The same with about a third of its keys left out, and other amounts, procedure and day."""
    random = Random(seed)
    written = _written(random.choice((0, 1, 3, lots)))
    written["value_excl_tax"] = random.choice((24_000, 60_000, 139_999, 216_000, 5_404_000, None))
    written["procedure"] = random.choice(("direct_award", "adapted", "open_call", "negotiated"))
    written["nature"] = random.choice(("works", "supplies", "services"))
    return Tender.model_validate(_thinned(written, random))


def _thinned(value: Any, random: Random) -> Any:
    if isinstance(value, list):
        return [_thinned(part, random) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _thinned(part, random)
        for key, part in value.items()
        if key in _NEEDED or random.random() > 0.3
    }


_NEEDED = frozenset(
    {"id", "label", "kind", "name", "policy", "required", "done", "ground", "count"}
)


def _written(lots: int) -> dict[str, Any]:
    return {
        "id": "2026-BENCH",
        "title": "Rénovation et extension du groupe scolaire",
        "buyer": {
            "name": "Commune",
            "kind": "local_authority",
            "country": "FRA",
            "population": 9_300,
            "operating_expenditure": 41_000_000,
            "yearly_purchases_excl_tax": 12_000_000,
            "has_purchasing_plan": False,
            "is_contracting_entity": False,
        },
        "regime": "ordinary",
        "form": "ordinary",
        "nature": "works",
        "cpv": "45214210",
        "procedure": "adapted",
        "value_excl_tax": 1_860_000,
        "duration_months": 14,
        "renewals": {"count": 0},
        "framework": {"is_framework": False},
        "notice_sent_on": "2026-09-01",
        "due_on": "2026-10-02",
        "published_in": ["boamp", "buyer_profile"],
        "documents_online": True,
        "electronic_submission": True,
        "is_urgent": False,
        "is_innovative": False,
        "standstill_days": 11,
        "sent_to_prefect": True,
        "variants": {"policy": "allowed", "minimum_requirements": "Performance thermique"},
        "advance": {"granted": True, "share": "0.30", "guarantee_required": False},
        "retention_share": "0.05",
        "payment_delay_days": 30,
        "price_revision": True,
        "suitable_for_sme": True,
        "response_hours": 24,
        "reservation": {"kind": "none"},
        "application": {
            "minimum_turnover_excl_tax": 200_000,
            "documents_count": 6,
            "accepts_self_declaration": True,
            "references_required": False,
            "joint_bids": "free",
            "premises": "none",
        },
        "sourcing": {"done": True, "firms_met": 4, "is_recorded": True},
        "site_visit": {"required": True, "dates_offered": 3},
        "criteria": _CRITERIA,
        "clauses": _CLAUSES,
        "lots": [_lot(i) for i in range(lots)],
    }


def _lot(i: int) -> dict[str, Any]:
    title, cpv = _TRADES[i % len(_TRADES)]
    lot: dict[str, Any] = {
        "id": str(i + 1),
        "title": title,
        "cpv": cpv,
        "nature": "works",
        "value_excl_tax": 60_000 + 28_000 * (i % 10),
        "small_lot_procedure": "none",
        "places": [{"commune": "Poitiers", "insee": "86194"}],
    }
    if i % 10 == 9:
        lot["reservation"] = {
            "kind": "inclusion",
            "workers_share": 0.5,
            "mentioned_in_notice": True,
        }
    if i % 10 == 5:
        lot["criteria"] = _CRITERIA[:1] + _CRITERIA[2:3]
    if i % 10 == 7:
        lot["clauses"] = _CLAUSES[1:2]
    return lot
