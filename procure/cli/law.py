"""`procure law`: timeline, diff."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from procure.cli import options, output
from procure.cli.score import UNREADABLE, files_of
from procure.domain.errors import Fault, ProcureError

app = typer.Typer(help="Le droit dans le temps : ce qui change, et quand.", no_args_is_help=True)

FORMATS = ("text", "json")
Form = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")]


@app.command()
def timeline(
    theme: Annotated[
        str | None,
        typer.Option("--theme", metavar="THÈME", help="Un thème de règles : lots, payment, data…"),
    ] = None,
    form: Form = "text",
) -> int:
    """Liste, jour par jour, les nombres et les règles qui changent."""
    from procure.api.law import timeline as law_timeline
    from procure.cli.law_lines import timeline_lines

    is_json = _is_json(form)
    days = law_timeline(theme)
    if is_json:
        output.raw(_json([day.model_dump(mode="json") for day in days]))
    else:
        output.lines(timeline_lines(days))
    return 0


@app.command()
def diff(
    start: Annotated[str, typer.Option("--from", metavar="JOUR", help="Le premier jour.")],
    end: Annotated[str, typer.Option("--to", metavar="JOUR", help="Le second jour.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[CHEMIN]…", help="Marchés à juger les deux jours."),
    ] = None,
    profile: options.Profile = "grand-poitiers",
    engine: options.Engine = "auto",
    used_on: options.UsedOn = None,
    form: Form = "text",
) -> int:
    """
    Compare le droit de deux jours, et ce que cela change pour des marchés.

    Code de sortie : 2 si un fichier est illisible, 0 sinon.
    """
    from procure.api.law import Terms, check_days
    from procure.api.law import diff as law_diff
    from procure.cli.law_lines import diff_lines

    is_json = _is_json(form)
    days = options.asked_day(start, "--from"), options.asked_day(end, "--to")
    check_days(*days)
    terms = Terms(profile, options.engine(engine), options.day(used_on, "--used-on"))
    files = files_of(paths) if paths else []
    with output.progress(len(files)) as advance:
        found = law_diff(*days, files, terms, advance)
    if is_json:
        output.raw(_json(found.model_dump(mode="json")))
    else:
        output.lines(diff_lines(found))
    for one in found.unread:
        output.problem(one.error)
    return UNREADABLE if found.unread else 0


def _is_json(form: str) -> bool:
    if form not in FORMATS:
        near = get_close_matches(form, FORMATS, n=1)
        advice = f"Vouliez-vous écrire « {near[0]} » ?" if near else ""
        raise ProcureError(Fault("--format", f"« {form} » est inconnu", ", ".join(FORMATS), advice))
    return form == "json"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
