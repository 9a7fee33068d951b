"""The cuts that people make without looking at supply, to compare with: plain, and today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure.domain.lot_plan import BaselineName
from procure.planning.lots.pieces import Kind, Piece
from procure.planning.lots.sensible import Take
from procure.planning.lots.telling import Group

TITLES: dict[BaselineName, str] = {
    "one_lot": "Un seul lot",
    "by_trade": "Un lot par métier",
    "by_trade_and_zone": "Un lot par métier et par lieu",
    "today": "Le découpage d'aujourd'hui",
}


def baselines(pieces: Sequence[Piece], made_from: str) -> dict[BaselineName, list[Group]]:
    """The plain cuts of a need, and today's where it is known."""
    found: dict[BaselineName, list[Group]] = {
        "one_lot": [tuple(pieces)],
        "by_trade": _by(pieces, [tuple(sorted(piece.trades)) for piece in pieces]),
        "by_trade_and_zone": _by(
            pieces, [(tuple(sorted(p.trades)), tuple(sorted(p.communes))) for p in pieces]
        ),
    }
    lots = [piece.items[0].lot for piece in pieces]
    if made_from == "whole":
        found["today"] = [tuple(pieces)]
    elif None not in lots:
        found["today"] = _by(pieces, lots)
    return found


def takes(cuts: dict[BaselineName, list[Group]], kinds: Sequence[Kind]) -> Iterator[Take]:
    """The lots of some cuts, as lots that a plan may hold too."""
    kind_of = {piece.number: kind.number for kind in kinds for piece in kind.pieces}
    for groups in cuts.values():
        for group in groups:
            counted: dict[int, int] = {}
            for piece in group:
                number = kind_of[piece.number]
                counted[number] = counted.get(number, 0) + 1
            yield tuple(sorted(counted.items()))


def _by(pieces: Sequence[Piece], keys: Sequence[object]) -> list[Group]:
    gathered: dict[object, list[Piece]] = {}
    for piece, key in zip(pieces, keys, strict=True):
        gathered.setdefault(key, []).append(piece)
    return [tuple(group) for group in gathered.values()]
