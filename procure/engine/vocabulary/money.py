"""Facts of advance, retention, payment, turnover asked, variants and access to the contract."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procure.engine.kleene import Tri, every
from procure.engine.views import LotView, TenderView
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import fact, stated
from procure.engine.vocabulary.lots import initial_value
from procure.engine.vocabulary.procedure import field_of


def _worst_turnover_ratio(view: TenderView) -> Decimal | None:
    """The largest ratio of the yearly turnover asked to the value it is asked for, by lot."""
    ratios = [ratio for _, ratio in view.once(_turnovers)]
    known = [ratio for ratio in ratios if ratio is not None]
    return max(known) if known and len(known) == len(ratios) else None


def _turnovers(view: TenderView) -> list[tuple[Any, Decimal | None]]:
    """What contracts ask of candidates, with the largest ratio among those that ask it."""
    if not view.lots:
        return [(view.tender.application, _ratio(view.tender.application, view.value))]
    asking: dict[int, tuple[Any, list[Decimal | None]]] = {}
    for lot in view.lots:
        application = lot.get("application")
        asking.setdefault(id(application), (application, []))[1].append(lot.value)
    return [(application, _ratio(application, *values)) for application, values in asking.values()]


def _ratio(application: Any, *values: Decimal | None) -> Decimal | None:
    """The largest ratio of the turnover asked to some values."""
    asked = None if application is None else application.minimum_turnover_excl_tax
    if asked == 0:
        return Decimal(0)
    known = [value for value in values if value]
    return None if asked is None or len(known) < len(values) else asked / min(known)


def _unjustified_turnover_ratio(view: TenderView) -> Decimal | None:
    """The same, among the lots whose turnover is asked without a written justification."""
    asking = {id(a): _asks_turnover(a) for a in view.each("application")}
    ratios = [ratio for a, ratio in view.once(_turnovers) if asking[id(a)]]
    if None in ratios:
        return None
    return max((ratio for ratio in ratios if ratio is not None), default=Decimal(0))


def _asks_turnover(application: Any) -> bool:
    """Whether a turnover is asked without a written justification."""
    if application is None or application.minimum_turnover_excl_tax is None:
        return False
    return stated(application.turnover_reason) is not True


def _turnover_is_asked(view: TenderView) -> bool:
    applications = view.each("application")
    return any(a is not None and a.minimum_turnover_excl_tax is not None for a in applications)


def _advance_refused(view: TenderView) -> bool:
    return any(a is not None and a.granted is False for a in view.each("advance"))


def _variants_policy(view: TenderView) -> str | None:
    policies = {v.policy for v in view.each("variants") if v is not None}
    every_one = all(v is not None for v in view.each("variants"))
    if not every_one:
        return None
    for policy in ("unstated", "required", "allowed", "forbidden"):
        if policy in policies:
            return policy
    return None


def _variants_requirements(view: TenderView) -> Tri:
    open_ones = [v for v in view.each("variants") if v is None or v.policy != "forbidden"]
    texts = [None if v is None else stated(v.minimum_requirements) for v in open_ones]
    return every(texts) if texts else None


def _advance(name: str) -> Any:
    def read(view: TenderView) -> Any:
        values = [None if a is None else getattr(a, name) for a in view.each("advance")]
        known = [v for v in values if v is not None]
        return min(known) if known and len(known) == len(values) else None

    return read


def _application(name: str, worst: Any) -> Any:
    def read(view: TenderView) -> Any:
        values = [None if a is None else getattr(a, name) for a in view.each("application")]
        return None if any(v is None for v in values) else worst(values)

    return read


def _first_of(*order: str) -> Any:
    """The first of `order` that is among the values."""
    return lambda values: next((code for code in order if code in values), None)


def _optional_exclusions(view: TenderView) -> frozenset[str] | None:
    """The exclusions that every contract announces."""
    announced = [None if a is None else a.optional_exclusions for a in view.each("application")]
    if None in announced:
        return None
    return frozenset.intersection(*(frozenset(each or ()) for each in announced))


def _premises_reason(view: TenderView) -> Tri:
    asking = [a for a in view.each("application") if a is None or a.premises != "none"]
    return every(stated(a.premises_reason) if a else None for a in asking) if asking else None


def _sme(view: TenderView) -> Tri:
    return every(view.each("suitable_for_sme"))


def _response_hours(view: TenderView) -> Decimal | None:
    hours = view.each("response_hours")
    return None if None in hours else min(hours)


def _lot_application(name: str) -> Any:
    def read(lot: LotView) -> Any:
        application = lot.get("application")
        return None if application is None else getattr(application, name)

    return read


FACTS = (
    fact("advance.granted", "bool", "avance accordée", _advance("granted"), "advance.granted",
         "advance"),
    fact("advance.is_refused", "bool", "avance refusée", _advance_refused, "advance.granted",
         "advance", description="Vrai si le dossier dit qu'aucune avance n'est accordée."),
    fact("advance.share", "share", "taux de l'avance", _advance("share"), "advance.share"),
    fact("advance.guarantee_required", "bool", "garantie exigée pour l'avance",
         _advance("guarantee_required"), "advance.guarantee_required"),
    fact("retention.share", "share", "retenue de garantie", field_of("retention_share"),
         "retention_share"),
    fact("retention.is_stated", "bool", "retenue de garantie écrite",
         lambda v: v.tender.retention_share is not None, "retention_share",
         description="Vrai si le dossier dit son taux."),
    fact("payment.is_stated", "bool", "délai de paiement écrit",
         lambda v: v.tender.payment_delay_days is not None, "payment_delay_days",
         description="Vrai si le dossier dit un délai."),
    fact("payment.delay_days", "days", "délai de paiement", field_of("payment_delay_days"),
         "payment_delay_days"),
    fact("payment.late_interest_points", "number", "majoration des intérêts moratoires, en points",
         field_of("late_interest_points"), "late_interest_points"),
    fact("payment.late_interest_is_stated", "bool", "intérêts moratoires écrits",
         lambda v: v.tender.late_interest_points is not None, "late_interest_points",
         description="Vrai si le dossier dit leur majoration."),
    fact("payment.late_fee", "money", "indemnité de recouvrement", field_of("late_fee"),
         "late_fee"),
    fact("payment.late_fee_is_stated", "bool", "indemnité de recouvrement écrite",
         lambda v: v.tender.late_fee is not None, "late_fee",
         description="Vrai si le dossier dit son montant."),
    fact("price.has_revision", "bool", "clause de révision des prix", field_of("price_revision"),
         "price_revision"),
    fact("turnover.ratio", "number", "chiffre d'affaires demandé rapporté à la valeur du marché "
         "ou du lot",
         _worst_turnover_ratio, "application.minimum_turnover_excl_tax", "application", "lots",
         description="Le plus fort rapport, lot par lot (CCP R2142-7 et R2142-8)."),
    fact("turnover.is_asked", "bool", "chiffre d'affaires demandé", _turnover_is_asked,
         "application.minimum_turnover_excl_tax", "application", "lots",
         description="Vrai si le dossier demande un chiffre d'affaires minimal."),
    fact("turnover.unjustified_ratio", "number",
         "chiffre d'affaires demandé sans justification, rapporté à la valeur",
         _unjustified_turnover_ratio, "application.minimum_turnover_excl_tax",
         "application.turnover_reason", "application", "lots",
         description="Le plus fort rapport, lot par lot, là où le dossier n'écrit pas de "
         "justification (CCP R2142-7 et R2142-8)."),
    fact("tender.initial_value_excl_tax", "money", "montant initial du marché",
         lambda v: initial_value(v, v.tender), "initial_value_excl_tax", "renewals",
         description="Sans les reconductions (CCP R2191-3)."),
    fact("application.minimum_turnover_excl_tax", "money", "chiffre d'affaires annuel demandé",
         _application("minimum_turnover_excl_tax", max), "application.minimum_turnover_excl_tax"),
    fact("application.documents_count", "count", "pièces demandées à la candidature",
         _application("documents_count", max), "application.documents_count"),
    fact("application.accepts_self_declaration", "bool",
         "déclaration sur l'honneur ou DUME suffisant",
         _application("accepts_self_declaration", min), "application.accepts_self_declaration"),
    fact("application.references_required", "bool", "références exigées pour être admis",
         _application("references_required", max), "application.references_required"),
    fact("application.joint_bids", "code", "offres en groupement d'entreprises",
         _application("joint_bids", _first_of("forbidden", "imposed_form", "free")),
         "application.joint_bids", values=codes.JOINT_BIDS),
    fact("application.forbids_joint_bids", "bool", "groupements d'entreprises interdits",
         lambda v: any(a and a.joint_bids == "forbidden" for a in v.each("application")),
         "application.joint_bids", description="Vrai si le dossier les interdit."),
    fact("application.premises", "code", "implantation demandée",
         _application("premises", _first_of("before_award", "after_award", "none")),
         "application.premises", values=codes.PREMISES),
    fact("application.has_premises_reason", "bool", "implantation justifiée", _premises_reason,
         "application.premises_reason"),
    fact("application.exclusion_declaration", "bool",
         "déclaration sur les cas d'exclusion demandée",
         _application("exclusion_declaration", min), "application.exclusion_declaration",
         "application"),
    fact("application.optional_exclusions", "codes", "exclusions facultatives annoncées",
         _optional_exclusions, "application.optional_exclusions", "application",
         values=codes.OPTIONAL_EXCLUSIONS),
    fact("application.asks_small_firms_share", "bool",
         "part confiée à de petites entreprises demandée dans l'offre",
         _application("asks_small_firms_share", min), "application.asks_small_firms_share",
         "application"),
    fact("application.limits_third_countries", "bool", "limites visant des pays tiers",
         lambda v: any(a and a.limits_third_countries for a in v.each("application")),
         "application.limits_third_countries", "application",
         description="Vrai si le dossier en pose ; ce qu'il ne dit pas ne limite pas."),
    fact("variants.policy", "code", "mention des variantes", _variants_policy, "variants.policy",
         "variants",
         "lots", values=codes.VARIANTS),
    fact("variants.has_minimum_requirements", "bool", "exigences minimales des variantes",
         _variants_requirements, "variants.minimum_requirements"),
    fact("access.suitable_for_sme", "bool", "marché signalé comme adapté aux PME", _sme,
         "suitable_for_sme",
         "lots"),
    fact("access.response_hours", "hours", "délai d'intervention demandé", _response_hours,
         "response_hours", "lots"),
    fact("lot.minimum_turnover_excl_tax", "money", "chiffre d'affaires annuel demandé pour le lot",
         _lot_application("minimum_turnover_excl_tax"), "application.minimum_turnover_excl_tax",
         scope="lot"),
    fact("lot.turnover_ratio", "number", "chiffre d'affaires demandé rapporté à la valeur du lot",
         lambda lot: _ratio(lot.get("application"), lot.value),
         "application.minimum_turnover_excl_tax", scope="lot"),
)  # fmt: skip
