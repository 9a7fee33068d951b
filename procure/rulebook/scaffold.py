"""Starts a new rule: its file and its cases, from a model in `templates/rules/`."""

from __future__ import annotations

from pathlib import Path

from procure.domain.errors import Fault, RulebookError
from procure.resources.text import decode, read_bytes
from procure.rulebook.loader import CASES
from procure.rulebook.schema import Rulebook

KINDS = ("require", "reward", "qualify")


def new_rule(
    name: str, theme: str, prefix: str, kind: str, book: Rulebook, rules: Path, models: Path
) -> tuple[str, str, Path, Path]:
    """
    The texts of a new rule and of its cases, and where they go; nothing is written.

    Args:
        theme: the folder under `rules/`, for example `law/clauses`.
        prefix: three letters; the next free number is taken.
        models: the folder `templates/rules`.

    Raises:
        RulebookError: unknown kind or theme, bad prefix, name already taken.
    """
    _check(name, theme, prefix, kind, book, rules)
    code = _next_code(prefix, book)
    texts = []
    for suffix in (".yaml", CASES):
        model = models / f"{kind}{suffix}"
        text = decode(read_bytes(model), model.name)
        axis = theme.rsplit("/", 1)[-1]
        texts.append(text.replace("CODE", code).replace("NAME", name).replace("AXIS", axis))
    folder = rules / theme
    return texts[0], texts[1], folder / f"{name}.yaml", folder / f"{name}{CASES}"


def _check(name: str, theme: str, prefix: str, kind: str, book: Rulebook, rules: Path) -> None:
    if kind not in KINDS:
        raise RulebookError(Fault("--kind", f"« {kind} » est inconnu", ", ".join(KINDS)))
    if not (len(prefix) == 3 and prefix.isascii() and prefix.isalpha() and prefix.isupper()):
        raise RulebookError(
            Fault("--code", f"« {prefix} » ne convient pas", "trois majuscules, comme CLA")
        )
    themes = sorted(
        p.relative_to(rules).as_posix()
        for top in ("law", "policy")
        for p in (rules / top).iterdir()
        if p.is_dir()
    )
    if theme not in themes:
        raise RulebookError(Fault("--theme", f"« {theme} » est inconnu", ", ".join(themes)))
    if book.rule(name) is not None:
        raise RulebookError(Fault(f"règle « {name} »", "ce nom est déjà pris", "un nom nouveau"))
    if not all(part.isascii() and part.isalnum() and part.islower() for part in name.split("-")):
        raise RulebookError(Fault(f"règle « {name} »", "ce nom ne convient pas", "missing-penalty"))


def _next_code(prefix: str, book: Rulebook) -> str:
    numbers = [int(rule.code[3:]) for rule in book.rules if rule.code.startswith(prefix)]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"
