"""
The pieces that lots are made of: items that must stay together are one, equal ones are counted.

What cannot be placed (no trade, no commune, no value) is told, and no lot holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from procure.domain.errors import Fault, InputError
from procure.domain.lot_plan import Unserved
from procure.domain.supply import NeedItem
from procure.domain.tender import ReservationKind
from procure.planning.needs import task_of

CENTS = 100
MISSING = (
    ("trade", "son métier n'est pas reconnu"),
    ("communes", "sa commune n'est pas reconnue"),
    ("value_excl_tax", "sa valeur n'est pas connue"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """
    One item, or several that must stay together. Amounts are in cents.

    `apart` are numbers of pieces that no lot may hold with this one.
    """

    number: int
    items: tuple[NeedItem, ...]
    family: str
    trades: frozenset[str]
    communes: frozenset[str]
    cents: int
    yearly: int
    reservation: ReservationKind
    minimum: int | None
    apart: frozenset[int]

    @property
    def mixing(self) -> tuple[str, bool]:
        """Pieces share a lot only when this is equal: who may bid, whether a turnover is asked."""
        return self.reservation, self.minimum is None


@dataclass(frozen=True, slots=True)
class Kind:
    """Pieces that nothing tells apart: a lot takes some of them, whichever."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def one(self) -> Piece:
        return self.pieces[0]

    @property
    def count(self) -> int:
        return len(self.pieces)


def sort_out(items: Sequence[NeedItem]) -> tuple[list[NeedItem], list[Unserved]]:
    """The items that can be placed in lots, and the others with the reason."""
    placed: list[NeedItem] = []
    left: list[Unserved] = []
    for item in items:
        missing = [why for name, why in MISSING if getattr(item, name) is None]
        if missing:
            left.append(Unserved(item=item.id, label=item.label, reason=", ".join(missing)))
        else:
            placed.append(item)
    return placed, left


def pieces_of(items: Sequence[NeedItem]) -> list[Piece]:
    """
    The pieces of items that all have a trade, a commune and a value, in the order of the items.

    Raises:
        InputError: `together_with` or `apart_from` names no item, or contradicts the other.
    """
    named = _names(items)
    together = list(_pairs(items, named, "together_with"))
    apart = list(_pairs(items, named, "apart_from"))
    group = _joined(len(items), together)
    if faults := [_contradiction(items, a, b) for a, b in apart if group[a] == group[b]]:
        raise InputError(*faults)
    order = list(dict.fromkeys(group))
    numbers = {leader: number for number, leader in enumerate(order)}
    split: dict[int, set[int]] = {number: set() for number in numbers.values()}
    for a, b in apart:
        one, other = numbers[group[a]], numbers[group[b]]
        split[one].add(other)
        split[other].add(one)
    return [
        _piece(number, [item for i, item in enumerate(items) if group[i] == leader], split[number])
        for leader, number in numbers.items()
    ]


def kinds_of(pieces: Iterable[Piece]) -> list[Kind]:
    """Equal pieces gathered; one that must stay apart from another is a kind of its own."""
    found: dict[object, list[Piece]] = {}
    for piece in pieces:
        alone = piece.number if piece.apart else None
        same = (piece.family, piece.trades, piece.communes, piece.cents, piece.yearly)
        found.setdefault((same, piece.mixing, piece.minimum, alone), []).append(piece)
    return [Kind(number, tuple(same)) for number, same in enumerate(found.values())]


def _piece(number: int, items: list[NeedItem], apart: set[int]) -> Piece:
    task = task_of(str(number), items)
    assert task.trades and task.communes
    assert task.value_excl_tax is not None and task.yearly_excl_tax is not None
    asked = task.minimum_turnover_excl_tax
    return Piece(
        number=number,
        items=tuple(items),
        family=" + ".join(sorted({item.family or "" for item in items})),
        trades=frozenset(task.trades),
        communes=frozenset(task.communes),
        cents=cents(task.value_excl_tax),
        yearly=cents(task.yearly_excl_tax),
        reservation=task.reservation,
        minimum=None if asked is None else cents(asked),
        apart=frozenset(apart),
    )


def cents(amount: Decimal) -> int:
    """An amount in whole cents."""
    return int(amount * CENTS)


def amount(value: int) -> Decimal:
    """Cents as an amount, to the cent."""
    return (Decimal(value) / CENTS).quantize(Decimal("0.01"))


def _names(items: Sequence[NeedItem]) -> dict[str, list[int]]:
    """The items that a word names: by identifier or by label, whatever its case."""
    named: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        for word in {item.id.casefold(), item.label.casefold()}:
            named.setdefault(word, []).append(number)
    return named


def _pairs(
    items: Sequence[NeedItem], named: dict[str, list[int]], field: str
) -> Iterator[tuple[int, int]]:
    for number, item in enumerate(items):
        for word in getattr(item, field):
            others = named.get(word.casefold())
            if not others:
                what = f"« {item.label} » : « {word} » n'est pas un élément du besoin à placer"
                expected = "le libellé d'un autre élément, avec métier, commune et valeur"
                raise InputError(Fault(field, what, expected))
            yield from ((number, other) for other in others if other != number)


def _contradiction(items: Sequence[NeedItem], a: int, b: int) -> Fault:
    what = f"« {items[a].label} » et « {items[b].label} » doivent rester ensemble et à part"
    return Fault("apart_from", what, "l'un ou l'autre", "Retirez together_with ou apart_from")


def _joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each number, the first of those that it is tied to, near or far."""
    leader = list(range(count))

    def find(one: int) -> int:
        while leader[one] != one:
            one = leader[one]
        return one

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        leader[second] = first
    return [find(one) for one in range(count)]
