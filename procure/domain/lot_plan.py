"""
Plans of lots: how a need may be cut, what each cut gives small firms access to, and its burden.

Supply is studied to shape lots, never to choose firms. Amounts exclude tax.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from procure.domain.base import Count, Label, Money, Noun, Number, Share
from procure.domain.library import Slug
from procure.domain.supply import Insee
from procure.domain.tender import Nature, ReservationKind

Aim = Literal["value", "firms"]
"""What a plan seeks most of: value within reach of small firms, or distinct firms that may bid."""

PlanStatus = Literal["optimal", "feasible"]
BaselineName = Literal["one_lot", "by_trade", "by_trade_and_zone", "today"]
StopCode = Literal["nodes", "clock", "hand"]


class LotTerms(Noun):
    """
    The choices by which lots are designed, passed in as values.

    `able_firms` is how many able firms a lot must have. `lot_cost_excl_tax` is what one more lot
    costs the staff. No lot is worth less than `least_value_excl_tax` where it can be avoided.
    `bidding_share` is the part of the able firms expected to bid: lots are kept fewer than those.
    A firm is near when its centre is at most `near_km` from every commune of the lot.
    `access_by_small_firms` is the part of a lot's value held within reach of small firms when none,
    one, two… of them are able; the last goes for any more.
    """

    able_firms: Annotated[int, Field(ge=1)]
    lot_cost_excl_tax: Money
    least_value_excl_tax: Money
    bidding_share: Share
    near_km: Number
    access_by_small_firms: Annotated[tuple[Share, ...], Field(min_length=2)] = (
        Decimal("0"),
        Decimal("0.5"),
        Decimal("0.8"),
        Decimal("1"),
    )


class Able(Noun):
    """How many firms are able to take a lot; small and near ones are part of the total."""

    total: Count
    small: Count
    near: Count


class PlannedLot(Noun):
    """
    A lot of a plan.

    `items` are identifiers, `labels` their words. `able` counts firms surely able; `stretched`
    those that would strain. `grown` is who stays able were the value a fifth higher.
    """

    id: Label
    title: Label
    items: tuple[Label, ...]
    labels: tuple[Label, ...]
    trades: tuple[Slug, ...]
    communes: tuple[Insee, ...]
    value_excl_tax: Money
    reservation: ReservationKind = "none"
    able: Able
    stretched: Count
    grown: Able


class SmallLotsLaw(Noun):
    """
    The law of a day on small lots, passed in as values (CCP R2123-1, 2°).

    `is_formal`: the whole need reaches the threshold of the formal procedure; None is unknown. The
    amounts are strict upper bounds, the share is a bound that may be reached.
    """

    nature: Nature | None
    is_formal: bool | None
    procedure: Label | None = None
    threshold_excl_tax: Money | None = None
    limit_excl_tax: Money | None
    share: Share
    cite: Label
    direct_award_excl_tax: Money | None = None
    direct_award_cite: Label | None = None


class SmallLots(Noun):
    """
    Which lots of a plan may leave the formal procedure, the most of them, to the cent.

    `cap_excl_tax` is the share of all lots that they may reach together, `total_excl_tax` what they
    make; `direct_award` are those of them below the amount of dispense. `says` tells it in French.
    """

    applies: bool
    procedure: Label | None = None
    candidates: tuple[Label, ...] = ()
    lots: tuple[Label, ...] = ()
    direct_award: tuple[Label, ...] = ()
    total_excl_tax: Money = Decimal(0)
    all_lots_excl_tax: Money
    cap_excl_tax: Money
    share: Share = Decimal(0)
    says: Label


class LotPlan(Noun):
    """
    A way of cutting the need.

    `objective` is what the plan is worth under its aim, exact; `bound` is the most that any plan of
    sensible lots under the same limits may be worth (for a plain cut, that of the first scenario);
    `gap` is the difference as a part of the greater of the two. `status` is optimal only where that
    is proven. `accessible_share` is the part of the value in lots that at least one small firm is
    able to take; `firms` counts the distinct firms able to take at least one lot, `small_firms` the
    small ones. `stopped` says what ended the search before its proof: after « hand » another run
    may give another plan. `problems` say in French why a plan would not be proposed.
    """

    name: Label
    title: Label
    aim: Aim
    status: PlanStatus
    objective: Decimal
    bound: Decimal
    gap: Decimal
    seconds: float
    lots: tuple[PlannedLot, ...]
    value_excl_tax: Money
    accessible_share: Share
    firms: Count
    small_firms: Count
    most_lots: Count | None = None
    stopped: StopCode | None = None
    problems: tuple[Label, ...] = ()
    small_lots: SmallLots | None = None


class Unserved(Noun):
    """An item that no lot may hold, and why, in French."""

    item: Label
    label: Label
    reason: Label


class LotStudy(Noun):
    """
    All that is said of a need and its supply.

    `counted` are the sensible lots weighed; `is_whole` is false where there were too many to weigh
    all of them, and then no plan is called optimal.
    """

    title: Label | None = None
    scenarios: tuple[LotPlan, ...]
    baselines: tuple[LotPlan, ...]
    unserved: tuple[Unserved, ...] = ()
    counted: Annotated[int, Field(ge=0)]
    is_whole: bool
    is_synthetic: bool = False
    notes: tuple[Label, ...] = ()
