"""`procure spot`: what a piece of French prose says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from procure.cli import output
from procure.cli.lines import BLANK, Line
from procure.domain.errors import Fault, InputError
from procure.domain.french import number, plural
from procure.domain.words import TO_CONFIRM

READINGS = ("criterion", "condition", "document")
FORMATS = ("text", "json")
GRADES = {"lawful": "licite", "risky": "risqué", "unlawful": "illégal"}
PREFERENCES = {"none": "aucune"} | GRADES
SENSES = {
    "social": "condition sociale",
    "insertion": "insertion",
    "reserved": "marché réservé",
    "environmental": "condition environnementale",
}


def spot(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXTE",
            help="Une phrase entre guillemets, un fichier, ou « - » pour l'entrée standard.",
        ),
    ],
    read_as: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="LECTURE",
            help="criterion (un critère), condition (une condition d'exécution) "
            "ou document (un texte entier).",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")
    ] = "text",
) -> int:
    """Dit ce qu'une phrase ou un fichier de prose contient : thèmes, clauses, préférence locale."""
    from procure.api import prose

    reading: Any = _one_of("--as", read_as, READINGS) if read_as else None
    as_json = _one_of("--format", form, FORMATS) == "json"
    for read in prose.spot(_texts(text), reading):
        if as_json:
            output.raw(prose.as_json(read))
        else:
            output.lines(_lines(read))
    return 0


def _texts(text: str) -> Any:
    from procure.api import prose

    if text == "-":
        return prose.from_stream(sys.stdin.buffer.read().decode("utf-8-sig", "replace"))
    if _is_file(text):
        return prose.from_file(Path(text))
    if not text.strip():
        raise InputError(Fault("procure spot", "le texte est vide", "une phrase ou un fichier"))
    return prose.sentence(text)


def _is_file(text: str) -> bool:
    """Whether the words are a path: a file that exists, or what can only be the name of one."""
    try:
        return Path(text).exists() or (" " not in text and Path(text).suffix not in ("", "."))
    except (OSError, ValueError):
        return False


def _one_of(option: str, word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise InputError(Fault(option, f"« {word} » est inconnu", ", ".join(known)))
    return word


def _lines(read: Any) -> Iterator[Line]:
    from procure.domain.words import THEMES

    summary = read.spotted.summary
    found = [french for key, french in SENSES.items() if getattr(summary, key)]
    themes = [THEMES[theme] for theme in summary.themes]
    yield Line(str(read.prose.id) if read.prose.id != "1" else "Lecture", "title")
    yield Line(f"Conditions : {', '.join(found) or 'aucune'}", indent=2, hang=2)
    if themes:
        yield Line(f"Thèmes de critère : {', '.join(themes)}", indent=2, hang=2)
    yield Line(f"Préférence locale : {PREFERENCES[summary.local_preference]}", indent=2, hang=2)
    yield BLANK
    yield Line(plural(len(read.spotted.hits), "passage relevé", "passages relevés"), "heading")
    for hit in read.spotted.hits:
        yield from _hit_lines(hit)
    yield BLANK


def _hit_lines(hit: Any) -> Iterator[Line]:
    from procure.api.prose import concept

    file = concept(hit).means
    denied = " — nié, ne compte pas" if hit.negated else ""
    grade = f" — {GRADES[hit.grade]}" if hit.grade else ""
    style: Any = "breach" if hit.grade == "unlawful" and not hit.negated else "strong"
    yield Line(f"{file.title}{grade}{denied}", style, indent=2, hang=2)
    sure = f"confiance {number(hit.confidence * 100)} %"
    place = f"caractères {hit.start} à {hit.end}"
    yield Line(f"« {hit.passage} » ({sure}, {place}, {hit.concept})", indent=4, hang=2)
    if hit.grade and not hit.negated:
        yield Line(" ".join(file.why.split()), indent=4)
        for reference in file.sources:
            check = "" if reference.verified else f" ({TO_CONFIRM})"
            yield Line(f"Source : {reference.cite}{check}", "soft", indent=4, hang=2)
        if file.instead and hit.grade != "lawful":
            yield Line(f"À écrire à la place : {' '.join(file.instead.split())}", indent=4, hang=2)
