"""NAF codes: their labels, and how they may be written."""

import pytest

from procure.registers.naf import code, label, labels


def test_the_register_has_every_code_of_five_signs() -> None:
    assert len(labels()) == 732
    assert label("43.99C") == "Travaux de maçonnerie générale et gros œuvre de bâtiment"


@pytest.mark.parametrize("written", ["43.21A", "4321A", "43.21a", " 43 21A ", "43.21 A"])
def test_a_code_may_be_written_in_several_ways(written: str) -> None:
    assert code(written) == "43.21A"


@pytest.mark.parametrize("written", ["", "43.21", "99.99Z", "électricité", "43.21AB", "00.00Z"])
def test_what_is_not_a_code_is_none(written: str) -> None:
    assert code(written) is None
