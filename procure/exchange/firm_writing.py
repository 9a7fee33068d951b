"""Writes firms as the csv that `read_firms` reads: semicolons, French headers, French words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from procure.domain.supply import Firm, Supply
from procure.domain.supply_words import FIRM_KINDS
from procure.registers import turnover

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_MARK = "Fictif"
_Write = Callable[[Firm], Any]


def firms_csv(supply: Supply) -> str:
    """The firms as csv, with a mark on each line where they are made up."""
    columns = dict(_COLUMNS)
    if supply.is_synthetic:
        columns[_MARK] = lambda firm: "oui"
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    for firm in supply.firms:
        writer.writerow([_cell(write(firm)) for write in columns.values()])
    return written.getvalue()


def _cell(value: Any) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    text = str(value)
    return f" {text}" if text.startswith(FORMULA_SIGNS) else text


def _listed(values: tuple[str, ...] | None) -> str | None:
    return None if values is None else " | ".join(values)


def _running(firm: Firm) -> Decimal | None:
    if firm.running is None:
        return None
    return sum((one.yearly_excl_tax for one in firm.running), Decimal(0))


def _running_until(firm: Firm) -> str | None:
    """The last day, where the contracts share one: a line has one cell for it."""
    days = {one.ends_on for one in firm.running or ()}
    day = days.pop() if len(days) == 1 else None
    return f"{day:%d/%m/%Y}" if day else None


def _staff(firm: Firm) -> str | None:
    """« NN », or the range in words, which a spreadsheet does not take for a day."""
    if firm.workforce is None or firm.workforce == "NN":
        return firm.workforce
    return turnover.staff()[firm.workforce].title


def _social(firm: Firm) -> str | None:
    return None if firm.is_social_economy is None else "oui" if firm.is_social_economy else "non"


_COLUMNS: Mapping[str, _Write] = {
    "Identifiant": lambda firm: None if firm.siret else firm.id,
    "SIRET": lambda firm: firm.siret,
    "Nom": lambda firm: firm.name,
    "NAF": lambda firm: firm.naf,
    "Métiers": lambda firm: _listed(firm.trades),
    "Code INSEE": lambda firm: firm.commune,
    "Effectif": lambda firm: _staff(firm),
    "Chiffre d'affaires": lambda firm: firm.turnover_excl_tax,
    "Rayon": lambda firm: firm.reach_km,
    "Qualifications": lambda firm: _listed(firm.qualifications),
    "Type": lambda firm: firm.kind and FIRM_KINDS[firm.kind],
    "ESS": _social,
    "Marchés en cours": _running,
    "Fin des marchés en cours": _running_until,
}
