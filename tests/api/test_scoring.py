"""Scoring a file from the outside: days, engines, receipts."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from procure.api import score, verify
from procure.api.rules import rulebook
from procure.api.scoring import to_json
from procure.domain.errors import InputError, InvalidTender, RulebookError
from procure.rulebook.schema import Reference

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
REAL = sorted((SAMPLES / "real").glob("*.xml"))
OWN = sorted(path for path in SAMPLES.glob("*.yaml") if not path.name.startswith("INVALID_"))
SCHOOL = SAMPLES / "renovation-ecole-six-corps-d-etat.yaml"
DAY = date(2026, 9, 15)
DUTIES_OF_AUGUST_2026 = ("R2152-7", "L2152-7", "L2112-2", "L2111-2")


@pytest.mark.parametrize("path", [*REAL, *OWN], ids=lambda path: path.stem)
def test_every_sample_is_read_and_scored(path: Path) -> None:
    report = score(path, DAY).report
    assert report.findings
    for axis in report.score.axes.values():
        assert axis.low is not None and axis.high is not None
        assert 0 <= axis.low <= axis.high <= 100


@pytest.mark.parametrize("path", [*REAL, *OWN], ids=lambda path: path.stem)
def test_no_verdict_rests_on_a_fact_the_file_does_not_give(path: Path) -> None:
    for finding in score(path, DAY).report.findings:
        if finding.verdict in ("clear", "breach"):
            assert all(fact.value is not None for fact in finding.facts), finding.rule


@pytest.mark.parametrize("path", [*REAL, *OWN], ids=lambda path: path.stem)
def test_what_is_unknown_names_what_is_missing(path: Path) -> None:
    for finding in score(path, DAY).report.findings:
        assert (finding.verdict == "unknown") == bool(finding.missing), finding.rule


def test_a_french_notice_changes_only_by_the_duties_of_august_2026() -> None:
    notice = SAMPLES / "real" / "collecte-verre-papier-2024.xml"
    eve, after = (_law(notice, day) for day in (date(2026, 8, 20), date(2026, 8, 22)))
    changed = {rule for rule in eve | after if eve.get(rule) != after.get(rule)}
    assert changed
    for place in changed:
        cites = {reference.cite for reference in _references(place.split()[0])}
        assert any(duty in cite for duty in DUTIES_OF_AUGUST_2026 for cite in cites), place


def _references(code: str) -> tuple[Reference, ...]:
    rule = rulebook().rule(code)
    assert rule is not None
    return rule.file.references


def _law(path: Path, day: date) -> dict[str, object]:
    findings = score(path, day).report.findings
    return {f"{f.rule} {f.at}": (f.verdict, f.severity) for f in findings if f.kind == "require"}


def test_a_day_is_asked_for_when_the_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "sans-jour.yaml"
    path.write_text("id: X\n", encoding="utf-8")
    with pytest.raises(InvalidTender, match="jour de la consultation"):
        score(path)


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(RulebookError, match="grand-poitiers"):
        score(SCHOOL, profile_name="grand-poitier")


def test_a_report_verifies_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(to_json(score(SCHOOL, DAY).report), encoding="utf-8")
    assert verify(path, SCHOOL).is_same


def test_a_touched_tender_no_longer_verifies(tmp_path: Path) -> None:
    tender = shutil.copy(SCHOOL, tmp_path / "tender.yaml")
    path = tmp_path / "report.json"
    path.write_text(to_json(score(tender, DAY).report), encoding="utf-8")
    tender.write_text(tender.read_text(encoding="utf-8") + "# note\n", encoding="utf-8")
    found = verify(path, tender)
    assert not found.is_same
    assert found.differences == ("le dossier n'est pas celui du rapport",)


def test_a_touched_report_no_longer_verifies(tmp_path: Path) -> None:
    written = json.loads(to_json(score(SCHOOL, DAY).report))
    written["law"]["verdict"] = "lawful" if written["law"]["verdict"] != "lawful" else "breach"
    path = tmp_path / "report.json"
    path.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert not verify(path, SCHOOL).is_same


def test_a_report_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="pas un rapport"):
        verify(path, SCHOOL)


def test_an_award_notice_is_judged_on_its_own_day_unless_another_is_given() -> None:
    notice = SAMPLES / "real" / "remplacement-groupe-froid-attribution-2021.xml"
    scored = score(notice)
    assert scored.report.day == scored.reading.dated_on
    assert any("sans --on" in note for note in scored.reading.notes)
    assert score(notice, DAY).report.day == DAY
