"""`procure rules`: list, show, test, facts, docs, new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from procure.cli import options, output
from procure.domain import french
from procure.domain.errors import ProcureError

app = typer.Typer(help="Les règles : lire, vérifier, ajouter.", no_args_is_help=True)

KINDS = {"require": "droit", "reward": "politique", "qualify": "déduction"}
SEVERITIES = {"blocking": "bloquante", "warning": "avertissement", "advice": "conseil", None: ""}
Words = Annotated[
    list[str] | None, typer.Argument(metavar="[MOT]…", help="Codes, noms ou thèmes ; tout sinon.")
]
FAILED = 1


@app.command("list")
def list_rules(words: Words = None, on: options.Day = None) -> int:
    """Liste les règles, avec leur force au jour dit."""
    from procure.api.rules import freshness_on, listed

    day = options.day(on)
    rows = [
        (
            line.code,
            KINDS[line.kind],
            line.theme,
            _force(line.severity, line.points, day),
            line.title,
        )
        for line in listed(tuple(words or ()), day)
    ]
    output.table("Règles", ("Code", "Nature", "Thème", "Force", "Titre"), rows)
    codes, stale = {row[0] for row in rows}, freshness_on().stale
    old = sum(1 for code in stale if code in codes)
    output.text(f"{french.plural(len(rows), 'règle')}, dont {french.number(old)} à relire")
    return 0


@app.command()
def show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code ou nom d'une règle.")],
) -> int:
    """Montre la page d'une règle : texte, conditions, remède, cas."""
    from procure.api.pages import rule_page

    output.raw(rule_page(code))
    return 0


@app.command()
def test(words: Words = None) -> int:
    """Exécute les cas des règles, sur les deux moteurs, et les exemples du lexique."""
    from procure.api.rules import try_lexicon, try_rules

    named = tuple(words or ())
    tried, concepts = list(try_rules(named)), list(try_lexicon(named))
    faults = [fault for rule in tried for fault in rule.faults]
    faults += [fault for concept in concepts for fault in concept.faults]
    if faults:
        output.error(ProcureError(*faults))
    output.text(_rules_tried(tried))
    if concepts:
        output.text(_concepts_tried(concepts))
    return FAILED if faults else 0


def _rules_tried(tried: Sequence[Any]) -> str:
    cases, failed = sum(one.cases for one in tried), [one for one in tried if one.faults]
    said = f"{french.plural(len(tried), 'règle')}, {french.plural(cases, 'cas', 'cas')}"
    return f"{said}, {french.plural(len(failed), 'règle')} en défaut"


def _concepts_tried(tried: Sequence[Any]) -> str:
    examples, failed = sum(one.examples for one in tried), [one for one in tried if one.faults]
    said = (
        f"{french.plural(len(tried), 'concept')} du lexique, {french.plural(examples, 'exemple')}"
    )
    return f"{said}, {french.plural(len(failed), 'concept')} en défaut"


@app.command()
def facts(words: Words = None) -> int:
    """Liste les faits que les règles peuvent lire."""
    from procure.api.rules import known_facts

    rows = [(f.name, f.scope, f.type, f.label) for f in known_facts(tuple(words or ()))]
    output.table("Faits", ("Nom", "Portée", "Type", "Libellé"), rows)
    return 0


@app.command()
def docs(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="N'écrit rien ; code 1 si une page n'est pas à jour.")
    ] = False,
) -> int:
    """Écrit les pages générées : règles, paramètres, faits, commandes, rapport."""
    from procure.api.pages import stale_pages, write_pages
    from procure.cli.reference import command_pages

    commands = command_pages(context.find_root().command)
    if not check:
        output.text(f"{french.plural(write_pages(commands), 'page')} à jour dans docs/")
        return 0
    stale = stale_pages(commands)
    for name in stale:
        output.text(f"docs/{name} n'est pas à jour : lancez « procure rules docs ».")
    return FAILED if stale else 0


@app.command("new")
def new_rule(
    name: Annotated[
        str, typer.Argument(metavar="NOM", help="Le défaut, en anglais : missing-penalty.")
    ],
    theme: Annotated[str, typer.Option("--theme", help="Dossier : law/clauses, policy/social…")],
    prefix: Annotated[str, typer.Option("--code", help="Trois lettres du code : CLA.")],
    kind: Annotated[str, typer.Option("--kind", help="require, reward ou qualify.")] = "require",
) -> int:
    """Crée une règle et ses cas, à remplir."""
    from procure.api.pages import new_rule as create

    for path in create(name, theme, prefix, kind):
        output.text(f"À remplir : {path}")
    return 0


def _force(severity: str | None, points: object, day: date | None) -> str:
    if points is not None:
        return f"{points} points"
    return SEVERITIES[severity]
