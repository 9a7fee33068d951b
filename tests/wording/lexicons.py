"""A lexicon small enough to read, for the tests of the room."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from procure.resources.yaml import dump
from procure.wording.lexicon import load
from procure.wording.spotting import Spotter

NEGATION = {
    "before": [{"say": "aucun", "reach": 8}, {"say": "pas", "reach": 6}, "sans"],
    "after": [
        {"say": "sans objet", "reach": 3},
        {"say": "non", "reach": 1, "ends_passage": True},
        {"say": "pas prévu", "reach": 3},
    ],
    "interrupts": ["mais", "sauf"],
    "innocent": ["pas seulement", "non seulement", "sans préjudice"],
}
READING = {
    "criteria_open": ["critères d'attribution"],
    "criteria_close": ["valeur estimée"],
    "passages": 6,
}
EXAMPLES = {"examples": ["a", "b", "c"], "counter_examples": ["d", "e"]}
INSERTION = {
    "name": "insertion",
    "title": "Clause d'insertion",
    "why": "Pour l'essai.",
    "summary": ["social", "insertion"],
    "value": "hours",
    "patterns": ["(clause|action) (sociale)? (obligatoire)? d'insertion", "# heures d'insertion"],
    **EXAMPLES,
}
ENVIRONMENT = {
    "name": "environmental",
    "title": "Critère environnemental",
    "why": "Pour l'essai.",
    "theme": "environmental",
    "patterns": ["environnementale", "développement durable"],
    **EXAMPLES,
}
SEAT = {
    "name": "seat",
    "title": "Siège sur le territoire",
    "why": "Pour l'essai.",
    "grade": {"criterion": "unlawful", "condition": "risky", "document": "risky"},
    "instead": "Un délai d'intervention.",
    "references": [{"cite": "CCP L3", "verified": True, "checked_on": date(2026, 11, 22)}],
    "patterns": [
        {"say": "siège [4] {territory}", "unless": ["acheteur"]},
        {"say": "proximité", "with": ["entreprise"], "as": ["criterion"]},
    ],
    **EXAMPLES,
}
TERRITORY = {"name": "territory", "title": "Territoires", "entries": ["département", "commune"]}
PLACE = {"name": "place", "title": "Lieux", "capital": True, "entries": ["Vienne"]}

FILES: dict[str, Any] = {
    "negation.yaml": NEGATION,
    "reading.yaml": READING,
    "conditions/insertion.yaml": INSERTION,
    "themes/environmental.yaml": ENVIRONMENT,
    "local_preference/seat.yaml": SEAT,
    "lists/territory.yaml": TERRITORY,
    "lists/place.yaml": PLACE,
}


def write(folder: Path, changes: dict[str, Any] | None = None) -> Path:
    """The files of a lexicon in a folder; `changes` are other contents, by path."""
    for name, content in (FILES | (changes or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(content), encoding="utf-8")
    return folder


def spotter(folder: Path, changes: dict[str, Any] | None = None) -> Spotter:
    return Spotter(load(write(folder, changes)))
