"""Turns plain values into a model, and pydantic's errors into French faults with their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from procure.domain.errors import Fault, ProcureError
from procure.resources.document import Path_, path_text, shortened

Model = TypeVar("Model", bound=BaseModel)
MAX_FAULTS = 50
MAX_KEYS = 12

_NUMBER = "un nombre positif (exemple : 1250000.50)"
_DAY = "une date qui existe (exemple : 2026-09-01)"
_BLOCK = "un bloc de lignes « clé : valeur »"
_LIST = "une liste, où chaque ligne commence par un tiret"
_EXPECTED = {
    "missing": "cette clé est obligatoire",
    "bool_parsing": "oui ou non",
    "bool_type": "oui ou non",
    "int_parsing": "un nombre entier",
    "int_parsing_size": "un nombre entier",
    "int_type": "un nombre entier",
    "int_from_float": "un nombre entier",
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "finite_number": _NUMBER,
    "ambiguous_amount": (
        "un montant dont la virgule ou le point sépare les centimes (exemple : 12500 ou 12,50)"
    ),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "date_type": _DAY,
    "string_type": "un texte",
    "string_too_short": "un texte non vide",
    "string_unicode": "un texte",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _BLOCK,
    "model_type": _BLOCK,
    "model_attributes_type": _BLOCK,
    "same_lot_twice": "un identifiant différent pour chaque lot",
}
_BOUNDED = {
    "greater_than_equal": "{ge} au moins",
    "less_than_equal": "{le} au plus",
    "greater_than": "plus de {gt}",
    "less_than": "moins de {lt}",
    "string_too_long": "{max_length} caractères au plus",
    "decimal_max_places": "{decimal_places} décimales au plus",
    "decimal_max_digits": "{max_digits} chiffres au plus",
    "decimal_whole_digits": "{whole_digits} chiffres au plus avant la virgule",
    "too_long": "{max_length} éléments au plus",
}
PATTERNS = {
    r"^[0-9]{8}$": "un code CPV de huit chiffres, sans le chiffre de contrôle (exemple : 45214210)",
    r"^[0-9]{14}$": "un numéro SIRET de quatorze chiffres",
    r"^([0-9]{5}|2[AB][0-9]{3})$": "un code INSEE de commune (exemple : 86194)",
    r"^[A-Z]{2}[A-Z0-9]{0,3}$": "un code NUTS (exemple : FRI34)",
    r"^[A-Z]{3}$": "un code de pays de trois lettres (exemple : FRA)",
    r"^[A-Z]{3}[0-9]{3}$": "un code de règle (exemple : CRI001)",
    r"^[0-9]{2,8}$": "le début d'un code CPV, de deux à huit chiffres (exemple : 4521)",
    r"^[a-z][a-z0-9_]*$": "un nom en minuscules, sans accent ni espace (exemple : notice_days)",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "des mots sans accent liés de tirets (insertion-hours)",
}
_ABOUT_KEYS = ("missing", "invalid_key")
_MEND = "Corrigez cette ligne, ou ôtez-la"
_QUOTES = "Mettez la valeur entre guillemets"
_PERCENT = "Écrivez « 30 % » ou « 0.30 »"


def build(
    model: type[Model],
    value: Any,
    where: Callable[[Path_], str],
    error_class: type[ProcureError],
    synonyms: Iterable[tuple[str, str]] = (),
) -> Model:
    """
    Validate `value` as `model`.

    `where` gives the place of a path in French, as `Document.where` does; `synonyms` are pairs of
    a word that people may write and the word of the model (« travaux », `works`).

    Raises:
        error_class: with one fault for each thing wrong, the first fifty.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        wrongs = [_Wrong.of(detail, value) for detail in error.errors(include_url=False)]
    speaker = _Speaker(model, where, tuple(synonyms))
    faults = [speaker.fault(group) for group in _by_place(wrongs)]
    if (left := len(faults) - MAX_FAULTS) > 0:
        rest = Fault(
            where(()), f"{left} autres erreurs suivent", advice="Corrigez d'abord celles-ci"
        )
        faults = [*faults[:MAX_FAULTS], rest]
    raise error_class(*faults)


def nearest(word: str, words: Iterable[str]) -> str:
    """The advice that names the nearest right word, or nothing."""
    found = get_close_matches(word[:100], list(words), n=1, cutoff=0.6)
    return f"Vouliez-vous écrire « {found[0]} » ?" if found else ""


@dataclass(frozen=True, slots=True)
class _Wrong:
    """
    One error of pydantic, at a path of the file.

    Args:
        union: the path, inside `path`, where pydantic tried several types; None if it did not.
    """

    kind: str
    path: Path_
    union: Path_ | None
    value: Any
    context: dict[str, Any]

    @classmethod
    def of(cls, detail: Any, root: Any) -> _Wrong:
        context = dict(detail.get("ctx", {}))
        location = context.get("at", detail["loc"])
        path, union = _path_in(root, location, detail["type"])
        return cls(detail["type"], path, union, _value_at(root, path), context)


def _path_in(root: Any, location: Path_, kind: str) -> tuple[Path_, Path_ | None]:
    """
    The path in the file of an error's location.

    Pydantic adds the name of the type it tried, or `[key]`: what leads nowhere is left out.
    """
    path: Path_ = ()
    union: Path_ | None = None
    for number, part in enumerate(location):
        key = _real_key(root, part)
        names_key = kind in _ABOUT_KEYS and number == len(location) - 1
        if key is None and not names_key:
            union = path if union is None else union
            continue
        path = (*path, part if key is None else key)
        root = None if key is None else root[key]
    return path, union


