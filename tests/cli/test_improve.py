"""`procure improve`, from the outside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from procure.cli.app import run

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
OFFICE = str(SAMPLES / "fournitures-bureau-prix-seul.yaml")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["improve", *arguments]) == 2
    found = capsys.readouterr()
    assert not found.out
    return " ".join(found.err.split())


def test_the_text_says_before_after_and_each_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["improve", OFFICE, "--target", "C"]) == 0
    text = said(capsys)
    assert "Aujourd'hui : manquement" in text
    assert "Ensuite : conforme" in text
    assert "LE MOINS À CHANGER" in text
    assert "UN PAR UN" in text
    assert "effort" in text
    assert "Textes : CCP" in text


def test_a_target_out_of_reach_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["improve", OFFICE, "--target", "100"]) == 1
    assert "au plus" in said(capsys)


def test_the_json_and_the_applied_file_agree(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "after.yaml"
    line = ["improve", OFFICE, "-t", "B", "--apply", str(out), "--format", "json"]
    assert run(line) == 0
    told = json.loads(capsys.readouterr().out)
    assert run(["score", str(out), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert told["after"] == {"score": report["score"], "law": report["law"]}
    assert "existe déjà" in refused(capsys, OFFICE, "--apply", str(out))
    assert run([*line, "--force"]) == 0


def test_what_is_kept_may_be_said_in_one_word_or_several(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(["improve", OFFICE, "-t", "100", "-k", "criteria,clauses", "-k", "advance", "-f", "json"])
    told = json.loads(capsys.readouterr().out)
    assert all("clause" not in step["where"] for step in told["changes"])


def test_mistakes_are_told_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert "une lettre (A, B, C ou D)" in refused(capsys, OFFICE, "--target", "F")
    assert "« criteria »" in refused(capsys, OFFICE, "--keep", "criterias")
    assert "text, json" in refused(capsys, OFFICE, "--format", "yaml")
    assert "--on" in refused(capsys, OFFICE, "--on", "demain")
    assert "profil" in refused(capsys, OFFICE, "--profile", "inconnu")
    assert refused(capsys, "absent.yaml")
    assert refused(capsys, str(SAMPLES / "INVALID_cle-inconnue.yaml"))


def test_a_notice_without_a_day_of_its_own_says_on_which_day_to_score(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = SAMPLES / "real" / "remplacement-groupe-froid-attribution-2021.xml"
    run(["improve", str(path), "--apply", str(tmp_path / "a.yaml")])
    assert "évaluez-le avec --on 2021" in said(capsys)


@pytest.mark.parametrize("module", ["procure.cli.app", "procure.api.scoring"])
def test_scoring_and_help_do_not_load_the_solver(module: str) -> None:
    code = f"import {module}, sys; sys.exit(any(m in sys.modules for m in ('highspy', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
