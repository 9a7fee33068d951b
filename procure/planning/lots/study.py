"""Studies a need and its supply: the scenarios of lots, and the plain cuts beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from procure.domain.errors import Fault, InputError
from procure.domain.french import plural
from procure.domain.lot_plan import Aim, BaselineName, LotPlan, LotStudy, LotTerms, Unserved
from procure.domain.supply import Capacity, Distance, Need
from procure.planning.lots import baselines as plain
from procure.planning.lots.front import Front, Wish
from procure.planning.lots.pieces import Kind, Piece, kinds_of, pieces_of, sort_out
from procure.planning.lots.reach import Reach, load_of
from procure.planning.lots.sensible import Sensible, sensible_lots
from procure.planning.lots.telling import Found, Group, Teller


@dataclass(frozen=True)
class Setting:
    """
    What lots are designed with, beside the need.

    Args:
        titles: French names of trades and communes, by code.
        clock: gives seconds, from any start.
        told: hears each plan as soon as it is found.
    """

    capacities: Sequence[Capacity]
    terms: LotTerms
    distance: Distance
    titles: dict[str, str]
    clock: Callable[[], float]
    told: Callable[[str], None] = lambda said: None


def study(need: Need, setting: Setting, wish: Wish) -> LotStudy:
    """
    The scenarios of lots for a need, and the plain cuts beside them.

    Raises:
        InputError: no item can be placed in a lot; `together_with` or `apart_from` is wrong.
    """
    return _Study(need, setting, wish).study()


def today(need: Need, setting: Setting, aim: Aim = "value") -> LotStudy:
    """The plain cuts and today's, with what each is worth; no scenario is sought."""
    return _Study(need, setting, Wish(aim=aim)).as_stated()


class _Study:
    def __init__(self, need: Need, setting: Setting, wish: Wish) -> None:
        self.need, self.setting, self.wish = need, setting, wish
        self.reach = Reach(setting.capacities)
        self.teller = Teller(self.reach, setting.terms, setting.distance, setting.titles)
        items, left = sort_out(need.items)
        self.every = pieces_of(items)
        lonely = [piece for piece in self.every if not self._able(piece)]
        self.unserved = [*left, *(one for piece in lonely for one in self._alone(piece))]
        self.pieces = [piece for piece in self.every if self._able(piece)]
        self.notes: list[str] = []

    def study(self) -> LotStudy:
        if not self.pieces:
            raise InputError(self._nothing())
        cuts = plain.baselines(self.pieces, self.need.made_from)
        kinds = kinds_of(self.pieces)
        sensible = sensible_lots(
            kinds,
            self.reach,
            self.setting.terms.able_firms,
            self.setting.distance,
            plain.takes(cuts, kinds),
        )
        scenarios = self._front(kinds, sensible)
        top = scenarios[0] if scenarios else None
        return self._told(cuts, scenarios, top, sensible)

    def as_stated(self) -> LotStudy:
        if not self.every:
            raise InputError(self._nothing())
        cuts = plain.baselines(self.every, self.need.made_from)
        self.unserved = [one for one in self.unserved if self._is_unplaced(one)]
        return self._told(cuts, (), None, None)

    def _told(
        self,
        cuts: dict[BaselineName, list[Group]],
        scenarios: Sequence[LotPlan],
        top: LotPlan | None,
        sensible: Sensible | None,
    ) -> LotStudy:
        return LotStudy(
            title=self.need.title,
            scenarios=tuple(scenarios),
            baselines=tuple(self._baseline(name, groups, top) for name, groups in cuts.items()),
            unserved=tuple(self.unserved),
            counted=len(sensible.sketches) if sensible else 0,
            is_whole=sensible.is_whole if sensible else True,
            notes=tuple((*self.need.notes, *self.notes)),
        )

    def _baseline(self, name: BaselineName, groups: list[Group], top: LotPlan | None) -> LotPlan:
        """A plain cut; its bound is that of the first scenario, when there is one."""
        worth = self.teller.worth(groups, self.wish.aim)
        bound = max(worth, top.bound) if top else worth
        found = Found(name, plain.TITLES[name], self.wish.aim, bound, is_proven=False)
        return self.teller.plan(groups, found)

    def _able(self, piece: Piece) -> int:
        return self.reach.able(load_of([piece]))

    def _is_unplaced(self, one: Unserved) -> bool:
        return all(one.item != item.id for piece in self.every for item in piece.items)

    def _alone(self, piece: Piece) -> Iterator[Unserved]:
        """An item that no firm is able to take, and what is short."""
        load = load_of([piece])
        skilled = self.reach.skilled(load).bit_count()
        stretched = self.reach.stretched(load).bit_count()
        if not skilled:
            why = "aucune entreprise de l'offre n'exerce ce métier en ce lieu"
        elif stretched:
            why = f"aucune entreprise en capacité, {plural(stretched, 'tendue')}"
        else:
            why = f"trop grand, ou à vérifier, pour {plural(skilled, 'entreprise')} du métier"
        yield from (Unserved(item=item.id, label=item.label, reason=why) for item in piece.items)

    def _nothing(self) -> Fault:
        named = " ; ".join(f"{one.label} ({one.reason})" for one in self.unserved[:5])
        return Fault(
            "items",
            f"aucun élément du besoin ne peut être mis en lot : {named}",
            "des éléments avec métier, commune et valeur, et une entreprise en capacité",
            "Complétez le besoin, ou élargissez l'offre",
        )

    def _front(self, kinds: list[Kind], sensible: Sensible) -> list[LotPlan]:
        front = Front(kinds, sensible, self.teller, self.wish, self.setting.clock)
        plans = front.scenarios(self.setting.told)
        self.notes += front.notes
        return plans
