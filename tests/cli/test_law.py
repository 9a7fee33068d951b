"""`procure law` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from procure.cli.app import run

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
BREACH = SAMPLES / "fournitures-bureau-prix-seul.yaml"
INVALID = SAMPLES / "INVALID_cpv-trop-court.yaml"
DAYS = ("--from", "2026-08-20", "--to", "22/08/2026")


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, *(" ".join(text.split()) for text in (out, err))  # type: ignore[return-value]


def test_the_timeline_reads_day_by_day(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "law", "timeline", "--theme", "payment")
    assert code == 0
    assert "1er janvier 2025" in out and "→" in out and "à confirmer" in out


def test_the_timeline_in_json_is_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "timeline", "--format", "json"]) == 0
    days = json.loads(capsys.readouterr().out)
    assert {"day", "changes"} == set(days[0])


def test_a_diff_tells_numbers_rules_verdicts_and_the_score(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = said(capsys, "law", "diff", *DAYS, BREACH)
    assert (code, err) == (0, "")
    assert "Droit : Conforme → Manquement" in out
    assert "manquement ; conseil → bloquant" in out
    assert "Note : de" in out


def test_a_folder_is_compared_file_by_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "diff", *DAYS, "--format", "json", str(SAMPLES / "real")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["tenders"]) == len(list((SAMPLES / "real").glob("*.xml")))


def test_a_bad_file_is_said_and_the_code_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "law", "diff", *DAYS, BREACH, INVALID)
    assert code == 2
    assert "Fournitures de bureau" in out
    assert "INVALID_cpv-trop-court.yaml, ligne 5" in err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("timelin",), "Vouliez-vous écrire timeline ?"),
        (("timeline", "--theme", "paymnt"), "« payment »"),
        (("timeline", "--format", "jsn"), "« json »"),
        (("diff", "--from", "2026-08-20"), "il manque un argument"),
        (("diff", "--from", "hier", "--to", "2026-08-20"), "n'est pas un jour"),
        (("diff", "--from", "2018-01-01", "--to", "2026-08-20"), "à partir du 1er avril 2019"),
        (("diff", *DAYS, "absent.yaml"), "n'existe pas"),
        (("diff", *DAYS, "--profile", "grand-poitier"), "grand-poitiers"),
    ],
)
def test_a_mistake_is_said_in_french_with_code_2(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    code, _, err = said(capsys, "law", *words)
    assert code == 2
    assert expected in err
