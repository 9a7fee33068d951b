"""The files of `rules/changes/`: those that ship, and what is said of faulty ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from procure.api.rules import rulebook
from procure.domain.errors import RulebookError
from procure.rulebook.changes import load_changes

CODES = tuple(rule.code for rule in rulebook().rules)
SOUND = """\
name: pay-fast
title: Payer vite
answers: [LOP014]
set: {payment_delay_days: 20}
costs: {buyer: low, supplier: none}
note: À tenir.
"""


def load(folder: Path, text: str, name: str = "pay-fast") -> None:
    (folder / "changes").mkdir()
    (folder / "changes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    load_changes(CODES, folder)


def test_the_changes_that_ship_are_sound() -> None:
    changes = load_changes(CODES)
    assert len(changes) > 60
    assert len({change.name for change in changes}) == len(changes)


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    load(tmp_path, SOUND)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("LOP014", "LOP999", "la règle « LOP999 » est inconnue"),
        ("payment_delay_days", "payment_days", "le champ « payment_days » n'existe pas"),
        ("payment_delay_days: 20", "due_on: 2026-12-01", "est un fait"),
        ("payment_delay_days: 20", "sourcing.done: oui", "est un fait"),
        ("set: {payment_delay_days: 20}", "remove: non", "un seul de"),
        ("note: À tenir.", "remove: oui\nnote: À tenir.", "un seul de"),
        ("name: pay-fast", "name: pay-slowly", "n'est pas celui du fichier"),
        ("note: À tenir.", "", "note"),
        ("buyer: low", "buyer: lots", "lots"),
        ("title: Payer vite", "titel: Payer vite", "titel"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in SOUND
    with pytest.raises(RulebookError) as error:
        load(tmp_path, SOUND.replace(old, new))
    message = " ".join(str(error.value).split())
    assert "rules/changes/pay-fast.yaml" in message
    assert said in message
