"""
The sensible lots of a need, each with the firms able to take it.

A lot is sensible when it is
- one family of trades over places that touch each other, every piece of those trades there taken;
- or, in one place, whole families together;
- or a part of what one trade has to do in one place;
- or a lot of a cut that people know (passed in as `known`).
Lots for different bidders, and pieces to be kept apart, never mix. A lot has at least as many able
firms as asked, or, of one trade in one place, as many as its scarcest piece has by itself.

Able firms only shrink as a lot grows: what is short of firms is not grown further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from procure.domain.supply import Distance
from procure.planning.lots.pieces import Kind, Piece
from procure.planning.lots.places import Place, neighbours, touching
from procure.planning.lots.reach import Load, Reach, load_of

Take = tuple[tuple[int, int], ...]
"""Numbers of kinds in order, each with how many of it a lot takes."""

MOST_LOTS = 40_000
"""Above it some sensible lots are not looked at, and nothing is called optimal."""

MOST_PARTS = 256
"""Up to so many parts of a cell are all looked at; beyond, runs of its pieces in their order."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A lot that may be made; `able` are bits of `Reach`."""

    take: Take
    cents: int
    able: int


@dataclass(frozen=True)
class Sensible:
    """All the lots that may be made; `is_whole` is false where there were too many."""

    sketches: tuple[Sketch, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one trade, or a tied set of trades, has to do in one place."""

    kinds: tuple[Kind, ...]
    load: Load

    @property
    def take(self) -> Take:
        return tuple((kind.number, kind.count) for kind in self.kinds)


def sensible_lots(
    kinds: Sequence[Kind],
    reach: Reach,
    least_firms: int,
    distance: Distance,
    known: Iterable[Take] = (),
    most: int = MOST_LOTS,
) -> Sensible:
    """The sensible lots, those of one cell first, then families over places, then the others."""
    search = _Search(kinds, reach, least_firms, distance, most)
    return search.lots(known)


@dataclass
class _Search:
    kinds: Sequence[Kind]
    reach: Reach
    least: int
    distance: Distance
    most: int
    found: dict[Take, Sketch] = field(default_factory=dict)
    is_whole: bool = True

    def lots(self, known: Iterable[Take]) -> Sensible:
        grids = self._grids()
        for grid in grids.values():
            for cell in grid.values():
                self._parts(cell)
        for take in known:
            self._known(take)
        near = neighbours(self._communes(), self.distance)
        for grid in grids.values():
            self._blocks(grid, near)
        self._whole_families(grids)
        order = sorted(self.found.values(), key=lambda one: one.take)
        return Sensible(tuple(order), self.is_whole)

    # --- the need as a grid of trades and places -------------------------------------------------

    def _grids(self) -> dict[tuple[object, str], dict[tuple[object, Place], _Cell]]:
        """For each sort of bidders and family, the cells by trade and place."""
        gathered: dict[tuple[object, str], dict[tuple[object, Place], list[Kind]]] = {}
        for kind in self.kinds:
            piece = kind.one
            alone = piece.number if piece.apart else -1
            grid = gathered.setdefault((piece.mixing, piece.family), {})
            grid.setdefault(((tuple(sorted(piece.trades)), alone), piece.communes), []).append(kind)
        return {
            key: {at: self._cell(kinds) for at, kinds in grid.items()}
            for key, grid in gathered.items()
        }

    def _cell(self, kinds: list[Kind]) -> _Cell:
        return _Cell(tuple(kinds), load_of([piece for kind in kinds for piece in kind.pieces]))

    def _communes(self) -> set[str]:
        return {code for kind in self.kinds for code in kind.one.communes}

    # --- lots ------------------------------------------------------------------------------------

    def _parts(self, cell: _Cell) -> None:
        """The whole of a cell and its parts, down to single pieces."""
        for take in _parts(cell.kinds):
            pieces = self._pieces(take)
            able = self.reach.able(load_of(pieces))
            scarcest = min(self.reach.able(load_of([one])).bit_count() for one in pieces)
            if able.bit_count() >= max(1, min(self.least, scarcest)):
                self._keep(take, pieces, able)

    def _known(self, take: Take) -> None:
        pieces = self._pieces(take)
        if len({piece.mixing for piece in pieces}) == 1 and not clash(pieces):
            able = self.reach.able(load_of(pieces))
            if able.bit_count() >= self.least:
                self._keep(take, pieces, able)

    def _blocks(
        self, grid: dict[tuple[object, Place], _Cell], near: dict[str, frozenset[str]]
    ) -> None:
        """One family over places that touch, grown place by place while firms are left."""
        places = list(dict.fromkeys(place for _, place in grid))
        around = touching(places, near)
        rows: dict[object, dict[int, _Cell]] = {}
        for (row, place), cell in grid.items():
            rows.setdefault(row, {})[places.index(place)] = cell
        level = [1 << number for number in range(len(places))]
        seen = set(level)
        while level and self._has_room():
            wider: list[int] = []
            for zone in level:
                if not self._combine(_present(rows, zone)):
                    continue
                for beside in _bits(_around(zone, around)):
                    grown = zone | 1 << beside
                    if grown not in seen and len(seen) < self.most:
                        seen.add(grown)
                        wider.append(grown)
            self.is_whole &= len(seen) < self.most
            level = wider

    def _whole_families(
        self, grids: dict[tuple[object, str], dict[tuple[object, Place], _Cell]]
    ) -> None:
        """In one place, the whole of several families."""
        by_place: dict[tuple[object, Place], list[_Cell]] = {}
        for (mixing, _), grid in grids.items():
            families: dict[Place, list[Kind]] = {}
            for (_, place), cell in grid.items():
                families.setdefault(place, []).extend(cell.kinds)
            for place, kinds in families.items():
                by_place.setdefault((mixing, place), []).append(self._cell(kinds))
        for cells in by_place.values():
            if len(cells) > 1:
                self._combine(cells)

    def _combine(self, cells: Sequence[_Cell]) -> bool:
        """Keep every union of cells with enough firms; whether one cell at least has enough."""
        has_one = False
        pending: list[tuple[int, Take, Load]] = [(0, (), _NOTHING)]
        while pending and self._has_room():
            start, take, load = pending.pop()
            for place in range(start, len(cells)):
                wider = _joined(load, cells[place].load)
                able = self.reach.able(wider)
                if able.bit_count() < self.least:
                    continue
                has_one = True
                whole = tuple(sorted((*take, *cells[place].take)))
                pieces = self._pieces(whole)
                if not clash(pieces):
                    self._keep(whole, pieces, able)
                    pending.append((place + 1, whole, wider))
        return has_one

    def _keep(self, take: Take, pieces: Sequence[Piece], able: int) -> None:
        if take not in self.found and not clash(pieces):
            self.found[take] = Sketch(take, sum(piece.cents for piece in pieces), able)

    def _has_room(self) -> bool:
        if len(self.found) < self.most:
            return True
        self.is_whole = False
        return False

    def _pieces(self, take: Take) -> list[Piece]:
        return [piece for number, count in take for piece in self.kinds[number].pieces[:count]]


_NOTHING = Load(frozenset(), frozenset(), 0, 0, "none", None)


def clash(pieces: Sequence[Piece]) -> bool:
    """Whether two pieces that must be kept apart are together."""
    numbers = {piece.number for piece in pieces}
    return any(not piece.apart.isdisjoint(numbers) for piece in pieces)


def _joined(one: Load, other: Load) -> Load:
    asked = [load.minimum for load in (one, other) if load.minimum is not None]
    return Load(
        one.trades | other.trades,
        one.communes | other.communes,
        one.cents + other.cents,
        one.yearly + other.yearly,
        other.reservation,
        max(asked, default=None),
    )


def _parts(kinds: Sequence[Kind]) -> Iterator[Take]:
    """Every part of a cell, or where they are too many every run of its pieces in their order."""
    total = 1
    for kind in kinds:
        total *= kind.count + 1
    if total <= MOST_PARTS:
        for counts in product(*(range(kind.count + 1) for kind in kinds)):
            if any(counts):
                yield tuple((k.number, n) for k, n in zip(kinds, counts, strict=True) if n)
        return
    line = [kind.number for kind in kinds for _ in kind.pieces]
    for start in range(len(line)):
        counted: dict[int, int] = {}
        for number in line[start:]:
            counted[number] = counted.get(number, 0) + 1
            yield tuple(sorted(counted.items()))


def _present(rows: dict[object, dict[int, _Cell]], zone: int) -> list[_Cell]:
    """For each trade at work in a zone, all that it has to do there."""
    found: list[_Cell] = []
    for cells in rows.values():
        here = [cells[place] for place in _bits(zone) if place in cells]
        if here:
            found.append(_whole(here))
    return found


def _whole(cells: Sequence[_Cell]) -> _Cell:
    load = cells[0].load
    for cell in cells[1:]:
        load = _joined(load, cell.load)
    return _Cell(tuple(kind for cell in cells for kind in cell.kinds), load)


def _around(zone: int, around: Sequence[int]) -> int:
    found = 0
    for place in _bits(zone):
        found |= around[place]
    return found & ~zone


def _bits(mask: int) -> Iterator[int]:
    place = 0
    while mask:
        if mask & 1:
            yield place
        mask >>= 1
        place += 1
