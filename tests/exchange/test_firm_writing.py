"""Firms written as csv are read back the same."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.domain.supply import FIRM_KINDS, WORKFORCES, Firm, Running, Supply
from procure.exchange.firm_writing import firms_csv
from procure.exchange.firms import read_firms

FULL = Firm(
    id="73282932000074",
    siret="73282932000074",
    name="Atelier; « Exemple »",
    naf="43.34Z",
    trades=("peinture", "sols-souples"),
    commune="86214",
    workforce="02",
    turnover_excl_tax=Decimal("450000.50"),
    reach_km=Decimal("12.5"),
    qualifications=("RGE", "Qualibat 2112"),
    kind="artisan",
    is_social_economy=False,
    running=(Running(yearly_excl_tax=Decimal(80000), ends_on="2027-06-30"),),
)


def again(folder: Path, *firms: Firm, is_synthetic: bool = False) -> Supply:
    path = folder / "entreprises.csv"
    supply = Supply(firms=firms, name="entreprises", is_synthetic=is_synthetic)
    path.write_text(firms_csv(supply), encoding="utf-8-sig")
    reading = read_firms(path)
    assert reading.faults == ()
    return reading.supply


def test_a_full_firm_comes_back_the_same(tmp_path: Path) -> None:
    assert again(tmp_path, FULL).firms == (FULL,)


def test_a_firm_of_which_little_is_known_comes_back_the_same(tmp_path: Path) -> None:
    little = Firm(id="F-1")
    assert again(tmp_path, little).firms == (little,)


def test_made_up_supply_stays_marked(tmp_path: Path) -> None:
    assert again(tmp_path, Firm(id="F-1"), is_synthetic=True).is_synthetic
    assert not again(tmp_path, Firm(id="F-1")).is_synthetic


@pytest.mark.parametrize("name", ["=1+1", "+33", "-x", "@SUM(A1)"])
def test_no_name_becomes_a_formula(tmp_path: Path, name: str) -> None:
    firm = Firm(id="F-1", name=name)
    written = firms_csv(Supply(firms=(firm,), name="x"))
    assert f";{name}" not in written
    assert again(tmp_path, firm).firms == (firm,)


@given(
    workforce=st.sampled_from(WORKFORCES),
    kind=st.sampled_from(FIRM_KINDS),
    turnover=st.decimals(min_value=0, max_value=10**9, places=2),
    reach=st.integers(min_value=0, max_value=500),
)
def test_staff_kinds_and_numbers_come_back_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    workforce: str,
    kind: str,
    turnover: Decimal,
    reach: int,
) -> None:
    firm = Firm.model_validate(
        {"id": "F-1", "workforce": workforce, "kind": kind, "turnover_excl_tax": turnover,
         "reach_km": reach}
    )  # fmt: skip
    assert again(tmp_path_factory.mktemp("firms"), firm).firms == (firm,)
