"""`procure score` and `procure verify`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from procure.cli import options, output
from procure.domain.errors import Fault, InputError, ProcureError
from procure.domain.outline import is_blocked

if TYPE_CHECKING:
    from procure.api import Scored
    from procure.api.reports import PortfolioRow

Format = Literal["terminal", "json", "html", "xlsx"]
FORMATS: tuple[Format, ...] = ("terminal", "json", "html", "xlsx")
PORTFOLIO_FOLDER = Path("rapports")
SUFFIXES = (".yaml", ".yml", ".json", ".xml")
BREACH, UNREADABLE = 1, 2


class Order(NamedTuple):
    """What the options ask for; `out` is None where reports go to the terminal or to here."""

    day: date | None
    profile: str
    formats: tuple[Format, ...]
    out: Path | None
    engine: Any
    force: bool
    used_on: date | None


def score(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="CHEMIN…", help="Fichiers YAML, JSON ou avis eForms, ou dossiers."),
    ],
    on: options.Day = None,
    profile: options.Profile = "grand-poitiers",
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="terminal, json, html ou xlsx ; plusieurs à la fois.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DOSSIER", help="Où écrire les rapports.")
    ] = None,
    engine: options.Engine = "auto",
    force: options.Force = False,
    used_on: options.UsedOn = None,
) -> int:
    """
    Vérifie et évalue des marchés.

    Code de sortie : 1 si un manquement bloque un marché, 2 si un fichier est illisible, 0 sinon.
    """
    order = Order(
        day=options.day(on),
        profile=profile,
        formats=_formats(formats),
        out=out,
        engine=options.engine(engine),
        force=force,
        used_on=options.day(used_on, "--used-on"),
    )
    files = files_of(paths)
    if len(files) == 1 and not paths[0].is_dir():
        return _score_one(files[0], order)
    return _score_many(files, order)


def verify(
    report: Annotated[
        Path, typer.Argument(metavar="RAPPORT", help="Rapport JSON de procure score.")
    ],
    tender: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Fichier du marché évalué.")],
    profile: Annotated[
        Path | None,
        typer.Option("--profile", "-p", metavar="FICHIER", help="Fichier du profil, s'il en faut."),
    ] = None,
) -> int:
    """Recalcule un rapport d'après son reçu et dit s'il est le même, à l'octet près."""
    from procure.api import verify as verify_report

    found = verify_report(report, tender, profile)
    if found.is_same:
        output.text("Identique : le rapport recalculé est le même, à l'octet près.")
        return 0
    output.text("Différent : " + " ; ".join(found.differences) + ".")
    return BREACH


def _score_one(path: Path, order: Order) -> int:
    from procure.api import score as score_file

    scored = score_file(path, order.day, order.profile, order.engine, order.used_on)
    for one in order.formats:
        if one == "terminal":
            output.report(scored.report, scored.reading.notes)
        elif one == "json" and order.out is None:
            _print_json(scored)
        else:
            _write(scored, one, path.stem, order)
    return BREACH if is_blocked(scored.report) else 0


def _score_many(files: list[Path], order: Order) -> int:
    from procure.api.reports import portfolio_path, write_portfolio

    folder = order.out or PORTFOLIO_FOLDER
    portfolio_path(folder, order.force)
    rows: list[PortfolioRow] = []
    stems = _stems(files)
    with output.progress(len(files)) as advance:
        for path in files:
            rows.append(_row(path, order))
            _write_row(rows[-1], stems[path], order)
            advance()
    if not _streams_json(order):
        output.portfolio(rows)
        output.text(f"Tableau : {write_portfolio(rows, folder, order.force)}")
    if any(row.report is None for row in rows):
        return UNREADABLE
    return BREACH if any(is_blocked(row.report) for row in rows if row.report) else 0


def _row(path: Path, order: Order) -> PortfolioRow:
    from procure.api import score as score_file
    from procure.api.reports import PortfolioRow

    try:
        scored = score_file(path, order.day, order.profile, order.engine, order.used_on)
    except InputError as error:
        return PortfolioRow(file=str(path), report=None, error=str(error))
    return PortfolioRow(file=str(path), report=scored.report, error=None)


def _write_row(row: PortfolioRow, stem: str, order: Order) -> None:
    from procure.api.reports import write
    from procure.api.scoring import to_line

    if row.report is None:
        if _streams_json(order):
            output.error(InputError(Fault(row.file, row.error or "")))
        return
    for one in order.formats:
        if one == "json" and order.out is None:
            output.raw(to_line(row.report))
        elif one != "terminal":
            write(row.report, one, order.out or PORTFOLIO_FOLDER, stem, order.force)


def _streams_json(order: Order) -> bool:
    """Whether standard output carries one report a line, and nothing else."""
    return "json" in order.formats and order.out is None


def _print_json(scored: Scored) -> None:
    from procure.api.scoring import to_json

    output.raw(to_json(scored.report))


def _write(scored: Scored, one: Any, stem: str, order: Order) -> None:
    from procure.api.reports import write

    path = write(scored.report, one, order.out or Path(), stem, order.force)
    output.text(f"Rapport : {path}")


def _formats(words: list[str] | None) -> tuple[Format, ...]:
    chosen = [word.strip() for words_ in words or ["terminal"] for word in words_.split(",")]
    unknown = [word for word in chosen if word not in FORMATS]
    if unknown:
        raise ProcureError(Fault("--format", f"« {unknown[0]} » est inconnu", ", ".join(FORMATS)))
    return tuple(one for one in FORMATS if one in chosen)


def files_of(paths: list[Path]) -> list[Path]:
    """The files to score: those named, and those of the folders named, in order."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            files += sorted(p for p in inside if not p.name.startswith("."))
        else:
            files.append(path)
    if not files:
        raise InputError(
            Fault(
                ", ".join(map(str, paths)),
                "aucun dossier de marché n'y est",
                "des fichiers " + ", ".join(SUFFIXES),
            )
        )
    return list(dict.fromkeys(files))


def _stems(files: list[Path]) -> dict[Path, str]:
    """A name for each file's reports; files of the same name are told apart."""
    stems: dict[Path, str] = {}
    for path in files:
        stem, number = path.stem, 1
        while stem in stems.values():
            number += 1
            stem = f"{path.stem}-{number}"
        stems[path] = stem
    return stems
