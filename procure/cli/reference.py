"""The page of the commands, written from their own help."""

from __future__ import annotations

from typing import Any

COMMANDS = "cli.md"


def command_pages(root: Any) -> dict[str, str]:
    """The page `docs/cli.md`, from the command at the root of the line."""
    lines = [
        "<!-- Page générée par « procure rules docs » : ne pas modifier à la main. -->",
        "# Les commandes",
    ]
    for name, command in _commands(root, "procure"):
        lines += [f"## `{name}`", command.help or "", *_parameters(command)]
    return {COMMANDS: "\n\n".join(line for line in lines if line) + "\n"}


def _commands(command: Any, name: str) -> list[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if not inner:
        return [(name, command)]
    return [found for key, sub in inner.items() for found in _commands(sub, f"{name} {key}")]


def _parameters(command: Any) -> list[str]:
    rows = []
    for parameter in command.params:
        names = ", ".join(getattr(parameter, "opts", []))
        is_argument = not names.startswith("-")
        shown = (parameter.metavar or names) if is_argument else names
        text = getattr(parameter, "help", None)
        if shown != "--help":
            rows.append(f"- `{shown}` : {text or ''}")
    return ["\n".join(rows)] if rows else []
