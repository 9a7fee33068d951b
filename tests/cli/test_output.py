"""What is printed can be read in a pipe, at 80 columns, and commands nothing."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pytest
from rich.console import Console
from sample_report import finding, hostile, report, reward

from procure.cli import output
from procure.domain.errors import Fault, InputError
from procure.domain.portfolio import PortfolioRow
from procure.domain.report import Report


@pytest.fixture(autouse=True)
def pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", capsys.readouterr().out)


def printed(one: Report, capsys: pytest.CaptureFixture[str], *notes: str) -> str:
    output.report(one, notes)
    return said(capsys)


def test_a_report_fits_in_80_columns_without_colour(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(report(), capsys)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_report_is_told_in_the_order_people_act(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(report(), capsys, "Une note du lecteur.")
    order = [
        "Vêtements de travail", "DROIT", "Manquement", "NOTE", "MANQUEMENTS", "BLO001", "LOT001",
        "ADV001", "QUESTIONS", "ASK001", "À COMPLÉTER", "lots › nature", "POINTS À GAGNER",
        "GAI001", "CE QUI VA BIEN", "FIN001", "LECTURE DU FICHIER", "Reçu",
    ]  # fmt: skip
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_the_bars_show_what_is_sure_and_what_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(report(), capsys)
    social = next(line for line in text.splitlines() if line.startswith("  Social"))
    assert (social.count("█"), social.count("▒"), social.count("·")) == (10, 8, 12)
    assert social.endswith("de 35 à 60")
    assert "lettre D acquise, C possible" in text


def test_texts_not_checked_are_marked(capsys: pytest.CaptureFixture[str]) -> None:
    doubtful = finding("BLO001", references=reward("GAI001", 0, 0).references)
    assert "Politique d'achat (à confirmer)" in printed(report(findings=(doubtful,)), capsys)


def test_missing_facts_are_told_once_with_the_rules_that_wait(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = printed(report(), capsys)
    assert text.count("Nature du lot") == 1
    assert "clé lots › nature, UNK001, WAI001 attendent" in text


def test_nothing_in_a_file_commands_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(hostile(), capsys, "note \x1b]0;titre\x07 \u202eenvers")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "<script>alert(1)</script> {{ 7 * 7 }}" in text


def test_markup_of_the_terminal_is_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    output.text("[red]rouge[/red] :smile:")
    assert said(capsys) == "[red]rouge[/red] :smile:\n"


def test_colour_is_for_terminals_only() -> None:
    screen = io.StringIO()
    output.report(
        report(), console=Console(file=screen, force_terminal=True, color_system="standard")
    )
    assert "\x1b[1;31m  Bloquant BLO001" in screen.getvalue()


def test_an_error_goes_to_stderr_with_where_what_and_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault = Fault("a.yaml, ligne 3", "la clé « x » est inconnue", "une clé connue", "Effacez-la")
    output.error(InputError(fault, Fault("b.yaml", "il est vide")))
    captured = capsys.readouterr()
    assert captured.out == ""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", captured.err)
    assert (
        "a.yaml, ligne 3 : la clé « x » est inconnue. Attendu : une clé connue. Effacez-la."
        in plain
    )
    assert "b.yaml : il est vide." in plain


def test_a_portfolio_shows_each_file_and_each_fault(capsys: pytest.CaptureFixture[str]) -> None:
    output.portfolio(
        [PortfolioRow("d/a.yaml", report()), PortfolioRow("b.yaml", None, "b.yaml : vide.")]
    )
    text = said(capsys)
    line = next(line for line in text.splitlines() if "a.yaml" in line)
    assert line.split() == ["a.yaml", "Manquement", "D", "à", "C", "42–55", "35–60", "50", "–"]
    assert "b.yaml : vide." in text


def test_progress_is_silent_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress(3) as advance:
        for _ in range(3):
            advance()
    assert capsys.readouterr() == ("", "")


def test_long_paths_are_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/".join(["dossier"] * 20)
    output.text(f"Rapport : {path}")
    assert path in said(capsys).splitlines()[-1]


def test_raw_text_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    output.raw('{"a": "' + "b" * 200 + '\u202f"}')
    assert capsys.readouterr().out == '{"a": "' + "b" * 200 + '\u202f"}\n'


def test_a_stream_that_is_not_utf_8_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", stream)
    output.report(report())
    stream.flush()
    assert b"DROIT" in stream.buffer.getvalue()  # type: ignore[attr-defined]


@dataclass
class Leaf:
    text: str
    children: tuple[Leaf, ...] = ()


def test_a_proof_is_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    output.tree(Leaf("CRI001 · manquement", (Leaf("Fait : [valeur]", (Leaf("ligne 3"),)),)))
    lines = said(capsys).splitlines()
    assert [line.strip(" └─│├") for line in lines] == [
        "CRI001 · manquement",
        "Fait : [valeur]",
        "ligne 3",
    ]


def test_a_table_keeps_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    output.table("Règles", ("Code", "Titre"), [("CRI001", "mot " * 40), ("CRI002", "[gras]")])
    text = said(capsys)
    assert text.count("mot") == 40
    assert "[gras]" in text
    assert max(map(len, text.splitlines())) <= 80
