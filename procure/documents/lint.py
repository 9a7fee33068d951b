"""
What the clauses of the library owe their readers, beyond being readable: the faults, the doubts.

A clause that can be enforced says how; its values are its parameters; what it refers to exists;
no two clauses both need and refuse each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from procure.documents.library import ONE_NAME, PROOFS, Library, Source
from procure.documents.values import NO, value_of
from procure.domain.errors import Fault
from procure.domain.library import LibraryClause, Parameter
from procure.domain.tender import SUBJECT_AXIS, Clause, Lot, Tender
from procure.resources.document import Path_
from procure.resources.validation import nearest

SHORTEST, LONGEST = 120, 400
"""Words of the body of a clause that is enforced; the front matter carries the rest."""

ENFORCED = ("execution", "specification")
_TAG = re.compile(r"\{\{(?P<shown>.*?)\}\}|\{%(?P<logic>.*?)%\}", re.DOTALL)
_NAME = re.compile(r"\s*([a-z][a-z0-9_]*)\s*")
_IF = re.compile(r"-?\s*if\s+([a-z][a-z0-9_]*)\s*-?")
_END = re.compile(r"-?\s*endif\s*-?")
_HEADING = re.compile(r"(#+)\s*(\S.*)?")
_LAW = re.compile(
    r"\b[LRD]\.?[ \u00a0]?\d{3,4}-\d+|\barticles?\s+\d|"
    r"\b(?:lois?|décrets?|arrêtés?|ordonnances?|directives?|règlements?)\s+n[°o]?\s*\d",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\b\d+(?:[.,]\d+)?[ \u00a0\u202f]?(?:€|%|euros|heures?|jours?|mois|semaines?)(?!\w)"
)
_PROOF_TITLES = {
    "proof": "la preuve",
    "checked_by": "qui vérifie",
    "checked_when": "quand on vérifie",
    "penalty": "la pénalité",
}


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of the rules: those in force, and those repealed."""

    known: frozenset[str]
    repealed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Linted:
    """A clause checked: what must be mended, what should be looked at."""

    clause: LibraryClause
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def lint(library: Library, codes: Codes) -> list[Linted]:
    """Every clause of a library, with its faults and its doubts, in the order of their ids."""
    kin = _Kin({clause.id: clause for clause in library.clauses})
    found = []
    for clause in library.clauses:
        one = _One(clause, library.sources[clause.id])
        checks: tuple[Iterable[Fault], ...] = (
            _enforceable(one),
            _of_its_kind(one),
            _cured(one, codes),
            _related(one, kin),
            _parameters(one),
            _texts(one),
            _fields(one),
            _headings(one),
        )
        faults = tuple(fault for check in checks for fault in check)
        found.append(Linted(clause, faults, tuple(_doubts(one))))
    return found


@dataclass(frozen=True, slots=True)
class _One:
    """A clause and the places of its parts."""

    clause: LibraryClause
    source: Source

    def where(self, *path: Any) -> str:
        return self.source.front.where(path)

    def body_where(self, position: int) -> str:
        return self.source.body_where(self.clause.body.count("\n", 0, position))

    def texts(self) -> Iterator[tuple[str, Callable[[int], str]]]:
        """The texts that are filled in, and the place of a position in each."""
        yield self.clause.body, self.body_where
        for key in PROOFS:
            if text := getattr(self.clause, key):
                yield text, self._at(key)
        if self.clause.criterion:
            yield self.clause.criterion.method, self._at("criterion", "method")

    def _at(self, *path: Any) -> Callable[[int], str]:
        return lambda _: self.where(*path)


# --- each clause by itself -----------------------------------------------------------------------


def _enforceable(one: _One) -> Iterator[Fault]:
    if one.clause.kind not in ENFORCED:
        return
    for key, title in _PROOF_TITLES.items():
        if getattr(one.clause, key) is None:
            what = f"une clause qui oblige ne dit pas {title}"
            yield Fault(one.where(), what, f"une ligne « {key} »")


def _of_its_kind(one: _One) -> Iterator[Fault]:
    clause = one.clause
    wanted = {"criterion": "criterion", "reservation": "reservation"}.get(clause.kind)
    for key in ("criterion", "reservation"):
        value = getattr(clause, key)
        if key == wanted and value in (None, "none"):
            what = f"une clause « kind: {key} » ne dit pas son {key}"
            yield Fault(one.where("kind"), what, f"un bloc « {key} »")
        if key != wanted and value is not None:
            what = f"« {key} » ne va pas avec « kind: {clause.kind} »"
            yield Fault(one.where(key), what, f"« kind: {key} », ou pas de « {key} »")


def _cured(one: _One, codes: Codes) -> Iterator[Fault]:
    for position, code in enumerate(one.clause.cures):
        where = one.where("cures", position)
        if code in codes.repealed:
            yield Fault(where, f"la règle {code} est abrogée", "une règle en vigueur")
        elif code not in codes.known:
            near = nearest(code, sorted(codes.known))
            yield Fault(where, f"la règle {code} n'existe pas", "un code de règle", near)


