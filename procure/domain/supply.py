"""
Local supply and the need it may answer: firms, what they can take on, items ready for lots.

Supply is studied to shape lots, never to choose firms. Amounts exclude tax. Places are communes by
their INSEE code. `Item` of `tender.py` is what a person writes; `NeedItem` is the same once its
trade and its commune are known codes.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field

from procure.domain.base import Count, Cpv, Day, Label, Money, Noun, Number, Share
from procure.domain.library import Slug
from procure.domain.tender import Nature, ReservationKind

Insee = Annotated[str, Field(pattern=r"^([0-9]{5}|2[AB][0-9]{3})$")]
Siret = Annotated[str, Field(pattern=r"^[0-9]{14}$")]
Naf = Annotated[str, Field(pattern=r"^[0-9]{2}\.[0-9]{2}[A-Z]$")]
"""A code of NAF rév. 2, the level of five signs: « 43.21A »."""

FirmKind = Literal["artisan", "sme", "mid_cap", "large", "siae", "ea", "esat"]
FIRM_KINDS: tuple[FirmKind, ...] = get_args(FirmKind)

Workforce = Literal[
    "NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53"
]
"""A range of staff, by its Sirene code; `WORKFORCES` has them from the smallest."""

WORKFORCES: tuple[Workforce, ...] = get_args(Workforce)

Ability = Literal["able", "stretched", "unable", "unknown"]
ABILITIES: tuple[Ability, ...] = get_args(Ability)

ReasonCode = Literal[
    "reserved",
    "kind_unknown",
    "other_trade",
    "trade_unknown",
    "trade_assumed",
    "too_far",
    "reach_assumed",
    "reach_unknown",
    "place_unknown",
    "commune_unknown",
    "value_unknown",
    "turnover_unknown",
    "turnover_estimated",
    "minimum_turnover",
    "turnover_cap",
    "contract_share",
    "stretched_share",
    "within_means",
]
"""Why a firm is able, stretched, unable or unknown."""

Distance = Callable[[str, str], Decimal | None]
"""Kilometres between the centres of two communes; None where a centre is not known."""


class Trade(Noun):
    """
    A trade of our own table: what a firm does, in the codes of buyers (CPV) and of firms (NAF).

    `cpv` are beginnings of codes, the longest wins; `naf` are whole codes. `family` gathers the
    trades that one firm, or one lot, may well hold together.
    """

    id: Slug
    title: Label
    family: Slug
    nature: Nature
    cpv: tuple[Annotated[str, Field(pattern=r"^[0-9]{2,8}$")], ...]
    naf: tuple[Naf, ...]
    words: tuple[Label, ...] = ()


class Commune(Noun):
    """A commune and the latitude and longitude of its centre, in degrees."""

    insee: Insee
    name: Label
    postcodes: tuple[Label, ...] = ()
    population: Count | None = None
    latitude: Annotated[Decimal, Field(ge=-90, le=90)]
    longitude: Annotated[Decimal, Field(ge=-180, le=180)]


class Running(Noun):
    """A contract that a firm already holds: its amount for a year, and its last day."""

    yearly_excl_tax: Money
    ends_on: Day | None = None


class Firm(Noun):
    """
    A firm, or one establishment of it, that may bid.

    `trades` None: not known, then read from `naf`. `reach_km` is how far from its commune it works.
    `turnover_excl_tax` is yearly.
    """

    id: Label
    siret: Siret | None = None
    name: Label | None = None
    naf: Naf | None = None
    trades: tuple[Slug, ...] | None = None
    commune: Insee | None = None
    workforce: Workforce | None = None
    turnover_excl_tax: Money | None = None
    reach_km: Number | None = None
    qualifications: tuple[Label, ...] | None = None
    kind: FirmKind | None = None
    is_social_economy: bool | None = None
    running: tuple[Running, ...] | None = None


class Supply(Noun):
    """
    The firms studied.

    `is_synthetic`: drawn by a program for samples and tests, no real firm; says so wherever shown.
    """

    firms: tuple[Firm, ...]
    name: Label
    is_synthetic: bool = False
    dated_on: Day | None = None


class TurnoverRange(Noun):
    """A yearly turnover known between two bounds; `most` None is without bound."""

    least_excl_tax: Money
    most_excl_tax: Money | None = None
    source: Label
    verified: bool = False


class Staff(Noun):
    """What a range of staff stands for: from how many people to how many; None is without bound."""

    title: Label
    least: Count
    most: Count | None = None


class PerPerson(Noun):
    """
    A year's turnover for one person at work, between two bounds.

    `naf` are beginnings of codes, the longest wins; the empty one stands for all the others.
    """

    naf: tuple[Annotated[str, Field(pattern=r"^([0-9]{2}(\.[0-9]{1,2}[A-Z]?)?)?$")], ...]
    least_excl_tax: Money
    most_excl_tax: Money
    source: Label
    verified: bool


class CapacityTerms(Noun):
    """
    The law and the choices by which capacity is reasoned, passed in as values.

    `turnover_cap`: how many times the value of a lot the yearly turnover asked may reach
    (CCP R2142-7, R2142-8). `contract_share` of a year's turnover is held without strain on one
    contract, `stretched_share` at the most. `assumed_reach_km` stands for a reach not known;
    None leaves it unknown. `small_staff`: a firm below that many staff is small. `staff` and
    `per_person` give the range of turnover of a range of staff.
    """

    turnover_cap: Annotated[Decimal, Field(gt=0)]
    turnover_cap_cite: Label
    contract_share: Share
    stretched_share: Share
    assumed_reach_km: Number | None = None
    small_staff: Count
    staff: dict[Workforce, Staff] = Field(default_factory=dict)
    per_person: tuple[PerPerson, ...] = ()


class Capacity(Noun):
    """
    What one firm can take on, for any lot: what a planner needs to compare firms quickly.

    A lot is within it when its trades are in `trades`, its communes in `communes`, its whole value
    at most `admitted_excl_tax` (no lawful turnover asked can shut the firm out), and its value for
    a year at most `able_yearly_excl_tax` (able) or `stretched_yearly_excl_tax` (stretched). These
    amounts are those of the least turnover; above `possible_yearly_excl_tax`, that of the most,
    the firm is unable. None is unknown, and so are trades and communes; `possible_yearly_excl_tax`
    None is without bound. What is assumed is read from the activity, or is the reach of the terms.
    """

    firm: Label
    commune: Insee | None = None
    trades: tuple[Slug, ...] | None
    trades_are_assumed: bool = False
    communes: tuple[Insee, ...] | None
    reach_is_assumed: bool = False
    turnover: TurnoverRange | None
    running_yearly_excl_tax: Money = Decimal(0)
    admitted_excl_tax: Money | None
    able_yearly_excl_tax: Money | None
    stretched_yearly_excl_tax: Money | None
    possible_yearly_excl_tax: Money | None
    kind: FirmKind | None
    is_small: bool | None
    is_social_economy: bool | None = None


class Task(Noun):
    """
    What a lot, or any set of items, asks of one firm.

    `yearly_excl_tax` is the value divided by its years, the whole value under a year.
    `minimum_turnover_excl_tax` is the yearly turnover that the buyer asks, None when none is asked.
    """

    id: Label
    trades: tuple[Slug, ...] | None
    communes: tuple[Insee, ...] | None
    value_excl_tax: Money | None
    yearly_excl_tax: Money | None
    starts_on: Day | None = None
    reservation: ReservationKind = "none"
    minimum_turnover_excl_tax: Money | None = None


class Reason(Noun):
    """One ground of an ability, with the amounts or words compared."""

    code: ReasonCode
    says: Label


class Fit(Noun):
    """How a firm fits a task, and why."""

    firm: Label
    task: Label
    ability: Ability
    reasons: tuple[Reason, ...]
    distance_km: Number | None = None


class NeedItem(Noun):
    """
    A piece of the need whose trade and commune are codes.

    `lot` is where today's cut puts it; `trade` None: no trade of the table has its words or CPV.
    """

    id: Label
    label: Label
    trade: Slug | None = None
    family: Slug | None = None
    cpv: Cpv | None = None
    value_excl_tax: Money | None = None
    communes: tuple[Insee, ...] | None = None
    quantity: Number | None = None
    unit: Label | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    duration_months: Number | None = None
    phase: Label | None = None
    together_with: tuple[Label, ...] = ()
    apart_from: tuple[Label, ...] = ()
    lot: Label | None = None
    reservation: ReservationKind = "none"
    minimum_turnover_excl_tax: Money | None = None


class Need(Noun):
    """
    The whole need, in items that lots are made of.

    `made_from`: the items that a person wrote, or each lot as one item. `notes` say in French what
    could not be read as a trade, a commune or a value. `value_excl_tax` is the whole as stated, or
    the sum of the items where all have a value.
    """

    title: Label | None = None
    nature: Nature | None = None
    value_excl_tax: Money | None = None
    items: tuple[NeedItem, ...]
    made_from: Literal["items", "lots", "whole"]
    notes: tuple[Label, ...] = ()


class TradeCount(Noun):
    """How many firms hold a trade, and of them how many are small."""

    trade: Slug
    title: Label
    firms: Count
    small: Count


class CommuneCount(Noun):
    """How many firms have their seat in a commune; `insee` None where it is not known."""

    insee: Insee | None
    name: Label
    firms: Count


class ItemSupply(Noun):
    """How many firms fit an item alone, by ability; `small` and `near` count able ones only."""

    item: Label
    label: Label
    trade: Slug | None
    communes: tuple[Insee, ...] | None
    value_excl_tax: Money | None
    able: Count
    stretched: Count
    unable: Count
    unknown: Count
    small: Count
    near: Count


class TermsUsed(Noun):
    """The law and the choices by which firms were counted as able, and the day of that law."""

    on: Day
    profile: Label
    turnover_cap: Decimal
    turnover_cap_cite: Label
    contract_share: Share
    stretched_share: Share
    assumed_reach_km: Number | None
    small_staff: Count
    turnover_source: Label


class SupplyReport(Noun):
    """
    What a file of firms holds, in counts: no firm is named.

    `assumed` counts the firms whose fact is not in the file, by fact: their trades and their
    turnover are then read from activity and staff where these are known. `items` is empty where no
    need was given. `near_km` is the distance below which an able firm counts as near.
    """

    name: Label
    is_synthetic: bool
    terms: TermsUsed
    rows: Count
    firms: Count
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    kinds: dict[FirmKind, Count]
    assumed: dict[str, Count]
    trades: tuple[TradeCount, ...]
    communes: tuple[CommuneCount, ...]
    items: tuple[ItemSupply, ...] = ()
    need_notes: tuple[str, ...] = ()
    near_km: Number | None = None
