"""
The trades of our own table, and how a CPV code, a NAF code or a word leads to one.

The table is `rules/registers/trades.yaml`, made to be edited; `trades.cases.yaml` holds its cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated

from pydantic import Field

from procure.domain.base import Label, Noun
from procure.domain.errors import Fault, RulebookError
from procure.domain.library import Slug
from procure.domain.supply import Trade
from procure.registers import cpv, naf
from procure.registers.naming import key
from procure.resources.document import Document, Path_
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import build
from procure.resources.yaml import parse

REGISTER = "registers/trades.yaml"
CPV_LENGTH = 8


class _File(Noun):
    source: Label
    checked_on: date
    families: dict[Slug, Label]
    trades: Annotated[tuple[Trade, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Trades:
    """The table once read: look-ups by code and by word."""

    families: Mapping[str, str]
    trades: Mapping[str, Trade]
    _by_cpv: Mapping[str, str] = field(repr=False)
    _by_naf: Mapping[str, tuple[str, ...]] = field(repr=False)
    _by_words: Mapping[str, str] = field(repr=False)

    def by_cpv(self, code: str) -> Trade | None:
        """The trade with the longest beginning of a CPV code; None where it is too general."""
        for length in range(CPV_LENGTH, 1, -1):
            if found := self._by_cpv.get(code[:length]):
                return self.trades[found]
        return None

    def by_naf(self, code: str) -> tuple[Trade, ...]:
        """The trades that firms of an activity often hold."""
        return tuple(self.trades[found] for found in self._by_naf.get(code, ()))

    def by_words(self, text: str) -> Trade | None:
        """
        The trade that a text names: its own name, else the longest name that stands in it.

        Two names of the same length that lead to two trades say nothing.
        """
        spoken = key(text)
        if found := self._by_words.get(spoken):
            return self.trades[found]
        inside = [name for name in self._by_words if f" {name} " in f" {spoken} "]
        longest = max((len(name.split()) for name in inside), default=0)
        named = {self._by_words[name] for name in inside if len(name.split()) == longest}
        return self.trades[named.pop()] if len(named) == 1 else None

    def find(self, text: str) -> tuple[Trade, ...]:
        """The trades that a CPV code, a NAF code, a family or some words bring to mind."""
        if text.isdigit() and len(text) == CPV_LENGTH:
            named = self.by_cpv(text)
            return (named,) if named else ()
        if (code := naf.code(text)) is not None:
            return self.by_naf(code)
        sought = key(text)
        return tuple(
            trade
            for trade in self.trades.values()
            if sought and sought in " ".join((*_names(trade), key(self.families[trade.family])))
        )


@cache
def table() -> Trades:
    """The table of the project."""
    path = data_folder("rules") / REGISTER
    return read(decode(read_bytes(path), f"rules/{REGISTER}"), f"rules/{REGISTER}")


def read(text: str, name: str) -> Trades:
    """
    Read a table of trades.

    Raises:
        RulebookError: a faulty entry, a code that no list has, a code or a name at two trades.
    """
    document = parse(text, name)
    file = build(_File, document.value, document.where, RulebookError)
    if faults := [*_unknown(file, document), *_twice(file, document)]:
        raise RulebookError(*faults)
    by_naf: dict[str, list[str]] = {}
    for trade in file.trades:
        for code in trade.naf:
            by_naf.setdefault(code, []).append(trade.id)
    return Trades(
        families=dict(file.families),
        trades={trade.id: trade for trade in file.trades},
        _by_cpv={start: trade.id for trade in file.trades for start in trade.cpv},
        _by_naf={code: tuple(found) for code, found in by_naf.items()},
        _by_words={name: trade.id for trade in file.trades for name in _names(trade)},
    )


def _names(trade: Trade) -> tuple[str, ...]:
    said = (trade.id.replace("-", " "), trade.title, *trade.words)
    return tuple(dict.fromkeys(key(one) for one in said))


def _unknown(file: _File, document: Document) -> Iterator[Fault]:
    for number, trade in enumerate(file.trades):
        at: Path_ = ("trades", number)
        if trade.family not in file.families:
            what = f"la famille « {trade.family} » est inconnue"
            yield _fault(document, (*at, "family"), what, "une des familles du début du fichier")
        for place, start in enumerate(trade.cpv):
            if not cpv.has_beginning(start):
                what = f"aucun code CPV ne commence par {start}"
                yield _fault(document, (*at, "cpv", place), what, "le début d'un code CPV 2008")
        for place, code in enumerate(trade.naf):
            if naf.label(code) is None:
                what = f"le code NAF {code} n'existe pas"
                expected = "un code NAF rév. 2 (exemple : 43.21A)"
                yield _fault(document, (*at, "naf", place), what, expected)


def _twice(file: _File, document: Document) -> Iterator[Fault]:
    """What leads to two trades, so that a look-up could not choose."""
    seen: dict[str, int] = {}
    for number, trade in enumerate(file.trades):
        for what, claim in _claims(trade):
            first = seen.setdefault(claim, number)
            if first != number:
                other = file.trades[first].id
                said = f"{what} est déjà au métier « {other} »"
                yield _fault(document, ("trades", number), said, "un seul métier")


def _claims(trade: Trade) -> Iterable[tuple[str, str]]:
    yield f"l'identifiant « {trade.id} »", f"id:{trade.id}"
    yield from ((f"le début de CPV {start}", f"cpv:{start}") for start in trade.cpv)
    yield from ((f"le nom « {name} »", f"name:{name}") for name in _names(trade))


def _fault(document: Document, path: Path_, what: str, expected: str) -> Fault:
    return Fault(document.where(path), what, expected, "Corrigez cette ligne")
