"""The territory: its communes, their distances, and who lies next to whom."""

from decimal import Decimal

import pytest

from procure.registers.communes import (
    by_name,
    by_postcode,
    communes,
    distance_km,
    haversine_km,
    neighbours,
    within,
)

POITIERS, CHAUVIGNY, SAINT_BENOIT, BIARD = "86194", "86070", "86214", "86027"


def test_the_territory_has_forty_communes() -> None:
    assert len(communes()) == 40
    assert communes()[POITIERS].name == "Poitiers"


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("Saint-Benoît", SAINT_BENOIT),
        ("ST BENOIT", SAINT_BENOIT),
        ("st-benoit", SAINT_BENOIT),
        ("Saint Georges les Baillargeaux", "86222"),
        ("SAINT JULIEN L'ARS", "86226"),
        ("ste radegonde", "86239"),
        ("la chapelle moulière", "86058"),
        ("Puye", "86202"),
    ],
)
def test_a_commune_is_found_however_it_is_spelled(spelled: str, code: str) -> None:
    found = by_name(spelled)
    assert found and found.insee == code


def test_a_commune_of_elsewhere_is_not_found() -> None:
    assert by_name("Châtellerault") is None
    assert distance_km(POITIERS, "86066") is None


def test_no_two_communes_share_a_name() -> None:
    assert all(by_name(one.name) == one for one in communes().values())


def test_a_postcode_gives_all_its_communes() -> None:
    assert [one.name for one in by_postcode("86580")] == ["Biard", "Vouneuil-sous-Biard"]
    assert by_postcode("75001") == ()


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert haversine_km((46, 0), (47, 0)) == Decimal("111.2")
    assert haversine_km((0, 0), (0, 180)) == Decimal("20015.1")


def test_distances_are_the_same_both_ways_and_none_to_oneself() -> None:
    assert distance_km(POITIERS, CHAUVIGNY) == distance_km(CHAUVIGNY, POITIERS) == Decimal("23.2")
    assert all(distance_km(code, code) == 0 for code in communes())


def test_a_way_round_is_never_shorter() -> None:
    codes = list(communes())
    for one, other, third in zip(codes, codes[7:], codes[19:], strict=False):
        legs = [distance_km(one, third), distance_km(third, other), distance_km(one, other)]
        assert None not in legs
        first, second, straight = (leg or Decimal(0) for leg in legs)
        assert straight <= first + second + Decimal("0.2")


def test_within_a_reach_lies_at_least_the_commune_itself() -> None:
    assert within(BIARD, Decimal(0)) == (BIARD,)
    assert set(within(POITIERS, Decimal(100))) == set(communes())


def test_neighbours_are_mutual_and_join_the_whole_territory() -> None:
    near = neighbours()
    assert all(one in near[other] for one in near for other in near[one])
    reached, waiting = {POITIERS}, [POITIERS]
    while waiting:
        fresh = near[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    assert reached == set(communes())
