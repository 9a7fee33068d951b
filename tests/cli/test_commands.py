"""The commands as people run them: output, exit codes, files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
LAWFUL = SAMPLES / "renovation-ecole-six-corps-d-etat.yaml"
BREACH = SAMPLES / "fournitures-bureau-prix-seul.yaml"
INVALID = SAMPLES / "INVALID_nature-en-francais.yaml"


def procure(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "procure", *map(str, words)]
    return subprocess.run(line, cwd=cwd, capture_output=True, text=True, check=False)


def test_a_tender_without_breach_exits_0() -> None:
    done = procure("score", LAWFUL)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_breach_exits_1_and_names_its_article() -> None:
    done = procure("score", BREACH)
    assert done.returncode == 1
    assert "R2152-7" in done.stdout


def test_a_file_that_cannot_be_read_exits_2_and_says_where() -> None:
    done = procure("score", INVALID)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ligne" in done.stderr and "works" in done.stderr
    assert "Traceback" not in done.stderr


def test_json_on_standard_output_is_json_alone() -> None:
    done = procure("score", LAWFUL, "--format", "json")
    report = json.loads(done.stdout)
    assert report["day"] == "2026-09-15"
    assert report["receipt"]["profile"] == "grand-poitiers"


def test_both_engines_print_the_same_bytes() -> None:
    plain, durable = (
        procure("score", BREACH, "--format", "json", "--engine", engine).stdout
        for engine in ("python", "auto")
    )
    assert plain == durable


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "dossiers"
    folder.mkdir()
    for path in (LAWFUL, BREACH, INVALID):
        (folder / path.name).write_bytes(path.read_bytes())
    done = procure("score", folder, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert (tmp_path / "out" / "portefeuille.xlsx").is_file()
    assert INVALID.stem[:20] in done.stdout


def test_nothing_already_there_is_replaced_without_force(tmp_path: Path) -> None:
    words = ("score", LAWFUL, "--format", "html", "--out", tmp_path)
    assert procure(*words).returncode == 0
    again = procure(*words)
    assert again.returncode == 2 and "existe déjà" in again.stderr
    assert procure(*words, "--force").returncode == 0


def test_explain_shows_article_facts_origins_and_the_version_of_a_number() -> None:
    done = procure("explain", LAWFUL)
    assert done.returncode == 0
    for words in ("Texte", "Fait", "ligne", "Nombre", "car le jour jugé est le"):
        assert words in done.stdout


def test_a_new_tender_can_be_scored_once_it_has_an_id_and_a_day(tmp_path: Path) -> None:
    path = tmp_path / "marche.yaml"
    assert procure("new", path).returncode == 0
    assert procure("score", path, "--on", "2026-09-01").returncode in (0, 1)


@pytest.mark.parametrize("name", ["tender", "report"])
def test_schemas_are_json(name: str) -> None:
    assert json.loads(procure("schema", name).stdout)["type"] == "object"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score",), "il manque un argument"),
        (("score", LAWFUL, "--formats", "json"), "option"),
        (("score", LAWFUL, "--format", "pdf"), "« pdf » est inconnu"),
        (("score", LAWFUL, "--on", "hier"), "n'est pas un jour"),
        (("score", LAWFUL, "--engine", "rete"), "« rete » est inconnu"),
        (("explain", LAWFUL, "CRI0001"), "CRI001"),
        (("rules", "show", "missing-environmental-criterio"), "missing-environmental-criterion"),
        (("scoer",), "« scoer » est inconnue. Vouliez-vous écrire score ?"),
        (("score", LAWFUL, "--on", "1900-01-01"), "à partir du 1er avril 2019"),
        (("score", "absent.yaml"), "n'existe pas"),
        (("schema", "lot"), "tender, report"),
    ],
)
def test_a_mistake_on_the_command_line_is_said_in_french(
    words: tuple[object, ...], said: str
) -> None:
    done = procure(*words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_the_doctor_names_the_engine_and_the_day_the_law_was_read() -> None:
    done = procure("doctor")
    assert done.returncode == 0
    assert "durable-rules" in done.stdout and "août 2026" in done.stdout


def test_a_profile_of_ones_own_blocks_without_changing_the_law(tmp_path: Path) -> None:
    profile = SAMPLES.parent / "docs" / "fr" / "profils" / "commune-exigeante.yaml"
    study = SAMPLES / "etude-centre-bourg.yaml"
    done = procure("score", study, "--profile", profile)
    assert done.returncode == 1
    assert "Seuil abaissé par le profil" in " ".join(done.stdout.split())
    report = tmp_path / "report.json"
    report.write_text(procure("score", study, "-p", profile, "-f", "json").stdout, "utf-8")
    assert json.loads(report.read_text("utf-8"))["law"]["verdict"] == "lawful"
    assert procure("verify", report, study, "-p", profile).returncode == 0


def test_the_day_of_use_turns_a_block_into_a_warning() -> None:
    done = procure("score", BREACH, "--used-on", "23/05/2027")
    assert done.returncode == 0
    assert "à relire" in " ".join(done.stdout.split())


def test_the_doctor_and_the_list_say_what_is_to_read_again() -> None:
    assert "0 règle à relire au 22 novembre 2026" in " ".join(procure("doctor").stdout.split())
    assert "0 à relire" in " ".join(procure("rules", "list", "criteria").stdout.split())
