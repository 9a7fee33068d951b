"""Facts of the buyer, the procedure, its publicity and its days."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import Any

from procure.engine.kleene import Tri, every, some, total
from procure.engine.views import TenderView, with_renewals
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import fact

SPECIAL_CASES = ("urgency", "exclusivity", "no_suitable_bid", "other")


def _has_competition(view: TenderView) -> Tri:
    procedure = view.tender.procedure
    return None if procedure is None else procedure != "direct_award"


def _days_to_bid(view: TenderView) -> int | None:
    start, end = view.tender.consultation_on, view.tender.due_on
    if end is None:
        due = [lot.due_on for lot in view.tender.lots or ()]
        end = min(d for d in due if d) if due and all(due) else None
    return None if start is None or end is None else (end - start).days


def _is_framework(view: TenderView) -> Tri:
    return some(None if f is None else f.is_framework for f in view.each("framework"))


def _framework_has_maximum(view: TenderView) -> Tri:
    """Whether a maximum is written for the whole need, or for each framework."""
    whole = view.tender.framework
    if whole is not None and _maximum_of(whole):
        return True
    asking = [f for f in view.each("framework") if f is None or f.is_framework]
    return every(f and _maximum_of(f) for f in asking) if asking else None


def _maximum_of(framework: Any) -> Tri:
    return True if framework.maximum_excl_tax is not None else framework.has_maximum


def _framework_reason(view: TenderView) -> Tri:
    reasons = [
        f.longer_duration_reason for f in (view.tender.framework, *view.each("framework")) if f
    ]
    return True if any(reasons) else None


def _months(view: TenderView) -> Decimal | None:
    durations = view.each("duration_months")
    known = [d for d in durations if d is not None]
    return max(known) if known and len(known) == len(durations) else None


def _months_with_renewals(view: TenderView) -> Decimal | None:
    spans = [_span(*said) for said in view.together("duration_months", "renewals")]
    known = [months for months in spans if months is not None]
    return max(known) if known and len(known) == len(spans) else None


def span(view: TenderView, contract: Any) -> Decimal | None:
    """The months of a contract with its renewals."""
    return _span(view.inherited(contract, "duration_months"), view.inherited(contract, "renewals"))


def _span(duration: Decimal | None, renewals: Any) -> Decimal | None:
    if renewals is None or renewals.count == 0:
        return duration
    return total((duration, None if renewals.months is None else renewals.count * renewals.months))


def _with_renewals(view: TenderView) -> Decimal | None:
    return with_renewals(view.tender) if view.tender.renewals is not None else None


def _claims_innovation(view: TenderView) -> bool:
    tender = view.tender
    return tender.is_innovative is True or tender.direct_award_ground == "innovation"


def _claims_books(view: TenderView) -> bool:
    return view.tender.direct_award_ground == "books"


def _claims_special_case(view: TenderView) -> bool:
    return view.tender.direct_award_ground in SPECIAL_CASES


def _only_small_lots(view: TenderView) -> bool:
    """Whether the file claims the small-lot exception for every lot; unsaid is not claimed."""
    claims = [lot.small_lot_procedure for lot in view.tender.lots or ()]
    return bool(claims) and all(claim in ("adapted", "direct_award") for claim in claims)


def _publications_count(view: TenderView) -> int | None:
    places = view.tender.published_in
    return None if places is None else len(set(places))


def _publications(view: TenderView) -> frozenset[str] | None:
    places = view.tender.published_in
    return None if places is None else frozenset(places)


def field_of(name: str) -> Any:
    return attrgetter(f"tender.{name}")


def _buyer(name: str) -> Any:
    return attrgetter(f"tender.buyer.{name}")


def inside(block: str, name: str) -> Any:
    def read(view: TenderView) -> Any:
        inner = getattr(view.tender, block)
        return None if inner is None else getattr(inner, name)

    return read


FACTS = (
    fact("buyer.country", "code", "pays de l'acheteur", _buyer("country"), "buyer.country"),
    fact("buyer.kind", "code", "catégorie de l'acheteur", _buyer("kind"), "buyer.kind",
         values=codes.BUYER_KINDS),
    fact("buyer.is_contracting_entity", "bool", "acheteur entité adjudicatrice",
         _buyer("is_contracting_entity"), "buyer.is_contracting_entity"),
    fact("buyer.population", "count", "population de la commune", _buyer("population"),
         "buyer.population"),
    fact("buyer.operating_expenditure", "money", "dépenses réelles de fonctionnement de l'acheteur",
         _buyer("operating_expenditure"), "buyer.operating_expenditure",
         description="Année N-2, budget principal (CCP R2191-7 et R2191-33)."),
    fact("buyer.yearly_purchases_excl_tax", "money", "achats annuels de l'acheteur",
         _buyer("yearly_purchases_excl_tax"), "buyer.yearly_purchases_excl_tax"),
    fact("buyer.has_purchasing_plan", "bool", "SPASER adopté", _buyer("has_purchasing_plan"),
         "buyer.has_purchasing_plan"),
    fact("buyer.has_digital_strategy", "bool", "stratégie numérique responsable adoptée",
         _buyer("has_digital_strategy"), "buyer.has_digital_strategy"),
    fact("tender.nature", "code", "nature du marché", field_of("nature"), "nature",
         values=codes.NATURES),
    fact("tender.regime", "code", "régime du marché", field_of("regime"), "regime",
         values=codes.REGIMES),
    fact("tender.form", "code", "forme du marché", field_of("form"), "form", values=codes.FORMS),
    fact("tender.cpv", "code", "code CPV principal", field_of("cpv"), "cpv"),
    fact("tender.is_innovative", "bool", "achat innovant", field_of("is_innovative"),
         "is_innovative"),
    fact("tender.is_urgent", "bool", "urgence déclarée", field_of("is_urgent"), "is_urgent"),
    fact("tender.value_excl_tax", "money", "valeur estimée du besoin", lambda v: v.value,
         "value_excl_tax", "framework.maximum_excl_tax", "initial_value_excl_tax", "lots",
         description="Options, renouvellements et tous les lots compris : le plus grand des "
         "montants que le dossier permet de calculer (valeur déclarée, maximum de l'accord-cadre, "
         "montant initial plus renouvellements, somme des lots)."),
    fact("tender.declared_value_excl_tax", "money", "valeur déclarée du besoin",
         field_of("value_excl_tax"), "value_excl_tax"),
    fact("tender.value_with_renewals_excl_tax", "money", "première période et renouvellements",
         _with_renewals, "renewals.value_excl_tax", "initial_value_excl_tax", "renewals"),
    fact("tender.same_need_yearly_excl_tax", "money", "achats de l'année pour ce besoin",
         field_of("same_need_yearly_excl_tax"), "same_need_yearly_excl_tax",
         description="Même famille homogène sur douze mois, ce marché compris (CCP R2121-6 et "
         "R2121-7)."),
    fact("tender.lots_value_excl_tax", "money", "somme des lots", lambda v: v.lots_value, "lots"),
    fact("tender.duration_months", "months", "durée la plus longue, sans les renouvellements",
         _months, "duration_months", "lots"),
    fact("tender.duration_with_renewals_months", "months", "durée avec les renouvellements",
         _months_with_renewals, "renewals", "duration_months", "lots"),
    fact("tender.sme_share_in_global", "share", "part confiée aux PME dans le marché global",
         field_of("sme_share_in_global"), "sme_share_in_global"),
    fact("framework.is_framework", "bool", "accord-cadre", _is_framework, "framework", "lots"),
    fact("framework.is_described", "bool", "accord-cadre décrit dans le dossier",
         lambda v: any(f is not None and f.is_framework for f in v.each("framework")), "framework",
         "lots"),
    fact("framework.has_maximum", "bool", "maximum de l'accord-cadre indiqué",
         _framework_has_maximum, "framework.maximum_excl_tax", "framework.has_maximum",
         "framework", "lots"),
    fact("framework.maximum_excl_tax", "money", "maximum de l'accord-cadre",
         inside("framework", "maximum_excl_tax"), "framework.maximum_excl_tax"),
    fact("framework.has_longer_duration_reason", "bool", "durée plus longue justifiée",
         _framework_reason, "framework.longer_duration_reason"),
    fact("procedure.declared", "code", "procédure choisie", field_of("procedure"), "procedure",
         values=codes.PROCEDURES),
    fact("procedure.has_competition", "bool", "mise en concurrence", _has_competition, "procedure"),
    fact("procedure.days_to_bid", "days", "délai de remise des offres", _days_to_bid, "due_on",
         "notice_sent_on", "launched_on",
         description="Du jour d'envoi de l'avis (ou d'engagement) au jour limite de remise."),
    fact("procedure.electronic_submission", "bool", "remise électronique des offres",
         field_of("electronic_submission"), "electronic_submission"),
    fact("procedure.had_prior_information", "bool", "avis de préinformation publié",
         field_of("had_prior_information"), "had_prior_information"),
    fact("procedure.last_contractor_again", "bool", "même titulaire que la fois précédente",
         field_of("last_contractor_again"), "last_contractor_again"),
    fact("procedure.direct_award_ground", "code", "motif de l'absence de mise en concurrence",
         field_of("direct_award_ground"), "direct_award_ground",
         values=codes.DIRECT_AWARD_GROUNDS),
    fact("procedure.claims_special_case", "bool", "cas particulier invoqué", _claims_special_case,
         "direct_award_ground",
         description="Vrai si le dossier invoque, pour se passer de mise en concurrence, un autre "
         "cas que le montant ou l'innovation ; un cas que rien ne dit n'est pas invoqué."),
    fact("procedure.claims_innovation", "bool", "achat innovant invoqué", _claims_innovation,
         "is_innovative", "direct_award_ground",
         description="Vrai si le dossier dit l'achat innovant (CCP R2122-9-1) ; ce que rien ne dit "
         "n'est pas invoqué."),
    fact("procedure.claims_books", "bool", "achat de livres non scolaires invoqué", _claims_books,
         "direct_award_ground",
         description="Vrai si le dossier l'invoque pour se passer de mise en concurrence (CCP "
         "R2122-9)."),
    fact("procedure.only_small_lots", "bool", "dossier de petits lots seulement", _only_small_lots,
         "lots",
         description="Vrai si le dossier dit, pour chacun de ses lots, qu'il use de la dérogation "
         "des petits lots (CCP R2123-1 2°) ; une dérogation que rien ne dit n'est pas demandée."),
    fact("publication.places", "codes", "lieux de publication", _publications, "published_in",
         values=codes.PUBLICATIONS),
    fact("publication.count", "count", "nombre de lieux de publication", _publications_count,
         "published_in"),
    fact("documents.online", "bool", "documents en ligne sur le profil d'acheteur",
         field_of("documents_online"), "documents_online"),
    fact("sourcing.done", "bool", "sourcing mené", inside("sourcing", "done"), "sourcing.done"),
    fact("sourcing.firms_met", "count", "entreprises rencontrées", inside("sourcing", "firms_met"),
         "sourcing.firms_met"),
    fact("sourcing.is_recorded", "bool", "sourcing tracé", inside("sourcing", "is_recorded"),
         "sourcing.is_recorded"),
    fact("site_visit.required", "bool", "visite obligatoire", inside("site_visit", "required"),
         "site_visit.required"),
    fact("site_visit.dates_offered", "count", "dates de visite proposées",
         inside("site_visit", "dates_offered"), "site_visit.dates_offered"),
)  # fmt: skip
