"""SIRET numbers, and the exception of La Poste."""

import pytest

from procure.registers.siret import compact, mistake


@pytest.mark.parametrize(
    "number",
    [
        "73282932000074",
        "732 829 320 00074",
        "732\u202f829\u202f320\u00a000074",
        "35600000009075",  # an office of La Poste: its digits add up to a multiple of five
        "35600000000048",  # its head office follows the common rule
    ],
)
def test_a_right_number_has_no_mistake(number: str) -> None:
    assert mistake(number) is None


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("73282932000075", "sa clé de contrôle est fausse"),
        ("35600000009076", "sa clé de contrôle est fausse"),
        ("732829320", "il compte 9\u00a0chiffres au lieu de 14"),
        ("", "il contient autre chose que des chiffres"),
        ("7328293200007A", "il contient autre chose que des chiffres"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(number: str, told: str) -> None:
    assert mistake(number) == told


def test_a_number_is_kept_without_its_spaces() -> None:
    assert compact("732 829 320 00074") == "73282932000074"
