"""Our tender files: read with places, written back the same, refused in French when hostile."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from procure.domain.errors import InvalidTender, UnreadableFile
from procure.domain.parties import Buyer
from procure.domain.tender import FrameworkAgreement, Place, Tender
from procure.exchange.native import read_json, read_yaml, write_json, write_yaml
from procure.exchange.reader import read
from procure.exchange.schema import tender_schema

HERE = Path(__file__).parent
SAMPLES = sorted(
    path
    for path in (HERE.parents[1] / "sample_tenders").glob("*.yaml")
    if not path.name.startswith("INVALID_")
)


def beside(name: str) -> ModuleType:
    """A module that stands beside this file (tests are no package)."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCHEMA = jsonschema.Draft202012Validator(tender_schema())
ANY_TENDER = beside("tenders").tenders()
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(ANY_TENDER)
def test_what_is_written_in_yaml_is_read_back_the_same(tender: Tender) -> None:
    assert read_yaml(write_yaml(tender), "t.yaml", "").tender == tender


@PATIENT
@given(ANY_TENDER)
def test_what_is_written_in_json_is_read_back_the_same(tender: Tender) -> None:
    assert read_json(write_json(tender), "t.json", "").tender == tender


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_written_in_both_forms_and_read_again(path: Path) -> None:
    tender = read(path).tender
    assert read_yaml(write_yaml(tender), "t.yaml", "").tender == tender
    assert read_json(write_json(tender), "t.json", "").tender == tender


def test_there_are_samples_of_many_kinds() -> None:
    assert len(SAMPLES) >= 14
    assert {read(path).tender.nature for path in SAMPLES} >= {"works", "supplies", "services"}


def test_a_fact_that_is_stated_unknown_against_its_default_is_written_so() -> None:
    tender = Tender(id="x", buyer=Buyer(country=None))
    assert "country: null" in write_yaml(tender)
    assert read_yaml(write_yaml(tender), "t.yaml", "").tender.buyer.country is None


def test_an_unknown_fact_is_not_written() -> None:
    assert write_yaml(Tender(id="x", title="Cour")) == "id: x\ntitle: Cour\n"


def test_a_block_whose_fields_have_their_defaults_says_so_rather_than_nothing() -> None:
    tender = Tender(id="x", framework=FrameworkAgreement(), places=(Place(),))
    assert "is_framework: oui" in write_yaml(tender)
    assert read_yaml(write_yaml(tender), "t.yaml", "").tender == tender


def test_amounts_are_written_plainly_and_french_is_not_escaped() -> None:
    tender = Tender(id="x", title="Réfection « été »", value_excl_tax=Decimal("1250000.50"))
    assert "title: Réfection « été »\nvalue_excl_tax: 1250000.50\n" in write_yaml(tender)
    assert '"value_excl_tax": 1250000.50' in write_json(tender)


def test_amounts_shares_counts_and_days_are_read_as_people_write_them() -> None:
    text = (
        "id: x\nvalue_excl_tax: 1 250 000,50 €\nretention_share: 2,5 %\n"
        "notice_sent_on: 1/9/2026\nbuyer: {population: 89 472}\nis_urgent: Oui\n"
    )
    tender = read_yaml(text, "t.yaml", "").tender
    assert tender.value_excl_tax == Decimal("1250000.50")
    assert tender.retention_share == Decimal("0.025")
    assert tender.notice_sent_on == date(2026, 9, 1)
    assert tender.buyer.population == 89472
    assert tender.is_urgent is True


# --- origins ------------------------------------------------------------------------------------

YAML = """\
id: x
title: Cour
lots:
  - id: "1"
    criteria:
      - {label: Prix, weight: 60 %}
      - label: Technique
        weight: 40 %
        themes: [technical, environmental]
"""


def test_yaml_origins_are_lines_and_columns_of_fields_elements_and_parents() -> None:
    origins = read_yaml(YAML, "t.yaml", "").origins
    assert origins["title"] == "ligne 2, colonne 1"
    assert origins["lots"] == "ligne 3, colonne 1"
    assert origins["lots[0]"] == "ligne 4, colonne 5"
    assert origins["lots[0].criteria[0].weight"] == "ligne 6, colonne 23"
    assert origins["lots[0].criteria[1]"] == "ligne 7, colonne 9"
    assert origins["lots[0].criteria[1].weight"] == "ligne 8, colonne 9"
    assert origins["lots[0].criteria[1].themes[1]"] == "ligne 9, colonne 29"


