"""The need of a tender file or of a notice, in items with trades and communes."""

from pathlib import Path

import pytest

from procure.api.needs import communes_of, from_file, trade_of
from procure.domain.tender import Place

SAMPLES = Path(__file__).resolve().parents[2] / "sample_tenders"


def test_the_items_of_a_school_renovation_have_their_trades_and_communes() -> None:
    need = from_file(SAMPLES / "renovation-ecole-six-corps-d-etat.yaml")
    assert need.made_from == "items" and len(need.items) == 18
    assert len({item.trade for item in need.items}) == 6
    assert {item.communes for item in need.items} == {("86027",), ("86133",), ("86095",)}
    assert need.notes == ()


def test_a_real_notice_without_a_trade_we_know_says_so() -> None:
    need = from_file(SAMPLES / "real" / "collecte-verre-papier-2024.xml")
    assert need.items
    assert all(item.trade == "collecte-dechets" or item.trade is None for item in need.items)


@pytest.mark.parametrize(
    ("notice", "lots"),
    [
        ("00154896_2025.xml", 15),
        ("2024-OJS044-00128154.xml", 7),
        ("2024-OJS198-00611835.xml", 6),
        ("eforms_18-412273.xml", 5),
    ],
)
def test_each_lot_of_a_real_notice_is_an_item_with_its_trade(notice: str, lots: int) -> None:
    need = from_file(SAMPLES.parent / "tests/fixtures/eforms" / notice)
    assert need.made_from == "lots" and len(need.items) == lots
    assert all(item.trade and item.family and item.lot == item.id for item in need.items)
    assert len({item.id for item in need.items}) == lots
    unknown = [item for item in need.items if item.value_excl_tax is None or not item.communes]
    assert len(need.notes) == len(unknown)


def test_words_are_believed_before_a_code() -> None:
    found = trade_of("peinture", "45310000")
    assert found and found.id == "peinture"
    found = trade_of("lot unique", "45310000")
    assert found and found.id == "electricite"
    assert trade_of("lot unique", "45000000") is None


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Place(insee="86194"), ("86194",)),
        (Place(commune="BIARD"), ("86027",)),
        (Place(commune="Biard", postcode="86580"), ("86027",)),
        (Place(postcode="86190"), ("86024",)),
        (Place(postcode="86580"), None),  # two communes
        (Place(commune="Niort", postcode="86190"), None),
        (Place(nuts="FRI34"), None),
    ],
)
def test_a_place_is_one_commune_or_unknown(place: Place, found: tuple[str, ...] | None) -> None:
    assert communes_of(place) == found
