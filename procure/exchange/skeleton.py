"""
The commented tender file that `procure new` gives to fill in.

Lines that start with `#` and a space explain; lines that start with `#` and a key wait to be
filled in. What stays commented is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any, get_args

from procure.domain.base import Noun
from procure.domain.tender import Tender
from procure.exchange.fields import FieldWords, field_words, groups
from procure.resources.yaml import dump

WIDTH = 96
FIRST_ID = "a-completer"
OPENING = """\
# Modèle de consultation.
#
# Une ligne « # texte » explique. Une ligne « #clé: exemple » attend votre réponse :
# ôtez le signe # et remplacez l'exemple. Ce qui reste en commentaire est tenu pour inconnu :
# l'outil dira ce qui lui manque, et n'accusera pas.
#
# Montants : 1 250 000,50 € hors taxes. Parts : 30 %. Dates : 01/10/2026. Réponses : oui ou non.
# Retraits : deux espaces par niveau, jamais de tabulation.
"""


def skeleton() -> str:
    """The skeleton, which reads as a tender whose facts are all unknown."""
    lines = [OPENING]
    for heading, names in groups(Tender).items():
        lines.append(f"# ── {heading} {'─' * (WIDTH - len(heading) - 6)}\n")
        for name in names:
            lines.extend(_field(Tender, name, "", live=True))
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _field(
    model: type[Noun], name: str, indent: str, live: bool, within: tuple[type[Noun], ...] = ()
) -> Iterator[str]:
    """
    The lines of a field.

    Args:
        live: the block around is not commented, so that what must stand in it can stand.
    """
    field, inner = model.model_fields[name], _block(model, name)
    if inner in within:
        return
    yield from _comment(field_words(model, name), indent)
    if inner is None:
        yield f"{indent}{_value(model, name, live)}"
        return
    stands = live and field.default != ()
    yield f"{indent}{'' if stands else '#'}{name}:"
    is_list = "tuple" in str(field.annotation)
    yield from _inside(inner, indent + "  ", is_list, stands and bool(field.default), within)


def _inside(
    model: type[Noun], indent: str, is_list: bool, live: bool, within: tuple[type[Noun], ...]
) -> Iterator[str]:
    """The lines of a block; the first key of a list's element stands after a dash."""
    names = [name for group in groups(model).values() for name in group]
    for number, name in enumerate(names):
        deeper = f"{indent}  " if is_list else indent
        lines = _field(model, name, deeper, live, (*within, model))
        yield from (_dashed(lines, indent) if is_list and number == 0 else lines)


def _dashed(lines: Iterator[str], indent: str) -> Iterator[str]:
    """Put the dash of a list's element before its first key, and the comment above the dash."""
    for line in lines:
        said = line.removeprefix(f"{indent}  #")
        yield f"{indent}#{said}" if said.startswith(" ") else f"{indent}#- {said}"


def _value(model: type[Noun], name: str, live: bool) -> str:
    """The key and its example, commented; what a block has by default stands uncommented."""
    default = model.model_fields[name].default
    if live and isinstance(default, str):
        return _example(name, default)
    if live and model.model_fields[name].is_required():
        return _example(name, FIRST_ID)
    return f"#{_example(name, field_words(model, name).example)}"


def _example(name: str, value: Any) -> str:
    if isinstance(value, list):
        return f"{name}: [{', '.join(dump(part).strip() for part in value)}]"
    return dump({name: value}).strip()


def _comment(told: FieldWords, indent: str) -> Iterator[str]:
    for line in wrap(told.says, WIDTH - len(indent)):
        yield f"{indent}# {line}"
    for word, french in told.values.items():
        for number, line in enumerate(wrap(f"{word} = {french}", WIDTH - len(indent) - 6)):
            yield f"{indent}#   {'  ' if number else ''}{line}"


def _block(model: type[Noun], name: str) -> Any:
    """The model of a field that is a block or a list of blocks; None for a plain value."""
    return _noun_inside(model.model_fields[name].annotation)


def _noun_inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return annotation
    return next((n for part in get_args(annotation) if (n := _noun_inside(part))), None)
