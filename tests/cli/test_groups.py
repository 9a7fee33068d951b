"""`procure groups` as people run it: the ledger, shares, judgement."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from procure.cli.app import run

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
PAPER = SAMPLES / "papier-six-communes.yaml"
LEADER, LIGUGE, CLUB = "Commune de Saint-Benoît", "Commune de Ligugé", "Amicale laïque"
Said = tuple[int, str, str]
Procure = Callable[..., Said]


@pytest.fixture
def procure(capsys: pytest.CaptureFixture[str]) -> Procure:
    def call(*words: object) -> Said:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, " ".join(said.err.split())

    return call


@pytest.fixture
def ledger(procure: Procure, tmp_path: Path) -> Path:
    path = tmp_path / "papier.jsonl"
    public = ("--set", "is_public=oui", "--set", "applies_code=oui")
    lines: tuple[tuple[object, ...], ...] = (
        ("init", path, "--name", "Groupement papier", "--lead", LEADER, "--on", "10/01/2026",
         "--amount", "34 000 €", *public, "--set", "costs_rule=Parts égales"),
        ("add", path, "invited", "-m", LIGUGE, "--on", "2026-01-15", "--amount", "19000", *public),
        ("add", path, "invited", "-m", CLUB, "--on", "2026-01-15", "--amount", "600",
         "--set", "is_public=non", "--set", "applies_code=non"),
        *(("add", path, kind, "-m", name, "--on", day)
          for name in (LEADER, LIGUGE)
          for kind, day in (("deliberated", "2026-02-01"), ("signed", "2026-02-10"))),
        ("add", path, "launched", "--on", "2026-09-01", "--reference", "2026-PAPIER"),
    )  # fmt: skip
    for line in lines:
        assert procure("groups", "ledger", *line)[0] == 0
    return path


def test_a_ledger_shows_the_group_on_a_day(ledger: Path, procure: Procure) -> None:
    code, said, _ = procure("groups", "ledger", "show", ledger, "--on", "2026-02-10")
    assert code == 0
    assert "MEMBRES (2)" in said and "NE SONT PAS MEMBRES (1)" in said
    assert "53\u00a0000" in said.replace("\u202f", "\u00a0")
    code, said, _ = procure("groups", "ledger", "show", ledger, "--on", "2026-02-09", "-f", "json")
    state = json.loads(said)
    assert (code, state["members"], len(state["parties"])) == (0, [], 3)


def test_a_refused_event_exits_2_and_says_what_to_do(ledger: Path, procure: Procure) -> None:
    before = ledger.read_bytes()
    code, _, said = procure("groups", "ledger", "add", ledger, "signed", "-m", "Commune de Liguge")
    assert code == 2 and f"Vouliez-vous écrire « {LIGUGE} » ?" in said
    assert procure("groups", "ledger", "add", ledger, "sined")[0] == 2
    assert procure("groups", "ledger", "add", ledger, "left", "--set", "member")[0] == 2
    assert ledger.read_bytes() == before


def test_a_torn_line_is_set_aside_only_when_asked(ledger: Path, procure: Procure) -> None:
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[:-9])
    code, _, said = procure("groups", "ledger", "show", ledger)
    assert code == 2 and "ligne 8" in said and "repair" in said
    assert procure("groups", "ledger", "repair", ledger)[0] == 1
    assert ledger.read_bytes() == whole[:-9]
    code, said, _ = procure("groups", "ledger", "repair", ledger, "--yes")
    assert code == 0 and "reste-1" in said
    assert procure("groups", "ledger", "check", ledger)[:1] == (0,)
    assert procure("groups", "ledger", "repair", ledger)[:1] == (0,)


def test_a_seal_noted_before_tells_whether_the_end_was_lost(ledger: Path, procure: Procure) -> None:
    _, said, _ = procure("groups", "ledger", "check", ledger)
    seal = said.split()[-1]
    assert procure("groups", "ledger", "check", ledger, "--seal", seal[:16])[0] == 0
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:-1]))
    code, _, said = procure("groups", "ledger", "check", ledger, "--seal", seal)
    assert code == 2 and "des lignes ont été perdues" in said


def test_the_rules_of_groups_judge_the_members_of_the_day(ledger: Path, procure: Procure) -> None:
    code, said, _ = procure("groups", "judge", ledger, "--on", "2026-09-02")
    assert code == 0 and "GRP020" not in said
    procure("groups", "ledger", "add", ledger, "signed", "-m", CLUB, "--on", "2026-09-10")
    code, said, _ = procure("groups", "judge", ledger, "--on", "2026-09-10", "-f", "json")
    found = {one["rule"]: one for one in json.loads(said)["findings"] if one["verdict"] == "breach"}
    assert code == 1
    assert {"GRP020", "GRP021", "GRP026"} <= found.keys()
    assert found["GRP026"]["where"] == CLUB
    assert procure("groups", "judge", ledger, "--on", "2026-09-09")[0] == 0


def test_the_sum_of_the_members_needs_decides_the_procedure(
    tmp_path: Path, procure: Procure
) -> None:
    path = tmp_path / "travaux.jsonl"
    kinds = ("buyer_kind=local_authority", "nature=supplies", "regime=ordinary",
             "is_contracting_entity=non")  # fmt: skip
    words = [word for kind in kinds for word in ("--set", kind)]
    procure("groups", "ledger", "init", path, "--name", "Mobilier", "--lead", LEADER,
            "--amount", "200000", "--on", "2026-01-01", *words)  # fmt: skip
    for line in (
        ("invited", "-m", LIGUGE, "--amount", "200000", "--on", "2026-01-02"),
        ("signed", "-m", LEADER, "--on", "2026-02-01"),
        ("launched", "--set", "procedure=adapted", "--set", "maximum_excl_tax=210000",
         "--on", "2026-03-02"),
        ("signed", "-m", LIGUGE, "--on", "2026-04-01"),
    ):  # fmt: skip
        assert procure("groups", "ledger", "add", path, *line)[0] == 0
    assert "PRO022" not in procure("groups", "judge", path, "--on", "2026-03-02")[1]
    code, said, _ = procure("groups", "judge", path, "--on", "2026-04-01")
    assert code == 1 and "PRO022" in said
    assert "dépassent de 190 000 € le maximum" in said.replace("\u202f", " ").replace("\xa0", " ")


def test_a_group_is_not_judged_before_it_exists(ledger: Path, procure: Procure) -> None:
    code, _, said = procure("groups", "judge", ledger, "--on", "2026-01-09")
    assert code == 2 and "10 janvier 2026" in said
    assert procure("groups", "shares", ledger, "--amount", "1", "--by", "equal",
                   "--on", "2026-01-09")[0] == 2  # fmt: skip


def test_shares_are_json_exact_to_the_cent(procure: Procure) -> None:
    code, said, _ = procure("groups", "shares", PAPER, "--amount", "12345,67", "--by", "mixed",
                            "--fixed", "30%", "--format", "json")  # fmt: skip
    found = json.loads(said, parse_float=Decimal)
    assert code == 0 and found["total"] == Decimal("12345.67")
    assert sum(row["amount"] for row in found["rows"]) == found["total"]
    assert [row["member"] for row in found["rows"]] == sorted(
        row["member"] for row in found["rows"]
    )


def test_only_who_has_signed_pays(ledger: Path, procure: Procure) -> None:
    _, said, _ = procure("groups", "shares", ledger, "--amount", "100", "--by", "population",
                         "--on", "2026-03-01", "-f", "json")  # fmt: skip
    found = json.loads(said)
    assert [row["member"] for row in found["rows"]] == [LIGUGE, LEADER]
    assert CLUB in found["notes"][0] and "INSEE" in found["notes"][1]


def test_a_weight_can_be_told_on_the_command_line(ledger: Path, procure: Procure) -> None:
    _, said, _ = procure("groups", "shares", ledger, "--amount", "100", "--by", "volume",
                         "--volume", f"{LIGUGE}=34 000", "--on", "2026-03-01",
                         "-f", "json")  # fmt: skip
    assert [row["amount"] for row in json.loads(said)["rows"]] == [50, 50]


def test_shares_go_to_a_workbook(procure: Procure, tmp_path: Path) -> None:
    out = tmp_path / "partage.xlsx"
    order = ("groups", "shares", PAPER, "--amount", "1000", "--by", "volume", "-f", "xlsx")
    assert procure(*order, "-o", out)[0] == 0
    rows = list(load_workbook(out)["Partage"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert (LIGUGE, 161.02) in rows and rows[-1] == ("Total", 1000)
    assert sum(Decimal(str(amount)) for _, amount in rows[:-1]) == 1000
    assert procure(*order, "-o", out)[0] == 2
    assert procure(*order)[0] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "volumes", "--amount", "3"), "--by"),
        (("--by", "volume", "--amount", "12,500"), "--amount"),
        (("--by", "mixed", "--amount", "3"), "--fixed"),
        (("--by", "mixed", "--amount", "3", "--fixed", "130 %"), "--fixed"),
        (("--by", "equal", "--amount", "3", "--fixed", "30 %"), "--by mixed"),
        (("--by", "equal", "--amount", "3", "--for", "fun"), "--for"),
        (("--by", "equal", "--amount", "3", "--format", "ods"), "--format"),
        (("--by", "volume", "--amount", "3", "--volume", "Biard=3"), "--volume"),
    ],
)
def test_a_wrong_option_is_named(words: tuple[str, ...], said: str, procure: Procure) -> None:
    code, _, error = procure("groups", "shares", PAPER, *words)
    assert code == 2 and said in error


def test_a_tender_without_group_is_refused(procure: Procure) -> None:
    path = SAMPLES / "etude-centre-bourg.yaml"
    code, _, said = procure("groups", "shares", path, "--amount", "3", "--by", "equal")
    assert code == 2 and "membres d'un groupement" in said
