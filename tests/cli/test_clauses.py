"""`procure clauses` as people run it."""

from __future__ import annotations

import json

import pytest

from procure.cli.app import run


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["clauses", *words])
    out, err = capsys.readouterr()
    return code, " ".join(out.split()), " ".join(err.split())


def test_the_list_names_each_clause_and_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "list", "--axis", "social", "--place", "ccap")
    assert (code, err) == (0, "")
    assert "insertion-hours · Heures d'insertion" in out
    assert "Social · exécution · soutenu · CCAP" in out


def test_the_list_in_json_is_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clauses", "list", "--axis", "social", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    keys = {"id", "version", "axis", "place", "kind", "level", "cures"}
    assert all(set(one) == keys and one["axis"] == "social" for one in found)


def test_a_code_keeps_the_clauses_made_for_it_and_those_for_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, cleaning, _ = said(capsys, "list", "--axis", "social", "--cpv", "90910000")
    _, works, _ = said(capsys, "list", "--axis", "social", "--cpv", "45")
    assert "daytime-work" in cleaning
    assert "daytime-work" not in works
    assert "insertion-hours" in works and "insertion-hours" in cleaning


def test_words_are_found_without_accents(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "find", "egalité", "femme")
    assert code == 0
    assert out.startswith("equality-")


def test_a_clause_is_shown_with_the_values_given(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "show", "insertion-hours", "--set", "hours=350")
    assert code == 0
    assert "au moins 350 heures" in out
    for title in ("Contrôle", "Valeurs", "Pourquoi", "Précautions", "Textes", "Règles servies"):
        assert title in out


def test_the_library_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "lint")
    assert (code, err) == (0, "")
    assert "0 défaut" in out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("lits",), "Vouliez-vous écrire list ?"),
        (("list", "--axis", "socail"), "« social »"),
        (("list", "--level", "easy"), "basic, significant, ambitious"),
        (("list", "--cpv", "travaux"), "de deux à huit chiffres"),
        (("list", "--format", "jsn"), "« json »"),
        (("show", "insertion-hour"), "« insertion-hours »"),
        (("show", "insertion-hours", "--set", "hours"), "nom=valeur"),
        (("show", "insertion-hours", "--set", "hour=3"), "« hours »"),
        (("show", "insertion-hours", "--set", "hours=0"), "1 heure au moins"),
    ],
)
def test_a_mistake_is_said_in_french_with_code_2(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    code, _, err = said(capsys, *words)
    assert code == 2
    assert expected in err
