"""`procure improve`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from procure.cli import options, output
from procure.cli.lines import BLANK, Line
from procure.domain.errors import Fault, ProcureError
from procure.domain.french import number, plural, typeset
from procure.domain.outline import interval
from procure.domain.words import LAW_VERDICTS

if TYPE_CHECKING:
    from procure.api.improving import Improved
    from procure.domain.improvement import Improvement, Situation, Step

FORMATS = ("text", "json")
SHORT_OF = 1
MOST_SINGLES = 15
SCALE = "Effort : 0 aucun, 1 faible, 3 moyen, 8 fort ; acheteur et titulaire s'additionnent."


def improve(
    path: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Le dossier du marché, ou un avis eForms.")
    ],
    target: Annotated[
        str | None,
        typer.Option(
            "--target",
            "-t",
            metavar="LETTRE|POINTS",
            help="La lettre ou les points acquis à atteindre ; sans cible, lever les manquements.",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            "-k",
            metavar="CHAMP",
            help="Ce qu'on ne touche pas : criteria, clauses, lots[0], advance.share… ; répétable.",
        ),
    ] = None,
    apply: Annotated[
        Path | None,
        typer.Option("--apply", metavar="SORTIE", help="Écrit le dossier amélioré, en YAML."),
    ] = None,
    on: options.Day = None,
    profile: options.Profile = "grand-poitiers",
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text ou json.")
    ] = "text",
    force: options.Force = False,
    used_on: options.UsedOn = None,
) -> int:
    """
    Cherche le moins de changements qui lèvent les manquements et atteignent une cible.

    Code de sortie : 1 si la cible n'est pas atteinte, 2 si un fichier est illisible, 0 sinon.
    """
    from procure.api.improving import Wish, to_json
    from procure.api.improving import apply as write
    from procure.api.improving import improve as improve_file
    from procure.api.writing import check_free

    if form not in FORMATS:
        raise ProcureError(Fault("--format", f"« {form} » est inconnu", ", ".join(FORMATS)))
    if apply is not None:
        check_free(apply, force)
    day, used = options.day(on), options.day(used_on, "--used-on")
    kept = tuple(word.strip() for words in keep or () for word in words.split(","))
    found = improve_file(path, Wish(target, kept, profile, day, used))
    if form == "json":
        output.raw(to_json(found.improvement))
    else:
        output.lines(improvement_lines(found.improvement, path.name))
    if apply is not None:
        write(found, apply, force)
        if form == "text":
            output.text(_written(apply, found))
    return 0 if found.improvement.reached else SHORT_OF


def _written(path: Path, found: Improved) -> str:
    """Where the tender was written, and the day to judge it on where it does not say."""
    if found.tender.consultation_on is not None:
        return f"Dossier amélioré : {path}"
    day = found.day.isoformat()
    return f"Dossier amélioré : {path} (sans jour de consultation : évaluez-le avec --on {day})"


def improvement_lines(found: Improvement, name: str) -> Iterator[Line]:
    """What to change, what it leads to, what is not reached; then each change by itself."""
    yield Line(name, "title")
    yield Line(typeset(f"Aujourd'hui : {_situation(found.before)}"))
    if found.changes:
        yield Line(typeset(f"Ensuite : {_situation(found.after)}"), "strong")
    if found.reason:
        yield BLANK
        yield Line(found.reason, "plain" if found.reached else "warning")
    if found.changes:
        yield BLANK
        yield Line(f"LE MOINS À CHANGER ({len(found.changes)})", "heading")
        for step in found.changes:
            yield from _step(step)
        yield Line(_proof(found), "soft", indent=2)
    yield from _singles(found)


def _situation(situation: Situation) -> str:
    overall = situation.score.overall
    law = LAW_VERDICTS[situation.law.verdict].lower()
    if overall.low is None:
        return f"{law}, sans note."
    return f"{law}, {interval(overall.low, overall.high)} sur 100, lettre {overall.letter} acquise."


def _step(step: Step) -> Iterator[Line]:
    gain = f"+{number(step.gain)}" if step.gain > 0 else number(step.gain)
    points = "point" if abs(step.gain) < 2 else "points"
    head = f"{step.what} · {step.where} · {gain} {points}, effort {step.effort}"
    yield Line(head, "strong", indent=2, hang=2)
    yield Line(step.note, "soft", indent=4, hang=0)


def _proof(found: Improvement) -> str:
    said = plural(found.effort, "point d'effort", "points d'effort")
    if found.status == "feasible":
        least = number(found.bound or 0)
        return typeset(
            f"{said} ; il en faut au moins {least}, la preuve n'est pas allée plus loin."
        )
    if not found.reached:
        return typeset(f"{said}, pour ce qui peut être atteint.")
    return typeset(f"{said} : aucun ensemble de changements connus n'en demande moins.")


def _singles(found: Improvement) -> Iterator[Line]:
    if not found.singles:
        return
    yield BLANK
    order = "CE QUI LÈVE UN MANQUEMENT, PUIS LE MEILLEUR RAPPORT"
    yield Line(f"UN PAR UN : {order} ({len(found.singles)})", "heading")
    for step in found.singles[:MOST_SINGLES]:
        gain = f"+{number(step.gain)}" if step.gain > 0 else number(step.gain)
        said = f"{gain} pour {step.effort} · {step.what} · {step.where}"
        yield Line(typeset(said), indent=2, hang=2)
    if len(found.singles) > MOST_SINGLES:
        more = plural(len(found.singles) - MOST_SINGLES, "autre changement", "autres changements")
        yield Line(f"et {more} (--format json les donne tous)", "soft", indent=2)
    yield Line(typeset(SCALE), "soft", indent=2)
