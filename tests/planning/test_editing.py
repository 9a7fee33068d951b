"""Edits of a tender: what they change, and that nothing else does."""

from decimal import Decimal

import pytest

from procure.domain.tender import Clause, Criterion, Lot, Tender
from procure.planning.editing import FieldEdit, NewClause, Removal, Weighing, edited, value_at

PRICE = Criterion(label="Prix", weight=Decimal("0.6"), kind="price")
VALUE = Criterion(label="Valeur technique", weight=Decimal("0.4"), themes=("technical",))
GREEN = Criterion(label="Environnement", weight=Decimal("0.3"), themes=("environmental",))


def weights(tender: Tender) -> list[Decimal | None]:
    return [criterion.weight for criterion in tender.criteria or ()]


def test_a_block_that_is_not_there_is_made() -> None:
    values = {"advance.granted": True, "advance.share": Decimal("0.2")}
    tender = edited(Tender(id="t"), [FieldEdit("tender", values)])
    assert value_at(tender, "advance.share") == Decimal("0.2")
    assert value_at(tender, "advance.guarantee_required") is None


def test_a_field_of_a_clause_of_a_lot_is_changed_where_it_stands() -> None:
    lot = Lot(id="1", clauses=(Clause(text="a"), Clause(brand="X", accepts_equivalent=False)))
    tender = Tender(id="t", lots=(lot, Lot(id="2")))
    after = edited(tender, [FieldEdit("lots[0].clauses[1]", {"accepts_equivalent": True})])
    assert value_at(after, "lots[0].clauses[1].accepts_equivalent") is True
    assert after.lots[1] == tender.lots[1]  # type: ignore[index]


def test_an_added_criterion_takes_its_weight_from_the_others_in_proportion() -> None:
    tender = Tender(id="t", criteria=(PRICE, VALUE))
    after = edited(tender, [Weighing("environmental", GREEN, Decimal("0.3"), known={"": ()})])
    assert weights(after) == [Decimal("0.42"), Decimal("0.28"), Decimal("0.3")]


def test_a_criterion_already_there_is_raised_not_doubled() -> None:
    light = GREEN.model_copy(update={"weight": Decimal("0.1")})
    price = PRICE.model_copy(update={"weight": Decimal("0.9")})
    tender = Tender(id="t", criteria=(price, light))
    after = edited(tender, [Weighing("environmental", GREEN, Decimal("0.3"), known={"": (1,)})])
    assert weights(after) == [Decimal("0.7"), Decimal("0.3")]


@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_edits_does_not_matter(backwards: bool) -> None:
    social = Criterion(label="Emploi", themes=("social",))
    edits = [
        Weighing("environmental", GREEN, Decimal("0.3"), known={"": ()}),
        Weighing("social", social, Decimal("0.1"), known={"": ()}),
        Weighing("price", most=Decimal("0.3"), known={"": (0,)}),
        Removal("criteria[1]"),
    ]
    third = VALUE.model_copy(update={"label": "Délai", "weight": Decimal("0.4")})
    tender = Tender(id="t", criteria=(PRICE, VALUE, third))
    after = edited(tender, list(reversed(edits)) if backwards else edits)
    assert sorted(weights(after)) == [Decimal(w) for w in ("0.1", "0.3", "0.3", "0.3")]  # type: ignore[type-var]


def test_weights_always_make_one_hundred_per_cent() -> None:
    thirds = tuple(
        Criterion(label=name, weight=Decimal(weight), themes=("technical",))
        for name, weight in (("a", "0.33"), ("b", "0.33"), ("c", "0.34"))
    )
    after = edited(
        Tender(id="t", criteria=thirds),
        [Weighing("environmental", GREEN, Decimal("0.15"), known={"": ()})],
    )
    assert sum(w for w in weights(after) if w is not None) == 1
    assert all(w is not None and w == w.quantize(Decimal("0.01")) for w in weights(after))


def test_criteria_without_weights_are_left_as_they_are() -> None:
    ranked = (Criterion(label="Prix", rank=1), Criterion(label="Valeur", rank=2))
    tender = Tender(id="t", criteria=ranked)
    weighing = Weighing("environmental", GREEN, Decimal("0.3"), known={"": ()})
    assert edited(tender, [weighing]) == tender


def test_a_clause_added_to_unknown_clauses_does_not_say_there_are_no_others() -> None:
    after = edited(Tender(id="t"), [NewClause(Clause(text="a"))])
    assert not after.clauses_are_complete
    known = edited(Tender(id="t", clauses=()), [NewClause(Clause(text="a"))])
    assert known.clauses_are_complete


def test_a_clause_removed_takes_nothing_else_with_it() -> None:
    tender = Tender(id="t", clauses=(Clause(text="a"), Clause(text="b")))
    after = edited(tender, [Removal("clauses[0]"), NewClause(Clause(text="c"))])
    assert [clause.text for clause in after.clauses or ()] == ["b", "c"]
