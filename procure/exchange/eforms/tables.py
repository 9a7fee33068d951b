"""
Which element of the standard gives which field of ours.

Paths are those of `fields.json` (eForms SDK 1.16), shortened to what tells an element from its
neighbours, so that older versions read the same.
"""

from __future__ import annotations

from procure.exchange.eforms import codes, values
from procure.exchange.eforms.gathering import Field

EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
LOTS = "cac:ProcurementProjectLot[not(cbc:ID/@schemeName='LotsGroup')]"

_PROJECT = "cac:ProcurementProject"
_TERMS = "cac:TenderingTerms"
_PROCESS = "cac:TenderingProcess"
_TOTAL = f"{_PROJECT}/cac:RequestedTenderTotal"
_CPV = "cbc:ItemClassificationCode"


def _additional(list_name: str) -> str:
    return (
        f"{_PROJECT}/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='{list_name}']"
    )


PURCHASE: tuple[Field, ...] = (
    Field("title", "BT-21", "intitulé", f"{_PROJECT}/cbc:Name", values.label),
    Field("description", "BT-24", "description", f"{_PROJECT}/cbc:Description", values.text),
    Field(
        "nature",
        "BT-23",
        "nature du marché",
        f"{_PROJECT}/cbc:ProcurementTypeCode[not(@listName) or @listName='contract-nature']",
        values.code(codes.NATURES),
    ),
    Field(
        "cpv",
        "BT-262",
        "code CPV principal",
        f"{_PROJECT}/cac:MainCommodityClassification/{_CPV}",
        values.cpv,
    ),
    Field(
        "additional_cpv",
        "BT-263",
        "codes CPV supplémentaires",
        f"{_PROJECT}/cac:AdditionalCommodityClassification/{_CPV}",
        values.cpvs,
    ),
    Field(
        "value_excl_tax",
        "BT-27",
        "valeur estimée",
        f"{_TOTAL}/cbc:EstimatedOverallContractAmount",
        values.euros,
    ),
    Field(
        "framework.maximum_excl_tax",
        "BT-271",
        "maximum de l'accord-cadre",
        f"{_TOTAL}/{EXTENSION}/efbc:FrameworkMaximumAmount",
        values.euros,
    ),
    Field("duration_months", "BT-36", "durée", f"{_PROJECT}/cac:PlannedPeriod", values.months),
    Field(
        "renewals.count",
        "BT-58",
        "nombre de reconductions",
        f"{_PROJECT}/cac:ContractExtension/cbc:MaximumNumberNumeric",
        values.count,
    ),
    Field(
        "suitable_for_sme",
        "BT-726",
        "ouverture aux petites et moyennes entreprises",
        f"{_PROJECT}/cbc:SMESuitableIndicator",
        values.code(codes.YES_OR_NO),
    ),
)

STRATEGIC: tuple[Field, ...] = (
    Field(
        "strategic.aims",
        "BT-06",
        "achat stratégique",
        _additional("strategic-procurement"),
        values.published_codes,
    ),
    Field(
        "strategic.environmental",
        "BT-774",
        "incidences sur l'environnement",
        _additional("environmental-impact"),
        values.published_codes,
    ),
    Field(
        "strategic.social",
        "BT-775",
        "objectifs sociaux",
        _additional("social-objective"),
        values.published_codes,
    ),
    Field(
        "strategic.innovation",
        "BT-776",
        "achat innovant",
        _additional("innovative-acquisition"),
        values.published_codes,
    ),
    Field(
        "strategic.green_criteria",
        "BT-805",
        "critères écologiques",
        _additional("gpp-criteria"),
        values.published_codes,
    ),
    Field(
        "strategic.accessibility",
        "BT-754",
        "accessibilité",
        _additional("accessibility"),
        values.published_code,
    ),
    Field(
        "strategic.description",
        "BT-777",
        "description de l'achat stratégique",
        f"{_PROJECT}/cac:ProcurementAdditionalType/cbc:ProcurementType",
        values.text,
    ),
)

_REQUEST = "cac:TendererQualificationRequest/cac:SpecificTendererRequirement"
_DEADLINE = (
    f"{_PROCESS}/cac:ParticipationRequestReceptionPeriod/cbc:EndDate"
    f"|{_PROCESS}/cac:TenderSubmissionDeadlinePeriod/cbc:EndDate"
)