def test_json_origins_are_pointers_with_lines_and_columns() -> None:
    text = '{"id": "x",\n "lots": [\n  {"id": "1", "title": "Cour"}\n ]}'
    origins = read_json(text, "t.json", "").origins
    assert origins["lots"] == "/lots (ligne 2, colonne 2)"
    assert origins["lots[0]"] == "/lots/0 (ligne 3, colonne 3)"
    assert origins["lots[0].title"] == "/lots/0/title (ligne 3, colonne 15)"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_origin_of_a_sample_points_at_its_own_key(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    for field, origin in read(path).origins.items():
        line, column = (int(part.split()[1]) for part in origin.split(", "))
        if not field.endswith("]"):
            assert lines[line - 1][column - 1 :].startswith(field.rsplit(".")[-1] + ":")


@PATIENT
@given(ANY_TENDER)
def test_the_published_schema_accepts_every_tender_that_we_write(tender: Tender) -> None:
    SCHEMA.validate(json.loads(write_json(tender)))


# --- hostile texts ------------------------------------------------------------------------------

HOSTILE_YAML = {
    "nothing": ("", "le fichier est vide"),
    "comments only": ("# rien\n", "le fichier est vide"),
    "null": ("~", "le fichier est vide"),
    "a word": ("bonjour", "le contenu du fichier vaut « bonjour »"),
    "a list": ("- id: x", "le contenu du fichier est une liste"),
    "flow abyss": ("a: " + "[" * 10_000, "trop de niveaux imbriqués"),
    "block abyss": ("\n".join(" " * i + "a:" for i in range(2_000)), "trop de niveaux imbriqués"),
    "dash abyss": ("- " * 10_000, "trop de niveaux imbriqués"),
    "million": ("a:\n" + "- 1\n" * 1_000_000, "trop de valeurs"),
    "laughs": ("a: &a [x]\nb: [*a, *a]", "les ancres (&) et les alias (*) ne sont pas acceptés"),
    "tag": ("id: !!python/object/new:os.system [ls]", "n'est pas acceptée"),
    "merge": ("<<: {id: x}\nid: y", "la clé « << » est inconnue"),
    "key twice": ("id: x\nid: y", "la clé « id » est écrite deux fois"),
    "date key": ("id: x\n2026-01-01: y", "la clé « 2026-01-01 » est inconnue"),
    "list key": ("? [a]\n: b", "une clé n'est pas un mot"),
    "huge integer": ("id: x\nmax_lots_bid: " + "9" * 100_000, "« max_lots_bid » vaut « 999"),
    "huge amount": ("id: x\nvalue_excl_tax: " + "9" * 40, "« value_excl_tax » vaut « 999"),
    "power": ("id: x\nduration_months: 1e999999", "« duration_months » vaut « 1e999999 »"),
    "not a number": ("id: x\nvalue_excl_tax: NaN", "« value_excl_tax » vaut « NaN »"),
    "infinite": ("id: x\nduration_months: Infinity", "« duration_months » vaut « Infinity »"),
    "seconds": ("id: x\nnotice_sent_on: 0", "« notice_sent_on » vaut « 0 »"),
    "zero escaped": ('id: "a\\0b"', "un caractère de commande (U+0000)"),
    "bell escaped": ('id: "a\\ab"', "un caractère de commande (U+0007)"),
    "long key": ("id: x\n? " + "k" * 100_000 + "\n: y", "est inconnue"),
    "yes as text": ("id: x\ntitle: oui", "« title » vaut oui"),
    "yes as amount": ("id: x\nvalue_excl_tax: oui", "« value_excl_tax » vaut oui"),
    "yes as count": ("id: x\npayment_delay_days: oui", "« payment_delay_days » vaut oui"),
    "day as text": ("id: x\ntitle: 2026-09-01", "« title » vaut « 2026-09-01 »"),
    "second tender": ("id: x\n---\nid: y", "un second document suit le premier"),
    "half character": ("id: \ud800", "la mise en forme YAML est incorrecte"),
}


@pytest.mark.parametrize("fault", HOSTILE_YAML)
def test_a_hostile_yaml_is_refused_with_a_short_french_message(fault: str) -> None:
    text, said = HOSTILE_YAML[fault]
    with pytest.raises((UnreadableFile, InvalidTender)) as refusal:
        read_yaml(text, "t.yaml", "")
    assert said in refusal.value.faults[0].what
    assert refusal.value.faults[0].where.startswith("t.yaml")
    assert len(str(refusal.value)) < 600


HOSTILE_JSON = {
    "nothing": ("  \n", "le fichier est vide"),
    "abyss": ("[" * 10_000, "trop de niveaux imbriqués"),
    "object abyss": ('{"a":' * 10_000, "trop de niveaux imbriqués"),
    "million": ("[" + "1," * 1_000_000 + "1]", "trop de valeurs"),
    "NaN": ('{"id": NaN}', "« NaN » n'est pas une valeur JSON"),
    "Infinity": ('{"id": -Infinity}', "« -Infinity » n'est pas une valeur JSON"),
    "huge integer": ('{"id": ' + "9" * 1_000_000 + "}", "n'est pas une valeur JSON"),
    "huge power": ('{"duration_months": 1e999999999}', "n'est pas une valeur JSON"),
    "power in bounds": ('{"id": "x", "duration_months": 1e99}', "« duration_months » vaut « 1E+99"),
    "key twice": ('{"id": "x", "id": "y"}', "la clé « id » est écrite deux fois"),
    "key twice, escaped": ('{"id": "x", "\\u0069d": "y"}', "la clé « id » est écrite deux fois"),
    "trailing comma": ('{"id": "x",}', "une virgule précède la fin"),
    "single quotes": ("{'id': 'x'}", "il manque une clé"),
    "no colon": ('{"id" "x"}', "il manque « : » après « id »"),
    "comment": ('{"id": "x"} // fin', "du texte suit la fin du JSON"),
    "two values": ("{} {}", "du texte suit la fin du JSON"),
    "cut": ('{"id": "x"', "la liste ou le bloc n'est pas refermé"),
    "cut text": ('{"id": "x', "le texte entre guillemets est incorrect"),
    "cut after colon": ('{"id":', "« la fin du fichier » n'est pas une valeur JSON"),
    "newline in text": ('{"id": "a\nb"}', "le texte entre guillemets est incorrect"),
    "zero": ('{"id": "a\\u0000b"}', "un caractère de commande (U+0000)"),
    "half character": ('{"id": "\\ud800"}', "un caractère de commande (U+D800)"),
    "leading zero": ('{"id": 012}', "« 012 » n'est pas une valeur JSON"),
    "a list": ("[]", "le contenu du fichier est une liste"),
    "a word": ("bonjour", "« bonjour » n'est pas une valeur JSON"),
}


@pytest.mark.parametrize("fault", HOSTILE_JSON)
def test_a_hostile_json_is_refused_with_a_short_french_message(fault: str) -> None:
    text, said = HOSTILE_JSON[fault]
    with pytest.raises((UnreadableFile, InvalidTender)) as refusal:
        read_json(text, "t.json", "")
    assert said in refusal.value.faults[0].what
    assert refusal.value.faults[0].where.startswith("t.json, ligne ")
    assert len(str(refusal.value)) < 600


def test_a_fault_deep_in_a_json_is_placed_at_its_key() -> None:
    with pytest.raises(InvalidTender) as refusal:
        read_json('{"id": "x",\n "lots": [{"id": "1", "nature": "travaux"}]}', "t.json", "")
    (fault,) = refusal.value.faults
    assert fault.where == "t.json, ligne 2, colonne 23"
    assert fault.what == "« lots[0].nature » vaut « travaux »"
    assert fault.advice == "Vouliez-vous écrire « works » ?"


def test_all_the_faults_of_a_file_are_said_at_once_up_to_fifty() -> None:
    with pytest.raises(InvalidTender) as refusal:
        read_yaml("id: x\nlots:\n" + "  - {}\n" * 120, "t.yaml", "")
    assert len(refusal.value.faults) == 51
    assert refusal.value.faults[-1].what == "70 autres erreurs suivent"


# --- bounded time and memory --------------------------------------------------------------------

BOUNDED = """
import resource, sys
from pathlib import Path
from procure.domain.errors import ProcureError
from procure.exchange.reader import read

resource.setrlimit(resource.RLIMIT_AS, (700 * 2**20, 700 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read(path)
    except ProcureError as error:
        print(str(error.faults[0])[:300])
"""


def test_hostile_files_are_refused_within_thirty_seconds_and_700_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "a-hole.yaml").open("wb") as hole:
        hole.truncate(200 * 1024 * 1024)
    big = 19 * 1024 * 1024
    (tmp_path / "b-digits.yaml").write_text("id: x\nvalue_excl_tax: " + "9" * big)
    (tmp_path / "c-brackets.yaml").write_text("[" * big)
    (tmp_path / "d-brackets.json").write_text("[" * big)
    (tmp_path / "e-elements.yaml").write_text("a:\n" + "- 1\n" * 4_000_000)
    (tmp_path / "f-elements.json").write_text("[" + "1," * (big // 2) + "1]")
    (tmp_path / "g-key.json").write_text('{"' + "k" * big + '": 1}')
    (tmp_path / "h-lines.json").write_text("\n" * big)
    (tmp_path / "i-quote.yaml").write_text('id: "' + "a " * (big // 2))
    (tmp_path / "j-word.yaml").write_text("id: x\nnature: " + "w" * big)
    (tmp_path / "k-bare.json").write_text("1" * big)
    run = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said = run.stdout.splitlines()
    assert len(said) == 11
    assert "le fichier est trop gros" in said[0]
    assert all(name in line for name, line in zip("abcdefghijk", said, strict=True))
