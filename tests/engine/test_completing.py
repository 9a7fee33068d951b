"""The fields to fill in are told once, by their key, the most awaited first."""

from __future__ import annotations

from sample_report import finding

from procure.domain.report import Finding, Wanted
from procure.engine.completing import wanted
from procure.engine.vocabulary import SPECS


def fields(*findings: Finding, origins: dict[str, str] | None = None) -> tuple[Wanted, ...]:
    return wanted(findings, origins or {}, SPECS)


def unknown(rule: str, *missing: str, at: str = "tender") -> Finding:
    return finding(rule, verdict="unknown", missing=missing, at=at)


def test_the_most_awaited_field_comes_first() -> None:
    found = fields(
        unknown("AAA001", "tender.nature"),
        unknown("AAA002", "tender.regime"),
        unknown("AAA003", "tender.regime"),
    )
    assert [(f.key, f.rules) for f in found] == [
        ("regime", ("AAA002", "AAA003")),
        ("nature", ("AAA001",)),
    ]


def test_facts_of_one_field_are_told_together() -> None:
    (field,) = fields(unknown("AAA001", "criteria.count", "criteria.price_only"))
    assert field.key == "criteria"
    assert field.labels == ("nombre de critères", "prix seul critère")


def test_a_fact_of_several_lots_has_one_key_and_its_places() -> None:
    found = [unknown("AAA001", "lot.value_excl_tax", at=f"lots[{i}]") for i in (0, 1)]
    (field,) = fields(*found)
    assert (field.key, field.places) == ("lots[].value_excl_tax", ("lot 1", "lot 2"))
    assert field.rules == ("AAA001",)


def test_a_fact_of_the_tender_asked_by_a_lot_is_asked_of_the_tender() -> None:
    (field,) = fields(unknown("AAA001", "tender.nature", at="lots[1]"))
    assert (field.key, field.places) == ("nature", ("le dossier",))


def test_where_the_list_itself_is_missing_the_list_is_asked() -> None:
    (field,) = fields(unknown("AAA001", "clause.kind"))
    assert field.key == "clauses"


def test_of_several_fields_the_one_the_file_lacks_is_asked() -> None:
    (field,) = fields(
        unknown("AAA001", "procedure.days_to_bid"), origins={"due_on": "ligne 3, colonne 1"}
    )
    assert field.key == "notice_sent_on"
