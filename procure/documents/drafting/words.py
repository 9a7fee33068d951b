"""The French words of the codes of a tender, as its documents say them."""

from __future__ import annotations

PROCEDURES = {
    "direct_award": "marché passé sans publicité ni mise en concurrence préalables",
    "adapted": "procédure adaptée",
    "open_call": "appel d'offres ouvert",
    "restricted_call": "appel d'offres restreint",
    "negotiated": "procédure avec négociation",
    "competitive_dialogue": "dialogue compétitif",
    "innovation_partnership": "partenariat d'innovation",
}
PUBLICATIONS = {
    "boamp": "Bulletin officiel des annonces des marchés publics",
    "legal_gazette": "journal habilité à recevoir des annonces légales",
    "ojeu": "Journal officiel de l'Union européenne",
    "buyer_profile": "profil d'acheteur",
    "specialised_press": "presse spécialisée",
}
CCAGS = {
    "works": "de travaux",
    "engineering": "de maîtrise d'œuvre",
    "supplies_services": "de fournitures courantes et de services",
    "industrial": "industriels",
    "intellectual": "de prestations intellectuelles",
    "digital": "de techniques de l'information et de la communication",
}
"""What follows « cahier des clauses administratives générales applicables aux marchés publics »."""

RESERVED_FOR = {
    "disability": (
        "aux entreprises adaptées et aux établissements et services d'accompagnement par le travail"
    ),
    "inclusion": "aux structures d'insertion par l'activité économique",
    "disability_and_inclusion": (
        "aux entreprises adaptées, aux établissements et services d'accompagnement par le travail "
        "et aux structures d'insertion par l'activité économique"
    ),
    "prison": "aux opérateurs économiques qui emploient des personnes détenues",
    "social_economy": "aux entreprises de l'économie sociale et solidaire",
    "jei": "aux jeunes entreprises innovantes",
}
RESERVED_BY = {
    "disability": "L. 2113-12",
    "inclusion": "L. 2113-13",
    "disability_and_inclusion": "L. 2113-14",
    "prison": "L. 2113-13-1",
    "social_economy": "L. 2113-15",
    "jei": "L. 2113-17",
}
"""The article of the code behind each kind of reservation."""

WORKERS = {
    "disability": "travailleurs handicapés",
    "inclusion": "travailleurs défavorisés",
    "disability_and_inclusion": "travailleurs handicapés ou défavorisés",
    "prison": "personnes détenues",
}
NO_LOTS = {
    "no_distinct_services": (
        "l'objet du marché ne permet pas l'identification de prestations distinctes"
    ),
    "cannot_coordinate": (
        "l'acheteur n'est pas en mesure d'assurer par lui-même l'organisation, le pilotage et la "
        "coordination des prestations"
    ),
    "restricts_competition": (
        "la dévolution en lots séparés restreindrait la concurrence, ou rendrait l'exécution "
        "techniquement difficile ou financièrement plus coûteuse"
    ),
    "unsuccessful_risk": "l'allotissement risquerait de rendre la procédure infructueuse",
}
SOCIAL_WAIVERS = {
    "immediately_available": "le besoin est satisfait par une solution immédiatement disponible",
    "no_sufficient_link": (
        "une telle condition ne présenterait pas de lien suffisant avec l'objet du marché"
    ),
    "restricts_competition": (
        "une telle condition restreindrait la concurrence, ou rendrait l'exécution techniquement "
        "ou économiquement difficile"
    ),
    "works_under_six_months": "il s'agit de travaux de courte durée",
}
DIRECT_AWARDS = {
    "small_amount": "le faible montant du besoin",
    "innovation": "le caractère innovant de l'achat",
    "books": "l'achat de livres non scolaires",
    "urgency": "l'urgence",
    "exclusivity": "l'existence d'un seul opérateur en mesure de répondre",
    "no_suitable_bid": "l'absence d'offre appropriée à la consultation précédente",
}
SUBJECTS = {
    "insertion": "Insertion de personnes éloignées de l'emploi",
    "equality": "Égalité et lutte contre les discriminations",
    "accessibility": "Accessibilité",
    "working_conditions": "Conditions de travail",
    "youth": "Accueil de jeunes",
    "training": "Formation",
    "subcontracting": "Sous-traitance",
    "fair_trade": "Commerce équitable",
    "packaging": "Emballages",
    "waste": "Déchets",
    "transport": "Transports et livraisons",
    "energy": "Énergie",
    "water": "Eau",
    "materials": "Matériaux",
    "chemicals": "Produits et substances chimiques",
    "biodiversity": "Biodiversité",
    "reuse": "Réemploi",
    "food_quality": "Qualité des denrées",
    "food_waste": "Gaspillage alimentaire",
    "digital_sobriety": "Sobriété numérique",
    "eco_design": "Écoconception",
    "carbon": "Émissions de gaz à effet de serre",
    "single_use_plastic": "Plastique à usage unique",
    "direct_supply": "Approvisionnement direct",
    "response_time": "Délai d'intervention",
    "small_firm_access": "Accès des petites entreprises",
    "payment": "Paiement",
}
EXCLUSIONS = {
    "vigilance_plan": "l'absence de plan de vigilance (article L. 2141-7-1)",
    "sustainability_report": "l'absence de rapport de durabilité (article L. 2141-7-1)",
    "emissions_report": (
        "l'absence de bilan des émissions de gaz à effet de serre (article L. 2141-7-2)"
    ),
}
