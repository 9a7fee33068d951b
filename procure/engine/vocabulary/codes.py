"""The French names of the codes that facts take."""

from __future__ import annotations

from procure.domain.tender import SUBJECT_AXIS as SUBJECT_AXIS
from procure.domain.words import AXES as AXES
from procure.domain.words import NATURES as NATURES
from procure.domain.words import THEMES as THEMES

REGIMES = {
    "ordinary": "marché ordinaire",
    "social_and_specific": "services sociaux et autres services spécifiques",
    "defence": "défense ou sécurité",
    "concession": "concession",
    "excluded": "marché exclu du code",
}
FORMS = {
    "ordinary": "marché ordinaire",
    "global": "marché global",
    "partnership": "marché de partenariat",
}
PROCEDURES = {
    "direct_award": "sans publicité ni mise en concurrence",
    "adapted": "procédure adaptée",
    "open_call": "appel d'offres ouvert",
    "restricted_call": "appel d'offres restreint",
    "negotiated": "procédure avec négociation",
    "competitive_dialogue": "dialogue compétitif",
    "innovation_partnership": "partenariat d'innovation",
    "other": "autre procédure",
}
BUYER_KINDS = {
    "local_authority": "collectivité territoriale",
    "state": "État",
    "public_establishment": "établissement public",
    "other": "autre acheteur",
}
CLAUSE_KINDS = {
    "execution": "condition d'exécution",
    "specification": "spécification technique",
    "selection": "condition de participation",
    "other": "autre clause",
}
LOCAL_PREFERENCES = {
    "none": "aucune",
    "lawful": "licite",
    "risky": "risquée",
    "unlawful": "illégale",
}
RESERVATIONS = {
    "none": "aucune réservation",
    "disability": "réservé aux EA et ESAT",
    "inclusion": "réservé aux structures d'insertion (SIAE)",
    "disability_and_inclusion": "réservé aux EA, ESAT et SIAE",
    "prison": "réservé au travail pénitentiaire",
    "social_economy": "réservé à l'économie sociale et solidaire",
    "jei": "réservé aux jeunes entreprises innovantes",
}
PUBLICATIONS = {
    "boamp": "BOAMP",
    "legal_gazette": "journal d'annonces légales",
    "ojeu": "JOUE",
    "buyer_profile": "profil d'acheteur",
    "specialised_press": "presse spécialisée",
}
VARIANTS = {
    "allowed": "autorisées",
    "forbidden": "interdites",
    "required": "exigées",
    "unstated": "les documents n'en disent rien",
}
RANKINGS = {
    "weights": "pondérés",
    "order": "par ordre d'importance",
    "none": "ni pondérés ni classés",
}
NO_LOTS_GROUNDS = {
    "none": "aucun motif",
    "no_distinct_services": "pas de prestations distinctes (L2113-10)",
    "cannot_coordinate": "coordination impossible par l'acheteur (L2113-11 1°)",
    "restricts_competition": "restriction de concurrence, difficulté ou surcoût (L2113-11 2°)",
    "unsuccessful_risk": "risque de procédure infructueuse (L2113-11 3°)",
    "other": "autre motif",
}
SOCIAL_WAIVERS = {
    "none": "aucun motif",
    "immediately_available": "solution immédiatement disponible",
    "no_sufficient_link": "pas de lien suffisant avec l'objet",
    "restricts_competition": "restriction de concurrence ou exécution difficile",
    "works_under_six_months": "travaux de moins de six mois",
    "other": "autre motif",
}
JOINT_BIDS = {"free": "libres", "imposed_form": "forme imposée", "forbidden": "interdites"}
PREMISES = {
    "none": "aucune implantation demandée",
    "before_award": "implantation exigée avant l'attribution",
    "after_award": "implantation à créer après l'attribution",
}
SMALL_LOTS = {
    "none": "non",
    "adapted": "lot passé en procédure adaptée",
    "direct_award": "lot passé sans publicité ni mise en concurrence",
}
AWARD_COMMITTEES = {
    "none": "aucune",
    "group": "CAO du groupement",
    "lead_buyer": "CAO du coordonnateur",
}
DIRECT_AWARD_GROUNDS = {
    "small_amount": "montant sous le seuil de dispense",
    "innovation": "achat innovant sous son seuil",
    "books": "livres non scolaires sous leur seuil",
    "urgency": "urgence impérieuse",
    "exclusivity": "un seul opérateur possible",
    "no_suitable_bid": "consultation précédente sans offre convenable",
    "other": "autre cas prévu par le code",
}
CCAGS = {
    "works": "CCAG Travaux",
    "engineering": "CCAG Maîtrise d'œuvre",
    "supplies_services": "CCAG Fournitures courantes et services",
    "industrial": "CCAG Marchés industriels",
    "intellectual": "CCAG Prestations intellectuelles",
    "digital": "CCAG Techniques de l'information et de la communication",
    "none": "aucun CCAG",
}
OPTIONAL_EXCLUSIONS = {
    "vigilance_plan": "plan de vigilance absent",
    "sustainability_report": "informations de durabilité non publiées",
    "emissions_report": "bilan des émissions de gaz à effet de serre absent",
}
RETREADED_TYRES = {
    "required": "exigés",
    "not_required": "non exigés",
    "unsuccessful_call": "non exigés, une première consultation étant restée infructueuse",
    "emergency_vehicles": "non exigés, pour des véhicules d'urgence ou militaires",
}
EUROPEAN_ORIGINS = {
    "required": "exigée",
    "unavailable": "non exigée, l'approvisionnement étant insuffisant et le produit irremplaçable",
    "not_required": "non exigée",
}
SUBJECTS = {
    "insertion": "insertion par l'activité économique",
    "equality": "égalité entre les femmes et les hommes",
    "accessibility": "accessibilité",
    "working_conditions": "conditions de travail",
    "youth": "jeunes",
    "training": "formation",
    "subcontracting": "sous-traitance",
    "fair_trade": "commerce équitable",
    "packaging": "emballages",
    "waste": "déchets",
    "transport": "transport et livraisons",
    "energy": "énergie",
    "water": "eau",
    "materials": "matériaux",
    "chemicals": "produits chimiques",
    "biodiversity": "biodiversité",
    "reuse": "réemploi",
    "food_quality": "qualité des denrées",
    "food_waste": "gaspillage alimentaire",
    "digital_sobriety": "sobriété numérique",
    "eco_design": "écoconception",
    "carbon": "émissions de gaz à effet de serre",
    "single_use_plastic": "plastique à usage unique",
    "direct_supply": "approvisionnement direct",
    "response_time": "délai d'intervention",
    "small_firm_access": "accès des petites entreprises",
    "payment": "paiement",
    "other": "autre",
}
