"""Whatever is done to a notice, it is read or refused: nothing else comes out, and in time."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from procure.domain.errors import ProcureError
from procure.exchange.eforms import read_notice

FIXTURES = Path(__file__).parents[1] / "fixtures" / "eforms"
NOTICES = [
    (FIXTURES / name).read_bytes()
    for name in (
        "2024-OJS017-00047522.xml",
        "2024-OJS056-00163529.xml",
        "2024-OJS065-00191536.xml",
        "eforms_21-158592.xml",
        "sdk/cn_24_maximal.xml",
        "sdk/pin-only_24_maximal.xml",
    )
]
VALUES = (
    "", " ", "-1", "1e999", "NaN", "Infinity", "9" * 400, "0.0000000001", "true", "\u202e", "٣",
    "0000-00-00", "9999-12-31", "2024-02-30Z", "none", "LOT-0001", "é" * 30_000, "{}", "%s", "=1+1",
)  # fmt: skip
TEXT = re.compile(rb">([^<>]+)<")
ELEMENT = re.compile(rb"<(c[ab]c:\w+)[^>]*>(?:(?!<\1).)*?</\1>", re.DOTALL)
SECONDS = 5


def read_or_refused(content: bytes) -> None:
    started = time.monotonic()
    try:
        reading = read_notice(content, "avis.xml", "0" * 64)
    except ProcureError as refusal:
        assert refusal.faults
    else:
        assert reading.tender.id
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize("seed", range(len(NOTICES)))
def test_a_truncated_notice_is_refused(seed: int) -> None:
    content, chance = NOTICES[seed], random.Random(seed)
    for _ in range(60):
        read_or_refused(content[: chance.randrange(len(content))])


@pytest.mark.parametrize("seed", range(len(NOTICES)))
def test_a_notice_with_strange_values_is_read_or_refused(seed: int) -> None:
    content, chance = NOTICES[seed], random.Random(seed)
    places = [match.span(1) for match in TEXT.finditer(content)]
    for _ in range(120):
        changed = content
        for start, end in sorted(chance.sample(places, 4), reverse=True):
            changed = changed[:start] + chance.choice(VALUES).encode() + changed[end:]
        read_or_refused(changed)


@pytest.mark.parametrize("seed", range(len(NOTICES)))
def test_a_notice_with_elements_removed_or_repeated_is_read_or_refused(seed: int) -> None:
    content, chance = NOTICES[seed], random.Random(seed)
    elements = [match.span() for match in ELEMENT.finditer(content)]
    for _ in range(60):
        start, end = chance.choice(elements)
        times = chance.choice((0, 2, 3))
        read_or_refused(content[:start] + content[start:end] * times + content[end:])


@given(
    notice=st.sampled_from(NOTICES),
    place=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 40),
    replacement=st.binary(max_size=40),
)
@example(NOTICES[0], 0.0, 0, b"<!DOCTYPE a>")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_notice_with_bytes_replaced_is_read_or_refused(
    notice: bytes, place: float, length: int, replacement: bytes
) -> None:
    start = int(place * len(notice))
    read_or_refused(notice[:start] + replacement + notice[start + length :])


def test_thousands_of_lots_are_read_in_time() -> None:
    content = NOTICES[0].decode()
    found = re.search(
        r"<cac:ProcurementProjectLot>.*?</cac:ProcurementProjectLot>", content, re.DOTALL
    )
    assert found
    lots = "".join(found[0].replace("LOT-0001", f"LOT-{place:04d}") for place in range(1_500))
    started = time.monotonic()
    reading = read_notice(
        (content[: found.start()] + lots + "</ContractNotice>").encode(), "a.xml", ""
    )
    assert len(reading.tender.lots or ()) == 1_500
    assert time.monotonic() - started < 30


def test_the_notes_of_a_hostile_notice_are_bounded() -> None:
    content = NOTICES[0].decode()
    found = re.search(
        r"<cac:ProcurementProjectLot>.*?</cac:ProcurementProjectLot>", content, re.DOTALL
    )
    assert found
    wrong = found[0].replace("90511100", "pain")
    lots = "".join(wrong.replace("LOT-0001", f"LOT-{place:04d}") for place in range(400))
    reading = read_notice(
        (content[: found.start()] + lots + "</ContractNotice>").encode(), "a.xml", ""
    )
    assert len(reading.notes) <= 201
