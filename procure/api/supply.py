"""Local supply: firms from a file or from Sirene, and what they can take on, in counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from procure.api.clock import today
from procure.api.needs import of_tender, titles
from procure.api.rules import profile, rulebook
from procure.api.scoring import DEFAULT_PROFILE
from procure.api.writing import write_whole
from procure.domain.errors import Fault, InputError
from procure.domain.french import day as french_day
from procure.domain.supply import CapacityTerms, Need, Supply, SupplyReport, TermsUsed, Trade
from procure.exchange.firm_writing import firms_csv
from procure.exchange.firms import read_firms
from procure.exchange.reader import read as read_tender
from procure.exchange.sirene import Progress, read_sirene
from procure.planning.capacity import Survey
from procure.planning.portrait import items_served, kinds, seats, trades_held, unsaid
from procure.planning.synthetic import draw_supply
from procure.registers import communes, trades, turnover
from procure.resources import json
from procure.resources.validation import nearest
from procure.rulebook.overlays import setting
from procure.rulebook.schema import Profile, SettingKey, Version

CAP = "turnover-cap"
SHARE, MOST = "contract-turnover-share", "contract-turnover-share-most"
REACH, STAFF = "assumed-reach", "small-firm-staff"
NEAR_KM = Decimal(15)
"""Below this distance, as the crow flies, an able firm is said to be near."""


@dataclass(frozen=True, slots=True)
class SupplyRead:
    """The firms of a file, and all that its reader had to say."""

    supply: Supply
    rows: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def from_file(path: Path) -> SupplyRead:
    """
    The firms of a csv or xlsx file.

    Raises:
        UnreadableFile: the file cannot be read.
        InputError: it has no header.
    """
    reading = read_firms(path)
    return SupplyRead(reading.supply, reading.rows, reading.faults, reading.notes)


def from_sirene(
    establishments: Path,
    units: Path | None = None,
    wanted: Sequence[str] = (),
    advance: Progress = lambda lines: None,
) -> SupplyRead:
    """
    The firms of the territory that Sirene knows, of some trades or of all those of the table.

    Args:
        wanted: trades by their code or their name.

    Raises:
        UnreadableFile: not a stock file of Sirene.
        InputError: an unknown trade; more firms than can be studied.
    """
    asked = [_trade(word) for word in wanted] or list(trades.table().trades.values())
    activities = {code for trade in asked for code in trade.naf}
    reading = read_sirene(establishments, communes.communes(), activities, units, advance)
    return SupplyRead(reading.supply, reading.rows, reading.faults, reading.notes)


def study(
    path: Path,
    need_path: Path | None = None,
    on: date | None = None,
    profile_name: str = DEFAULT_PROFILE,
) -> SupplyReport:
    """
    What a file of firms holds, and how it serves the need of a tender.

    Args:
        on: the day the law is read; that of the tender where none is given, else today.

    Raises:
        InputError: a file cannot be read; the rules do not know the law of that day.
        RulebookError: no such profile.
    """
    need, start = None, None
    if need_path is not None:
        reading = read_tender(need_path)
        need = of_tender(reading.tender)
        on = on or reading.tender.consultation_on or reading.dated_on
        start = min((item.starts_on for item in need.items if item.starts_on), default=None)
    day = on or today()
    known = survey(day, profile_name, start)
    return portrait(from_file(path), known, terms_used(known.terms, day, profile_name), need)


def terms_used(known: CapacityTerms, on: date, profile_name: str) -> TermsUsed:
    """The terms as a report shows them."""
    return TermsUsed(
        on=on,
        profile=profile(profile_name).name,
        turnover_cap=known.turnover_cap,
        turnover_cap_cite=known.turnover_cap_cite,
        contract_share=known.contract_share,
        stretched_share=known.stretched_share,
        assumed_reach_km=known.assumed_reach_km,
        small_staff=known.small_staff,
        turnover_source=known.per_person[0].source,
    )


def as_json(report: SupplyReport) -> str:
    """The report as JSON, the same bytes for the same report."""
    return json.dump(report.model_dump(mode="python"))


def made_up(count: int, seed: int, need: Need | None = None) -> Supply:
    """Made-up firms, marked as such, of the trades of a need or of the whole table."""
    table = trades.table().trades
    asked = {item.trade for item in need.items if item.trade} if need else set()
    chosen = [trade for id, trade in table.items() if id in asked] or list(table.values())
    return draw_supply(count, chosen, list(communes.communes().values()), seed)


def portrait(
    read: SupplyRead, survey: Survey, used: TermsUsed, need: Need | None = None
) -> SupplyReport:
    """What a supply looks like, and how it serves each item of a need."""
    firms = read.supply.firms
    capacities = [survey.capacity(firm) for firm in firms]
    served = items_served(need, capacities, survey, NEAR_KM) if need else ()
    return SupplyReport(
        name=read.supply.name,
        is_synthetic=read.supply.is_synthetic,
        terms=used,
        rows=read.rows,
        firms=len(firms),
        faults=tuple(str(fault) for fault in read.faults),
        notes=read.notes,
        kinds=kinds(firms),
        assumed=unsaid(firms),
        trades=tuple(trades_held(capacities, survey)),
        communes=tuple(seats(firms, survey)),
        items=tuple(served),
        need_notes=need.notes if need else (),
        near_km=NEAR_KM if need else None,
    )


def write_firms(path: Path, supply: Supply, force: bool) -> Path:
    """Write firms as a csv file that `from_file` reads; nothing is replaced without `force`."""
    return write_whole(path, firms_csv(supply).encode("utf-8-sig"), force)


def _trade(word: str) -> Trade:
    table = trades.table()
    found = table.trades.get(word) or table.by_words(word)
    if found is None:
        advice = nearest(word, table.trades)
        raise InputError(
            Fault("--trade", f"le métier « {word} » est inconnu", "un métier de la table", advice)
        )
    return found


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
        turnover_cap=chosen_number(CAP, on, policy),
        turnover_cap_cite=cap.cite,
        contract_share=chosen_number(SHARE, on, policy),
        stretched_share=max(chosen_number(SHARE, on, policy), chosen_number(MOST, on, policy)),
        assumed_reach_km=chosen_number(REACH, on, policy),
        small_staff=int(chosen_number(STAFF, on, policy)),
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


def chosen_number(name: str, on: date, policy: Profile) -> Decimal:
    """The number of law of a day, or the choice of the profile."""
    parameter, version = rulebook().parameters[name], _version(name, on)
    assert isinstance(version.value, Decimal)
    key: SettingKey = "choices" if parameter.kind == "choice" else "parameters"
    said = setting(policy.settings, key, name)
    if said is None:
        return version.value
    is_heard = parameter.kind == "choice" or parameter.is_stricter(said.number, version.value)
    return said.number if is_heard else version.value