def _parameters(one: _One) -> Iterator[Fault]:
    named = _names_used(one)
    for name, parameter in one.clause.parameters.items():
        yield from _sound(parameter, lambda *path, n=name: one.where("parameters", n, *path))
        if name not in named:
            where = one.where("parameters", name)
            what = f"le paramètre « {name} » ne sert pas"
            yield Fault(where, what, f"« {{{{ {name} }}}} » dans le texte, ou pas de paramètre")


def _sound(parameter: Parameter, where: Callable[..., str]) -> Iterator[Fault]:
    least, most = parameter.least, parameter.most
    if least is not None and most is not None and least > most:
        yield Fault(where("least"), "« least » dépasse « most »", "le plus petit d'abord")
        return
    if (parameter.type == "choice") != bool(parameter.choices):
        what = "« choices » va avec « type: choice », et lui seul"
        yield Fault(where("choices"), what, "une liste de choix pour un choix")
        return
    if parameter.type in ("text", "choice") and (least is not None or most is not None):
        yield Fault(where("least"), "un texte n'a pas de bornes", "ni « least » ni « most »")
    try:
        value_of(parameter, parameter.default)
    except ValueError as error:
        what, expected = error.args
        yield Fault(where("default"), f"la valeur par défaut : {what}", expected)


def _names_used(one: _One) -> set[str]:
    names = {found[1] for v in one.clause.fields.values() if (found := ONE_NAME.fullmatch(str(v)))}
    for text, _ in one.texts():
        for tag in _TAG.finditer(text):
            if (found := _NAME.fullmatch(tag["shown"] or "")) or (
                found := _IF.fullmatch(tag["logic"] or "")
            ):
                names.add(found[1])
    return names


def _texts(one: _One) -> Iterator[Fault]:
    """The signs between braces: names of parameters, `if` on a choice, `endif`; nothing else."""
    for text, where in one.texts():
        opened = 0
        for tag in _TAG.finditer(text):
            place = where(tag.start())
            opened += tag["logic"] is not None and (-1 if _END.fullmatch(tag["logic"]) else 1)
            yield from _tag(one.clause, tag, place)
        if opened:
            yield Fault(where(0), "un « {% if %} » et son « {% endif %} » ne vont pas par deux")
        rest = _TAG.sub("", text)
        if "{{" in rest or "{%" in rest or "}}" in rest or "%}" in rest:
            yield Fault(where(0), "une accolade double n'est pas refermée", "{{ nom }}")


def _tag(clause: LibraryClause, tag: re.Match[str], place: str) -> Iterator[Fault]:
    if tag["shown"] is not None:
        name = _NAME.fullmatch(tag["shown"])
        if name is None:
            yield Fault(place, f"« {tag[0]} » n'est pas un nom", "{{ nom_du_paramètre }}")
        elif name[1] not in clause.parameters:
            yield _no_parameter(clause, name[1], place)
        return
    if _END.fullmatch(tag["logic"]):
        return
    name = _IF.fullmatch(tag["logic"])
    if name is None:
        yield Fault(
            place, f"« {tag[0]} » n'est pas permis", "« {% if choix %} » et « {% endif %} »"
        )
    elif name[1] not in clause.parameters:
        yield _no_parameter(clause, name[1], place)
    elif not _may_say_no(clause.parameters[name[1]]):
        what = f"« {name[1]} » n'est pas un choix qui puisse dire non"
        yield Fault(place, what, "« type: choice », avec « non » parmi ses choix")


def _may_say_no(parameter: Parameter) -> bool:
    if parameter.type != "choice":
        return False
    return not parameter.choices or bool(NO.intersection(c.lower() for c in parameter.choices))


def _no_parameter(clause: LibraryClause, name: str, place: str) -> Fault:
    near = nearest(name, clause.parameters)
    return Fault(place, f"« {name} » n'est pas un paramètre de la clause", "un paramètre", near)


def _fields(one: _One) -> Iterator[Fault]:
    for key, value in one.clause.fields.items():
        where = one.where("fields", key)
        if not any(_leads_somewhere(model, key) for model in (Clause, Tender, Lot)):
            near = nearest(key, [*Clause.model_fields, *Tender.model_fields])
            yield Fault(where, f"le champ « {key} » n'existe pas", "un champ de la clause", near)
        found = ONE_NAME.fullmatch(str(value))
        if found and found[1] not in one.clause.parameters:
            yield _no_parameter(one.clause, found[1], where)


