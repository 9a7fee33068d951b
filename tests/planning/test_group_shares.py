"""Shares of a group: exact to the cent, fair, explained."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.domain.errors import InputError
from procure.domain.group_shares import GroupShares, Payer, ShareRule
from procure.planning.groups.shares import shared

CENT = Decimal("0.01")
amounts = st.integers(0, 10**9).map(lambda cents: cents * CENT)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=41).filter(any)
rules = st.one_of(
    st.sampled_from(["population", "volume", "equal"]).map(lambda by: ShareRule(by=by)),
    st.builds(
        lambda percent, variable: ShareRule(
            by="mixed", fixed=Decimal(percent) / 1000, variable=variable
        ),
        st.integers(0, 1000), st.sampled_from(["population", "volume"]),
    ),
)  # fmt: skip


def payers(found: list[int]) -> list[Payer]:
    return [
        Payer(name=f"Commune {place:02}", population=Decimal(weight), volume=weight * CENT)
        for place, weight in enumerate(found)
    ]


def by_name(shares: GroupShares) -> dict[str, Decimal]:
    return {row.member: row.amount for row in shares.rows}


def three(**fields: Any) -> dict[str, Decimal]:
    total = fields.pop("total", Decimal("100.00"))
    return by_name(shared(total, payers([1, 1, 1]), ShareRule.model_validate(fields)))


@given(amounts, weights, rules, st.sampled_from(["costs", "invoice"]))
def test_the_rows_add_up_to_the_total_and_none_is_negative(
    total: Decimal, found: list[int], rule: ShareRule, purpose: str
) -> None:
    rule = rule.model_copy(update={"purpose": purpose})
    amounts = by_name(shared(total, payers(found), rule))
    assert sum(amounts.values()) == total
    assert all(amount >= 0 for amount in amounts.values())


@given(amounts, weights, rules)
def test_who_weighs_more_never_pays_less(total: Decimal, found: list[int], rule: ShareRule) -> None:
    rows = shared(total, payers(found), rule).rows
    weighed = [(row.weight or Decimal(0), row.amount) for row in rows]
    assert all(x[1] <= y[1] for x in weighed for y in weighed if x[0] < y[0])


@given(amounts, weights, st.integers(0, 40), st.integers(1, 10**6), rules)
def test_weighing_more_never_makes_a_member_pay_less(
    total: Decimal, found: list[int], place: int, more: int, rule: ShareRule
) -> None:
    place %= len(found)
    heavier = [*found[:place], found[place] + more, *found[place + 1 :]]
    name = f"Commune {place:02}"
    before = by_name(shared(total, payers(found), rule))
    assert by_name(shared(total, payers(heavier), rule))[name] >= before[name]


@given(amounts, weights, rules, st.randoms())
def test_the_order_of_the_members_changes_nothing(
    total: Decimal, found: list[int], rule: ShareRule, chance: Any
) -> None:
    mixed = payers(found)
    chance.shuffle(mixed)
    assert shared(total, mixed, rule) == shared(total, payers(found), rule)


@given(amounts, weights, st.sampled_from(["population", "volume"]))
def test_no_part_is_a_cent_away_from_its_exact_value(
    total: Decimal, found: list[int], by: str
) -> None:
    for row, weight in zip(shared(total, payers(found), ShareRule(by=by)).rows, found, strict=True):
        assert abs(row.amount * sum(found) - total * weight) < CENT * sum(found)
        assert row.amount == 0 or weight > 0


def test_a_cent_left_goes_to_the_first_name_between_equals() -> None:
    assert list(three(by="equal").values()) == [
        Decimal("33.34"), Decimal("33.33"), Decimal("33.33"),
    ]  # fmt: skip


def test_one_cent_between_three_is_paid_by_one() -> None:
    assert sorted(three(by="equal", total=CENT).values()) == [0, 0, CENT]


def test_a_mixed_rule_rounds_once() -> None:
    members = [
        Payer(name="A", volume=Decimal(1)), Payer(name="B", volume=Decimal(3)),
    ]  # fmt: skip
    shares = shared(Decimal("100.01"), members, ShareRule(by="mixed", fixed=Decimal("0.3")))
    assert by_name(shares) == {"A": Decimal("32.50"), "B": Decimal("67.51")}
    assert "30\u00a0% de 100,01\u00a0€ ÷ 2 + 70\u00a0% de 100,01\u00a0€ × 1 ÷ 4" in (
        shares.rows[0].explanation
    )


def test_a_member_without_need_pays_no_part_of_an_invoice_but_its_part_of_the_costs() -> None:
    members = [
        Payer(name="A", volume=Decimal(10)), Payer(name="B", volume=Decimal(0)),
    ]  # fmt: skip
    costs = shared(Decimal(10), members, ShareRule(by="equal"))
    invoice = shared(Decimal(10), members, ShareRule(by="equal", purpose="invoice"))
    assert by_name(costs) == {"A": 5, "B": 5}
    assert by_name(invoice) == {"A": 10, "B": 0}
    assert "B" in invoice.notes[0]


def test_each_line_says_how_its_amount_was_reckoned() -> None:
    rows = shared(Decimal(100), payers([1, 2]), ShareRule(by="population")).rows
    assert rows[0].explanation == (
        "100\u00a0€ × 1 ÷ 3 = 33,3333…\u00a0€, au centime inférieur\u00a0: 33,33\u00a0€"
    )
    assert rows[1].explanation.endswith("avec un centime restant\u00a0: 66,67\u00a0€")


@pytest.mark.parametrize(
    ("members", "rule", "said"),
    [
        ([], {"by": "equal"}, "n'a pas de membre"),
        ([{"name": "A"}], {"by": "population"}, "la population n'est pas connue pour A"),
        ([{"name": "A"}], {"by": "volume"}, "le besoin n'est pas connu pour A"),
        ([{"name": "A"}, {"name": "A"}], {"by": "equal"}, "deux fois"),
        ([{"name": "A", "population": 0}], {"by": "population"}, "zéro pour tous"),
        ([{"name": "A", "volume": 1}], {"by": "mixed"}, "--fixed"),
        (
            [{"name": "A", "volume": 0}],
            {"by": "equal", "purpose": "invoice"},
            "aucun membre n'a de besoin",
        ),
    ],
)
def test_what_cannot_be_shared_is_refused(
    members: list[dict[str, Any]], rule: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        shared(
            Decimal(10), [Payer.model_validate(m) for m in members], ShareRule.model_validate(rule)
        )