def _real_key(value: Any, part: Any) -> Any:
    """The key of `value` that pydantic calls `part`: a date is called by its text."""
    if isinstance(value, list):
        return part if isinstance(part, int) and part < len(value) else None
    if not isinstance(value, dict):
        return None
    return part if part in value else next((k for k in value if part in (str(k), repr(k))), None)


def _value_at(root: Any, path: Path_) -> Any:
    for part in path:
        if isinstance(root, dict) and part not in root:
            return None
        root = root[part]
    return root


def _by_place(wrongs: list[_Wrong]) -> list[list[_Wrong]]:
    """
    The errors, those of one union together.

    Of the types tried, those whose shape fits say more: their errors lie deeper.
    """
    groups: dict[Path_, list[_Wrong]] = {}
    for wrong in wrongs:
        groups.setdefault(wrong.path if wrong.union is None else wrong.union, []).append(wrong)
    shown: list[list[_Wrong]] = []
    for place, group in groups.items():
        deeper = [wrong for wrong in group if wrong.union is not None and wrong.path != place]
        shown.extend([[wrong] for wrong in deeper] or [group])
    return shown


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says in French what is wrong."""

    model: type[BaseModel]
    where: Callable[[Path_], str]
    synonyms: tuple[tuple[str, str], ...]

    def fault(self, group: list[_Wrong]) -> Fault:
        wrong = group[0]
        place = self.where(wrong.path)
        match wrong.kind:
            case "extra_forbidden" | "invalid_key":
                return self._unknown_key(wrong)
            case "missing":
                return self._missing_key(wrong)
            case "value_error":
                said = str(wrong.context["error"])
                return Fault(place, f"« {path_text(wrong.path)} » : {said}" if wrong.path else said)
        expected = dict.fromkeys(_expected(one) for one in group)
        return Fault(place, _what(wrong), " ou ".join(expected), self._advice(group) or _MEND)

    def _unknown_key(self, wrong: _Wrong) -> Fault:
        key = shortened(wrong.path[-1] if wrong.path else "")
        known = _fields_at(self.model, wrong.path[:-1])
        advice = nearest(key, known)
        some = ", ".join(known[:MAX_KEYS]) + ("…" if len(known) > MAX_KEYS else "")
        return Fault(
            self.where(wrong.path),
            f"la clé « {key} » est inconnue",
            "une clé connue" if advice else f"une des clés {some}",
            advice or _MEND,
        )

    def _missing_key(self, wrong: _Wrong) -> Fault:
        key = wrong.path[-1]
        return Fault(
            self.where(wrong.path[:-1]),
            f"la clé « {key} » manque",
            "cette clé est obligatoire",
            f"Ajoutez une ligne « {key}: … »",
        )

    def _advice(self, group: list[_Wrong]) -> str:
        wrong = group[0]
        if wrong.kind == "literal_error":
            return self._right_word(wrong, [word for one in group for word in _choices(one)])
        if wrong.kind == "string_type" and isinstance(wrong.value, bool | date):
            return _QUOTES
        is_share = wrong.kind == "less_than_equal" and wrong.context["le"] == 1
        return _PERCENT if is_share else ""

    def _right_word(self, wrong: _Wrong, choices: list[str]) -> str:
        written = str(wrong.value).strip().lower()
        meant = [word for said, word in self.synonyms if said == written and word in choices]
        return nearest(meant[0] if meant else written, choices)


def _what(wrong: _Wrong) -> str:
    name = f"« {path_text(wrong.path)} »" if wrong.path else "le contenu du fichier"
    if wrong.value is None or wrong.value == "":
        return f"{name} est vide"
    if isinstance(wrong.value, list):
        return f"{name} est une liste"
    if isinstance(wrong.value, dict):
        return f"{name} est un bloc"
    if isinstance(wrong.value, bool):
        return f"{name} vaut {'oui' if wrong.value else 'non'}"
    return f"{name} vaut « {shortened(wrong.value)} »"


def _expected(wrong: _Wrong) -> str:
    if wrong.kind == "literal_error":
        return "un mot parmi " + ", ".join(_choices(wrong))
    if wrong.kind == "string_pattern_mismatch":
        pattern = wrong.context["pattern"]
        return PATTERNS.get(pattern, f"une valeur de la forme {pattern}")
    if wrong.kind == "less_than_equal" and wrong.context["le"] == 1:
        return "une part de 0 à 1, ou un pourcentage de 0 % à 100 %"
    if wrong.kind in _BOUNDED:
        return _BOUNDED[wrong.kind].format(**wrong.context)
    return _EXPECTED.get(wrong.kind, "une autre valeur")


def _choices(wrong: _Wrong) -> list[str]:
    said = wrong.context.get("expected", "")
    return [word.strip("'") for word in said.replace(" or ", ", ").split(", ")]


def _fields_at(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys that `model` accepts at a path inside it."""
    current: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        field = getattr(current, "model_fields", {}).get(part)
        current = _model_inside(field.annotation) if field else None
    return list(getattr(current, "model_fields", {}))


def _model_inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        if (found := _model_inside(inner)) is not None:
            return found
    return None
