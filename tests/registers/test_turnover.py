"""Ranges of staff and assumed turnover: complete, ordered, and labelled as assumptions."""

from itertools import pairwise

import pytest

from procure.domain.supply import WORKFORCES
from procure.registers.turnover import per_person, staff, workforce_of


def test_every_range_of_staff_of_the_register_is_there_in_order() -> None:
    assert tuple(staff()) == WORKFORCES
    assert all(
        after.least >= (before.most or 0)
        for before, after in pairwise(staff()[code] for code in WORKFORCES)
    )


def test_only_the_last_range_has_no_end() -> None:
    assert [code for code, one in staff().items() if one.most is None] == ["53"]


def test_every_amount_is_an_interval_and_says_it_is_not_verified() -> None:
    for line in per_person():
        assert line.least_excl_tax < line.most_excl_tax
        assert not line.verified and "Hypothèse" in line.source


def test_there_is_a_line_for_activities_not_named() -> None:
    assert any("" in line.naf for line in per_person())


@pytest.mark.parametrize(
    ("people", "code"),
    [(0, "00"), (1, "01"), (2, "01"), (3, "02"), (49, "12"), (50, "21"), (99_999, "53")],
)
def test_a_number_of_people_falls_in_its_range(people: int, code: str) -> None:
    assert workforce_of(people) == code
