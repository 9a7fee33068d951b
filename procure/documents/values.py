"""The values of a clause's parameters: read as people write them, checked, shown with units."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from procure.domain import french
from procure.domain.base import Count, Money, Number, Share
from procure.domain.errors import Fault, InputError
from procure.domain.library import LibraryClause, Parameter
from procure.resources.validation import nearest

Value = Decimal | int | str
NO = frozenset({"non", "aucun", "aucune", "sans"})
"""The choices that an `{% if … %}` takes for no."""

LONGEST_TEXT = 2000

_READERS: dict[str, TypeAdapter[Any]] = {
    "hours": TypeAdapter(Number),
    "days": TypeAdapter(Number),
    "months": TypeAdapter(Number),
    "number": TypeAdapter(Number),
    "share": TypeAdapter(Share),
    "money": TypeAdapter(Money),
    "count": TypeAdapter(Count),
}
_EXPECTED = {
    "share": "une part, comme 0.30 ou « 30 % »",
    "money": "un montant, comme 1500 ou « 1 500,50 € »",
    "count": "un nombre entier",
}
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~{}&^@$])")
_LIST_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


class Choice(str):
    """A choice as Markdown; false where it says no."""

    says_no = False

    def __bool__(self) -> bool:
        return not self.says_no


def checked(clause: LibraryClause, values: Mapping[str, Any]) -> dict[str, Value]:
    """
    The value of every parameter of a clause: the one given, else its default.

    Raises:
        InputError: an unknown parameter, a value of another kind or out of bounds; all at once.
    """
    faults = [_unknown(clause, name) for name in values if name not in clause.parameters]
    found: dict[str, Value] = {}
    for name, parameter in clause.parameters.items():
        try:
            found[name] = value_of(parameter, values.get(name, parameter.default))
        except ValueError as error:
            what, expected = error.args
            faults.append(Fault(f"{clause.id}, paramètre « {name} »", what, expected))
    if faults:
        raise InputError(*faults)
    return found


def value_of(parameter: Parameter, given: Any) -> Value:
    """
    A value as people write it (« 30 % », « 1 500 € »), for a parameter.

    Raises:
        ValueError: with what is wrong and what was expected, in French.
    """
    if given is None:
        raise ValueError("la valeur manque", _EXPECTED.get(parameter.type, "une valeur"))
    if parameter.type in ("text", "choice"):
        return _words(parameter, given)
    try:
        value: Decimal | int = _READERS[parameter.type].validate_python(given)
    except ValidationError:
        expected = _EXPECTED.get(parameter.type, "un nombre positif")
        raise ValueError(f"« {given} » ne convient pas", expected) from None
    _check_bounds(parameter, value)
    return value


def _words(parameter: Parameter, given: Any) -> str:
    text = " ".join(str(given).split())
    if parameter.type == "choice" and text not in parameter.choices:
        expected = f"un choix parmi {', '.join(parameter.choices)}"
        raise ValueError(f"« {given} » n'est pas proposé", expected)
    if not text or len(text) > LONGEST_TEXT:
        raise ValueError("le texte est vide ou trop long", f"{LONGEST_TEXT} caractères au plus")
    return text


def _check_bounds(parameter: Parameter, value: Decimal | int) -> None:
    least, most = parameter.least, parameter.most
    if least is not None and value < least:
        raise ValueError(f"{shown(parameter, value)}, c'est trop peu", _bounds(parameter))
    if most is not None and value > most:
        raise ValueError(f"{shown(parameter, value)}, c'est trop", _bounds(parameter))


def _bounds(parameter: Parameter) -> str:
    said = []
    if parameter.least is not None:
        said.append(f"{shown(parameter, parameter.least)} au moins")
    if parameter.most is not None:
        said.append(f"{shown(parameter, parameter.most)} au plus")
    return ", ".join(said)


def _unknown(clause: LibraryClause, name: str) -> Fault:
    known = list(clause.parameters)
    return Fault(
        f"{clause.id}, paramètre « {name} »",
        "il est inconnu",
        ", ".join(known) or "cette clause n'a pas de paramètre",
        nearest(name, known),
    )


def shown(parameter: Parameter, value: Value) -> str:
    """
    A value with its unit: « 200 heures », « 30 % », « 60 € ».

    The unit of a count or number may hold two forms, « personne|personnes ».
    """
    if isinstance(value, str):
        return french.typeset(value)
    return _SHOWN.get(parameter.type, _counted(parameter.unit))(Decimal(value))


def _of(one: str, many: str) -> Callable[[Decimal], str]:
    return lambda value: f"{french.number(value)}{french.NBSP}{one if value < 2 else many}"


def _counted(unit: str | None) -> Callable[[Decimal], str]:
    if unit is None:
        return french.number
    one, _, many = unit.partition("|")
    return _of(one, many or one)


_SHOWN: dict[str, Callable[[Decimal], str]] = {
    "hours": _of("heure", "heures"),
    "days": _of("jour", "jours"),
    "months": _of("mois", "mois"),
    "share": french.percent,
    "money": french.euros,
}


def markdown(parameter: Parameter, value: Value) -> str:
    """A value as it stands in Markdown, where nothing it holds is a sign of Markdown."""
    text = escaped(shown(parameter, value))
    if parameter.type != "choice":
        return text
    choice = Choice(text)
    choice.says_no = str(value).strip().lower() in NO
    return choice


def escaped(text: str) -> str:
    """A text in which Markdown reads no sign."""
    return _LIST_START.sub(_not_a_list, _SIGNS.sub(r"\\\1", text))


def _not_a_list(found: re.Match[str]) -> str:
    """A dash takes its backslash before itself, a number after."""
    space, mark = found[1], found[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
