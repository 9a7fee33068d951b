"""`procure draft` and `procure templates check` as people run them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
LAWFUL = SAMPLES / "mobilier-creche-gre-a-gre.yaml"
BREACH = SAMPLES / "fournitures-bureau-prix-seul.yaml"
SCHOOL = SAMPLES / "renovation-ecole-six-corps-d-etat.yaml"


def procure(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "procure", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_documents_are_written_and_what_is_missing_is_said(tmp_path: Path) -> None:
    done = procure("draft", LAWFUL, "--out", tmp_path, "--format", "docx,html")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "ccp.docx").is_file() and (tmp_path / "artisan.html").is_file()
    assert "À compléter dans ccp" in done.stdout


def test_json_says_the_files_their_clauses_and_the_blanks(tmp_path: Path) -> None:
    done = procure("draft", LAWFUL, "--out", tmp_path, "--only", "ccp,ae", "--format", "html,json")
    said = json.loads(done.stdout)
    assert [file["document"] for file in said["files"]] == ["ccp", "ae"]
    clauses = said["files"][0]["clauses"]
    assert [clause["title"] for clause in clauses] == ["Produits et substances chimiques"]
    assert clauses[0]["article"]
    assert {blank["document"] for blank in said["blanks"]} == {"ccp", "ae"}


def test_a_tender_in_breach_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    done = procure("draft", BREACH, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "CRI001" in done.stdout and "--force" in done.stdout
    assert not (tmp_path / "out").exists()


def test_a_tender_in_breach_is_drafted_with_force_and_marked(tmp_path: Path) -> None:
    done = procure(
        "draft", BREACH, "--out", tmp_path, "--force", "--only", "avis", "--format", "html"
    )
    assert done.returncode == 0
    page = (tmp_path / "avis.html").read_text(encoding="utf-8")
    assert page.index("PROJET – NON CONFORME") < page.index("Fournitures de bureau</p>")
    assert "CRI001" in page


def test_files_already_there_stay_without_replace(tmp_path: Path) -> None:
    order = ("draft", LAWFUL, "--out", tmp_path, "--only", "artisan", "--format", "html")
    assert procure(*order).returncode == 0
    (tmp_path / "artisan.html").write_text("à moi", encoding="utf-8")
    done = procure(*order)
    assert done.returncode == 2 and "--replace" in done.stderr
    assert (tmp_path / "artisan.html").read_text(encoding="utf-8") == "à moi"
    assert procure(*order, "--replace").returncode == 0


def test_an_unknown_document_is_told(tmp_path: Path) -> None:
    done = procure("draft", LAWFUL, "--out", tmp_path, "--only", "dpgf")
    assert done.returncode == 2 and "« dpgf » est inconnu" in done.stderr.replace("\u00a0", " ")


def test_help_and_score_import_neither_pandoc_nor_typst() -> None:
    code = (
        "import sys; from procure.cli.app import run; run(['score', sys.argv[1]]); "
        "assert not {'pypandoc', 'typst'} & set(sys.modules), 'loaded'"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(LAWFUL)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_templates_are_sound() -> None:
    done = procure("templates", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 défaut" in done.stdout.replace("\u00a0", " ")


def test_a_clause_added_decides_for_the_whole_document(tmp_path: Path) -> None:
    options = ["--only", "ccap", "--format", "html", "--with", "retention-none"]
    assert procure("draft", SCHOOL, "--out", tmp_path, *options).returncode == 0
    said = (tmp_path / "ccap.html").read_text(encoding="utf-8")
    assert "Il n’est pas prélevé de retenue de garantie." in said.replace("'", "’")
    assert "sont retenus" not in said


def test_what_the_buyer_keeps_stands_apart(tmp_path: Path) -> None:
    assert procure("draft", SCHOOL, "--out", tmp_path, "--format", "xlsx").returncode == 0
    assert {path.name for path in (tmp_path / "interne").iterdir()} == {
        "analyse-offres.xlsx",
        "insertion-calcul.xlsx",
    }
