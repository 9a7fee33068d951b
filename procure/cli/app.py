"""The application: every command, and the one place where errors become exit codes."""

from __future__ import annotations

import sys
from typing import Any

from procure.cli import french

french.speak()

import typer  # noqa: E402

from procure.cli import (  # noqa: E402
    clauses,
    draft,
    explain,
    files,
    groups,
    health,
    improve,
    law,
    lots,
    rules,
    score,
    spot,
)
from procure.domain.errors import Fault, InputError, ProcureError  # noqa: E402

UNREADABLE = 2

app = typer.Typer(
    name="procure",
    help="Vérifie un marché public au regard du droit, l'évalue et explique chaque point.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("score")(score.score)
app.command("explain")(explain.explain)
app.command("improve")(improve.improve)
app.command("draft")(draft.draft)
app.command("spot")(spot.spot)
app.command("verify")(score.verify)
app.command("new")(files.new)
app.command("schema")(files.schema)
app.command("doctor")(health.doctor)
app.add_typer(rules.app, name="rules")
app.add_typer(law.app, name="law")
app.add_typer(clauses.app, name="clauses")
app.add_typer(draft.app, name="templates")
app.add_typer(lots.app, name="lots")
app.add_typer(groups.app, name="groups")


@app.callback(invoke_without_command=True)
def root(
    version: bool = typer.Option(False, "--version", help="Affiche la version.", is_eager=True),
) -> None:
    if version:
        from procure import __version__
        from procure.cli import output

        output.text(f"procure {__version__}")
        raise typer.Exit


def run(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit code; no traceback for a user's mistake."""
    from procure.cli import output

    try:
        code: Any = app(args=arguments, standalone_mode=False)
    except ProcureError as error:
        output.error(error)
        return UNREADABLE
    except (typer.Abort, KeyboardInterrupt):
        output.error(InputError(Fault("procure", "interrompu")))
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return UNREADABLE
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            output.text(str(error))
            return 0
        output.error(InputError(Fault("ligne de commande", *_said(error))))
        return UNREADABLE
    return code if isinstance(code, int) else 0


def _said(error: Any) -> tuple[str, str, str]:
    what, advice = french.mistake(error, _commands_there(error))
    return what, "", advice or "Voir procure --help"


def _commands_there(error: Any) -> list[str]:
    """The commands of the group where the mistake was made."""
    command = getattr(getattr(error, "ctx", None), "command", None)
    return list(getattr(command, "commands", ()))
