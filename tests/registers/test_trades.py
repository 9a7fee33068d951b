"""The table of trades: its cases, its codes, and what a faulty entry is told."""

from typing import Any

import pytest

from procure.domain.errors import RulebookError
from procure.registers import trades
from procure.resources.folders import data_folder
from procure.resources.yaml import parse

CASES = parse(
    (data_folder("rules") / "registers/trades.cases.yaml").read_text(encoding="utf-8"), "cases"
).value
ENTRY = """\
source: Maison
checked_on: 2026-11-22
families: {gros: Gros œuvre}
trades:
  - {id: macon, title: Maçon, family: gros, nature: works, cpv: ["4526"], naf: ["43.99C"]}
"""


@pytest.mark.parametrize("case", CASES["cpv"], ids=lambda case: case["code"])
def test_a_cpv_code_leads_to_the_trade_of_its_longest_beginning(case: dict[str, Any]) -> None:
    found = trades.table().by_cpv(case["code"])
    assert (found and found.id) == case["trade"]


@pytest.mark.parametrize("case", CASES["naf"], ids=lambda case: case["code"])
def test_a_naf_code_leads_to_every_trade_of_its_firms(case: dict[str, Any]) -> None:
    assert [trade.id for trade in trades.table().by_naf(case["code"])] == case["trades"]


@pytest.mark.parametrize("case", CASES["words"], ids=lambda case: case["text"])
def test_words_lead_to_the_trade_they_name(case: dict[str, Any]) -> None:
    found = trades.table().by_words(case["text"])
    assert (found and found.id) == case["trade"]


def test_the_table_has_sixty_trades_at_least_each_with_codes_of_buyers_and_firms() -> None:
    known = trades.table().trades.values()
    assert len(known) >= 60
    assert all(trade.cpv and trade.naf for trade in known)


def test_every_family_has_a_trade() -> None:
    table = trades.table()
    assert {trade.family for trade in table.trades.values()} == set(table.families)


def test_every_title_leads_to_its_own_trade() -> None:
    table = trades.table()
    assert all(table.by_words(trade.title) == trade for trade in table.trades.values())


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("family: gros", "family: grs", "la famille « grs » est inconnue"),
        ('"4526"', '"4599"', "aucun code CPV ne commence par 4599"),
        ('"43.99C"', '"43.98C"', "le code NAF 43.98C n'existe pas"),
        ("id: macon", "id: Maçon", "« trades[0].id » vaut « Maçon »"),
    ],
)
def test_a_faulty_entry_is_told_with_its_line(wrong: str, right: str, told: str) -> None:
    with pytest.raises(RulebookError) as caught:
        trades.read(ENTRY.replace(wrong, right), "trades.yaml")
    said = str(caught.value).replace("\u00a0", " ")
    assert "trades.yaml, ligne 5" in said and told in said


def test_a_code_at_two_trades_is_refused() -> None:
    twice = ENTRY + (
        '  - {id: autre, title: Autre, family: gros, nature: works, cpv: ["4526"], naf: []}\n'
    )
    with pytest.raises(RulebookError, match="le début de CPV 4526 est déjà au métier"):
        trades.read(twice, "trades.yaml")


def test_a_name_at_two_trades_is_refused() -> None:
    twice = ENTRY + (
        '  - {id: autre, title: Maçons, family: gros, nature: works, cpv: ["4533"], naf: []}\n'
    )
    with pytest.raises(RulebookError, match=r"le nom .* est déjà au métier"):
        trades.read(twice, "trades.yaml")
