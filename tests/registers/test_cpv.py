"""CPV labels: every code of the register, and those it does not have."""

import csv

import pytest

from procure.registers.cpv import REGISTER, label
from procure.resources.folders import data_folder


def test_every_code_of_the_register_has_its_own_label() -> None:
    with (data_folder("rules") / REGISTER).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 9454
    assert all(label(row["code"][:8]) == row["libelle_fr"] for row in rows)


@pytest.mark.parametrize("code", ["", "4521421", "99999999", "45214210-0", "libelle_", "\n"])
def test_what_is_not_a_code_has_no_label(code: str) -> None:
    assert label(code) is None
