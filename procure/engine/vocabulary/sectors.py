"""Facts of what the law asks by kind of purchase: goods, food, vehicles, digital equipment."""

from __future__ import annotations

from procure.engine.kleene import Tri
from procure.engine.views import TenderView
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import fact
from procure.engine.vocabulary.procedure import field_of, inside

YEARLY = "Ce que ce marché demande ; le droit compte la part sur tous les achats de l'année."


def _excludes_reconditioned(view: TenderView) -> bool:
    resources = view.tender.resources
    return resources is not None and resources.accepts_reconditioned_buildings is False


def _label_or_equivalent(view: TenderView) -> Tri:
    """Whether a label is asked and an equivalent proof accepted."""
    equipment = view.tender.equipment
    if equipment is None or equipment.asks_responsible_label is None:
        return None
    return equipment.asks_responsible_label and equipment.label_accepts_equivalent


FACTS = (
    fact("resources.reused_share", "share", "part issue du réemploi ou de la réutilisation",
         inside("resources", "reused_share"), "resources.reused_share", "resources",
         description=YEARLY),
    fact("resources.reused_share_is_stated", "bool", "part issue du réemploi écrite",
         lambda v: v.tender.resources is not None and v.tender.resources.reused_share is not None,
         "resources.reused_share", "resources", description="Vrai si le dossier dit une part."),
    fact("resources.recycled_share", "share", "part qui intègre des matières recyclées",
         inside("resources", "recycled_share"), "resources.recycled_share", "resources",
         description=YEARLY),
    fact("resources.biobased_share", "share", "part de matériaux biosourcés ou bas-carbone",
         inside("resources", "biobased_share"), "resources.biobased_share", "resources"),
    fact("resources.retreaded_tyres", "code", "pneus rechapés",
         inside("resources", "retreaded_tyres"), "resources.retreaded_tyres", "resources",
         values=codes.RETREADED_TYRES),
    fact("resources.excludes_reconditioned", "bool", "constructions reconditionnées exclues",
         _excludes_reconditioned, "resources.accepts_reconditioned_buildings", "resources",
         description="Vrai si le dossier le dit ; ce qu'il ne dit pas n'exclut pas."),
    fact("food.for_public_canteen", "bool", "denrées ou repas d'une cantine publique",
         inside("food", "for_public_canteen"), "food.for_public_canteen", "food"),
    fact("food.for_children", "bool", "denrées ou repas pour des écoles ou des crèches",
         inside("food", "for_children"), "food.for_children", "food"),
    fact("food.quality_share", "share", "part de produits durables et de qualité",
         inside("food", "quality_share"), "food.quality_share", "food", description=YEARLY),
    fact("food.organic_share", "share", "part de produits biologiques",
         inside("food", "organic_share"), "food.organic_share", "food", description=YEARLY),
    fact("food.quality_meat_and_fish_share", "share",
         "part de viandes et de poissons durables et de qualité",
         inside("food", "quality_meat_and_fish_share"), "food.quality_meat_and_fish_share", "food",
         description=YEARLY),
    fact("food.european_origin", "code", "origine européenne des denrées",
         inside("food", "european_origin"), "food.european_origin", "food",
         values=codes.EUROPEAN_ORIGINS),
    fact("food.excludes_plastic_containers", "bool", "contenants alimentaires en plastique exclus",
         inside("food", "excludes_plastic_containers"), "food.excludes_plastic_containers",
         "food"),
    fact("vehicles.fleet_size", "count", "véhicules légers de l'acheteur",
         inside("vehicles", "fleet_size"), "vehicles.fleet_size", "vehicles"),
    fact("vehicles.low_emission_share", "share", "part de véhicules à faibles émissions",
         inside("vehicles", "low_emission_share"), "vehicles.low_emission_share", "vehicles",
         description=YEARLY),
    fact("equipment.counts_repairability", "bool", "indice de réparabilité pris en compte",
         inside("equipment", "counts_repairability"), "equipment.counts_repairability",
         "equipment"),
    fact("equipment.counts_durability", "bool", "indice de durabilité pris en compte",
         inside("equipment", "counts_durability"), "equipment.counts_durability", "equipment"),
    fact("equipment.responsible_label", "bool", "label numérique responsable ou équivalent",
         _label_or_equivalent, "equipment.asks_responsible_label",
         "equipment.label_accepts_equivalent", "equipment",
         description="Vrai si un label est demandé et qu'une preuve équivalente est admise."),
    fact("contract.ccag", "code", "CCAG visé", field_of("ccag"), "ccag", values=codes.CCAGS),
)  # fmt: skip
