"""Every faulty profile is refused in the words of `overlays.yaml`, which reads as a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from procure.domain.errors import RulebookError
from procure.engine.vocabulary import SPECS
from procure.resources.yaml import parse
from procure.rulebook.loader import load, load_profile

MISTAKES = Path(__file__).with_name("overlays")
WORDS = parse(MISTAKES.with_suffix(".yaml").read_text("utf-8"), "overlays.yaml").value
BOOK = load(SPECS, Path(__file__).with_name("rules") / "_correct")


def test_every_mistake_has_its_words_and_every_words_their_mistake() -> None:
    assert {path.stem for path in MISTAKES.iterdir()} == set(WORDS)


@pytest.mark.parametrize("mistake", WORDS)
def test_a_mistake_is_refused_with_its_place_and_what_to_do(mistake: str) -> None:
    path = MISTAKES / f"{mistake}.yaml"
    with pytest.raises(RulebookError) as refusal:
        load_profile(path, BOOK)
    (fault,) = refusal.value.faults
    assert {
        "where": fault.where,
        "what": fault.what,
        "expected": fault.expected or None,
        "advice": fault.advice or None,
    } == {**WORDS[mistake], "where": f"{path}, {WORDS[mistake]['where']}"}


def test_all_the_mistakes_of_a_profile_are_said_at_once(tmp_path: Path) -> None:
    lines = "parameters: {delay: 45, delai: 3}\nchoices: {full-mark: 0.9}\n"
    path = tmp_path / "ours.yaml"
    head = "name: ours\ntitle: O\ndescription: O.\nbased_on: test\n"
    path.write_text(head + lines, encoding="utf-8")
    with pytest.raises(RulebookError) as refusal:
        load_profile(path, BOOK)
    assert len(refusal.value.faults) == 3
