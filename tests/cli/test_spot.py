"""`procure spot`, from the outside."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from procure.cli.app import run

SUMMARY = {"social", "insertion", "reserved", "environmental", "local_preference", "themes"}
HIT = {"concept", "passage", "start", "end", "confidence", "negated"}


def spot(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run(["spot", *arguments, "--format", "json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["spot", *arguments]) == 2
    said = capsys.readouterr()
    assert not said.out
    return " ".join(said.err.split())


def test_a_sentence_is_read_on_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Clause d’insertion : 100 heures"
    (found,) = spot(capsys, text, "--as", "condition")
    assert set(found["summary"]) == SUMMARY
    assert found["summary"]["insertion"]
    for hit in found["hits"]:
        assert set(hit) >= HIT
        assert text[hit["start"] : hit["end"]] == hit["passage"]


def test_json_lines_are_answered_one_by_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "texts.jsonl"
    lines = [{"id": "a", "text": "Prix"}, {"id": 7, "text": "Délai\x92s"}, {"id": "c", "text": ""}]
    path.write_text("\n\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    found = spot(capsys, str(path), "--as", "criterion")
    assert [one["id"] for one in found] == ["a", 7, "c"]
    assert [one["summary"]["themes"] for one in found] == [["price"], ["delay"], ["other"]]


def test_a_file_is_read_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("Une clause d'insertion s'applique.\n", encoding="utf-8")
    (found,) = spot(capsys, str(path))
    assert found["id"] == "notice.txt"
    assert found["summary"]["insertion"]


def test_a_text_may_come_from_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = '{"id": "x", "text": "Le marché est réservé aux ESAT"}\n'.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    (found,) = spot(capsys, "-", "--as", "condition")
    assert found["summary"]["reserved"]


def test_a_lawyer_reads_why_and_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spot", "Entreprise implantée dans le département", "--as", "criterion"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "illégal" in said
    assert "Source :" in said.replace("\xa0", " ")
    assert "À écrire à la place" in said


@pytest.mark.parametrize("line", ["pas du JSON", "[1]", '{"id": "a"}', '{"text": 4}', '"texte"'])
def test_a_line_that_is_not_a_text_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: str
) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(f'{{"id": "a", "text": "b"}}\n{line}\n', encoding="utf-8")
    assert "texts.jsonl, ligne 2" in refused(capsys, str(path), "--format", "json")


def test_a_file_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "le fichier n'existe pas" in refused(capsys, "nulle-part.txt").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Prix", "--as", "critere"), "criterion"),
        (("Prix", "--format", "xml"), "json"),
        ((" ",), "le texte est vide"),
    ],
)
def test_a_mistake_says_what_was_expected(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(capsys, *arguments)
