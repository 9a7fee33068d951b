"""
What a firm can take on, and how it fits a lot: able, stretched, unable or unknown, with reasons.

The law and the choices come in as values (`CapacityTerms`). The legal cap on the turnover asked is
read backwards: a firm is sure to be admitted to every lot whose value times the cap does not pass
its turnover. What is not known never makes a firm unable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from procure.domain.french import NBSP, euros, number, percent
from procure.domain.supply import (
    Ability,
    Capacity,
    CapacityTerms,
    Distance,
    Firm,
    FirmKind,
    Fit,
    PerPerson,
    Reason,
    ReasonCode,
    Task,
    TurnoverRange,
)
from procure.domain.supply_words import FIRM_KINDS
from procure.domain.tender import ReservationKind

CENT = Decimal("0.01")
WORST_FIRST: tuple[Ability, ...] = ("unable", "unknown", "stretched", "able")
RESERVED: Mapping[ReservationKind, frozenset[FirmKind]] = {
    "disability": frozenset(("ea", "esat")),
    "inclusion": frozenset(("siae",)),
    "disability_and_inclusion": frozenset(("ea", "esat", "siae")),
}
"""Who may bid for a reserved lot; CCP L2113-12 to L2113-14."""

_Found = tuple[Ability, ReasonCode, str]


@dataclass(frozen=True)
class Survey:
    """
    What capacity is reasoned from, the same for all the firms.

    Args:
        communes: the communes where the need may lie.
        trades_of: the trades that firms of a NAF code often hold.
        titles: French names of trades and communes, by code.
        starts_on: the day the work begins; contracts that end before do not count as running.
    """

    terms: CapacityTerms
    communes: Sequence[str]
    distance: Distance
    trades_of: Callable[[str], Sequence[str]] = lambda naf: ()
    titles: Mapping[str, str] = field(default_factory=dict)
    starts_on: date | None = None

    def capacity(self, firm: Firm) -> Capacity:
        """What a firm can take on, whatever the lot."""
        trades, trades_are_assumed = self._trades(firm)
        communes, reach_is_assumed = self._communes(firm)
        turnover = turnover_of(firm, self.terms)
        running, terms = self._running(firm), self.terms
        least = most = None
        if turnover is not None:
            least = _left(turnover.least_excl_tax, running)
            if turnover.most_excl_tax is not None:
                most = _left(turnover.most_excl_tax, running)
        return Capacity(
            firm=firm.id,
            commune=firm.commune,
            trades=trades,
            trades_are_assumed=trades_are_assumed,
            communes=communes,
            reach_is_assumed=reach_is_assumed,
            turnover=turnover,
            running_yearly_excl_tax=running,
            admitted_excl_tax=turnover and _floor(turnover.least_excl_tax / terms.turnover_cap),
            able_yearly_excl_tax=_part(least, terms.contract_share),
            stretched_yearly_excl_tax=_part(least, terms.stretched_share),
            possible_yearly_excl_tax=_part(most, terms.stretched_share),
            kind=firm.kind,
            is_small=is_small(firm, terms),
            is_social_economy=firm.is_social_economy,
        )

    def fit(self, capacity: Capacity, task: Task) -> Fit:
        """How a firm fits a lot; the worst of what is found decides, and all of it is told."""
        found = [
            *_reservation(capacity, task),
            *self._trade(capacity, task),
            *self._place(capacity, task),
            *self._means(capacity, task),
        ]
        ability = min((one[0] for one in found), key=WORST_FIRST.index)
        kept = [one for one in found if one[1] != "within_means" or ability == "able"]
        return Fit(
            firm=capacity.firm,
            task=task.id,
            ability=ability,
            reasons=tuple(Reason(code=code, says=says) for _, code, says in kept),
            distance_km=self._farthest(capacity, task),
        )

    def _trades(self, firm: Firm) -> tuple[tuple[str, ...] | None, bool]:
        if firm.trades is not None:
            return firm.trades, False
        if firm.naf is None:
            return None, False
        assumed = tuple(self.trades_of(firm.naf))
        return (assumed or None), True

    def _communes(self, firm: Firm) -> tuple[tuple[str, ...] | None, bool]:
        """The communes that a firm reaches, and whether that is assumed."""
        reach = self.terms.assumed_reach_km if firm.reach_km is None else firm.reach_km
        if firm.commune is None or reach is None:
            return None, False
        far = {place: self.distance(firm.commune, place) for place in self.communes}
        if None in far.values():
            return None, False
        near = tuple(place for place, km in far.items() if km is not None and km <= reach)
        return near, firm.reach_km is None

    def _running(self, firm: Firm) -> Decimal:
        """What contracts that still run when the work begins take of a year."""
        start = self.starts_on
        held = (
            one.yearly_excl_tax
            for one in firm.running or ()
            if start is None or one.ends_on is None or one.ends_on >= start
        )
        return sum(held, Decimal(0))

    def _trade(self, capacity: Capacity, task: Task) -> Iterator[_Found]:
        if task.trades is None:
            yield "unknown", "trade_unknown", "le métier du lot n'est pas connu"
        elif capacity.trades is None:
            yield "unknown", "trade_unknown", "les métiers de l'entreprise ne sont pas connus"
        elif missing := [trade for trade in task.trades if trade not in capacity.trades]:
            ability: Ability = "unknown" if capacity.trades_are_assumed else "unable"
            named = ", ".join(f"«{NBSP}{self._title(trade)}{NBSP}»" for trade in missing)
            yield ability, "other_trade", f"elle n'exerce pas {named}"
        elif capacity.trades_are_assumed:
            yield "able", "trade_assumed", "ses métiers sont lus de son code NAF"

    def _place(self, capacity: Capacity, task: Task) -> Iterator[_Found]:
        if task.communes is None:
            yield "unknown", "place_unknown", "le lieu du lot n'est pas connu"
        elif capacity.communes is None:
            yield self._no_reach(capacity)
        elif missing := [place for place in task.communes if place not in capacity.communes]:
            named = ", ".join(self._title(place) for place in missing)
            if capacity.reach_is_assumed:
                yield "unknown", "reach_assumed", f"son rayon, supposé, n'atteint pas {named}"
            else:
                yield "unable", "too_far", f"elle ne va pas jusqu'à {named}"
        elif capacity.reach_is_assumed:
            reach = number(self.terms.assumed_reach_km or 0)
            yield "able", "reach_assumed", f"son rayon est supposé de {reach}{NBSP}km"

    def _no_reach(self, capacity: Capacity) -> _Found:
        if capacity.commune is None:
            return "unknown", "commune_unknown", "sa commune n'est pas connue"
        if any(self.distance(capacity.commune, place) is None for place in self.communes):
            return "unknown", "commune_unknown", "la distance de sa commune n'est pas connue"
        return "unknown", "reach_unknown", "son rayon d'action n'est pas connu"

    def _means(self, capacity: Capacity, task: Task) -> Iterator[_Found]:
        turnover = capacity.turnover
        if turnover is None:
            yield "unknown", "turnover_unknown", "ni chiffre d'affaires ni effectif connu"
            return
        yield from _asked(turnover, task.minimum_turnover_excl_tax)
        if task.value_excl_tax is None or task.yearly_excl_tax is None:
            yield "unknown", "value_unknown", "la valeur du lot n'est pas connue"
            return
        if task.minimum_turnover_excl_tax is None:
            yield from self._admitted(capacity, task.value_excl_tax)
        yield self._share(capacity, turnover, task.yearly_excl_tax)

    def _admitted(self, capacity: Capacity, value: Decimal) -> Iterator[_Found]:
        """A lot on which a lawful turnover asked could shut the firm out."""
        if capacity.admitted_excl_tax is not None and value > capacity.admitted_excl_tax:
            most = euros(_floor(value * self.terms.turnover_cap))
            cite = self.terms.turnover_cap_cite
            yield (
                "stretched",
                "turnover_cap",
                f"un chiffre d'affaires de {most} peut être demandé ({cite}), elle ne l'a pas "
                "sûrement : ne rien demander, ou moins",
            )

    def _share(self, capacity: Capacity, turnover: TurnoverRange, yearly: Decimal) -> _Found:
        """How the amount of a year compares with what the firm has left of its own."""
        able, stretched = capacity.able_yearly_excl_tax, capacity.stretched_yearly_excl_tax
        possible = capacity.possible_yearly_excl_tax
        assert able is not None and stretched is not None
        year = f"{euros(yearly)} par an"
        if yearly <= able:
            share = percent(self.terms.contract_share)
            return "able", "within_means", f"{year}, dans les {share} de ce qu'elle peut engager"
        if yearly <= stretched:
            share = percent(self.terms.contract_share)
            return "stretched", "contract_share", f"{year} dépassent {share} de son année"
        if possible is not None and yearly > possible:
            share = percent(self.terms.stretched_share)
            return "unable", "stretched_share", f"{year} dépassent {share} de son année"
        return "unknown", "turnover_estimated", f"{year} : cela dépend de {_range(turnover)}"

    def _farthest(self, capacity: Capacity, task: Task) -> Decimal | None:
        if capacity.commune is None or not task.communes:
            return None
        far = [self.distance(capacity.commune, place) for place in task.communes]
        known = [km for km in far if km is not None]
        return max(known) if len(known) == len(far) else None

    def _title(self, code: str) -> str:
        return self.titles.get(code, code)


def turnover_of(firm: Firm, terms: CapacityTerms) -> TurnoverRange | None:
    """The yearly turnover of a firm: what it said, else what its staff lets one assume."""
    if firm.turnover_excl_tax is not None:
        return TurnoverRange(
            least_excl_tax=firm.turnover_excl_tax,
            most_excl_tax=firm.turnover_excl_tax,
            source="déclaré par l'entreprise",
            verified=True,
        )
    rate = _per_person(firm.naf, terms.per_person)
    people = terms.staff.get(firm.workforce) if firm.workforce else None
    if rate is None or people is None:
        return None
    most = None if people.most is None else (people.most + 1) * rate.most_excl_tax
    return TurnoverRange(
        least_excl_tax=max(people.least, 1) * rate.least_excl_tax,
        most_excl_tax=most,
        source=f"{people.title} ; {rate.source}",
        verified=rate.verified,
    )


def is_small(firm: Firm, terms: CapacityTerms) -> bool | None:
    """
    Whether a firm is small: fewer people than the terms say; None where nobody knows.

    A craftsman whose staff is not known counts as small.
    """
    people = terms.staff.get(firm.workforce) if firm.workforce else None
    if people is None:
        return True if firm.kind == "artisan" else None
    return people.most is not None and people.most < terms.small_staff


def _per_person(naf: str | None, rates: Sequence[PerPerson]) -> PerPerson | None:
    """The rate with the longest beginning of an activity."""
    best: tuple[int, PerPerson] | None = None
    for rate in rates:
        for start in rate.naf:
            if (naf or "").startswith(start) and (best is None or len(start) > best[0]):
                best = len(start), rate
    return best and best[1]


def _reservation(capacity: Capacity, task: Task) -> Iterator[_Found]:
    kind = task.reservation
    if kind == "none":
        return
    if kind == "social_economy":
        belongs = capacity.is_social_economy
    elif kind in RESERVED:
        belongs = None if capacity.kind is None else capacity.kind in RESERVED[kind]
    else:
        belongs = None
    if belongs is None:
        yield "unknown", "kind_unknown", "le lot est réservé, son statut n'est pas connu"
    elif not belongs:
        status = FIRM_KINDS[capacity.kind] if capacity.kind else "son statut"
        yield "unable", "reserved", f"le lot est réservé, {status} n'y a pas accès"


def _asked(turnover: TurnoverRange, asked: Decimal | None) -> Iterator[_Found]:
    """What the turnover that the buyer asks does to a firm."""
    if asked is None or turnover.least_excl_tax >= asked:
        return
    said = f"le chiffre d'affaires demandé est de {euros(asked)}, le sien {_range(turnover)}"
    is_below = turnover.most_excl_tax is not None and turnover.most_excl_tax < asked
    yield ("unable" if is_below else "unknown"), "minimum_turnover", said


def _range(turnover: TurnoverRange) -> str:
    least, most = turnover.least_excl_tax, turnover.most_excl_tax
    if most is None:
        return f"{euros(least)} ou plus (estimé)"
    if least == most:
        return euros(least)
    return f"entre {euros(least)} et {euros(most)} (estimé)"


def _left(turnover: Decimal, running: Decimal) -> Decimal:
    return max(turnover - running, Decimal(0))


def _part(amount: Decimal | None, share: Decimal) -> Decimal | None:
    return None if amount is None else _floor(amount * share)


def _floor(amount: Decimal) -> Decimal:
    """To the cent below, so that no limit is passed by rounding."""
    return amount.quantize(CENT, rounding=ROUND_FLOOR)
