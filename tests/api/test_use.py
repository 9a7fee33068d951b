"""The day of use and the profile's file: what they change in a report, and its receipt."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from procure.api import score, verify
from procure.api.clock import today
from procure.api.files import report_schema
from procure.api.rules import freshness_on, rulebook
from procure.api.scoring import to_json
from procure.domain.errors import InputError, ProcureError, RulebookError
from procure.domain.outline import Outline, is_blocked, law_sentence
from procure.domain.report import Finding, Report

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_tenders"
BREACH = SAMPLES / "fournitures-bureau-prix-seul.yaml"
STUDY = SAMPLES / "etude-centre-bourg.yaml"
OVERLAY = ROOT / "docs" / "fr" / "profils" / "commune-exigeante.yaml"
OURS = str(OVERLAY)
FRESH = date(2026, 11, 22)
STALE = date(2100, 1, 1)


def finding(report: Report, code: str) -> Finding:
    return next(found for found in report.findings if found.rule == code)


def test_a_report_used_too_late_warns_where_it_blocked_and_says_why() -> None:
    fresh, stale = (score(BREACH, used_on=day).report for day in (FRESH, STALE))
    assert (fresh.law.verdict, stale.law.verdict) == ("breach", "to_complete")
    blocked, warned = finding(fresh, "CRI001"), finding(stale, "CRI001")
    assert (blocked.severity, blocked.awaits_check, blocked.notes) == ("blocking", False, ())
    assert (warned.severity, warned.awaits_check) == ("warning", True)
    assert warned.notes[0].kind == "stale"
    assert is_blocked(fresh) and not is_blocked(stale)


def test_points_do_not_change_with_the_day_of_use() -> None:
    fresh, stale = (score(BREACH, used_on=day).report for day in (FRESH, STALE))
    assert fresh.score == stale.score


def test_while_nothing_is_stale_only_the_receipt_says_the_day_of_use() -> None:
    one, two = (
        json.loads(to_json(score(BREACH, used_on=day).report))
        for day in (FRESH, FRESH - timedelta(days=30))
    )
    assert (one.pop("receipt")["used_on"], two.pop("receipt")["used_on"]) == (
        "2026-11-22",
        "2026-10-23",
    )
    assert one == two
    assert all("notes" not in found and "by_profile" not in found for found in one["findings"])


@pytest.mark.parametrize("used_on", [FRESH, STALE])
def test_a_report_verifies_to_the_byte_whenever_it_is_verified(
    tmp_path: Path, used_on: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    path.write_text(to_json(score(BREACH, used_on=used_on).report), encoding="utf-8")
    monkeypatch.setenv("PROCURE_USED_ON", "2042-01-01")
    assert verify(path, BREACH).is_same


def test_a_profile_may_be_a_file_and_leaves_the_verdict_of_law_as_it_is() -> None:
    plain, ours = (score(STUDY, profile_name=name).report for name in ("petite-commune", OURS))
    late = finding(ours, "PAY007")
    assert (finding(plain, "PAY007").verdict, late.verdict) == ("clear", "breach")
    assert late.by_profile and "Seuil abaissé" in late.notes[0].text
    assert ours.law == plain.law
    assert is_blocked(ours) and not is_blocked(plain)
    assert "plus strict que le droit, ajoute 1" in law_sentence(Outline(ours))
    (number,) = late.parameters
    assert number.value == 25 and "Commune exigeante" in number.cite


def test_a_breach_of_the_law_stays_one_under_a_stricter_profile() -> None:
    late = SAMPLES / "maintenance-sans-lots-paiement-45-jours.yaml"
    found = finding(score(late, profile_name=OURS).report, "PAY007")
    assert (found.verdict, found.by_profile) == ("breach", False)
    assert "Le droit seul est respecté" not in found.notes[0].text


def test_choices_move_points_and_are_said() -> None:
    plain, ours = (
        finding(score(STUDY, profile_name=name).report, "LOP014")
        for name in ("grand-poitiers", "petite-commune")
    )
    assert plain.notes == ()
    assert ours.notes[0].text.startswith("Repère choisi par le profil")


def test_the_receipt_holds_the_digest_of_the_profile_and_verify_asks_for_its_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "report.json"
    path.write_text(to_json(score(STUDY, profile_name=OURS).report), encoding="utf-8")
    assert verify(path, STUDY, OVERLAY).is_same
    with pytest.raises(InputError, match="--profile"):
        verify(path, STUDY)
    other = shutil.copy(OVERLAY, tmp_path / "other.yaml")
    other.write_text(other.read_text("utf-8") + "# note\n", encoding="utf-8")
    found = verify(path, STUDY, other)
    assert found.differences == ("le fichier du profil n'est pas celui du rapport",)


@pytest.mark.parametrize("name", ["absent.yaml", "dossier/absent", "./grand-poitiers"])
def test_a_path_that_holds_no_profile_is_said(name: str) -> None:
    with pytest.raises(RulebookError, match="n'existe pas"):
        score(STUDY, profile_name=name)


def test_a_day_of_use_that_is_no_day_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROCURE_USED_ON", "demain")
    with pytest.raises(ProcureError, match="n'est pas un jour"):
        today()
    monkeypatch.delenv("PROCURE_USED_ON")
    assert today() == date.today()


def test_one_module_reads_the_clock() -> None:
    reads = re.compile(r"\b(today\(\)|now\(|time\.time)")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "procure").rglob("*.py")
        if reads.search(path.read_text(encoding="utf-8").replace(" today()", ""))
    }
    assert found == {"procure/api/clock.py"}


def test_every_rule_in_force_is_stale_one_day() -> None:
    found = freshness_on(STALE)
    assert found.next_on is None
    assert set(found.stale) == {r.code for r in rulebook().rules if r.in_force(STALE)}


@pytest.mark.parametrize("terms", [{}, {"profile_name": OURS}, {"used_on": STALE}])
def test_every_report_holds_to_its_schema(terms: dict[str, Any]) -> None:
    schema = jsonschema.Draft202012Validator(report_schema())
    written = json.loads(to_json(score(STUDY, **terms).report))
    assert [error.message for error in schema.iter_errors(written)] == []
