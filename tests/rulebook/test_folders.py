"""Law and policy stand apart on the shelf."""

from pathlib import Path

import pytest

from procure.domain.errors import RulebookError
from procure.engine.vocabulary import SPECS
from procure.resources.folders import data_folder
from procure.rulebook.loader import load

REWARD = "policy/social/social-criterion.yaml"


def shelf(folder: Path, path: str, text: str) -> Path:
    rules = data_folder("rules")
    for name in ("rulebook.yaml", "derived.yaml"):
        (folder / name).write_bytes((rules / name).read_bytes())
    (folder / "law-basis.yaml").write_text("chapters: []\n", encoding="utf-8")
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_a_rule_of_policy_may_not_stand_among_the_law(tmp_path: Path) -> None:
    text = (data_folder("rules") / REWARD).read_text(encoding="utf-8")
    folder = shelf(tmp_path, "law/criteria/social-criterion.yaml", text)
    with pytest.raises(RulebookError, match=r"pas à sa place.*rules/policy"):
        load(SPECS, folder)


def test_a_rule_of_policy_stands_in_the_folder_of_its_axis(tmp_path: Path) -> None:
    text = (data_folder("rules") / REWARD).read_text(encoding="utf-8")
    folder = shelf(tmp_path, "policy/local/social-criterion.yaml", text)
    with pytest.raises(RulebookError, match=r"axe.*social.*local"):
        load(SPECS, folder)
