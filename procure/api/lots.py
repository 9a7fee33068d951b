"""Lots that local firms can win: scenarios beside the plain cuts, by the law of a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from procure.api.clock import today
from procure.api.needs import of_tender, titles
from procure.api.rules import profile, rulebook
from procure.api.scoring import DEFAULT_PROFILE, score_reading
from procure.api.supply import NEAR_KM, SupplyRead, chosen_number, from_file, survey
from procure.domain.errors import Fault, InputError
from procure.domain.lot_plan import Aim, LotPlan, LotStudy, LotTerms, SmallLots, SmallLotsLaw
from procure.domain.report import Report
from procure.domain.supply import Need
from procure.domain.tender import Tender
from procure.exchange.reader import read
from procure.exchange.reading import Reading
from procure.planning.lots import study as planning
from procure.planning.lots.front import Wish
from procure.planning.lots.small import small_lots
from procure.resources import json
from procure.rulebook.schema import Profile

ABLE, COST = "lot-able-firms", "lot-cost"
LEAST, BIDDING = "lot-least-value", "lot-bidding-share"
SMALL_SHARE = "small-lots-share"
SMALL_WORKS, SMALL_OTHERS = "small-lot-works", "small-lot-supplies-services"
DIRECT_WORKS, DIRECT_OTHERS = "direct-award-works", "direct-award-supplies-services"
MOST_SCENARIOS = 5
MOST_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a study of lots: the day and the profile, the aim, how much to look."""

    day: date | None = None
    profile: str = DEFAULT_PROFILE
    aim: Aim = "value"
    scenarios: int = 3
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Studied:
    """A study, what the supply file had to say, and the day of the law it was made by."""

    study: LotStudy
    supply: SupplyRead
    day: date


def suggest(
    path: Path, supply: Path, asked: Asked, told: Callable[[str], None] = lambda said: None
) -> Studied:
    """
    The scenarios of lots for a need, from what a file of firms can take on.

    Args:
        told: hears the title of each scenario when its search begins.

    Raises:
        InputError: a file cannot be read; no item can be placed; an option is out of bounds.
    """
    _check(asked)
    return _study(path, supply, asked, planning.study, told)


def check(path: Path, supply: Path, asked: Asked) -> Studied:
    """
    Today's cut and the plain ones, from what a file of firms can take on.

    Raises:
        InputError: a file cannot be read; no item can be placed.
    """

    def only_today(need: Need, setting: planning.Setting, wish: Wish) -> LotStudy:
        return planning.today(need, setting, wish.aim)

    return _study(path, supply, asked, only_today, lambda said: None)


def terms(on: date, profile_name: str = DEFAULT_PROFILE) -> LotTerms:
    """The choices of a profile by which lots are designed."""
    policy = profile(profile_name)
    return LotTerms(
        able_firms=int(chosen_number(ABLE, on, policy)),
        lot_cost_excl_tax=chosen_number(COST, on, policy),
        least_value_excl_tax=chosen_number(LEAST, on, policy),
        bidding_share=chosen_number(BIDDING, on, policy),
        near_km=NEAR_KM,
    )


def small_lots_law(report: Report, tender: Tender, policy: Profile) -> SmallLotsLaw:
    """The law of small lots on the day of a report, the procedure computed on the whole need."""
    on = report.day
    derived = {fact.fact: fact for fact in report.derived if fact.at == "tender"}
    required = derived.get("procedure.required")
    threshold = derived.get("thresholds.formal")
    is_works = tender.nature == "works"
    small = SMALL_WORKS if is_works else SMALL_OTHERS
    direct = DIRECT_WORKS if is_works else DIRECT_OTHERS
    known = tender.nature is not None
    return SmallLotsLaw(
        nature=tender.nature,
        is_formal=None if required is None else required.value == "formal",
        procedure=required.shown if required else None,
        threshold_excl_tax=Decimal(str(threshold.value)) if threshold else None,
        limit_excl_tax=chosen_number(small, on, policy) if known else None,
        share=chosen_number(SMALL_SHARE, on, policy),
        cite=_cite(SMALL_SHARE, on),
        direct_award_excl_tax=chosen_number(direct, on, policy) if known else None,
        direct_award_cite=_cite(direct, on) if known else None,
    )


