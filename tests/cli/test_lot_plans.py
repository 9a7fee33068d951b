"""`procure lots suggest` and `check`, from the outside."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from procure.cli.app import run

SAMPLES = Path(__file__).resolve().parents[2] / "sample_tenders"
SCHOOL = SAMPLES / "renovation-ecole-six-corps-d-etat.yaml"
SCHOOL_FIRMS = SAMPLES / "supply" / "offre-fictive-renovation-ecole.csv"
FOOD = SAMPLES / "denrees-cantines-approvisionnement-direct.yaml"
FOOD_FIRMS = SAMPLES / "supply" / "offre-fictive-denrees-cantines.csv"
SHAPE = {"name", "status", "objective", "bound", "gap", "seconds", "lots", "accessible_share"}


def found(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    assert run(["lots", *map(str, words), "--format", "json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out, parse_float=Decimal)
    return told


def errors(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert run(["lots", *map(str, words)]) == 2
    return " ".join(capsys.readouterr().err.replace("\u00a0", " ").split())


def test_the_json_has_scenarios_plain_cuts_and_small_lots(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = found(capsys, "suggest", SCHOOL, "--supply", SCHOOL_FIRMS, "--scenarios", 5)
    assert len(told["scenarios"]) == 5
    assert [plan["name"] for plan in told["baselines"]] == [
        "one_lot", "by_trade", "by_trade_and_zone", "today",
    ]  # fmt: skip
    for plan in (*told["scenarios"], *told["baselines"]):
        assert set(plan) >= SHAPE
        assert plan["status"] in ("optimal", "feasible")
        assert sorted(item for lot in plan["lots"] for item in lot["items"]) == sorted(
            item for lot in told["baselines"][0]["lots"] for item in lot["items"]
        )
        assert sum(lot["value_excl_tax"] for lot in plan["lots"]) == 1_486_000
    for plan in told["scenarios"]:
        assert all(lot["able"]["total"] >= 1 for lot in plan["lots"])
        assert (plan["gap"] == 0) == (plan["status"] == "optimal")
    assert told["is_synthetic"] is True
    assert told["small_lots"]["applies"] is False


def test_a_scenario_is_worth_at_least_every_plain_cut_that_could_be_proposed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = found(capsys, "suggest", FOOD, "--supply", FOOD_FIRMS)
    best = told["scenarios"][0]
    assert all(
        plan["objective"] <= best["objective"]
        for plan in told["baselines"]
        if not plan["problems"] and len(plan["lots"]) < best["most_lots"]
    )


def test_two_runs_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    told = [found(capsys, "suggest", SCHOOL, "--supply", SCHOOL_FIRMS) for _ in range(2)]
    for run_ in told:
        for plan in (*run_["scenarios"], *run_["baselines"]):
            del plan["seconds"]
    assert told[0] == told[1]


def test_todays_cut_is_checked_lot_by_lot(capsys: pytest.CaptureFixture[str]) -> None:
    told = found(capsys, "check", FOOD, "--supply", FOOD_FIRMS)
    assert told["scenarios"] == []
    today = told["baselines"][-1]
    assert (today["name"], len(today["lots"])) == ("today", 8)


def test_the_text_reminds_that_supply_never_chooses_firms(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["lots", "suggest", str(SCHOOL), "--supply", str(SCHOOL_FIRMS)]) == 0
    said = capsys.readouterr().out
    assert "jamais pour choisir les entreprises" in said
    assert "prouvé" in said and "offre fictive" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--scenarios", "9"), "de 1 à 5"),
        (("--seconds", "0"), "n'est pas une durée"),
        (("--aim", "prix"), "value ou firms"),
        (("--format", "pdf"), "text, json"),
    ],
)
def test_a_wrong_option_is_told_in_french(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    assert expected in errors(capsys, "suggest", SCHOOL, "--supply", SCHOOL_FIRMS, *words)


def test_a_supply_of_other_trades_is_an_error_that_names_items(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = errors(capsys, "suggest", SCHOOL, "--supply", FOOD_FIRMS)
    assert "Isolation Biard" in said and "élargissez l'offre" in said
