"""Random tenders, facts and condition trees, drawn from the models and the vocabulary."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from procure.domain.tender import Tender
from procure.engine.vocabulary.codes import SUBJECT_AXIS
from procure.rulebook.conditions import OPERATORS, All, Any_, Atom, FactRef, Not, Tree
from procure.rulebook.schema import Rulebook
from procure.rulebook.vocabulary import NUMERIC, FactSpec

CENT = Decimal("0.01")
FIRST_DAY, LAST_DAY = date(2019, 1, 1), date(2028, 12, 31)
WORDS = ("Été", "cœur d'îlot", "« Jules » 3", "naïveté", "x", "façade 3€", "\u202fà")
PATTERNED = {
    r"^[0-9]{8}$": ("45214210", "33600000", "15500000", "03000000"),
    r"^[0-9]{14}$": ("21860194600013",),
    r"^([0-9]{5}|2[AB][0-9]{3})$": ("86194", "2A004"),
    r"^[A-Z]{2}[A-Z0-9]{0,3}$": ("FRI34", "DE"),
    r"^[A-Z]{3}$": ("FRA", "FRA", "FRA", "FRA", "DEU"),
    r"^[A-Z]{3}[0-9]{3}$": ("CRI001", "PRO003", "ZZZ999"),
}


class Drawer:
    """Draws values of a model's types; each drawing chooses how much of it stays unknown."""

    def __init__(self, random: Random, amounts: Iterable[Decimal] = ()) -> None:
        self.random = random
        bounds = [Decimal(a) for a in amounts if a >= 1] or [Decimal(40_000)]
        self.amounts = [max(b + step, Decimal(0)) for b in bounds for step in (-CENT, 0, CENT)]
        self.filled = random.choice((0.2, 0.5, 0.8, 0.95, 1.0))

    def tender(self) -> Tender:
        written = self.model(Tender, 0)
        lots = written.get("lots")
        if lots and self.random.random() < 0.02:
            lots = written["lots"] = [dict(self.random.choice(lots)) for _ in range(100)]
        for number, lot in enumerate(lots or ()):
            lot["id"] = str(number + 1)
        if written.get("judgements"):
            written["judgements"] = list(written["judgements"])[:2]
        return Tender.model_validate(written)

    def model(self, cls: type[BaseModel], depth: int) -> dict[str, Any]:
        drawn = {
            name: self.value(field.annotation, field.metadata, depth + 1)
            for name, field in cls.model_fields.items()
            if field.is_required() or self.random.random() < self.filled
        }
        if "axis" in drawn and "subject" in drawn:
            drawn["axis"] = SUBJECT_AXIS.get(drawn["subject"], drawn["axis"])
        return drawn

    def value(self, annotation: Any, metadata: Iterable[Any], depth: int) -> Any:
        origin = get_origin(annotation)
        if origin is Annotated:
            base, *more = get_args(annotation)
            inside = [m for one in more if isinstance(one, FieldInfo) for m in one.metadata]
            return self.value(base, [*metadata, *inside], depth)
        if origin in (Union, types.UnionType):
            kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
            return self.value(self.random.choice(kinds), metadata, depth)
        if origin is Literal:
            return self.random.choice(get_args(annotation))
        if origin is tuple:
            count = 0 if depth > 5 else self.random.choice((0, 1, 1, 2, 3))
            return [self.value(get_args(annotation)[0], (), depth) for _ in range(count)]
        if origin is dict:
            return {}
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.model(annotation, depth)
        return self._scalar(annotation, {k: v for m in metadata for k, v in _limits(m)})

    def _scalar(self, kind: Any, limits: dict[str, Any]) -> Any:
        random = self.random
        if kind is bool:
            return random.random() < 0.5
        if kind is int:
            return random.choice((0, 1, 2, 3, 10, 11, 14, 15, 29, 30, 31, 35, 48, 60, 3500))
        if kind is date:
            return day(random)
        if kind is Decimal and limits.get("le") == 1:
            return random.choice([Decimal(n) / 100 for n in (0, 1, 5, 10, 20, 25, 30, 40, 50, 100)])
        if kind is Decimal:
            return random.choice([*self.amounts, Decimal(0), Decimal("12.50"), Decimal(48)])
        if "pattern" in limits:
            return random.choice(PATTERNED[limits["pattern"]])
        return random.choice(WORDS)


def _limits(constraint: Any) -> list[tuple[str, Any]]:
    names = ("le", "pattern")
    return [(n, getattr(constraint, n)) for n in names if getattr(constraint, n, None) is not None]


def day(random: Random) -> date:
    turns = (date(2026, 8, 20), date(2026, 8, 21), date(2026, 1, 1), date(2025, 12, 31))
    if random.random() < 0.3:
        return random.choice(turns)
    return FIRST_DAY + timedelta(random.randrange((LAST_DAY - FIRST_DAY).days + 1))


def numbers_of_law(book: Rulebook) -> list[Decimal]:
    values = [v.value for p in book.parameters.values() for v in p.values]
    return [Decimal(v) for v in values if isinstance(v, Decimal | int)]


# --- facts and trees ----------------------------------------------------------------------------


def fact(random: Random, spec: FactSpec, numbers: Iterable[Decimal]) -> Any:
    """A value of a fact's type, unknown one time in three."""
    return None if random.random() < 1 / 3 else known(random, spec, numbers)


def known(random: Random, spec: FactSpec, numbers: Iterable[Decimal]) -> Any:
    if spec.type == "bool":
        return random.random() < 0.5
    if spec.type == "date":
        return day(random)
    codes = list(spec.values or ("ascenseur", "été", "45"))
    if spec.type == "codes":
        return frozenset(random.sample(codes, random.randrange(len(codes) + 1)))
    if spec.type in ("code", "text"):
        return random.choice(codes)
    bound = random.choice([*numbers, Decimal(0), Decimal("0.25"), Decimal(1), Decimal(3)])
    value = max(bound + random.choice((-CENT, Decimal(0), CENT)), Decimal(0))
    return int(value) if spec.type in ("count", "days") else value


def facts(
    random: Random, specs: Mapping[str, FactSpec], names: Iterable[str], numbers: list[Decimal]
) -> dict[str, Any]:
    return {name: fact(random, specs[name], numbers) for name in names}


def tree(random: Random, specs: list[FactSpec], numbers: list[Decimal], depth: int = 3) -> Tree:
    """A condition tree over the facts of a list."""
    if depth == 0 or random.random() < 0.3:
        return _atom(random, specs, numbers)
    parts = tuple(tree(random, specs, numbers, depth - 1) for _ in range(random.randint(1, 3)))
    return random.choice((All(parts), Any_(parts), Not(parts[0])))


def _atom(random: Random, specs: list[FactSpec], numbers: list[Decimal]) -> Atom:
    spec = random.choice(specs)
    operator = random.choice([op for op, kinds in OPERATORS.items() if spec.type in kinds])
    others = [s for s in specs if s.type == spec.type and spec.type in (*NUMERIC, "bool", "date")]
    if others and random.random() < 0.3:
        return Atom(spec.name, operator, FactRef(random.choice(others).name))
    value = known(random, spec, numbers)
    if spec.type == "codes":
        value = random.choice(list(spec.values or ("été",)))
    if operator in ("in", "not_in"):
        value = tuple({value, known(random, spec, numbers)})
    return Atom(spec.name, operator, value)