def as_json(studied: Studied) -> str:
    """A study as JSON: scenarios, baselines, and the small lots of the first scenario."""
    study = studied.study
    plans = study.scenarios or tuple(one for one in study.baselines if one.name == "today")
    first = plans[0].small_lots if plans else None
    told = {
        "title": study.title,
        "day": studied.day.isoformat(),
        "scenarios": [_plain(plan) for plan in study.scenarios],
        "baselines": [_plain(plan) for plan in study.baselines],
        "small_lots": _plain(first) if first else {},
        "unserved": [_plain(one) for one in study.unserved],
        "lots_weighed": study.counted,
        "all_lots_weighed": study.is_whole,
        "is_synthetic": study.is_synthetic,
        "notes": list(study.notes),
    }
    return json.dump(told)


def _study(
    path: Path,
    supply_path: Path,
    asked: Asked,
    search: Callable[[Need, planning.Setting, Wish], LotStudy],
    told: Callable[[str], None],
) -> Studied:
    reading = read(path)
    tender = reading.tender
    day = asked.day or tender.consultation_on or reading.dated_on or today()
    need = _placed(of_tender(tender), tender)
    supply = from_file(supply_path)
    if not supply.supply.firms:
        what = "aucune entreprise n'a pu être lue"
        raise InputError(*(supply.faults or (Fault(supply_path.name, what),)))
    start = min((item.starts_on for item in need.items if item.starts_on), default=None)
    known = survey(day, asked.profile, start)
    setting = planning.Setting(
        capacities=[known.capacity(firm) for firm in supply.supply.firms],
        terms=terms(day, asked.profile),
        distance=known.distance,
        titles=titles(),
        clock=perf_counter,
        told=told,
    )
    found = search(need, setting, Wish(asked.aim, asked.scenarios, asked.seconds))
    law = _law(reading, path, day, asked.profile)
    return Studied(_with_small_lots(found, need, law, supply.supply.is_synthetic), supply, day)


def _placed(need: Need, tender: Tender) -> Need:
    """The need with each item in the lot of today that does its trade, where that is sure."""
    if not tender.lots or need.made_from != "items" or any(item.lot for item in need.items):
        return need
    bare = tender.model_copy(update={"items": None})
    lots = of_tender(bare).items
    by_trade = {lot.trade: lot for lot in lots}
    if len(by_trade) != len(lots) or any(item.trade not in by_trade for item in need.items):
        return need
    for trade, lot in by_trade.items():
        values = [item.value_excl_tax for item in need.items if item.trade == trade]
        whole = sum((value for value in values if value is not None), Decimal(0))
        if None in values or whole != lot.value_excl_tax:
            return need
    items = tuple(item.model_copy(update={"lot": by_trade[item.trade].lot}) for item in need.items)
    return need.model_copy(update={"items": items})


def _law(reading: Reading, path: Path, day: date, profile_name: str) -> SmallLotsLaw:
    report = score_reading(reading, path.name, day, profile_name, "python")
    return small_lots_law(report, reading.tender, profile(profile_name))


def _with_small_lots(
    study: LotStudy, need: Need, law: SmallLotsLaw, is_synthetic: bool
) -> LotStudy:
    """The study with the small lots of each plan; what no lot holds counts in the whole."""
    left = {one.item for one in study.unserved}
    values = (item.value_excl_tax for item in need.items if item.id in left)
    beside = sum((value for value in values if value is not None), Decimal(0))

    def completed(plan: LotPlan) -> LotPlan:
        small: SmallLots = small_lots(plan.lots, law, beside)
        return plan.model_copy(update={"small_lots": small})

    return study.model_copy(
        update={
            "scenarios": tuple(completed(plan) for plan in study.scenarios),
            "baselines": tuple(completed(plan) for plan in study.baselines),
            "is_synthetic": is_synthetic,
        }
    )


def _plain(noun: Any) -> Any:
    """A noun as numbers, texts and lists; amounts are numbers, whole where they are."""
    return _number(noun.model_dump(mode="python"))


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: _number(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_number(one) for one in value]
    return value


def _cite(name: str, on: date) -> str:
    version = rulebook().parameters[name].version_on(on)
    return version.cite if version else ""


def _check(asked: Asked) -> None:
    if not 1 <= asked.scenarios <= MOST_SCENARIOS:
        what = f"{asked.scenarios} n'est pas un nombre de scénarios"
        raise InputError(Fault("--scenarios", what, f"de 1 à {MOST_SCENARIOS}"))
    if not 0 < asked.seconds <= MOST_SECONDS:
        what = f"{asked.seconds:g} n'est pas une durée en secondes"
        raise InputError(Fault("--seconds", what, f"plus de 0 et jusqu'à {MOST_SECONDS}"))
