"""Shares an amount between the members of a group, told by a tender or by a ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from procure.api.clock import today
from procure.api.group_ledger import state
from procure.api.writing import write_whole
from procure.domain.base import Money, Number, Share
from procure.domain.errors import Fault, InputError
from procure.domain.group_shares import (
    GroupShares,
    Payer,
    SharedFor,
    ShareKey,
    ShareRule,
    WeightKey,
)
from procure.domain.tender import Tender
from procure.exchange.reader import TENDER_SUFFIXES, read
from procure.planning.groups.ledger import payers_of
from procure.planning.groups.shares import shared
from procure.registers import communes
from procure.resources import json
from procure.resources.validation import nearest

CENT = Decimal("0.01")
_COMMUNE = re.compile(r"^(commune|ville|mairie)\s+(?=d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """
    What is asked, as it was written.

    Args:
        on: of a ledger, the day whose members pay; today by default.
        population: « NAME=NUMBER », before what the file says; `volume` likewise.
    """

    amount: str
    by: str
    fixed: str | None = None
    variable: str = "volume"
    purpose: str = "costs"
    on: date | None = None
    population: tuple[str, ...] = ()
    volume: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedOut:
    """An amount shared, and the name of the group."""

    title: str
    day: date
    shares: GroupShares


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    day: date
    payers: tuple[Payer, ...]
    notes: tuple[str, ...]


def share(path: Path, order: Order) -> SharedOut:
    """
    Share an amount between the members of the group of a file.

    Raises:
        InputError: the file cannot be read or tells no group; a value is wrong or missing.
    """
    total: Decimal = _read_value(Money, "--amount", order.amount, "un montant, 12345,67")
    rule = _rule(order)
    group = (
        _of_tender(path) if path.suffix.lower() in TENDER_SUFFIXES else _of_ledger(path, order.on)
    )
    payers = _told(group.payers, order)
    found = shared(total, [_with_population(one) for one in payers], rule)
    notes = (*group.notes, *_register_notes(payers, rule), *found.notes)
    return SharedOut(group.title, group.day, found.model_copy(update={"notes": notes}))


def to_json(found: SharedOut) -> str:
    """The shares as JSON: `total`, `rows` with `member` and `amount`, and how it was reckoned."""
    shares = found.shares
    rule = shares.rule.model_dump(exclude_none=True)
    if shares.rule.by != "mixed":
        rule.pop("variable")
    rows = [row.model_dump(exclude_none=True) for row in shares.rows]
    return json.dump(
        {
            "total": shares.total.quantize(CENT),
            "rows": [row | {"amount": row["amount"].quantize(CENT)} for row in rows],
            "group": found.title,
            "on": found.day,
            "rule": rule,
            "explanation": shares.explanation,
            "notes": list(shares.notes),
        }
    )


def write_xlsx(found: SharedOut, path: Path, force: bool) -> Path:
    """
    Write the shares as a workbook.

    Raises:
        ProcureError: the file exists and `force` is false; it cannot be written.
    """
    from procure.exchange.group_shares import shares_workbook

    return write_whole(path, shares_workbook(found.shares, found.title, found.day), force)


# --- what is asked -------------------------------------------------------------------------------


def _rule(order: Order) -> ShareRule:
    fixed = None
    if order.fixed is not None:
        fixed = _read_value(Share, "--fixed", order.fixed, "une part, 30 % ou 0,3")
        if order.by != "mixed":
            what = "une part fixe n'a de sens qu'avec « --by mixed »"
            raise InputError(Fault("--fixed", what, "", "Ajoutez --by mixed, ou ôtez --fixed"))
    return ShareRule(
        by=_word(ShareKey, "--by", order.by),
        fixed=fixed,
        variable=_word(WeightKey, "--variable", order.variable),
        purpose=_word(SharedFor, "--for", order.purpose),
    )


def _word(words: Any, option: str, said: str) -> Any:
    known = get_args(words)
    if said not in known:
        advice = nearest(said, known)
        raise InputError(Fault(option, f"« {said} » est inconnu", ", ".join(known), advice))
    return said


def _read_value(kind: Any, where: str, said: str, expected: str) -> Any:
    try:
        return TypeAdapter(kind).validate_python(said)
    except ValidationError:
        what = f"« {said} » ne convient pas"
        raise InputError(Fault(where, what, expected)) from None


def _told(payers: Sequence[Payer], order: Order) -> list[Payer]:
    """The payers with what the command line says of them."""
    population = _pairs("--population", order.population, payers)
    volume = _pairs("--volume", order.volume, payers)
    return [
        Payer(
            name=one.name,
            population=population.get(one.name, one.population),
            volume=volume.get(one.name, one.volume),
        )
        for one in payers
    ]


def _pairs(option: str, said: Sequence[str], payers: Sequence[Payer]) -> Mapping[str, Decimal]:
    names = [one.name for one in payers]
    found: dict[str, Decimal] = {}
    for pair in said:
        name, equals, value = (part.strip() for part in pair.rpartition("="))
        if not equals or name not in names:
            what = f"« {name or pair} » n'est pas un membre"
            advice = nearest(name or pair, names)
            raise InputError(Fault(option, what, "NOM=NOMBRE, un membre du groupement", advice))
        found[name] = _read_value(Number, option, value, "un nombre positif")
    return found


# --- who pays ------------------------------------------------------------------------------------


def _of_ledger(path: Path, on: date | None) -> _Group:
    found = state(path, on)
    name = found.created.name if found.created else None
    waiting = [one.name for one in found.parties if one.standing in ("invited", "deliberated")]
    notes = _unsigned(waiting)
    return _Group(name or path.stem, found.on, payers_of(found), notes)


def _unsigned(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    return (f"N'ont pas signé la convention, donc ne sont pas membres : {', '.join(names)}.",)


def _of_tender(path: Path) -> _Group:
    tender = read(path).tender
    group = tender.group
    if group is None or not group.members:
        what = "le dossier ne dit pas qui sont les membres d'un groupement"
        expected = "« group.members », ou un registre .jsonl"
        raise InputError(Fault(path.name, what, expected))
    signed = [one for one in group.members if one.has_signed is not False]
    payers = tuple(
        Payer(
            name=one.name,
            population=tender.buyer.population if one.name == tender.buyer.name else None,
            volume=_volume(one.value_excl_tax, one.share, tender),
        )
        for one in signed
    )
    notes = _unsigned([one.name for one in group.members if one.has_signed is False])
    day = tender.consultation_on or today()
    return _Group(group.name or tender.title or tender.id, day, payers, notes)


def _volume(value: Decimal | None, part: Decimal | None, tender: Tender) -> Decimal | None:
    """The need of a member, else its part of the whole need."""
    if value is not None or part is None or tender.value_excl_tax is None:
        return value
    return part * tender.value_excl_tax


def _with_population(payer: Payer) -> Payer:
    """A commune whose population nothing tells has that of the register."""
    known = payer.population
    return payer if known is not None else payer.model_copy(update={"population": _counted(payer)})


def _counted(payer: Payer) -> Decimal | None:
    found = communes.by_name(_COMMUNE.sub("", payer.name))
    return Decimal(found.population) if found and found.population is not None else None


def _register_notes(payers: Sequence[Payer], rule: ShareRule) -> tuple[str, ...]:
    uses = rule.by == "population" or (rule.by == "mixed" and rule.variable == "population")
    counted = [one.name for one in payers if one.population is None and _counted(one) is not None]
    if not uses or not counted:
        return ()
    return (f"Population d'après le registre des communes (INSEE) : {', '.join(counted)}.",)
