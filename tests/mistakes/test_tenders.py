"""Every faulty sample is refused in the words of `tenders.yaml`, which reads as a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from procure.domain.errors import ProcureError
from procure.domain.french import NBSP
from procure.exchange.reader import read
from procure.resources.yaml import parse

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
WORDS = parse(Path(__file__).with_name("tenders.yaml").read_text("utf-8"), "tenders.yaml").value


def test_every_faulty_sample_has_its_words_and_every_words_its_sample() -> None:
    assert {path.name for path in SAMPLES.glob("INVALID_*")} == set(WORDS)


@pytest.mark.parametrize("name", WORDS)
def test_a_faulty_sample_is_refused_with_the_place_and_what_to_do(name: str) -> None:
    with pytest.raises(ProcureError) as refusal:
        read(SAMPLES / name)
    (fault,) = refusal.value.faults
    assert {
        "where": fault.where,
        "what": fault.what,
        "expected": fault.expected,
        "advice": fault.advice,
    } == {**WORDS[name], "where": f"{name}, {WORDS[name]['where']}"}


@pytest.mark.parametrize("name", WORDS)
def test_a_message_says_where_what_expected_and_what_to_do_in_one_line(name: str) -> None:
    with pytest.raises(ProcureError) as refusal:
        read(SAMPLES / name)
    message = str(refusal.value)
    assert message.startswith(f"{name}, ligne ")
    assert f"Attendu{NBSP}: " in message
    assert message.endswith((".", "?"))
    assert "\n" not in message


@pytest.mark.parametrize("name", [name for name in WORDS if not name.endswith("fichier-vide.yaml")])
def test_a_faulty_sample_holds_one_fault_only(name: str) -> None:
    with pytest.raises(ProcureError) as refusal:
        read(SAMPLES / name)
    assert len(refusal.value.faults) == 1
