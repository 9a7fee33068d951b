"""The French words for the codes of supply and capacity, the same at every door."""

from __future__ import annotations

from procure.domain.supply import Ability, FirmKind

FIRM_KINDS: dict[FirmKind, str] = {
    "artisan": "artisan",
    "sme": "PME",
    "mid_cap": "ETI",
    "large": "grande entreprise",
    "siae": "SIAE",
    "ea": "entreprise adaptée",
    "esat": "ESAT",
}
ABILITIES: dict[Ability, str] = {
    "able": "en capacité",
    "stretched": "tendue",
    "unable": "hors de portée",
    "unknown": "à vérifier",
}
SYNTHETIC = "offre fictive, tirée au sort : aucune de ces entreprises n'existe"
NEVER_TO_CHOOSE = "L'offre est étudiée pour dessiner les lots, jamais pour choisir les entreprises."
