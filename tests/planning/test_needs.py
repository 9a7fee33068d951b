"""The need in items: from what a person wrote, from the lots of a notice, from the whole."""

from decimal import Decimal
from typing import Any

import pytest

from procure.domain.supply import NeedItem, Trade
from procure.domain.tender import Place, Tender
from procure.planning.needs import Lookups, need_of, task_of, yearly

PAINT = Trade(id="peinture", title="Peinture", family="finitions", nature="works",
              cpv=("4544",), naf=("43.34Z",))  # fmt: skip
MASON = Trade(id="maconnerie", title="Maçonnerie", family="gros", nature="works",
              cpv=("4521",), naf=("43.99C",))  # fmt: skip


def trade(words: str | None, cpv: str | None) -> Trade | None:
    if "peinture" in (words or "").lower():
        return PAINT
    if cpv and cpv.startswith("4544"):
        return PAINT
    return MASON if cpv and cpv.startswith("4521") else None


def communes(place: Place) -> tuple[str, ...] | None:
    return {"Biard": ("86027",), "Poitiers": ("86194",)}.get(place.commune or "")


LOOKUPS = Lookups(trade, communes)


def tender(**fields: Any) -> Tender:
    return Tender.model_validate({"id": "2026-01", **fields})


def item(**fields: Any) -> NeedItem:
    return NeedItem.model_validate({"id": "i", "label": "i", **fields})


def test_items_that_a_person_wrote_come_first() -> None:
    need = need_of(
        tender(
            items=[
                {"label": "Peinture Biard", "trade": "peinture", "value_excl_tax": "10 000 €",
                 "place": {"commune": "Biard"}, "together_with": ["Sols Biard"]},
                {"label": "Sols Biard", "cpv": "45432100", "value_excl_tax": 5000,
                 "place": {"commune": "Ailleurs"}},
            ],
            lots=[{"id": "1", "title": "Tout"}],
        ),
        LOOKUPS,
    )  # fmt: skip
    first, second = need.items
    assert need.made_from == "items"
    assert (first.trade, first.family, first.communes) == ("peinture", "finitions", ("86027",))
    assert first.together_with == ("Sols Biard",)
    assert need.value_excl_tax == 15000
    unread = "son métier n'est pas reconnu, sa commune n'est pas reconnue"
    assert need.notes == (f"«\u00a0Sols Biard\u00a0»\u00a0: {unread}",)
    assert second.trade is None


def test_items_of_lots_remember_their_lot_and_what_it_says() -> None:
    need = need_of(
        tender(
            duration_months=24,
            lots=[
                {"id": "A", "cpv": "45442100", "reservation": {"kind": "inclusion"},
                 "places": [{"commune": "Poitiers"}],
                 "application": {"minimum_turnover_excl_tax": 30000},
                 "items": [{"label": "Écoles"}, {"label": "Écoles"}]},
            ],
        ),
        LOOKUPS,
    )  # fmt: skip
    first, second = need.items
    assert (first.id, second.id) == ("Écoles", "Écoles (2)")
    assert first.lot == second.lot == "A"
    assert first.trade == "peinture" and first.communes == ("86194",)
    assert first.reservation == "inclusion" and first.duration_months == 24
    assert first.minimum_turnover_excl_tax == 30000


def test_each_lot_of_a_notice_is_an_item() -> None:
    need = need_of(
        tender(
            places=[{"commune": "Poitiers"}],
            lots=[
                {"id": "LOT-0001", "title": "Peinture", "cpv": "45210000", "value_excl_tax": 1},
                {"id": "LOT-0002", "title": "Gros œuvre", "cpv": "45210000", "value_excl_tax": 2},
            ],
        ),
        LOOKUPS,
    )
    assert need.made_from == "lots"
    assert [one.id for one in need.items] == ["LOT-0001", "LOT-0002"]
    assert [one.trade for one in need.items] == ["peinture", "maconnerie"]
    assert need.value_excl_tax == 3 and need.notes == ()


def test_a_code_of_one_lot_only_is_believed_before_its_title() -> None:
    need = need_of(
        tender(lots=[{"id": "1", "title": "Peinture", "cpv": "45210000"}, {"id": "2"}]), LOOKUPS
    )
    assert need.items[0].trade == "maconnerie"


def test_a_tender_without_lots_is_one_item() -> None:
    need = need_of(tender(title="Peinture", value_excl_tax=9), LOOKUPS)
    assert need.made_from == "whole" and len(need.items) == 1
    assert need.items[0].value_excl_tax == 9


def test_a_framework_agreement_is_worth_its_maximum() -> None:
    lots = [{"id": "1", "framework": {"maximum_excl_tax": 70}},
            {"id": "2", "framework": {"maximum_excl_tax": 90}, "value_excl_tax": 50}]  # fmt: skip
    need = need_of(tender(lots=lots), LOOKUPS)
    assert [item.value_excl_tax for item in need.items] == [70, 50]


def test_the_stated_value_of_the_whole_is_kept() -> None:
    need = need_of(tender(value_excl_tax=100, items=[{"label": "a", "value_excl_tax": 1}]), LOOKUPS)
    assert need.value_excl_tax == 100


def test_one_item_without_value_leaves_the_whole_unknown() -> None:
    need = need_of(tender(items=[{"label": "a", "value_excl_tax": 1}, {"label": "b"}]), LOOKUPS)
    assert need.value_excl_tax is None


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({"value_excl_tax": 120000}, "120000"),
        ({"value_excl_tax": 120000, "duration_months": 6}, "120000"),
        ({"value_excl_tax": 120000, "duration_months": 12}, "120000"),
        ({"value_excl_tax": 120000, "duration_months": 48}, "30000.00"),
        ({"value_excl_tax": 100000, "duration_months": 36}, "33333.33"),
        ({"value_excl_tax": 731, "starts_on": "2027-01-01", "ends_on": "2028-12-31"}, "365.25"),
        ({}, None),
    ],
)
def test_the_value_of_a_year(fields: dict[str, Any], amount: str | None) -> None:
    assert yearly(item(**fields)) == (None if amount is None else Decimal(amount))


def test_a_task_gathers_trades_places_and_values() -> None:
    task = task_of(
        "L1",
        [
            item(trade="peinture", communes=["86194"], value_excl_tax=10, duration_months=24,
                 starts_on="2027-03-01"),
            item(trade="maconnerie", communes=["86027", "86194"], value_excl_tax="0.5",
                 starts_on="2027-02-01", minimum_turnover_excl_tax=7),
        ],
    )  # fmt: skip
    assert task.trades == ("maconnerie", "peinture")
    assert task.communes == ("86027", "86194")
    assert (task.value_excl_tax, task.yearly_excl_tax) == (Decimal("10.5"), Decimal("5.5"))
    assert str(task.starts_on) == "2027-02-01"
    assert task.minimum_turnover_excl_tax == 7


@pytest.mark.parametrize("lost", ["trade", "communes", "value_excl_tax"])
def test_one_unknown_part_makes_that_of_the_task_unknown(lost: str) -> None:
    whole = {"trade": "peinture", "communes": ["86194"], "value_excl_tax": 1}
    part = {name: value for name, value in whole.items() if name != lost}
    task = task_of("L", [item(**whole), item(**part)])
    name = "trades" if lost == "trade" else lost
    assert getattr(task, name) is None


def test_a_task_is_reserved_as_soon_as_one_item_is() -> None:
    assert task_of("L", [item(), item(reservation="inclusion")]).reservation == "inclusion"
    assert task_of("L", [item()]).reservation == "none"
