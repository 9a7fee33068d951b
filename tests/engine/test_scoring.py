"""Points, intervals and letters; the law never changes them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from procure.api.rules import judge_on, profile
from procure.domain.report import Receipt, Score
from procure.domain.tender import Criterion, FrameworkAgreement, Tender
from procure.engine.prose import ProseReading
from procure.engine.reporting import Subject, report
from procure.engine.scoring import letter
from procure.rulebook.schema import Graded

DAY = date(2026, 9, 15)
RECEIPT = Receipt(version="0", rulebook="", profile="", day=DAY, input="", law_read_up_to=DAY)
POLICY = profile("grand-poitiers")


def scored(**fields: Any) -> tuple[str, Score]:
    tender = Tender(id="T", **fields)
    judgement = judge_on(DAY, None, "python").judge(tender, POLICY.unchecked_clause_share)
    written = report(judgement, Subject(ProseReading(tender, tender), {}, POLICY, RECEIPT))
    return written.law.verdict, written.score


def test_nothing_known_leaves_the_score_between_nothing_and_all() -> None:
    _, score = scored()
    assert (score.overall.low, score.overall.high) == (0.0, 100.0)
    assert (score.overall.letter, score.overall.letter_high) == ("E", "A")


def test_a_breach_of_law_leaves_the_points_as_they_are() -> None:
    shared = {"procedure": "adapted", "regime": "ordinary", "value_excl_tax": Decimal(150_000)}
    lawful, before = scored(**shared, framework=FrameworkAgreement(has_maximum=True))
    breach, after = scored(**shared, framework=FrameworkAgreement(has_maximum=False))
    assert breach == "breach" != lawful
    assert before == after


@pytest.mark.parametrize(
    ("value", "expected"),
    [("100", "A"), ("80", "A"), ("79.96", "A"), ("79.94", "B"), ("65", "B"), ("64.9", "C"),
     ("50", "C"), ("49.9", "D"), ("35", "D"), ("34.9", "E"), ("0", "E")],
)  # fmt: skip
def test_a_score_on_the_bound_of_a_letter_has_it(value: str, expected: str) -> None:
    assert letter(Decimal(value), POLICY.letters) == expected


@pytest.mark.parametrize(
    ("zero", "full", "value", "share"),
    [("0", "0.3", "0", "0"), ("0", "0.3", "0.15", "0.5"), ("0", "0.3", "0.3", "1"),
     ("0", "0.3", "0.9", "1"), ("60", "30", "60", "0"), ("60", "30", "45", "0.5"),
     ("60", "30", "10", "1"), ("60", "30", "90", "0")],
)  # fmt: skip
def test_points_grow_from_one_mark_to_the_other(
    zero: str, full: str, value: str, share: str
) -> None:
    graded = Graded(fact="f", zero_at=Decimal(zero), full_at=Decimal(full))
    assert graded.share(Decimal(value)) == Decimal(share)


def test_more_weight_on_the_environment_earns_more() -> None:
    def with_weight(share: str) -> float:
        criteria = (
            Criterion(label="Prix", kind="price", weight=Decimal(1) - Decimal(share)),
            Criterion(label="Air", themes=("environmental",), weight=Decimal(share)),
        )
        return scored(criteria=criteria, procedure="adapted")[1].axes["environmental"].earned

    assert with_weight("0.10") < with_weight("0.20") < with_weight("0.30") == with_weight("0.40")