def _leads_somewhere(model: Any, key: str) -> bool:
    for name in key.split("."):
        field = getattr(model, "model_fields", {}).get(name)
        if field is None:
            return False
        model = _model_in(field.annotation)
    return True


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _headings(one: _One) -> Iterator[Fault]:
    lines = one.clause.body.split("\n")
    if not one.clause.body.strip():
        where = one.source.body_where()
        yield Fault(where, "la clause n'a pas de texte", "un titre « ### » et un texte")
        return
    found = [(n, h) for n, line in enumerate(lines) if (h := _HEADING.fullmatch(line))]
    if not found or found[0][0] != 0 or len(found[0][1][1]) != 3:
        found = found[1:]
        what = "le texte ne commence pas par son titre"
        yield Fault(one.source.body_where(), what, "« ### Titre de la clause »")
    for line, heading in found:
        if len(heading[1]) != (3 if line == 0 else 4) or not heading[2]:
            what = f"« {heading[0].strip()} » n'est pas un titre de ce niveau"
            expected = "« ### » pour la clause, « #### » dans la clause"
            yield Fault(one.source.body_where(line), what, expected)
    if all(heading or not line.strip() for line in lines for heading in [_HEADING.fullmatch(line)]):
        yield Fault(one.source.body_where(), "la clause n'a qu'un titre", "un texte sous le titre")


def _doubts(one: _One) -> Iterator[Fault]:
    clause, body = one.clause, one.clause.body
    if found := _LAW.search(body):
        what = f"un numéro de texte est écrit dans la clause : « {found[0]} »"
        yield Fault(one.body_where(found.start()), what, "le droit dans « references »")
    for figure in _FIGURE.finditer(body):
        what = f"un nombre est écrit en chiffres : « {figure[0]} »"
        yield Fault(one.body_where(figure.start()), what, "un paramètre")
    words = len(_TAG.sub("x", body).split())
    if clause.kind in ENFORCED and not SHORTEST <= words <= LONGEST:
        yield Fault(one.source.body_where(), f"{words} mots", f"de {SHORTEST} à {LONGEST} mots")
    axis = SUBJECT_AXIS.get(clause.subject or "", clause.axis)
    if axis != clause.axis:
        what = f"le sujet « {clause.subject} » est de l'axe « {axis} »"
        yield Fault(one.where("subject"), what, f"un sujet de l'axe « {clause.axis} »")


# --- clauses among themselves --------------------------------------------------------------------


class _Kin:
    """How clauses need, refuse and replace each other."""

    def __init__(self, clauses: Mapping[str, LibraryClause]) -> None:
        self.clauses = clauses

    def needed(self, id: str) -> dict[str, tuple[str, ...]]:
        """All that a clause needs, itself first, each with the chain that leads to it."""
        chains: dict[str, tuple[str, ...]] = {id: (id,)}
        waiting = [id]
        while waiting:
            one = waiting.pop(0)
            for other in self.clauses[one].requires:
                if other in self.clauses and other not in chains:
                    chains[other] = (*chains[one], other)
                    waiting.append(other)
        return chains

    def refuse(self, one: str, other: str) -> bool:
        return self._shuts_out(one, other) or self._shuts_out(other, one)

    def _shuts_out(self, one: str, other: str) -> bool:
        clause = self.clauses[one]
        return other in clause.excludes or other in clause.replaces

    def replaces_itself(self, id: str) -> bool:
        """Whether a clause replaces, in the end, one that replaces it."""
        seen: set[str] = set()
        waiting = list(self.clauses[id].replaces)
        while waiting:
            one = waiting.pop()
            if one not in seen and one in self.clauses:
                seen.add(one)
                waiting.extend(self.clauses[one].replaces)
        return id in seen


def _related(one: _One, kin: _Kin) -> Iterator[Fault]:
    clause = one.clause
    for key in ("requires", "excludes", "replaces"):
        for position, other in enumerate(getattr(clause, key)):
            yield from _exists(one, kin, (key, position), other)
    for other in clause.replaces:
        if (found := kin.clauses.get(other)) and found.subject != clause.subject:
            what = f"« {other} » n'est pas du même sujet : on ne la remplace pas"
            yield Fault(one.where("replaces"), what, f"une clause « {clause.subject} »")
    if clause.replaces and kin.replaces_itself(clause.id):
        what = f"« {clause.id} » remplace une clause qui la remplace"
        yield Fault(one.where("replaces"), what, "un seul sens")
    yield from _contradictions(one, kin)


def _exists(one: _One, kin: _Kin, path: Path_, other: str) -> Iterator[Fault]:
    if other == one.clause.id:
        yield Fault(one.where(*path), "la clause se nomme elle-même", "une autre clause")
    elif other not in kin.clauses:
        near = nearest(other, kin.clauses)
        yield Fault(one.where(*path), f"la clause « {other} » n'existe pas", "un identifiant", near)


def _contradictions(one: _One, kin: _Kin) -> Iterator[Fault]:
    """What a clause needs, two by two, must stand together."""
    chains = kin.needed(one.clause.id)
    ids = list(chains)
    for position, first in enumerate(ids):
        for second in ids[position + 1 :]:
            if kin.refuse(first, second):
                chain = " → ".join(chains[second])
                what = f"« {first} » et « {second} » s'excluent, et « {chain} » les demande"
                yield Fault(one.where("requires"), what, "l'un ou l'autre")