LOT: tuple[Field, ...] = (
    Field("id", "BT-137", "identifiant", "cbc:ID", values.label),
    *PURCHASE,
    *STRATEGIC,
    Field(
        "framework.is_framework",
        "BT-765",
        "accord-cadre",
        f"{_PROCESS}/cac:ContractingSystem/cbc:ContractingSystemTypeCode"
        "[@listName='framework-agreement']",
        values.code(codes.IS_FRAMEWORK),
    ),
    Field(
        "framework.contractors",
        "BT-113",
        "nombre maximal de titulaires",
        f"{_PROCESS}/cac:FrameworkAgreement/cbc:MaximumOperatorQuantity",
        values.count,
    ),
    Field(
        "framework.longer_duration_reason",
        "BT-109",
        "justification de la durée de l'accord-cadre",
        f"{_PROCESS}/cac:FrameworkAgreement/cbc:Justification",
        values.text,
    ),
    Field(
        "reservation.kind",
        "BT-71",
        "participation réservée",
        f"{_TERMS}/{_REQUEST}/cbc:TendererRequirementTypeCode[@listName='reserved-procurement']",
        values.code(codes.RESERVATIONS),
    ),
    Field(
        "variants.policy",
        "BT-63",
        "variantes",
        f"{_TERMS}/cbc:VariantConstraintCode",
        values.code(codes.VARIANTS),
    ),
    Field("due_on", "BT-131, BT-1311", "date limite", _DEADLINE, values.earliest("deux dates")),
)

PLACE: tuple[Field, ...] = (
    Field("commune", "BT-5131", "ville d'exécution", "cac:Address/cbc:CityName", values.label),
    Field("postcode", "BT-5121", "code postal", "cac:Address/cbc:PostalZone", values.words(12)),
    Field(
        "nuts", "BT-5071", "région d'exécution", "cac:Address/cbc:CountrySubentityCode", values.nuts
    ),
    Field(
        "country",
        "BT-5141",
        "pays d'exécution",
        "cac:Address/cac:Country/cbc:IdentificationCode",
        values.country,
    ),
)

TENDER: tuple[Field, ...] = (
    Field("id", "BT-04", "identifiant de la procédure", "cbc:ContractFolderID", values.label),
    *PURCHASE,
    Field(
        "procedure",
        "BT-105",
        "procédure",
        f"{_PROCESS}/cbc:ProcedureCode",
        values.code(codes.PROCEDURES),
    ),
    Field(
        "direct_award_ground",
        "BT-105",
        "cas qui dispense de mise en concurrence",
        f"{_PROCESS}/cbc:ProcedureCode",
        values.code(codes.DIRECT_AWARD_GROUNDS),
    ),
    Field(
        "is_urgent",
        "BT-106",
        "procédure accélérée",
        f"{_PROCESS}/cac:ProcessJustification/cbc:ProcessReasonCode"
        "[@listName='accelerated-procedure']",
        values.code(codes.YES_OR_NO),
    ),
    Field(
        "max_lots_bid",
        "BT-31",
        "nombre maximal de lots par offre",
        f"{_TERMS}/cac:LotDistribution/cbc:MaximumLotsSubmittedNumeric",
        values.count,
    ),
    Field(
        "max_lots_won",
        "BT-33",
        "nombre maximal de lots par titulaire",
        f"{_TERMS}/cac:LotDistribution/cbc:MaximumLotsAwardedNumeric",
        values.count,
    ),
)

CONSULTATION: tuple[Field, ...] = (
    Field(
        "documents_online",
        "BT-14",
        "accès aux documents",
        f"{LOTS}/{_TERMS}/cac:CallForTendersDocumentReference/cbc:DocumentType",
        values.agreed(codes.DOCUMENTS),
    ),
    Field(
        "electronic_submission",
        "BT-17",
        "remise électronique",
        f"{LOTS}/{_PROCESS}/cbc:SubmissionMethodCode[@listName='esubmission']",
        values.agreed(codes.SUBMISSION),
    ),
)
"""What an award notice does not say, though converted ones carry a code by default."""

CALL: tuple[Field, ...] = (
    Field(
        "notice_sent_on", "BT-05", "date d'envoi", "cbc:IssueDate", values.earliest("deux dates")
    ),
    Field(
        "due_on",
        "BT-131, BT-1311",
        "date limite",
        "|".join(f"{LOTS}/{path}" for path in _DEADLINE.split("|")),
        values.earliest("les lots ont des dates limites différentes"),
    ),
    Field(
        "had_prior_information",
        "BT-125",
        "avis de préinformation",
        f"{LOTS}/{_PROCESS}/cac:NoticeDocumentReference/cbc:ID",
        values.stated,
    ),
)
"""What only the call for competition says of itself: not an award, planning or modified notice."""

AWARD: tuple[Field, ...] = (
    Field(
        "notified_on",
        "BT-145",
        "date de conclusion du contrat",
        f"{EXTENSION}/efac:NoticeResult/efac:SettledContract/cbc:IssueDate",
        values.earliest("les contrats ont été conclus à des dates différentes"),
    ),
)
