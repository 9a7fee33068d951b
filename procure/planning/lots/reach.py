"""
Who is able to take a lot, for thousands of lots at once: firms are bits of whole numbers.

It says « able » exactly where `capacity.Survey.fit` does. Able firms only shrink as a lot grows,
among lots for the same bidders on which a turnover is asked everywhere or nowhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from procure.domain.supply import Capacity
from procure.domain.tender import ReservationKind
from procure.planning.capacity import RESERVED
from procure.planning.lots.pieces import Piece, cents


@dataclass(frozen=True, slots=True)
class Load:
    """What some pieces ask together of one firm, amounts in cents."""

    trades: frozenset[str]
    communes: frozenset[str]
    cents: int
    yearly: int
    reservation: ReservationKind
    minimum: int | None

    def times(self, factor: Decimal) -> Load:
        """The same for a greater value."""
        value, year = (int(part * factor) for part in (self.cents, self.yearly))
        return Load(self.trades, self.communes, value, year, self.reservation, self.minimum)


def load_of(pieces: Sequence[Piece]) -> Load:
    """What pieces ask together; the turnover asked is the highest of them."""
    asked = [piece.minimum for piece in pieces if piece.minimum is not None]
    reserved = (piece.reservation for piece in pieces if piece.reservation != "none")
    return Load(
        trades=frozenset().union(*(piece.trades for piece in pieces)),
        communes=frozenset().union(*(piece.communes for piece in pieces)),
        cents=sum(piece.cents for piece in pieces),
        yearly=sum(piece.yearly for piece in pieces),
        reservation=next(reserved, "none"),
        minimum=max(asked, default=None),
    )


class _Ladder:
    """The firms whose amount is at least a value."""

    def __init__(self, amounts: Iterable[tuple[int, Decimal | None]]) -> None:
        known = sorted((-cents(amount), bit) for bit, amount in amounts if amount is not None)
        self._below = [negative for negative, _ in known]
        self._masks = [0]
        for _, bit in known:
            self._masks.append(self._masks[-1] | bit)

    def at_least(self, value: int) -> int:
        return self._masks[bisect_left(self._below, -value + 1)]


class Reach:
    """The firms of a supply, as bits, and those that a load leaves able."""

    def __init__(self, capacities: Sequence[Capacity]) -> None:
        self.capacities = tuple(capacities)
        bits = [(1 << place, one) for place, one in enumerate(capacities)]
        self.small = sum(bit for bit, one in bits if one.is_small)
        self._trades: dict[str, int] = {}
        self._communes: dict[str, int] = {}
        for bit, one in bits:
            for trade in one.trades or ():
                self._trades[trade] = self._trades.get(trade, 0) | bit
            for commune in one.communes or ():
                self._communes[commune] = self._communes.get(commune, 0) | bit
        self._admitted = _Ladder((bit, one.admitted_excl_tax) for bit, one in bits)
        self._year = _Ladder((bit, one.able_yearly_excl_tax) for bit, one in bits)
        self._stretched = _Ladder((bit, one.stretched_yearly_excl_tax) for bit, one in bits)
        self._turnover = _Ladder(
            (bit, one.turnover.least_excl_tax if one.turnover else None) for bit, one in bits
        )
        self._open = (1 << len(bits)) - 1
        self._bidders: dict[ReservationKind, int] = {
            kind: sum(bit for bit, one in bits if one.kind in kinds)
            for kind, kinds in RESERVED.items()
        }
        self._bidders["social_economy"] = sum(bit for bit, one in bits if one.is_social_economy)

    def able(self, load: Load) -> int:
        """The firms able to take a load."""
        return self.skilled(load) & self.means(load.cents, load.yearly, load.minimum)

    def stretched(self, load: Load) -> int:
        """The firms that could take a load under strain, the able ones left aside."""
        means = self._stretched.at_least(load.yearly)
        if load.minimum is not None:
            means &= self._turnover.at_least(load.minimum)
        return self.skilled(load) & means & ~self.able(load)

    def skilled(self, load: Load) -> int:
        """The firms that may bid, hold all the trades and go everywhere, whatever the value."""
        if load.reservation == "none":
            found = self._open
        else:
            found = self._bidders.get(load.reservation, 0)
        for trade in load.trades:
            found &= self._trades.get(trade, 0)
        for commune in load.communes:
            found &= self._communes.get(commune, 0)
        return found

    def means(self, value: int, yearly: int, minimum: int | None) -> int:
        """The firms whose means are enough for an amount, whatever the trade."""
        if minimum is None:
            return self._admitted.at_least(value) & self._year.at_least(yearly)
        return self._turnover.at_least(minimum) & self._year.at_least(yearly)

    def firms(self, mask: int) -> list[Capacity]:
        """The firms of some bits, in the order of the supply."""
        return [one for place, one in enumerate(self.capacities) if mask >> place & 1]
