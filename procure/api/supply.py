"""Local supply: firms read from a file, and what each can take on under a profile on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from procure.api.needs import titles
from procure.api.rules import profile, rulebook
from procure.api.scoring import DEFAULT_PROFILE
from procure.domain.errors import Fault, InputError
from procure.domain.french import day as french_day
from procure.domain.supply import CapacityTerms
from procure.planning.capacity import Survey
from procure.registers import communes, trades, turnover
from procure.rulebook.overlays import setting
from procure.rulebook.schema import Profile, SettingKey, Version

CAP = "turnover-cap"
SHARE, MOST = "contract-turnover-share", "contract-turnover-share-most"
REACH, STAFF = "assumed-reach", "small-firm-staff"


def terms(on: date, profile_name: str = DEFAULT_PROFILE) -> CapacityTerms:
    """
    The law of a day and the choices of a profile, by which capacity is reasoned.

    Raises:
        InputError: the rules do not know the law of that day.
        RulebookError: no such profile.
    """
    policy = profile(profile_name)
    cap = _version(CAP, on)
    return CapacityTerms(
        turnover_cap=_number(CAP, on, policy),
        turnover_cap_cite=cap.cite,
        contract_share=_number(SHARE, on, policy),
        stretched_share=max(_number(SHARE, on, policy), _number(MOST, on, policy)),
        assumed_reach_km=_number(REACH, on, policy),
        small_staff=int(_number(STAFF, on, policy)),
        staff=turnover.staff(),
        per_person=turnover.per_person(),
    )


def survey(on: date, profile_name: str = DEFAULT_PROFILE, starts_on: date | None = None) -> Survey:
    """
    What capacity is reasoned from, over the communes of the territory.

    Args:
        starts_on: the day the work begins; contracts that end before do not count as running.
    """
    return Survey(
        terms=terms(on, profile_name),
        communes=tuple(communes.communes()),
        distance=communes.distance_km,
        trades_of=lambda naf: [trade.id for trade in trades.table().by_naf(naf)],
        titles=titles(),
        starts_on=starts_on or on,
    )


def _version(name: str, on: date) -> Version:
    version = rulebook().parameters[name].version_on(on)
    if version is None:
        what = f"le droit du {french_day(on)} n'est pas connu ({name})"
        raise InputError(Fault("--on", what, "un jour plus récent", "Donnez un autre jour"))
    return version


def _number(name: str, on: date, policy: Profile) -> Decimal:
    """The number of law of a day, or the choice of the profile."""
    parameter, version = rulebook().parameters[name], _version(name, on)
    assert isinstance(version.value, Decimal)
    key: SettingKey = "choices" if parameter.kind == "choice" else "parameters"
    said = setting(policy.settings, key, name)
    if said is None:
        return version.value
    is_heard = parameter.kind == "choice" or parameter.is_stricter(said.number, version.value)
    return said.number if is_heard else version.value
