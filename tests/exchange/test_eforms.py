"""What an eForms notice says is taken over; what it does not say stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from procure.domain.errors import InvalidTender
from procure.domain.tender import Criterion, Lot
from procure.exchange.eforms import read_notice
from procure.exchange.eforms.buyer import is_siret
from procure.exchange.eforms.codes import REGIMES
from procure.exchange.reading import Reading
from procure.exchange.xml import NAMESPACES

SDK = Path(__file__).parents[1] / "fixtures" / "eforms" / "sdk"
SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def tag(name: str, inner: str = "", **attributes: str) -> str:
    """An element: `tag("cbc:Name", "Pain", languageID="FRA")`."""
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{inner}</{name}>"


def nested(path: str, inner: str) -> str:
    for name in reversed(path.split("/")):
        inner = tag(name, inner)
    return inner


def extension(inner: str) -> str:
    return nested(
        "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension", inner
    )


def lot(inner: str = "", identifier: str = "LOT-0001", scheme: str = "Lot") -> str:
    return tag("cac:ProcurementProjectLot", tag("cbc:ID", identifier, schemeName=scheme) + inner)


def notice(
    inner: str = "",
    lots: Iterable[str] = (),
    root: str = "ContractNotice",
    subtype: str = "16",
    form: str = "competition",
    version: str = "eforms-sdk-1.10",
    extended: str = "",
    language: str = "ENG",
) -> bytes:
    space = f'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"'
    return (
        f"<{root} {space} {SPACES}>"
        + extension(nested("efac:NoticeSubType/cbc:SubTypeCode", subtype) + extended)
        + tag("cbc:CustomizationID", version)
        + tag("cbc:ContractFolderID", "procedure-1")
        + tag("cbc:IssueDate", "2024-01-18+02:00")
        + tag("cbc:NoticeTypeCode", "cn-standard", listName=form)
        + tag("cbc:NoticeLanguageCode", language)
        + inner
        + "".join(lots)
        + f"</{root}>"
    ).encode()


def reading(content: bytes) -> Reading:
    return read_notice(content, "avis.xml", "0" * 64)


def first_lot(inner: str) -> Lot:
    lots = reading(notice(lots=[lot(inner)])).tender.lots
    assert lots
    return lots[0]


def project(inner: str) -> str:
    return tag("cac:ProcurementProject", inner)


def terms(inner: str) -> str:
    return tag("cac:TenderingTerms", inner)


def process(inner: str) -> str:
    return tag("cac:TenderingProcess", inner)


def criterion(kind: str = "quality", name: str = "Délai", inner: str = "", **weight: str) -> str:
    """A criterion; its weight as `code="per-exa", number="40"`, in the list `listed`."""
    listed = weight.get("listed", "number-weight")
    parameter = tag(
        "efac:AwardCriterionParameter",
        tag("efbc:ParameterCode", weight.get("code", ""), listName=listed)
        + tag("efbc:ParameterNumeric", weight.get("number", "")),
    )
    return tag(
        "cac:SubordinateAwardingCriterion",
        (extension(parameter) if "code" in weight else "")
        + tag("cbc:AwardingCriterionTypeCode", kind)
        + tag("cbc:Name", name)
        + inner,
    )


def criteria(*inner: str, before: str = "") -> str:
    return terms(nested("cac:AwardingTerms/cac:AwardingCriterion", before + "".join(inner)))


def read_criteria(*inner: str, before: str = "") -> tuple[Criterion, ...]:
    found = first_lot(criteria(*inner, before=before)).criteria
    assert found
    return found


def notes_of(content: bytes) -> str:
    return plain("\n".join(reading(content).notes))


def plain(message: str) -> str:
    return message.replace("\u00a0", " ").replace("\u202f", " ")


# Weights


@pytest.mark.parametrize(
    ("code", "number", "share"),
    [
        ("per-exa", "40", "0.4"),
        ("per-mid", "12.5", "0.125"),
        ("per-exa", "100.00", "1"),
        ("dec-exa", "0.3", "0.3"),
        ("dec-mid", "1", "1"),
    ],
)
def test_a_percentage_or_a_decimal_is_a_share(code: str, number: str, share: str) -> None:
    (read,) = read_criteria(criterion(code=code, number=number))
    assert (read.weight, read.rank) == (Decimal(share), None)


def test_points_are_a_share_of_the_points_of_the_set() -> None:
    read = read_criteria(
        criterion(code="poi-exa", number="50"),
        criterion(code="poi-mid", number="25"),
        criterion(code="poi-exa", number="25"),
    )
    assert [each.weight for each in read] == [Decimal("0.5"), Decimal("0.25"), Decimal("0.25")]


def test_points_are_no_share_when_a_criterion_of_the_set_has_none() -> None:
    content = [lot(criteria(criterion(code="poi-exa", number="50"), criterion()))]
    assert all(each.weight is None for each in read_criteria(criterion(), criterion()))
    assert "ne donne pas une part" in notes_of(notice(lots=content))


def test_an_order_of_importance_is_a_rank_and_no_weight() -> None:
    read = read_criteria(
        criterion(code="ord-imp", number="2"), criterion(code="ord-imp", number="1")
    )
    assert [(each.weight, each.rank) for each in read] == [(None, 2), (None, 1)]


@pytest.mark.parametrize("listed", ["number-fixed", "number-threshold"])
def test_a_fixed_amount_or_a_threshold_is_no_weight(listed: str) -> None:
    (read,) = read_criteria(criterion(code="min-score", number="50", listed=listed))
    assert read.weight is None


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("per-exa", "140"),
        ("per-exa", "-1"),
        ("dec-exa", "40"),
        ("poi-exa", "0"),
        ("ord-imp", "1.5"),
        ("per-exa", "quarante"),
        ("per-exa", "1e1"),
        ("per-exa", "Infinity"),
        ("per-exa", ""),
        ("unknown", "40"),
    ],
)
def test_a_senseless_weight_is_unknown_and_said_so(code: str, number: str) -> None:
    weighed = criterion(code=code, number=number)
    (read,) = read_criteria(weighed)
    assert (read.weight, read.rank) == (None, None)
    assert "BT-541" in notes_of(notice(lots=[lot(criteria(weighed))]))


# Criteria


def test_criteria_that_the_notice_does_not_give_are_unknown_and_not_none() -> None:
    assert first_lot(terms("")).criteria is None
    assert first_lot(terms(nested("cac:AwardingTerms/cac:AwardingCriterion", ""))).criteria is None


def test_price_and_cost_have_their_theme_and_quality_has_none_yet() -> None:
    read = read_criteria(criterion("price"), criterion("cost"), criterion("quality"))
    assert [each.kind for each in read] == ["price", "cost", "quality"]
    assert [each.themes for each in read] == [("price",), ("cost",), None]


def test_a_weight_in_prose_stays_unknown() -> None:
    (read,) = read_criteria(criterion(inner=tag("cbc:Description", "pondéré à 40 %")))
    assert (read.weight, read.description) == (None, "pondéré à 40 %")


def test_the_description_names_a_criterion_without_name_and_the_kind_one_without_words() -> None:
    described, silent = read_criteria(
        criterion(name="", inner=tag("cbc:Description", "Emballages réutilisés")),
        criterion("price", name=""),
    )
    assert (described.label, described.description) == ("Emballages réutilisés", None)
    assert silent.label == "Prix"


def test_the_method_of_weighing_is_kept_with_each_criterion() -> None:
    before = tag("cbc:CalculationExpression", "Note = prix bas / prix")
    read = read_criteria(criterion(), criterion(), before=before)
    assert {each.method for each in read} == {"Note = prix bas / prix"}


def test_criteria_inside_a_criterion_are_its_sub_criteria() -> None:
    inner = criterion(code="poi-exa", number="3") + criterion(code="poi-exa", number="1")
    (read,) = read_criteria(criterion(code="per-exa", number="60", inner=inner))
    assert read.weight == Decimal("0.6")
    assert [each.weight for each in read.sub_criteria or ()] == [Decimal("0.75"), Decimal("0.25")]


# Values, durations, texts


def amount(number: str, currency: str = "EUR") -> str:
    estimated = tag("cbc:EstimatedOverallContractAmount", number, currencyID=currency)
    return project(tag("cac:RequestedTenderTotal", estimated))


def test_an_amount_in_euros_is_the_value() -> None:
    assert first_lot(amount("665999.8")).value_excl_tax == Decimal("665999.80")


@pytest.mark.parametrize(
    ("number", "currency"),
    [
        ("1231", "BWP"),
        ("-1", "EUR"),
        ("0", "EUR"),
        ("1" + "0" * 13, "EUR"),
        ("beaucoup", "EUR"),
        ("NaN", "EUR"),
        ("1e9", "EUR"),
    ],
)
def test_another_currency_or_a_senseless_amount_is_unknown(number: str, currency: str) -> None:
    assert first_lot(amount(number, currency)).value_excl_tax is None
    assert "BT-27" in notes_of(notice(lots=[lot(amount(number, currency))]))


@pytest.mark.parametrize(
    ("number", "unit", "months"),
    [
        ("48", "MONTH", "48"),
        ("4", "YEAR", "48"),
        ("365", "DAY", "12"),
        ("90", "DAY", "2.96"),
        ("52", "WEEK", "11.97"),
    ],
)
def test_a_duration_is_in_months(number: str, unit: str, months: str) -> None:
    measure = tag("cbc:DurationMeasure", number, unitCode=unit)
    read = first_lot(project(tag("cac:PlannedPeriod", measure)))
    assert read.duration_months == Decimal(months)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-04-01", "2026-12-31", "33"),
        ("2025-06-01", "2026-05-31", "12"),
        ("2024-01-01", "2024-01-15", "0.49"),
    ],
)
def test_a_first_and_a_last_day_make_a_duration(start: str, end: str, months: str) -> None:
    period = tag("cbc:StartDate", f"{start}+02:00") + tag("cbc:EndDate", f"{end}Z")
    assert first_lot(project(tag("cac:PlannedPeriod", period))).duration_months == Decimal(months)


@pytest.mark.parametrize(
    "period",
    [
        tag("cbc:EndDate", "2025-10-31"),
        tag("cbc:DescriptionCode", "UNKNOWN"),
        tag("cbc:DescriptionCode", "UNLIMITED"),
        tag("cbc:DurationMeasure", "3", unitCode="LUSTRE"),
        tag("cbc:DurationMeasure", "-3", unitCode="MONTH"),
        tag("cbc:StartDate", "2025-10-31") + tag("cbc:EndDate", "2024-10-31"),
        tag("cbc:StartDate", "2025-02-31") + tag("cbc:EndDate", "2026-10-31"),
        tag("cbc:StartDate", "2024-01-01") + tag("cbc:EndDate", "9999-12-32"),
    ],
)
def test_a_duration_that_is_not_said_or_makes_no_sense_is_unknown(period: str) -> None:
    assert first_lot(project(tag("cac:PlannedPeriod", period))).duration_months is None


def test_a_title_is_taken_in_french_then_in_the_language_of_the_notice_then_first() -> None:
    german = tag("cbc:Name", "Brot", languageID="DEU")
    english = tag("cbc:Name", "Bread", languageID="ENG")
    french = tag("cbc:Name", "Pain", languageID="FRA")
    assert first_lot(project(german + english + french)).title == "Pain"
    assert first_lot(project(german + english)).title == "Bread"
    assert first_lot(project(german)).title == "Brot"


def test_a_text_that_the_buyer_withheld_is_unknown() -> None:
    assert first_lot(project(tag("cbc:Name", "unpublished"))).title is None


def test_too_long_a_text_is_cut_and_said_so() -> None:
    content = notice(lots=[lot(project(tag("cbc:Description", "a" * 30_000)))])
    (read,) = reading(content).tender.lots or ()
    assert len(read.description or "") == 20_000
    assert "dépasse" in notes_of(content)


def test_the_check_digit_of_a_cpv_code_is_dropped() -> None:
    code = tag("cbc:ItemClassificationCode", "90511100-3")
    wrong = tag("cbc:ItemClassificationCode", "pain")
    classified = tag("cac:MainCommodityClassification", code) + "".join(
        tag("cac:AdditionalCommodityClassification", each) for each in (code, wrong, code)
    )
    read = first_lot(project(classified))
    assert (read.cpv, read.additional_cpv) == ("90511100", ("90511100",))


# Terms


@pytest.mark.parametrize(
    ("code", "kind", "mentioned"),
    [
        ("none", "none", None),
        ("res-ws", "disability_and_inclusion", True),
        ("res-pub-ser", "social_economy", True),
    ],
)
def test_a_reserved_participation_is_a_reservation(
    code: str, kind: str, mentioned: bool | None
) -> None:
    requirement = tag("cbc:TendererRequirementTypeCode", code, listName="reserved-procurement")
    path = "cac:TendererQualificationRequest/cac:SpecificTendererRequirement"
    read = first_lot(terms(nested(path, requirement))).reservation
    assert read and (read.kind, read.mentioned_in_notice) == (kind, mentioned)


def test_nothing_on_reservation_is_unknown_and_not_none() -> None:
    assert first_lot(terms("")).reservation is None


def execution(listed: str, code: str, description: str = "") -> str:
    return tag(
        "cac:ContractExecutionRequirement",
        tag("cbc:ExecutionRequirementCode", code, listName=listed)
        + (tag("cbc:Description", description) if description else ""),
    )


def test_terms_of_performance_are_clauses_and_never_all_of_them() -> None:
    read = first_lot(terms(execution("conditions", "performance", "Véhicules propres")))
    assert [(each.kind, each.axis, each.text) for each in read.clauses or ()] == [
        ("execution", None, "Véhicules propres")
    ]
    assert read.clauses_are_complete is False


@pytest.mark.parametrize("listed", ["einvoicing", "nda", "esignature-submission", "permission"])
def test_other_requirements_of_execution_are_no_clauses(listed: str) -> None:
    assert first_lot(terms(execution(listed, "required", "Texte"))).clauses is None


@pytest.mark.parametrize(
    ("code", "policy"),
    [("allowed", "allowed"), ("not-allowed", "forbidden"), ("required", "required")],
)
def test_variants_have_their_policy(code: str, policy: str) -> None:
    read = first_lot(terms(tag("cbc:VariantConstraintCode", code, listName="permission")))
    assert read.variants and read.variants.policy == policy


@pytest.mark.parametrize(("code", "is_framework"), [("none", False), ("fa-wo-rc", True)])
def test_a_framework_agreement_is_said_or_denied(code: str, is_framework: bool) -> None:
    system = tag("cbc:ContractingSystemTypeCode", code, listName="framework-agreement")
    read = first_lot(process(tag("cac:ContractingSystem", system))).framework
    assert read and read.is_framework is is_framework
    assert first_lot(process("")).framework is None


def test_a_maximum_and_a_number_of_contractors_belong_to_the_framework() -> None:
    maximum = extension(tag("efbc:FrameworkMaximumAmount", "775000", currencyID="EUR"))
    read = first_lot(
        process(nested("cac:FrameworkAgreement/cbc:MaximumOperatorQuantity", "3"))
        + project(tag("cac:RequestedTenderTotal", maximum))
    ).framework
    assert read and (read.maximum_excl_tax, read.contractors) == (Decimal("775000.00"), 3)


def test_the_codes_of_strategic_procurement_are_kept_as_published() -> None:
    def additional(listed: str, code: str, more: str = "") -> str:
        return tag(
            "cac:ProcurementAdditionalType",
            tag("cbc:ProcurementTypeCode", code, listName=listed) + more,
        )

    read = first_lot(
        project(
            additional(
                "strategic-procurement", "env-imp", tag("cbc:ProcurementType", "Moins de CO2")
            )
            + additional("environmental-impact", "circ-econ")
            + additional("environmental-impact", "clim-mitig")
            + additional("social-objective", "opp")
            + additional("gpp-criteria", "eu")
        )
    ).strategic
    assert read
    assert (read.aims, read.description) == (("env-imp",), "Moins de CO2")
    assert read.environmental == ("circ-econ", "clim-mitig")
    assert (read.social, read.innovation, read.green_criteria) == (("opp",), None, ("eu",))


# Days


def deadline(day: str, path: str = "cac:TenderSubmissionDeadlinePeriod") -> str:
    return process(nested(f"{path}/cbc:EndDate", day))


def test_the_tender_is_due_on_the_first_day_of_its_lots() -> None:
    later = lot(deadline("2024-05-02Z"))
    sooner = lot(
        deadline("2024-04-30+02:00", "cac:ParticipationRequestReceptionPeriod"), "LOT-0002"
    )
    read = reading(notice(lots=[later, sooner]))
    assert read.tender.due_on == date(2024, 4, 30)
    assert [each.due_on for each in read.tender.lots or ()] == [date(2024, 5, 2), date(2024, 4, 30)]
    assert any("dates limites différentes" in note for note in read.notes)


def test_an_award_notice_gives_the_day_of_the_contract_and_not_that_of_the_call() -> None:
    contracts = "".join(
        nested("efac:SettledContract/cbc:IssueDate", day) for day in ("2024-03-05", "2024-03-04")
    )
    read = reading(
        notice(
            root="ContractAwardNotice",
            subtype="29",
            form="result",
            extended=tag("efac:NoticeResult", contracts),
        )
    ).tender
    assert (read.notice_sent_on, read.notified_on) == (None, date(2024, 3, 4))


def test_a_planning_notice_is_no_call() -> None:
    content = notice(root="PriorInformationNotice", subtype="4", form="planning")
    assert reading(content).tender.notice_sent_on is None


def test_a_previous_planning_notice_is_prior_information_and_none_is_unknown() -> None:
    planned = lot(process(nested("cac:NoticeDocumentReference/cbc:ID", "123-2023")))
    assert reading(notice(lots=[planned])).tender.had_prior_information is True
    assert reading(notice(lots=[lot()])).tender.had_prior_information is None


# The tender as a whole


@pytest.mark.parametrize(
    ("code", "procedure"),
    [
        ("open", "open_call"),
        ("restricted", "restricted_call"),
        ("neg-w-call", "negotiated"),
        ("neg-wo-call", "direct_award"),
        ("comp-dial", "competitive_dialogue"),
        ("innovation", "innovation_partnership"),
        ("oth-single", "other"),
        ("inconnue", None),
    ],
)
def test_the_procedure_has_our_name(code: str, procedure: str | None) -> None:
    assert reading(notice(process(tag("cbc:ProcedureCode", code)))).tender.procedure == procedure


@pytest.mark.parametrize(("code", "ground"), [("neg-wo-call", "other"), ("open", None)])
def test_no_prior_call_claims_a_case_that_permits_it(code: str, ground: str | None) -> None:
    tender = reading(notice(process(tag("cbc:ProcedureCode", code)))).tender
    assert tender.direct_award_ground == ground


@pytest.mark.parametrize(
    ("subtype", "regime"),
    [
        ("16", "ordinary"),
        ("20", "social_and_specific"),
        ("33", "social_and_specific"),
        ("18", "defence"),
        ("19", "concession"),
        ("14", "concession"),
        ("25", None),
        ("E3", None),
    ],
)
def test_the_subtype_of_the_notice_gives_the_regime(subtype: str, regime: str | None) -> None:
    assert reading(notice(subtype=subtype)).tender.regime == regime


def test_no_subtype_has_two_regimes_or_a_regime_of_no_notice() -> None:
    assert set(REGIMES) <= {str(number) for number in range(1, 41)}
    assert set(REGIMES.values()) == {"ordinary", "social_and_specific", "defence", "concession"}


@pytest.mark.parametrize(
    ("codes", "online"),
    [
        (("non-restricted-document", "non-restricted-document"), True),
        (("restricted-document", "restricted-document"), None),
        (("non-restricted-document", "restricted-document"), None),
    ],
)
def test_documents_are_online_when_all_are_open(
    codes: tuple[str, str], online: bool | None
) -> None:
    lots = [
        lot(
            terms(nested("cac:CallForTendersDocumentReference/cbc:DocumentType", code)),
            f"LOT-000{place}",
        )
        for place, code in enumerate(codes)
    ]
    assert reading(notice(lots=lots)).tender.documents_online is online


def test_nothing_is_said_that_the_notice_does_not_say() -> None:
    said = reading(notice()).tender.model_dump(exclude_defaults=True)
    assert said == {
        "id": "procedure-1",
        "buyer": {"country": None},
        "regime": "ordinary",
        "notice_sent_on": date(2024, 1, 18),
    }


def party(kind: str = "la", identifier: str = "ORG-0001") -> str:
    typed = tag(
        "cac:ContractingPartyType", tag("cbc:PartyTypeCode", kind, listName="buyer-legal-type")
    )
    reference = nested("cac:Party/cac:PartyIdentification/cbc:ID", identifier)
    return tag("cac:ContractingParty", typed + reference)


def organisation(company_id: str, country: str = "FRA", identifier: str = "ORG-0001") -> str:
    return nested(
        "efac:Organizations/efac:Organization/efac:Company",
        nested("cac:PartyIdentification/cbc:ID", identifier)
        + nested("cac:PartyName/cbc:Name", "Commune")
        + nested("cac:PostalAddress/cac:Country/cbc:IdentificationCode", country)
        + nested("cac:PartyLegalEntity/cbc:CompanyID", company_id),
    )


def test_the_buyer_is_the_organisation_that_the_notice_points_to() -> None:
    content = notice(party(), extended=organisation(" 217 402 981 00013"))
    buyer = reading(content).tender.buyer
    assert (buyer.name, buyer.siret, buyer.kind) == ("Commune", "21740298100013", "local_authority")
    assert buyer.country == "FRA"


def test_a_number_that_is_no_siret_is_left_out_and_said_so() -> None:
    content = notice(party(), extended=organisation("21740298100014"))
    assert reading(content).tender.buyer.siret is None
    assert "n'est pas un SIRET" in notes_of(content)


def test_a_foreign_buyer_has_no_siret() -> None:
    content = notice(party(), extended=organisation("21740298100013", "BEL"))
    assert (reading(content).tender.buyer.siret, reading(content).notes) == (None, ())


def test_a_body_governed_by_public_law_may_be_of_several_kinds() -> None:
    content = notice(party("body-pl-la"), extended=organisation("21740298100013"))
    assert reading(content).tender.buyer.kind is None


def test_the_sum_of_luhn_and_that_of_la_poste_make_a_siret() -> None:
    assert is_siret("20005375900011")
    assert is_siret("35600000049837")
    assert not is_siret("20005375900012")
    assert not is_siret("２0005375900011")


# Lots


def test_groups_of_lots_are_no_lots_and_said_so() -> None:
    content = notice(lots=[lot(), lot("", "GLO-0001", "LotsGroup")])
    assert [each.id for each in reading(content).tender.lots or ()] == ["LOT-0001"]
    assert "GLO-0001" in notes_of(content)


def test_the_parts_of_a_planning_notice_are_read_as_lots() -> None:
    read = read_notice((SDK / "pin-only_24_maximal.xml").read_bytes(), "pin.xml", "")
    assert [each.id for each in read.tender.lots or ()] == ["PAR-0000"]
    assert read.tender.notice_sent_on is None


def test_two_lots_with_the_same_identifier_are_refused() -> None:
    with pytest.raises(InvalidTender) as caught:
        reading(notice(lots=[lot(), lot()]))
    assert "/ContractNotice/cac:ProcurementProjectLot[1]/cbc:ID" in str(caught.value)
    assert "« LOT-0001 »" in plain(str(caught.value))


def test_a_lot_without_identifier_is_refused() -> None:
    with pytest.raises(InvalidTender, match="pas d'identifiant"):
        reading(notice(lots=[lot("", "")]))


def test_the_origin_of_a_value_is_its_place_in_the_notice() -> None:
    weighed = criteria(criterion(), criterion(code="per-exa", number="40"))
    origins = reading(notice(lots=[lot(), lot(weighed, "LOT-0002")])).origins
    assert origins["id"] == "/ContractNotice/cbc:ContractFolderID"
    assert origins["lots[1].criteria[1].weight"] == (
        "/ContractNotice/cac:ProcurementProjectLot[2]/cac:TenderingTerms/cac:AwardingTerms"
        "/cac:AwardingCriterion/cac:SubordinateAwardingCriterion[2]/ext:UBLExtensions"
        "/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
        "/efac:AwardCriterionParameter/efbc:ParameterNumeric"
    )


# What is no notice


def test_an_older_ted_notice_is_refused_and_named() -> None:
    content = b'<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9"/>'
    with pytest.raises(InvalidTender) as caught:
        reading(content)
    message = plain(str(caught.value))
    assert "« TED_EXPORT »" in message and "ContractNotice" in message and "eForms" in message


@pytest.mark.parametrize("content", [b"<html/>", b"<ContractNotice/>", b'<a xmlns="urn:b"/>'])
def test_another_xml_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidTender, match="pas un avis eForms"):
        reading(content)


@pytest.mark.parametrize("path", sorted(SDK.glob("INVALID_*.xml")), ids=lambda path: path.name)
def test_the_invalid_examples_of_the_sdk_are_refused_with_a_reason(path: Path) -> None:
    with pytest.raises(InvalidTender, match="identifiant"):
        read_notice(path.read_bytes(), path.name, "")


@pytest.mark.parametrize("minor", [*range(3, 17)])
def test_every_version_from_1_3_to_1_16_is_read_without_remark(minor: int) -> None:
    assert reading(notice(version=f"eforms-sdk-1.{minor}")).notes == ()


@pytest.mark.parametrize("version", ["eforms-sdk-2.0", "eforms-sdk-1.2", "eforms-sdk-1.17"])
def test_a_version_never_tried_is_read_with_a_remark(version: str) -> None:
    assert version in notes_of(notice(version=version))
