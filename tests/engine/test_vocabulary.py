"""The facts as a vocabulary: names, fields, descriptions."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import BaseModel

from procure.domain.parties import Member
from procure.domain.tender import Clause, Criterion, Lot, Tender
from procure.engine.vocabulary import FACTS, clauses, criteria, groups, lots, money, procedure
from procure.engine.vocabulary.fact import Fact

MODELS = {"tender": Tender, "lot": Lot, "criterion": Criterion, "clause": Clause, "member": Member}


def test_no_two_facts_share_a_name() -> None:
    modules = (clauses, criteria, groups, lots, money, procedure)
    names = [fact.spec.name for module in modules for fact in module.FACTS]
    assert sorted(set(names)) == sorted(names)
    assert set(names) <= set(FACTS)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.spec.name)
def test_every_field_of_a_fact_is_in_the_model_of_its_scope(fact: Fact) -> None:
    assert fact.fields
    for path in fact.fields:
        assert leads_somewhere(MODELS[fact.spec.scope], path), path


def leads_somewhere(model: type[BaseModel], path: str) -> bool:
    current: Any = model
    for name in path.split("."):
        field = getattr(current, "model_fields", {}).get(name)
        if field is None:
            return False
        current = model_inside(field.annotation)
    return True


def model_inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (model_inside(part) for part in get_args(annotation))
    return next((model for model in found if model is not None), None)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.spec.name)
def test_a_fact_of_words_gives_their_french_names(fact: Fact) -> None:
    if fact.spec.values is not None:
        assert fact.spec.type in ("code", "codes")
        assert all(fact.spec.values.values())


def test_a_fact_of_one_place_is_named_after_it() -> None:
    for name, fact in FACTS.items():
        if fact.spec.scope != "tender":
            assert name.startswith(f"{fact.spec.scope}.")
