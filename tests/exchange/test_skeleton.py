"""The skeleton can be read as it is, and every line that waits to be filled in is right."""

from __future__ import annotations

import re

from procure.domain.tender import Tender
from procure.exchange.fields import groups
from procure.exchange.native import read_yaml
from procure.exchange.skeleton import FIRST_ID, skeleton

TEXT = skeleton()
WAITING = re.compile(r"^( *)#(- )?(?=[a-z_]+:( |$))", re.MULTILINE)
FILLED = WAITING.sub(r"\1\2", TEXT)


def test_the_skeleton_reads_as_a_tender_whose_facts_are_all_unknown() -> None:
    assert read_yaml(TEXT, "modèle.yaml", "").tender == Tender(id=FIRST_ID)


def test_every_line_that_waits_can_be_filled_in_by_taking_the_sign_away() -> None:
    tender = read_yaml(FILLED, "modèle.yaml", "").tender
    named = {name for names in groups(Tender).values() for name in names}
    unknown = {name for name in named if getattr(tender, name) in (None, ())}
    assert unknown == set()
    assert tender.criteria is not None and tender.criteria[0].weight is not None
    assert tender.group is not None and tender.group.members
    assert tender.items is not None and tender.items[0].place is not None


def test_any_single_waiting_line_of_the_first_level_can_be_filled_in_alone() -> None:
    for line in re.findall(r"^#[a-z_]+: .+$", TEXT, re.MULTILINE):
        alone = TEXT.replace(line, line[1:], 1)
        key = line[1:].split(":")[0]
        assert getattr(read_yaml(alone, "modèle.yaml", "").tender, key) is not None


def test_a_line_is_an_explanation_a_key_a_waiting_key_or_nothing() -> None:
    shapes = re.compile(r"|#|# .+| *# .+| *#(- )?[a-z_]+:( .+)?|[a-z_]+:( .+)?| +country: FRA")
    assert [line for line in TEXT.split("\n") if not shapes.fullmatch(line)] == []


def test_no_explanation_can_be_taken_for_a_waiting_key() -> None:
    explained = [line for line in TEXT.split("\n") if re.match(r" *# ", line)]
    assert not [line for line in explained if WAITING.match(line)]


def test_lines_fit_on_a_screen() -> None:
    assert max(len(line) for line in TEXT.split("\n")) <= 100


def test_the_words_to_choose_from_are_listed_with_their_meaning() -> None:
    for said in ("works = travaux", "price = prix", "disability = entreprises adaptées et ESAT"):
        assert f"#   {said}" in TEXT
